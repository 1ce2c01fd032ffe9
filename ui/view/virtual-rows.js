/** Rows of one height, of which only those in view are in the document; one of them has the keyboard. */
import { byId, find, focusedElement, hasFocus, listen, prevent, renew, settle } from './parts.js';

/** How far above and below what is in view rows are kept, px. */
const SPARE = 450;
/** Space between cards, px. */
const GAP = 12;
/** The least width of a card, px. */
const CARD = 300;
/** What may float over the bottom of the window, px. */
const FOOT = 84;

/** How rows stood last, and how cards did: they are taken to stand so again, lest all is laid out twice. @type {{columns: number, step: number, top: number}[]} */
const stood = [];

/**
 * @template T
 * @param {object} given
 * @param {HTMLTableElement} given.table with a head and one body
 * @param {(item: T) => HTMLTableRowElement} given.row
 * @param {(item: T) => string} given.keyOf
 * @param {(item: T) => void} given.open Enter
 * @param {(item: T, range: boolean) => void} given.pick Space; with Shift also the arrows
 * @param {(row: HTMLElement, item: T) => void} given.paint what changes without the item changing
 */
export function virtualRows({ table, row, keyOf, open, pick, paint }) {
  const body = /** @type {HTMLTableSectionElement} */ (table.tBodies[0]);
  /** @type {T[]} */
  let items = [];
  /** @type {Map<string, HTMLTableRowElement>} by key */
  let shown = new Map();
  let active = '';
  let cards = false;
  let columns = 1;
  let step = 0;
  let frame = 0;
  /** The first frame does without. */
  let spare = 0;

  /** Cards have none. */
  const head = () => Number(!cards);
  const gap = () => (cards ? GAP : 0);
  const activePlace = () => Math.max(items.findIndex((each) => keyOf(each) === active), 0);
  const ceiling = () => byId('frame').offsetHeight + (cards ? 0 : table.tHead?.offsetHeight ?? 0);

  function measure() {
    if (items.length === 0) return;
    const first = /** @type {T} */ (items[0]);
    const sample = shown.values().next().value ?? body.appendChild(row(first));
    if (shown.size === 0) shown.set(keyOf(first), sample);
    columns = cards ? Math.max(1, Math.floor((body.clientWidth + GAP) / (CARD + GAP))) : 1;
    step = sample.offsetHeight + gap();
  }

  /** Brings into the document what is in view, and takes the rest out. @param {boolean} [changed] also what is there may look otherwise now @param {number} [top] where they are taken to begin; otherwise it is looked up, which lays out */
  function place(changed = false, top = body.getBoundingClientRect().top) {
    frame = 0;
    if (!table.isConnected || items.length === 0 || step === 0) return;
    stood[Number(cards)] = { columns, step, top };
    const first = Math.max(0, Math.floor((-top - spare) / step) * columns);
    const last = Math.min(items.length, Math.ceil((innerHeight - top + spare) / step) * columns);
    const focused = activePlace();
    const hadFocus = hasFocus(body);
    const inner = focusedElement() instanceof HTMLInputElement;
    const share = `(100% + ${gap()}px) / ${columns}`;
    const places = Array.from({ length: Math.max(last - first, 0) }, (_, at) => first + at);
    // The row with the keyboard stays, however far the rest is scrolled.
    if (focused < first) places.unshift(focused);
    if (focused >= last) places.push(focused);
    /** @type {typeof shown} */
    const next = new Map();
    for (const at of places) {
      const item = /** @type {T} */ (items[at]);
      const known = shown.get(keyOf(item));
      const element = known ?? row(item);
      if (known && changed) renew(known, ...row(item).childNodes);
      next.set(keyOf(item), element);
      element.ariaRowIndex = String(at + 1 + head());
      element.tabIndex = at === focused ? 0 : -1;
      element.style.top = `${Math.floor(at / columns) * step}px`;
      element.style.left = `calc(${share} * ${at % columns})`;
      element.style.width = `calc(${share} - ${gap()}px)`;
      paint(element, item);
    }
    settle(body, next.values());
    shown = next;
    if (hadFocus && !hasFocus(body)) {
      const holder = shown.get(keyOf(/** @type {T} */ (items[focused])));
      (inner ? find(holder, 'input') : holder)?.focus({ preventScroll: true });
    }
  }

  function soon() {
    if (frame === 0) frame = requestAnimationFrame(() => place());
  }

  /** @param {boolean} [changed] @param {typeof stood[number]} [like] otherwise it is measured */
  function layOut(changed, like) {
    if (like) ({ columns, step } = like);
    else measure();
    body.style.height = `${Math.max(Math.ceil(items.length / columns) * step - gap(), 0)}px`;
    place(changed, like?.top);
  }

  /** @param {number} to */
  function moveTo(to) {
    const at = Math.min(Math.max(to, 0), items.length - 1);
    const item = items[at];
    if (item === undefined) return;
    active = keyOf(item);
    const top = body.getBoundingClientRect().top + Math.floor(at / columns) * step;
    const over = ceiling();
    if (top < over) scrollBy(0, top - over);
    else if (top + step > innerHeight - FOOT) scrollBy(0, top + step - innerHeight + FOOT);
    place();
    shown.get(active)?.focus({ preventScroll: true });
    return item;
  }

  listen(body, { focusin: hold, keydown });

  /** @param {KeyboardEvent} event */
  function keydown(event) {
    const at = activePlace();
    const page = Math.max(1, Math.floor((innerHeight - ceiling() - FOOT) / step)) * columns;
    const to = { ArrowDown: at + columns, ArrowUp: at - columns, PageDown: at + page, PageUp: at - page, Home: 0, End: items.length - 1, ...(cards && { ArrowRight: at + 1, ArrowLeft: at - 1 }) }[event.key];
    const onRow = event.target instanceof HTMLTableRowElement;
    const item = items[at];
    if (to !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const there = moveTo(to);
      if (event.shiftKey && there) pick(there, true);
    } else if (onRow && item && event.key === 'Enter' && !event.repeat) open(item);
    else if (onRow && item && event.key === ' ') pick(item, event.shiftKey);
    else return;
    prevent(event);
  }

  /** The row that has the focus, or something in it, is the one the keys come back to. @param {FocusEvent} event */
  function hold(event) {
    const holder = /** @type {Element} */ (event.target).closest('tr');
    for (const [key, element] of shown) {
      if (element === holder) active = key;
      element.tabIndex = element === holder ? 0 : -1;
    }
  }

  addEventListener('scroll', soon);
  addEventListener('resize', soon);
  const watch = new ResizeObserver(() => {
    layOut();
    spare = SPARE;
    soon();
  });
  watch.observe(table);

  return {
    active: () => active,
    /** @param {T[]} next @param {{cards: boolean, active: string}} how */
    show(next, how) {
      const known = step > 0 && how.cards === cards;
      items = next;
      ({ cards, active } = how);
      table.classList.toggle('cards', cards);
      table.ariaRowCount = String(items.length + head());
      layOut(true, known ? undefined : stood[Number(cards)]);
    },
    paint() {
      for (const item of items) {
        const element = shown.get(keyOf(item));
        if (element) paint(element, item);
      }
    },
    stop() {
      removeEventListener('scroll', soon);
      removeEventListener('resize', soon);
      watch.disconnect();
    },
  };
}
