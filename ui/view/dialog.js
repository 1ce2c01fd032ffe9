/** Native modal dialogs that are gone once closed. */
import { t } from '../text.js';
import { button, byId, focusedElement, focusOn, h, instead, listen, prevent, quiet, refocus, submitButton } from './parts.js';

/** @import {Child} from './parts.js' */

/**
 * @param {HTMLDialogElement} dialog
 * @param {() => boolean} [locked] while true, Escape does not close it
 */
export function openDialog(dialog, locked = () => false) {
  const opener = focusedElement();
  listen(dialog, {
    cancel: (event) => { if (locked()) prevent(event); },
    // Chromium lets a second Escape through without `cancel`; a key held down since before the dialog answers nothing.
    keydown: (event) => { if ((event.key === 'Escape' && locked()) || (event.key === 'Enter' && event.repeat)) prevent(event); },
    close: () => {
      dialog.remove();
      // It may have been drawn anew meanwhile.
      if (opener?.isConnected) focusOn(opener);
      else refocus(opener?.getAttribute('data-test'));
    },
  });
  byId('screen').append(dialog);
  dialog.showModal();
}

/**
 * Something to read, until it is closed.
 * @param {string} name said aloud @param {{test?: string, wide?: boolean}} look
 * @param {...Child} body
 */
export function showDialog(name, { test, wide }, ...body) {
  openDialog(h('dialog', { class: `dialog ${wide ? 'wide' : ''}`, test, label: name },
    h('form', { method: 'dialog' }, ...body, h('footer.dialog-actions', button('', t('app.close'), null, { type: 'submit' })))));
}

/**
 * Asks once, with the figures in view.
 * @param {{title: string, note: string, yes: string, body?: Child[], wide?: boolean}} question without `yes` there is nothing to agree to
 * @returns {Promise<boolean>}
 */
export function confirm({ title, note, yes, body = [], wide = false }) {
  return new Promise((resolve) => {
    const accept = submitButton('@confirm-yes', yes);
    accept.autofocus = true;
    const dialog = h('dialog@confirm', { class: `dialog ${wide ? 'wide' : ''}`, 'aria-labelledby': 'confirm-title' },
      h('form', { on: { submit: instead(() => dialog.close('yes')) } },
        h('h2', { id: 'confirm-title' }, title),
        ...body,
        quiet(note),
        h('footer.dialog-actions', button('', t('app.cancel'), () => dialog.close('no')), yes && accept)));
    listen(dialog, { close: () => resolve(dialog.returnValue === 'yes') });
    openDialog(dialog);
  });
}
