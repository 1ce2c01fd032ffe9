/** What waits for the link, one row each, and what a person can do about it. */
import { call } from '../bridge.js';
import { t } from '../text.js';
import { formatMoment, formatStamp } from '../format/time.js';
import { confirm } from './dialog.js';
import { wordsOf } from './outcome.js';
import { button, findAll, h, icon, joined, quiet, ways } from './parts.js';
import { nameOf } from './register-choice.js';

/** @import {OperationKind, QueuedView} from '../types/operations' */

/** @param {QueuedView} row */
const stateOf = (row) => t(row.state !== 'stopped' ? 'outbox.state.queued' : row.code === 'restored' ? 'outbox.state.held' : 'outbox.state.stopped');

/** @param {QueuedView} row */
const kindOf = (row) => t(`operation.${/** @type {OperationKind} */ (row.kind)}`);

/**
 * @param {QueuedView[]} rows of one register
 * @param {(failure?: unknown) => void} changed what is shown is old now, also where something went wrong: of several, some may be sent
 */
export function outboxList(rows, changed) {
  const stopped = rows.some((row) => row.state === 'stopped');

  /** @param {() => Promise<unknown>} work gives what was refused */
  const tried = (work) => work().catch((failure) => failure).then(changed);

  const send = button('@replay', t(stopped ? 'outbox.again' : 'outbox.send'), async () => {
    const [first] = rows;
    if (first) await tried(async () => (await call('replay', { server: first.server, kkm: first.kkm })).find((row) => row.problem)?.problem);
  }, { icon: 'refresh', busy: t('outbox.busy'), with: () => findAll(list, 'button') });

  /** @param {QueuedView} row */
  async function withdraw(row) {
    const title = t('outbox.withdraw.title', { operation: `${kindOf(row)} — ${nameOf(row)}`, time: formatStamp(row.date) });
    if (await confirm({ title, note: t('outbox.withdraw.note'), yes: t('outbox.withdraw') })) await tried(async () => void (await call('withdraw', { number: row.number })));
  }

  const list = h('ul', ...rows.map((row) => h('li@queued-line', { 'data-number': row.number }, icon(row.state === 'stopped' ? 'alert' : 'open'),
    h('div', h('p', h('b', kindOf(row)), ` · ${formatStamp(row.date)} · `, h('span', { class: row.state === 'stopped' ? 'toned red' : 'soft' }, stateOf(row))),
      quiet(joined(' · ', t('journal.outbox.deadline', { time: formatMoment(row.deadline) }), row.message)),
      row.problem && h('p.toned.amber', wordsOf(row.problem))),
    button('@withdraw', t('outbox.withdraw'), () => void withdraw(row)))));
  return h('div.outbox@outbox', list, ways(send));
}
