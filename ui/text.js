/** The texts of the page: the one catalogue, in the language that the shell names at the start. */
import russian from './text/ru.js';

/** @typedef {keyof typeof russian} Name */
/** @template {string} N @typedef {N extends `${infer Base}#many` ? Base : never} BaseOf */
/** @typedef {Exclude<Name, `${string}#${string}`>} TextKey a text */
/** @typedef {BaseOf<Name>} PluralKey a text with a form for each plural category of its language */
/** @typedef {'ru' | 'kk' | 'en'} Language */

/** The locales whose dates, amounts and order of names go with the languages. */
const LOCALES = { ru: 'ru-KZ', kk: 'kk-KZ', en: 'en-GB' };
export const LANGUAGES = /** @type {Language[]} */ (Object.keys(LOCALES));

/** What a language calls itself: it may be the only name that the reader knows. @param {Language} of */
export function ownName(of) {
  const name = new Intl.DisplayNames(of, { type: 'language' }).of(of) ?? of;
  return name.charAt(0).toLocaleUpperCase(of) + name.slice(1);
}

/** Until the shell has named a language the page speaks Russian. */
/** @type {Language} */
let language = 'ru';
/** @type {Record<string, string>} */
let catalogue = russian;
let rules = new Intl.PluralRules(language);

/** @param {Language} chosen */
export async function loadTexts(chosen) {
  if (chosen === language) return;
  // A file of its own, also where the page is packed.
  const path = `./text/${chosen}.js`;
  catalogue = (await import(path)).default;
  language = chosen;
  rules = new Intl.PluralRules(chosen);
  document.documentElement.lang = chosen;
}

/** The language's locale. */
export function localeName() {
  return LOCALES[language];
}

/** How names stand in a list: as the language has it, and numbers by what they come to. */
export const inOrder = () => new Intl.Collator(localeName(), { numeric: true }).compare;

/** Numbers are written alike in Russian and Kazakh, and not every web view knows the latter. */
export function numberLocale() {
  return language === 'kk' ? LOCALES.ru : localeName();
}

/**
 * @param {TextKey} key
 * @param {Record<string, string | number>} [params] values for `{name}` places
 * @returns {string}
 */
export function t(key, params = {}) {
  return filled(catalogue[key] ?? key, params);
}

/**
 * The form that goes with a whole number, which is also the value of `{count}`.
 * @param {PluralKey} key
 * @param {number} count
 * @param {Record<string, string | number>} [params]
 * @returns {string}
 */
export function plural(key, count, params = {}) {
  return filled(catalogue[`${key}#${rules.select(count)}`] ?? key, { count: count.toLocaleString(numberLocale()), ...params });
}

/** What writes from right to left, or has what follows it written so. */
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\ufb1d-\ufefc]/;

/** A name turns round nothing but itself. @param {string} value */
const apart = (value) => (TURNS.test(value) ? `\u2068${value.replace(/[\u2066-\u2069]/g, '')}\u2069` : value);

/** @param {string} text @param {Record<string, string | number>} params */
function filled(text, params) {
  return text.replace(/\{([a-z]+)\}/g, (place, name) => apart(String(params[name] ?? place)));
}
