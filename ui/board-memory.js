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

/**
 * A register that is as it was stays the same object, so that its row need not be made anew.
 * @param {BoardView} board
 */
export function rememberBoard(board) {
  const known = new Map(seat().board?.registers.map((each) => [keyOf(each), each]));
  const same = (/** @type {RegisterView} */ each) => {
    const before = known.get(keyOf(each));
    return before && JSON.stringify(before) === JSON.stringify(each) ? before : each;
  };
  seat().board = { ...board, registers: board.registers.map(same) };
  return seat().board;
}
