/** The reports of one register, newest first. */
import { asErrorView, call } from '../bridge.js';
import { t } from '../text.js';
import { go, reportPath } from '../routes.js';
import { formatAmount } from '../format/money.js';
import { formatStamp } from '../format/time.js';
import { h } from '../view/element.js';
import { errorPanel } from '../view/error.js';
import { emptyPlace, waiting } from '../view/notice.js';

/** @import {ReportLine} from '../types/operations' */
/** @import {RegisterKey} from '../routes.js' */

/** So many reports are listed. */
const HISTORY = 200;

/** @param {RegisterKey} register */
export function historySection(register) {
  const body = h('div', {}, waiting(t('register.history.loading')));

  async function read() {
    try {
      const { lines } = await call('archive', { input: { ...register, text: null, kind: null, from: null, to: null, after: null, limit: HISTORY } });
      body.replaceChildren(lines.length > 0 ? table(lines) : emptyPlace(t('register.history.empty'), t('register.history.empty.note')));
    } catch (failure) {
      body.replaceChildren(errorPanel(asErrorView(failure), { retry: () => void read() }));
    }
  }

  return { element: h('section', { class: 'history' }, h('h2', {}, t('register.history')), body), load: () => void read() };
}

/** @param {ReportLine[]} lines */
function table(lines) {
  return h('table', { class: 'rows' },
    h('thead', {}, h('tr', {},
      h('th', { scope: 'col' }, t('register.history.kind')),
      h('th', { scope: 'col' }, t('register.history.shift')),
      h('th', { scope: 'col' }, t('register.history.taken')),
      h('th', { scope: 'col', class: 'number' }, t('register.history.amount')),
      h('th', { scope: 'col', class: 'number' }, t('register.history.number')))),
    h('tbody', {}, ...lines.map(reportRow)));
}

/** @param {ReportLine} line */
export function reportRow(line) {
  const open = () => go(reportPath(line.number));
  return h('tr', {
    test: 'report-line', tabindex: '-1', on: {
      click: open,
      keydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === 'Enter') { event.preventDefault(); open(); } },
    },
  },
  h('th', { scope: 'row' }, h('a', { href: reportPath(line.number) }, t(`kind.${line.kind}`))),
  h('td', {}, line.shiftIndex === null ? '—' : `№ ${line.shiftIndex}`),
  h('td', {}, formatStamp(line.taken)),
  h('td', { class: 'number strong' }, line.amount === null ? '—' : formatAmount(line.amount)),
  h('td', { class: 'number quiet-text' }, String(line.number)));
}
