/** Who is signed in, and where. */
import { button, go, h, session, signInPath, signOut, t } from '../../kit.js';
import { outcome, row } from './row.js';

/** @import {AccountView} from '../../types/operations' */

export function accountRows() {
  return [...session().accounts.map(accountRow), h('div.setting', h('a.button@add-account', { href: signInPath }, t('account.add')))];
}

/** @param {AccountView} account */
function accountRow(account) {
  const { login, name, host } = account;
  const { place, tried } = outcome();
  const leave = button('', t('account.sign-out'), () => tried(async () => {
    if (await signOut(account)) line.remove();
    if (session().accounts.length === 0) go(signInPath);
    return '';
  }), { test: `sign-out-${login}` });
  const line = row(name ?? login, `${login} · ${host}`, [leave, place]);
  return line;
}
