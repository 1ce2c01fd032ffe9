/** One operation of the journal, whole: its steps with their times, what it carried, and the exchange as support needs it. */
import {
  button, call, counted, errorPanel, fact, fill, formatStamp, formatTook, h, hostOf, icon, link, live, nameTag, quiet, registerPath, reportPath, showDialog,
  t, waiting,
} from '../kit.js';

/** @import {OperationDetailsView, OperationState, OperationView} from '../types/operations' */
/** @import {IconName} from '../view/parts.js' */

/** The colour (that of a register's state) and the icon. @type {Record<OperationState, [string, IconName]>} */
const LOOKS = { prepared: ['', 'open'], sent: ['', 'forward'], confirmed: ['open', 'closed'], refused: ['overdue', 'alert'], unknown: ['unknown', 'unknown'], abandoned: ['', 'blocked'] };

/** @param {OperationView} operation */
export function operationBadge({ state, code }) {
  const [colour, picture] = LOOKS[state];
  return h('span@operation-state', { class: `state ${colour}` }, icon(picture), t(code === 'unknown-outcome' && state !== 'unknown' ? 'operation-state.unclear' : `operation-state.${state}`));
}

/** How long the answer took; null where there was none. @param {OperationView} operation */
export function took({ state, sent, settled }) {
  if (!sent || !settled || state === 'unknown') return null;
  return formatTook(Math.max(0, new Date(settled).getTime() - new Date(sent).getTime()));
}

/** @param {number} number */
export async function operationDialog(number) {
  const body = h('div.stack', waiting(t('journal.loading')));
  showDialog(t('error.journal', { number }), { test: 'operation', wide: true }, body);
  try {
    fill(body, ...parts(await call('operation', { number })));
  } catch (failure) {
    fill(body, errorPanel(failure));
  }
}

/** @param {OperationDetailsView} details */
function parts(details) {
  const { row } = details;
  /** @param {string} name @param {string | Node | null} value */
  const known = (name, value) => value !== null && fact(name, value);
  const lasted = took(row);
  return [
    h('header.operation-head', h('h2', t(`operation.${row.kind}`)), operationBadge(row)),
    quiet(link(registerPath(row), nameTag(row)), ` · ${hostOf(row.server)} · ${t('error.journal', { number: row.number })}`),
    row.message && h('p', row.message),
    row.problem && errorPanel(row.problem),
    h('ol.steps-line', step(t('cli.card.written'), row.at), step(t('cli.card.sent'), row.firstSent), row.sent !== row.firstSent && step(t('cli.card.sent-again'), row.sent), step(row.state === 'unknown' ? t('journal.became-unknown') : t('cli.card.settled'), row.settled, lasted && t('journal.took', { time: lasted }))),
    counted(details.cashCount),
    h('dl.facts',
      known(t('cli.card.archived'), row.report === null ? null : h('a@operation-report', { href: reportPath(row.report) }, `№ ${row.report}`)),
      known(t('journal.account'), details.login),
      known(t('journal.scheduled'), row.scheduled && formatStamp(row.scheduled)),
      known('IdShift', details.shift === null ? null : String(details.shift)),
      known(t('cli.card.autonomous'), details.autonomous && formatStamp(details.autonomous)),
      known(t('cli.card.code'), row.code && h('code', row.code)),
      known('Uid', details.uid && h('code', details.uid)),
      known(t('cli.card.next-uid'), details.nextUid && h('code', details.nextUid))),
    exchange(details),
  ];
}

/** @param {string} name @param {string | null} time @param {string | null} [note] */
function step(name, time, note = null) {
  return h('li', { class: time ? 'done' : '' }, h('span', name), h('b', time ? formatStamp(time, true) : '—'), note && h('span', note));
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
  const request = h('pre', { tabindex: '0', label: t('cli.card.request') }, pretty(body));
  const answer = h('pre@operation-answer', { tabindex: '0', label: t('cli.card.server-answer') }, raw === null ? t('journal.no-answer') : pretty(raw));
  const told = live('span.soft');
  const both = h('div', h('h3', t('cli.card.request')), request, h('h3', t('cli.card.server-answer')), answer);

  async function copy() {
    try {
      await navigator.clipboard.writeText([t('error.journal', { number: row.number }), row.server, `${row.kind} ${row.state} ${row.code ?? ''}`, row.at, request.textContent, answer.textContent].join('\n'));
      fill(told, t('journal.copied'));
    } catch {
      // Where the web view does not let a page write it, the person does: it is marked.
      getSelection()?.selectAllChildren(both);
      fill(told, t('journal.marked'));
    }
  }

  return h('details.notes.exchange', h('summary@exchange', icon('forward'), t('journal.exchange')),
    quiet(t('journal.exchange.note')), both, h('div.ways.small', button('@copy', t('journal.copy'), copy), told));
}
