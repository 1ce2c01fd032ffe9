/** Addresses of the screens, kept in `location.hash`. */

/**
 * A register's full name: two servers may give two registers the same id.
 * @typedef {object} RegisterKey
 * @property {string} server its address
 * @property {number} kkm the server's id of it
 */

/** @typedef {{screen: 'sign-in'} | {screen: 'registers'} | {screen: 'register', register: RegisterKey} | {screen: 'report', number: number}} Route */

/** @param {string} hash @returns {Route | null} */
export function parse(hash) {
  const [, screen, id, rest] = /^#\/([a-z-]+)(?:\/(\d+))?(?:\/(.+))?$/.exec(hash) ?? [];
  if (screen === 'sign-in') return { screen };
  if (screen === 'registers') return { screen };
  if (screen === 'register' && id && rest) return { screen, register: { server: decodeURIComponent(rest), kkm: Number(id) } };
  if (screen === 'report' && id) return { screen, number: Number(id) };
  return null;
}

export const signInPath = '#/sign-in';
export const registersPath = '#/registers';
/** @param {RegisterKey} register */
export const registerPath = ({ server, kkm }) => `#/register/${kkm}/${encodeURIComponent(server)}`;
/** @param {number} number */
export const reportPath = (number) => `#/report/${number}`;

/** @param {string} path */
export function go(path) {
  if (location.hash === path) dispatchEvent(new HashChangeEvent('hashchange'));
  else location.hash = path;
}
