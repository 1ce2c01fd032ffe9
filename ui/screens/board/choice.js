/** Which registers of the board are shown, and in what order. */
import { inOrder, needsAttention, registerWords, session, toTiyn } from '../../kit.js';

/** @import {RegisterState, RegisterView} from '../../types/operations' */
/** @import {Seat} from '../../board-memory.js' */

/** @type {Record<RegisterState, number>} */
const RANK = { overdue: 0, blocked: 1, unknown: 2, open: 3, closed: 4 };

/** @param {RegisterView} register */
export const isRunning = ({ state }) => state === 'open' || state === 'overdue';
/** Whoever will count its drawer blind must not read its cash before; of one that is blocked or cannot be read, nobody knows. @param {RegisterView} register */
export const isCountedBlind = ({ state }) => state !== 'closed' && session().settings['blind-count'] === 'on';

/** @satisfies {Record<string, (register: RegisterView) => boolean>} */
export const FILTERS = {
  all: () => true,
  attention: needsAttention,
  open: isRunning,
  overdue: ({ state }) => state === 'overdue',
  closed: ({ state }) => state === 'closed',
  unreadable: ({ state }) => state === 'unknown',
};

/** What a column is sorted by; null is unknown and stands last. */
/** @satisfies {Record<string, (register: RegisterView) => string | number | bigint | null>} */
export const SORTS = {
  name: ({ name }) => name,
  state: ({ state }) => RANK[state],
  age: (register) => (isRunning(register) && register.shift ? Date.parse(register.shift.overdueAt) - register.clockAhead * 1000 : null),
  cash: (register) => (register.cash === null || isCountedBlind(register) ? null : toTiyn(register.cash)),
  queue: ({ offlineQueue }) => offlineQueue,
  'last-z': ({ lastZ }) => (lastZ ? Date.parse(lastZ.taken) : null),
};

/** @param {RegisterView} register @returns {number} those that need something first */
function need(register) {
  return (register.unresolved ? 0 : 20) + (needsAttention(register) ? 0 : 10) + RANK[register.state];
}

/** The registers of the account and the words that are looked for. @param {RegisterView[]} registers @param {Seat} seat */
export function searched(registers, seat) {
  const words = seat.search.toLowerCase().split(/\s+/).filter(Boolean);
  return registers.filter((each) => {
    if (seat.account && accountOf(each) !== seat.account) return false;
    const all = registerWords(each);
    return words.every((word) => all.includes(word));
  });
}

/** @param {{server: string, login: string}} of */
export const accountOf = ({ server, login }) => `${server} ${login}`;

/** @param {RegisterView[]} registers @param {Seat} seat */
export function arranged(registers, seat) {
  const compare = inOrder();
  const by = SORTS[/** @type {keyof typeof SORTS} */ (seat.sort)] ?? need;
  const way = seat.descending ? -1 : 1;
  const filter = FILTERS[/** @type {keyof typeof FILTERS} */ (seat.filter)] ?? FILTERS.all;
  return registers.filter(filter).map((register) => ({ register, value: by(register) }))
    .sort(({ value: a, register: one }, { value: b, register: other }) => (a === null || b === null ? Number(a === null) - Number(b === null)
      : way * (typeof a === 'string' || typeof b === 'string' ? compare(String(a), String(b)) : Number(a > b) - Number(a < b))) || compare(one.name, other.name))
    .map(({ register }) => register);
}
