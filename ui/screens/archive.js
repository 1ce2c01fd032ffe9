/** Archive: every report, found by words, register, kind and day; the paper beside the list; many at once to a file or a printer. */
import {
  archived, button, call, checkbox, column, emptyPlace, errorPanel, fill, find, focusOn, formatAmount, formatStamp, go, h, hasFocus, heading, icon,
  joined, meet, numbered, pagedTable, pageHead, paper, prevent, reportPath, rowHead, session, t, tableHead,
} from '../kit.js';
import { continuityDialog, verifyDialog } from './archive-checks.js';
import { archiveFilter } from './archive-filter.js';
import { archiveOutputs } from './archive-outputs.js';

/** @import {ReportLine} from '../types/operations' */
/** @import {Screen} from '../view/screen.js' */

/** So many reports a page has. */
const PAGE = 100;
/** The focus rests so long on a row before its paper is read, ms. */
const REST = 160;
/** Nearer to the top than this, px, what is new may be shown by itself. */
const NEAR_TOP = 200;
/** From this width on there is room for the paper beside the list. */
const wide = matchMedia('(min-width: 1100px)');

/** The archive as it was left: who comes back from a report finds it at the same row. @type {{address: string, screen: Screen} | null} */
let kept = null;

/** @param {string} query @returns {Screen} */
export function archiveScreen(query) {
  const { mode, language, utcOffsetMinutes } = session();
  if (kept?.address === `${mode} ${language} ${utcOffsetMinutes} ${query}`) return kept.screen;

  /** @type {Map<number, ReportLine>} */
  const selected = new Map();
  /** @type {ReportLine[]} */
  let lines = [];
  let whole = true;
  /** The place of the row that has the focus, and of the one ticked last. */
  let at = 0;
  let ticked = 0;
  let scrolled = 0;
  const seen = preview();
  const filter = archiveFilter(query, restart);
  const outputs = archiveOutputs({ selected: () => [...selected.keys()], query: () => filter.input(), clear: () => { selected.clear(); drawTicks(); moveTo(at); } });
  const all = checkbox('@select-all', { label: t('archive.select-all'), on: { change: () => {
    for (const line of lines) tick(line, all.checked);
    drawTicks();
  } } });
  const head = tableHead(
    column(all),
    column(t('register.history.kind')),
    column(t('board.column.name')),
    column(t('register.history.shift')),
    column(t('register.history.taken')),
    column(t('register.history.amount'), 'number'),
    column(t('archive.column.number'), 'number'));
  const list = pagedTable({
    read: (after) => archived({ ...filter.input(), after, limit: PAGE }),
    row, head, label: t('place.archive'), loading: t('register.history.loading'),
    empty: () => filter.isEmpty() ? emptyPlace(t('archive.empty'), t('archive.empty.note')) : nothing(),
    changed: (now, end) => {
      lines = now;
      whole = end;
      element.classList.toggle('none', lines.length === 0);
      meet(lines);
      filter.met();
      drawTicks();
      // Before anybody moves, the newest report lies there.
      if (at === 0) seen.show(lines[0]);
    },
  });

  function nothing() {
    const place = emptyPlace(t('archive.nothing'), t('archive.nothing.note'), 'search');
    place.append(button('@clear-filters', t('archive.clear'), () => filter.clear()));
    return place;
  }

  async function restart() {
    const within = hasFocus(list.element);
    at = ticked = 0;
    await list.restart();
    // What is not shown any more is not meant any more.
    for (const number of selected.keys()) if (!lines.some((line) => line.number === number)) selected.delete(number);
    drawTicks();
    if (within) moveTo(0);
    keep();
  }

  /** @param {ReportLine} line @param {boolean} on */
  function tick(line, on) {
    if (on) selected.set(line.number, line);
    else selected.delete(line.number);
  }

  /** @param {number} place @param {boolean} on @param {boolean} range from the one ticked before */
  function tickAt(place, on, range) {
    const [from, to] = range ? [Math.min(ticked, place), Math.max(ticked, place)] : [place, place];
    for (const line of lines.slice(from, to + 1)) tick(line, on);
    ticked = place;
    drawTicks();
  }

  function drawTicks() {
    lines.forEach((line, place) => {
      const element = list.body.children[place];
      const box = find(element, 'input');
      if (!(element instanceof HTMLElement) || !box) return;
      element.tabIndex = place === at ? 0 : -1;
      box.checked = selected.has(line.number);
      element.classList.toggle('chosen', box.checked);
    });
    all.checked = lines.length > 0 && selected.size === lines.length;
    all.indeterminate = selected.size > 0 && !all.checked;
    outputs.draw(lines.length, whole);
  }

  /** @param {number} place */
  function moveTo(place) {
    focusOn(list.body.children[place]);
  }

  /** @param {ReportLine} line */
  function row(line) {
    const place = () => lines.findIndex((each) => each.number === line.number);
    const open = () => go(reportPath(line.number));
    const box = checkbox('@select-report', {
      tabindex: '-1', label: t('archive.select', { number: line.number }),
      on: { click: (event) => { event.stopPropagation(); tickAt(place(), box.checked, event.shiftKey); } },
    });
    /** @type {Record<string, () => void>} */
    const keys = { Enter: open, ' ': () => tickAt(place(), !selected.has(line.number), false), ArrowDown: () => moveTo(place() + 1), ArrowUp: () => moveTo(place() - 1), Home: () => moveTo(0), End: () => moveTo(lines.length - 1) };
    const element = h('tr@report-line', {
      on: {
        click: open,
        focusin: () => {
          list.body.children[at]?.setAttribute('tabindex', '-1');
          at = place();
          element.setAttribute('tabindex', '0');
          seen.show(line);
        },
        mouseenter: () => seen.show(line),
        keydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
            prevent(event);
            const next = place() + (event.key === 'ArrowDown' ? 1 : -1);
            if (!selected.has(line.number)) tickAt(place(), true, false);
            tickAt(next, true, true);
            return moveTo(next);
          }
          const key = keys[event.key];
          if (!key || event.ctrlKey || event.metaKey || event.altKey) return;
          prevent(event);
          key();
        },
      },
    },
    h('td.tick-cell', { on: { click: (event) => { event.stopPropagation(); if (event.target !== box) box.click(); } } }, box),
    rowHead(h('a', { href: reportPath(line.number), tabindex: '-1' }, t(`kind.${line.kind}`))),
    h('td', line.kkmName),
    h('td', numbered(line.shiftIndex)),
    h('td', formatStamp(line.taken)),
    h('td.number.strong', formatAmount(line.amount)),
    h('td.number.soft', String(line.number)));
    return element;
  }

  /** Reports may have come while the list was away. */
  async function look() {
    const { lines: [first] } = await archived(filter.input());
    if (first?.number !== lines[0]?.number) await restart();
  }

  function keep() {
    kept = { address: `${mode} ${language} ${utcOffsetMinutes} ${filter.query()}`, screen };
  }

  const element = h('div.page.archive@archive',
    pageHead([heading(t('place.archive'))],
      button('@continuity', t('archive.continuity'), () => continuityDialog(filter.register()), { icon: 'check' }),
      button('@verify', t('archive.verify'), verifyDialog, { icon: 'blocked' })),
    filter.element,
    outputs.element,
    h('div.archive-columns', h('div', list.element, h('p.keys-note', t('archive.keys'))), seen.element));
  let entered = false;
  /** @type {Screen} */
  const screen = {
    title: t('place.archive'),
    element,
    entered: () => {
      keep();
      if (!entered) {
        entered = true;
        return void restart();
      }
      scrollTo(0, scrolled);
      focusOn(list.body.children[at], { preventScroll: true });
      // What cannot be read is said when it is asked for.
      look().catch(() => undefined);
    },
    refresh: restart,
    // Who reads further down is not thrown back to the top.
    settled: () => { if (scrollY < NEAR_TOP) look().catch(() => undefined); },
    leave: () => { scrolled = scrollY; seen.stop(); },
  };
  return screen;
}

/** The paper of the report at which the list is. */
function preview() {
  const element = h('aside.preview@preview', { label: t('archive.preview') });
  let asked = 0;
  let shown = 0;
  let timer = 0;

  /** @param {ReportLine} line */
  async function read({ number, kind, shiftIndex }) {
    const mine = ++asked;
    try {
      const report = await call('report', { number });
      if (mine !== asked) return;
      shown = number;
      fill(element, h('a.preview-head', { href: reportPath(number) }, joined(' ', t(`kind.${kind}`), numbered(shiftIndex, '')), icon('forward')), paper(report));
    } catch (failure) {
      if (mine === asked) fill(element, errorPanel(failure));
    }
  }

  return {
    element,
    stop: () => clearTimeout(timer),
    /** @param {ReportLine | undefined} line */
    show: (line) => {
      clearTimeout(timer);
      if (!line) fill(element);
      if (!line || !wide.matches || line.number === shown) return;
      timer = setTimeout(() => void read(line), REST);
    },
  };
}
