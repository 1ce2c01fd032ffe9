/** Paper, its language, the printer, and what is printed by itself. */
import { asErrorView, button, call, entry, errorPanel, fill, h, notice, quiet, session, t, ways } from '../../kit.js';
import { bad, outcome, row, select, settingRow, store, storedRow, withAddress } from './row.js';

/** @import {PrinterView} from '../../types/operations' */

const PAPERS = /** @type {const} */ (['80', '58', 'a4']);
const LANGUAGES = /** @type {const} */ (['ru', 'kk', 'en', 'kk+ru']);
const AUTO = /** @type {const} */ (['off', 'z', 'all']);
/** The choice under which an address is typed. */
const TCP = 'tcp';

/** @param {string} printer as it is named in the settings */
function printerName(printer) {
  const [, kind, name = printer] = /^(system|raw|tcp):(.*)$/.exec(printer) ?? [];
  return kind === 'raw' ? t('settings.printer.raw', { name }) : name;
}

export function paperRows() {
  const { settings } = session();
  return [
    storedRow('paper', t('report.paper'), '', select(PAPERS.map((each) => [each, t(`report.paper.${each}`)]), settings['paper'])),
    storedRow('report-language', t('report.language'), t('settings.report-language.note'), select(LANGUAGES.map((each) => [each, t(`report.language.${each}`)]), settings['report-language'])),
    ...printerRows(),
    testRow(),
    storedRow('auto-print', t('settings.auto-print'), t('settings.auto-print.note'), select(AUTO.map((each) => [each, t(`settings.auto-print.${each}`)]), settings['auto-print'])),
  ];
}

function printerRows() {
  const chosen = session().settings['printer'] ?? '';
  const list = select([]);
  const address = entry('@setting-printer-address', { placeholder: '192.168.1.50:9100', label: t('settings.printer.address'), value: chosen.startsWith('tcp:') ? chosen.slice(4) : '' });
  const missing = h('div.setting-wide');

  /** @param {PrinterView[]} printers */
  function offer(printers) {
    /** @type {[string, string][]} */
    const found = printers.filter((each) => !each.printer.startsWith('tcp:')).map((each) => [each.printer, each.systemDefault ? t('settings.printer.systems', { name: printerName(each.printer) }) : printerName(each.printer)]);
    if (chosen && !chosen.startsWith('tcp:') && !found.some(([each]) => each === chosen)) found.push([chosen, printerName(chosen)]);
    const kept = list.value || (chosen.startsWith('tcp:') ? TCP : chosen);
    fill(list, ...select([['', t('settings.printer.none')], ...found, [TCP, t('settings.printer.tcp')]]).children);
    list.value = kept;
    sync();
  }

  async function read() {
    fill(missing);
    try {
      offer(await call('printers'));
    } catch (failure) {
      offer([]);
      // Nothing was to be printed, so nothing has failed: a computer may well have no printing system.
      fill(missing, asErrorView(failure).code !== 'not-printed' ? errorPanel(failure, { retry: read })
        : notice('grey', 'print', t('settings.printer.missing'), quiet(t('settings.printer.missing.note')),
          ways(button('@retry-printers', t('app.retry'), read, { icon: 'refresh', busy: t('settings.printer.busy') }))));
    }
  }

  const { sync, parts } = withAddress(list, TCP, address, async (typed) => {
    const [whole, port = '9100'] = /^[^\s:/]+(?::(\d{1,5}))?$/.exec(typed) ?? [];
    if (!whole || Number(port) < 1 || Number(port) > 65535) throw bad(t('settings.printer.bad'));
    return (await store('printer', `tcp:${typed}`)).replace(/^tcp:/, '');
  });
  offer([]);
  void read();
  return [settingRow('setting-printer', t('settings.printer'), t('settings.printer.note'), list, async (value) => {
    setTimeout(sync);
    return store('printer', value);
  }, ...parts), missing];
}

function testRow() {
  const { place, tried } = outcome();
  const print = button('@test-page', t('settings.test'), async () => {
    await tried(async () => {
      const { printer, state } = await call('print_test_page', { printer: null });
      return t(state === 'done' ? 'report.printed' : 'printing.in-queue', { printer: printerName(printer) });
    });
  }, { icon: 'print', busy: t('report.print.busy') });
  return row(t('settings.test.title'), t('settings.test.note'), [print, place]);
}
