/** The button that saves what support needs into a file, and then says where the file is. */
import { t } from '../text.js';
import { asErrorView, call } from '../bridge.js';
import { busy } from './busy.js';
import { button } from './button.js';
import { h } from './element.js';
import { savedNote } from './saved.js';

/** @returns {{save: HTMLButtonElement, outcome: HTMLElement}} */
export function supportSaver() {
  const outcome = h('div', { class: 'saved', role: 'status' });
  const save = button(t('support.save'), { kind: 'quiet', icon: 'save', test: 'support-bundle', press: () => void busy(save, t('support.save.busy'), write) });

  async function write() {
    try {
      const { path } = await call('support_bundle');
      outcome.replaceChildren(savedNote(path, { words: t('support.saved'), test: 'support-path' }));
    } catch (failure) {
      const error = asErrorView(failure);
      outcome.replaceChildren(h('p', { test: 'support-failed' }, `${error.message} ${error.remedy}`));
    }
  }

  return { save, outcome };
}
