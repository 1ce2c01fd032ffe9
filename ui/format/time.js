/**
 * Times as people read them, at the offset the shell tells. The web view's own time-zone data may be older than the
 * system's (Kazakhstan moved to UTC+5 in 2024), and the page must say the same hour as the paper.
 */
import { localeName, numberLocale, t } from '../text.js';

const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

let offset = 0;

/** @param {number} minutes east of UTC */
export function setOffset(minutes) {
  offset = minutes * MINUTE;
}

/** A date whose UTC fields are the local ones. @param {string | number} time */
function local(time) {
  return new Date(new Date(time).getTime() + offset);
}

/** The local day as date inputs and the shell write it. @param {string | number} time */
export function localDay(time) {
  return local(time).toISOString().slice(0, 10);
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const made = new Map();

/**
 * A date by the form of this name, as the page's language writes it.
 * @param {keyof typeof FORMS} form
 * @param {Date} date
 */
function written(form, date) {
  const locale = localeName();
  if (locale.startsWith('kk')) return inKazakh(form, date);
  const name = `${locale} ${form}`;
  const format = made.get(name) ?? new Intl.DateTimeFormat(locale, { ...FORMS[form], timeZone: 'UTC' });
  made.set(name, format);
  return format.format(date);
}

const KAZAKH_MONTHS = ['қаңтар', 'ақпан', 'наурыз', 'сәуір', 'мамыр', 'маусым', 'шілде', 'тамыз', 'қыркүйек', 'қазан', 'қараша', 'желтоқсан'];

/** Not every web view has the Kazakh forms: some write `M11 29` and believe it. @param {keyof typeof FORMS} form @param {Date} date */
function inKazakh(form, date) {
  const [day, clock] = [date.toISOString().slice(0, 10).split('-').reverse().join('.'), date.toISOString().slice(11, form === 'exact' ? 19 : 16)];
  if (form === 'clock') return clock;
  if (form === 'day') return day;
  return form === 'dayAndClock' ? `${date.getUTCDate()} ${KAZAKH_MONTHS[date.getUTCMonth()]} ${clock}` : `${day} ${clock}`;
}

const CLOCK = /** @type {const} */ ({ hour: '2-digit', minute: '2-digit' });
const DATE = /** @type {const} */ ({ day: '2-digit', month: '2-digit', year: 'numeric' });
/** @satisfies {Record<string, Intl.DateTimeFormatOptions>} */
const FORMS = {
  clock: CLOCK,
  dayAndClock: { ...CLOCK, day: 'numeric', month: 'long' },
  day: DATE,
  compact: { ...DATE, ...CLOCK },
  exact: { ...DATE, ...CLOCK, second: '2-digit' },
};

/** @param {string} time @returns {string} the hour today, otherwise with its day */
export function formatMoment(time) {
  const date = local(time);
  if (Number.isNaN(date.getTime())) return time;
  const today = localDay(time) === localDay(Date.now());
  return written(today ? 'clock' : 'dayAndClock', date);
}

/** @param {string} time */
export function formatDay(time) {
  const date = local(time);
  return Number.isNaN(date.getTime()) ? time : written('day', date);
}

/** @param {string} time @param {boolean} [exact] to the second */
export function formatStamp(time, exact = false) {
  const date = local(time);
  return Number.isNaN(date.getTime()) ? time : written(exact ? 'exact' : 'compact', date);
}

/** @param {number} milliseconds not negative */
export function formatSpan(milliseconds) {
  const minutes = Math.floor(milliseconds / MINUTE);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? t('time.hm', { hours, minutes: String(minutes % 60).padStart(2, '0') }) : t('time.m', { minutes });
}

/** How long something took, to the hundredth of a second where it was short. @param {number} milliseconds not negative */
export function formatTook(milliseconds) {
  return milliseconds < MINUTE ? t('time.s', { seconds: (Math.max(milliseconds, 10) / 1000).toLocaleString(numberLocale(), { maximumFractionDigits: milliseconds < 1000 ? 2 : 1 }) }) : formatSpan(milliseconds);
}

/**
 * Where a shift stands between its opening and the deadline.
 * @param {string} overdueAt
 * @param {number} now by the server's clock, ms
 */
export function deadline(overdueAt, now) {
  const left = new Date(overdueAt).getTime() - now;
  const spent = Math.min(Math.max(1 - left / DAY, 0), 1);
  /** @type {'calm' | 'soon' | 'over'} */
  const level = left < 0 ? 'over' : left < 2 * 60 * MINUTE ? 'soon' : 'calm';
  return { left, span: formatSpan(Math.abs(left)), percent: Math.round(spent * 1000) / 10, level };
}
