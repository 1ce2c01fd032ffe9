/** Work that a person is asked about before the screen or the room is left. */
import { go } from '../routes.js';
import { confirm } from './dialog.js';

/** @typedef {{title: string, note: string, yes: string, stop: () => Promise<void>}} Hold */

/** @type {Hold | null} */
let hold = null;
let asking = false;
let here = '';

/** @param {Hold | null} next what is under way, or nothing any more */
export function holdScreen(next) {
  hold = next;
  here = location.hash;
}

/** Whether one may go: nothing is under way, or it was stopped. */
export async function mayLeave() {
  if (!hold) return true;
  if (asking) return false;
  asking = true;
  const held = hold;
  const sure = await confirm(held).finally(() => { asking = false; });
  if (sure) await held.stop();
  return sure;
}

// Before the page shows another screen.
addEventListener('hashchange', (event) => {
  if (!hold || location.hash === here) return;
  event.stopImmediatePropagation();
  const wanted = location.hash;
  history.replaceState(null, '', here);
  void mayLeave().then((may) => may && go(wanted));
}, true);
