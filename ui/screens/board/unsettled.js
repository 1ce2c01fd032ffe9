/** What must be seen before the table: operations of unknown outcome, and closings by themselves that nobody was told of. */
import { asErrorView, call } from '../../bridge.js';
import { plural, t } from '../../text.js';
import { session, setSession } from '../../session.js';
import { keyOf } from '../../board-memory.js';
import { registerPath, reportPath } from '../../routes.js';
import { formatMoment } from '../../format/time.js';
import { h } from '../../view/element.js';
import { button } from '../../view/button.js';
import { busy } from '../../view/busy.js';
import { notice } from '../../view/notice.js';

/** @import {OperationView, RegisterView, ScheduledRunView} from '../../types/operations' */

/** So many are named at once; the rest on demand. */
const FEW = 4;

/**
 * @param {() => Promise<void>} changed after something was settled
 */
export function unsettledPlace(changed) {
  const open = h('div', { class: 'stack' });
  const ended = h('div', { class: 'stack', role: 'status', test: 'recovered' });
  let before = '';

  /** @param {RegisterView[]} registers */
  function draw(registers) {
    const left = registers.filter((each) => each.unresolved?.state === 'unknown');
    const now = JSON.stringify(left.map((each) => [each.name, each.unresolved]));
    // What is as it was is not said again.
    if (now === before) return;
    before = now;
    const all = button(t('board.open.all'), { kind: 'primary', test: 'recover-all', press: () => void busy(all, t('unresolved.busy'), () => settle(left), rows()) });
    const lines = left.map(line);
    open.replaceChildren(...(left.length === 0 ? [] : [notice('amber', 'unknown', plural('board.open', left.length), h('p', {}, t('board.open.note')),
      h('ul', { class: 'lines' }, ...lines.slice(0, FEW)),
      lines.length > FEW && h('details', {}, h('summary', {}, plural('board.more', lines.length - FEW)), h('ul', { class: 'lines' }, ...lines.slice(FEW))),
      left.length > 1 && h('div', { class: 'notice-actions' }, all))]));
    open.firstElementChild?.setAttribute('data-test', 'unresolved-panel');
  }

  const rows = () => open.querySelectorAll('button');

  /** @param {RegisterView} register */
  function line(register) {
    const { unresolved } = register;
    const press = button(t('unresolved.recover'), { test: `recover-${register.kkm}`, press: () => void busy(press, t('unresolved.busy'), () => settle([register]), rows()) });
    return h('li', {}, h('div', {}, h('a', { href: registerPath(register) }, register.name),
      unresolved && h('p', {}, t('board.open.line', { operation: t(`operation.${unresolved.kind}`), time: formatMoment(unresolved.sent ?? unresolved.at) }))), press);
  }

  /** One after another: each is asked of its own register. @param {RegisterView[]} registers */
  async function settle(registers) {
    for (const register of registers) {
      const name = `outcome ${keyOf(register)}`;
      for (const each of ended.querySelectorAll('section')) if (each.dataset.of === name) each.remove();
      for (const said of await outcomes(register)) {
        said.dataset.of = name;
        said.querySelector('.notice-body')?.append(h('div', { class: 'notice-actions' }, button(t('app.dismiss'), { kind: 'quiet', press: () => said.remove() })));
        ended.append(said);
      }
    }
    before = '';
    await changed();
  }

  return { element: h('div', { class: 'stack unsettled' }, runsPanel(), open, ended), draw };
}

/** What came of asking, in words. @param {RegisterView} register */
async function outcomes(register) {
  const { server, kkm, name } = register;
  try {
    const found = await call('recover', { server, kkm });
    return found.length > 0 ? found.map((each) => outcome(name, each)) : [notice('green', 'check', name, h('p', {}, t('board.open.none')))];
  } catch (failure) {
    const error = asErrorView(failure);
    return [notice('amber', 'unknown', `${name}: ${error.message}`, h('p', {}, error.remedy))];
  }
}

/** @param {string} name @param {OperationView} found */
function outcome(name, found) {
  const { problem, state, code, kind, message, report } = found;
  if (problem || state === 'unknown') return notice('amber', 'unknown', `${name}: ${problem?.message ?? t('unresolved.still')}`, problem && h('p', {}, problem.remedy));
  const done = state === 'confirmed';
  return notice(done ? 'green' : 'grey', done ? 'check' : 'alert',
    `${name}. ${t('unresolved.done', { operation: t(`operation.${kind}`), state: t(code === 'unknown-outcome' ? 'operation-state.unclear' : `operation-state.${state}`) })}`,
    message && h('p', {}, message), report !== null && reportLink(report));
}

/** @param {number} number */
export function reportLink(number) {
  return h('a', { href: reportPath(number) }, t('report.number', { number }));
}

/** Closings by themselves since somebody looked last. */
function runsPanel() {
  const { runs } = session();
  if (runs.length === 0) return null;
  const good = (/** @type {ScheduledRunView} */ run) => run.outcome === 'closed' || run.outcome === 'skipped';
  const well = runs.every(good);
  const panel = notice(well ? 'green' : 'amber', well ? 'closed' : 'overdue', plural('board.runs', runs.length),
    h('ul', { class: 'lines' }, ...[...runs].sort((one, other) => Number(good(one)) - Number(good(other))).map((run) => h('li', {}, h('div', {},
      h('a', { href: registerPath(run) }, run.name ?? String(run.kkm)), ` — ${formatMoment(run.due)} — ${t(`board.run.${run.outcome}`)} `,
      run.report !== null && reportLink(run.report),
      run.problem && h('p', {}, `${run.problem.message} ${run.problem.remedy}`))))),
    h('div', { class: 'notice-actions' }, button(t('board.runs.told'), { test: 'tell-runs', press: () => void told() })));
  panel.dataset.test = 'runs';

  async function told() {
    panel.remove();
    setSession({ ...session(), runs: [] });
    try {
      await /** @type {(name: string) => Promise<unknown>} */ (/** @type {unknown} */ (call))('tell_runs');
    } catch {
      // Then they are told again next time.
    }
  }
  return panel;
}
