/** One piece of work for several registers: asked once with every figure, then done one by one, with a result for each. */
import {
  asErrorView, button, call, checkbox, column, confirm, errorPanel, exportReports, fill, formatAmount, h, holdScreen, icon, isUncertain, keyOf, live,
  numbered, obstacle, outputPlace, plural, registerPath, renew, reportLink, rowHead, savedNote, session, shiftDeadline, t, tableHead, unroll, ways, wordsOf,
} from '../../kit.js';
import { isCountedBlind } from './choice.js';

/** @import {ErrorView, RegisterView} from '../../types/operations' */
/** @import {IconName} from '../../view/parts.js' */

/** @typedef {'sections' | 'x' | 'z'} Work */
/** @typedef {'waiting' | 'busy' | 'done' | 'queued' | 'failed' | 'unknown' | 'left'} Stage */
/** @typedef {{register: RegisterView, stage: Stage, reports: number[], error: ErrorView | null, row: HTMLLIElement}} Job */

/** So many readings at once; shifts are closed one by one. */
const LANES = { sections: 4, x: 4, z: 1 };
/** After these nothing more can be kept, so that nothing more is begun. */
const HOPELESS = new Set(['disk-full', 'data-folder', 'damaged', 'database-newer', 'internal']);
/** @type {Record<Stage, IconName>} */
const PICTURE = { waiting: 'open', busy: 'open', done: 'check', queued: 'open', failed: 'alert', unknown: 'unknown', left: 'open' };

/**
 * Names every register with its figures, and those that are left out.
 * @param {Work} work @param {RegisterView[]} chosen
 * @returns {Promise<{jobs: RegisterView[], xFirst: boolean} | null>}
 */
export async function askBulk(work, chosen) {
  const jobs = chosen.filter((each) => obstacle(each) === '');
  const out = chosen.filter((each) => obstacle(each) !== '');
  const xFirst = checkbox('@bulk-x-first', { checked: true });
  const rows = h('tbody');
  const lines = h('ul.lines');
  unroll(rows, jobs, figures);
  unroll(lines, out, (each) => h('li', h('div', h('b', each.name), ` — ${obstacle(each)}`)));
  const left = out.length > 0 && h('details.left-out@left-out', { open: jobs.length < 5 }, h('summary', plural('bulk.left-out', out.length)), lines);
  const list = jobs.length > 0 && h('div.bulk-list', { tabindex: '0', role: 'group', label: plural(`bulk.title.${work}`, jobs.length) },
    h('table.plain', tableHead(column(t('board.column.name')), column(t('bulk.shift')), column(t('board.column.age')), column(t('board.column.cash'), 'number')), rows));
  const sure = await confirm({
    title: jobs.length > 0 ? plural(`bulk.title.${work}`, jobs.length) : t('bulk.none'),
    note: jobs.length === 0 ? t('bulk.none.note') : work === 'z' ? t('bulk.note.z') : t('bulk.note'),
    yes: jobs.length > 0 ? t(`bulk.yes.${work}`) : '', wide: true,
    body: [list, left, work === 'z' && jobs.length > 0 && h('label.tick', xFirst, h('span', t('close.x-first')))],
  });
  return sure && jobs.length > 0 ? { jobs, xFirst: xFirst.checked } : null;
}

/** @param {RegisterView} register */
function figures(register) {
  const stand = shiftDeadline(register);
  const { shift, cash, name } = register;
  return h('tr', rowHead(name), h('td', numbered(shift?.index)),
    h('td', { class: stand ? `age-text ${stand.level}` : '' }, stand ? t(stand.level === 'over' ? 'shift.over' : 'shift.left', { time: stand.span }) : '—'),
    isCountedBlind(register) ? h('td.number.soft', t('board.blind')) : h('td.number.strong', formatAmount(cash)));
}

/** @type {HTMLElement | null} what is under way or was done last; it outlives a screen drawn anew */
let panel = null;
let running = false;

export const bulkRunning = () => running;
export const bulkPanel = () => panel;

/**
 * @param {Work} work @param {{jobs: RegisterView[], xFirst: boolean}} asked
 * @param {(element: HTMLElement) => void} show
 * @returns {Promise<void>} when it has ended
 */
export async function doBulk(work, asked, show) {
  if (running) return;
  running = true;
  const jobs = asked.jobs.map((register) => /** @type {Job} */ ({ register, stage: 'waiting', reports: [], error: null, row: h('li', { test: `job-${register.kkm}` }) }));
  let stopped = false;
  const title = h('h2', plural(`bulk.title.${work}`, jobs.length));
  const said = live('p.soft@bulk-said');
  const bar = h('progress', { max: jobs.length, value: 0 });
  const stop = button('@bulk-stop', t('bulk.stop'), () => { stopped = true; stop.disabled = true; tell(); });
  const tools = ways(stop);
  const told = h('div');
  const list = h('ul.lines.bulk-jobs');
  const listed = [...jobs];
  const draw = unroll(list, listed, drawJob);
  const shown = h('section.bulk@bulk', { label: title.textContent }, h('header', h('div', title, said), tools), bar, told, list);
  panel = shown;
  show(shown);

  function tell() {
    const count = (/** @type {Stage[]} */ ...stages) => jobs.filter((job) => stages.includes(job.stage)).length;
    const ended = jobs.length - count('waiting', 'busy');
    bar.value = ended;
    if (running) return fill(said, stopped ? t('bulk.stopping') : t('bulk.progress', { done: ended, total: jobs.length }));
    /** @type {Stage[]} */
    const stages = ['done', 'queued', 'failed', 'unknown', 'left'];
    fill(said, stages.filter((stage) => count(stage) > 0).map((stage) => `${t(`bulk.stage.${stage}`)}: ${count(stage)}`).join(' · '));
  }

  const next = () => jobs.find(({ stage }) => stage === 'waiting');
  const lane = async () => {
    for (let job = next(); job && !stopped; job = next()) {
      job.stage = 'busy';
      drawJob(job);
      await one(work, asked.xFirst, job);
      if (job.error && HOPELESS.has(job.error.code)) stopped = true;
      drawJob(job);
      tell();
    }
  };
  const all = Promise.all(Array.from({ length: LANES[work] }, lane));
  holdScreen({ title: t('bulk.leave'), note: t('bulk.leave.note'), yes: t('bulk.leave.yes'), stop: async () => { stopped = true; tell(); await all; } });
  tell();
  await all;
  running = false;
  holdScreen(null);
  for (const job of jobs) if (job.stage === 'waiting') job.stage = 'left';
  tell();
  bar.hidden = true;
  // What needs a person first.
  const rank = (/** @type {Job} */ { stage }) => ['unknown', 'failed', 'left', 'queued', 'done'].indexOf(stage);
  listed.sort((one, other) => rank(one) - rank(other));
  draw();
  const reports = jobs.flatMap((job) => job.reports);
  const { place, buttons } = outputs(reports);
  fill(told, place);
  fill(tools, ...reports.length > 0 ? buttons : [], button('.quiet@bulk-dismiss', t('app.dismiss'), () => { shown.remove(); panel = null; }));
}

/** @param {Work} work @param {boolean} xFirst @param {Job} job */
async function one(work, xFirst, job) {
  const { server, kkm, shift } = job.register;
  try {
    if (work === 'z') {
      const { closed, queued } = await call('close_shift', { input: { server, kkm, shift: shift?.id ?? null, xFirst, counted: null, reason: null } });
      job.stage = queued ? 'queued' : 'done';
      if (closed) job.reports = [closed.z.number, ...closed.before.map(({ number }) => number)];
    } else {
      job.reports = [(await call(work === 'x' ? 'x_report' : 'section_report', { server, kkm })).number];
      job.stage = 'done';
    }
  } catch (failure) {
    job.error = asErrorView(failure);
    job.stage = isUncertain(job.error) ? 'unknown' : 'failed';
  }
}

/** @param {Job} job @returns {Element} */
function drawJob({ register, stage, reports, error, row }) {
  row.className = stage;
  row.ariaBusy = String(stage === 'busy');
  const [first] = reports;
  renew(row, icon(PICTURE[stage]), h('div', h('a', { href: registerPath(register), 'data-key': keyOf(register) }, register.name), error && h('p', wordsOf(error))),
    h('span.stage', first === undefined ? t(`bulk.stage.${stage}`) : reportLink(first)));
  return row;
}

/** Print and save of everything that came of it. @param {number[]} reports */
function outputs(reports) {
  let next = 0;
  const { place, buttons, output } = outputPlace();
  output('@bulk-print', t('bulk.print'), async () => {
    if (next === reports.length) next = 0;
    try {
      // After a failure one goes on with what was not printed.
      for (; next < reports.length; next += 1) await call('print_report', { number: /** @type {number} */ (reports[next]), printer: null, on: null });
      return h('p.all-well', icon('check'), plural('bulk.printed', reports.length));
    } catch (failure) {
      return errorPanel(failure, { subject: t('bulk.printed.some', { done: next, total: reports.length }) });
    }
  }, 'print');
  output('@bulk-save', t('bulk.save'), async () => savedNote((await exportReports('pdf', reports, session().language)).path, { test: 'bulk-path' }));
  return { place, buttons };
}
