/** The only module that calls the shell. Every failure leaves here as an `ErrorView`. */
import { t } from './text.js';

/** @import {ErrorView} from './types/operations' */
/** @import {Commands} from './types/commands' */

/**
 * @template {keyof Commands} K
 * @param {K} command
 * @param {Commands[K]['args'] extends undefined ? [] : [Commands[K]['args']]} args
 * @returns {Promise<Commands[K]['answer']>}
 */
export async function call(command, ...args) {
  const core = window.__TAURI__?.core;
  if (!core) throw ownError('internal', t('app.no-bridge'), t('app.no-bridge.remedy'));
  open += 1;
  try {
    return /** @type {Commands[K]['answer']} */ (await core.invoke(command, args[0]));
  } catch (failure) {
    throw asErrorView(failure);
  } finally {
    answered();
  }
}

/**
 * What the shell says unasked: something left open was settled by itself; a job was printed; a shift was closed by the clock;
 * a setting was changed elsewhere; somebody closes the window while something is under way.
 * @typedef {'settled' | 'printed' | 'closed' | 'changed' | 'closing'} ShellEvent
 */

/** @type {Map<ShellEvent, Set<() => void>>} */
const hearers = new Map();

/**
 * Has `heard` called whenever the shell says so.
 * @param {ShellEvent} event
 * @param {() => void} heard
 * @returns {() => void} ends it
 */
export function on(event, heard) {
  const known = hearers.get(event);
  const all = known ?? new Set();
  all.add(heard);
  if (!known) {
    hearers.set(event, all);
    void window.__TAURI__?.event.listen(event, () => { for (const each of [...all]) each(); });
  }
  return () => { all.delete(heard); };
}

/** Calls that are not answered yet. */
let open = 0;
/** @type {Set<() => void>} */
const waiters = new Set();

/**
 * Calls `then` once nothing that the page asked for is under way; at once and not at all when nothing is.
 * @param {() => void} then
 * @returns {boolean} whether there is something to wait for
 */
export function whenIdle(then) {
  if (open > 0) waiters.add(then);
  return open > 0;
}

function answered() {
  open -= 1;
  if (open > 0) return;
  for (const then of waiters) then();
  waiters.clear();
}

/**
 * Whatever was thrown, as the one shape the page shows. A fault of the page itself reads as `internal`.
 * @param {unknown} failure
 * @returns {ErrorView}
 */
export function asErrorView(failure) {
  if (isErrorView(failure)) return failure;
  pageFailed(failure);
  return ownError('internal', t('app.broken'), t('app.broken.remedy'));
}

/** Has the shell write down a fault of the page itself; nobody waits for it. @param {unknown} fault */
export function pageFailed(fault) {
  console.error(fault);
  const message = fault instanceof Error ? `${fault.message}\n${fault.stack ?? ''}` : String(fault);
  window.__TAURI__?.core.invoke('page_failed', { message }).catch(() => {});
}

/**
 * @param {unknown} value
 * @returns {value is ErrorView}
 */
function isErrorView(value) {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value && 'remedy' in value;
}

/**
 * @param {string} code
 * @param {string} message
 * @param {string} remedy
 * @returns {ErrorView}
 */
function ownError(code, message, remedy) {
  return { code, message, remedy, params: {}, retryable: false, supportId: 'UI', journal: null };
}
