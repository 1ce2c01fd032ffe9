/**
 * A screen of the window.
 * @typedef {object} Screen
 * @property {string} title
 * @property {HTMLElement} element
 * @property {() => void} [entered] after it is in the document
 * @property {() => void} [leave] stops its timers
 * @property {() => void} [refresh] reads its data again
 * @property {() => void} [settled] something left open was settled by itself; without it the screen is refreshed
 * @property {() => string} [back] where Escape leads
 */

export {};
