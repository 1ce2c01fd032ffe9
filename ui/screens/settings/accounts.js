/** Who is signed in, and where. */
import { call } from '../../bridge.js';
import { t } from '../../text.js';
import { session, setSession } from '../../session.js';
import { go, signInPath } from '../../routes.js';
import { h } from '../../view/element.js';
import { button } from '../../view/button.js';
import { busy } from '../../view/busy.js';
import { confirm } from '../../view/dialog.js';
import { outcome, row } from './row.js';

/** @import {AccountView} from '../../types/operations' */

export function accountRows() {
  return [...session().accounts.map(accountRow), h('div', { class: 'setting' }, h('a', { href: signInPath, class: 'button plain', test: 'add-account' }, t('account.add')))];
}

/** @param {AccountView} account */
function accountRow(account) {
  const { server, login } = account;
  const { place, tried } = outcome();
  const leave = button(t('account.sign-out'), { test: `sign-out-${login}`, press: () => void ask() });

  async function ask() {
    if (!(await confirm({ title: t('settings.sign-out.title', { name: account.name ?? login, host: account.host }), note: t('settings.sign-out.ask'), yes: t('account.sign-out') }))) return;
    await busy(leave, t('account.sign-out.busy'), async () => {
      const gone = await tried(async () => { await call('sign_out', { server, login }); return ''; });
      if (!gone) return;
      const before = session();
      setSession({ ...before, accounts: before.accounts.filter((each) => each.server !== server || each.login !== login) });
      if (session().accounts.length === 0) go(signInPath);
      else line.remove();
    });
  }

  const line = row(account.name ?? login, `${login} · ${account.host}`, [leave, place]);
  return line;
}
