/** The choice of one register or all: those of the board, and those that were met in a list. */
import { call } from '../bridge.js';
import { inOrder, t } from '../text.js';
import { keyOf } from '../board-memory.js';
import { hostOf, session } from '../session.js';
import { fill, findAll, focusedElement, h, options } from './parts.js';

/** @import {RegisterKey} from '../routes.js' */

/** Names by server and id, in each of the two rooms. @type {Map<string, Map<string, string>>} */
const met = new Map();

function names() {
  const { mode } = session();
  const known = met.get(mode) ?? new Map();
  met.set(mode, known);
  return known;
}

/** @param {RegisterKey} register */
export const nameOf = (register) => names().get(keyOf(register)) ?? t('paper.title.register', { id: register.kkm });

/** The same as a part of the page, which is mended when the name is heard. @param {RegisterKey} register */
export const nameTag = (register) => h('span', { 'data-register': keyOf(register) }, nameOf(register));

/**
 * @param {RegisterKey | null} chosen
 * @param {(register: RegisterKey | null) => void} changed
 */
export function registerChoice(chosen, changed) {
  const select = h('select@register-filter', { label: t('list.register'), on: { change } });
  let value = chosen && keyOf(chosen);
  let drawn = '';

  function draw() {
    const known = [...names()];
    if (value && !names().has(value) && chosen) known.push([value, nameOf(chosen)]);
    const text = `${value} ${known.join()}`;
    // An open list must not change under the pointer.
    if (text === drawn || focusedElement() === select) return;
    drawn = text;
    const compare = inOrder();
    // “Касса 1” and “Касса 01” compare alike.
    known.sort(([, one], [, other]) => compare(one, other) || Number(one > other) - Number(one < other));
    // Names that two registers have stand side by side.
    const twice = (/** @type {number} */ at) => [known[at - 1], known[at + 1]].some((near) => near?.[1] === known[at]?.[1]);
    fill(select, ...options([['', t('list.register.all')], ...known.map(([id, name], at) => /** @type {const} */ ([id, twice(at) ? `${name} · ${hostOf(id.split(' ')[1] ?? '')}` : name]))], value ?? ''));
  }

  function change() {
    const [kkm, server = ''] = select.value.split(' ');
    value = select.value || null;
    changed(kkm ? { server, kkm: Number(kkm) } : null);
  }

  /** @param {RegisterKey | null} register */
  function choose(register) {
    chosen = register;
    value = register && keyOf(register);
    draw();
    select.value = value ?? '';
  }

  draw();
  if (names().size === 0) void call('board').then(({ registers }) => { meet(registers); draw(); }, () => undefined);
  return { select, draw, choose };
}

/** @param {{server: string, kkm: number, name?: string, kkmName?: string | null}[]} seen */
export function meet(seen) {
  for (const each of seen) {
    const name = each.name ?? each.kkmName;
    if (!name || names().has(keyOf(each))) continue;
    names().set(keyOf(each), name);
    for (const tag of findAll(document, `[data-register="${CSS.escape(keyOf(each))}"]`)) fill(tag, name);
  }
}
