/** Charts: bars over time as SVG, and bars by name. Every one tells its gist, and has its figures in a table. */
import { t } from '../text.js';
import { go } from '../routes.js';
import { fill, folded, h, link, prevent, quiet, rowHead, svg } from './parts.js';

/**
 * @typedef {object} Point
 * @property {string} label
 * @property {bigint} value
 * @property {string} [href] where more is told of it
 */
/** @typedef {{label: string, points: Point[], format: (value: bigint) => string}} Chart */

/** The plot's height, the room under it for labels, the widest place of a bar and the widest bar, px. */
const HEIGHT = 168;
const FOOT = 24;
const SLOT = 96;
const BAR = 40;
/** A sign of an axis is about so wide, px. */
const SIGN = 6.8;
/** So many rows are shown before one asks for all. */
const ROWS = 10;

/**
 * The smallest round step (1, 2, 5, 10 …) of which `lines` reach as far as `range`.
 * @param {bigint} range
 * @param {bigint} lines
 */
function roundStep(range, lines = 4n) {
  for (let ten = 1n; ; ten *= 10n) {
    for (const step of [ten, 2n * ten, 5n * ten]) if (range <= step * lines) return step;
  }
}

/** @param {bigint[]} values with nought among them, so that bars keep their proportions */
function bounds(values) {
  const low = values.reduce((a, b) => (b < a ? b : a), 0n);
  const high = values.reduce((a, b) => (b > a ? b : a), 0n);
  return { low, high };
}

/** @param {bigint[]} values @returns {bigint[]} the values of the grid lines, from below */
export function axis(values) {
  const { low, high } = bounds(values);
  const step = roundStep(high > -low ? high : -low);
  const ticks = [];
  for (let at = low < 0n ? (low / step - (low % step ? 1n : 0n)) * step : 0n; ticks.push(at) && at < high;) at += step;
  return ticks;
}

/** @param {Point[]} points */
const greatest = (points) => points.reduce((best, point) => (point.value > best.value ? point : best));

/** Bars from left to right. Pointing at one, or the arrow keys, read its value; a click or Enter follows its link. @param {Chart} chart */
export function barChart({ label, points, format }) {
  if (points.length === 0) return empty(label);
  const ticks = axis(points.map((point) => point.value));
  const { low, high } = bounds(ticks);
  const signs = ticks.map((tick) => format(tick).replace(/[.,]00(?!\d)/, ''));
  const gutter = Math.ceil(Math.max(...signs.map((sign) => sign.length)) * SIGN) + 10;
  const best = greatest(points);
  const said = h('output.chart-value');
  const plot = h('div.chart-plot', { tabindex: '0', role: 'group', label: `${label}. ${t('chart.keys')}`, on: {
    pointermove: (event) => {
      const place = Math.floor((event.clientX - plot.getBoundingClientRect().left - gutter) / slot);
      read(place < points.length ? place : -1);
    },
    pointerleave: () => read(-1),
    blur: () => read(-1),
    click: follow,
    keydown: (event) => {
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: points.length - 1 }[event.key];
      if (event.key === 'Enter') follow();
      if (to === undefined) return;
      prevent(event);
      read(Math.max(to, 0));
    },
  } });
  /** @type {Element[]} */
  let bars = [];
  let slot = SLOT;
  /** The bar that is read; -1 is none. */
  let at = -1;

  /** @param {bigint} value in px from above */
  const y = (value) => 8 + (high === low ? HEIGHT : Number(((high - value) * BigInt(HEIGHT)) / (high - low)));

  function draw() {
    const width = plot.clientWidth;
    if (width <= gutter) return;
    slot = Math.min((width - gutter) / points.length, SLOT);
    const wide = Math.min(slot * 0.72, BAR);
    const every = Math.ceil((Math.max(...points.map((point) => point.label.length)) * SIGN + 10) / slot);
    bars = points.map(({ value, href }, place) => {
      const [from, to] = value < 0n ? [y(0n), y(value)] : [y(value), y(0n)];
      // What is not nought is seen, however small.
      const tall = Math.max(to - from, value === 0n ? 0 : 2);
      return svg('rect', { class: `bar${value < 0n ? ' minus' : ''}${href ? ' leads' : ''}`, x: gutter + place * slot + (slot - wide) / 2, y: value < 0n ? from : to - tall, width: wide, height: tall, rx: Math.min(wide / 4, 3) });
    });
    fill(plot, svg('svg', { width, height: HEIGHT + 8 + FOOT, role: 'img', 'aria-label': t('chart.gist', { label, count: points.length, top: best.label, value: format(best.value) }) },
      ...ticks.flatMap((tick, place) => [
        svg('line', { class: tick === 0n ? 'ground' : 'grid', x1: gutter, x2: width, y1: y(tick) + 0.5, y2: y(tick) + 0.5 }),
        svg('text', { x: gutter - 10, y: y(tick) + 4, 'text-anchor': 'end' }, document.createTextNode(signs[place] ?? '')),
      ]),
      ...bars,
      ...points.flatMap((point, place) => (place % every === 0 && (place === 0 || place + every <= points.length)
        ? [svg('text', { x: gutter + (every > 1 ? place : place + 0.5) * slot, y: HEIGHT + 8 + FOOT - 6, 'text-anchor': every > 1 ? 'start' : 'middle' }, document.createTextNode(point.label))] : []))));
    read(at);
  }

  /** @param {number} place */
  function read(place) {
    bars[at]?.classList.remove('read');
    at = Math.min(Math.max(place, -1), points.length - 1);
    bars[at]?.classList.add('read');
    const point = points[at];
    const text = point ? `${point.label} — ${format(point.value)}` : t('chart.most', { label: best.label, value: format(best.value) });
    if (said.textContent !== text) fill(said, text);
    plot.style.cursor = point?.href ? 'pointer' : '';
  }

  function follow() {
    const href = points[at]?.href;
    if (href) go(href);
  }

  new ResizeObserver(draw).observe(plot);
  read(-1);
  return h('figure.chart@chart', h('figcaption', h('b', label), said), plot,
    folded(t('chart.table'), table(label, points, format)));
}

/** Bars by name, in the order given: a table that shows its proportions. @param {Chart} chart */
export function rowChart({ label, points, format }) {
  if (points.length === 0) return empty(label);
  const { low, high } = bounds(points.map((point) => point.value));
  const range = high - low || 1n;
  /** @param {bigint} part in per cent */
  const share = (part) => `${Number((part * 1000n) / range) / 10}%`;
  /** @param {bigint} value */
  const bar = (value) => svg('svg', { width: '100%', height: 10, 'aria-hidden': 'true' }, svg('rect', { class: value < 0n ? 'bar minus' : 'bar', x: share(value < 0n ? value - low : -low), width: value ? share(value < 0n ? -value : value) : 0, height: 10, rx: 3 }));
  return h('figure.chart@chart', h('figcaption', h('b', label)),
    table(label, points.slice(0, ROWS), format, bar),
    points.length > ROWS && folded(t('chart.all', { count: points.length }), table(label, points, format, bar)));
}

/** @param {string} label */
const empty = (label) => h('figure.chart', h('figcaption', h('b', label)), quiet(t('chart.empty')));

/**
 * @param {string} label
 * @param {Point[]} points
 * @param {Chart['format']} format
 * @param {(value: bigint) => Node} [bar]
 */
function table(label, points, format, bar) {
  return h('table', { class: bar ? 'chart-rows' : 'chart-table' }, h('caption.unseen', label),
    h('tbody', ...points.map((point) => h('tr',
      rowHead(point.href ? link(point.href, point.label) : point.label),
      bar && h('td', { 'aria-hidden': 'true' }, bar(point.value)),
      h('td.number', format(point.value))))));
}
