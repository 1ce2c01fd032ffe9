/** Journal: every operation with its state and timing; what is unknown, what waits for the link and what is printed stand above. */
import { asErrorView, call } from '../bridge.js';
import { t } from '../text.js';
import { operationPath, placePath, registerPath, reportPath } from '../routes.js';
import { formatMoment, formatStamp } from '../format/time.js';
import { h, present } from '../view/element.js';
import { button } from '../view/button.js';
import { busy } from '../view/busy.js';
import { confirm } from '../view/dialog.js';
import { errorPanel, isUncertain } from '../view/error.js';
import { settledNotice } from '../view/state.js';
import { emptyPlace, notice } from '../view/notice.js';
import { pagedTable } from '../view/pages.js';
import { printSection } from '../view/print-queue.js';
import { meet, nameOf, nameTag, registerChoice } from '../view/register-choice.js';
import { supportSaver } from '../view/support.js';
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
  const heading = h('h1', { tabindex: '-1' }, t('place.journal'));
  const outcome = h('div', { class: 'stack', role: 'status' });
  const unknown = h('div', { class: 'stack' });
  const outbox = h('section', { class: 'history', test: 'outbox' });
  const prints = printSection();
  const support = supportSaver();
  const registers = registerChoice(null, (chosen) => { register = chosen; void list.restart(); });
  const only = h('input', { type: 'checkbox', test: 'unresolved-only', on: { change: () => { unresolved = only.checked; void list.restart(); } } });
  const head = h('thead', {}, h('tr', {},
    h('th', { scope: 'col' }, t('cli.head.operation')),
    h('th', { scope: 'col' }, t('board.column.name')),
    h('th', { scope: 'col' }, t('cli.head.state')),
    h('th', { scope: 'col' }, t('cli.head.when')),
    h('th', { scope: 'col', class: 'number' }, t('journal.column.took')),
    h('th', { scope: 'col' }, t('register.history.kind')),
    h('th', { scope: 'col', class: 'number' }, t('journal.column.number'))));
  const list = pagedTable({
    read: (before) => call('journal', { input: { unresolved, server: register?.server ?? null, kkm: register?.kkm ?? null, before, limit: PAGE } }),
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
    return h('tr', { test: 'operation-line', on: { click: open } },
      h('th', { scope: 'row' }, h('a', { href: operationPath(line.number), on: { click: (/** @type {Event} */ event) => event.preventDefault() } }, t(`operation.${line.kind}`)), line.scheduled && h('p', {}, t('journal.scheduled')), line.state !== 'confirmed' && line.message && h('p', {}, line.message)),
      h('td', {}, nameTag(line)),
      h('td', {}, operationBadge(line)),
      h('td', {}, formatStamp(line.at)),
      h('td', { class: 'number' }, took(line) ?? '—'),
      h('td', {}, line.report === null ? '—' : h('a', { href: reportPath(line.report), on: { click: (/** @type {Event} */ event) => event.stopPropagation() } }, `№ ${line.report}`)),
      h('td', { class: 'number quiet-text' }, String(line.number)));
  }

  /** @param {Promise<void>} listed the list knows the registers' names */
  async function readUnknown(listed) {
    try {
      const [{ lines }] = await Promise.all([call('journal', { input: { unresolved: true, server: null, kkm: null, before: null, limit: UNKNOWN } }), listed]);
      meet(lines);
      unknown.replaceChildren(...lines.map(unknownPanel));
    } catch {
      // The list below says it.
    }
  }

  /** @param {OperationView} line */
  function unknownPanel(line) {
    const panel = notice('amber', 'unknown', t('unresolved.title', { operation: t(`operation.${line.kind}`) }),
      h('p', {}, t('unresolved.note', { time: formatMoment(line.sent ?? line.at) })),
      line.message && h('p', {}, line.message),
      h('div', { class: 'notice-actions' },
        button(t('unresolved.recover'), { kind: 'primary', test: 'recover', press: (pressed) => void busy(pressed, t('unresolved.busy'), () => recover(line), unknown.querySelectorAll('button')) }),
        button(t('journal.details'), { press: () => void operationDialog(line.number) }),
        h('a', { class: 'button quiet', href: registerPath(line) }, t('journal.to-register'))));
    panel.querySelector('.notice-title')?.append(' — ', nameTag(line));
    return panel;
  }

  /** @param {OperationView} line */
  async function recover(line) {
    try {
      const resolved = await call('recover', { server: line.server, kkm: line.kkm });
      outcome.replaceChildren(...resolved.map((each) => each.problem && !isUncertain(each.problem) ? errorPanel(each.problem)
        : each.state === 'unknown' ? notice('amber', 'unknown', t('unresolved.still'))
          : settledNotice(each)));
    } catch (failure) {
      outcome.replaceChildren(errorPanel(asErrorView(failure)));
    }
    await load();
    heading.focus();
  }

  /** @param {Promise<void>} listed */
  async function readOutbox(listed) {
    try {
      const [rows] = await Promise.all([call('outbox', { settled: false }), listed]);
      drawOutbox(rows);
    } catch (failure) {
      outbox.replaceChildren(errorPanel(asErrorView(failure), { retry: () => void readOutbox(listed) }));
    }
  }

  /** @param {QueuedView[]} rows */
  function drawOutbox(rows) {
    outbox.replaceChildren(...present(rows.length === 0 ? [] : [h('h2', {}, t('outbox.title', { count: rows.length })), h('p', { class: 'quiet-text' }, t('journal.outbox.note')), h('ul', { class: 'jobs' }, ...rows.map(queued))]));
  }

  /** @param {QueuedView} line */
  function queued(line) {
    const { server, kkm, number, problem } = line;
    const kind = t(line.kind === 'z' ? 'operation.z' : 'operation.open');
    /** @param {HTMLButtonElement} pressed @param {() => Promise<unknown>} work */
    const act = (pressed, work) => busy(pressed, t('journal.outbox.busy'), async () => {
      try {
        outcome.replaceChildren();
        await work();
      } catch (failure) {
        outcome.replaceChildren(errorPanel(asErrorView(failure)));
      }
      await load();
      heading.focus();
    }, outbox.querySelectorAll('button'));
    return h('li', { class: `job ${line.state}`, test: 'queued-line' }, h('div', {},
      h('p', { class: 'job-title' }, `${kind} — `, nameTag(line), ' ', h('span', {}, formatMoment(line.date))),
      h('p', {}, t(line.state === 'stopped' ? 'cli.in-queue.stopped' : 'cli.in-queue.queued'), ' · ', t('journal.outbox.deadline', { time: formatMoment(line.deadline) })),
      line.message && h('p', { class: 'amber-text' }, line.message),
      problem && h('p', { class: 'amber-text' }, `${problem.message} ${problem.remedy}`)),
    h('div', { class: 'job-ways' },
      button(t('journal.outbox.replay'), { icon: 'refresh', test: 'replay', press: (pressed) => void act(pressed, async () => {
        const failed = (await call('replay', { server, kkm })).find((each) => each.problem)?.problem;
        if (failed) throw failed;
      }) }),
      button(t('journal.outbox.withdraw'), { kind: 'quiet', test: 'withdraw', press: async (pressed) => {
        if (await confirm({ title: t('journal.outbox.withdraw.title', { operation: kind, name: nameOf(line) }), note: t('journal.outbox.withdraw.note'), yes: t('journal.outbox.withdraw') })) await act(pressed, () => call('withdraw', { number }));
      } })));
  }

  async function load() {
    prints.load();
    const listed = list.restart();
    await Promise.all([readUnknown(listed), readOutbox(listed)]);
  }

  const element = h('div', { class: 'page journal', test: 'journal' },
    h('header', { class: 'page-head' }, heading, h('div', { class: 'page-actions' }, support.save)),
    support.outcome,
    outcome,
    unknown,
    outbox,
    prints.element,
    h('section', { class: 'history' },
      h('div', { class: 'filters-line' }, h('h2', {}, t('journal.operations')), registers.select, h('label', { class: 'tick' }, only, t('journal.unresolved-only'))),
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
      outcome.replaceChildren();
      void load();
    },
    // Who reads further down is not thrown back to the top.
    settled: () => {
      if (scrollY < NEAR_TOP) void load();
      else void readUnknown(Promise.resolve());
    },
  };
}
