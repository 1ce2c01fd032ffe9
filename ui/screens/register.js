/** One register: its shift, what can be done with it, and its reports. */
import {
  announce, asErrorView, busy, button, call, clockNotice, confirm, errorPanel, field, fill, find, findAll, focusedElement, formatAmount, formatMoment,
  go, h, heading, icon, isUncertain, joined, live, meet, notice, numbered, openedDialog, options, outboxList, outboxNotice, pageHead, present,
  recoverButton, registersPath, rememberRegister, renew, reportPath, session, settledNotice, stillNotice, t, unresolvedNotice, waiting, ways,
} from '../kit.js';
import { isCountedBlind } from './board/choice.js';
import { queuedWords } from './close-result.js';
import { closeDialog } from './close-shift.js';
import { shiftCard } from './register-card.js';
import { historySection } from './register-history.js';

/** @import {OperationView, QueuedView, RegisterView, ReportView} from '../types/operations' */
/** @import {Screen} from '../view/screen.js' */
/** @import {RegisterKey} from '../routes.js' */

/** How often the age is drawn anew, ms. */
const TICK = 30_000;

/**
 * Why a register could not be read, and what can be done all the same; since when, its card says.
 * @param {HTMLElement} panel
 * @param {object | null} alone
 */
function unreadPanel(panel, alone) {
  if (alone) find(panel, '[data-test=error-remedy]')?.after(h('p', t('register.autonomous')));
  return panel;
}

/** @param {RegisterKey} key @returns {Screen} */
export function registerScreen(key) {
  /** @type {RegisterView | null} */
  let register = null;
  /** What waits for the link on this register. */
  /** @type {QueuedView[]} */
  let waitsHere = [];
  /** What was read last could not be read again. */
  let stale = false;
  let left = false;
  /** An action is under way: its buttons stay as they are until it ends. */
  let acting = false;
  const title = heading('…');
  const place = h('span.soft');
  // The card shows it to the eye only.
  const said = live('span.unseen');
  const messages = h('div.stack');
  // Drawn by what was read; what an action came to stands above it.
  const standing = h('div.stack');
  const card = h('div', waiting(t('register.loading'), 4));
  const actions = h('div.actions');
  const history = historySection(key);
  const refresh = button('', t('register.refresh'), load, { icon: 'refresh' });

  function load() {
    return busy(refresh, t('register.refresh.busy'), read);
  }

  let asked = 0;

  async function read() {
    const turn = ++asked;
    try {
      const now = await call('register', key);
      const waits = now.outbox ? (await call('outbox', { settled: false })).filter((each) => each.kkm === key.kkm && each.server === key.server) : [];
      // Only the newest answer counts, whichever comes last.
      if (turn !== asked) return;
      waitsHere = waits;
      register = now;
      stale = false;
      fill(messages);
    } catch (failure) {
      if (turn !== asked) return;
      stale = register !== null;
      fill(messages, errorPanel(failure, { retry: load }));
      if (!register) fill(card);
    }
    draw();
  }

  function draw() {
    if (!register || left) return;
    if (!stale) rememberRegister(register);
    meet([register]);
    fill(title, register.name);
    fill(place, register.address ?? '');
    document.title = `${register.name} — Smena`;
    if (register.state !== 'open') said.textContent = '';
    drawCard();
    drawActions(register);
    drawStanding(register);
  }

  function drawCard() {
    if (register) renew(card, shiftCard(register, stale || register.problem !== null));
  }

  /** @param {RegisterView} shown */
  function drawStanding(shown) {
    const { unresolved, outbox, problem } = shown;
    // A failure that says so already carries the way out.
    const said = find(messages, '[data-test=recover]') !== null;
    renew(standing,
      unresolved && !said && unresolvedPanel(unresolved),
      problem && unreadPanel(errorPanel(problem, { retry: load }), autonomous(shown)),
      outbox && outboxNotice(outbox, '', h('p', t('outbox.since', { time: formatMoment(outbox.since) })), outboxList(waitsHere, (failure) => { void (failure ? fail(failure) : load()); history.load(); })),
      clockNotice([shown])
    );
  }

  /**
   * Without a link a register that may work autonomously can be opened and closed; the last one of the two says which comes next.
   * @param {RegisterView} shown
   */
  function autonomous({ autonomous: may, problem, outbox, shift }) {
    if (!may || !problem || outbox?.over || outbox?.stopped) return null;
    const last = waitsHere.at(-1)?.kind;
    const runs = last ? last === 'open' : shift ? shift.closed === null && shift.status !== 'closed' : null;
    return { open: runs !== true, close: runs !== false };
  }

  /** @param {RegisterView} shown */
  function drawActions(shown) {
    if (acting) return;
    const { state, shift } = shown;
    const alone = autonomous(shown);
    const blocked = stale || shown.unresolved !== null || (shown.outbox !== null && !alone);
    const open = button('.primary@open-shift', t(alone ? 'register.open.autonomous' : 'register.open'), openShift);
    const x = button('@x-report', t('register.x'), (pressed) => takeReport(pressed, t('register.x.busy'), 'x_report'));
    const sections = button('@section-report', t('register.sections'), (pressed) => takeReport(pressed, t('register.sections.busy'), 'section_report'));
    const close = button('.primary@close-shift', t(alone ? 'register.close.autonomous' : 'register.close'), closeShift);
    const running = state === 'open' || state === 'overdue';
    const foreign = shift !== null && !shift.mine && running;
    const shownButtons = alone ? present([alone.close && close, alone.open && open]) : state === 'closed' ? [open] : running ? [close, x, sections] : [];
    for (const each of shownButtons) if (each instanceof HTMLButtonElement) each.disabled = blocked || foreign;
    const remark = foreign ? (shift.userName ? t('register.foreign', { name: shift.userName }) : t('register.foreign.unnamed'))
      : state === 'blocked' ? t('register.blocked') : state === 'unknown' && !shown.problem ? t('register.unknown') : '';
    renew(actions, ...shownButtons, remark && h('p.actions-note@actions-note', icon(foreign ? 'account' : state === 'blocked' ? 'blocked' : 'unknown'), remark));
  }

  /** @param {HTMLButtonElement} pressed @param {string} text @param {() => Promise<void>} work */
  async function act(pressed, text, work) {
    if (acting) return;
    acting = true;
    try {
      await busy(pressed, text, work, [...findAll(actions, 'button'), refresh]);
    } finally {
      acting = false;
      if (!left) draw();
      refocus();
    }
  }

  /** A button that was drawn anew or disabled loses the focus: it goes to what can be done next. */
  function refocus() {
    if (!left && focusedElement() === document.body) /** @type {HTMLElement} */ (find(actions, 'button:enabled') ?? title).focus();
  }

  /** @param {unknown} failure */
  async function fail(failure) {
    const error = asErrorView(failure);
    // Whoever went on to another screen must still hear of it.
    if (left) return announce(errorPanel(error, { subject: register?.name }));
    // The panel stays over the fresh reading: the person must see both.
    await read();
    messages.prepend(errorPanel(error, {
      recover: (pressed) => void recover(pressed),
      dismiss: isUncertain(error) ? undefined : () => messages.firstElementChild?.remove(),
    }));
    // What the failure says is not said twice.
    draw();
  }

  /** @param {HTMLButtonElement} pressed */
  async function openShift(pressed) {
    if (!register) return;
    const shown = register;
    const opener = openerField(shown);
    const sure = await confirm({
      title: t('open.title', { name: shown.name }), note: t('open.note'), yes: t('open.yes'),
      body: [opener && field(t('open.who'), opener), h('dl.figures.two',
        h('div', h('dt', t('register.cash')), isCountedBlind(shown) ? h('dd', t('close.blind')) : h('dd', h('b', formatAmount(shown.cash)), ' ', h('span', '₸'))),
        h('div', h('dt', t('register.last-z')), h('dd', h('b', numbered(shown.lastZ?.shiftIndex)))))],
    });
    if (!sure || left) return;
    // A reading that ended meanwhile may have drawn the buttons anew.
    const now = find(actions, 'button[data-test=open-shift]');
    await act(now instanceof HTMLButtonElement ? now : pressed, t('open.busy'), async () => {
      try {
        const { opened, queued } = await call('open_shift', { ...key, login: opener?.value ?? null });
        if (queued) {
          await read();
          return messages.prepend(notice('amber', 'open', t('open.queued'), ...queuedWords(queued)));
        }
        register = opened;
        stale = false;
        fill(messages);
        const index = opened?.shift?.index ?? null;
        fill(said, joined(' — ', index !== null && t('register.shift', { index }), t('state.open')));
      } catch (failure) {
        await fail(failure);
      }
    });
  }

  /** Who opens the shift, where several could: it will be theirs alone to close. @param {RegisterView} shown */
  function openerField(shown) {
    const accounts = session().accounts.filter((account) => account.server === shown.server);
    if (accounts.length < 2) return null;
    return h('select@opener', { name: 'opener' }, ...options(accounts.map(({ login, name }) => [login, joined(' · ', name, login)]), shown.login));
  }

  /** @param {HTMLButtonElement} pressed @param {string} text @param {'x_report' | 'section_report'} command */
  function takeReport(pressed, text, command) {
    void act(pressed, text, async () => {
      try {
        /** @type {ReportView} */
        const report = await call(command, key);
        if (!left) go(reportPath(report.number));
      } catch (failure) {
        await fail(failure);
      }
    });
  }

  /** The cash is counted against what the register holds now, not against what was read a while ago. @param {HTMLButtonElement} pressed */
  async function closeShift(pressed) {
    await act(pressed, t('register.refresh.busy'), read);
    const shown = register;
    if (left || stale || shown === null || shown.unresolved || openedDialog()) return;
    if (shown.state !== 'open' && shown.state !== 'overdue' && !autonomous(shown)?.close) return;
    closeDialog(shown, () => {
      if (left) return;
      void load().then(refocus);
      history.load();
    });
  }

  /** @param {OperationView} operation */
  function unresolvedPanel(operation) {
    if (operation.state !== 'unknown') return notice('amber', 'open', t('underway.title', { operation: t(`operation.${operation.kind}`) }), h('p', t('underway.note', { time: formatMoment(operation.at) })));
    return unresolvedNotice(operation, h('p', t('unresolved.do')), h('p.hint', t('unresolved.journal', { number: operation.number })),
      ways(recoverButton((pressed) => void recover(pressed))));
  }

  /** What was left open may be settled by now: who was told that it is unknown must hear the end, too. */
  async function settled() {
    const waiting = register?.unresolved?.number;
    await read();
    if (left || waiting === undefined || register?.unresolved) return;
    for (const panel of findAll(messages, '[data-code=unknown-outcome], [data-code=unresolved]')) panel.remove();
    messages.prepend(notice('green', 'check', t('unresolved.by-itself', { number: waiting })));
    history.load();
  }

  /** @param {HTMLButtonElement} pressed */
  function recover(pressed) {
    return act(pressed, t('unresolved.busy'), async () => {
      try {
        const resolved = await call('recover', key);
        await read();
        messages.prepend(...resolved.length > 0 || !register?.unresolved ? resolved.map(settledNotice) : [stillNotice()]);
        history.load();
      } catch (failure) {
        await fail(failure);
      }
    });
  }

  const timer = setInterval(drawCard, TICK);
  const element = h('div.page@register',
    pageHead([h('a.back@back', { href: registersPath }, icon('back'), t('register.back')), title, place, said], refresh),
    messages,
    standing,
    h('section.shift', card, actions),
    history.element);
  return {
    title: t('board.column.name'),
    element,
    entered: () => { void load(); history.load(); },
    refresh: () => { void load(); history.load(); },
    settled,
    leave: () => { left = true; clearInterval(timer); },
    back: () => registersPath,
  };
}

