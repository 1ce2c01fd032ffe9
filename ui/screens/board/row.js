/** A register on the board: one row of the table, or one card. */
import {
  button, checkbox, dayBar, errorPanel, formatAmount, formatDay, formatMoment, go, h, numbered, registerPath, shiftDeadline, showDialog, stateBadge, t,
} from '../../kit.js';
import { isCountedBlind, isRunning } from './choice.js';

/** @import {RegisterView} from '../../types/operations' */
/** @import {Child} from '../../view/parts.js' */

/**
 * Rows are grids, so that a whole row is one place to press; the roles keep the table a table for screen readers.
 * @param {RegisterView} register
 * @param {(register: RegisterView, range: boolean) => void} pick
 */
export function registerRow(register, pick) {
  const { shift, lastZ, offlineQueue, unresolved, outbox } = register;
  const identity = [register.znm && t('board.znm', { znm: register.znm }), register.rnm && t('board.rnm', { rnm: register.rnm })].filter(Boolean);
  const note = unresolved ? t(unresolved.state === 'unknown' ? 'board.unresolved' : 'board.underway')
    : outbox ? t('outbox.title', { count: outbox.waiting })
    : register.state === 'unknown' ? (register.seen ? t('board.seen', { time: formatMoment(register.seen) }) : t('board.never-seen'))
    : shift && shift.index !== null && isRunning(register) ? t('shift.number', { index: shift.index }) : '';
  return h('tr', { test: `register-${register.kkm}`, role: 'row', on: { click: (event) => { if (!/** @type {Element} */ (event.target).closest('button, .pick')) go(registerPath(register)); } } },
    h('td.pick', { role: 'gridcell' }, h('label',
      checkbox('', { tabindex: '-1', label: t('board.pick', { name: register.name }), test: `pick-${register.kkm}`, on: { click: (event) => pick(register, event.shiftKey) } }))),
    h('th', { role: 'rowheader', scope: 'row' }, h('a', { href: registerPath(register), tabindex: '-1', title: register.name }, register.name),
      register.address && h('p', { title: register.address }, register.address), identity.length > 0 && h('p', ...identity.flatMap((each) => [h('span', { title: each }, each), ' ']))),
    h('td.state-cell', { role: 'gridcell' }, stateBadge(register.state),
      h('p', note && h('span', { class: unresolved || outbox ? 'toned amber' : '' }, note),
        register.problem && button(`.quiet.why@why-${register.kkm}`, t('board.why'), () => register.problem && showDialog(register.name, {}, errorPanel(register.problem, { subject: register.name })), { title: register.problem.message }))),
    cell('age', 'age', ...(isRunning(register) ? age(register) : ['—'])),
    isCountedBlind(register) ? cell('cash', 'number soft', t('board.blind')) : cell('cash', 'number strong', formatAmount(register.cash)),
    cell('queue', `number ${offlineQueue ? 'toned amber' : ''}`, offlineQueue === null ? '—' : String(offlineQueue)),
    cell('last-z', 'number', ...(lastZ ? [numbered(lastZ.shiftIndex, ''), h('p', formatDay(lastZ.taken))] : ['—'])));
}

/** Its label is shown on cards, which have no head. @param {'age' | 'cash' | 'queue' | 'last-z'} name @param {string} look @param {...Child} content */
function cell(name, look, ...content) {
  return h('td', { role: 'gridcell', class: `${name} ${look}` }, h('span.cell-label', t(`board.column.${name}`)), ...content);
}

/** @param {RegisterView} register */
function age(register) {
  const stand = shiftDeadline(register);
  if (!stand) return ['—'];
  const text = t(stand.level === 'over' ? 'shift.over' : 'shift.left', { time: stand.span });
  return [h('span', { class: `age-text ${stand.level}` }, text), dayBar(stand, text)];
}
