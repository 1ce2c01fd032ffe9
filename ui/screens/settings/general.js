/** Language, time, and how the program stays at hand. */
import { call, checkbox, LANGUAGES, ownName, session, t } from '../../kit.js';
import { adopt, select, settingRow, storedRow } from './row.js';

/** The places whose time zones Kazakhstan has, as the system's data call them behind `Asia/`. */
const ZONES = /** @type {const} */ (['Almaty', 'Aqtau', 'Aqtobe', 'Atyrau', 'Oral', 'Qostanay', 'Qyzylorda']);

/** The system's choice, named. @type {() => [string, string]} */
const system = () => ['system', t('settings.system')];

/** The choice of the page's language, also for whoever is not signed in yet. */
export const languageList = () => select([system(), ...LANGUAGES.map((each) => /** @type {[string, string]} */ ([each, ownName(each)]))], session().settings['language']);

export function generalRows() {
  const { settings, autostart } = session();
  const start = checkbox('');
  start.checked = autostart === true;
  return [
    storedRow('language', t('settings.language'), t('settings.language.note'), languageList()),
    storedRow('time-zone', t('settings.time-zone'), t('settings.time-zone.note'), select([system(), ...ZONES.map((each) => /** @type {[string, string]} */ ([`Asia/${each}`, t(`settings.zone.${each}`)]))], settings['time-zone'])),
    storedRow('reminders', t('settings.reminders'), t('settings.reminders.note'), checkbox('')),
    storedRow('close-to-tray', t('settings.close-to-tray'), t('settings.close-to-tray.note'), checkbox('')),
    autostart !== null && settingRow('setting-autostart', t('settings.autostart'), t('settings.autostart.note'), start, async (value) => {
      const next = await call('set_autostart', { on: value === 'on' });
      await adopt(next);
      return next.autostart ? 'on' : 'off';
    }),
  ];
}
