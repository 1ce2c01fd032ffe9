/** The cash count that was made before a shift was closed, and the figures of a report. */
import { t } from '../text.js';
import { formatAmount, formatTenge } from '../format/money.js';
import { fact, h, notice } from './parts.js';

/** @import {CashCountView, ReportView} from '../types/operations' */

/** @param {CashCountView | null} count */
export function counted(count) {
  if (!count) return null;
  const { difference } = count;
  const matches = difference !== null && /^-?0\.00$/.test(difference);
  const title = difference === null ? t('report.counted') : matches ? t('report.counted.match')
    : t(difference.startsWith('-') ? 'close.short' : 'close.over', { amount: formatAmount(difference.replace('-', '')) });
  return notice(matches ? 'green' : difference === null ? 'grey' : 'red', matches ? 'check' : 'alert', title,
    h('p', t('report.counted.sums', { counted: formatAmount(count.counted), expected: formatAmount(count.expected) })),
    count.reason && h('p', t('report.counted.reason', { reason: count.reason })));
}

/** @param {ReportView['figures']} figures amounts and counts */
export const figureFacts = (figures) => figures.map(({ label, value }) => fact(label, /^-?\d+\.\d{2}$/.test(value) ? formatTenge(value) : value));
