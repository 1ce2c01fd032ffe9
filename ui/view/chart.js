/** Bars over time, with the figures in a table behind them. */
import { t } from '../text.js';
import { h, svg } from './element.js';

/**
 * @param {{label: string, points: {label: string, value: bigint, href?: string}[], format: (value: bigint) => string}} chart
 * @returns {HTMLElement}
 */
export function barChart({ label, points, format }) {
  const most = points.reduce((best, { value }) => (value > best ? value : best), 1n);
  const bars = points.map(({ value, label: name }, place) => {
    const height = Number((value > 0n ? value : 0n) * 120n / most);
    return svg('rect', { x: place * 30 + 4, y: 120 - height, width: 22, height, rx: 2, 'aria-label': name });
  });
  return h('figure', { class: 'chart' },
    svg('svg', { viewBox: `0 0 ${points.length * 30} 121`, height: 121, role: 'img', 'aria-label': label, fill: 'var(--accent)' }, ...bars),
    h('details', {}, h('summary', {}, t('register.history')), h('table', {}, h('tbody', {}, ...points.map((point) => h('tr', {}, h('th', { scope: 'row' }, point.label), h('td', {}, format(point.value))))))));
}
