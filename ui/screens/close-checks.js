/** What is looked at before a shift is closed; what is not well says what to do. */
import { DAY, formatMoment, formatSpan, h, icon, outboxWords, plural, quiet, shiftDeadline, t } from '../kit.js';

/** @import {RegisterView} from '../types/operations' */

/** @param {RegisterView} register */
export function checks(register) {
  const { offlineQueue, unresolved, outbox, problem, shift } = register;
  const stand = shiftDeadline(register);
  const level = stand?.level ?? 'calm';
  const age = stand && formatSpan(Math.max(DAY - stand.left, 0));
  const over = level === 'over';
  /** @type {[good: boolean, text: string, advice?: string][]} */
  const all = [[!problem, t(problem ? 'close.check.link.none' : 'close.check.link'), t('close.check.link.none.do')]];
  if (age !== null) all.unshift([level === 'calm', t(over ? 'close.check.age.over' : 'close.check.age', { time: age }), t(over ? 'close.check.age.over.do' : 'close.check.age.soon.do')]);
  if (outbox) all.push([false, t('outbox.title', { count: outbox.waiting }), `${outboxWords(outbox)} ${t('outbox.since', { time: formatMoment(outbox.since) })}`]);
  all.push([offlineQueue === 0, offlineQueue === null ? t('close.check.queue.unknown') : offlineQueue === 0 ? t('close.check.queue') : plural('close.check.queue.some', offlineQueue), t('close.check.queue.do')],
    [!unresolved, t(unresolved ? 'close.check.unfinished.some' : 'close.check.unfinished'), t('close.check.unfinished.do')]);
  if (shift) all.push([shift.mine, t('close.check.owner', { name: shift.userName ?? shift.userPhone ?? t('app.unknown') })]);
  return {
    list: h('ul.checks@checklist', ...all.map(([good, text, advice]) => h('li', { class: good ? 'green' : 'amber' }, icon(good ? 'check' : 'overdue'),
      h('div', h('p', text), !good && advice && quiet(advice))))),
    well: all.every(([good]) => good),
  };
}
