/** One operation of the journal, whole: its steps with their times, what it carried, and the exchange as support needs it. */
import { asErrorView, call } from '../bridge.js';
import { t } from '../text.js';
import { hostOf } from '../session.js';
import { registerPath, reportPath } from '../routes.js';
import { formatStamp, formatTook } from '../format/time.js';
import { h, present } from '../view/element.js';
import { icon } from '../view/icons.js';
import { button } from '../view/button.js';
import { counted } from '../view/counted.js';
import { openDialog } from '../view/dialog.js';
import { errorPanel } from '../view/error.js';
import { waiting } from '../view/notice.js';
import { nameTag } from '../view/register-choice.js';

/** @import {OperationDetailsView, OperationState, OperationView} from '../types/operations' */
/** @import {IconName} from '../view/icons.js' */

/** The colour (that of a register's state) and the icon. @type {Record<OperationState, [string, IconName]>} */
const LOOKS = { prepared: ['', 'open'], sent: ['', 'forward'], confirmed: ['open', 'closed'], refused: ['overdue', 'alert'], unknown: ['unknown', 'unknown'], abandoned: ['', 'blocked'] };

/** @param {OperationView} operation */
export function operationBadge({ state, code }) {
  const [colour, picture] = LOOKS[state];
  return h('span', { class: `state ${colour}`, test: 'operation-state' }, icon(picture), t(code === 'unknown-outcome' && state !== 'unknown' ? 'operation-state.unclear' : `operation-state.${state}`));
}

/** How long the answer took; null where there was none. @param {OperationView} operation */
export function took({ state, sent, settled }) {
  if (!sent || !settled || state === 'unknown') return null;
  return formatTook(Math.max(0, new Date(settled).getTime() - new Date(sent).getTime()));
}

/** @param {number} number */
export async function operationDialog(number) {
  const body = h('div', { class: 'stack' }, waiting(t('journal.loading')));
  const dialog = h('dialog', { class: 'dialog wide', test: 'operation', 'aria-label': t('error.journal', { number }) },
    h('form', { method: 'dialog' }, body, h('footer', { class: 'dialog-actions' }, h('button', { class: 'button plain', autofocus: true }, t('app.close')))));
  openDialog(dialog);
  try {
    body.replaceChildren(...present(parts(await call('operation', { number }))));
  } catch (failure) {
    body.replaceChildren(errorPanel(asErrorView(failure)));
  }
}

/** @param {OperationDetailsView} details */
function parts(details) {
  const { row } = details;
  /** @param {string} name @param {string | Node | null} value */
  const fact = (name, value) => value !== null && h('div', {}, h('dt', {}, name), h('dd', {}, value));
  const lasted = took(row);
  return [
    h('header', { class: 'operation-head' }, h('h2', {}, t(`operation.${row.kind}`)), operationBadge(row)),
    h('p', { class: 'quiet-text' }, h('a', { href: registerPath(row) }, nameTag(row)), ` · ${hostOf(row.server)} · ${t('error.journal', { number: row.number })}`),
    row.message && h('p', {}, row.message),
    row.problem && errorPanel(row.problem),
    h('ol', { class: 'steps-line' }, step(t('cli.card.written'), row.at), step(t('cli.card.sent'), row.sent), step(row.state === 'unknown' ? t('journal.became-unknown') : t('cli.card.settled'), row.settled, lasted && t('journal.took', { time: lasted }))),
    counted(details.cashCount),
    h('dl', { class: 'facts' }, ...present([
      fact(t('cli.card.archived'), row.report === null ? null : h('a', { href: reportPath(row.report), test: 'operation-report' }, `№ ${row.report}`)),
      fact(t('journal.account'), details.login),
      fact(t('journal.scheduled'), row.scheduled && formatStamp(row.scheduled)),
      fact('IdShift', details.shift === null ? null : String(details.shift)),
      fact(t('cli.card.autonomous'), details.autonomous && formatStamp(details.autonomous)),
      fact(t('cli.card.code'), row.code && h('code', {}, row.code)),
      fact('Uid', details.uid && h('code', {}, details.uid)),
      fact(t('cli.card.next-uid'), details.nextUid && h('code', {}, details.nextUid)),
    ])),
    exchange(details),
  ];
}

/** @param {string} name @param {string | null} time @param {string | null} [note] */
function step(name, time, note = null) {
  return h('li', { class: time ? 'done' : '' }, h('span', {}, name), h('b', {}, time ? formatStamp(time, true) : '—'), note && h('span', {}, note));
}

/** JSON in lines that can be read, every number as it came; whatever else it is, as it is. @param {string} text */
function pretty(text) {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  return text.replace(/"(?:[^"\\]|\\.)*"|[{}[\],:]|\s+/g, (token) => {
    switch (token) {
      case '{': case '[': depth += 1; return token + line();
      case '}': case ']': depth -= 1; return line() + token;
      case ',': return token + line();
      case ':': return ': ';
      default: return token.trim() && token;
    }
  });
}

/** @param {OperationDetailsView} details */
function exchange({ row, body, raw }) {
  const request = h('pre', { tabindex: '0', 'aria-label': t('cli.card.request') }, pretty(body));
  const answer = h('pre', { tabindex: '0', 'aria-label': t('cli.card.server-answer'), test: 'operation-answer' }, raw === null ? t('journal.no-answer') : pretty(raw));
  const told = h('span', { role: 'status', class: 'quiet-text' });
  const both = h('div', {}, h('h3', {}, t('cli.card.request')), request, h('h3', {}, t('cli.card.server-answer')), answer);

  async function copy() {
    try {
      await navigator.clipboard.writeText([t('error.journal', { number: row.number }), row.server, `${row.kind} ${row.state} ${row.code ?? ''}`, row.at, request.textContent, answer.textContent].join('\n'));
      told.textContent = t('journal.copied');
    } catch {
      // Where the web view does not let a page write it, the person does: it is marked.
      getSelection()?.selectAllChildren(both);
      told.textContent = t('journal.marked');
    }
  }

  return h('details', { class: 'notes exchange' }, h('summary', { test: 'exchange' }, icon('forward'), t('journal.exchange')),
    h('p', { class: 'quiet-text' }, t('journal.exchange.note')), both, h('div', { class: 'saved-ways' }, button(t('journal.copy'), { test: 'copy', press: () => void copy() }), told));
}
