/** Many reports at once: in one file, or to the printer. Those that are selected, or everything that was found. */
import {
  archived, busy, button, call, confirm, errorPanel, exportReports, fill, h, live, outputPlace, plural, printJobs, printReport, savedNote, session, t,
} from '../kit.js';

/** @import {ArchiveInput, ArchivePage, ExportInput, PrintView} from '../types/operations' */
/** @typedef {Omit<ArchiveInput, 'after' | 'limit'>} Query */

/** So many are read at once where all numbers are needed. */
const AT_ONCE = 500;

/** @param {{selected: () => number[], query: () => Query, clear: () => void}} of */
export function archiveOutputs({ selected, query, clear }) {
  const said = live('span@archive-count');
  const what = h('span.soft');
  const none = button('.quiet@select-none', t('archive.select-none'), clear);
  const print = button('@print-selected', t('report.print'), printAll, { icon: 'print' });
  const { place, buttons, output } = outputPlace();
  const files = /** @type {const} */ (['pdf', 'xlsx', 'csv']).map((format) => output(`@export-${format}`, t(`archive.as.${format}`), () => written(format)));
  buttons.push(print, none);

  /** Words cannot be told to an export: then the numbers of everything found are gathered. @param {Query} asked */
  async function found(asked) {
    /** @type {number[]} */
    const numbers = [];
    /** @type {number | null} */
    let after = null;
    do {
      /** @type {ArchivePage} */
      const page = await archived({ ...asked, after, limit: AT_ONCE });
      numbers.push(...page.lines.map((line) => line.number));
      after = page.next;
    } while (after !== null);
    return numbers;
  }

  /** @param {ExportInput['format']} format */
  async function written(format) {
    const { text, ...asked } = query();
    const chosen = selected();
    const numbers = chosen.length > 0 ? chosen : text ? await found({ text, ...asked }) : null;
    const lang = session().language;
    const { path } = await (numbers ? exportReports(format, numbers, lang) : call('export_reports', { input: { format, lang, numbers, ...asked } }));
    return savedNote(path);
  }

  async function printAll() {
    const numbers = selected();
    if (numbers.length > 1 && !await confirm({ title: plural('archive.print.title', numbers.length), note: t('archive.print.note'), yes: t('report.print') })) return;
    let stopped = false;
    const stop = button('.quiet', t('archive.print.stop'), () => { stopped = true; stop.disabled = true; });
    const list = h('div.stack');
    /** @type {PrintView[]} */
    const jobs = [];
    await busy(print, t('report.print.busy'), async () => {
      fill(place, h('div.printed-all', list, numbers.length > 1 && stop));
      try {
        for (const number of numbers) {
          if (stopped) break;
          jobs.push(await printReport(number));
          fill(list, h('p', t('archive.print.done', { done: jobs.length, total: numbers.length })), printJobs([...jobs]));
        }
      } catch (failure) {
        place.append(errorPanel(failure, { dismiss: () => fill(place) }));
      }
    }, buttons);
    stop.remove();
  }

  return {
    element: h('div.outputs-bar.small', h('div.outputs-line.ways', said, none, h('div.outputs-ways.ways', what, ...files, print)), place),
    /** @param {number} count shown @param {boolean} whole nothing more would follow */
    draw: (count, whole) => {
      const some = selected().length;
      fill(said, some > 0 ? t('archive.selected', { count: some }) : count === 0 ? t('archive.nothing') : whole ? plural('count.reports', count) : t('archive.shown', { count }));
      fill(what, t(some > 0 ? 'archive.with-selected' : 'archive.with-found'));
      none.hidden = some === 0;
      print.hidden = some === 0;
      for (const each of [what, ...files]) each.hidden = count === 0;
    },
  };
}
