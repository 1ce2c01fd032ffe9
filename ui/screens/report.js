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

/** @import {PaperInput, ReportLine, ReportView, SavedFile} from '../types/operations' */
/** @import {Screen} from '../view/screen.js' */

/** @param {number} number @returns {Screen} */
export function reportScreen(number) {
  const element = h('div', { class: 'page report-page', test: 'report' }, waiting(t('report.loading'), 6));
  let back = registersPath;

  async function read() {
    try {
      const report = await call('report', { number });
      back = registerPath(report);
      element.replaceChildren(head(report), columns(report));
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

/**
 * The paper, and beside it what can be done with it. Another paper or language replaces the paper alone.
 * @param {ReportView} report
 */
function columns(report) {
  /** @type {PaperInput} */
  const on = { paper: report.paper, language: report.language };
  let shown = paper(report);
  let asked = 0;
  const told = h('div', { role: 'status' });
  const choices = choicesOf(on, async (words) => {
    const mine = ++asked;
    try {
      const again = await call('report', { number: report.number, on: { ...on } });
      // Of two that were asked for, the later one counts, whichever comes first.
      if (mine !== asked) return;
      const next = paper(again);
      shown.replaceWith(next);
      shown = next;
      told.replaceChildren(h('p', { class: 'visually-hidden' }, words));
    } catch (failure) {
      if (mine === asked) told.replaceChildren(errorPanel(asErrorView(failure)));
    }
  });
  return h('div', { class: 'report-columns' }, shown, aside(report, h('section', {}, choices, told), outputs(report, on)));
}

/**
 * @param {ReportView} report
 * @param {HTMLElement} choices
 * @param {HTMLElement} outputs
 */
function aside(report, choices, outputs) {
  const closed = closedWith(report.number);
  return h('aside', { class: 'report-aside' },
    closed && notice('green', 'closed', report.shiftIndex === null ? t('report.closed.unnumbered') : t('report.closed', { index: report.shiftIndex }),
      closed.before.length > 0 && h('p', {}, `${t('report.before')}: `, ...joined(closed.before))),
    report.restored && notice('amber', 'unknown', t('report.restored'), h('p', {}, t('report.restored.note'))),
    choices,
    outputs,
    counted(report.cashCount),
    checks(report.warnings),
    report.figures.length > 0 && h('section', {}, h('h2', {}, t('report.figures')),
      h('dl', { class: 'sums' }, ...report.figures.map((figure) => h('div', {}, h('dt', {}, figure.label), h('dd', {}, /^-?\d+\.\d{2}$/.test(figure.value) ? formatAmount(figure.value) : figure.value))))));
}

/** @param {ReportLine[]} lines */
function joined(lines) {
  return lines.flatMap((line, place) => [place > 0 ? ', ' : '', h('a', { href: reportPath(line.number) }, t(`kind.${line.kind}`))]);
}

/** @type {NonNullable<PaperInput['paper']>[]} */
const PAPERS = ['80', '58', 'a4'];
/** @type {NonNullable<PaperInput['language']>[]} */
const LANGUAGES = ['ru', 'kk', 'en', 'kk+ru'];

/**
 * On which paper and in which language the report is looked at, saved and printed.
 * @param {PaperInput} on changed in place
 * @param {(words: string) => Promise<void>} changed what was chosen, in words
 */
function choicesOf(on, changed) {
  const papers = h('select', { test: 'paper-size' }, ...PAPERS.map((paper) => h('option', { value: paper, selected: paper === on.paper }, t(`report.paper.${paper}`))));
  const languages = h('select', { test: 'paper-language' }, ...LANGUAGES.map((language) => h('option', { value: language, selected: language === on.language }, t(`report.language.${language}`))));
  const chosen = () => {
    on.paper = PAPERS[papers.selectedIndex] ?? null;
    on.language = LANGUAGES[languages.selectedIndex] ?? null;
    return changed([papers, languages].map((list) => list.selectedOptions[0]?.textContent ?? '').join(', '));
  };
  for (const each of [papers, languages]) each.addEventListener('change', () => void chosen());
  return h('div', { class: 'paper-choices' },
    h('label', { class: 'field' }, h('span', {}, t('report.paper')), papers),
    h('label', { class: 'field' }, h('span', {}, t('report.language')), languages));
}

/**
 * Print, save, export: each says what came of it; the report is in the archive whatever that is.
 * @param {ReportView} report
 * @param {PaperInput} on
 */
function outputs(report, on) {
  const outcome = h('div', { class: 'saved', role: 'status' });
  const { number } = report;
  const print = button(t('report.print'), { kind: 'primary', icon: 'print', test: 'print', class: 'wide', press: () => void busy(print, t('report.print.busy'), () => tried(printed), others()) });
  const save = button(t('report.save'), { icon: 'save', test: 'save-pdf', class: 'wide', press: () => void busy(save, t('report.save.busy'), () => tried(() => saved(call('save_pdf', { number, on }))), others()) });
  const xlsx = button(t('report.xlsx'), { icon: 'save', test: 'save-xlsx', press: () => void busy(xlsx, t('report.save.busy'), () => tried(() => table('xlsx')), others()) });
  const csv = button(t('report.csv'), { icon: 'save', test: 'save-csv', press: () => void busy(csv, t('report.save.busy'), () => tried(() => table('csv')), others()) });
  const others = () => [print, save, xlsx, csv];

  /** @param {() => Promise<void>} work */
  async function tried(work) {
    try {
      await work();
    } catch (failure) {
      outcome.replaceChildren(errorPanel(asErrorView(failure)));
    }
  }

  /** @param {Promise<SavedFile | null>} writing */
  async function saved(writing) {
    const file = await writing;
    if (!file) return;
    const { path } = file;
    outcome.replaceChildren(icon('check'), h('div', {}, h('p', {}, t('report.saved')), h('p', { class: 'saved-path', test: 'saved-path' }, path)));
  }

  /** @param {'xlsx' | 'csv'} format */
  function table(format) {
    const lang = on.language === 'kk+ru' ? 'kk' : on.language ?? 'ru';
    return saved(call('export_reports', { input: { format, lang, numbers: [number], server: null, kkm: null, kind: null, from: null, to: null } }));
  }

  async function printed() {
    const { printer, state } = await call('print_report', { number, printer: null, on });
    const done = state === 'done';
    outcome.replaceChildren(icon(done ? 'check' : 'print'), h('p', { test: 'printed' }, t(done ? 'report.printed' : 'printing.in-queue', { printer })));
  }

  return h('section', { class: 'outputs' }, print, save, h('div', { class: 'two-buttons' }, xlsx, csv), outcome);
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
