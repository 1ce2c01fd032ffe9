/** The board as it was read last, and how it was looked at: there at once on return, and what the palette searches. */
import { session } from './session.js';

/** @import {BoardView} from './types/operations' */

/**
 * @typedef {object} Seat how the board is looked at
 * @property {BoardView | null} board
 * @property {string} filter
 * @property {string} search
 * @property {string} account `server login`, or all
 * @property {string} sort
 * @property {boolean} descending
 * @property {string} active the key of the row that has the keyboard
 * @property {Set<string>} selected keys
 * @property {number} top how far it is scrolled, px
 */

/** @type {{room: string, seat: Seat} | null} */
let kept = null;

/** @param {{server: string, kkm: number}} register */
export const keyOf = ({ server, kkm }) => `${kkm} ${server}`;

/** The seat of this mode and these accounts; others begin anew. */
export function seat() {
  const { mode, accounts } = session();
  const room = JSON.stringify([mode, accounts.map(({ server, login }) => [server, login])]);
  if (kept?.room !== room) kept = { room, seat: { board: null, filter: 'all', search: '', account: '', sort: 'need', descending: false, active: '', selected: new Set(), top: 0 } };
  return kept.seat;
}

/**
 * A register that is as it was stays the same object, so that its row need not be made anew. One whose account could not be
 * read stays as it was seen last.
 * @param {BoardView} board
 */
export function rememberBoard(board) {
  const before = seat().board;
  const known = new Map(before?.registers.map((each) => [keyOf(each), each]));
  const registers = board.registers.map((each) => {
    const old = known.get(keyOf(each));
    known.delete(keyOf(each));
    return old && JSON.stringify(old) === JSON.stringify(each) ? old : each;
  });
  for (const old of known.values()) {
    const problem = board.problems.find(({ server, login }) => server === old.server && login === old.login);
    if (problem) registers.push({ ...old, state: 'unknown', seen: old.seen ?? before?.at ?? null, problem: problem.error });
  }
  seat().board = { ...board, registers };
}
