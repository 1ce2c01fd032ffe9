/** Analytics. */
import { t } from '../text.js';
import { h } from '../view/element.js';

/** @import {Screen} from '../view/screen.js' */

/** @returns {Screen} */
export function analyticsScreen() {
  return { title: t('place.analytics'), element: h('div', { class: 'page', test: 'analytics' }, h('h1', { tabindex: '-1' }, t('place.analytics'))) };
}
