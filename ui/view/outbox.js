/** What waits for the link, one row each, and what a person can do about it. */
import { call } from '../bridge.js';
import { t } from '../text.js';
import { formatMoment, formatStamp } from '../format/time.js';
import { confirm } from './dialog.js';
import { errorPanel, wordsOf } from './outcome.js';
import { button, fill, h, icon, joined, live, quiet, ways } from './parts.js';
import { nameOf } from './register-choice.js';

/** @import {OperationKind, QueuedView} from '../types/operations' */

/** @param {QueuedView} row */
const kindOf = (row) => t(`operation.${/** @type {OperationKind} */ (row.kind)}`);

/**
 * @param {QueuedView[]} rows of one register
 * @param {() => void} changed
 */
export function outboxList(rows, changed) {
  const stopped = rows.some((row) => row.state === 'stopped');
  const failures = live('div');
  const send = button('@replay', t(stopped ? 'outbox.again' : 'outbox.send'), async () => {
    const [first] = rows;
    if (!first) return;
    try {
      const problem = (await call('replay', { server: first.server, kkm: first.kkm })).find((row) => row.problem)?.problem;
      if (problem) return fill(failures, errorPanel(problem));
    } catch (failure) {
      return fill(failures, errorPanel(failure));
    }
    changed();
  }, { icon: 'refresh', busy: t('outbox.busy') });

  /** @param {QueuedView} row */
  async function withdraw(row) {
    const title = t('outbox.withdraw.title', { operation: `${kindOf(row)} — ${nameOf(row)}`, time: formatStamp(row.date) });
    if (!await confirm({ title, note: t('outbox.withdraw.note'), yes: t('outbox.withdraw') })) return;
    try {
      await call('withdraw', { number: row.number });
      changed();
    } catch (failure) {
      fill(failures, errorPanel(failure));
    }
  }

  return h('div.outbox@outbox',
    h('ul', ...rows.map((row) => h('li@queued-line', { 'data-number': row.number }, icon(row.state === 'stopped' ? 'alert' : 'open'),
      h('div', h('p', h('b', kindOf(row)), ` · ${formatStamp(row.date)} · `, h('span', { class: row.state === 'stopped' ? 'toned red' : 'soft' }, t(row.state === 'stopped' ? 'outbox.state.stopped' : 'outbox.state.queued'))),
        quiet(joined(' · ', t('journal.outbox.deadline', { time: formatMoment(row.deadline) }), row.message)),
        row.problem && h('p.toned.amber', wordsOf(row.problem))),
      button('@withdraw', t('outbox.withdraw'), () => void withdraw(row))))),
    ways(send),
    failures);
}
