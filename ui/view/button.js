/** Buttons of one shape. */
import { h } from './element.js';
import { icon } from './icons.js';

/** @import {IconName} from './icons.js' */

/**
 * @param {string} label
 * @param {{kind?: 'primary' | 'plain' | 'quiet' | 'danger', icon?: IconName, test?: string, type?: 'button' | 'submit', class?: string, press?: (button: HTMLButtonElement) => void}} [options]
 * @returns {HTMLButtonElement}
 */
export function button(label, options = {}) {
  const { kind = 'plain', type = 'button', press } = options;
  /** @type {HTMLButtonElement} */
  const made = h('button', { type, class: `button ${kind} ${options.class ?? ''}`.trim(), test: options.test }, options.icon && icon(options.icon), h('span', { class: 'label' }, label));
  if (press) made.addEventListener('click', () => press(made));
  return made;
}
