/** Everything by the keyboard: a register, a screen, an action, a report by its number. */
import { asErrorView, call } from '../bridge.js';
import { inOrder, LANGUAGES, ownName, t } from '../text.js';
import { session, startSession } from '../session.js';
import { go, placePath, PLACES, registerPath, reportPath } from '../routes.js';
import { openDialog } from './dialog.js';
import { archived } from './outcome.js';
import { entry, fill, h, icon, joined, live, openedDialog, prevent } from './parts.js';
import { needsAttention, obstacle, registerWords, stateBadge } from './state.js';
import { seat } from '../board-memory.js';

/** @import {ErrorView, RegisterView} from '../types/operations' */

/**
 * `words` are those it is found by, `why` says that it cannot be done now; the register then shows what can.
 * @typedef {{name: string, words: string, of: 'screen' | 'register' | 'action' | 'report' | 'language', state?: RegisterView['state'], why?: string, run: () => unknown}} Found
 */

/** So many are shown at once. */
const MOST = 40;
/** A number is looked for when nothing was typed for so long, ms. */
const PAUSE = 150;
/** Among so many of the newest reports is the one with the greatest number. */
const NEWEST = 50;
const ACTIONS = /** @type {const} */ (['close', 'x', 'sections', 'open']);

/** The keys that open it, as they are written here. */
export const SHORTCUT = /mac/i.test(navigator.platform) ? '⌘K' : 'Ctrl+K';

/** @param {KeyboardEvent} event */
export const isShortcut = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === 'KeyK';

/** @param {(error: ErrorView) => void} failed */
export function openPalette(failed) {
  if (openedDialog() || session().accounts.length === 0) return;
  const all = [...screens(), ...registers(), ...languages()];
  /** The words of all, once something is looked for: of a thousand registers there are many. @type {{each: Found, text: string, words: string}[]} */
  let spelled = [];
  /** @type {Found[]} */
  let found = [];
  let at = 0;
  /** A report is looked for by its number. @type {Promise<unknown>} */
  let asked = Promise.resolve();
  const list = h('ul', { id: 'palette-list', role: 'listbox', tabindex: '-1', label: t('palette.title') });
  const none = live('p.palette-none');
  const field = entry('@palette-field', {
    role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'palette-list', 'aria-autocomplete': 'list',
    label: t('palette.title'), placeholder: t('palette.hint'), on: { input: look, keydown: onKey },
  });
  const dialog = h('dialog.dialog.palette@palette', { label: t('palette.title'), on: { click: (event) => { if (event.target === dialog) dialog.close(); } } },
    h('label.search', icon('search'), field), list, none);

  function look() {
    const typed = plain(field.value);
    at = 0;
    asked = Promise.resolve();
    if (!typed) return show(all.filter(({ of }) => of !== 'action').slice(0, MOST));
    if (spelled.length === 0) spelled = all.map((each) => ({ each, text: plain(each.name), words: plain(each.words) }));
    // One digit or two are in too many numbers: they begin a word.
    const parts = typed.split(' ').map((part) => (/^\d\d?$/.test(part) ? ` ${part}` : part));

    /**
     * How well it answers: by its whole name, by how that begins, by how its words begin, by anything of it. Of what answers alike,
     * what can be done stands first.
     * @param {typeof spelled[number]} one @returns {number}
     */
    function rank({ each, text, words }) {
      const whole = ` ${text} ${words}`;
      if (!parts.every((part) => whole.includes(part))) return NONE;
      const begin = (/** @type {string} */ where) => parts.every((part) => ` ${where}`.includes(` ${part.trim()}`));
      return (text === typed ? 0 : text.startsWith(typed) ? 1 : begin(text) ? 2 : begin(whole) ? 3 : 4) + (each.why ? 0.5 : 0);
    }

    show(spelled.map((one) => ({ ...one, rank: rank(one) })).filter((one) => one.rank < NONE).sort((one, other) => one.rank - other.rank).slice(0, MOST).map(({ each }) => each));
    if (/^[1-9]\d{0,14}$/.test(typed)) asked = later(PAUSE).then(() => plain(field.value) === typed ? reportOf(Number(typed)) : null).then((report) => {
      if (!report || plain(field.value) !== typed) return;
      // What was chosen stays so.
      if (at > 0) at++;
      show([report, ...found]);
    }, () => undefined);
  }

  /** @param {Found[]} next */
  function show(next) {
    found = next;
    fill(list, ...found.map((each, place) => h('li', { role: 'option', id: `palette-${place}`, on: { click: () => choose(each), pointermove: () => { if (at !== place) { at = place; mark(false); } } } },
      h('span.palette-name', each.name), each.state && stateBadge(each.state), h('span.palette-of', each.why || t(`palette.of.${each.of}`)))));
    fill(none, found.length > 0 ? '' : t('palette.none'));
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
    } else if (event.key === 'Enter' && !event.repeat) {
      const [typed, chosen] = [field.value, at > 0 ? found[at] : null];
      // The first one is whatever answers best, once all is known.
      void asked.then(() => { if (field.value === typed) choose(chosen ?? found[0]); });
    } else return;
    prevent(event);
  }

  /** @param {Found} [chosen] */
  function choose(chosen) {
    if (!chosen || !dialog.open) return;
    dialog.close();
    void (async () => chosen.run())().catch((failure) => failed(asErrorView(failure)));
  }

  look();
  openDialog(dialog);
  field.focus();
}

/** A rank that answers nothing. */
const NONE = 9;

/** As it is compared: words alone, and the Russian letter as the Latin one that looks like it. @param {string} text */
const plain = (text) => text.toLowerCase().replaceAll('х', 'x').replace(/[^\p{L}\p{N}]+|(?<=\p{L})(?=\d)/gu, ' ').trim();

/** @param {number} ms */
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A number that the archive has not come to is not asked for: each failure is put on record. @param {number} number @returns {Promise<Found | null>} */
async function reportOf(number) {
  if ((await archived({ limit: NEWEST })).lines.every((line) => line.number < number)) return null;
  const { kind, kkmName, shiftIndex } = await call('report', { number });
  return { name: joined(' · ', t('palette.report', { number }), t(`kind.${kind}`), kkmName, shiftIndex !== null && t('report.shift', { index: shiftIndex })), words: '', of: 'report', run: () => go(reportPath(number)) };
}

/** @returns {Found[]} */
function screens() {
  return [
    ...PLACES.map((place) => /** @type {Found} */ ({ name: t(`place.${place}`), words: '', of: 'screen', run: () => go(placePath(place)) })),
    { name: t('palette.refresh'), words: '', of: 'action', run: () => dispatchEvent(new Event('refresh')) },
  ];
}

/** Those that need something first; what is done with one is done on its own page. @returns {Found[]} */
function registers() {
  const compare = inOrder();
  const known = [...seat().board?.registers ?? []].map((register) => ({ register, calm: Number(!needsAttention(register)) }))
    .sort((one, other) => one.calm - other.calm || compare(one.register.name, other.register.name))
    .map(({ register }) => ({ register, found: { words: registerWords(register), run: () => go(registerPath(register)) } }));
  return [
    ...known.map(({ register: { name, state }, found }) => /** @type {Found} */ ({ ...found, name, state, of: 'register' })),
    ...known.flatMap(({ register, found }) => ACTIONS.map((action) => /** @type {Found} */ ({ ...found, name: `${register.name}: ${t(`register.${action}`)}`, why: obstacle(register, action === 'open'), of: 'action' }))),
  ];
}

/** @returns {Found[]} */
function languages() {
  return LANGUAGES.filter((name) => name !== session().language).map((value) => ({
    name: ownName(value), words: `${t(`report.language.${value}`)} ${value} ${t('palette.of.language')}`, of: 'language',
    run: async () => startSession(await call('set_setting', { name: 'language', value })),
  }));
}
