/** What is said of a file that was written: where it is, with the ways to it. */
import { t } from '../text.js';
import { asErrorView, call } from '../bridge.js';
import { h } from './element.js';
import { icon } from './icons.js';
import { button } from './button.js';

/**
 * @param {string} path
 * @param {{words?: string, test?: string}} [options]
 */
export function savedNote(path, { words = t('report.saved'), test = 'saved-path' } = {}) {
  const failed = h('p', { role: 'alert' });

  /** @param {boolean} folder */
  async function open(folder) {
    try {
      await call('open_saved', { path, folder });
      failed.textContent = '';
    } catch (failure) {
      const { message, remedy } = asErrorView(failure);
      failed.textContent = `${message} ${remedy}`;
    }
  }

  return h('div', { class: 'saved-note' }, icon('check'), h('div', {},
    h('p', {}, words),
    h('p', { class: 'saved-path', test }, path),
    h('div', { class: 'saved-ways' },
      button(t('saved.open'), { kind: 'quiet', test: 'saved-open', press: () => void open(false) }),
      button(t('saved.folder'), { kind: 'quiet', test: 'saved-folder', press: () => void open(true) })),
    failed));
}
