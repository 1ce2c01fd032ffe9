/** The choice of a period: its first and its last day, and at one press those that people ask for. */
import { t } from '../text.js';
import { button, h } from './parts.js';

/**
 * @template {string} P
 * @param {object} of
 * @param {readonly P[]} of.periods
 * @param {(period: P) => string} of.words
 * @param {(period: P) => [string, string]} of.daysOf
 * @param {(string | null)[]} of.days chosen at first
 * @param {{max?: string, required?: boolean}} [of.limits]
 * @param {() => void} changed
 */
export function periodChoice({ periods, words, daysOf, days, limits }, changed) {
  const from = h('input@from', { type: 'date', value: days[0], ...limits, on: { change: changed } });
  const to = h('input@to', { type: 'date', value: days[1], ...limits, on: { change: changed } });
  const chips = periods.map((each) => button(`.quiet@period-${each}`, words(each), () => { [from.value, to.value] = daysOf(each); changed(); }));
  const wrong = h('p.field-error', { role: 'alert', hidden: true }, t('archive.days-reversed'));
  return {
    from, to, wrong,
    parts: [
      h('div.chips.small', { role: 'group', label: t('archive.period') }, ...chips),
      h('label.day', h('span', t('archive.from')), from), h('label.day', h('span', t('archive.to')), to),
    ],
    /** Marks the one that is chosen. @returns whether the days are in their order */
    draw() {
      periods.forEach((each, place) => {
        const [first, last] = daysOf(each);
        chips[place]?.setAttribute('aria-pressed', String(first === from.value && last === to.value));
      });
      for (const each of [from, to]) each.className = each.value ? '' : 'unset';
      wrong.hidden = !(from.value && to.value && from.value > to.value);
      return wrong.hidden;
    },
  };
}
