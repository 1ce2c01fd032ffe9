/** What of the archive is asked for; it stands in the address, so that it is there again on the way back. */
import { daysOf, entry, h, icon, instead, limitedTo, localDay, options, periodChoice, placePath, registerChoice, t } from '../kit.js';

/** @import {ReportKind} from '../types/operations' */

/** Typing rests so long before it is searched, ms. */
const TYPED = 220;
/** @type {ReportKind[]} */
const KINDS = ['z', 'x', 'sections'];
const PERIODS = /** @type {const} */ (['all', 'today', 'yesterday', 'week', 'month']);

/**
 * @param {string} query as in the address
 * @param {() => void} changed
 */
export function archiveFilter(query, changed) {
  const given = new URLSearchParams(query);
  const [server, kkm] = [given.get('server'), given.get('kkm')];
  let register = server && kkm ? { server, kkm: Number(kkm) } : null;
  let timer = 0;
  const text = entry('@archive-search', { type: 'search', name: 'text', value: given.get('text'), placeholder: t('archive.search'), label: t('archive.search'), on: { input: () => { clearTimeout(timer); timer = setTimeout(apply, TYPED); } } });
  const registers = registerChoice(register, (chosen) => { register = chosen; apply(); });
  const kind = h('select@kind-filter', { label: t('archive.kind'), on: { change: apply } }, ...options([['', t('archive.kind.all')], ...KINDS.map((each) => /** @type {const} */ ([each, t(`kind.${each}`)]))], given.get('kind')));
  const period = periodChoice({ periods: PERIODS, words: (each) => t(`period.${each}`), daysOf: (each) => daysOf(each, localDay(Date.now())), days: [given.get('from'), given.get('to')] }, apply);
  const { from, to } = period;

  function apply() {
    clearTimeout(timer);
    if (!period.draw()) return;
    const asked = current();
    history.replaceState(null, '', placePath('archive') + (asked && `?${asked}`));
    changed();
  }

  function current() {
    const { server, kkm } = register ?? {};
    const parts = { text: text.value.trim(), server, kkm: kkm === undefined ? '' : String(kkm), kind: kind.value, from: from.value, to: to.value };
    return new URLSearchParams(Object.entries(parts).filter(([, value]) => value).map(([name, value]) => [name, String(value)])).toString();
  }

  period.draw();

  const element = h('form.stack.near', { role: 'search', on: { submit: instead(apply) } },
    h('div.filters-line', h('label.search', icon('search'), text), registers.select, kind),
    h('div.filters-line', ...period.parts, period.wrong));

  return {
    element,
    input: () => ({ text: text.value.trim() || null, ...limitedTo(register), kind: KINDS.find((each) => each === kind.value) ?? null, from: from.value || null, to: to.value || null }),
    query: current,
    register: () => register,
    isEmpty: () => current() === '',
    /** The list told of registers. */
    met: registers.draw,
    clear: () => {
      text.value = kind.value = from.value = to.value = '';
      register = null;
      registers.choose(null);
      apply();
      text.focus();
    },
  };
}
