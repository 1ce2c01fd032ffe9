/** What is looked at before a shift is closed; what is not well says what to do. */
import { plural, t } from '../text.js';
import { DAY, formatMoment, formatSpan } from '../format/time.js';
import { h } from '../view/element.js';
import { icon } from '../view/icons.js';
import { outboxWords, shiftDeadline } from '../view/state.js';

/** @import {RegisterView} from '../types/operations' */

/** @param {RegisterView} register */
export function checks(register) {
  const { offlineQueue, unresolved, outbox, problem, shift } = register;
  const stand = shiftDeadline(register);
  const level = stand?.level ?? 'calm';
  const age = stand && formatSpan(Math.max(DAY - stand.left, 0));
  /** @type {[good: boolean, text: string, advice?: string][]} */
  const all = [
    ...(age === null ? [] : [/** @type {[boolean, string, string]} */ ([level === 'calm', t(level === 'over' ? 'close.check.age.over' : 'close.check.age', { time: age }), t(level === 'over' ? 'close.check.age.over.do' : 'close.check.age.soon.do')])]),
    [!problem, t(problem ? 'close.check.link.none' : 'close.check.link'), problem ? t('close.check.link.none.do') : ''],
    ...(outbox ? [/** @type {[boolean, string, string]} */ ([false, t('outbox.title', { count: outbox.waiting }), `${outboxWords(outbox)} ${t('outbox.since', { time: formatMoment(outbox.since) })}`])] : []),
    [offlineQueue === 0, offlineQueue === null ? t('close.check.queue.unknown') : offlineQueue === 0 ? t('close.check.queue') : plural('close.check.queue.some', offlineQueue), t('close.check.queue.do')],
    [!unresolved, t(unresolved ? 'close.check.unfinished.some' : 'close.check.unfinished'), t('close.check.unfinished.do')],
    ...(shift ? [/** @type {[boolean, string]} */ ([shift.mine, t('close.check.owner', { name: shift.userName ?? shift.userPhone ?? t('app.unknown') })])] : []),
  ];
  return {
    list: h('ul', { class: 'checks', test: 'checklist' }, ...all.map(([good, text, advice]) => h('li', { class: good ? 'good' : 'attend' }, icon(good ? 'check' : 'overdue'),
      h('div', {}, h('p', {}, text), !good && advice && h('p', { class: 'quiet-text' }, advice))))),
    well: all.every(([good]) => good),
  };
}
