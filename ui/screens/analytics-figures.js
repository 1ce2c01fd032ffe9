/** The figures of a period and its charts. */
import { barChart, barsOf, formatTiyn, group, h, placePath, registerPath, rowChart, shortDay, t, toTiyn } from '../kit.js';

/** @import {SummaryView, TallyView} from '../types/operations' */
/** @import {Point} from '../view/chart.js' */

/** @param {bigint} value */
const tenge = (value) => `${formatTiyn(value)} ₸`;
/** @param {string | null} amount */
const tiyn = (amount) => (amount === null ? null : toTiyn(amount));

/** The part, rounded to a whole one, halves up. @param {bigint} whole @param {bigint} by positive */
const divided = (whole, by) => (2n * whole + by) / (2n * by) - ((2n * whole + by) % (2n * by) < 0n ? 1n : 0n);

/** @param {TallyView} tally an average sale, in tiyn */
function average({ sales, receipts }) {
  const sum = tiyn(sales);
  return sum === null || !receipts ? null : divided(sum, BigInt(receipts));
}

/**
 * By how much it is more or less than before, in words.
 * @param {bigint | null} now
 * @param {bigint | null | undefined} before
 */
function change(now, before) {
  if (now === null || before === null || before === undefined || before <= 0n) return '';
  const permille = divided((now - before) * 1000n, before);
  // Tenths of a per cent, written as amounts are.
  return t('analytics.change', { change: `${permille > 0n ? '+' : ''}${formatTiyn(permille * 10n).slice(0, -1)}` });
}

/** @param {SummaryView} view */
export function heroes({ total, previous, from, to }) {
  /** @type {['revenue' | 'receipts' | 'average' | 'refunds' | 'vat', bigint | null, bigint | null | undefined, ((value: bigint) => string)?][]} */
  const figures = [
    ['revenue', tiyn(total.revenue), previous && tiyn(previous.revenue)],
    ['receipts', total.receipts === null ? null : BigInt(total.receipts), previous?.receipts == null ? null : BigInt(previous.receipts), (value) => group(String(value))],
    ['average', average(total), previous && average(previous)],
    ['refunds', tiyn(total.refunds), previous && tiyn(previous.refunds)],
    ['vat', tiyn(total.nds), previous && tiyn(previous.nds)],
  ];
  return h('dl.tallies@tallies', ...figures.map(([name, now, before, format]) => h('div', { test: `tally-${name}` },
    h('dt', t(`analytics.${name}`)),
    h('dd.tally-value', now === null ? '—' : format ? format(now) : formatTiyn(now), now !== null && !format && h('span', ' ₸')),
    h('dd.hint', now === null ? t('app.unknown') : change(now, before) || (name === 'revenue' && from && to ? `${shortDay(from, 'day')} – ${shortDay(to, 'day')}` : '')))));
}

/** @param {SummaryView} view */
export function charts(view) {
  const from = view.from ?? view.days[0]?.day;
  const to = view.to ?? view.days[view.days.length - 1]?.day;
  const { step, bars } = from && to ? barsOf(from, to) : { step: /** @type {const} */ ('day'), bars: [] };
  const points = bars.map((bar) => ({
    label: step === 'month' ? shortDay(bar.from, 'month') : shortDay(bar.from, 'dayOfMonth'),
    value: view.days.filter(({ day }) => bar.from <= day && day <= bar.to).reduce((sum, { tally }) => sum + (tiyn(tally.revenue) ?? 0n), 0n),
    href: `${placePath('archive')}?${new URLSearchParams({ kind: 'z', from: bar.from, to: bar.to })}`,
  }));
  return [
    h('section.panel', barChart({ label: t(`analytics.by.${step}`), points, format: tenge })),
    h('div.panels',
      rows('register', view.registers.map((each) => ({ label: each.name, value: tiyn(each.tally.revenue), href: registerPath(each) }))),
      rows('section', view.sections.map((each) => ({ label: each.name, value: tiyn(each.revenue) }))),
      rows('cash', view.registers.map((each) => ({ label: each.name, value: tiyn(each.cash), href: registerPath(each) })))),
  ];
}

/**
 * What is not known has no bar: it is said beside the figures.
 * @param {'register' | 'section' | 'cash'} by
 * @param {(Omit<Point, 'value'> & {value: bigint | null})[]} all
 */
function rows(by, all) {
  const points = all.flatMap((point) => (point.value === null ? [] : [{ ...point, value: point.value }])).sort((a, b) => (a.value < b.value ? 1 : a.value > b.value ? -1 : 0));
  return h('section.panel', { test: `by-${by}` }, rowChart({ label: t(`analytics.by.${by}`), points, format: tenge }));
}
