/** The board in figures. */
import { formatTiyn, h, icon, needsAttention, shiftDeadline, t, toTiyn } from '../../kit.js';
import { isCountedBlind, isRunning, SORTS } from './choice.js';

/** @import {RegisterView} from '../../types/operations' */

/** @param {RegisterView[]} registers */
export function summary(registers) {
  const running = registers.filter(isRunning);
  const attention = registers.filter(needsAttention).length;
  const known = registers.map((each) => (each.cash === null || isCountedBlind(each) ? null : toTiyn(each.cash))).filter((cash) => cash !== null);
  const cash = known.reduce((sum, each) => sum + each, 0n);
  const total = t('board.of', { total: registers.length });
  return h('dl.figures.four',
    figure(t('board.sum.open'), String(running.length), total),
    figure(t('board.sum.attention'), String(attention), total, attention > 0 ? 'amber' : ''),
    figure(t('board.sum.cash'), known.length > 0 ? formatTiyn(cash) : '—', known.length === 0 ? t('app.unknown') : known.length < registers.length ? t('board.sum.known', { count: known.length, total: registers.length }) : '₸'),
    nextDeadline(running));
}

/** The shift that must be closed first. @param {RegisterView[]} running */
function nextDeadline(running) {
  const [first] = running.map((register) => ({ register, at: Number(SORTS.age(register)) })).sort((one, other) => one.at - other.at);
  const stand = first && shiftDeadline(first.register);
  if (!stand) return figure(t('board.sum.next'), '—', t('board.sum.next.none'));
  return figure(`${t(stand.level === 'over' ? 'board.sum.over' : 'board.sum.next')}: ${first.register.name}`, stand.span, '', { over: 'red', soon: 'amber', calm: '' }[stand.level]);
}

/** @param {string} label @param {string} value @param {string} unit @param {string} [colour] */
function figure(label, value, unit, colour = '') {
  return h('div', { class: colour }, h('dt', { title: label }, colour && icon('alert'), h('span', label)), h('dd', h('b', value), ' ', h('span', unit)));
}
