/** Analytics: what the archived Z-reports of a period come to. */
import {
  busy, button, call, daysOf, emptyPlace, errorPanel, fill, h, localDay, meet, notice, PERIODS, present, registerChoice, savedNote, t, waiting,
} from '../kit.js';
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
  const from = h('input@from', { type: 'date', value: asked.from, max: today, required: true });
  const to = h('input@to', { type: 'date', value: asked.to, max: today, required: true });
  const periods = PERIODS.map((each) => button(t(`analytics.period.${each}`), { kind: 'quiet', test: `period-${each}`, press: () => { [from.value, to.value] = daysOf(each, today); apply(); } }));
  const wrong = h('p.field-error', { role: 'alert', hidden: true }, t('archive.days-reversed'));
  const body = h('div.analytics-body@analytics-body', waiting(t('analytics.loading'), 4));
  const outcome = h('div.saved', { role: 'status' });
  const outputs = [
    ...(/** @type {const} */ (['pdf', 'xlsx'])).map((format) => button(t(`analytics.as.${format}`), { icon: 'save', test: `save-${format}`, press: (pressed) => void tried(pressed, t('report.save.busy'), async () => savedNote((await call('save_summary', { input: asked, format })).path)) })),
    button(t('report.print'), { icon: 'print', test: 'print-summary', press: (pressed) => void tried(pressed, t('report.print.busy'), async () => {
      await call('print_summary', { input: asked });
      return h('p', t('analytics.printed'));
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
    fill(outcome);
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
      drawn = [errorPanel(failure, { retry: () => void read() })];
    }
    if (mine !== reading) return;
    fill(body, ...drawn);
    body.removeAttribute('aria-busy');
  }

  /** @param {HTMLButtonElement} pressed @param {string} text @param {() => Promise<HTMLElement>} work */
  function tried(pressed, text, work) {
    return busy(pressed, text, async () => {
      fill(outcome);
      try {
        outcome.append(await work());
      } catch (failure) {
        outcome.append(errorPanel(failure, { dismiss: () => fill(outcome) }));
      }
    }, outputs);
  }

  for (const each of [from, to]) each.addEventListener('change', apply);
  draw();
  return {
    title: t('place.analytics'),
    element: h('div.page@analytics',
      h('header.page-head', h('h1', { tabindex: '-1' }, t('place.analytics')), h('div.page-actions.analytics-outputs', ...outputs)),
      h('form.filters', { on: { submit: (event) => { event.preventDefault(); apply(); } } },
        h('div.filters-line.analytics-filter',
          h('div.chips', { role: 'group', 'aria-label': t('archive.period') }, ...periods),
          h('label.day', h('span', t('archive.from')), from), h('label.day', h('span', t('archive.to')), to),
          registers.select, wrong)),
      outcome, body),
    entered: () => void read(),
    refresh: () => void read(),
  };
}

/** @param {SummaryView} view */
function shown(view) {
  const remarks = view.remarks.length > 0 && notice('amber', 'overdue', t('report.warnings'), h('ul.warnings@remarks', ...view.remarks.map((remark) => h('li', remark))));
  if (view.total.shifts === 0) return present([emptyPlace(t('analytics.empty'), t('analytics.empty.note')), remarks]);
  return present([heroes(view), remarks, ...charts(view)]);
}
