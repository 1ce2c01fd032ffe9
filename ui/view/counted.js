/** The cash count that was made before a shift was closed. */
import { t } from '../text.js';
import { formatAmount } from '../format/money.js';
import { h, notice } from './parts.js';

/** @import {CashCountView} from '../types/operations' */

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
