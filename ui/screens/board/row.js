/** A register on the board: one row of the table, or one card. */
import { t } from '../../text.js';
import { go, registerPath } from '../../routes.js';
import { formatAmount } from '../../format/money.js';
import { formatDay, formatMoment } from '../../format/time.js';
import { h } from '../../view/element.js';
import { button } from '../../view/button.js';
import { openDialog } from '../../view/dialog.js';
import { errorPanel } from '../../view/error.js';
import { dayBar, shiftDeadline, stateBadge } from '../../view/state.js';
import { isRunning } from './choice.js';

/** @import {RegisterView} from '../../types/operations' */
/** @import {Child} from '../../view/element.js' */

/**
 * Rows are grids, so that a whole row is one place to press; the roles keep the table a table for screen readers.
 * @param {RegisterView} register
 * @param {(register: RegisterView, range: boolean) => void} pick
 */
export function registerRow(register, pick) {
  const { shift, lastZ, offlineQueue, unresolved, outbox } = register;
  const identity = [register.znm && t('board.znm', { znm: register.znm }), register.rnm && t('board.rnm', { rnm: register.rnm })].filter(Boolean).join('  ');
  const note = unresolved ? t(unresolved.state === 'unknown' ? 'board.unresolved' : 'board.underway')
    : outbox ? t('outbox.title', { count: outbox.waiting })
    : register.state === 'unknown' ? (register.seen ? t('board.seen', { time: formatMoment(register.seen) }) : t('board.never-seen'))
    : shift && shift.index !== null && isRunning(register) ? t('shift.number', { index: shift.index }) : '';
  return h('tr', { test: `register-${register.kkm}`, role: 'row', on: { click: (/** @type {MouseEvent} */ event) => { if (!/** @type {Element} */ (event.target).closest('button, .pick')) go(registerPath(register)); } } },
    h('td', { role: 'gridcell', class: 'pick' }, h('label', {},
      h('input', { type: 'checkbox', tabindex: '-1', 'aria-label': t('board.pick', { name: register.name }), test: `pick-${register.kkm}`, on: { click: (/** @type {MouseEvent} */ event) => pick(register, event.shiftKey) } }))),
    h('th', { role: 'rowheader', scope: 'row' }, h('a', { href: registerPath(register), tabindex: '-1', title: register.name }, register.name),
      register.address && h('p', { title: register.address }, register.address), identity && h('p', { title: identity }, identity)),
    h('td', { role: 'gridcell', class: 'state-cell' }, stateBadge(register.state),
      h('p', {}, note && h('span', { class: unresolved || outbox ? 'amber-text' : '' }, note),
        register.problem && button(t('board.why'), { kind: 'quiet', class: 'why', test: `why-${register.kkm}`, press: () => whyDialog(register) }))),
    cell('age', 'age', ...(isRunning(register) ? age(register) : ['—'])),
    cell('cash', 'number strong', register.cash === null ? '—' : formatAmount(register.cash)),
    cell('queue', `number ${offlineQueue ? 'amber-text' : ''}`, offlineQueue === null ? '—' : String(offlineQueue)),
    cell('last-z', 'number', ...(lastZ ? [lastZ.shiftIndex === null ? '' : `№ ${lastZ.shiftIndex}`, h('p', {}, formatDay(lastZ.taken))] : ['—'])));
}

/** Its label is shown on cards, which have no head. @param {'age' | 'cash' | 'queue' | 'last-z'} name @param {string} look @param {...Child} content */
function cell(name, look, ...content) {
  return h('td', { role: 'gridcell', class: `${name} ${look}` }, h('span', { class: 'cell-label' }, t(`board.column.${name}`)), ...content);
}

/** @param {RegisterView} register */
function age(register) {
  const stand = shiftDeadline(register);
  if (!stand) return ['—'];
  const text = t(stand.level === 'over' ? 'shift.over' : 'shift.left', { time: stand.span });
  return [h('span', { class: `age-text ${stand.level}` }, text), dayBar(stand, text)];
}

/** Why a register could not be read, and what to do. @param {RegisterView} register */
function whyDialog(register) {
  if (!register.problem) return;
  const dialog = h('dialog', { class: 'dialog', 'aria-label': register.name },
    h('form', { method: 'dialog' }, errorPanel(register.problem, { subject: register.name }),
      h('footer', { class: 'dialog-actions' }, button(t('board.shut'), { type: 'submit' }))));
  openDialog(dialog);
}
