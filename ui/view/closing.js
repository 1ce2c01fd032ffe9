/** Somebody closes the window while something is under way. */
import { t } from '../text.js';
import { call, whenIdle } from '../bridge.js';
import { h } from './element.js';
import { button } from './button.js';
import { openDialog } from './dialog.js';

/** @type {HTMLDialogElement | null} */
let asked = null;

/** Asks whether to wait; once it has ended there is nothing to ask any more, and the dialog goes away. */
export function askClosing() {
  if (asked?.isConnected) return;
  const wait = button(t('closing.wait'), { kind: 'primary', test: 'closing-wait', press: () => dialog.close() });
  wait.autofocus = true;
  const dialog = h('dialog', { class: 'dialog', test: 'closing', 'aria-labelledby': 'closing-title', 'aria-describedby': 'closing-note' },
    h('form', { on: { submit: (/** @type {Event} */ event) => event.preventDefault() } },
      h('h2', { id: 'closing-title' }, t('closing.title')),
      h('p', { id: 'closing-note' }, t('closing.note')),
      h('footer', { class: 'dialog-actions' },
        button(t('closing.quit'), { test: 'closing-quit', press: () => void call('quit', { force: true }) }), wait)));
  asked = dialog;
  openDialog(dialog);
  whenIdle(() => dialog.close());
}
