/** Registers: the home screen. The ones that need something stand first. */
import { asErrorView, call } from '../bridge.js';
import { localeName, t } from '../text.js';
import { hostOf } from '../session.js';
import { go, registerPath } from '../routes.js';
import { formatAmount, formatTiyn, toTiyn } from '../format/money.js';
import { formatDay, formatMoment } from '../format/time.js';
import { h, present } from '../view/element.js';
import { icon } from '../view/icons.js';
import { button } from '../view/button.js';
import { busy } from '../view/busy.js';
import { errorPanel } from '../view/error.js';
import { emptyPlace, waiting } from '../view/notice.js';
import { clockNotice, outboxNotice, dayBar, needsAttention, shiftDeadline, stateBadge } from '../view/state.js';

/** @import {BoardView, RegisterState, RegisterView} from '../types/operations' */
/** @import {Screen} from '../view/screen.js' */

/** From this many registers on, a search field helps. */
const MANY = 8;
/** How often ages and bars are drawn anew, ms. */
const TICK = 30_000;
/** @type {Record<RegisterState, number>} */
const RANK = { overdue: 0, blocked: 1, unknown: 2, open: 3, closed: 4 };

/** @returns {Screen} */
export function registersScreen() {
  /** @type {BoardView | null} */
  let board = null;
  let wanted = '';
  const at = h('span', { class: 'quiet-text' });
  const body = h('div', { class: 'stack' }, waiting(t('board.loading'), 5));
  const refresh = button(t('board.refresh'), { icon: 'refresh', test: 'refresh', press: () => void busy(refresh, t('board.refresh.busy'), read) });
  const table = h('div', {});

  async function read() {
    try {
      board = await call('board');
      at.textContent = t('board.at', { time: formatMoment(board.at) });
      draw(board);
    } catch (failure) {
      const panel = errorPanel(asErrorView(failure), { retry: load });
      if (board) { body.querySelector(':scope > [data-test=error]')?.remove(); body.prepend(panel); } else body.replaceChildren(panel);
    }
  }

  const load = () => void busy(refresh, t('board.refresh.busy'), read);

  /** @param {BoardView} shown */
  function draw(shown) {
    const search = shown.registers.length >= MANY && h('label', { class: 'search' }, icon('search'),
      h('input', { type: 'search', value: wanted, placeholder: t('board.search'), 'aria-label': t('board.search'), on: { input: (/** @type {InputEvent} */ event) => {
        wanted = /** @type {HTMLInputElement} */ (event.target).value;
        drawTable(shown);
      } } }));
    body.replaceChildren(...shown.problems.map((problem) => errorPanel(problem.error, {
      subject: t('board.problem', { login: problem.login, server: hostOf(problem.server) }), retry: problem.error.retryable ? load : undefined,
    })));
    body.append(...present(shown.registers.map((each) => (each.seen ? null : outboxNotice(each.outbox, each.name)))));
    if (shown.registers.length > 0) body.append(...present([clockNotice(shown.registers)]), summary(shown.registers), ...(search ? [search] : []), table);
    else if (shown.problems.length === 0) body.append(emptyPlace(t('board.empty'), t('board.empty.note')));
    drawTable(shown);
  }

  /** @param {BoardView} shown */
  function drawTable(shown) {
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    const found = shown.registers.filter((each) => {
      const all = [each.name, each.address, each.znm, each.rnm, each.kkm].join(' ').toLowerCase();
      return words.every((word) => all.includes(word));
    });
    table.replaceChildren(found.length > 0 ? registerTable(found) : emptyPlace(t('board.no-match'), '', 'search'));
  }

  const timer = setInterval(() => { if (board && !table.contains(document.activeElement)) drawTable(board); }, TICK);
  const element = h('div', { class: 'page', test: 'board' },
    h('header', { class: 'page-head' }, h('h1', { tabindex: '-1' }, t('board.title')), at, h('div', { class: 'page-actions' }, refresh)),
    body);
  return { title: t('board.title'), element, entered: load, refresh: load, leave: () => clearInterval(timer) };
}

/** @param {RegisterView[]} registers */
function summary(registers) {
  const open = registers.filter((each) => each.state === 'open' || each.state === 'overdue').length;
  const attention = registers.filter(needsAttention).length;
  const known = registers.map((each) => (each.cash === null ? null : toTiyn(each.cash))).filter((cash) => cash !== null);
  const cash = known.reduce((sum, each) => sum + each, 0n);
  const total = t('board.of', { total: registers.length });
  return h('dl', { class: 'figures three' },
    figure(t('board.sum.open'), String(open), total),
    figure(t('board.sum.attention'), String(attention), total, attention > 0 ? 'amber' : ''),
    figure(t('board.sum.cash'), known.length > 0 ? formatTiyn(cash) : '—', known.length > 0 ? '₸' : t('app.unknown')));
}

/** @param {string} label @param {string} value @param {string} unit @param {string} [colour] */
function figure(label, value, unit, colour = '') {
  return h('div', { class: colour }, h('dt', {}, colour && icon('alert'), label), h('dd', {}, h('b', {}, value), ' ', h('span', {}, unit)));
}

/**
 * Rows are grids, so that a whole row is one place to press; the roles keep the table a table for screen readers.
 * @param {RegisterView[]} registers
 */
function registerTable(registers) {
  const sorted = [...registers].sort((one, other) =>
    Number(other.unresolved !== null) - Number(one.unresolved !== null) || Number(needsAttention(other)) - Number(needsAttention(one)) || RANK[one.state] - RANK[other.state] || one.name.localeCompare(other.name, localeName(), { numeric: true }));
  return h('table', { class: 'rows board', role: 'table' },
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' },
      h('th', { role: 'columnheader', scope: 'col' }, t('board.column.name')),
      h('th', { role: 'columnheader', scope: 'col' }, t('board.column.state')),
      h('th', { role: 'columnheader', scope: 'col' }, t('board.column.age')),
      h('th', { role: 'columnheader', scope: 'col', class: 'number' }, t('board.column.cash')),
      h('th', { role: 'columnheader', scope: 'col', class: 'number' }, t('board.column.queue')),
      h('th', { role: 'columnheader', scope: 'col', class: 'number' }, t('board.column.last-z')))),
    h('tbody', { role: 'rowgroup' }, ...sorted.map(row)));
}

/** @param {RegisterView} register */
function row(register) {
  const { shift, lastZ, offlineQueue } = register;
  const open = () => go(registerPath(register));
  const identity = [register.znm && t('board.znm', { znm: register.znm }), register.rnm && t('board.rnm', { rnm: register.rnm })].filter((text) => text !== null && text !== '');
  const stateNote = register.unresolved ? t('board.unresolved')
    : register.outbox ? t('outbox.title', { count: register.outbox.waiting })
    : register.state === 'unknown' ? (register.seen ? t('board.seen', { time: formatMoment(register.seen) }) : t('board.never-seen'))
    : shift && shift.index !== null && register.state !== 'closed' ? t('shift.number', { index: shift.index }) : '';
  return h('tr', {
    test: `register-${register.kkm}`, role: 'row', tabindex: '-1', on: {
      click: open,
      keydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === 'Enter') { event.preventDefault(); open(); } },
    },
  },
  h('th', { role: 'rowheader', scope: 'row' }, h('a', { href: registerPath(register) }, register.name), register.address && h('p', {}, register.address), identity.length > 0 && h('p', {}, ...identity.flatMap((text) => [h('span', {}, text), ' ']))),
  h('td', { role: 'cell' }, stateBadge(register.state), stateNote && h('p', { class: register.unresolved || register.outbox ? 'amber-text' : '' }, stateNote)),
  h('td', { role: 'cell', class: 'age' }, ...(shift && (register.state === 'open' || register.state === 'overdue') ? age(register) : ['—'])),
  h('td', { role: 'cell', class: 'number strong' }, register.cash === null ? '—' : formatAmount(register.cash)),
  h('td', { role: 'cell', class: `number ${offlineQueue ? 'amber-text' : ''}` }, offlineQueue === null ? '—' : String(offlineQueue)),
  h('td', { role: 'cell', class: 'number' }, ...(lastZ ? [lastZ.shiftIndex === null ? '' : `№ ${lastZ.shiftIndex}`, h('p', {}, formatDay(lastZ.taken))] : ['—'])));
}

/** @param {RegisterView} register */
function age(register) {
  const stand = shiftDeadline(register);
  if (!stand) return ['—'];
  const { level, span } = stand;
  const text = t(level === 'over' ? 'shift.over' : 'shift.left', { time: span });
  return [h('span', { class: `age-text ${level}` }, text), dayBar(stand, text)];
}
