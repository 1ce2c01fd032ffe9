/** The reports of one register, newest first, and its sales over the last shifts. */
import {
  archived, archivePath, barChart, button, column, emptyPlace, errorPanel, fill, find, formatAmount, formatDay, formatStamp, formatTiyn, go, h,
  joined, link, listIn, numbered, renew, reportPath, rowHead, t, tableHead, toTiyn, waiting,
} from '../kit.js';

/** @import {ReportLine} from '../types/operations' */
/** @import {RegisterKey} from '../routes.js' */

/** So many reports are listed at a time, and so many shifts are in the chart. */
const PAGE = 20;
const SHIFTS = 30;

/** @param {RegisterKey} register */
export function historySection(register) {
  const list = h('div', waiting(t('register.history.loading')));
  const chart = h('section.history', { hidden: true });
  const rows = h('tbody');
  const draw = listIn(rows, reportRow);
  /** @type {ReportLine[]} */
  let lines = [];
  const more = button('@history-more', t('register.history.more'), () => read(false), { busy: t('register.history.loading') });
  const table = h('table.rows', { label: t('register.history') }, tableHead(
    column(t('register.history.kind')),
    column(t('register.history.shift')),
    column(t('register.history.taken')),
    column(t('register.history.amount'), 'number'),
    column(t('register.history.number'), 'number')), rows);
  /** @type {number | null} */
  let next = null;

  /** @param {'z' | null} kind @param {number} limit @param {number | null} [after] */
  const page = (kind, limit, after = null) => archived({ ...register, kind, after, limit });

  /** @param {boolean} anew */
  async function read(anew) {
    try {
      // What was shown stays shown, with what has come since.
      const found = await page(null, anew ? Math.max(PAGE, lines.length) : PAGE, anew ? null : next);
      const before = anew ? [] : lines;
      next = found.next;
      more.hidden = next === null;
      lines = [...before, ...found.lines];
      draw(lines);
      renew(list, ...lines.length > 0 ? [table, more] : [emptyPlace(t('register.history.empty'), t('register.history.empty.note'))]);
      if (!anew) find(rows.children[before.length], 'a')?.focus();
    } catch (failure) {
      fill(list, errorPanel(failure, { retry: load }));
    }
  }

  async function readChart() {
    const { lines } = await page('z', SHIFTS);
    const points = lines.reverse().flatMap((line) => {
      const value = line.amount === null ? null : toTiyn(line.amount);
      return value === null ? [] : [{ label: joined(' · ', numbered(line.shiftIndex, ''), formatDay(line.taken)), value, href: reportPath(line.number) }];
    });
    chart.hidden = points.length < 2;
    const label = t('register.chart');
    if (points.length > 1) fill(chart, barChart({ label, points, format: (value) => `${formatTiyn(value)} ₸` }));
  }

  function load() {
    void read(true);
    // Where the list says what is wrong with the archive, the chart need not say it again.
    readChart().catch(() => { chart.hidden = true; });
  }

  return {
    element: h('div.page-part', chart, h('section.history',
      h('header.page-head', h('h2', t('register.history')), h('a.page-actions', { href: archivePath(register) }, t('register.history.all'))), list)),
    load,
  };
}

/** @param {ReportLine} line */
function reportRow(line) {
  return h('tr@report-line', { on: { click: () => go(reportPath(line.number)) } },
  rowHead(link(reportPath(line.number), t(`kind.${line.kind}`))),
  h('td', numbered(line.shiftIndex)),
  h('td', formatStamp(line.taken)),
  h('td.number.strong', formatAmount(line.amount)),
  h('td.number.soft', String(line.number)));
}
