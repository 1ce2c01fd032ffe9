/** Analytics: what the archived Z-reports of a period come to. */
import { asErrorView, call } from '../bridge.js';
import { t } from '../text.js';
import { h, present } from '../view/element.js';
import { button } from '../view/button.js';
import { busy } from '../view/busy.js';
import { errorPanel } from '../view/error.js';
import { emptyPlace, notice, waiting } from '../view/notice.js';
import { meet, registerChoice } from '../view/register-choice.js';
import { savedNote } from '../view/saved.js';
import { PERIODS, daysOf } from '../format/days.js';
import { localDay } from '../format/time.js';
import { charts, heroes } from './analytics-figures.js';

/** @import {SummaryInput, SummaryView} from '../types/operations' */
/** @import {Screen} from '../view/screen.js' */

/** What was looked at last; it is there again on the way back. @type {SummaryInput | null} */
let last = null;

/** @returns {Screen} */
export function analyticsScreen() {
  const today = localDay(Date.now());
  const [first, end] = daysOf('30', today);
  const asked = last ??= { from: first, to: end, server: null, kkm: null };
  let reading = 0;
  const registers = registerChoice(asked.server !== null && asked.kkm !== null ? { server: asked.server, kkm: asked.kkm } : null, (chosen) => {
    asked.server = chosen?.server ?? null;
    asked.kkm = chosen?.kkm ?? null;
    void read();
  });
  const from = h('input', { type: 'date', value: asked.from, max: today, required: true, test: 'from' });
  const to = h('input', { type: 'date', value: asked.to, max: today, required: true, test: 'to' });
  const periods = PERIODS.map((each) => button(t(`analytics.period.${each}`), { kind: 'quiet', test: `period-${each}`, press: () => { [from.value, to.value] = daysOf(each, today); apply(); } }));
  const wrong = h('p', { class: 'field-error', role: 'alert', hidden: true }, t('archive.days-reversed'));
  const body = h('div', { class: 'analytics-body', test: 'analytics-body' }, waiting(t('analytics.loading'), 4));
  const outcome = h('div', { class: 'saved', role: 'status' });
  const outputs = [
    ...(/** @type {const} */ (['pdf', 'xlsx'])).map((format) => button(t(`analytics.as.${format}`), { icon: 'save', test: `save-${format}`, press: (pressed) => void tried(pressed, t('report.save.busy'), async () => savedNote((await call('save_summary', { input: asked, format })).path)) })),
    button(t('report.print'), { icon: 'print', test: 'print-summary', press: (pressed) => void tried(pressed, t('report.print.busy'), async () => {
      await call('print_summary', { input: asked });
      return h('p', {}, t('analytics.printed'));
    }) }),
  ];

  function draw() {
    PERIODS.forEach((each, place) => {
      const [start, stop] = daysOf(each, today);
      periods[place]?.setAttribute('aria-pressed', String(start === from.value && stop === to.value));
    });
    wrong.hidden = from.value <= to.value;
  }

  function apply() {
    if (!from.value || !to.value) return;
    draw();
    if (!wrong.hidden) return;
    asked.from = from.value;
    asked.to = to.value;
    void read();
  }

  async function read() {
    const mine = ++reading;
    outcome.replaceChildren();
    body.setAttribute('aria-busy', 'true');
    /** @type {(Node | string)[]} */
    let drawn;
    try {
      const view = await call('summary', { input: asked });
      if (mine !== reading) return;
      meet(view.registers);
      registers.draw();
      for (const each of outputs) each.disabled = view.total.shifts === 0;
      drawn = shown(view);
    } catch (failure) {
      drawn = [errorPanel(asErrorView(failure), { retry: () => void read() })];
    }
    if (mine !== reading) return;
    body.replaceChildren(...drawn);
    body.removeAttribute('aria-busy');
  }

  /** @param {HTMLButtonElement} pressed @param {string} text @param {() => Promise<HTMLElement>} work */
  function tried(pressed, text, work) {
    return busy(pressed, text, async () => {
      outcome.replaceChildren();
      try {
        outcome.append(await work());
      } catch (failure) {
        outcome.append(errorPanel(asErrorView(failure), { dismiss: () => outcome.replaceChildren() }));
      }
    }, outputs);
  }

  for (const each of [from, to]) each.addEventListener('change', apply);
  draw();
  return {
    title: t('place.analytics'),
    element: h('div', { class: 'page', test: 'analytics' },
      h('header', { class: 'page-head' }, h('h1', { tabindex: '-1' }, t('place.analytics')), h('div', { class: 'page-actions analytics-outputs' }, ...outputs)),
      h('form', { class: 'filters', on: { submit: (/** @type {Event} */ event) => { event.preventDefault(); apply(); } } },
        h('div', { class: 'filters-line analytics-filter' },
          h('div', { class: 'chips', role: 'group', 'aria-label': t('archive.period') }, ...periods),
          h('label', { class: 'day' }, h('span', {}, t('archive.from')), from), h('label', { class: 'day' }, h('span', {}, t('archive.to')), to),
          registers.select, wrong)),
      outcome, body),
    entered: () => void read(),
    refresh: () => void read(),
  };
}

/** @param {SummaryView} view */
function shown(view) {
  const remarks = view.remarks.length > 0 && notice('amber', 'overdue', t('report.warnings'), h('ul', { class: 'warnings', test: 'remarks' }, ...view.remarks.map((remark) => h('li', {}, remark))));
  if (view.total.shifts === 0) return present([emptyPlace(t('analytics.empty'), t('analytics.empty.note')), remarks]);
  return present([heroes(view), remarks, ...charts(view)]);
}
