/** Registers: the home screen. The ones that need something stand first. */
import {
  asErrorView, busy, button, call, checkbox, clockNotice, emptyPlace, entry, errorPanel, fill, find, findAll, formatMoment, go, h, hasFocus, heading,
  hostOf, icon, keyOf, live, openedDialog, options, outboxNotice, pageHead, plural, prevent, registerPath, rememberBoard, seat, session, setSession,
  t, virtualRows, waiting,
} from '../kit.js';
import { askBulk, bulkPanel, bulkRunning, doBulk } from './board/bulk.js';
import { accountOf, arranged, FILTERS, searched, SORTS } from './board/choice.js';
import { registerRow } from './board/row.js';
import { summary } from './board/summary.js';
import { unsettledPlace } from './board/unsettled.js';

/** @import {RegisterView} from '../types/operations' */
/** @import {Screen} from '../view/screen.js' */

/** How often ages and bars are drawn anew, ms. */
const TICK = 30_000;
/** How often the board is read in the background, ms. */
const PERIOD = 60_000;
/** Below this width a table has no room. */
const NARROW = matchMedia('(max-width: 760px)');
const NAMES = /** @type {(keyof typeof SORTS)[]} */ (Object.keys(SORTS));
const CHOICES = /** @type {(keyof typeof FILTERS)[]} */ (Object.keys(FILTERS));
/** Figures: on cards the greatest stands first. @type {Set<string>} */
const GREATEST = new Set(['cash', 'queue', 'last-z']);
const WORKS = /** @type {const} */ (['sections', 'x', 'z']);

/** @returns {Screen} */
export function registersScreen() {
  const at = seat();
  const { selected } = at;
  /** @type {RegisterView[]} those in view, in their order */
  let listed = [];
  /** Where a range begins. */
  let anchor = '';
  let left = false;
  let readAt = 0;
  let said = '';
  /** @type {Promise<boolean> | null} */
  let reading = null;

  const when = live('span.soft');
  const refresh = button('@refresh', t('board.refresh'), async () => void (await read()), { icon: 'refresh', busy: t('board.refresh.busy') });
  const unread = h('div.stack');
  const messages = h('div.stack');
  const unsettled = unsettledPlace(async () => void (await read()));
  const work = h('div.stack');
  const figures = h('div');
  const none = h('div', waiting(t('board.loading'), 5));
  const search = entry('@search', { type: 'search', value: at.search, placeholder: t('board.search'), label: t('board.search'), on: { input: () => { at.search = search.value; arrange(); } } });
  const account = h('select', { label: t('account.menu'), on: { change: () => { at.account = account.value; arrange(); } } });
  /** On cards, which have no head. */
  const order = h('select@sort', { label: t('board.sort'), on: { change: () => { [at.sort, at.descending] = [order.value, GREATEST.has(order.value)]; arrange(); } } },
    ...options(/** @type {const} */ (['need', ...NAMES]).map((name) => [name, `${t('board.sort')}: ${t(name === 'need' ? 'board.sort.need' : `board.column.${name}`)}`])));
  const chips = h('div.chips.small', { role: 'group', label: t('board.filter') }, ...CHOICES.map(chip));
  const looks = h('div.chips.small.looks', { role: 'group', label: t('board.look') }, look('table'), look('cards'));
  const tools = h('div.board-tools', chips, h('div.board-find', h('label.search', icon('search'), search), account, order));
  /** @type {HTMLInputElement} */
  const all = checkbox('@pick-all', { label: t('board.pick.all'), on: { click: () => pickAll(all.checked) } });
  const table = h('table.rows.board', { role: 'grid', 'aria-multiselectable': 'true', label: t('board.title') },
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row', 'aria-rowindex': 1 },
      h('td.pick', { role: 'columnheader' }, h('label', all)), ...NAMES.map(column))),
    h('tbody', { role: 'rowgroup' }));
  const count = live('b');
  const works = WORKS.map((name) => button(`${name === 'z' ? '.primary' : ''}@bulk-${name}`, t(`bulk.do.${name}`), (pressed) => void begin(name, pressed)));
  const pickEach = button('.quiet@pick-each', t('board.pick.all'), () => pickAll(true));
  const bar = h('div.picked@picked', { role: 'region', label: t('board.picked.label'), hidden: true }, count, ...works, pickEach, button('.quiet', t('board.picked.none'), () => pickAll(false)));
  const rows = virtualRows({
    table, keyOf, pick,
    row: (register) => registerRow(register, pick),
    open: (register) => go(registerPath(register)),
    paint: (row, register) => {
      const on = selected.has(keyOf(register));
      row.ariaSelected = String(on);
      const box = find(row, 'input');
      if (box) box.checked = on;
    },
  });

  /** @param {keyof typeof SORTS} name */
  function column(name) {
    const press = () => {
      // Up, down, and back to those that need something first.
      if (at.sort !== name) [at.sort, at.descending] = [name, false];
      else if (!at.descending) at.descending = true;
      else [at.sort, at.descending] = ['need', false];
      arrange();
    };
    return h('th', { role: 'columnheader', scope: 'col', class: GREATEST.has(name) ? 'number' : '', 'data-sort': name },
      h('button.sort', { type: 'button', test: `sort-${name}`, on: { click: press } }, t(`board.column.${name}`)));
  }

  /** @param {keyof typeof FILTERS} name */
  function chip(name) {
    const made = button(`.quiet@filter-${name}`, t(`board.filter.${name}`), () => { at.filter = name; arrange(); });
    made.append(h('b'));
    return made;
  }

  /** @param {'table' | 'cards'} name */
  function look(name) {
    const press = () => {
      // Kept for the session whatever becomes of the setting.
      setSession({ ...session(), settings: { ...session().settings, board: name } });
      arrange();
      void call('set_setting', { name: 'board', value: name }).catch(() => null);
    };
    return h('button.button.quiet', { type: 'button', 'data-look': name, label: t(`board.look.${name}`), title: t(`board.look.${name}`), test: `look-${name}`, on: { click: press } }, icon(name));
  }

  const chosenLook = () => (session().settings['board'] === 'cards' ? 'cards' : 'table');

  /** @returns {Promise<boolean>} whether it was read; one reading at a time */
  function read() {
    reading ??= (async () => {
      table.ariaBusy = 'true';
      try {
        const board = await call('board');
        if (left) return false;
        rememberBoard(board);
        fill(unread);
        draw();
        return true;
      } catch (failure) {
        if (left) return false;
        // The old figures stay until new ones come.
        if (find(unread, '.notice-title')?.textContent !== asErrorView(failure).message) fill(unread, errorPanel(failure, { retry: load }));
        if (!at.board) fill(none);
        return false;
      } finally {
        readAt = Date.now();
        table.ariaBusy = null;
        reading = null;
      }
    })();
    return reading;
  }

  const load = () => void busy(refresh, t('board.refresh.busy'), async () => void (await read()));

  /** What was read before this news is old: where a reading is under way, another one follows it. */
  const settled = async () => {
    await reading;
    if (!left) await read();
  };

  /** Everything but the rows: what is as it was stays as it is. */
  function draw() {
    const { board } = at;
    if (!board) return;
    const { registers, problems } = board;
    const before = listed.length > 0 ? table.getBoundingClientRect().top : 0;
    const there = new Set(registers.map(keyOf));
    for (const key of selected) if (!there.has(key)) selected.delete(key);
    fill(when, t('board.at', { time: formatMoment(board.at) }));
    const news = JSON.stringify([problems.map(({ server, login, error }) => [server, login, error.message]), registers.map((each) => [each.outbox, each.seen === null, each.clockAhead > 120 || each.clockAhead < -120])]);
    if (news !== said) {
      said = news;
      fill(messages,
        ...problems.map((problem) => errorPanel(problem.error, { subject: t('board.problem', { login: problem.login, server: hostOf(problem.server) }), retry: problem.error.retryable ? load : undefined })),
        ...registers.filter((each) => each.problem || !each.seen).slice(0, 3).map((each) => outboxNotice(each.outbox, each.name)), clockNotice(registers));
    }
    unsettled.draw(registers);
    fill(figures, registers.length > 0 && summary(registers));
    const accounts = new Map(registers.map((each) => [accountOf(each), each]));
    account.hidden = accounts.size < 2;
    if (account.options.length !== accounts.size + 1) fill(account, ...options([['', t('board.account.all')],
      ...[...accounts].map(([value, each]) => /** @type {const} */ ([value, t('board.problem', { login: each.login, server: hostOf(each.server) })]))], at.account));
    arrange();
    // Who reads far down must not lose the place when something comes or goes above.
    if (before < 0) scrollBy(0, table.getBoundingClientRect().top - before);
  }

  function arrange() {
    const { board } = at;
    if (!board) return;
    const found = searched(board.registers, at);
    listed = arranged(found, at);
    CHOICES.forEach((name, place) => {
      const many = found.filter(FILTERS[name]).length;
      const each = /** @type {HTMLButtonElement} */ (chips.children[place]);
      each.ariaPressed = String(name === at.filter);
      each.classList.toggle('zero', many === 0);
      find(each, 'b')?.replaceChildren(String(many));
    });
    for (const each of looks.children) each.ariaPressed = String(each.getAttribute('data-look') === chosenLook());
    for (const each of findAll(table, 'th[data-sort]')) {
      each.ariaSort = each.getAttribute('data-sort') !== at.sort ? null : at.descending ? 'descending' : 'ascending';
    }
    tools.hidden = looks.hidden = board.registers.length === 0;
    table.hidden = listed.length === 0;
    fill(none, listed.length > 0 ? null : board.registers.length > 0 ? emptyPlace(t('board.no-match'), '', 'search')
      : board.problems.length === 0 && emptyPlace(t('board.empty'), t('board.empty.note')));
    const cards = NARROW.matches || chosenLook() === 'cards';
    order.hidden = pickEach.hidden = !cards;
    order.value = at.sort;
    rows.show(listed, { cards, active: rows.active() || at.active });
    drawPicked();
  }

  function drawPicked() {
    rows.paint();
    const inView = listed.filter((each) => selected.has(keyOf(each))).length;
    all.checked = inView > 0 && inView === listed.length;
    all.indeterminate = inView > 0 && inView < listed.length;
    bar.hidden = selected.size === 0;
    fill(count, plural('board.picked', selected.size));
    for (const each of works) if (!each.hasAttribute('aria-busy')) each.disabled = bulkRunning();
  }

  /** @param {RegisterView} register @param {boolean} range from the one that was picked last */
  function pick(register, range) {
    const key = keyOf(register);
    const from = listed.findIndex((each) => keyOf(each) === anchor);
    const to = listed.findIndex((each) => keyOf(each) === key);
    if (range && from >= 0) for (const each of listed.slice(Math.min(from, to), Math.max(from, to) + 1)) selected.add(keyOf(each));
    else if (!selected.delete(key)) selected.add(key);
    if (!range || from < 0) anchor = key;
    drawPicked();
  }

  /** @param {boolean} on */
  function pickAll(on) {
    if (on) for (const each of listed) selected.add(keyOf(each));
    else selected.clear();
    drawPicked();
  }

  /** Asked with figures that are of now. @param {typeof WORKS[number]} name @param {HTMLButtonElement} pressed */
  async function begin(name, pressed) {
    if (bulkRunning()) return;
    let fresh = false;
    await busy(pressed, t('board.refresh.busy'), async () => { await reading; fresh = await read(); }, works);
    if (!fresh || left || !at.board) return;
    const asked = await askBulk(name, at.board.registers.filter((each) => selected.has(keyOf(each))));
    if (!asked || left) return;
    const done = doBulk(name, asked, (element) => { fill(work, element); element.scrollIntoView({ block: 'center' }); });
    pickAll(false);
    await done;
    await settled();
  }

  const due = () => { if (document.visibilityState === 'visible' && Date.now() - readAt >= PERIOD) void read(); };
  const tick = setInterval(() => {
    if (at.board) fill(figures, at.board.registers.length > 0 && summary(at.board.registers));
    arrange();
  }, TICK);
  const again = setInterval(due, PERIOD / 12);
  document.addEventListener('visibilitychange', due);
  NARROW.addEventListener('change', arrange);
  const unpick = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Escape' && selected.size > 0 && !openedDialog()) { pickAll(false); prevent(event); }
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyA' && hasFocus(table)) { pickAll(true); prevent(event); }
  };
  document.addEventListener('keydown', unpick);

  const running = bulkPanel();
  if (running) work.append(running);
  const element = h('div.page@board',
    pageHead([heading(t('board.title')), when], looks, refresh),
    unsettled.element, unread, messages, work, figures, tools, table, none, bar);
  tools.hidden = looks.hidden = table.hidden = true;
  return {
    title: t('board.title'), element,
    entered: () => {
      draw();
      scrollTo(0, at.top);
      load();
    },
    refresh: load,
    settled,
    leave: () => {
      left = true;
      [at.top, at.active] = [scrollY, rows.active()];
      rows.stop();
      clearInterval(tick);
      clearInterval(again);
      document.removeEventListener('visibilitychange', due);
      document.removeEventListener('keydown', unpick);
      NARROW.removeEventListener('change', arrange);
    },
  };
}
