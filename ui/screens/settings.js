/** Settings: each is saved when it is changed. */
import { fill, find, h, heading, instead, placePath, session, t } from '../kit.js';
import { accountRows } from './settings/accounts.js';
import { dataRows } from './settings/data.js';
import { generalRows } from './settings/general.js';
import { networkRows } from './settings/network.js';
import { paperRows } from './settings/paper.js';
import { registerRows } from './settings/registers.js';
import { row, showStored } from './settings/row.js';

/** @import {Screen} from '../view/screen.js' */
/** @import {Child} from '../view/parts.js' */

const GROUPS = /** @type {const} */ (['general', 'paper', 'registers', 'accounts', 'data', 'network', 'updates']);

/** @type {Record<(typeof GROUPS)[number], () => Child[]>} */
const ROWS = {
  general: generalRows,
  paper: paperRows,
  registers: registerRows,
  accounts: accountRows,
  data: dataRows,
  network: networkRows,
  updates: () => [row(t('settings.version', { version: session().version }), t('settings.updates.note'), [])],
};

/** @returns {Screen} */
export function settingsScreen() {
  /** What fills the boxes that are still empty. @type {(() => void)[]} */
  const empty = [];
  const groups = GROUPS.map((group) => {
    const box = h('div.setting-box');
    empty.push(() => fill(box, ...ROWS[group]()));
    return h('section.setting-group', { test: `group-${group}` }, h('h2', { tabindex: '-1', id: `settings-${group}` }, t(`settings.group.${group}`)), box);
  });
  const links = GROUPS.map((group, place) => h('a', { href: `${placePath('settings')}/${group}`, on: { click: instead(() => reach(place)) } }, t(`settings.group.${group}`)));

  /** @param {number} place */
  function reach(place) {
    draw();
    const group = groups[place];
    // The address is that of the group, but the screen is not drawn anew.
    history.replaceState(null, '', links[place]?.getAttribute('href'));
    group?.scrollIntoView();
    find(group, 'h2')?.focus({ preventScroll: true });
  }

  const seen = new IntersectionObserver(() => {
    const first = groups.findIndex((group) => group.getBoundingClientRect().bottom > 160);
    links.forEach((link, place) => { link.ariaCurrent = place === first ? 'true' : null; });
  }, { rootMargin: '-120px 0px 0px', threshold: [0, 0.25, 0.5, 0.75, 1] });
  for (const group of groups) seen.observe(group);

  const element = h('div.page@settings', heading(t('place.settings')),
      h('div.settings', h('nav.settings-list', { label: t('place.settings') }, ...links), h('div.settings-groups', ...groups)));
  /** @param {number} [many] */
  function draw(many = empty.length) {
    for (const each of empty.splice(0, many)) each();
    element.ariaBusy = String(empty.length > 0);
  }

  // These fill most windows; the rest comes after the first frame.
  draw(2);
  requestAnimationFrame(() => setTimeout(draw));
  return {
    title: t('place.settings'),
    element,
    settled: () => showStored(element),
    entered: () => { const place = GROUPS.findIndex((group) => location.hash.endsWith(`/${group}`)); if (place >= 0) reach(place); },
    leave: () => seen.disconnect(),
  };
}
