/** Settings. */
import { t } from '../text.js';
import { h } from '../view/element.js';

/** @import {Screen} from '../view/screen.js' */

/** @returns {Screen} */
export function settingsScreen() {
  return { title: t('place.settings'), element: h('div', { class: 'page', test: 'settings' }, h('h1', { tabindex: '-1' }, t('place.settings'))) };
}
