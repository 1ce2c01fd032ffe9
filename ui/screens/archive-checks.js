/** What the archive proves: whether the Z-reports follow on one another, and whether anything was edited. */
import {
  call, errorPanel, fill, h, joined, limitedTo, link, notice, operationPath, plural, quiet, reportLink, reportPath, showDialog, supportSaver, t, ways,
} from '../kit.js';

/** @import {Child} from '../view/parts.js' */
/** @import {FindingView, RegisterContinuity} from '../types/operations' */
/** @import {RegisterKey} from '../routes.js' */

/**
 * A dialog that works, and then says what it found. It only reads, so it may be closed meanwhile.
 * @param {{title: string, lead: string, test: string, work: () => Promise<Child[]>}} check
 */
function checkDialog({ title, lead, test, work }) {
  const body = h('div.stack', { 'aria-live': 'polite' });

  async function run() {
    fill(body, h('div.progress', h('progress', { label: title }), h('p', t('check.busy'))));
    try {
      const found = await work();
      fill(body, ...found);
    } catch (failure) {
      fill(body, errorPanel(failure, { retry: run }));
    }
  }

  showDialog(title, { test, wide: true }, h('h2', { tabindex: '-1' }, title), quiet(lead), body);
  void run();
}

/** @param {RegisterKey | null} register one, or all */
export function continuityDialog(register) {
  checkDialog({ title: t('continuity.title'), lead: t('continuity.lead'), test: 'continuity-dialog', work: async () => {
    const { whole, registers, untold } = await call('continuity', limitedTo(register));
    const reports = registers.reduce((sum, each) => sum + each.reports, 0);
    if (reports === 0) return [notice('grey', 'report', t('continuity.none'), h('p', t('continuity.none.note')))];
    const checked = h('p', t('continuity.checked', { reports, registers: registers.length }));
    const count = registers.reduce((sum, each) => sum + each.findings.length, untold);
    const [bad, good] = [registers.filter((each) => each.findings.length > 0), registers.filter((each) => each.findings.length === 0)];
    return [
      whole ? notice('green', 'closed', t('continuity.whole'), checked) : notice('amber', 'overdue', plural('continuity.findings', count), checked),
      ...bad.map((each) => h('section.stack.near@findings', h('h2', each.kkmName), quiet(spanOf(each)), h('ul.findings', ...each.findings.map(finding)))),
      untold > 0 && quiet(t('cli.more-findings', { count: untold })),
      good.length > 0 && h('section', !whole && h('h2', t('continuity.good')), h('ul.good-registers', ...good.map((each) => h('li', h('span', each.kkmName), h('span.soft', spanOf(each)))))),
    ];
  } });
}

/** @param {RegisterContinuity} register */
function spanOf({ firstShift, lastShift, reports, restored, unnumbered }) {
  return joined(' · ',
    firstShift !== null && (firstShift === lastShift ? t('report.shift', { index: firstShift }) : t('continuity.span', { first: firstShift, last: lastShift ?? firstShift })),
    plural('count.z-reports', reports),
    restored > 0 && t('continuity.restored', { count: restored }),
    unnumbered > 0 && t('continuity.unnumbered', { count: unnumbered })
  );
}

/** @type {Set<string>} */
const KNOWN = new Set(['missing', 'totals', 'cash', 'two-reports', 'numbers-go-back']);

/** @param {FindingView} found */
function finding({ code, message, reports }) {
  return h('li',
    h('p.strong', message),
    KNOWN.has(code) && h('p', t(`continuity.remedy.${/** @type {'missing'} */ (code)}`)),
    h('p', `${t('continuity.between')}: `, ...[...new Set(reports)].flatMap((number, place) => [place > 0 ? ', ' : '', reportLink(number)])));
}

export function verifyDialog() {
  checkDialog({ title: t('verify.title'), lead: t('verify.lead'), test: 'verify-dialog', work: async () => {
    const { reports, operations, brokenReport, brokenOperation } = await call('verify');
    const checked = h('p', t('verify.checked', { reports, operations }));
    if (brokenReport === null && brokenOperation === null) return [notice('green', 'closed', t('verify.whole'), checked)];
    const support = supportSaver();
    return [notice('red', 'alert', t('verify.broken'),
      checked,
      brokenReport !== null && h('p', h('a@broken-report', { href: reportPath(brokenReport) }, t('verify.report', { number: brokenReport }))),
      brokenOperation !== null && h('p', link(operationPath(brokenOperation), t('verify.operation', { number: brokenOperation }))),
      h('p', t('verify.meaning')),
      h('p', t('verify.remedy')),
      ways(support.save), support.outcome)];
  } });
}
