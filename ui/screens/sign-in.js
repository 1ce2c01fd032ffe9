/** Sign-in, with Training as the other door. */
import {
  asErrorView, busy, button, call, checkbox, entry, errorPanel, field, fill, go, h, heading, homePath, icon, instead, options, registersPath, session,
  setSession, startSession, submitButton, t,
} from '../kit.js';
import { languageList } from './settings/general.js';
import { saves, store } from './settings/row.js';

/** @import {Screen} from '../view/screen.js' */

const OTHER = 'other';

/** @returns {Screen} */
export function signInScreen() {
  const { presets, demo, keystore, mode, accounts } = session();
  const failures = h('div.failures');
  const address = entry('', { name: 'address', inputmode: 'url', placeholder: 'https://' });
  const addressField = field(t('sign-in.server.url'), address);
  const server = h('select', { name: 'server', on: { change: showAddress } },
    ...options([...presets.map(({ url, name }) => /** @type {const} */ ([url, name])), ...mode === 'real' ? [/** @type {const} */ ([OTHER, t('sign-in.server.other')])] : []]));
  const login = entry('', { name: 'login', type: 'tel', inputmode: 'tel', autocomplete: 'username', value: demo?.login ?? '', placeholder: '7 7__ ___ __ __' });
  const password = entry('', { name: 'password', type: 'password', autocomplete: 'current-password', value: demo?.password ?? '' });
  const remember = checkbox('', { name: 'remember', checked: keystore, disabled: !keystore });
  const submit = submitButton('.wide@sign-in-submit', t('sign-in.submit'));

  function showAddress() {
    addressField.hidden = address.disabled = server.value !== OTHER;
  }

  showAddress();

  async function signIn() {
    fill(failures);
    try {
      const url = server.value === OTHER ? address.value.trim() : server.value;
      const account = await call('sign_in', { server: url, login: login.value, password: password.value, remember: remember.checked });
      const before = session();
      const others = before.accounts.filter((each) => each.server !== account.server || each.login !== account.login);
      setSession({ ...before, accounts: [...others, account] });
      go(registersPath);
    } catch (failure) {
      fill(failures, errorPanel(failure, { signIn: false }));
      failures.scrollIntoView({ block: 'nearest' });
      if (asErrorView(failure).code === 'wrong-credentials') password.select();
    }
  }

  const form = h('form@sign-in', { on: { submit: instead(() => void busy(submit, t('sign-in.busy'), signIn)) } },
    field(t('sign-in.server'), server),
    addressField,
    field(t('sign-in.login'), login),
    field(t('sign-in.password'), password),
    h('label.tick', remember, h('span', t('sign-in.remember'),
      h('small', t(keystore ? 'sign-in.remember.note' : 'sign-in.remember.none')))),
    submit,
    failures,
    demo && h('p.hint', t('sign-in.demo')));

  const language = languageList();
  language.dataset.test = 'sign-in-language';
  language.ariaLabel = t('settings.language');

  const element = h('div.door',
    // Whoever is signed in has it in the settings.
    accounts.length === 0 && h('div.door-language', language, saves(language, (value) => store('language', value))),
    h('div.door-card',
      h('header.door-head',
        h('img', { src: 'mark.svg', alt: '', width: 56, height: 56 }),
        heading(t(accounts.length > 0 ? 'account.add' : 'app.name')),
        h('p', accounts.map((each) => `${each.name ?? each.login} · ${each.host}`).join(', ') || t('sign-in.lead'))),
      form),
    mode === 'real' && trainingDoor(failures),
    accounts.length > 0 && h('a.door-back', { href: registersPath }, t('sign-in.back')));
  return {
    title: t('sign-in.title'),
    element,
    entered: () => (demo ? submit : login).focus(),
    back: homePath,
  };
}

/** @param {HTMLElement} failures */
function trainingDoor(failures) {
  async function enter() {
    try {
      await startSession(await call('enter_training'));
      go(homePath());
    } catch (failure) {
      fill(failures, errorPanel(failure, { signIn: false }));
    }
  }
  return h('section.door-training', icon('training'),
    h('div', h('h2', t('sign-in.training')), h('p', t('sign-in.training.note'))),
    button('@enter-training', t('sign-in.training.enter'), enter, { busy: t('sign-in.training.busy') }));
}
