/** What every screen is made of: elements (without any markup in strings), icons, buttons, notes. */
import { localDay } from '../format/time.js';
import { paths } from './icons.js';

/** @typedef {Node | string | null | false | undefined} Child */
/** @typedef {keyof typeof paths} IconName */
/** @typedef {{[E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => unknown}} Listeners */
/**
 * `on` holds listeners; everything else is an attribute (`true` is an empty one, `false` and null none), `test` that named `data-test`, `label` `aria-label`.
 * @typedef {{test?: string, on?: Listeners, [attribute: string]: unknown}} Props
 */
/** @template {string} N @typedef {N extends `${infer Tag}.${string}` ? Tag : N extends `${infer Tag}@${string}` ? Tag : N} TagOf */
/** @template {string} N @typedef {TagOf<N> extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[TagOf<N>] : never} ElementOf */

/** Attributes that have a shorter name here. @type {Record<string, string>} */
const NAMES = { test: 'data-test', label: 'aria-label' };

/**
 * `h('p.quiet.wide@name', { role: 'note' }, 'words')`: a tag with its classes and its `data-test`, attributes where there are some, and what is in it.
 * @template {string} N
 * @param {N} name
 * @param {[Props, ...Child[]] | Child[]} rest
 * @returns {ElementOf<N>}
 */
export function h(name, ...rest) {
  const [path = '', test] = name.split('@');
  const [tag = '', ...classes] = path.split('.');
  const element = document.createElement(tag);
  const [first, ...others] = rest;
  const given = typeof first === 'object' && first !== null && !(first instanceof Node);
  /** @type {Props} */
  const { on = {}, ...attributes } = given ? first : {};
  /** @type {Record<string, unknown>} */
  const all = { class: classes.join(' ') || null, test, ...attributes };
  for (const [attribute, value] of Object.entries(all)) {
    if (value === undefined || value === null || value === false) continue;
    element.setAttribute(NAMES[attribute] ?? attribute, value === true ? '' : String(value));
  }
  listen(element, on);
  fill(element, .../** @type {Child[]} */ (given ? others : rest));
  return /** @type {ElementOf<N>} */ (element);
}

/** Puts these in the place of what is in it; what is not there is left out. @param {Element} place @param {...Child} children */
export function fill(place, ...children) {
  place.replaceChildren(...present(children));
}

/**
 * The same, but what looks as it did stays, lest a press that has begun end on another element. What listens must go by what is seen.
 * @param {Element} place @param {...Child} children
 */
export function renew(place, ...children) {
  const fresh = present(children).map((child) => (typeof child === 'string' ? document.createTextNode(child) : child));
  fresh.forEach((next, at) => {
    const old = place.childNodes[at];
    if (!old) place.append(next);
    else if (old === next || old.isEqualNode(next)) return;
    // What is shown elsewhere goes over whole: its children are not taken out of it.
    else if (old instanceof Element && !next.isConnected && !old.matches('a, button, :has(button)') && old.cloneNode().isEqualNode(next.cloneNode())) renew(old, ...next.childNodes);
    else old.replaceWith(next);
  });
  while (place.childNodes.length > fresh.length) place.lastChild?.remove();
}

/** Has these in a place, in this order; those that are there already are not taken out for it. @param {Element} place @param {Iterable<Element>} elements */
export function settle(place, elements) {
  const wanted = new Set(elements);
  for (const each of [...place.children]) if (!wanted.has(each)) each.remove();
  let cursor = place.firstChild;
  for (const each of wanted) {
    if (each === cursor) cursor = cursor.nextSibling;
    else place.insertBefore(each, cursor);
  }
}

/**
 * Shows a list in a place, each item once: what is as it was is not made anew on the same day, which times of today leave out.
 * @template T
 * @param {Element} place @param {(item: T) => Element} make
 * @returns {(items: T[]) => void}
 */
export function listIn(place, make) {
  /** @type {Map<string, Element>} */
  let shown = new Map();
  return (items) => {
    const before = shown;
    shown = new Map(items.map((item) => localDay(Date.now()) + JSON.stringify(item)).map((key, at) => [key, before.get(key) ?? make(/** @type {T} */ (items[at]))]));
    settle(place, shown.values());
  };
}

/** So many of a long list are made at once. */
const PART = 50;

/**
 * Shows a long list in a place: what is further down is made when the end of what is there comes into view.
 * @template T
 * @param {Element} place @param {T[]} items @param {(item: T) => Element} make
 * @returns {() => void} makes its first part anew, when the items stand otherwise
 */
export function unroll(place, items, make) {
  let made = 0;
  const watch = new IntersectionObserver((entries) => { if (entries.at(-1)?.isIntersecting) more(); });

  function more() {
    watch.disconnect();
    place.append(...items.slice(made, made += PART).map(make));
    if (made < items.length) watch.observe(/** @type {Element} */ (place.lastElementChild));
  }

  function draw() {
    made = 0;
    fill(place);
    more();
  }

  draw();
  return draw;
}

/** @param {Child[]} children @returns {(Node | string)[]} */
export const present = (children) => children.flatMap((child) => (child === null || child === undefined || child === false || child === '' ? [] : [child]));

/** @typedef {ParentNode | null | undefined} Within where something is looked for */

/** The first of these in a place. @type {{<T extends keyof HTMLElementTagNameMap>(place: Within, tag: T): HTMLElementTagNameMap[T] | null, (place: Within, selector: string): HTMLElement | null}} */
export const find = (/** @type {Within} */ place, /** @type {string} */ selector) => /** @type {any} */ (place?.querySelector(selector) ?? null);

/** All of these in a place, as they are now. @type {{<T extends keyof HTMLElementTagNameMap>(place: ParentNode, tag: T): HTMLElementTagNameMap[T][], (place: ParentNode, selector: string): HTMLElement[]}} */
export const findAll = (/** @type {ParentNode} */ place, /** @type {string} */ selector) => /** @type {any} */ ([...place.querySelectorAll(selector)]);

/** What the keys go to. */
export const focusedElement = () => document.activeElement;

/** Whether the focus is in it. @param {Element} place */
export const hasFocus = (place) => place.contains(focusedElement());

/** Puts the focus on it, unless it is none that can have it. @param {Element | null | undefined} element @param {FocusOptions} [how] */
export const focusOn = (element, how) => { if (element instanceof HTMLElement) element.focus(how); };

/** Puts the focus on what has this name now. @param {string | null | undefined} test */
export const refocus = (test) => { if (test) focusOn(find(document, `[data-test='${test}']`)); };

/** The dialog that stands above the screen. */
export const openedDialog = () => find(document, 'dialog[open]');

/** Keeps the browser from what it would do. @param {Event} event */
export const prevent = (event) => event.preventDefault();

/** Does this in the place of what the browser would do. @param {() => void} [work] @returns {(event: Event) => void} */
export const instead = (work) => (event) => {
  prevent(event);
  work?.();
};

/** Has these heard of what happens to it. @param {Element} element @param {Listeners} on */
export function listen(element, on) {
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, /** @type {EventListener} */ (listener));
}

/** What there is of these, with a sign between. @param {string} sign @param {...(string | null | false | undefined)} parts */
export const joined = (sign, ...parts) => parts.filter(Boolean).join(sign);

/** A screen's heading: the focus may be put on it. @param {string} words */
export const heading = (words) => h('h1', { tabindex: '-1' }, words);

/** Something said quietly. @param {[Props, ...Child[]] | Child[]} words */
export const quiet = (...words) => h('p.soft', ...words);

/** A place of which the screen reader says what comes into it. @template {string} N @param {N} name @param {...Child} children */
export const live = (name, ...children) => h(name, { role: 'status' }, ...children);

/** What can be done about what stands above. @param {...Child} buttons */
export const ways = (...buttons) => h('div.ways', ...buttons);

/** What stands above a screen or a part of it; on its other side, what can be done there. @param {Child[]} parts @param {...Child} actions */
export const pageHead = (parts, ...actions) => h('header.page-head', ...parts, h('div.page-actions', ...actions));

/** @param {string} path @param {...Child} words */
export const link = (path, ...words) => h('a', { href: path }, ...words);

/** A table's head. @param {...HTMLElement} columns */
export const tableHead = (...columns) => h('thead', h('tr', ...columns));

/** A column of it. @param {Child} words @param {'number' | null} [look] */
export const column = (words, look) => h('th', { scope: 'col', class: look }, words);

/** An entry of a list of facts. @param {string} name @param {Child} value @param {string} [look] */
export const fact = (name, value, look) => h('div', h('dt', name), h('dd', { class: look }, value));

/** A table row's head. @param {...Child} words */
export const rowHead = (...words) => h('th', { scope: 'row' }, ...words);

/** What is typed into, as nobody else should complete or correct it. @param {string} name @param {Props} [props] @returns {HTMLInputElement} */
export const entry = (name, props) => h(`input${name}`, { type: 'text', autocomplete: 'off', spellcheck: 'false', ...props });

/** @param {string} name @param {Props} [props] @returns {HTMLInputElement} */
export const checkbox = (name, props) => h(`input${name}`, { type: 'checkbox', ...props });

/** A control under its name. @param {string} name @param {HTMLElement} control */
export const field = (name, control) => h('label.field', h('span', name), control);

/** The choices of a list. @param {(readonly [value: string, words: string])[]} choices @param {string | null} [chosen] */
export const options = (choices, chosen) => choices.map(([value, words]) => h('option', { value, selected: value === chosen }, words));

/** What is shown on demand. @param {string} title @param {...Child} body */
export const folded = (title, ...body) => h('details.notes', h('summary', icon('forward'), title), ...body);

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...Node} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}

/** @param {IconName} name */
export function icon(name) {
  return svg('svg', { class: 'icon', viewBox: '0 0 20 20', width: 20, height: 20, 'aria-hidden': 'true' }, svg('path', { d: paths[name] }));
}

/**
 * `button('.quiet@name', 'words', press)`: how it looks and its `data-test`, as `h` has them, what it says and what it does.
 * With `busy` the button says so while `press` is under way, and those of `with` wait for as long.
 * @param {string} name
 * @param {string} label
 * @param {((button: HTMLButtonElement) => void) | null} press
 * @param {{icon?: IconName | null, busy?: string, with?: () => Iterable<HTMLButtonElement>, type?: 'submit', title?: string, test?: string}} [more]
 * @returns {HTMLButtonElement}
 */
export function button(name, label, press, { icon: picture, busy: text, with: companions, ...attributes } = {}) {
  const made = h(`button.button${name}`, { type: 'button', ...attributes }, picture && icon(picture), h('span.label', label));
  if (press) listen(made, { click: () => void (text ? busy(made, text, async () => press(made), companions?.()) : press(made)) });
  return made;
}

/** The one that a form is sent with. @param {string} name @param {string} label */
export const submitButton = (name, label) => button(`.primary${name}`, label, null, { type: 'submit' });

/**
 * One press, one call: a button under way is disabled, says so, and takes its companions with it.
 * @param {HTMLButtonElement} button
 * @param {string} text what it says meanwhile
 * @param {() => Promise<unknown>} work must handle its own failures
 * @param {Iterable<HTMLButtonElement>} [companions] disabled for as long
 */
export async function busy(button, text, work, companions = []) {
  if (button.disabled) return;
  const all = [...new Set([button, ...companions])].filter((each) => !each.disabled);
  const label = find(button, '.label') ?? button;
  const before = label.textContent;
  const focused = focusedElement() === button;
  for (const each of all) each.disabled = true;
  button.setAttribute('aria-busy', 'true');
  fill(label, text);
  try {
    await work();
  } finally {
    fill(label, before);
    button.removeAttribute('aria-busy');
    for (const each of all) each.disabled = false;
    // What is disabled loses the focus; unless it went on meanwhile, it is given back.
    if (focused && (focusedElement() === document.body || focusedElement() === null)) button.focus({ preventScroll: true });
  }
}

/**
 * @param {'green' | 'amber' | 'red' | 'grey'} colour
 * @param {IconName} picture
 * @param {string} title
 * @param {...Child} body
 */
export function notice(colour, picture, title, ...body) {
  return h('section', { class: `notice ${colour}`, role: 'status' }, icon(picture), h('div.notice-body', h('p.notice-title', title), ...body));
}

/** @param {string} title @param {string} [text] @param {IconName} [picture] */
export function emptyPlace(title, text = '', picture = 'report') {
  return h('div.empty', icon(picture), h('p.empty-title', title), text && h('p', text));
}

/** @param {string} text @param {number} [rows] */
export function waiting(text, rows = 3) {
  return live('div.waiting', h('span.unseen', text),
    ...Array.from({ length: rows }, () => h('span.waiting-row', { 'aria-hidden': 'true' })));
}
