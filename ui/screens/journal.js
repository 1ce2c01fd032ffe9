/** Journal. */
import { t } from '../text.js';
import { h } from '../view/element.js';

/** @import {Screen} from '../view/screen.js' */

/** @returns {Screen} */
export function journalScreen() {
  return { title: t('place.journal'), element: h('div', { class: 'page', test: 'journal' }, h('h1', { tabindex: '-1' }, t('place.journal'))) };
}
