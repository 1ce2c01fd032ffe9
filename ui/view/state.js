/** A register's state: icon, word and colour together. */
import { t } from '../text.js';
import { deadline, formatMoment, formatSpan } from '../format/time.js';
import { errorPanel, isUncertain, reportLink } from './outcome.js';
import { h, icon, joined, notice, svg } from './parts.js';

/** @import {OperationView, OutboxView, RegisterState, RegisterView} from '../types/operations' */
/** @import {Child} from './parts.js' */

/** @param {RegisterState} state */
export function stateBadge(state) {
  return h('span', { class: `state ${state}` }, icon(state), h('span@state', t(`state.${state}`)));
}

/** The computer's clock may be wrong by so much before it is said, in seconds. */
const CLOCK_SLACK = 120;

/** Where the register's shift stands, by the server's clock; null when it has none. @param {RegisterView} register */
export function shiftDeadline(register) {
  return register.shift && deadline(register.shift.overdueAt, Date.now() + register.clockAhead * 1000);
}

/** A word about a computer whose clock is wrong, where it is. @param {RegisterView[]} registers */
export function clockNotice(registers) {
  const ahead = registers.map((each) => each.clockAhead).find((each) => Math.abs(each) > CLOCK_SLACK);
  if (ahead === undefined) return null;
  const time = formatSpan(Math.abs(ahead) * 1000);
  return notice('amber', 'overdue', t(ahead > 0 ? 'clock.behind' : 'clock.ahead', { time }), h('p', t('clock.note')));
}

/** @param {RegisterView} register */
export function needsAttention(register) {
  return register.unresolved !== null || register.outbox !== null || register.state === 'overdue' || register.state === 'blocked' || register.state === 'unknown'
    || (register.state === 'open' && shiftDeadline(register)?.level !== 'calm');
}

/**
 * Why nothing can be done with a register's shift, or with `opens` why none can be opened; empty when it can.
 * @param {RegisterView} register @param {boolean} [opens]
 */
export function obstacle({ state, shift, unresolved, outbox, problem }, opens = false) {
  if (unresolved) return t(unresolved.state === 'unknown' ? 'bulk.not.unresolved' : 'bulk.not.underway');
  if (outbox) return t('bulk.not.outbox');
  if (problem || state === 'unknown') return t('bulk.not.unknown');
  if (state === 'blocked') return t('bulk.not.blocked');
  if (opens) return state === 'closed' ? '' : t('bulk.not.open');
  if (state === 'closed' || !shift) return t('bulk.not.closed');
  return shift.mine ? '' : t('bulk.not.foreign', { name: shift.userName ?? shift.userPhone ?? '—' });
}

/** What a register is searched by. @param {RegisterView} register */
export const registerWords = ({ name, address, znm, rnm, kkm }) => joined(' ', name, address, znm, rnm, String(kkm)).toLowerCase();

/** @param {OutboxView} outbox */
export function outboxWords(outbox) {
  return outbox.held ? t('outbox.held') : outbox.stopped ? t('outbox.stopped') : outbox.over ? t('outbox.over') : t('outbox.left', { hours: outbox.hoursLeft });
}

/**
 * A word about what waits for the link, where something does.
 * @param {OutboxView | null} outbox
 * @param {string} name the register's, where it is not in view
 * @param {...Child} more
 */
export function outboxNotice(outbox, name, ...more) {
  if (!outbox) return null;
  return notice(outbox.stopped || outbox.over ? 'red' : 'amber', 'overdue', joined(' — ', name, t('outbox.title', { count: outbox.waiting })), h('p', outboxWords(outbox)), ...more);
}

/** One of them. @param {OperationView} operation @param {...Child} more */
export const unresolvedNotice = ({ kind, firstSent, at, message }, ...more) => notice('amber', 'unknown', kind === 'z' ? t('close.unknown') : t('unresolved.title', { operation: t(`operation.${kind}`) }),
  h('p', t('unresolved.note', { time: formatMoment(firstSent ?? at) })), message && h('p', message), ...more);

/** What came of an operation whose outcome was unknown. @param {OperationView} operation */
export function settledWords({ kind, state, code }) {
  return t('unresolved.done', { operation: t(`operation.${kind}`), state: t(code === 'unknown-outcome' ? 'operation-state.unclear' : `operation-state.${state}`) });
}

/** Nobody knows even now. */
export const stillNotice = () => notice('amber', 'unknown', t('unresolved.still'));

/** The same as a note; also what is still not known, and why. @param {OperationView} operation */
export function settledNotice(operation) {
  const { state, message, report, problem } = operation;
  if (problem && !isUncertain(problem)) return errorPanel(problem);
  if (state === 'unknown') return stillNotice();
  const done = state === 'confirmed';
  return notice(done ? 'green' : 'grey', done ? 'check' : 'alert', settledWords(operation), message && h('p', message),
    report !== null && h('p', reportLink(report)));
}

/**
 * The day of a shift as a bar, filled by the time gone.
 * @param {{percent: number, level: string}} stand
 * @param {string} label said aloud instead of the picture
 */
export function dayBar({ percent, level }, label) {
  return svg('svg', { class: `day-bar ${level}`, width: '100%', height: 6, role: 'img', 'aria-label': label },
    svg('rect', { class: 'day-bar-ground', width: '100%', height: 6, rx: 3 }),
    svg('rect', { class: 'day-bar-spent', width: `${percent}%`, height: 6, rx: 3 }));
}
