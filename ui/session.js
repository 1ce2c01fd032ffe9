/** What the window knows since its start: the mode, the accounts, and a shift closed a moment ago. */

import { loadTexts } from './text.js';
import { setOffset } from './format/time.js';
import { registersPath, signInPath } from './routes.js';

/** @import {AccountView, CloseView, StartView} from './types/operations' */

/** @type {StartView | null} */
let view = null;
/** @type {CloseView | null} */
let justClosed = null;
/** @type {Set<() => void>} */
const listeners = new Set();

/** @returns {StartView} */
export function session() {
  if (!view) throw new Error('the session has not started');
  return view;
}

/** A session of its own: that of the program's start, or of another room, in the language of that room. @param {StartView} next */
export async function startSession(next) {
  await loadTexts(next.language);
  setSession(next);
}

/** @param {StartView} next */
export function setSession(next) {
  view = next;
  setOffset(next.utcOffsetMinutes);
  for (const listener of listeners) listener();
}

/** Somebody has signed out. @param {AccountView} account */
export function forget({ server, login }) {
  setSession({ ...session(), accounts: session().accounts.filter((each) => each.server !== server || each.login !== login) });
}

/** Where everything begins: the registers, or the door to them. */
export const homePath = () => (session().accounts.length > 0 ? registersPath : signInPath);

/** @param {() => void} listener */
export function onSession(listener) {
  listeners.add(listener);
}

/** The host people know the server by. @param {string} server */
export function hostOf(server) {
  const known = view?.accounts.find((account) => account.server === server);
  return known?.host ?? server.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

/** @param {CloseView} closed */
export function rememberClosed(closed) {
  justClosed = closed;
}

/** The close whose Z-report is this one, if it happened in this window. @param {number} number */
export function closedWith(number) {
  return justClosed?.z.number === number ? justClosed : null;
}
