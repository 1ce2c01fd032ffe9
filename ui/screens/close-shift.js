/** Closing a shift, step by step: checklist, cash count, one confirmation with the figures in view, progress, and what came of it. */
import {
  announce, archived, asErrorView, button, call, checkbox, fact, fill, find, findAll, formatMoment, formatStamp, formatTenge, h, hasFocus, icon,
  instead, joined, live, notice, openDialog, prevent, quiet, session, submitButton, t, ways,
} from '../kit.js';
import { cashCount, gapWords } from './cash-count.js';
import { checks } from './close-checks.js';
import { closed, failed, queued, unknown } from './close-result.js';

/** @import {OperationKind, RegisterView, ReportView} from '../types/operations' */
/** @import {Child} from '../view/parts.js' */

/** The last button cannot be pressed so long after it came, so that no second click of a double click closes a shift, ms. */
const GUARD = 400;
/** An X and a section report of the shift that are no older than this, ms, need not be taken once more: a lost Z is rebuilt from the last X. */
const RECENT = 60_000;
const STEPS = /** @type {const} */ (['check', 'count', 'confirm']);

/**
 * A page of the dialog. The primary button is the form's own; `focus` is what the eye and the keys are at first.
 * @typedef {{title: string, body: Child[], buttons: HTMLButtonElement[], submit?: () => void, step?: number, focus?: HTMLElement | null, busy?: boolean, mark?: 'green' | 'amber' | 'red'}} Page
 */

/**
 * @param {RegisterView} register read a moment ago, or, without a link, as it was seen last
 * @param {() => void} changed something may have changed: the outcome is known, or the dialog is gone
 */
export function closeDialog(register, changed) {
  const { server, kkm, name, shift } = register;
  const offline = register.problem !== null;
  const index = shift?.index ?? null;
  // No other shift than this one is closed: the dialog may stand open for hours.
  const confirmed = shift && shift.closed === null ? shift.id : null;
  // Without a link nobody knows what is in the drawer now.
  const expected = offline ? null : register.cash;
  // What was counted blind is kept, for good: who opens the dialog or the program anew counts no second time, unless the drawer has changed.
  const blindPlace = `blind ${server} ${kkm}`;
  const drawer = `${shift?.id} ${expected}`;
  const count = cashCount(expected, session().settings['blind-count'] === 'on' && expected !== null, () => { sure = null; labelNext(); });
  /** What is to be taken for good, once it was read again. @type {string | null} */
  let sure = null;
  /** The newest reports known of, by their kind. */
  /** @type {{[kind: string]: {shiftIndex: number | null, taken: string} | undefined}} */
  const newest = {};
  let byHand = false;
  const xFirst = checkbox('@x-first', { checked: !offline, on: { change: () => { byHand = true; } } });
  const xTaken = h('small');
  const next = submitButton('@close-next', '');
  let underWay = false;
  /** @type {(() => void) | undefined} */
  let submit;

  const heading = h('h2', { id: 'close-title' });
  const steps = h('ol.steps', ...STEPS.map((step) => h('li', t(`close.step.${step}`))));
  const body = h('div.close-body');
  const footer = h('footer.dialog-actions');
  const dialog = h('dialog.dialog.wide@close-dialog', {
    'aria-labelledby': 'close-title',
    on: {
      close: changed,
      // The second click of a double click is meant for the step before.
      click: (/** @type {MouseEvent} */ event) => { if (event.detail > 1 && event.target instanceof Element && event.target.closest('[type=submit]')) prevent(event); },
    },
  },
  h('form', { novalidate: true, on: { submit: instead(() => submit?.()) } },
    h('header.close-head', quiet(joined(' · ', index !== null && t('register.shift', { index }), name)), live('div', heading), steps),
    body, footer));

  /** @param {Page} page */
  function show(page) {
    underWay = page.busy === true;
    submit = page.submit;
    fill(heading, page.mark && icon(page.mark === 'green' ? 'closed' : page.mark === 'amber' ? 'unknown' : 'alert'), page.title);
    heading.className = page.mark ?? '';
    steps.hidden = page.step === undefined;
    [...steps.children].forEach((each, place) => {
      each.ariaCurrent = place === page.step ? 'step' : null;
      each.className = place < (page.step ?? 0) ? 'past' : '';
    });
    fill(body, ...page.body);
    fill(footer, ...page.buttons);
    footer.hidden = page.buttons.length === 0;
    dialog.scrollTop = 0;
    (page.focus ?? page.buttons.at(-1))?.focus();
  }

  /** Where both are of this shift and of a moment ago, others have to be wanted; until a person has said so or otherwise. */
  function spareX() {
    if (byHand || offline) return;
    const now = Date.now() + register.clockAhead * 1000;
    const { x, sections } = newest;
    const left = Math.min(...[x, sections].map((report) => (report && index !== null && report.shiftIndex === index ? Date.parse(report.taken) + RECENT - now : 0)));
    const spared = left > 0;
    xFirst.checked = !spared;
    fill(xTaken, spared && x && t('close.x-first.taken', { time: formatMoment(x.taken) }));
    // A moment later they are old, even where nobody moves.
    if (spared) setTimeout(spareX, Math.min(left, RECENT));
  }

  function labelNext() {
    const label = find(next, '.label');
    if (label) fill(label, sure ? t('close.count.sure', { amount: formatTenge(sure) }) : t(count.empty() ? 'close.next.uncounted' : count.blind() ? 'close.count.lock' : 'close.next'));
  }

  /** @param {() => void} to */
  const back = (to) => button('@close-back', t('close.back'), to);
  const cancel = () => button('', t('app.cancel'), () => dialog.close());

  /** @param {HTMLButtonElement} button what is for good: it cannot be pressed at once */
  function afterGuard(button) {
    button.disabled = true;
    setTimeout(() => {
      button.disabled = false;
      if (button.isConnected && !hasFocus(body)) button.focus();
    }, GUARD);
  }

  function check() {
    const { list, well } = checks(register);
    const on = submitButton('@close-next', t('close.next'));
    show({ title: t(well ? 'close.check.title' : 'close.check.title.attend'), step: 0, submit: counting, buttons: [cancel(), on], body: [list] });
  }

  function counting() {
    const [of, before] = JSON.parse(localStorage.getItem(blindPlace) ?? '[]');
    if (of === drawer && count.blind()) count.lock(before);
    labelNext();
    show({ title: t('close.count.title'), step: 1, submit: confirming, buttons: [back(check), next], body: [count.element] });
    findAll(count.element, 'input').find((each) => !each.readOnly && each.offsetParent)?.focus();
  }

  function confirming() {
    const read = count.read();
    if (!read) return;
    if (count.blind() && !count.empty()) {
      if (sure === null) {
        sure = read.counted;
        labelNext();
        return afterGuard(next);
      }
      // Counted blind: the difference is shown first, and asks for its reason.
      localStorage.setItem(blindPlace, JSON.stringify([drawer, count.lock()]));
      return counting();
    }
    spareX();
    const accept = submitButton('@close-confirm', t('close.yes'));
    afterGuard(accept);
    const [kind, words] = read.difference === null ? ['', '—'] : gapWords(read.difference);
    show({
      title: index === null ? t('close.title.unnumbered', { name }) : t('close.title', { index, name }),
      step: 2, submit: () => void run(read), buttons: [back(counting), accept], focus: dialog,
      body: [
        h('dl.sums',
          shift && fact(t('register.opened'), formatStamp(shift.opened)),
          fact(t('close.expected'), count.blind() ? t('close.blind') : formatTenge(expected)),
          fact(t('paper.cash-count'), read.counted === null ? t('close.skipped') : formatTenge(read.counted)),
          read.counted !== null && fact(t('close.difference'), words, kind),
          read.reason && fact(t('close.reason'), read.reason)),
        !offline && h('label.tick', xFirst, h('span', t('close.x-first'), xTaken)),
        quiet(t(offline ? 'close.check.link.none.do' : 'close.note')),
      ],
    });
  }

  /** @param {{counted: string | null, reason: string | null}} counted */
  async function run({ counted, reason }) {
    if (underWay) return;
    /** @type {Exclude<OperationKind, 'open'>[]} */
    const work = xFirst.checked && !offline ? ['sections', 'x', 'z'] : ['z'];
    /** @type {ReportView[]} */
    const before = [];
    let doing = work[0] ?? 'z';
    const list = h('ol.progress-steps');
    const draw = () => fill(list, ...work.map((each, place) => {
      const stage = place < work.indexOf(doing) ? 'done' : each === doing ? 'now' : 'next';
      return h('li', { class: stage, 'aria-current': stage === 'now' && 'step' }, stage === 'done' && icon('check'), h('span', t(`operation.${each}`)), h('small', t(`close.progress.${stage}`)));
    }));
    draw();
    show({ title: t('close.busy'), body: [live('div.progress', list, h('progress', { label: t('close.busy') }), h('p', t('close.progress')))], buttons: [], busy: true, focus: dialog });
    let sent = '';
    /** @type {Page} */
    let page;
    try {
      for (doing of work) {
        draw();
        if (doing === 'z') break;
        try {
          const report = await call(doing === 'x' ? 'x_report' : 'section_report', { server, kkm });
          before.push(report);
          // What was wanted is done.
          newest[doing] = report;
          byHand = false;
          // Of a newer shift no X-report is taken; the closing then says what happened.
          if (confirmed !== null && index !== null && report.shiftIndex !== index) work.splice(before.length, work.length - before.length, 'z');
        } catch (failure) {
          // The link broke just now: a register that may work without one goes on without these.
          if (!register.autonomous || asErrorView(failure).code !== 'no-link') throw failure;
          work.splice(before.length, work.length - before.length, 'z');
        }
      }
      doing = 'z';
      draw();
      sent = new Date().toISOString();
      const outcome = await call('close_shift', { input: { server, kkm, shift: confirmed, xFirst: false, counted, reason } });
      page = outcome.closed ? closed(close, outcome.closed.z, before) : queued(close, outcome.queued);
    } catch (failure) {
      const error = asErrorView(failure);
      page = error.code === 'unresolved' || (error.code === 'unknown-outcome' && doing === 'z') ? unknown(close, error, sent) : failed(close, error, confirming);
    }
    close.show(page);
  }

  /** What came of it is told even where the dialog is gone. @param {Page} page */
  function tell(page) {
    underWay = false;
    changed();
    if (dialog.isConnected) return show(page);
    announce(notice(page.mark === 'green' ? 'green' : 'amber', page.mark === 'green' ? 'closed' : 'alert', `${name}: ${page.title}`, ...page.body, ways(...page.buttons.slice(1))));
  }

  const close = { register, dialog, show: tell };
  openDialog(dialog, () => underWay);
  check();
  // Where the archive cannot be read, one X-report too many does no harm.
  for (const kind of /** @type {const} */ (['x', 'sections'])) {
    archived({ server, kkm, kind }).then(({ lines: [line] }) => { newest[kind] ??= line; spareX(); }, () => undefined);
  }
}
