/** A setting as a row: what it is, its control, and quietly what came of the last change. It is saved at once. */
import { asErrorView, call, fill, findAll, focusedElement, h, icon, listen, live, options, quiet, refocus, session, setSession, startSession, t } from '../../kit.js';

/** @import {StartView} from '../../types/operations' */
/** @import {Child} from '../../view/parts.js' */

/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

let made = 0;
/** Changes are sent one after another: the last one made is the last one kept. */
let before = Promise.resolve();

/**
 * Where it is said what came of something; a failure stays there with its remedy.
 * @returns {{place: HTMLElement, tried: (work: () => Promise<Child>) => Promise<boolean>}} `tried` gives whether it went well
 */
export function outcome() {
  const place = live('div.setting-outcome');
  return {
    place,
    tried: async (work) => {
      fill(place);
      try {
        const words = await work();
        if (words) fill(place, icon('check'), h('div', words));
        return true;
      } catch (failure) {
        const error = asErrorView(failure);
        fill(place, h('div.toned.red@setting-failed', h('p', error.message), h('p', error.remedy)));
        return false;
      }
    },
  };
}

/**
 * @param {string} label
 * @param {string} note
 * @param {Child[]} parts what stands beside
 * @param {string} [control] the id of what the label belongs to
 */
export function row(label, note, parts, control) {
  return h('div.setting',
    h('div', h(control ? 'label' : 'p', { class: 'setting-name', for: control }, label), note && quiet({ id: control && `${control}-note` }, note)),
    h('div.setting-control', ...parts));
}

/** @param {Control} control */
const valueOf = (control) => (control.type !== 'checkbox' ? control.value.trim() : /** @type {HTMLInputElement} */ (control).checked ? 'on' : 'off');

/** @param {Control} control @param {string} value */
function show(control, value) {
  if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = value === 'on';
  else control.value = value;
}

/**
 * Saves the control's value when it changes; what is refused is put back, but for what was typed, which is to be mended.
 * @param {Control} control
 * @param {(value: string) => Promise<string | null>} save gives the value that it has then; null when it stays as it was
 */
export function saves(control, save) {
  const { place, tried } = outcome();
  control.dataset.kept = valueOf(control);
  listen(control, { change: () => {
    const wanted = valueOf(control);
    before = before.then(async () => {
      if (wanted === control.dataset.kept) {
        fill(place);
        control.ariaInvalid = null;
        return;
      }
      const well = await tried(async () => {
        const saved = await save(wanted);
        control.dataset.kept = saved ?? control.dataset.kept;
        return saved !== null && t('settings.saved');
      });
      const typed = control instanceof HTMLInputElement && control.type !== 'checkbox';
      if ((well || !typed) && valueOf(control) === wanted) show(control, control.dataset.kept ?? '');
      control.ariaInvalid = well ? null : 'true';
    });
  } });
  return place;
}

/**
 * @param {string} test the control's
 * @param {string} label @param {string} note
 * @param {Control} control
 * @param {(value: string) => Promise<string | null>} save
 * @param {...Child} more what stands below the control
 */
export function settingRow(test, label, note, control, save, ...more) {
  control.id = `setting-${++made}`;
  control.dataset.test = test;
  const place = saves(control, save);
  place.id = `${control.id}-outcome`;
  control.setAttribute('aria-describedby', `${note && `${control.id}-note `}${place.id}`);
  return row(label, note, [control, ...more, place], control.id);
}

/**
 * The row of a setting of the store; none where the program does not know it.
 * @param {string} name
 * @param {string} label @param {string} note
 * @param {Control} control
 */
export function storedRow(name, label, note, control) {
  const value = session().settings[name];
  if (value === undefined) return null;
  show(control, value);
  control.dataset.stored = name;
  return settingRow(`setting-${name}`, label, note, control, (wanted) => store(name, wanted));
}

/** What was changed elsewhere shows; what somebody is at stays. @param {HTMLElement} place */
export function showStored(place) {
  for (const control of /** @type {Control[]} */ (findAll(place, '[data-stored]'))) {
    if (control !== focusedElement()) show(control, control.dataset.kept = session().settings[control.dataset.stored ?? ''] ?? '');
  }
}

/** @param {string} name @param {string} value @returns {Promise<string>} the value that it has then */
export async function store(name, value) {
  const next = await call('set_setting', { name, value });
  await adopt(next);
  return next.settings[name] ?? value;
}

/** The session as a setting left it. In another language the window is drawn anew, and the focus stays where it was. @param {StartView} next */
export async function adopt(next) {
  if (next.language === session().language) return setSession(next);
  const focused = focusedElement()?.getAttribute('data-test');
  await startSession(next);
  refocus(focused);
}

/**
 * @param {[string, string][]} choices values with their words
 * @param {string} [value] kept among them, even if it is none of them
 */
export function select(choices, value) {
  const all = value === undefined || choices.some(([each]) => each === value) ? choices : [...choices, /** @type {[string, string]} */ ([value, value])];
  return h('select', ...options(all, value));
}

/**
 * A list that has, for one of its choices, an address that is typed and is then what is saved.
 * @param {HTMLSelectElement} list
 * @param {string} own that choice
 * @param {HTMLInputElement} address
 * @param {(typed: string) => Promise<string | null>} save
 */
export function withAddress(list, own, address, save) {
  const sync = () => { address.hidden = list.value !== own; };
  listen(list, { change: (event) => {
    sync();
    if (address.hidden) return;
    event.stopImmediatePropagation();
    if (address.value) address.dispatchEvent(new Event('change'));
    else address.focus();
  } });
  const told = saves(address, async (typed) => {
    const saved = await save(typed);
    list.dataset.kept = own;
    return saved;
  });
  sync();
  return { sync, parts: [address, told] };
}

/** @param {string} message what is wrong with what was typed, in words of this page */
export const bad = (message) => ({ code: 'bad-input', message, remedy: '' });
