/** What must be seen before the table: operations of unknown outcome, and closings by themselves that nobody was told of. */
import {
  button, call, fill, findAll, formatMoment, h, icon, keyOf, link, live, notice, plural, recoverButton, registerPath, reportLink, session,
  setSession, settledWords, t, ways, wordsOf,
} from '../../kit.js';

/** @import {RegisterView, ScheduledRunView} from '../../types/operations' */
/** @import {Child, IconName} from '../../view/parts.js' */

/** So many are named at once; the rest on demand. */
const FEW = 3;

/**
 * @param {() => Promise<void>} changed after something was settled
 */
export function unsettledPlace(changed) {
  const open = h('div.stack');
  const said = h('ul.lines');
  const ended = live('div.stack@recovered');
  const runs = h('div.stack');
  /** @type {ScheduledRunView[]} */
  let ran = [];
  let before = '';
  let settling = false;

  /** @param {RegisterView[]} registers */
  function draw(registers) {
    drawRuns();
    const left = registers.filter((each) => each.unresolved?.state === 'unknown');
    const now = JSON.stringify(left.map((each) => [each.name, each.unresolved]));
    // What is as it was is not said again.
    if (settling || now === before) return;
    before = now;
    const all = button('.primary@recover-all', t('board.open.all'), () => settle(left), { busy: t('unresolved.busy'), with: rows });
    const lines = left.map(line);
    fill(open, ...(left.length === 0 ? [] : [notice('amber', 'unknown', plural('board.open', left.length), h('p', t('board.open.note')),
      h('ul.lines', ...lines.slice(0, FEW)),
      lines.length > FEW && h('details', h('summary', plural('board.more', lines.length - FEW)), h('ul.lines', ...lines.slice(FEW))),
      left.length > 1 && ways(all))]));
    open.firstElementChild?.setAttribute('data-test', 'unresolved-panel');
  }

  function drawRuns() {
    if (session().runs === ran) return;
    ran = session().runs;
    fill(runs, runsPanel(drawRuns));
  }

  const rows = () => findAll(open, 'button');

  /** @param {RegisterView} register */
  function line(register) {
    const { unresolved } = register;
    const press = recoverButton(() => settle([register]), { busy: t('unresolved.busy'), with: rows }, `@recover-${register.kkm}`);
    return h('li', h('div', link(registerPath(register), register.name),
      unresolved && h('p', t('board.open.line', { operation: t(`operation.${unresolved.kind}`), time: formatMoment(unresolved.firstSent ?? unresolved.at) }))), press);
  }

  /** One after another: each is asked of its own register. @param {RegisterView[]} registers */
  async function settle(registers) {
    settling = true;
    for (const register of registers) {
      for (const each of findAll(said, 'li')) if (each.dataset.of === keyOf(register)) each.remove();
      said.append(...(await outcomes(register)));
      if (!ended.hasChildNodes()) ended.append(notice('grey', 'report', t('board.open.ended'), said, ways(
        button('', t('app.dismiss'), () => { fill(ended); fill(said); }))));
    }
    settling = false;
    before = '';
    await changed();
  }

  drawRuns();
  return { element: h('div.stack.unsettled', runs, open, ended), draw };
}

/** What came of asking, in words. @param {RegisterView} register */
async function outcomes(register) {
  const { server, kkm, name } = register;
  const said = (/** @type {IconName} */ picture, /** @type {string} */ words, /** @type {Child} */ more = null) => h('li', { class: picture === 'check' ? 'done' : 'unknown', 'data-of': keyOf(register) },
    icon(picture), h('div', link(registerPath(register), name), ` — ${words}`, more));
  try {
    const found = await call('recover', { server, kkm });
    if (found.length === 0) return [said('check', t('board.open.none'))];
    return found.map((operation) => {
      const { problem, state, message, report } = operation;
      if (problem || state === 'unknown') return said('unknown', problem ? wordsOf(problem) : t('unresolved.still'));
      const words = settledWords(operation);
      return said(state === 'confirmed' ? 'check' : 'alert', words, h('p', message, message && ' ', report !== null && reportLink(report)));
    });
  } catch (failure) {
    return [said('unknown', wordsOf(failure))];
  }
}

/** Closings by themselves since somebody looked last. @param {() => void} changed after they were noted */
function runsPanel(changed) {
  const { runs } = session();
  if (runs.length === 0) return null;
  const last = Math.max(...runs.map((run) => run.number));
  const good = (/** @type {ScheduledRunView} */ run) => run.outcome === 'closed' || run.outcome === 'skipped';
  const well = runs.every(good);
  const panel = notice(well ? 'green' : 'amber', well ? 'closed' : 'overdue', plural('board.runs', runs.length),
    h('ul.lines', ...[...runs].sort((one, other) => Number(good(one)) - Number(good(other))).map((run) => h('li', h('div',
      link(registerPath(run), run.name ?? String(run.kkm)), ` — ${formatMoment(run.due)} — ${t(`board.run.${run.outcome}`)} `,
      run.report !== null && reportLink(run.report),
      run.problem && h('p', wordsOf(run.problem)))))),
    ways(button('@tell-runs', t('board.runs.told'), told)));
  panel.dataset.test = 'runs';

  async function told() {
    // What ended since is not here yet, and is told next.
    setSession({ ...session(), runs: session().runs.filter((run) => run.number > last) });
    changed();
    try {
      await call('tell_runs', { until: last });
    } catch {
      // Then they are told again next time.
    }
  }
  return panel;
}
