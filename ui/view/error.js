/** A failure as a designed thing: what happened, what to do, and the code for support. */
import { t } from '../text.js';
import { h } from './element.js';
import { icon } from './icons.js';
import { button } from './button.js';
import { supportSaver } from './support.js';
import { signInPath } from '../routes.js';

/** @import {ErrorView} from '../types/operations' */

/** Codes after which only signing in again helps. */
const SIGN_IN = new Set(['not-signed-in', 'account-missing', 'wrong-credentials']);

/** Codes that need no support: what was typed is to be mended, or one is to sign in. */
const PLAIN = new Set([...SIGN_IN, 'bad-input']);

/** Codes that leave open what the server did. */
const UNCERTAIN = new Set(['unknown-outcome', 'unresolved']);

/** @param {ErrorView} error */
export const isUncertain = (error) => UNCERTAIN.has(error.code);

/**
 * @param {ErrorView} error
 * @param {{retry?: () => void, recover?: (button: HTMLButtonElement) => void, dismiss?: () => void, subject?: string, signIn?: boolean}} [options]
 */
export function errorPanel(error, options = {}) {
  const uncertain = isUncertain(error);
  const { retry, recover, dismiss } = options;
  const support = PLAIN.has(error.code) ? null : supportSaver();
  const actions = [
    uncertain && recover && button(t('unresolved.recover'), { kind: 'primary', test: 'recover', press: recover }),
    retry && button(t('app.retry'), { icon: 'refresh', test: 'retry', press: retry }),
    options.signIn !== false && SIGN_IN.has(error.code) && h('a', { class: 'button plain', href: signInPath }, h('span', { class: 'label' }, t('error.sign-in'))),
    support?.save,
    dismiss && button(t('app.dismiss'), { kind: 'quiet', press: dismiss }),
  ];
  return h('section', { class: `notice ${uncertain ? 'amber' : 'red'}`, role: 'alert', test: 'error', 'data-code': error.code },
    icon(uncertain ? 'unknown' : 'alert'),
    h('div', { class: 'notice-body' },
      options.subject && h('p', { class: 'notice-subject' }, options.subject),
      h('p', { class: 'notice-title', test: 'error-message' }, error.message),
      h('p', { test: 'error-remedy' }, error.remedy),
      h('p', { class: 'notice-support' }, `${t('error.support')}: `, h('code', {}, error.supportId),
        error.journal !== null && ` · ${t('error.journal', { number: error.journal })}`),
      actions.some(Boolean) && h('div', { class: 'notice-actions' }, ...actions),
      support?.outcome));
}
