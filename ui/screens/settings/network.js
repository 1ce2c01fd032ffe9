/** How servers are reached; most people never need it. */
import { entry, session, t } from '../../kit.js';
import { bad, select, settingRow, store, storedRow, withAddress } from './row.js';

const METHODS = /** @type {const} */ (['auto', 'get', 'post']);
/** The choice under which an address is typed. */
const ADDRESS = 'address';

export function networkRows() {
  return [
    proxyRow(),
    storedRow('root-certificates', t('settings.roots'), t('settings.roots.note'), entry('')),
    storedRow('x-method', t('settings.x-method'), t('settings.x-method.note'), select(METHODS.map((each) => [each, each === 'auto' ? t('settings.x-method.auto') : each.toUpperCase()]))),
  ];
}

function proxyRow() {
  const set = session().settings['proxy'] ?? 'system';
  const typed = set !== 'system' && set !== 'none';
  const address = entry('@setting-proxy-address', { type: 'url', placeholder: 'http://', label: t('settings.proxy.address'), value: typed ? set : '' });
  const list = select([['system', t('settings.system')], ['none', t('settings.proxy.none')], [ADDRESS, t('settings.proxy.own')]], typed ? ADDRESS : set);
  const { sync, parts } = withAddress(list, ADDRESS, address, (written) => {
    if (!/^https?:\/\/[^\s@]+$/.test(written)) throw bad(t('settings.proxy.bad'));
    return store('proxy', written);
  });
  return settingRow('setting-proxy', t('settings.proxy'), t('settings.proxy.note'), list, async (value) => {
    setTimeout(sync);
    return store('proxy', value);
  }, ...parts);
}
