/** A table that is read page by page as it is scrolled. Of two questions the later one counts, whichever is answered first. */
import { t } from '../text.js';
import { errorPanel } from './outcome.js';
import { button, fill, h, listIn, renew, waiting } from './parts.js';

/** So many lines come by themselves; more only when asked for, lest a long list makes the window slow. */
const BY_ITSELF = 1000;

/**
 * @template Line
 * @param {object} list
 * @param {(at: number | null) => Promise<{lines: Line[], next: number | null}>} list.read
 * @param {(line: Line) => HTMLElement} list.row
 * @param {HTMLTableSectionElement} list.head
 * @param {string} list.label
 * @param {string} list.loading
 * @param {() => HTMLElement} list.empty
 * @param {(lines: Line[], whole: boolean) => void} list.changed
 */
export function pagedTable({ read, row, head, label, loading, empty, changed }) {
  let asked = 0;
  /** @type {number | null} */
  let next = null;
  /** @type {Line[]} */
  let lines = [];
  const body = h('tbody');
  const draw = listIn(body, row);
  const table = h('table.rows.paged', { label: label }, head, body);
  const trouble = h('div');
  const more = button('@more', t('list.more'), () => follow(asked), { busy: t('list.more.busy') });
  const foot = h('div.list-foot', trouble, more);
  const element = h('div.paged-list');
  const watch = new IntersectionObserver((entries) => { if (entries.at(-1)?.isIntersecting && lines.length < BY_ITSELF && !trouble.firstChild) more.click(); }, { rootMargin: '300px' });

  /** @param {{lines: Line[], next: number | null}} page */
  function take(page) {
    lines = [...lines, ...page.lines];
    draw(lines);
    next = page.next;
    foot.hidden = next === null;
    fill(trouble);
    // Observed anew, it tells again that it is in view.
    watch.unobserve(foot);
    watch.observe(foot);
    changed(lines, next === null);
  }

  /** @param {number} mine */
  async function follow(mine) {
    try {
      const page = await read(next);
      if (mine === asked) take(page);
    } catch (failure) {
      if (mine === asked) fill(trouble, errorPanel(failure));
    }
  }

  /** Reads from the start; what is shown stays until then. */
  async function restart() {
    const mine = ++asked;
    if (!table.isConnected) fill(element, waiting(loading, 6));
    element.ariaBusy = 'true';
    try {
      const page = await read(null);
      if (mine !== asked) return;
      lines = [];
      renew(element, ...page.lines.length > 0 ? [table, foot] : [empty()]);
      take(page);
    } catch (failure) {
      if (mine !== asked) return;
      lines = [];
      fill(element, errorPanel(failure, { retry: restart }));
      changed(lines, true);
    }
    element.ariaBusy = null;
  }

  return { element, body, restart };
}
