/** The pages of a report, as the same SVG that the PDF is made from. */
import { t } from '../text.js';
import { numbered } from '../format/money.js';
import { h, joined } from './parts.js';

/** @import {ReportView} from '../types/operations' */

/** @param {ReportView} report */
export function paper(report) {
  const total = report.pages.length;
  const narrow = /^\d+/.exec(report.widthMm);
  const name = joined(', ', t(`kind.${report.kind}`), report.kkmName, numbered(report.shiftIndex, ''));
  const desk = h('div@paper', { class: `desk ${narrow && Number(narrow[0]) > 120 ? 'sheets' : 'tapes'}`, tabindex: '0', role: 'group', label: name },
    ...report.pages.map((source, place) => h('figure.paper', { label: t('report.page', { page: place + 1, total }) },
      page(source, name) ?? h('p', t('report.bad-page')))));
  desk.style.setProperty('--paper-width', `${report.widthMm}mm`);
  return desk;
}

/** @param {string} source @param {string} name said aloud @returns {SVGSVGElement | null} */
function page(source, name) {
  const root = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement;
  if (!(root instanceof SVGSVGElement)) return null;
  if (!root.hasAttribute('viewBox')) {
    const [width, height] = [root.getAttribute('width'), root.getAttribute('height')].map((size) => /^[\d.]+/.exec(size ?? '')?.[0]);
    if (!width || !height) return null;
    root.setAttribute('viewBox', `0 0 ${width} ${height}`);
  }
  root.setAttribute('role', 'img');
  root.setAttribute('aria-label', name);
  root.removeAttribute('width');
  root.removeAttribute('height');
  return document.adoptNode(root);
}
