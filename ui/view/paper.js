/** The pages of a report, as the same SVG that the PDF is made from. */
import { t } from '../text.js';
import { h } from './element.js';

/** @import {ReportView} from '../types/operations' */

/** @param {ReportView} report */
export function paper(report) {
  const total = report.pages.length;
  const narrow = /^\d+/.exec(report.widthMm);
  return h('div', { class: `desk ${narrow && Number(narrow[0]) > 120 ? 'sheets' : 'tapes'}`, test: 'paper' },
    ...report.pages.map((source, place) => h('figure', { class: 'paper', 'aria-label': t('report.page', { page: place + 1, total }) },
      page(source) ?? h('p', {}, t('report.bad-page')))));
}

/** @param {string} source @returns {SVGSVGElement | null} */
function page(source) {
  const root = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement;
  if (!(root instanceof SVGSVGElement)) return null;
  if (!root.hasAttribute('viewBox')) {
    const [width, height] = [root.getAttribute('width'), root.getAttribute('height')].map((size) => /^[\d.]+/.exec(size ?? '')?.[0]);
    if (!width || !height) return null;
    root.setAttribute('viewBox', `0 0 ${width} ${height}`);
  }
  root.removeAttribute('width');
  root.removeAttribute('height');
  return document.adoptNode(root);
}
