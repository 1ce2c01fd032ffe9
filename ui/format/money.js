/** Exact amounts: decimal strings of the shell, whole tiyn as `bigint`, never a floating number. They are written as the language does. */
import { localeName } from '../text.js';

/** Between thousands, and before the fraction. */
const SIGNS = { metric: { thousands: '\u202f', fraction: ',' }, english: { thousands: ',', fraction: '.' } };
const MINUS = '\u2212';

function isEnglish() {
  return localeName().startsWith('en');
}

function signs() {
  return isEnglish() ? SIGNS.english : SIGNS.metric;
}

/** `"1228340.94"` as `1 228 340,94`, in English as `1,228,340.94`; a dash where it is not known. @param {string | null} amount */
export function formatAmount(amount) {
  if (amount === null) return '—';
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  if (!whole) return amount;
  return `${sign && MINUS}${group(whole)}${signs().fraction}${fraction.padEnd(2, '0')}`;
}

/** The same in tenge. @param {string | null} amount */
export const formatTenge = (amount) => (amount === null ? '—' : `${formatAmount(amount)} ₸`);

/** A shift by its number; a dash, or `none`, where it has none. @param {number | null | undefined} index @param {string} [none] */
export const numbered = (index, none = '—') => (index === null || index === undefined ? none : `№ ${index}`);

/** @param {bigint} tiyn */
export function formatTiyn(tiyn) {
  return formatAmount(toAmount(tiyn));
}

/** @param {string} digits */
export function group(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, signs().thousands);
}

/** The shell's own decimal string in tiyn; null when it has a fraction finer than a tiyn or is no number. @param {string} amount */
export function toTiyn(amount) {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/.exec(amount) ?? [];
  if (!whole) return null;
  const tiyn = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return sign ? -tiyn : tiyn;
}

/** @param {bigint} tiyn */
export function toAmount(tiyn) {
  const size = tiyn < 0n ? -tiyn : tiyn;
  return `${tiyn < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}

/**
 * What a person typed (`1 228 340,94`), in tiyn; null when it is not an amount. In English commas stand between thousands,
 * and one that does not is taken for the point that was meant.
 * @param {string} typed
 */
export function parseTyped(typed) {
  const plain = typed.replace(/[\s\u00a0\u202f\u2009₸]/g, '');
  const grouped = isEnglish() && /^\d{1,3}(,\d{3})+(\.\d{1,2})?$/.test(plain);
  const text = grouped ? plain.replaceAll(',', '') : plain.replace(',', '.');
  return /^\d{1,12}(\.\d{1,2})?$/.test(text) ? toTiyn(text) : null;
}
