/** What came of something: a failure, and what to do; a file, and the ways to it. */
import { asErrorView, call } from '../bridge.js';
import { t } from '../text.js';
import { reportPath, signInPath } from '../routes.js';
import { button, fill, h, icon, link, live, notice, ways } from './parts.js';

/** @import {ArchiveInput, ErrorView, ExportInput, ReportKind} from '../types/operations' */
/** @import {Child, IconName} from './parts.js' */

/** Codes after which only signing in again helps. */
const SIGN_IN = new Set(['not-signed-in', 'account-missing', 'wrong-credentials']);

/** Codes that need no support: what was typed is to be mended, or one is to sign in. */
const PLAIN = new Set([...SIGN_IN, 'bad-input', 'reason-missing']);

/** Codes that leave open what the server did. */
const UNCERTAIN = new Set(['unknown-outcome', 'unresolved']);

/**
 * Asks the server what became of something unknown.
 * @param {(button: HTMLButtonElement) => void} press @param {Parameters<typeof button>[3]} [more] @param {string} [name]
 */
export const recoverButton = (press, more, name = '.primary@recover') => button(name, t('unresolved.recover'), press, more);

/** @param {number} number */
export const reportLink = (number) => link(reportPath(number), t('report.number', { number }));

/** @param {ErrorView} error */
export const isUncertain = (error) => UNCERTAIN.has(error.code);

/** What happened and what to do, in one line. @param {unknown} failure */
export function wordsOf(failure) {
  const { message, remedy } = asErrorView(failure);
  return `${message} ${remedy}`;
}

/**
 * @typedef {{retry?: () => void, recover?: (button: HTMLButtonElement) => void, dismiss?: () => void, subject?: string, signIn?: boolean}} Ways
 */

/**
 * A failure as a designed thing: what happened, what to do, and the code for support.
 * @param {unknown} failure whatever was thrown
 * @param {Ways} [options]
 */
export function errorPanel(failure, options = {}) {
  const error = asErrorView(failure);
  const uncertain = isUncertain(error);
  const { retry, recover, dismiss } = options;
  const support = PLAIN.has(error.code) ? null : supportSaver();
  const actions = [
    uncertain && recover && recoverButton(recover),
    retry && button('@retry', t('app.retry'), retry, { icon: 'refresh' }),
    options.signIn !== false && SIGN_IN.has(error.code) && h('a.button', { href: signInPath }, h('span.label', t('error.sign-in'))),
    support?.save,
    dismiss && button('.quiet', t('app.dismiss'), dismiss),
  ];
  return h('section@error', { class: `notice ${uncertain ? 'amber' : 'red'}`, role: 'alert', 'data-code': error.code },
    icon(uncertain ? 'unknown' : 'alert'),
    h('div.notice-body',
      options.subject && h('p.hint', options.subject),
      h('p.notice-title@error-message', error.message),
      h('p@error-remedy', error.remedy),
      supportLine(error),
      actions.some(Boolean) && ways(...actions),
      support?.outcome));
}

/** What support asks for. @param {ErrorView} error */
export const supportLine = ({ supportId, journal }) => h('p.hint', `${t('error.support')}: `, h('code', supportId), journal !== null && ` · ${t('error.journal', { number: journal })}`);

/** What does not add up. @param {string[]} warnings */
export const warningsNotice = (warnings) => warnings.length > 0 && notice('amber', 'overdue', t('report.warnings'), h('ul.warnings', ...warnings.map((warning) => h('li', warning))));

/**
 * Buttons that put something out, one at a time, and the place where it is told what came of it.
 */
export function outputPlace() {
  const place = live('div.saved');
  /** @type {HTMLButtonElement[]} */
  const buttons = [];

  /**
   * @param {string} name @param {string} words
   * @param {() => Promise<Child>} work gives what is told then; nothing where nobody said where to
   * @param {IconName | null} [picture]
   */
  function output(name, words, work, picture = 'save') {
    const made = button(name, words, async () => {
      try {
        const done = await work();
        // Whoever then named no place keeps what was said before.
        if (done) fill(place, done);
      } catch (failure) {
        fill(place, errorPanel(failure, { dismiss: () => fill(place) }));
      }
    }, { icon: picture, busy: t(picture === 'print' ? 'report.print.busy' : 'report.save.busy'), with: () => buttons });
    buttons.push(made);
    return made;
  }
  return { place, buttons, output };
}

/**
 * The button that saves what support needs into a file, and where it is then said where the file is.
 * @returns {{save: HTMLButtonElement, outcome: HTMLElement}}
 */
export function supportSaver() {
  const outcome = live('div.saved');
  const save = button('.quiet@support-bundle', t('support.save'), write, { icon: 'save', busy: t('support.save.busy') });

  async function write() {
    try {
      const { path } = await call('support_bundle');
      fill(outcome, savedNote(path, { words: t('support.saved'), test: 'support-path' }));
    } catch (failure) {
      fill(outcome, h('p@support-failed', wordsOf(failure)));
    }
  }

  return { save, outcome };
}

/**
 * Where a file that was written is, with the ways to it.
 * @param {string} path
 * @param {{words?: string, test?: string}} [options]
 */
export function savedNote(path, { words = t('report.saved'), test = 'saved-path' } = {}) {
  const failed = h('p', { role: 'alert' });

  /** @param {boolean} folder */
  async function open(folder) {
    try {
      await call('open_saved', { path, folder });
      fill(failed, '');
    } catch (failure) {
      fill(failed, wordsOf(failure));
    }
  }

  return h('div.saved-note', icon('check'), h('div',
    h('p', words),
    h('p.saved-path', { test }, path),
    h('div.ways.small',
      button('.quiet@saved-open', t('saved.open'), () => void open(false)),
      button('.quiet@saved-folder', t('saved.folder'), () => void open(true))),
    failed));
}

/** Reports that were taken before a Z-report, as links. @param {{number: number, kind: ReportKind}[]} reports */
export const takenBefore = (reports) => [`${t('report.before')}: `, ...reports.flatMap(({ number, kind }, place) => [place > 0 && ', ', link(reportPath(number), t(`kind.${kind}`))])];

/** @param {ExportInput['format']} format @param {number[]} numbers of reports @param {ExportInput['lang']} lang */
export const exportReports = (format, numbers, lang) => call('export_reports', { input: { format, lang, numbers, server: null, kkm: null, kind: null, from: null, to: null } });

/** A page of the archive: all of it, but for what is asked. @param {Partial<ArchiveInput>} asked */
export const archived = (asked) => call('archive', { input: { text: null, server: null, kkm: null, kind: null, from: null, to: null, after: null, limit: 1, ...asked } });
