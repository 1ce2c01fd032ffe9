/** Analytics: what the archived Z-reports of a period come to. */
import {
  call, daysOf, emptyPlace, errorPanel, fill, h, heading, instead, limitedTo, localDay, meet, outputPlace, pageHead, periodChoice, PERIODS,
  registerChoice, savedNote, t, waiting, warningsNotice,
} from '../kit.js';
import { charts, heroes } from './analytics-figures.js';

/** @import {SummaryInput, SummaryView} from '../types/operations' */
/** @import {Child} from '../view/parts.js' */
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
    Object.assign(asked, limitedTo(chosen));
    void read();
  });
  const period = periodChoice({ periods: PERIODS, words: (each) => t(`analytics.period.${each}`), daysOf: (each) => daysOf(each, today), days: [asked.from, asked.to], limits: { max: today, required: true } }, apply);
  const body = h('div.analytics-body@analytics-body', waiting(t('analytics.loading'), 4));
  const { place, buttons, output } = outputPlace();
  for (const format of /** @type {const} */ (['pdf', 'xlsx'])) output(`@save-${format}`, t(`analytics.as.${format}`), async () => savedNote((await call('save_summary', { input: asked, format })).path));
  output('@print-summary', t('report.print'), async () => {
    await call('print_summary', { input: asked });
    return h('p', t('analytics.printed'));
  }, 'print');

  function apply() {
    const { from, to } = period;
    if (!from.value || !to.value || !period.draw()) return;
    asked.from = from.value;
    asked.to = to.value;
    void read();
  }

  async function read() {
    const mine = ++reading;
    fill(place);
    body.ariaBusy = 'true';
    /** @type {Child[]} */
    let drawn;
    try {
      const view = await call('summary', { input: asked });
      if (mine !== reading) return;
      meet(view.registers);
      registers.draw();
      for (const each of buttons) each.disabled = view.total.shifts === 0;
      drawn = shown(view);
    } catch (failure) {
      drawn = [errorPanel(failure, { retry: read })];
    }
    if (mine !== reading) return;
    fill(body, ...drawn);
    body.ariaBusy = null;
  }

  period.draw();
  return {
    title: t('place.analytics'),
    element: h('div.page@analytics',
      pageHead([heading(t('place.analytics'))], ...buttons),
      h('form.stack.near', { on: { submit: instead(apply) } },
        h('div.filters-line.analytics-filter',
          ...period.parts, registers.select, period.wrong)),
      place, body),
    entered: read,
    refresh: read,
  };
}

/** @param {SummaryView} view */
function shown(view) {
  const remarks = warningsNotice(view.remarks);
  if (view.total.shifts === 0) return [emptyPlace(t('analytics.empty'), t('analytics.empty.note')), remarks];
  return [heroes(view), remarks, ...charts(view)];
}
