/** The board as it was read last, and how it was looked at: there at once on return, and what the palette searches. */
import { session } from './session.js';

/** @import {BoardView, RegisterView} from './types/operations' */

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

/** One whose account could not be read stays as it was seen last. @param {BoardView} board */
export function rememberBoard(board) {
  const before = seat().board;
  const read = new Set(board.registers.map(keyOf));
  const lost = before?.registers.filter((each) => !read.has(keyOf(each))).flatMap((old) => board.problems
    .filter(({ server, login }) => server === old.server && login === old.login)
    .map(({ error }) => /** @type {RegisterView} */ ({ ...old, state: 'unknown', seen: old.seen ?? before.at, problem: error })));
  seat().board = { ...board, registers: [...board.registers, ...lost ?? []] };
}

/** What was read of one of them since. @param {RegisterView} register */
export function rememberRegister(register) {
  const { board } = seat();
  if (board) board.registers = board.registers.map((each) => (keyOf(each) === keyOf(register) ? register : each));
}
