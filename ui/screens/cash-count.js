/** The cash count: one sum, or pieces of each denomination; compared exactly with what the register says. */
import {
  column, entry, field, fill, find, findAll, formatAmount, formatTiyn, group, h, icon, parseTyped, prevent, quiet, t, tableHead, toAmount, toTiyn,
} from '../kit.js';

/** @import {Amount} from '../types/operations' */

const NOMINALS = [20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1];

/** The id of what says why. */
const SAID = 'count-said';

/** Marks what is typed as wrong, and says why; or as well. @param {HTMLInputElement} input @param {string} why */
function judge(input, why) {
  input.setCustomValidity(why);
  input.ariaInvalid = why ? 'true' : null;
  if (why) input.setAttribute('aria-describedby', SAID);
  else input.removeAttribute('aria-describedby');
}

/** Whoever counted by denomination last time will do so again. */
let byNotes = false;

/**
 * @typedef {object} CashCount
 * @property {HTMLElement} element
 * @property {() => boolean} empty nothing is typed: the count is left out
 * @property {() => {counted: Amount | null, difference: bigint | null, reason: string | null} | null} read null when something must be corrected first
 * @property {(typed?: string) => string} lock takes what was counted for good and shows what the register says; gives what was typed
 * @property {() => boolean} blind the register's sum is not to be seen yet
 */

/**
 * @param {Amount | null} expectedAmount
 * @param {boolean} blind the register's sum and the difference are shown after the count alone
 * @param {() => void} changed
 * @returns {CashCount}
 */
export function cashCount(expectedAmount, blind, changed) {
  const expected = expectedAmount === null ? null : toTiyn(expectedAmount);
  const counted = entry('@counted', { name: 'counted', inputmode: 'decimal', placeholder: t('close.counted.placeholder'), on: { input: () => { notes.clear(); touched(); }, change: () => { const total = parseTyped(counted.value); if (total !== null) counted.value = formatTiyn(total); } } });
  const difference = h('output.difference@close-difference', { id: SAID, for: 'counted' });
  const reason = h('input@reason', { name: 'reason', autocomplete: 'off', maxlength: 200, on: { input: compare } });
  const reasonField = h('label.field', { hidden: true }, h('span', t('close.reason')), reason);
  const sum = h('b@expected');
  const remark = quiet();

  function compare() {
    const typed = counted.value.trim();
    const total = typed === '' ? null : parseTyped(typed);
    const wrong = typed !== '' && total === null ? t('close.counted.bad') : '';
    judge(counted, wrong);
    const gap = total === null || expected === null ? null : total - expected;
    const [kind, text] = wrong || notes.wrong() ? ['red', wrong || t('close.notes.bad')]
      : typed === '' ? ['skipped', t('close.skipped')]
      : blind ? ['skipped', '']
      : gap === null ? ['skipped', t('close.unknown-cash')]
      : gapWords(gap);
    difference.className = `difference ${kind}`;
    fill(difference, ...(kind === 'skipped' ? [] : [icon(kind === 'green' ? 'check' : 'alert')]), text);
    const needed = !blind && gap !== null && gap !== 0n;
    reasonField.hidden = !needed;
    reason.setCustomValidity(needed && reason.value.trim() === '' ? t('close.reason.required') : '');
    return { total, gap, needed };
  }

  const notes = notesTable((total) => {
    counted.value = total === null ? '' : formatTiyn(total);
    touched();
  });
  const empty = () => counted.value.trim() === '' && !notes.wrong();
  function touched() {
    compare();
    changed();
  }

  function drawExpected() {
    fill(sum, blind ? t('close.blind') : expectedAmount === null ? '—' : `${formatAmount(expectedAmount)} ₸`);
    fill(remark, t('close.blind.note'));
    remark.hidden = !blind;
  }
  drawExpected();
  compare();

  const element = h('fieldset.count',
    h('div', { class: `expected ${blind ? 'hidden-sum' : ''}` }, h('span', t('close.expected')), sum),
    h('div.count-line',
      field(t('close.counted'), counted),
      h('div.field', h('span', t('close.difference')), difference)),
    remark,
    notes.element,
    reasonField);
  return {
    element,
    empty,
    blind: () => blind,
    read() {
      const { total, gap, needed } = compare();
      // What is folded up cannot be shown to be wrong.
      if (notes.wrong()) notes.element.open = true;
      for (const input of findAll(element, 'input')) {
        // What stands beside it already needs no bubble.
        if (input.ariaInvalid) input.focus();
        if (input.ariaInvalid || !input.reportValidity()) return null;
      }
      return { counted: total === null ? null : toAmount(total), difference: gap, reason: needed ? reason.value.trim() : null };
    },
    lock(typed = counted.value) {
      blind = false;
      counted.value = typed;
      counted.readOnly = true;
      notes.element.hidden = true;
      find(element, '.expected')?.classList.remove('hidden-sum');
      drawExpected();
      compare();
      fill(remark, t('close.locked'));
      remark.hidden = false;
      return counted.value;
    },
  };
}

/** @param {bigint} gap counted minus expected @returns {['green' | 'amber' | 'red', string]} */
export function gapWords(gap) {
  return gap === 0n ? ['green', t('close.match')]
    : gap > 0n ? ['amber', t('close.over', { amount: formatTiyn(gap) })]
    : ['red', t('close.short', { amount: formatTiyn(-gap) })];
}

/** @param {(total: bigint | null) => void} changed in tiyn; null when nothing is entered or one of the counts is wrong */
function notesTable(changed) {
  const lines = NOMINALS.map((nominal) => {
    const sum = h('td.number', '');
    const input = entry('', { inputmode: 'numeric', label: t('close.notes.label', { nominal: group(String(nominal)) }), on: { input: add, keydown: onward } });
    return { nominal, sum, input };
  });

  function add() {
    /** @type {bigint | null} */
    let total = null;
    for (const { nominal, sum, input } of lines) {
      const typed = input.value.trim();
      const good = /^\d{1,6}$/.test(typed);
      judge(input, typed === '' || good ? '' : t('close.notes.bad'));
      const line = good ? BigInt(typed) * BigInt(nominal) * 100n : null;
      fill(sum, line === null ? '' : formatTiyn(line));
      if (line !== null) total = (total ?? 0n) + line;
    }
    changed(wrong() ? null : total);
  }

  const wrong = () => lines.some(({ input }) => !input.validity.valid);

  /** Enter goes on to the next denomination, as on a till. @param {KeyboardEvent} event */
  function onward(event) {
    const next = lines[lines.findIndex(({ input }) => input === event.target) + 1];
    if (event.key !== 'Enter' || !next) return;
    prevent(event);
    next.input.focus();
  }

  const rows = lines.map(({ nominal, sum, input }) => h('tr', h('th.number', { scope: 'row' }, group(String(nominal))), h('td', input), sum));
  const half = Math.ceil(rows.length / 2);
  return {
    wrong,
    element: h('details.notes@notes', { open: byNotes, on: { toggle: (event) => { byNotes = /** @type {HTMLDetailsElement} */ (event.target).open; } } }, h('summary', icon('forward'), t('close.notes')),
      h('div.notes-columns', notesColumn(rows.slice(0, half)), notesColumn(rows.slice(half)))),
    clear() {
      for (const { sum, input } of lines) { input.value = ''; judge(input, ''); fill(sum, ''); }
    },
  };
}

/** @param {HTMLElement[]} rows */
function notesColumn(rows) {
  return h('table', tableHead(
    column(t('close.notes.nominal'), 'number'),
    column(t('close.notes.count')),
    column(t('close.notes.sum'), 'number')), h('tbody', ...rows));
}
