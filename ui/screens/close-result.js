/** What came of closing a shift: closed, waiting for the link, unknown, or not closed. */
import {
  button, call, errorPanel, fact, figureFacts, fill, formatMoment, go, h, live, notice, on, outputPlace, printJobs, printReport, quiet,
  recoverButton, rememberClosed, reportPath, savedNote, session, settledWords, stillNotice, supportLine, t, takenBefore, toTiyn, warningsNotice,
  wordsOf,
} from '../kit.js';
import { gapWords } from './cash-count.js';

/** @import {ErrorView, OperationView, QueuedView, RegisterView, ReportView} from '../types/operations' */
/** @import {Page} from './close-shift.js' */

/** @typedef {{register: RegisterView, dialog: HTMLDialogElement, show: (page: Page) => void}} Close the dialog */

/** Codes of a refusal that says that the shift is closed already. */
const CLOSED_BEFORE = new Set(['shift-closed', 'no-open-shift']);

/** @param {Close} close @param {string} [text] */
const leave = ({ dialog }, text = t('close.finish')) => button('@close-finish', text, () => dialog.close());

/** @param {Close} close @param {number} number */
function showReport({ dialog }, number) {
  return button('.primary@show-report', t('close.show'), () => { dialog.close(); go(reportPath(number)); });
}

/**
 * @param {Close} close
 * @param {ReportView} z
 * @param {ReportView[]} before taken first
 * @returns {Page}
 */
export function closed(close, z, before) {
  const { number, shiftIndex, cashCount, figures } = z;
  const lines = before.map((report) => ({ ...report, amount: null }));
  rememberClosed({ z, before: lines });
  const { place, buttons, output } = outputPlace();
  output('@print', t('report.print'), whatever('close.unprinted', async () => printJobs([await printReport(number)], false)), 'print');
  output('@save-pdf', t('report.save'), whatever('close.unsaved', async () => {
    const file = await call('save_pdf', { number });
    return file && savedNote(file.path);
  }));

  const gap = cashCount?.difference ? toTiyn(cashCount.difference) : null;
  const [kind, words] = gap === null ? [] : gapWords(gap);
  return {
    mark: 'green', title: shiftIndex === null ? t('report.closed.unnumbered') : t('report.closed', { index: shiftIndex }),
    body: [
      h('dl.sums',
        ...figureFacts(figures),
        words && fact(t('report.counted'), words, kind)),
      z.restored && notice('amber', 'unknown', t('report.restored'), h('p', t('report.restored.note'))),
      warningsNotice(z.warnings),
      h('div.two-buttons', ...buttons),
      place,
      session().settings['auto-print'] !== 'off' && quiet(t('close.auto-print')),
      before.length > 0 && quiet(...takenBefore(before)),
    ],
    buttons: [leave(close), showReport(close, number)],
  };
}

/**
 * The shift is closed whatever becomes of paper and file, and that is said first.
 * @param {'close.unprinted' | 'close.unsaved'} failure
 * @param {() => Promise<HTMLElement | null>} work
 */
function whatever(failure, work) {
  return () => work().catch((problem) => notice('amber', 'print', t(failure), h('p', wordsOf(problem))));
}

/** @param {Close} close @param {QueuedView | null} waits @returns {Page} */
export function queued(close, waits) {
  const why = waits?.problem;
  return {
    mark: 'amber', title: t('close.queued'),
    body: [...queuedWords(waits), h('p', t('close.queued.z')), why && quiet(why.message)],
    buttons: [leave(close)],
  };
}

/** @param {QueuedView | null} waits */
export function queuedWords(waits) {
  return waits ? [h('p', t('outbox.queued', { time: formatMoment(waits.date) })), h('p', t('outbox.queued.deadline', { time: formatMoment(waits.deadline) }))] : [];
}

/** @param {Close} close @param {ErrorView} error @param {() => void} again @returns {Page} */
export function failed(close, error, again) {
  const back = button('@close-back', t('close.back'), again);
  const done = error.code === 'output-failed';
  const before = CLOSED_BEFORE.has(error.code);
  const report = Number(error.params['report']);
  // The drawer has changed since it was read: the next dialog reads it anew, and asks for the reason.
  const anew = error.code === 'reason-missing';
  return {
    mark: done ? 'green' : before ? 'amber' : 'red', title: t(done ? 'report.closed.unnumbered' : before ? 'close.failed.before' : 'close.failed'),
    body: [before ? h('p@error', { 'data-code': error.code }, t('close.failed.before.note')) : errorPanel(error), error.code === 'busy' && h('p', t('close.failed.busy'))],
    buttons: done && report ? [leave(close), showReport(close, report)] : before || done || anew ? [leave(close)] : [leave(close, t('close.later')), back],
  };
}

/**
 * Nobody knows whether it is done. What came of it is told here, whether a person asks or the program has asked by itself.
 * @param {Close} close
 * @param {ErrorView} error
 * @param {string} sent
 * @returns {Page}
 */
export function unknown(close, error, sent) {
  const { server, kkm } = close.register;
  const told = live('div');
  const ask = recoverButton(async () => {
    try {
      const [row] = await call('recover', { server, kkm });
      await look();
      if (ask.isConnected) fill(told, row?.problem ? errorPanel(row.problem) : stillNotice());
    } catch (failure) {
      fill(told, errorPanel(failure));
    }
  }, { busy: t('unresolved.busy') });
  const off = on('settled', () => { if (ask.isConnected) void look().catch(() => {}); else off(); });

  async function look() {
    if (error.journal === null) return;
    const { row } = await call('operation', { number: error.journal });
    if (row.state === 'unknown' || row.state === 'sent' || row.state === 'prepared') return;
    off();
    close.show(row.state === 'confirmed' && row.report !== null ? closed(close, await call('report', { number: row.report }), []) : resolved(row));
  }

  /** @param {OperationView} operation @returns {Page} */
  const resolved = (operation) => ({
    mark: operation.state === 'confirmed' ? 'green' : 'amber', title: t(operation.kind !== 'z' ? 'close.resolved' : operation.state === 'confirmed' ? 'report.closed.unnumbered' : 'close.resolved.open'),
    body: [h('p', settledWords(operation)), operation.message && h('p', operation.message)],
    buttons: [leave(close)],
  });

  return {
    mark: 'amber', title: error.code === 'unresolved' ? error.message : t('close.unknown'),
    body: [
      h('p@error', { 'data-code': error.code }, error.code === 'unresolved' ? error.remedy : t('unresolved.note', { time: formatMoment(sent) })),
      h('p', t('unresolved.do')),
      told,
      supportLine(error),
    ],
    buttons: [leave(close, t('close.later')), ask],
  };
}
