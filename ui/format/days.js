/** Days of the calendar as `2026-11-24`, the periods people ask for, and the bars that a long one is put into. */
import { localeName } from '../text.js';
import { DAY } from './time.js';

/** @param {string} day */
const date = (day) => new Date(`${day}T00:00Z`);
/** @param {string} day @param {number} days */
const shifted = (day, days) => new Date(date(day).getTime() + days * DAY).toISOString().slice(0, 10);
/** Of a week that begins on Monday. @param {string} day */
const weekday = (day) => (date(day).getUTCDay() + 6) % 7;
/** @param {string} day */
const firstOfMonth = (day) => `${day.slice(0, 8)}01`;

export const PERIODS = /** @type {const} */ (['month', 'last-month', '7', '30', '90', 'year']);
/** @typedef {typeof PERIODS[number] | 'all' | 'today' | 'yesterday' | 'week'} PeriodName */

/**
 * @param {PeriodName} period
 * @param {string} today
 * @returns {[string, string]} its first and last day
 */
export function daysOf(period, today) {
  switch (period) {
    case 'all': return ['', ''];
    case 'today': return [today, today];
    case 'yesterday': return [shifted(today, -1), shifted(today, -1)];
    case 'week': return [shifted(today, -weekday(today)), today];
    case 'month': return [firstOfMonth(today), today];
    case 'last-month': {
      const last = shifted(firstOfMonth(today), -1);
      return [firstOfMonth(last), last];
    }
    case 'year': return [`${today.slice(0, 4)}-01-01`, today];
    default: return [shifted(today, 1 - Number(period)), today];
  }
}

/** So many days are shown one by one, and so many by the week. */
const BY_DAY = 31;
const BY_WEEK = 190;

/**
 * The bars of a period: each begins on its first day within it.
 * @param {string} from
 * @param {string} to
 * @returns {{step: 'day' | 'week' | 'month', bars: {from: string, to: string}[]}}
 */
export function barsOf(from, to) {
  const days = Math.round((date(to).getTime() - date(from).getTime()) / DAY) + 1;
  const step = days <= BY_DAY ? 'day' : days <= BY_WEEK ? 'week' : 'month';
  const bars = [];
  for (let day = from; day <= to;) {
    const last = step === 'day' ? day
      : step === 'week' ? shifted(day, 6 - weekday(day))
        : shifted(firstOfMonth(shifted(firstOfMonth(day), 31)), -1);
    bars.push({ from: day, to: last < to ? last : to });
    day = shifted(last, 1);
  }
  return { step, bars };
}

/**
 * As short as an axis needs it. The web view's own data may not know how Kazakh writes dates.
 * @param {string} day
 * @param {'day' | 'dayOfMonth' | 'month'} form
 */
export function shortDay(day, form) {
  const [year, month, date] = day.split('-');
  return { day: [date, month, year], dayOfMonth: [date, month], month: [month, year] }[form].join(localeName().startsWith('en') ? '/' : '.');
}
