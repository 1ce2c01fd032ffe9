/** A register's state: icon, word and colour together. */
import { t } from '../text.js';
import { h, svg } from './element.js';
import { icon } from './icons.js';
import { deadline } from '../format/time.js';

/** @import {RegisterState, RegisterView} from '../types/operations' */

/** @param {RegisterState} state */
export function stateBadge(state) {
  return h('span', { class: `state ${state}` }, icon(state), h('span', { test: 'state' }, t(`state.${state}`)));
}

/** @param {RegisterView} register */
export function needsAttention(register) {
  return register.unresolved !== null || register.state === 'overdue' || register.state === 'blocked' || register.state === 'unknown'
    || (register.state === 'open' && register.shift !== null && deadline(register.shift.overdueAt).level !== 'calm');
}

/**
 * The day of a shift as a bar, filled by the time gone.
 * @param {string} overdueAt
 * @param {string} label said aloud instead of the picture
 */
export function dayBar(overdueAt, label) {
  const { percent, level } = deadline(overdueAt);
  return svg('svg', { class: `day-bar ${level}`, width: '100%', height: 6, role: 'img', 'aria-label': label },
    svg('rect', { class: 'day-bar-ground', width: '100%', height: 6, rx: 3 }),
    svg('rect', { class: 'day-bar-spent', width: `${percent}%`, height: 6, rx: 3 }));
}
