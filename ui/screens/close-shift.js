/** Closing a shift: checklist, cash count, one confirmation with the figures in view. */
import { asErrorView, call } from '../bridge.js';
import { plural, t } from '../text.js';
import { formatAmount } from '../format/money.js';
import { DAY, formatSpan } from '../format/time.js';
import { h } from '../view/element.js';
import { icon } from '../view/icons.js';
import { button } from '../view/button.js';
import { openDialog } from '../view/dialog.js';
import { errorPanel } from '../view/error.js';
import { shiftDeadline } from '../view/state.js';
import { cashCount } from './cash-count.js';

/** @import {CloseOutcome, RegisterView} from '../types/operations' */

/**
 * @param {RegisterView} register
 * @param {{closed: (result: CloseOutcome) => void, failed: (failure: unknown) => void}} then
 */
export function closeDialog(register, then) {
  let underWay = false;
  const index = register.shift?.index ?? null;
  const count = cashCount(register.cash);
  const xFirst = h('input', { type: 'checkbox', test: 'x-first', checked: true });
  const cancel = button(t('app.cancel'), { press: () => dialog.close() });
  const accept = button(t('close.yes'), { kind: 'primary', type: 'submit', test: 'close-confirm' });
  const failures = h('div', {});
  const progress = h('div', { class: 'progress', role: 'status', hidden: true }, h('progress', {}), h('p', {}, t('close.progress')));
  const inputs = h('fieldset', { class: 'plain-set' }, count.element, h('label', { class: 'tick' }, xFirst, h('span', {}, t('close.x-first'))));

  /** @param {boolean} now */
  function lock(now) {
    underWay = now;
    inputs.disabled = cancel.disabled = accept.disabled = now;
    progress.hidden = !now;
    const label = accept.querySelector('.label');
    if (label) label.textContent = t(now ? 'close.busy' : 'close.yes');
  }

  async function close() {
    if (underWay) return;
    const counted = count.read();
    if (!counted) return;
    failures.replaceChildren();
    lock(true);
    try {
      const result = await call('close_shift', { input: { server: register.server, kkm: register.kkm, xFirst: xFirst.checked, ...counted } });
      dialog.close();
      then.closed(result);
    } catch (failure) {
      lock(false);
      const error = asErrorView(failure);
      // What was typed can be corrected here; anything else belongs to the register's page, which reads the shift anew.
      if (error.code === 'bad-input') return failures.replaceChildren(errorPanel(error));
      dialog.close();
      then.failed(error);
    }
  }

  const dialog = h('dialog', { class: 'dialog wide', test: 'close-dialog', 'aria-labelledby': 'close-title' },
    h('form', { novalidate: true, on: { submit: (/** @type {Event} */ event) => { event.preventDefault(); void close(); } } },
      h('h2', { id: 'close-title' }, index === null ? t('close.title.unnumbered', { name: register.name }) : t('close.title', { index, name: register.name })),
      checklist(register),
      h('div', { class: 'expected' }, h('span', {}, t('close.expected')),
        h('b', { test: 'expected' }, register.cash === null ? '—' : `${formatAmount(register.cash)} ₸`)),
      inputs,
      failures,
      progress,
      h('p', { class: 'dialog-note' }, t('close.note')),
      h('footer', { class: 'dialog-actions' }, cancel, accept)));
  openDialog(dialog, () => underWay);
  dialog.querySelector('input')?.focus();
}

/** @param {RegisterView} register */
function checklist(register) {
  const { offlineQueue, unresolved } = register;
  const stand = shiftDeadline(register);
  const over = stand?.level === 'over';
  const age = stand && formatSpan(Math.max(DAY - stand.left, 0));
  return h('ul', { class: 'checklist' },
    age !== null && check(!over, t(over ? 'close.check.age.over' : 'close.check.age', { time: age })),
    check(offlineQueue === 0, offlineQueue === null ? t('close.check.queue.unknown') : offlineQueue === 0 ? t('close.check.queue') : plural('close.check.queue.some', offlineQueue)),
    check(!unresolved, t(unresolved ? 'close.check.unfinished.some' : 'close.check.unfinished')));
}

/** @param {boolean} good @param {string} text */
function check(good, text) {
  return h('li', { class: good ? 'good' : 'attend' }, icon(good ? 'check' : 'alert'), text);
}
