/** Starts the page, and shows the screen that the address names. */
import {
  askClosing, byId, call, drawFrame, errorPanel, fill, find, findAll, go, h, hasFocus, homePath, on, onSession, openedDialog, pageFailed, parse,
  prevent, session, showPlace, startSession,
} from './kit.js';
import { analyticsScreen } from './screens/analytics.js';
import { archiveScreen } from './screens/archive.js';
import { journalScreen } from './screens/journal.js';
import { registerScreen } from './screens/register.js';
import { registersScreen } from './screens/registers.js';
import { reportScreen } from './screens/report.js';
import { settingsScreen } from './screens/settings.js';
import { signInScreen } from './screens/sign-in.js';

/** @import {Screen} from './view/screen.js' */
/** @import {Route} from './routes.js' */
/** @import {StartView} from './types/operations' */

/** @type {Screen | null} */
let current = null;
/** The language the screen is in: in another one it is shown anew. */
let languageShown = '';

/** @param {Route} route @returns {Screen} */
function screenOf(route) {
  switch (route.screen) {
    case 'sign-in': return signInScreen();
    case 'registers': return registersScreen();
    case 'archive': return archiveScreen(route.query);
    case 'journal': return journalScreen(route.number);
    case 'analytics': return analyticsScreen();
    case 'settings': return settingsScreen();
    case 'register': return registerScreen(route.register);
    case 'report': return reportScreen(route.number);
  }
}

function show() {
  const route = parse(location.hash);
  if (!route || (session().accounts.length === 0 && route.screen !== 'sign-in')) return go(homePath());
  current?.leave?.();
  for (const dialog of findAll(document, 'dialog')) dialog.remove();
  languageShown = session().language;
  current = screenOf(route);
  document.title = `${current.title} — Smena`;
  showPlace(route.screen);
  const place = byId('screen');
  // Before: what is scrolled or gets the focus is laid out for it at once.
  scrollTo(0, 0);
  fill(place, current.element);
  current.entered?.();
  // The keys and the screen reader begin where the eye does, unless the screen has led them further.
  if (!hasFocus(place)) (find(place, 'h1') ?? place).focus({ preventScroll: true });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  // Enter held down presses nothing a second time.
  if (event.key === 'Enter' && event.repeat) prevent(event);
  const reloads = event.key === 'F5' || ((event.ctrlKey || event.metaKey) && event.code === 'KeyR');
  if (openedDialog()) {
    // A reload would lose what the dialog waits for.
    if (reloads) prevent(event);
    return;
  }
  if (reloads) {
    prevent(event);
    current?.refresh?.();
  } else if (event.key === 'Escape' && current?.back && !event.defaultPrevented) {
    go(current.back());
  }
}

/** The session as the clock or another program left it. @type {StartView | null} */
let fresh = null;

/** What a dialog asks must not be drawn anew under it: the news waits until it is closed. */
async function settled() {
  const dialog = openedDialog();
  if (dialog) return dialog.addEventListener('close', settled, { once: true });
  const next = fresh;
  fresh = null;
  if (next) await startSession(next);
  (current?.settled ?? current?.refresh)?.();
}

/** A shift was closed by the clock, or was to be; or another program has changed a setting. */
async function changed() {
  try {
    fresh = await call('start');
  } catch {
    // Then it is told at the next start.
  }
  void settled();
}

async function begin() {
  const screen = byId('screen');
  try {
    await startSession(await call('start'));
  } catch (failure) {
    fill(screen, h('div.column', errorPanel(failure, { retry: begin })));
    return;
  }
  drawFrame();
  addEventListener('hashchange', show);
  onSession(() => { if (languageShown !== session().language) show(); });
  addEventListener('keydown', onKey);
  addEventListener('refresh', () => current?.refresh?.());
  on('settled', settled);
  on('closed', changed);
  on('changed', changed);
  on('closing', askClosing);
  show();
}

// Without one nothing was thrown: a ResizeObserver says so that its answer takes another frame.
addEventListener('error', ({ error }) => { if (error) pageFailed(error); });
addEventListener('unhandledrejection', ({ reason }) => pageFailed(reason));
void begin();
