/** Quiet states of a screen: a note, an empty place, a wait. */
import { h } from './element.js';
import { icon } from './icons.js';

/** @import {IconName} from './icons.js' */
/** @import {Child} from './element.js' */

/**
 * @param {'green' | 'amber' | 'red' | 'grey'} colour
 * @param {IconName} picture
 * @param {string} title
 * @param {...Child} body
 */
export function notice(colour, picture, title, ...body) {
  return h('section', { class: `notice ${colour}`, role: 'status' }, icon(picture), h('div', { class: 'notice-body' }, h('p', { class: 'notice-title' }, title), ...body));
}

/** @param {string} title @param {string} [text] @param {IconName} [picture] */
export function emptyPlace(title, text = '', picture = 'report') {
  return h('div', { class: 'empty' }, icon(picture), h('p', { class: 'empty-title' }, title), text && h('p', {}, text));
}

/** @param {string} text @param {number} [rows] */
export function waiting(text, rows = 3) {
  return h('div', { class: 'waiting', role: 'status' }, h('span', { class: 'unseen' }, text),
    ...Array.from({ length: rows }, () => h('span', { class: 'waiting-row', 'aria-hidden': 'true' })));
}
