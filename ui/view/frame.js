/** What stands above every screen: the training mark, the name, the accounts with their servers. */
import { call } from '../bridge.js';
import { t } from '../text.js';
import { forget, homePath, onSession, session, startSession } from '../session.js';
import { go, placePath, PLACES, registersPath, signInPath } from '../routes.js';
import { confirm } from './dialog.js';
import { mayLeave } from './leaving.js';
import { errorPanel } from './outcome.js';
import { isShortcut, openPalette, SHORTCUT } from './palette.js';
import { button, byId, findAll, h, icon, prevent, quiet, renew } from './parts.js';

/** @import {AccountView} from '../types/operations' */
/** @import {Route, Place} from '../routes.js' */

/** @type {Route['screen']} */
let here = 'sign-in';

export function drawFrame() {
  onSession(draw);
  draw();
  const frame = byId('frame');
  // What sticks under the frame must know how tall it is.
  new ResizeObserver(() => document.documentElement.style.setProperty('--frame-height', `${frame.offsetHeight}px`)).observe(frame);
  addEventListener('keydown', (event) => {
    if (!isShortcut(event)) return;
    prevent(event);
    if (!event.repeat) openFinder();
  });
}

const openFinder = () => openPalette((error) => announce(errorPanel(error)));

function draw() {
  const { mode, accounts } = session();
  renew(byId('frame'), mode === 'training' && trainingStrip(accounts), accounts.length > 0 && header(accounts));
}

/** Two are named, more are counted. @param {AccountView[]} accounts */
function hosts(accounts) {
  const all = [...new Set(accounts.map((account) => account.host))];
  return all.length > 2 ? `${all[0]} +${all.length - 1}` : all.join(', ');
}

/** @param {AccountView[]} accounts */
function trainingStrip(accounts) {
  const { presets } = session();
  const host = hosts(accounts) || presets[0]?.url.replace(/^https?:\/\//, '').replace(/\/.*$/, '') || '';
  return h('aside.training.small',
    h('strong.training-mark@training-mark', t('training.mark')),
    h('span.training-note', t('training.note')),
    host && h('span.training-host', host),
    button('.quiet', t('training.leave'), leaveTraining, { busy: t('training.leave.busy') }));
}

async function leaveTraining() {
  try {
    if (!await mayLeave()) return;
    await startSession(await call('leave_training'));
    go(homePath());
  } catch (failure) {
    announce(errorPanel(failure));
  }
}

/** Marks the place that is shown; a register belongs to the registers, a report to the archive. @param {Route['screen']} screen */
export function showPlace(screen) {
  here = screen === 'register' ? 'registers' : screen === 'report' ? 'archive' : screen;
  for (const link of findAll(document, '.places a')) mark(link);
}

/** @param {Element} link */
function mark(link) {
  link.ariaCurrent = link.getAttribute('href') === placePath(/** @type {Place} */ (here)) ? 'page' : null;
}

function places() {
  const links = PLACES.map((place) => h('a', { href: placePath(place), test: `place-${place}` }, t(`place.${place}`)));
  links.forEach(mark);
  return h('nav.places', { label: t('place.menu') }, ...links);
}

/** @param {AccountView[]} accounts */
function header(accounts) {
  const only = accounts.length === 1 ? accounts[0] : null;
  const menu = h('details.menu', { on: {
    keydown: (event) => { if (event.key === 'Escape' && menu.open) { menu.open = false; prevent(event); } },
    focusout: (event) => { if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false; },
  } },
    h('summary', { title: accounts.map(({ login, host }) => `${login} · ${host}`).join('\n') }, icon('account'), h('span.menu-name', only ? only.name : `${t('account.menu')}: ${accounts.length}`), h('span.menu-host', hosts(accounts))),
    h('div.menu-body',
      ...[...new Set(accounts.map(({ host }) => host))].map((host) => h('section', h('h2', host), h('ul', ...accounts.filter((each) => each.host === host).map(accountRow)))),
      h('a.menu-add', { href: signInPath, on: { click: () => { menu.open = false; } } }, t('account.add'))));
  return h('header.header',
    h('a.brand', { href: registersPath, label: t('app.name') }, h('img', { src: 'mark.svg', alt: '', width: 24, height: 24 }), h('span', t('app.name'))),
    places(),
    h('button.button.quiet.find@palette-open', { type: 'button', label: `${t('palette.open')} ${SHORTCUT}`, 'aria-haspopup': 'dialog', 'aria-keyshortcuts': 'Control+K Meta+K', on: { click: openFinder } }, icon('search'), h('span', t('palette.open')), ' ', h('kbd', SHORTCUT)),
    menu);
}

/** @param {AccountView} account */
function accountRow(account) {
  return h('li',
    h('div', h('p.menu-account', account.name ?? account.login), account.name && quiet(account.login)),
    button('.quiet', t('account.sign-out'), async () => {
      try {
        if (await signOut(account)) go(homePath());
      } catch (failure) {
        announce(errorPanel(failure));
      }
    }));
}

/** Asks, and signs out. @param {AccountView} account @returns {Promise<boolean>} whether it is done */
export async function signOut(account) {
  const { server, login, name, host } = account;
  const sure = await confirm({ title: t('settings.sign-out.title', { name: name ?? login, host }), note: t('settings.sign-out.ask'), yes: t('account.sign-out') }) && await mayLeave();
  if (!sure) return false;
  await call('sign_out', { server, login });
  forget(account);
  return true;
}

/** Something that must be heard whatever screen is shown. @param {HTMLElement} panel */
export function announce(panel) {
  const place = h('div.column', panel, button('.quiet', t('app.dismiss'), () => place.remove()));
  byId('announcements').append(place);
}
