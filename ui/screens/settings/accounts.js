/** Who is signed in, and where. */
import { busy, button, call, confirm, forget, go, h, session, signInPath, t } from '../../kit.js';
import { outcome, row } from './row.js';

/** @import {AccountView} from '../../types/operations' */

export function accountRows() {
  return [...session().accounts.map(accountRow), h('div.setting', h('a.button@add-account', { href: signInPath }, t('account.add')))];
}

/** @param {AccountView} account */
function accountRow(account) {
  const { server, login } = account;
  const { place, tried } = outcome();
  const leave = button('', t('account.sign-out'), ask, { test: `sign-out-${login}` });

  async function ask() {
    if (!(await confirm({ title: t('settings.sign-out.title', { name: account.name ?? login, host: account.host }), note: t('settings.sign-out.ask'), yes: t('account.sign-out') }))) return;
    await busy(leave, t('account.sign-out.busy'), async () => {
      const gone = await tried(async () => { await call('sign_out', { server, login }); return ''; });
      if (!gone) return;
      forget(account);
      if (session().accounts.length === 0) go(signInPath);
      else line.remove();
    });
  }

  const line = row(account.name ?? login, `${login} · ${account.host}`, [leave, place]);
  return line;
}
