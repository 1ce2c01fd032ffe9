/** What waits for the link, one row each, and what a person can do about it. */
import { asErrorView, call } from '../bridge.js';
import { t } from '../text.js';
import { formatStamp } from '../format/time.js';
import { h } from './element.js';
import { icon } from './icons.js';
import { button } from './button.js';
import { busy } from './busy.js';
import { confirm } from './dialog.js';
import { errorPanel } from './error.js';

/** @import {OperationKind, QueuedView} from '../types/operations' */

/** @param {QueuedView} row */
const nameOf = (row) => t(`operation.${/** @type {OperationKind} */ (row.kind)}`);

/**
 * @param {QueuedView[]} rows of one register
 * @param {() => void} changed
 */
export function outboxList(rows, changed) {
  const stopped = rows.some((row) => row.state === 'stopped');
  const failures = h('div', { role: 'status' });
  const send = button(t(stopped ? 'outbox.again' : 'outbox.send'), { icon: 'refresh', test: 'replay', press: () => void busy(send, t('outbox.busy'), async () => {
    const [first] = rows;
    if (!first) return;
    try {
      const problem = (await call('replay', { server: first.server, kkm: first.kkm })).find((row) => row.problem)?.problem;
      if (problem) return failures.replaceChildren(errorPanel(problem));
    } catch (failure) {
      return failures.replaceChildren(errorPanel(asErrorView(failure)));
    }
    changed();
  }) });

  /** @param {QueuedView} row */
  async function withdraw(row) {
    const title = t('outbox.withdraw.title', { operation: nameOf(row), time: formatStamp(row.date) });
    if (!await confirm({ title, note: t('outbox.withdraw.note'), yes: t('outbox.withdraw') })) return;
    try {
      await call('withdraw', { number: row.number });
      changed();
    } catch (failure) {
      failures.replaceChildren(errorPanel(asErrorView(failure)));
    }
  }

  return h('div', { class: 'outbox', test: 'outbox' },
    h('ul', {}, ...rows.map((row) => h('li', {}, icon(row.state === 'stopped' ? 'alert' : 'open'),
      h('div', {}, h('p', {}, h('b', {}, nameOf(row)), ` · ${formatStamp(row.date)} · `, h('span', { class: row.state === 'stopped' ? 'red-text' : 'quiet-text' }, t(row.state === 'stopped' ? 'outbox.state.stopped' : 'outbox.state.queued'))),
        row.message && h('p', { class: 'quiet-text' }, row.message)),
      row.state === 'stopped' && button(t('outbox.withdraw'), { test: 'withdraw', press: () => void withdraw(row) })))),
    h('div', { class: 'notice-actions' }, send),
    failures);
}
