/** One family of icons: 20 px, a line of 1.6, round ends. They carry no meaning alone and are hidden from screen readers. */

const CIRCLE = 'M10 3.2a6.8 6.8 0 1 0 0 13.6a6.8 6.8 0 0 0 0-13.6z';

export const paths = {
  open: CIRCLE + 'M10 6.4V10l2.4 1.6',
  overdue: 'M10 3.2 17.4 16.4H2.6zM10 8v4M10 14.1v.2',
  closed: CIRCLE + 'M7.2 10.2l2 2 3.8-4.2',
  blocked: 'M5 9.2h10v7.3H5zM7 9V6.8a3 3 0 0 1 6 0V9',
  unknown: CIRCLE + 'M8 8.2a2 2 0 1 1 2.7 1.9c-.5.2-.7.5-.7 1.1M10 13.4v.2',
  check: 'M4.5 10.5l3.6 3.6L15.5 6.5',
  alert: CIRCLE + 'M10 6.6v4M10 13.2v.2',
  back: 'M12 4.5 6.5 10l5.5 5.5',
  forward: 'M8 4.5l5.5 5.5L8 15.5',
  refresh: 'M16 10a6 6 0 1 1-1.8-4.3M16.2 3.2v3.2H13',
  account: 'M10 3.6a3 3 0 1 0 0 6a3 3 0 0 0 0-6zM4 16.4c.6-3 3-4.4 6-4.4s5.4 1.4 6 4.4',
  save: 'M10 3.5v8.5M6.6 8.8 10 12.2l3.4-3.4M4 13.5v2.5h12v-2.5',
  print: 'M6 7.4V3.6h8v3.8M6 13.4H3.8V7.4h12.4v6H14M6 11.4h8v5H6z',
  report: 'M5.5 3.2h9v13.6l-2.25-1.7-2.25 1.7-2.25-1.7-2.25 1.7zM8 7h4M8 10h4',
  training: 'M2.8 8 10 4.8 17.2 8 10 11.2zM6 9.8v3.4c1.2 1.3 2.5 1.8 4 1.8s2.8-.5 4-1.8V9.8',
  table: 'M3.5 5h13M3.5 10h13M3.5 15h13',
  cards: 'M3.5 4h5.5v5H3.5zM11 4h5.5v5H11zM3.5 11.5h5.5v5H3.5zM11 11.5h5.5v5H11z',
  search: 'M9 4a5 5 0 1 0 0 10a5 5 0 0 0 0-10zM12.7 12.7 16.2 16.2',
};

