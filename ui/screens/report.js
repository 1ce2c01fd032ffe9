/** A report as paper, with its checks beside it. */
import { asErrorView, call } from '../bridge.js';
import { t } from '../text.js';
import { closedWith } from '../session.js';
import { registerPath, registersPath, reportPath } from '../routes.js';
import { formatAmount } from '../format/money.js';
import { formatStamp } from '../format/time.js';
import { h } from '../view/element.js';
import { icon } from '../view/icons.js';
import { button } from '../view/button.js';
import { busy } from '../view/busy.js';
import { errorPanel } from '../view/error.js';
import { notice, waiting } from '../view/notice.js';
import { paper } from '../view/paper.js';

/** @import {ReportLine, ReportView} from '../types/operations' */
/** @import {Screen} from '../view/screen.js' */

/** @param {number} number @returns {Screen} */
export function reportScreen(number) {
  const element = h('div', { class: 'page report-page', test: 'report' }, waiting(t('report.loading'), 6));
  let back = registersPath;

  async function read() {
    try {
      const report = await call('report', { number });
      back = registerPath(report);
      element.replaceChildren(head(report), h('div', { class: 'report-columns' }, paper(report), aside(report)));
    } catch (failure) {
      element.replaceChildren(h('header', { class: 'page-head' }, backLink(back)), errorPanel(asErrorView(failure), { retry: () => void read() }));
    }
  }

  return { title: t('report.number', { number }), element, entered: () => void read(), back: () => back };
}

/** @param {string} path @param {string} [name] */
function backLink(path, name) {
  return h('a', { class: 'back', href: path, test: 'back' }, icon('back'), name ?? t('register.back'));
}

/** @param {ReportView} report */
function head(report) {
  const details = [report.shiftIndex !== null && t('report.shift', { index: report.shiftIndex }), formatStamp(report.taken), t('report.number', { number: report.number })];
  return h('header', { class: 'page-head' }, backLink(registerPath(report), report.kkmName),
    h('h1', { tabindex: '-1' }, t(`kind.${report.kind}`)), h('span', { class: 'quiet-text' }, details.filter(Boolean).join(' · ')));
}

/** @param {ReportView} report */
function aside(report) {
  const closed = closedWith(report.number);
  return h('aside', { class: 'report-aside' },
    closed && notice('green', 'closed', report.shiftIndex === null ? t('report.closed.unnumbered') : t('report.closed', { index: report.shiftIndex }),
      closed.before.length > 0 && h('p', {}, `${t('report.before')}: `, ...joined(closed.before))),
    report.restored && notice('amber', 'unknown', t('report.restored'), h('p', {}, t('report.restored.note'))),
    saving(report),
    counted(report.cashCount),
    checks(report.warnings),
    report.figures.length > 0 && h('section', {}, h('h2', {}, t('report.figures')),
      h('dl', { class: 'sums' }, ...report.figures.map((figure) => h('div', {}, h('dt', {}, figure.label), h('dd', {}, /^-?\d+\.\d{2}$/.test(figure.value) ? formatAmount(figure.value) : figure.value))))));
}

/** @param {ReportLine[]} lines */
function joined(lines) {
  return lines.flatMap((line, place) => [place > 0 ? ', ' : '', h('a', { href: reportPath(line.number) }, t(`kind.${line.kind}`))]);
}

/** @param {ReportView} report */
function saving(report) {
  const outcome = h('div', { class: 'saved', role: 'status' });
  const save = button(t('report.save'), { kind: 'primary', icon: 'save', test: 'save-pdf', class: 'wide', press: () => void busy(save, t('report.save.busy'), write) });

  async function write() {
    try {
      const { path } = await call('save_pdf', { number: report.number });
      outcome.replaceChildren(icon('check'), h('div', {}, h('p', {}, t('report.saved')), h('p', { class: 'saved-path', test: 'saved-path' }, path)));
    } catch (failure) {
      outcome.replaceChildren(errorPanel(asErrorView(failure)));
    }
  }

  return h('section', {}, save, outcome);
}

/** @param {ReportView['cashCount']} count */
function counted(count) {
  if (!count) return null;
  const { difference } = count;
  const matches = difference !== null && /^-?0\.00$/.test(difference);
  const title = difference === null ? t('report.counted') : matches ? t('report.counted.match')
    : t(difference.startsWith('-') ? 'close.short' : 'close.over', { amount: formatAmount(difference.replace('-', '')) });
  return notice(matches ? 'green' : difference === null ? 'grey' : 'red', matches ? 'check' : 'alert', title,
    h('p', {}, t('report.counted.sums', { counted: formatAmount(count.counted), expected: count.expected === null ? '—' : formatAmount(count.expected) })),
    count.reason && h('p', {}, t('report.counted.reason', { reason: count.reason })));
}

/** @param {string[]} warnings */
function checks(warnings) {
  return h('section', { test: 'warnings' }, warnings.length > 0
    ? notice('amber', 'overdue', t('report.warnings'), h('ul', { class: 'warnings' }, ...warnings.map((warning) => h('li', {}, warning))))
    : h('p', { class: 'all-well' }, icon('check'), t('report.no-warnings')));
}
