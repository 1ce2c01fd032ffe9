/** A report as paper, with its checks beside it. */
import {
  busy, button, call, closedWith, counted, DAY, errorPanel, fill, formatAmount, formatStamp, h, icon, localDay, notice, paper, parse, printJobs,
  printReport, registerPath, registersPath, reportPath, savedNote, t, waiting,
} from '../kit.js';

/** @import {ArchivePage, PaperInput, ReportLine, ReportView, SavedFile} from '../types/operations' */
/** @import {Screen} from '../view/screen.js' */

/** The address from which a report was opened: the way back leads there, also past other reports. */
let origin = '';
addEventListener('hashchange', ({ oldURL }) => {
  const hash = /#.*$/.exec(oldURL)?.[0] ?? '';
  if (hash && parse(hash)?.screen !== 'report') origin = hash;
});

/** @param {number} number @returns {Screen} */
export function reportScreen(number) {
  const element = h('div.page.report-page@report', waiting(t('report.loading'), 6));
  const from = parse(origin)?.screen;
  const list = from === 'archive' || from === 'journal' ? from : null;
  let back = list ? origin : registersPath;

  async function read() {
    try {
      const report = await call('report', { number });
      if (!list) back = registerPath(report);
      const beside = h('nav.page-actions.two-ways', { 'aria-label': t('report.neighbours') });
      fill(element, head(report, backLink(back, list ? t(`place.${list}`) : report.kkmName), beside), columns(report));
      void neighbours(report, beside);
    } catch (failure) {
      fill(element, h('header.page-head', backLink(back, list ? t(`place.${list}`) : undefined)), errorPanel(failure, { retry: () => void read() }));
    }
  }

  return { title: t('report.number', { number }), element, entered: () => void read(), back: () => back };
}

/** @param {string} path @param {string} [name] */
function backLink(path, name) {
  return h('a.back@back', { href: path }, icon('back'), name ?? t('register.back'));
}

/** @param {ReportView} report */
const about = (report) => [report.kkmName, report.shiftIndex !== null && t('report.shift', { index: report.shiftIndex }), formatStamp(report.taken), t('report.number', { number: report.number })].filter(Boolean).join(' · ');

/** @param {ReportView} report @param {HTMLElement} way back @param {HTMLElement} beside */
function head(report, way, beside) {
  return h('header.page-head', way, h('h1', { tabindex: '-1' }, t(`kind.${report.kind}`)), h('span.quiet-text', about(report)), beside);
}

/** In so many days the next report of a register is looked for, wider and wider; null is without an end. */
const SPANS = [1, 31, 400, null];

/**
 * The reports of the same register before and after this one.
 * @param {ReportView} report
 * @param {HTMLElement} place
 */
async function neighbours({ server, kkm, number, taken }, place) {
  const input = { text: null, server, kkm, kind: null, from: null, to: null, after: null, limit: 500 };
  try {
    const older = (await call('archive', { input: { ...input, after: number, limit: 1 } })).lines[0];
    const newer = await newerThan();
    fill(place, ...[link(older, 'back', t('report.older')), link(newer, 'forward', t('report.newer'))]);
  } catch {
    // Without them there is the list.
  }

  // The list goes back in time only.
  async function newerThan() {
    for (const days of SPANS) {
      const to = days === null ? null : localDay(new Date(taken).getTime() + days * DAY);
      /** @type {ReportLine | undefined} */
      let last;
      /** @type {number | null} */
      let after = null;
      do {
        /** @type {ArchivePage} */
        const { lines, next } = await call('archive', { input: { ...input, from: localDay(taken), to, after } });
        const at = lines.findIndex((line) => line.number === number);
        const found = at > 0 ? lines[at - 1] : last;
        if (at >= 0 && found) return found;
        last = lines.at(-1);
        after = at < 0 ? next : null;
      } while (after !== null);
    }
    return undefined;
  }

  /** @param {ReportLine | undefined} line @param {'back' | 'forward'} picture @param {string} name */
  function link(line, picture, name) {
    const label = h('span.label', name);
    const parts = picture === 'back' ? [icon(picture), label] : [label, icon(picture)];
    if (!line) return h('button.button.plain', { type: 'button', disabled: true }, ...parts);
    return h('a.button.plain', { href: reportPath(line.number), test: `report-${picture}`, title: [t(`kind.${line.kind}`), line.shiftIndex !== null && `№ ${line.shiftIndex}`, formatStamp(line.taken)].filter(Boolean).join(' · ') }, ...parts);
  }
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
      fill(told, h('p.visually-hidden', words));
    } catch (failure) {
      if (mine === asked) fill(told, errorPanel(failure));
    }
  });
  return h('div', { class: `report-columns ${zoom}` }, shown, aside(report, h('section', choices, told), outputs(report, on)));
}

/**
 * @param {ReportView} report
 * @param {HTMLElement} choices
 * @param {HTMLElement} outputs
 */
function aside(report, choices, outputs) {
  const closed = closedWith(report.number);
  return h('aside.report-aside',
    closed && notice('green', 'closed', report.shiftIndex === null ? t('report.closed.unnumbered') : t('report.closed', { index: report.shiftIndex }),
      closed.before.length > 0 && h('p', `${t('report.before')}: `, ...joined(closed.before))),
    report.altered && notice('red', 'alert', t('report.altered'), h('p', t('paper.altered-note'))),
    report.restored && notice('amber', 'unknown', t('report.restored'), h('p', t('report.restored.note'))),
    choices,
    outputs,
    counted(report.cashCount),
    checks(report.warnings),
    report.figures.length > 0 && h('section', h('h2', t('report.figures')),
      h('dl.sums', ...report.figures.map((figure) => h('div', h('dt', figure.label), h('dd', /^-?\d+\.\d{2}$/.test(figure.value) ? formatAmount(figure.value) : figure.value))))));
}

/** @param {ReportLine[]} lines */
function joined(lines) {
  return lines.flatMap((line, place) => [place > 0 ? ', ' : '', h('a', { href: reportPath(line.number) }, t(`kind.${line.kind}`))]);
}

/** @type {NonNullable<PaperInput['paper']>[]} */
const PAPERS = ['80', '58', 'a4'];
/** @type {NonNullable<PaperInput['language']>[]} */
const LANGUAGES = ['ru', 'kk', 'en', 'kk+ru'];

/** How large the paper lies there: as wide as its place, or as it will be printed. It stays for the next report. */
let zoom = 'fit';

/**
 * On which paper and in which language the report is looked at, saved and printed.
 * @param {PaperInput} on changed in place
 * @param {(words: string) => Promise<void>} changed what was chosen, in words
 */
function choicesOf(on, changed) {
  const papers = h('select@paper-size', ...PAPERS.map((paper) => h('option', { value: paper, selected: paper === on.paper }, t(`report.paper.${paper}`))));
  const languages = h('select@paper-language', ...LANGUAGES.map((language) => h('option', { value: language, selected: language === on.language }, t(`report.language.${language}`))));
  const chosen = () => {
    on.paper = PAPERS[papers.selectedIndex] ?? null;
    on.language = LANGUAGES[languages.selectedIndex] ?? null;
    return changed([papers, languages].map((list) => list.selectedOptions[0]?.textContent ?? '').join(', '));
  };
  for (const each of [papers, languages]) each.addEventListener('change', () => void chosen());
  const sizes = h('select@paper-zoom', ...(/** @type {const} */ (['fit', 'real'])).map((size) => h('option', { value: size, selected: size === zoom }, t(`report.zoom.${size}`))));
  sizes.addEventListener('change', () => {
    sizes.closest('.report-columns')?.classList.replace(zoom, sizes.value);
    zoom = sizes.value;
  });
  return h('div.paper-choices',
    h('label.field', h('span', t('report.paper')), papers),
    h('label.field', h('span', t('report.zoom')), sizes),
    h('label.field', h('span', t('report.language')), languages));
}

/**
 * Print, save, export: each says what came of it; the report is in the archive whatever that is.
 * @param {ReportView} report
 * @param {PaperInput} on
 */
function outputs(report, on) {
  const outcome = h('div.saved', { role: 'status' });
  const { number } = report;
  const print = button(t('report.print'), { kind: 'primary', icon: 'print', test: 'print', class: 'wide', press: () => void busy(print, t('report.print.busy'), () => tried(printed), others()) });
  const save = button(t('report.save'), { icon: 'save', test: 'save-pdf', press: () => void busy(save, t('report.save.busy'), () => tried(() => saved(call('save_pdf', { number, on }))), others()) });
  const saveAs = button(t('report.save-as'), { test: 'save-as', press: () => void busy(saveAs, t('report.save.busy'), () => tried(() => saved(call('save_pdf', { number, on, ask: true }))), others()) });
  const xlsx = button(t('report.xlsx'), { icon: 'save', test: 'save-xlsx', press: () => void busy(xlsx, t('report.save.busy'), () => tried(() => table('xlsx')), others()) });
  const csv = button(t('report.csv'), { icon: 'save', test: 'save-csv', press: () => void busy(csv, t('report.save.busy'), () => tried(() => table('csv')), others()) });
  const others = () => [print, save, saveAs, xlsx, csv];

  /** @param {() => Promise<void>} work */
  async function tried(work) {
    try {
      await work();
    } catch (failure) {
      fill(outcome, errorPanel(failure));
    }
  }

  /** @param {Promise<SavedFile | null>} writing */
  async function saved(writing) {
    const file = await writing;
    // Nobody said where to.
    if (file) fill(outcome, savedNote(file.path));
  }

  /** @param {'xlsx' | 'csv'} format */
  function table(format) {
    const lang = on.language === 'kk+ru' ? 'kk' : on.language ?? 'ru';
    return saved(call('export_reports', { input: { format, lang, numbers: [number], server: null, kkm: null, kind: null, from: null, to: null } }));
  }

  async function printed() {
    fill(outcome, printJobs([await printReport(number, on)], false));
  }

  return h('section.outputs', print, h('p.hint', t('report.copy-note')), h('div.two-buttons', save, saveAs, xlsx, csv), outcome);
}

/** @param {string[]} warnings */
function checks(warnings) {
  return h('section@warnings', warnings.length > 0
    ? notice('amber', 'overdue', t('report.warnings'), h('ul.warnings', ...warnings.map((warning) => h('li', warning))))
    : h('p.all-well', icon('check'), t('report.no-warnings')));
}
