/** Addresses of the screens, kept in `location.hash`. */

/** @typedef {{screen: 'sign-in'} | {screen: 'registers'} | {screen: 'register', kkm: number} | {screen: 'report', number: number}} Route */

/** @param {string} hash @returns {Route | null} */
export function parse(hash) {
  const [, screen, id] = /^#\/([a-z-]+)(?:\/(\d+))?$/.exec(hash) ?? [];
  if (screen === 'sign-in') return { screen };
  if (screen === 'registers') return { screen };
  if (screen === 'register' && id) return { screen, kkm: Number(id) };
  if (screen === 'report' && id) return { screen, number: Number(id) };
  return null;
}

export const signInPath = '#/sign-in';
export const registersPath = '#/registers';
/** @param {number} kkm */
export const registerPath = (kkm) => `#/register/${kkm}`;
/** @param {number} number */
export const reportPath = (number) => `#/report/${number}`;

/** @param {string} path */
export function go(path) {
  if (location.hash === path) dispatchEvent(new HashChangeEvent('hashchange'));
  else location.hash = path;
}
