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
  try {
    return /** @type {Commands[K]['answer']} */ (await core.invoke(command, args[0]));
  } catch (failure) {
    throw asErrorView(failure);
  }
}

/**
 * Has `heard` called whenever the shell says that something left open was settled by itself.
 * @param {() => void} heard
 */
export async function onSettled(heard) {
  await window.__TAURI__?.event.listen('settled', heard);
}

/**
 * Whatever was thrown, as the one shape the page shows. A fault of the page itself reads as `internal`.
 * @param {unknown} failure
 * @returns {ErrorView}
 */
export function asErrorView(failure) {
  if (isErrorView(failure)) return failure;
  console.error(failure);
  return ownError('internal', t('app.broken'), t('app.broken.remedy'));
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
