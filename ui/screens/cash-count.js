/** The cash count: one sum, or pieces of each denomination; compared exactly with what the register says. */
import { t } from '../text.js';
import { formatTiyn, group, parseTyped, toAmount, toTiyn } from '../format/money.js';
import { h } from '../view/element.js';
import { icon } from '../view/icons.js';

/** @import {Amount} from '../types/operations' */

const NOMINALS = [20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1];

/**
 * @typedef {object} CashCount
 * @property {HTMLElement} element
 * @property {() => {counted: Amount | null, reason: string | null} | null} read null when something must be corrected first
 */

/** @param {Amount | null} expectedAmount @returns {CashCount} */
export function cashCount(expectedAmount) {
  const expected = expectedAmount === null ? null : toTiyn(expectedAmount);
  const counted = h('input', { name: 'counted', test: 'counted', inputmode: 'decimal', autocomplete: 'off', placeholder: t('close.counted.placeholder') });
  const difference = h('output', { test: 'close-difference', class: 'difference', for: 'counted' });
  const reason = h('input', { name: 'reason', test: 'reason', autocomplete: 'off', maxlength: 200 });
  const reasonField = h('label', { class: 'field', hidden: true }, h('span', {}, t('close.reason')), reason);

  function compare() {
    const typed = counted.value.trim();
    const sum = typed === '' ? null : parseTyped(typed);
    counted.setCustomValidity(typed !== '' && sum === null ? t('close.counted.bad') : '');
    const gap = sum === null || expected === null ? null : sum - expected;
    const [kind, text] = typed === '' ? ['skipped', t('close.skipped')]
      : sum === null ? ['bad', t('close.counted.bad')]
      : gap === null ? ['skipped', t('close.unknown-cash')]
      : gap === 0n ? ['match', t('close.match')]
      : gap > 0n ? ['over', t('close.over', { amount: formatTiyn(gap) })]
      : ['short', t('close.short', { amount: formatTiyn(-gap) })];
    difference.className = `difference ${kind}`;
    difference.replaceChildren(...(kind === 'skipped' ? [] : [icon(kind === 'match' ? 'check' : 'alert')]), text);
    const needed = gap !== null && gap !== 0n;
    reasonField.hidden = !needed;
    reason.setCustomValidity(needed && reason.value.trim() === '' ? t('close.reason.required') : '');
    return { sum, needed };
  }

  const notes = notesTable((total) => {
    counted.value = total === null ? '' : formatTiyn(total);
    compare();
  });
  counted.addEventListener('input', () => { notes.clear(); compare(); });
  reason.addEventListener('input', compare);
  compare();

  const element = h('fieldset', { class: 'count' },
    h('div', { class: 'count-line' },
      h('label', { class: 'field' }, h('span', {}, t('close.counted')), counted),
      h('div', { class: 'field' }, h('span', {}, t('close.difference')), difference)),
    notes.element,
    reasonField);
  return {
    element,
    read() {
      const { sum, needed } = compare();
      for (const input of element.querySelectorAll('input')) if (!input.reportValidity()) return null;
      return { counted: sum === null ? null : toAmount(sum), reason: needed ? reason.value.trim() : null };
    },
  };
}

/** @param {(total: bigint | null) => void} changed in tiyn; null when nothing is entered or a count is wrong */
function notesTable(changed) {
  const lines = NOMINALS.map((nominal) => {
    const sum = h('td', { class: 'number' }, '');
    const input = h('input', { inputmode: 'numeric', autocomplete: 'off', 'aria-label': t('close.notes.label', { nominal: group(String(nominal)) }), on: { input: add } });
    return { nominal, sum, input };
  });

  function add() {
    /** @type {bigint | null} */
    let total = null;
    for (const { nominal, sum, input } of lines) {
      const typed = input.value.trim();
      const good = /^\d{1,6}$/.test(typed);
      input.setCustomValidity(typed === '' || good ? '' : t('close.notes.bad'));
      const line = good ? BigInt(typed) * BigInt(nominal) * 100n : null;
      sum.textContent = line === null ? '' : formatTiyn(line);
      if (line !== null) total = (total ?? 0n) + line;
    }
    changed(total);
  }

  const rows = lines.map(({ nominal, sum, input }) => h('tr', {}, h('th', { scope: 'row', class: 'number' }, group(String(nominal))), h('td', {}, input), sum));
  const half = Math.ceil(rows.length / 2);
  return {
    element: h('details', { class: 'notes' }, h('summary', {}, icon('forward'), t('close.notes')),
      h('div', { class: 'notes-columns' }, column(rows.slice(0, half)), column(rows.slice(half)))),
    clear() {
      for (const { sum, input } of lines) { input.value = ''; input.setCustomValidity(''); sum.textContent = ''; }
    },
  };
}

/** @param {HTMLElement[]} rows */
function column(rows) {
  return h('table', {}, h('thead', {}, h('tr', {},
    h('th', { scope: 'col', class: 'number' }, t('close.notes.nominal')),
    h('th', { scope: 'col' }, t('close.notes.count')),
    h('th', { scope: 'col', class: 'number' }, t('close.notes.sum')))), h('tbody', {}, ...rows));
}
