/** The texts of the page, from the one catalogue. */
import catalogue from './text/ru.js';

/** @typedef {keyof typeof catalogue} TextKey */

/**
 * @param {TextKey} key
 * @param {Record<string, string | number>} [params] values for `{name}` places
 * @returns {string}
 */
export function t(key, params = {}) {
  return catalogue[key].replace(/\{([a-z]+)\}/g, (place, name) => String(params[name] ?? place));
}
