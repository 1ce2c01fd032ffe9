/** Addresses of the screens, kept in `location.hash`. */

/**
 * A register's full name: two servers may give two registers the same id.
 * @typedef {object} RegisterKey
 * @property {string} server its address
 * @property {number} kkm the server's id of it
 */

/** The screens that need nothing but their name. @typedef {'sign-in' | typeof PLACES[number]} Place */

/**
 * The archive's query is its filter; a journal with a number shows that row.
 * @typedef {{screen: Exclude<Place, 'archive' | 'journal'>} | {screen: 'archive', query: string} | {screen: 'journal', number: number | null}
 *   | {screen: 'register', register: RegisterKey} | {screen: 'report', number: number}} Route
 */

/** The rooms behind the door, in the order of the menu. */
export const PLACES = /** @type {const} */ (['registers', 'archive', 'journal', 'analytics', 'settings']);

/** @param {string} hash @returns {Route | null} */
export function parse(hash) {
  const [, screen, id, rest, query = ''] = /^#\/([a-z-]+)(?:\/(\d+))?(?:\/([^?]+))?(?:\?(.*))?$/.exec(hash) ?? [];
  const place = [...PLACES, /** @type {const} */ ('sign-in')].find((each) => each === screen);
  if (place === 'archive') return { screen: place, query };
  if (place === 'journal') return { screen: place, number: id ? Number(id) : null };
  if (place) return { screen: place };
  if (screen === 'register' && id && rest) return { screen, register: { server: decodeURIComponent(rest), kkm: Number(id) } };
  if (screen === 'report' && id) return { screen, number: Number(id) };
  return null;
}

/** @param {Place} place */
export const placePath = (place) => `#/${place}`;
export const signInPath = placePath('sign-in');
export const registersPath = placePath('registers');
/** @param {RegisterKey} register */
export const registerPath = ({ server, kkm }) => `#/register/${kkm}/${encodeURIComponent(server)}`;
/** @param {number} number */
export const reportPath = (number) => `#/report/${number}`;
/** The archive of one register. @param {RegisterKey} register */
export const archivePath = ({ server, kkm }) => `#/archive?${new URLSearchParams({ server, kkm: String(kkm) })}`;
/** One register or all, as the shell is asked. @param {RegisterKey | null} register */
export const limitedTo = (register) => ({ server: register?.server ?? null, kkm: register?.kkm ?? null });
/** A row of the journal. @param {number} number */
export const operationPath = (number) => `#/journal/${number}`;

/** @param {string} path */
export function go(path) {
  if (location.hash === path) dispatchEvent(new HashChangeEvent('hashchange'));
  else location.hash = path;
}
