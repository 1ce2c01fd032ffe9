/** Somebody closes the window while something is under way. */
import { call, whenIdle } from '../bridge.js';
import { t } from '../text.js';
import { openDialog } from './dialog.js';
import { button, h, instead } from './parts.js';

/** @type {HTMLDialogElement | null} */
let asked = null;

/** Asks whether to wait; once it has ended there is nothing to ask any more, and the dialog goes away. */
export function askClosing() {
  if (asked?.isConnected) return;
  const wait = button('.primary@closing-wait', t('closing.wait'), () => dialog.close());
  wait.autofocus = true;
  const dialog = h('dialog.dialog@closing', { 'aria-labelledby': 'closing-title', 'aria-describedby': 'closing-note' },
    h('form', { on: { submit: instead() } },
      h('h2', { id: 'closing-title' }, t('closing.title')),
      h('p', { id: 'closing-note' }, t('closing.note')),
      h('footer.dialog-actions',
        button('@closing-quit', t('closing.quit'), () => void call('quit', { force: true })), wait)));
  asked = dialog;
  openDialog(dialog);
  whenIdle(() => dialog.close());
}
