/** Archive. */
import { t } from '../text.js';
import { h } from '../view/element.js';

/** @import {Screen} from '../view/screen.js' */

/** @returns {Screen} */
export function archiveScreen() {
  return { title: t('place.archive'), element: h('div', { class: 'page', test: 'archive' }, h('h1', { tabindex: '-1' }, t('place.archive'))) };
}
