/** A report as paper, with its checks beside it. */
import {
  archived, call, closedWith, counted, DAY, errorPanel, exportReports, field, figureFacts, fill, formatStamp, h, heading, icon, joined, live,
  localDay, notice, numbered, options, outputPlace, paper, parse, printJobs, printReport, registerPath, registersPath, reportPath, savedNote, t,
  takenBefore, waiting, warningsNotice,
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
      const beside = h('nav.page-actions', { label: t('report.neighbours') });
      fill(element, head(report, backLink(back, list ? t(`place.${list}`) : report.kkmName), beside), columns(report));
      void neighbours(report, beside);
    } catch (failure) {
      fill(element, h('header.page-head', backLink(back, list ? t(`place.${list}`) : undefined)), errorPanel(failure, { retry: read }));
    }
  }

  return { title: t('report.number', { number }), element, entered: read, back: () => back };
}

/** @param {string} path @param {string} [name] */
function backLink(path, name) {
  return h('a.back@back', { href: path }, icon('back'), name ?? t('register.back'));
}

/** @param {ReportView} report */
const about = (report) => joined(' · ', report.kkmName, report.shiftIndex !== null && t('report.shift', { index: report.shiftIndex }), formatStamp(report.taken), t('report.number', { number: report.number }));

/** @param {ReportView} report @param {HTMLElement} way back @param {HTMLElement} beside */
function head(report, way, beside) {
  return h('header.page-head', way, heading(t(`kind.${report.kind}`)), h('span.soft', about(report)), beside);
}

/** In so many days the next report of a register is looked for, wider and wider; null is without an end. */
const SPANS = [1, 31, 400, null];

/**
 * The reports of the same register before and after this one.
 * @param {ReportView} report
 * @param {HTMLElement} place
 */
async function neighbours({ server, kkm, number, taken }, place) {
  try {
    const older = (await archived({ server, kkm, after: number })).lines[0];
    const newer = await newerThan();
    fill(place, neighbour(older, 'back', t('report.older')), neighbour(newer, 'forward', t('report.newer')));
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
        const { lines, next } = await archived({ server, kkm, from: localDay(taken), to, after, limit: 500 });
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
  function neighbour(line, picture, name) {
    const label = h('span.label', name);
    const parts = picture === 'back' ? [icon(picture), label] : [label, icon(picture)];
    if (!line) return h('button.button', { type: 'button', disabled: true }, ...parts);
    return h('a.button', { href: reportPath(line.number), test: `report-${picture}`, title: joined(' · ', t(`kind.${line.kind}`), numbered(line.shiftIndex, ''), formatStamp(line.taken)) }, ...parts);
  }
}

/** The paper, and beside it what can be done with it. Another paper or language replaces the paper alone. @param {ReportView} report */
function columns(report) {
  /** @type {PaperInput} */
  const on = { paper: report.paper, language: report.language };
  let shown = paper(report);
  let asked = 0;
  const told = live('div');
  const choices = choicesOf(on, async (words) => {
    const mine = ++asked;
    try {
      const again = await call('report', { number: report.number, on: { ...on } });
      // Of two that were asked for, the later one counts, whichever comes first.
      if (mine !== asked) return;
      const next = paper(again);
      shown.replaceWith(next);
      shown = next;
      fill(told, h('p.unseen', words));
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
      closed.before.length > 0 && h('p', ...takenBefore(closed.before))),
    report.altered && notice('red', 'alert', t('report.altered'), h('p', t('paper.altered-note'))),
    report.restored && notice('amber', 'unknown', t('report.restored'), h('p', t('report.restored.note'))),
    choices,
    outputs,
    counted(report.cashCount),
    checks(report.warnings),
    report.figures.length > 0 && h('section', h('h2', t('report.figures')),
      h('dl.sums', ...figureFacts(report.figures))));
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
  const papers = h('select@paper-size', { on: { change: chosen } }, ...options(PAPERS.map((paper) => [paper, t(`report.paper.${paper}`)]), on.paper));
  const languages = h('select@paper-language', { on: { change: chosen } }, ...options(LANGUAGES.map((language) => [language, t(`report.language.${language}`)]), on.language));
  const sizes = h('select@paper-zoom', { on: { change: () => {
    sizes.closest('.report-columns')?.classList.replace(zoom, sizes.value);
    zoom = sizes.value;
  } } }, ...options((/** @type {const} */ (['fit', 'real'])).map((size) => [size, t(`report.zoom.${size}`)]), zoom));

  function chosen() {
    on.paper = PAPERS[papers.selectedIndex] ?? null;
    on.language = LANGUAGES[languages.selectedIndex] ?? null;
    void changed([papers, languages].map((list) => list.selectedOptions[0]?.textContent ?? '').join(', '));
  }

  return h('div.paper-choices',
    field(t('report.paper'), papers),
    field(t('report.zoom'), sizes),
    field(t('report.language'), languages));
}

/**
 * Print, save, export: each says what came of it; the report is in the archive whatever that is.
 * @param {ReportView} report
 * @param {PaperInput} on
 */
function outputs(report, on) {
  const { number } = report;
  const { place, output } = outputPlace();
  const print = output('.primary.wide@print', t('report.print'), async () => printJobs([await printReport(number, on)], false), 'print');
  const files = [
    output('@save-pdf', t('report.save'), () => saved(call('save_pdf', { number, on }))),
    output('@save-as', t('report.save-as'), () => saved(call('save_pdf', { number, on, ask: true })), null),
    output('@save-xlsx', t('report.xlsx'), () => table('xlsx')),
    output('@save-csv', t('report.csv'), () => table('csv')),
  ];

  /** @param {Promise<SavedFile | null>} writing */
  async function saved(writing) {
    const file = await writing;
    return file && savedNote(file.path);
  }

  /** @param {'xlsx' | 'csv'} format */
  function table(format) {
    const lang = on.language === 'kk+ru' ? 'kk' : on.language ?? 'ru';
    return saved(exportReports(format, [number], lang));
  }

  return h('section.stack.near', print, h('p.hint', t('report.copy-note')), h('div.two-buttons', ...files), place);
}

/** @param {string[]} warnings */
function checks(warnings) {
  return h('section@warnings', warningsNotice(warnings)
    || h('p.all-well', icon('check'), t('report.no-warnings')));
}
