/** The card of a register's shift: cash and time left are the largest things on it. */
import {
  dayBar, fact, formatAmount, formatMoment, formatStamp, h, hostOf, joined, link, numbered, plural, quiet, reportPath, shiftDeadline, stateBadge, t,
} from '../kit.js';
import { isCountedBlind } from './board/choice.js';

/** @import {RegisterView} from '../types/operations' */
/** @import {Child} from '../view/parts.js' */

/** @param {RegisterView} register @param {boolean} stale read earlier, and not again */
export function shiftCard(register, stale) {
  const { shift, seen, state } = register;
  const running = shift !== null && (state === 'open' || state === 'overdue');
  const title = running && shift.index !== null ? t('register.shift', { index: shift.index }) : '';
  return h('div', { class: `card ${stale ? 'stale' : ''}` },
    h('header.card-head', stateBadge(state), title && h('h2', title),
      seen && h('p.card-seen', stale || state === 'unknown' ? t('register.stale', { time: formatMoment(seen) }) : t('register.seen', { time: formatMoment(seen) }))),
    h('div.heroes', cash(register), running && timeLeft(register)),
    h('dl.facts', ...facts(register, running)));
}

/** @param {RegisterView} register */
function cash(register) {
  const label = h('p.hero-label', t('register.cash'));
  if (isCountedBlind(register)) return h('div.hero', label, quiet(t('close.blind')));
  return h('div.hero', label,
    h('p.hero-value', ...(register.cash === null ? ['—'] : [formatAmount(register.cash), ' ', h('span', '₸')])));
}

/** @param {RegisterView} register */
function timeLeft(register) {
  const stand = shiftDeadline(register);
  if (!register.shift || !stand) return null;
  const { overdueAt } = register.shift;
  const { level, span } = stand;
  const over = level === 'over';
  const label = t(over ? 'register.over' : 'register.left');
  return h('div', { class: `hero ${level}` }, h('p.hero-label', label), h('p.hero-value', span),
    dayBar(stand, `${label}: ${span}`),
    register.closesAt && h('p.hint@closes-at', t('register.closes-at', { time: register.closesAt })),
    h('p.hint', t(over ? 'register.deadline.past' : 'register.deadline', { time: formatMoment(overdueAt) })));
}

/** @param {RegisterView} register @param {boolean} running @returns {Child[]} */
function facts(register, running) {
  const { shift, lastZ, offlineQueue } = register;
  return [
    running && shift && fact(t('register.opened'), formatStamp(shift.opened)),
    running && shift && (shift.userName ?? shift.userPhone) && fact(t('register.operator'), shift.userName ?? shift.userPhone ?? ''),
    running && shift && shift.balanceOpen !== null && fact(t('register.balance-open'), `${formatAmount(shift.balanceOpen)} ₸`),
    fact(t('register.queue'), offlineQueue === null ? '—' : offlineQueue === 0 ? t('register.queue.empty') : plural('register.queue.some', offlineQueue), offlineQueue ? 'toned amber' : ''),
    fact(t('register.last-z'), lastZ
      ? link(reportPath(lastZ.number), joined(' · ', numbered(lastZ.shiftIndex, ''), formatStamp(lastZ.taken)))
      : t('register.last-z.none')),
    register.znm && fact(t('register.znm'), register.znm),
    register.rnm && fact(t('register.rnm'), register.rnm),
    fact(t('register.server'), hostOf(register.server)),
  ];
}

