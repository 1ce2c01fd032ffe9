/** Everything by the keyboard: a register, a screen, an action, a report by its number. */
import { asErrorView, call } from '../bridge.js';
import { order, t } from '../text.js';
import { session, startSession } from '../session.js';
import { go, placePath, registerPath, reportPath } from '../routes.js';
import { openDialog } from './dialog.js';
import { fill, h, icon } from './parts.js';
import { needsAttention, stateBadge } from './state.js';
import { seat } from '../board-memory.js';

/** @import {RegisterView} from '../types/operations' */
/** @import {ErrorView} from '../types/operations' */

/** @typedef {{name: string, words: string, of: 'screen' | 'register' | 'action' | 'report' | 'language', state?: RegisterView['state'], run: () => unknown}} Found */

/** So many are shown at once. */
const MOST = 40;
const LANGUAGES = /** @type {const} */ (['ru', 'kk', 'en']);
const PLACES = /** @type {const} */ (['registers', 'archive', 'journal', 'analytics', 'settings']);

/** The keys that open it, as they are written here. */
export const SHORTCUT = /mac/i.test(navigator.platform) ? '⌘K' : 'Ctrl+K';

/** @param {KeyboardEvent} event */
export const isShortcut = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === 'KeyK';

/** @param {(error: ErrorView) => void} failed */
export function openPalette(failed) {
  if (document.querySelector('dialog[open]') || session().accounts.length === 0) return;
  const all = [...screens(), ...registers(), ...languages()];
  /** @type {Found[]} */
  let found = [];
  let at = 0;
  const list = h('ul', { id: 'palette-list', role: 'listbox', tabindex: '-1', 'aria-label': t('palette.title') });
  const none = h('p.palette-none', { role: 'status' });
  const field = h('input@palette-field', {
    type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'palette-list', 'aria-autocomplete': 'list', autocomplete: 'off', spellcheck: 'false',
    'aria-label': t('palette.title'), placeholder: t('palette.hint'), on: { input: () => { at = 0; look(); }, keydown: onKey },
  });
  const dialog = h('dialog.dialog.palette@palette', { 'aria-label': t('palette.title'), on: { click: (event) => { if (event.target === dialog) dialog.close(); } } },
    h('label.search', icon('search'), field), list, none);

  function look() {
    const typed = field.value.trim().toLowerCase();
    const words = typed.split(/\s+/).filter(Boolean);
    found = all.filter(({ words: text, of }) => (words.length > 0 || of !== 'action') && words.every((word) => text.includes(word))).slice(0, MOST);
    const number = /^№?\s*(\d{1,15})$/.exec(typed)?.[1];
    if (number) found.unshift({ name: t('palette.report', { number }), words: '', of: 'report', run: () => go(reportPath(Number(number))) });
    fill(list, ...found.map((each, place) => h('li', { role: 'option', id: `palette-${place}`, on: { click: () => choose(place), pointermove: () => { if (at !== place) { at = place; mark(false); } } } },
      h('span.palette-name', each.name), each.state && stateBadge(each.state), h('span.palette-of', t(`palette.of.${each.of}`)))));
    none.textContent = found.length > 0 ? '' : t('palette.none');
    mark(true);
  }

  /** @param {boolean} scrolls */
  function mark(scrolls) {
    [...list.children].forEach((each, place) => each.ariaSelected = String(place === at));
    if (found.length > 0) field.setAttribute('aria-activedescendant', `palette-${at}`);
    else field.removeAttribute('aria-activedescendant');
    if (scrolls) list.children[at]?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const last = found.length - 1;
    const to = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last, PageDown: Math.min(at + 8, last), PageUp: Math.max(at - 8, 0) }[event.key];
    if (event.isComposing) return;
    if (to !== undefined) {
      at = Math.max(to, 0);
      mark(true);
    } else if (event.key === 'Enter' && !event.repeat) choose(at);
    else return;
    event.preventDefault();
  }

  /** @param {number} place */
  function choose(place) {
    const chosen = found[place];
    if (!chosen) return;
    dialog.close();
    void (async () => chosen.run())().catch((failure) => failed(asErrorView(failure)));
  }

  look();
  openDialog(dialog);
  field.focus();
}

/** @returns {Found[]} */
function screens() {
  return [
    ...PLACES.map((place) => /** @type {Found} */ ({ name: t(`place.${place}`), words: t(`place.${place}`).toLowerCase(), of: 'screen', run: () => go(placePath(place)) })),
    { name: t('palette.refresh'), words: t('palette.refresh').toLowerCase(), of: 'action', run: () => dispatchEvent(new Event('refresh')) },
  ];
}

/** Those that need something first; what is done with one is done on its own page. @returns {Found[]} */
function registers() {
  const compare = order();
  const known = [...seat().board?.registers ?? []].map((register) => ({ register, calm: Number(!needsAttention(register)) }))
    .sort((one, other) => one.calm - other.calm || compare(one.register.name, other.register.name)).map(({ register }) => register);
  const words = (/** @type {RegisterView} */ each) => [each.name, each.address, each.znm, each.rnm, each.kkm].join(' ').toLowerCase();
  return [
    ...known.map((each) => /** @type {Found} */ ({ name: each.name, words: words(each), of: 'register', state: each.state, run: () => go(registerPath(each)) })),
    ...known.flatMap((each) => actions(each).map((action) => /** @type {Found} */ ({ name: `${each.name}: ${action}`, words: `${words(each)} ${action.toLowerCase()}`, of: 'action', run: () => go(registerPath(each)) }))),
  ];
}

/** @param {RegisterView} register */
function actions({ state }) {
  if (state === 'closed') return [t('register.open')];
  return state === 'open' || state === 'overdue' ? [t('register.close'), t('register.x'), t('register.sections')] : [];
}

/** Each by its own name first: it may be the only one that the reader knows. @returns {Found[]} */
function languages() {
  return LANGUAGES.filter((name) => name !== session().language).map((value) => {
    const own = new Intl.DisplayNames(value, { type: 'language' }).of(value) ?? value;
    const name = `${own.charAt(0).toLocaleUpperCase(value)}${own.slice(1)}`;
    return {
      name, words: `${own} ${t(`report.language.${value}`)} ${value} ${t('palette.of.language')}`.toLowerCase(), of: 'language',
      run: async () => startSession(await call('set_setting', { name: 'language', value })),
    };
  });
}
