/** One family of icons: 20 px, a line of 1.6, round ends. They carry no meaning alone and are hidden from screen readers. */
import { svg } from './element.js';

const paths = {
  open: ['M10 3.2a6.8 6.8 0 1 0 0 13.6a6.8 6.8 0 0 0 0-13.6z', 'M10 6.4V10l2.4 1.6'],
  overdue: ['M10 3.2 17.4 16.4H2.6z', 'M10 8v4', 'M10 14.1v.2'],
  closed: ['M10 3.2a6.8 6.8 0 1 0 0 13.6a6.8 6.8 0 0 0 0-13.6z', 'M7.2 10.2l2 2 3.8-4.2'],
  blocked: ['M5 9.2h10v7.3H5z', 'M7 9V6.8a3 3 0 0 1 6 0V9'],
  unknown: ['M10 3.2a6.8 6.8 0 1 0 0 13.6a6.8 6.8 0 0 0 0-13.6z', 'M8 8.2a2 2 0 1 1 2.7 1.9c-.5.2-.7.5-.7 1.1', 'M10 13.4v.2'],
  check: ['M4.5 10.5l3.6 3.6L15.5 6.5'],
  alert: ['M10 3.2a6.8 6.8 0 1 0 0 13.6a6.8 6.8 0 0 0 0-13.6z', 'M10 6.6v4', 'M10 13.2v.2'],
  back: ['M12 4.5 6.5 10l5.5 5.5'],
  forward: ['M8 4.5l5.5 5.5L8 15.5'],
  refresh: ['M16 10a6 6 0 1 1-1.8-4.3', 'M16.2 3.2v3.2H13'],
  account: ['M10 3.6a3 3 0 1 0 0 6a3 3 0 0 0 0-6z', 'M4 16.4c.6-3 3-4.4 6-4.4s5.400 1.400 6 4.400'],
  save: ['M10 3.5v8.5', 'M6.600 8.800 10 12.200l3.400-3.400', 'M4 13.500v2.500h12v-2.500'],
  print: ['M6 7.4V3.6h8v3.8', 'M6 13.4H3.800V7.400h12.400v6H14', 'M6 11.400h8v5H6z'],
  report: ['M5.500 3.200h9v13.600l-2.250-1.700-2.250 1.700-2.250-1.700-2.250 1.700z', 'M8 7h4', 'M8 10h4'],
  training: ['M2.800 8 10 4.800 17.200 8 10 11.200z', 'M6 9.800v3.400c1.200 1.300 2.500 1.800 4 1.800s2.800-.5 4-1.800V9.800'],
  table: ['M3.500 5h13', 'M3.500 10h13', 'M3.500 15h13'],
  cards: ['M3.500 4h5.500v5H3.500z', 'M11 4h5.500v5H11z', 'M3.500 11.500h5.500v5H3.500z', 'M11 11.500h5.500v5H11z'],
  search: ['M9 4a5 5 0 1 0 0 10a5 5 0 0 0 0-10z', 'M12.700 12.700 16.200 16.200'],
};

/** @typedef {keyof typeof paths} IconName */

/** @param {IconName} name */
export function icon(name) {
  const lines = paths[name].map((d) => svg('path', { d }));
  return svg('svg', { class: 'icon', viewBox: '0 0 20 20', width: 20, height: 20, 'aria-hidden': 'true', focusable: 'false' }, ...lines);
}
