/** What holds of each register: its automatic close and its permit for autonomous work. */
import { asErrorView, call } from '../../bridge.js';
import { t } from '../../text.js';
import { hostOf } from '../../session.js';
import { registerPath } from '../../routes.js';
import { h, present } from '../../view/element.js';
import { icon } from '../../view/icons.js';
import { confirm } from '../../view/dialog.js';
import { errorPanel } from '../../view/error.js';
import { emptyPlace, waiting } from '../../view/notice.js';
import { saves, storedRow, tick } from './row.js';

/** @import {RegisterKey} from '../../routes.js' */

/** So many registers are listed; of more, one is searched. */
const MOST = 50;

/** @typedef {RegisterKey & {name: string, licensed: boolean}} Line */

/** @param {RegisterKey} key */
const nameOf = (key) => `${key.kkm} ${key.server}`;

export function registerRows() {
  const body = h('div', { class: 'setting-wide' }, waiting(t('board.loading')));
  void read();

  async function read() {
    try {
      const [board, licences] = await Promise.all([call('board'), call('licences')]);
      /** @type {Map<string, Line>} */
      const lines = new Map(board.registers.map((each) => [nameOf(each), { ...each, licensed: false }]));
      for (const { server, kkm, name } of licences) lines.set(nameOf({ server, kkm }), { server, kkm, name: lines.get(nameOf({ server, kkm }))?.name ?? name ?? String(kkm), licensed: true });
      body.replaceChildren(...listing([...lines.values()].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))));
    } catch (failure) {
      body.replaceChildren(errorPanel(asErrorView(failure), { retry: () => void read() }));
    }
  }

  return [storedRow('blind-count', { label: t('settings.blind-count'), note: t('settings.blind-count.note') }, tick()), body];
}

/** @param {Line[]} lines */
function listing(lines) {
  if (lines.length === 0) return [emptyPlace(t('board.empty'))];
  const rows = h('tbody');
  const rest = h('p', { class: 'quiet-text', role: 'status' });
  const several = new Set(lines.map((line) => line.server)).size > 1;

  /** @param {string} wanted */
  function draw(wanted) {
    const found = lines.filter((line) => `${line.name} ${line.kkm}`.toLowerCase().includes(wanted.trim().toLowerCase()));
    rows.replaceChildren(...found.slice(0, MOST).map((line) => lineRow(line, several)));
    rest.textContent = found.length === 0 ? t('board.no-match') : found.length > MOST ? t('settings.registers.rest', { shown: MOST, total: found.length }) : '';
  }

  draw('');
  return present([
    lines.length > 8 && h('label', { class: 'search' }, icon('search'), h('input', { type: 'search', placeholder: t('settings.registers.find'), 'aria-label': t('settings.registers.find'), on: { input: (/** @type {any} */ event) => draw(event.target.value) } })),
    h('table', { class: 'setting-table' }, h('caption', { class: 'unseen' }, t('settings.group.registers')),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('board.column.name')), h('th', { scope: 'col' }, t('settings.licence')))), rows),
    rest,
    h('p', { class: 'quiet-text' }, t('settings.licence.note')),
  ]);
}

/** @param {Line} line @param {boolean} several servers */
function lineRow(line, several) {
  const { server, kkm, name } = line;
  const licence = tick();
  licence.checked = line.licensed;
  licence.dataset.test = `licence-${kkm}`;
  licence.setAttribute('aria-label', t('settings.licence.of', { name }));
  const told = saves(licence, async (value) => {
    const licensed = value === 'on';
    if (licensed && !(await confirm({ title: t('settings.licence.title', { name }), note: t('settings.licence.ask'), yes: t('settings.licence.yes') }))) return null;
    await call('set_licence', { server, kkm, licensed });
    line.licensed = licensed;
    return value;
  });
  return h('tr', {},
    h('th', { scope: 'row' }, h('a', { href: registerPath(line) }, name), several && h('p', { class: 'quiet-text' }, hostOf(server))),
    h('td', {}, licence, told));
}
