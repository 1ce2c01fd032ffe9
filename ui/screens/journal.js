/** Journal: every operation with its state and timing; what is unknown, what waits for the link and what is printed stand above. */
import {
  button, call, checkbox, column, emptyPlace, errorPanel, fill, find, findAll, formatStamp, h, heading, instead, keyOf, limitedTo, link, listIn,
  live, meet, nameTag, operationPath, outboxList, pagedTable, pageHead, placePath, printSection, quiet, recoverButton, registerChoice, registerPath,
  renew, reportPath, rowHead, settledNotice, supportSaver, t, tableHead, unresolvedNotice, ways,
} from '../kit.js';
import { operationBadge, operationDialog, took } from './operation.js';

/** @import {OperationView, QueuedView} from '../types/operations' */
/** @import {RegisterKey} from '../routes.js' */
/** @import {Screen} from '../view/screen.js' */

/** So many operations a page has. */
const PAGE = 100;
/** Nearer to the top than this, px, the list may be read anew by itself. */
const NEAR_TOP = 200;
/** So many unknown ones are told one by one. */
const UNKNOWN = 50;

/** @param {number | null} number a row to show at once @returns {Screen} */
export function journalScreen(number) {
  /** @type {RegisterKey | null} */
  let register = null;
  let unresolved = false;
  const title = heading(t('place.journal'));
  const outcome = live('div.stack');
  const unknown = h('div.stack');
  const drawUnknown = listIn(unknown, unknownPanel);
  const outbox = h('section.history@outbox');
  const jobs = h('div.jobs');
  const drawQueued = listIn(jobs, queued);
  const prints = printSection();
  const support = supportSaver();
  const registers = registerChoice(null, (chosen) => { register = chosen; void list.restart(); });
  const only = checkbox('@unresolved-only', { on: { change: () => { unresolved = only.checked; void list.restart(); } } });
  const head = tableHead(
    column(t('cli.head.operation')),
    column(t('board.column.name')),
    column(t('cli.head.state')),
    column(t('cli.head.when')),
    column(t('journal.column.took'), 'number'),
    column(t('register.history.kind')),
    column(t('journal.column.number'), 'number'));
  const list = pagedTable({
    read: (before) => call('journal', { input: { unresolved, ...limitedTo(register), before, limit: PAGE } }),
    row, head, label: t('place.journal'), loading: t('journal.loading'),
    empty: () => unresolved ? emptyPlace(t('journal.nothing-unknown'), t('journal.nothing-unknown.note'), 'closed') : register ? emptyPlace(t('journal.nothing'), '', 'search') : emptyPlace(t('journal.empty'), t('journal.empty.note')),
    changed: (lines) => {
      meet(lines);
      registers.draw();
    },
  });

  /** @param {OperationView} line */
  function row(line) {
    const open = () => void operationDialog(line.number);
    return h('tr@operation-line', { on: { click: open } },
      rowHead(h('a', { href: operationPath(line.number), on: { click: instead() } }, t(`operation.${line.kind}`)), line.scheduled && h('p', t('journal.scheduled')), line.state !== 'confirmed' && line.message && h('p', line.message)),
      h('td', nameTag(line)),
      h('td', operationBadge(line)),
      h('td', formatStamp(line.at)),
      h('td.number', took(line) ?? '—'),
      h('td', line.report === null ? '—' : h('a', { href: reportPath(line.report), on: { click: (event) => event.stopPropagation() } }, `№ ${line.report}`)),
      h('td.number.soft', String(line.number)));
  }

  /** @param {Promise<void>} listed the list knows the registers' names */
  async function readUnknown(listed) {
    try {
      const [{ lines }] = await Promise.all([call('journal', { input: { unresolved: true, server: null, kkm: null, before: null, limit: UNKNOWN } }), listed]);
      meet(lines);
      drawUnknown(lines);
    } catch {
      // The list below says it.
    }
  }

  /** @param {OperationView} line */
  function unknownPanel(line) {
    const panel = unresolvedNotice(line,
      ways(
        recoverButton(() => recover(line), { busy: t('unresolved.busy'), with: () => findAll(unknown, 'button') }),
        button('', t('journal.details'), () => void operationDialog(line.number)),
        h('a.button.quiet', { href: registerPath(line) }, t('journal.to-register'))));
    find(panel, '.notice-title')?.append(' — ', nameTag(line));
    return panel;
  }

  /** @param {OperationView} line */
  async function recover(line) {
    try {
      fill(outcome, ...(await call('recover', { server: line.server, kkm: line.kkm })).map(settledNotice));
    } catch (failure) {
      fill(outcome, errorPanel(failure));
    }
    await load();
    title.focus();
  }

  /** @param {Promise<void>} listed */
  async function readOutbox(listed) {
    try {
      const [rows] = await Promise.all([call('outbox', { settled: false }), listed]);
      drawOutbox(rows);
    } catch (failure) {
      fill(outbox, errorPanel(failure, { retry: () => void readOutbox(listed) }));
    }
  }

  /** @param {QueuedView[]} rows */
  function drawOutbox(rows) {
    const of = new Set(rows.map(keyOf));
    renew(outbox, ...rows.length === 0 ? [] : [h('h2', t('outbox.title', { count: rows.length })), quiet(t('journal.outbox.note')), jobs]);
    drawQueued([...of].map((key) => rows.filter((row) => keyOf(row) === key)));
  }

  /** What waits on one register. @param {QueuedView[]} rows */
  function queued(rows) {
    const [first] = rows;
    return h('section', first && link(registerPath(first), nameTag(first)), outboxList(rows, (failure) => {
      // Above the list, which is drawn anew.
      fill(outcome, failure ? errorPanel(failure) : '');
      void load().then(() => title.focus());
    }));
  }

  async function load() {
    prints.load();
    const listed = list.restart();
    await Promise.all([readUnknown(listed), readOutbox(listed)]);
  }

  const element = h('div.page.journal@journal',
    pageHead([title], support.save),
    support.outcome,
    outcome,
    unknown,
    outbox,
    prints.element,
    h('section.history',
      h('div.filters-line', h('h2', t('journal.operations')), registers.select, h('label.tick', only, t('journal.unresolved-only'))),
      list.element));
  return {
    title: t('place.journal'),
    element,
    entered: () => {
      void load();
      if (number !== null) {
        history.replaceState(null, '', placePath('journal'));
        void operationDialog(number);
      }
    },
    refresh: () => {
      fill(outcome);
      void load();
    },
    // Who reads further down is not thrown back to the top.
    settled: () => {
      if (scrollY < NEAR_TOP) void load();
      else void readUnknown(Promise.resolve());
    },
  };
}
