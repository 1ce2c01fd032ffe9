/** Print jobs: how each stands, what can be done; they are looked at again until all are settled. */
import { asErrorView, call } from '../bridge.js';
import { t } from '../text.js';
import { formatMoment } from '../format/time.js';
import { reportLink, wordsOf } from './outcome.js';
import { busy, button, fill, find, folded, h, hasFocus, icon } from './parts.js';

/** @import {PaperInput, PrintView} from '../types/operations' */
/** @import {IconName} from './parts.js' */

/** How often they are looked at, ms. */
const LOOK = 2_500;
/** @type {Record<PrintView['state'], IconName>} */
const ICONS = { queued: 'open', printing: 'print', done: 'check', failed: 'alert', cancelled: 'blocked' };

/** @param {PrintView} job */
const isLive = ({ state }) => state === 'queued' || state === 'printing';
/**
 * Prints a report. One that the printer did not take is given as the job that it is in the queue now.
 * @param {number} number @param {PaperInput | null} [on] @returns {Promise<PrintView>}
 */
export async function printReport(number, on = null) {
  try {
    return await call('print_report', { number, printer: null, on });
  } catch (failure) {
    const waits = asErrorView(failure).code === 'not-printed' && (await call('print_queue')).find((job) => job.report === number && job.state !== 'done' && job.state !== 'cancelled');
    if (!waits) throw failure;
    return waits;
  }
}

/** The printer as people call it. @param {string} printer */
const nameOf = (printer) => printer.replace(/^(system|raw):/, '');

/**
 * @param {PrintView[]} jobs
 * @param {boolean} [titled] whether each says which report it prints
 */
export function printJobs(jobs, titled = true) {
  const rows = new Map(jobs.map((job) => [job.number, { job, row: line(job) }]));
  const element = h('div@print-jobs', { role: 'status', tabindex: '-1' }, h('ul.jobs', ...[...rows.values()].map(({ row }) => row)));

  let timer = 0;

  /** @param {PrintView} job */
  function show(job) {
    const shown = rows.get(job.number);
    if (!shown || JSON.stringify(shown.job) === JSON.stringify(job)) return;
    const row = line(job);
    const within = hasFocus(shown.row);
    shown.row.replaceWith(row);
    if (within) (find(row, 'button') ?? element).focus();
    rows.set(job.number, { job, row });
  }

  async function look() {
    if (!element.isConnected) return;
    try {
      for (const job of await call('print_queue')) show(job);
    } catch {
      // The next look may see it.
    }
    wait();
  }

  function wait() {
    clearTimeout(timer);
    if ([...rows.values()].some(({ job }) => isLive(job))) timer = setTimeout(look, LOOK);
  }

  /** @param {PrintView} job */
  function line(job) {
    const { number, state, report, printer, message } = job;
    const failed = h('p', { role: 'alert' });
    /** @param {HTMLButtonElement} pressed @param {'retry_print' | 'cancel_print'} what */
    const act = (pressed, what) => busy(pressed, t('print.job.busy'), async () => {
      try {
        show(await call(what, { number }));
        wait();
      } catch (failure) {
        fill(failed, wordsOf(failure));
      }
    });
    const retry = (state === 'failed' || (state === 'queued' && message)) && button('@print-retry', t('print.job.retry'), (pressed) => void act(pressed, 'retry_print'), { icon: 'refresh' });
    const cancel = state === 'queued' && button('.quiet@print-cancel', t('print.job.cancel'), (pressed) => void act(pressed, 'cancel_print'));
    return h('li', { class: `job ${state}` }, icon(ICONS[state]), h('div',
      titled && h('p.job-title', report === null ? t('print.list.test') : reportLink(report), ' ', h('span', formatMoment(job.at))),
      h('p@printed', t(state === 'done' ? 'report.printed' : state === 'queued' ? 'printing.in-queue' : `print.job.${state}`, { printer: nameOf(printer) })),
      job.copy && h('p', t('print.job-copy')),
      message && state !== 'done' && h('p@print-problem', message),
      state === 'queued' && job.next && h('p', t('print.job-next', { time: formatMoment(job.next) })),
      failed), retry || cancel ? h('div.ways.small', retry, cancel) : null);
  }

  wait();
  return element;
}

/** The whole queue as a section; empty while nothing was ever printed. */
export function printSection() {
  const element = h('section.history@print-section');
  let before = '';

  async function load() {
    try {
      const jobs = await call('print_queue');
      const now = JSON.stringify(jobs);
      if (now === before) return;
      before = now;
      const open = jobs.filter((job) => isLive(job) || job.state === 'failed');
      const rest = jobs.filter((job) => !open.includes(job));
      fill(element, ...jobs.length === 0 ? [] : [h('h2', t('print.section')),
        open.length > 0 ? printJobs(open) : '',
        rest.length > 0 ? folded(t('print.section.settled', { count: rest.length }), printJobs(rest)) : '']);
    } catch (failure) {
      before = '';
      fill(element, h('h2', t('print.section')), h('p', { role: 'alert' }, wordsOf(failure)));
    }
  }

  return { element, load };
}
