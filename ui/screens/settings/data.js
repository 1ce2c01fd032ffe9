/** The data folder, backup and restoring. */
import {
  announce, asErrorView, busy, button, call, confirm, errorPanel, fill, go, h, notice, placePath, session, signInPath, startSession, t,
} from '../../kit.js';
import { outcome, row } from './row.js';

/** @import {RestoreView} from '../../types/operations' */

/** @param {{reports: number, operations: number}} found */
const held = (found) => t('settings.held', { reports: found.reports, operations: found.operations });

/** @param {string} path */
const pathLine = (path) => h('p.saved-path', path);

export function dataRows() {
  const { place, tried } = outcome();
  const failed = h('div.setting-wide');
  const backup = button('@backup', t('settings.backup'), async () => {
    await tried(async () => {
      const written = await call('backup');
      return written && h('div@backed-up', h('p', t('settings.backup.done')), h('p', held(written)), pathLine(written.file));
    });
  }, { icon: 'save', busy: t('report.save.busy'), with: () => [restore] });
  const restore = button('@restore', t('settings.restore'), begin);

  async function begin() {
    fill(failed);
    if (!(await confirm({ title: t('settings.restore.title'), note: t('settings.restore.ask'), yes: t('settings.restore.yes') }))) return;
    await busy(restore, t('settings.restore.busy'), () => put(false), [backup]);
  }

  /** @param {boolean} force */
  async function put(force) {
    try {
      const restored = await call('restore', { force });
      if (restored) await arrived(restored);
    } catch (failure) {
      const error = asErrorView(failure);
      // What is here and not in the backup is told, and asked about once more.
      if (!force && 'lost-reports' in error.params) {
        if (await confirm({ title: t('settings.restore.force.title'), note: t('settings.restore.force.ask'), yes: t('settings.restore.force.yes'), body: [h('p', t('settings.restore.force.missing', { reports: error.params['lost-reports'] ?? '', operations: error.params['lost-operations'] ?? '' }))] })) await put(true);
        return;
      }
      fill(failed, errorPanel(error, { dismiss: () => fill(failed) }));
    }
  }

  return [
    row(t('settings.folder'), t('settings.folder.note'), [h('p.saved-path@folder', session().folder)]),
    row(t('settings.backup.title'), t('settings.backup.note'), [backup, place]),
    row(t('settings.restore.row'), t('settings.restore.note'), [restore]),
    failed,
  ];
}

/** Everything is as the backup has it: accounts, settings, the language. @param {RestoreView} restored */
async function arrived(restored) {
  await startSession(await call('start'));
  go(session().accounts.length > 0 ? placePath('settings') : signInPath);
  announce(notice('green', 'check', t('settings.restore.done'), h('p', held(restored)), h('p', t('settings.restore.saved')), pathLine(restored.saved)));
}
