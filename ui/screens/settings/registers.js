/** What holds of each register: its automatic close and its permit for autonomous work. */
import {
  button, call, checkbox, column, confirm, emptyPlace, entry, errorPanel, fill, formatMoment, h, hasFocus, hostOf, icon, inOrder, joined, keyOf, link, live, quiet,
  registerPath, rememberBoard, rowHead, seat, t, tableHead, waiting,
} from '../../kit.js';
import { bad, saves, storedRow } from './row.js';

/** @import {BoardView, ScheduleView} from '../../types/operations' */
/** @import {RegisterKey} from '../../routes.js' */

/** So many registers are listed; of more, one is searched. */
const MOST = 50;

/** @typedef {RegisterKey & {name: string, licensed: boolean, schedule: ScheduleView | null}} Line */

export function registerRows() {
  const body = h('div.setting-wide', waiting(t('board.loading')));
  /** @param {BoardView | null} known which registers there are; nothing here needs their shifts */
  async function read(known) {
    try {
      const [board, licences, schedules] = await Promise.all([known ?? call('board'), call('licences'), call('schedules')]);
      /** @type {Map<string, Line>} */
      const lines = new Map();
      /** @param {RegisterKey & {name: string | null}} register */
      const line = ({ server, kkm, name }) => {
        const id = keyOf({ server, kkm });
        const found = lines.get(id) ?? { server, kkm, name: name ?? String(kkm), licensed: false, schedule: null };
        lines.set(id, found);
        return found;
      };
      board.registers.forEach(line);
      for (const each of licences) line(each).licensed = true;
      for (const each of schedules) line(each).schedule = each;
      const compare = inOrder();
      fill(body, ...listing([...lines.values()].sort((a, b) => compare(a.name, b.name))));
    } catch (failure) {
      fill(body, errorPanel(failure, { retry: () => void read(known) }));
    }
  }

  // What was read a while ago is shown at once; since then, registers may have come or gone.
  const known = seat().board;
  const names = () => seat().board?.registers.map(({ name, kkm }) => kkm + name).sort().join();
  void read(known).then(async () => {
    if (!known) return;
    const before = names();
    const now = await call('board');
    if (!body.isConnected) return;
    rememberBoard(now);
    if (names() !== before && !hasFocus(body)) await read(seat().board);
  }).catch(() => null);

  return [storedRow('blind-count', t('settings.blind-count'), t('settings.blind-count.note'), checkbox('')), body];
}

/** @param {Line[]} lines */
function listing(lines) {
  if (lines.length === 0) return [emptyPlace(t('board.empty'))];
  const rows = h('tbody');
  const rest = live('p.soft');
  const several = new Set(lines.map((line) => line.server)).size > 1;

  /** @param {string} wanted */
  function draw(wanted) {
    const found = lines.filter((line) => `${line.name} ${line.kkm}`.toLowerCase().includes(wanted.trim().toLowerCase()));
    fill(rows, ...found.slice(0, MOST).map((line) => lineRow(line, several)));
    fill(rest, found.length === 0 ? t('board.no-match') : found.length > MOST ? t('settings.registers.rest', { shown: MOST, total: found.length }) : '');
  }

  draw('');
  return [
    lines.length > 8 && h('label.search', icon('search'), entry('', { type: 'search', placeholder: t('settings.registers.find'), label: t('settings.registers.find'), on: { input: (event) => draw(/** @type {HTMLInputElement} */ (event.target).value) } })),
    h('table.setting-table', h('caption.unseen', t('settings.group.registers')),
      tableHead(column(t('board.column.name')), column(t('settings.schedule')), column(t('settings.licence'))), rows),
    rest,
    quiet(t('settings.schedule.note')),
    quiet(t('settings.licence.note')),
  ];
}

/** @param {Line} line @param {boolean} several servers */
function lineRow(line, several) {
  const { server, kkm, name } = line;
  const licence = checkbox('');
  licence.checked = line.licensed;
  licence.dataset.test = `licence-${kkm}`;
  licence.ariaLabel = t('settings.licence.of', { name });
  const told = saves(licence, async (value) => {
    const licensed = value === 'on';
    if (licensed && !(await confirm({ title: t('settings.licence.title', { name }), note: t('settings.licence.ask'), yes: t('settings.licence.yes') }))) return null;
    await call('set_licence', { server, kkm, licensed });
    line.licensed = licensed;
    return value;
  });
  return h('tr',
    rowHead(link(registerPath(line), name), several && quiet(hostOf(server))),
    scheduleCell(line),
    h('td', licence, told));
}

/** `9`, `930` and `9:30` as `09:30` and the like. The web view's own field for times may show them by halves of the day. @param {string} typed */
function timeOf(typed) {
  const [, hours = '', minutes = '00'] = /^(\d{1,2})(?:[:. -]?([0-5]\d))?$/.exec(typed) ?? [];
  if (!hours || Number(hours) > 23) throw bad(t('settings.schedule.bad'));
  return `${hours.padStart(2, '0')}:${minutes}`;
}

/** The time at which a register's shift is closed by itself. @param {Line} line */
function scheduleCell(line) {
  const { server, kkm, name } = line;
  const time = entry('', { inputmode: 'numeric', maxlength: 5, placeholder: '--:--', value: line.schedule?.at, test: `schedule-${kkm}`, label: t('settings.schedule.of', { name }) });
  const stand = quiet();
  const off = button('.quiet', t('settings.schedule.off'), () => {
    time.value = '';
    time.dispatchEvent(new Event('change'));
    time.focus();
  });

  function draw() {
    const { schedule } = line;
    off.hidden = !schedule;
    fill(stand, schedule ? joined('. ',
      t('settings.schedule.next', { time: formatMoment(schedule.next) }),
      schedule.last && t('settings.schedule.last', { time: formatMoment(schedule.last.due), outcome: t(`board.run.${schedule.last.outcome}`) }),
      schedule.last?.problem?.message) : '');
  }

  const told = saves(time, async (typed) => {
    const all = await call('set_schedule', { server, kkm, at: typed ? timeOf(typed) : null });
    line.schedule = all.find((each) => each.server === server && each.kkm === kkm) ?? null;
    draw();
    return line.schedule?.at ?? '';
  });
  draw();
  return h('td', h('div.setting-time.small', time, off), stand, told);
}
