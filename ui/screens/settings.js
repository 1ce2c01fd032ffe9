/** Settings: each is saved when it is changed. */
import { find, h, heading, instead, placePath, session, t } from '../kit.js';
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
  const groups = GROUPS.map((group) => h('section.setting-group', { test: `group-${group}` },
    h('h2', { tabindex: '-1', id: `settings-${group}` }, t(`settings.group.${group}`)), h('div.setting-box', ...ROWS[group]())));
  const links = GROUPS.map((group, place) => h('a', { href: `${placePath('settings')}/${group}`, on: { click: instead(() => reach(place)) } }, t(`settings.group.${group}`)));

  /** @param {number} place */
  function reach(place) {
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
  return {
    title: t('place.settings'),
    element,
    settled: () => showStored(element),
    entered: () => { const place = GROUPS.findIndex((group) => location.hash.endsWith(`/${group}`)); if (place >= 0) reach(place); },
    leave: () => seen.disconnect(),
  };
}
