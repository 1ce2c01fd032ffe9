//! Settings that a person sets by name, and what the program remembers of a server. They are plain texts in the store; a value
//! that cannot be used is refused when it is set, not when it is needed.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use domain::{ErrorCode, ServerUrl, Zone};
use kkm_api::{Client, Network, Proxy, XMethod};
use printing::Printer;
use store::Store;
use texts::{Key, Lang, Phrase};
use url::Url;

use crate::desk::lock;
use crate::file::reason;
use crate::printing::{AutoPrint, printer_named};
use crate::view::SettingView;
use crate::{Desk, Effect, Language, Paper, Trouble, zone};

/// `system`, `none`, or the proxy's address.
const PROXY: &str = "proxy";
/// A PEM file with more root certificates than the system's.
const ROOTS: &str = "root-certificates";
/// `auto`, `get` or `post`.
const X_METHOD: &str = "x-method";
/// On which paper reports are put.
const PAPER: &str = "paper";
/// Its values.
pub(crate) const PAPERS: &str = "80, 58, a4";
/// In which language reports are printed, whatever the screen says.
const REPORT_LANGUAGE: &str = "report-language";
/// Its values.
pub(crate) const REPORT_LANGUAGES: &str = "ru, kk, en, kk+ru";
/// `ru`, `kk`, `en`, or `system`: that of the window and of messages.
const LANGUAGE: &str = "language";
/// As the system has it.
pub(crate) const SYSTEM: &str = "system";

/// The printer that is used where nobody names one: `system:NAME`, `raw:NAME` or `tcp:HOST[:PORT]`.
const PRINTER: &str = "printer";
/// `off`, `z` or `all`: what is printed by itself.
const AUTO_PRINT: &str = "auto-print";
/// `on` or `off`: whether people are told before a shift becomes 24 hours old.
const REMINDERS: &str = "reminders";
/// `off` or `on`: whether the drawer is counted without seeing what should be in it.
const BLIND_COUNT: &str = "blind-count";
/// `off` or `on`: whether the window's cross leaves the program in the tray.
const CLOSE_TO_TRAY: &str = "close-to-tray";
/// `table` or `cards`: how the registers are shown.
const BOARD: &str = "board";
/// The shop's time zone: `system`, or a name of the IANA's such as `Asia/Almaty`.
const TIME_ZONE: &str = "time-zone";
/// The two values of a switch.
const SWITCH: [&str; 2] = ["on", "off"];
/// The values of [`BOARD`].
const BOARDS: [&str; 2] = ["table", "cards"];

/// How a certificate begins in a PEM file.
const MARK: &str = "-----BEGIN CERTIFICATE-----";

/// Every setting with what it is when it was never set.
const ALL: [(&str, &str); 13] = [
    (PROXY, SYSTEM),
    (ROOTS, ""),
    (X_METHOD, "auto"),
    (PAPER, "80"),
    (REPORT_LANGUAGE, "ru"),
    (LANGUAGE, SYSTEM),
    (PRINTER, ""),
    (AUTO_PRINT, "off"),
    (REMINDERS, "on"),
    (BLIND_COUNT, "off"),
    (CLOSE_TO_TRAY, "off"),
    (BOARD, "table"),
    (TIME_ZONE, SYSTEM),
];

/// How a server took its last X-report, remembered under this name and the server's address.
fn remembered(server: &ServerUrl) -> String {
    format!("x-method of {server}")
}

impl Desk {
    /// All settings.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn settings(&self) -> Result<Vec<SettingView>, Trouble> {
        all(&self.store)
    }

    /// Sets a setting; an empty value puts it back to what it was at first. This process heeds it from the next call on,
    /// another one from its next start.
    ///
    /// # Errors
    /// When there is no such setting, or the value cannot be used: nothing is changed then.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<(), Trouble> {
        let value = self.usable_setting(name, value)?;
        // From the moment on at which printing by itself is switched on, what is archived is new.
        let prints =
            |value: &str| AutoPrint::from_name(value).is_some_and(|it| it != AutoPrint::Off);
        if name == AUTO_PRINT && prints(&value) && auto_print(&self.store)? == AutoPrint::Off {
            self.store.take_reports_for_printed()?;
        }
        self.store.set_setting(name, &value)?;
        // They are built anew with it when they are needed.
        lock(&self.seats).clear();
        Ok(())
    }

    /// A setting's value as it would be kept, in its one form and with nothing in it that has no meaning. Nothing is changed.
    ///
    /// # Errors
    /// As [`Self::set_setting`].
    pub fn usable_setting(&self, name: &str, value: &str) -> Result<String, Trouble> {
        let bad = |what: Phrase| Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(what);
        let Some((_, default)) = ALL.iter().find(|(known, _)| *known == name) else {
            let known: Vec<_> = ALL.iter().map(|(known, _)| *known).collect();
            let no_such = Phrase::of(Key::WhatNoSetting).with("name", name);
            return Err(bad(no_such.with("known", known.join(", "))));
        };
        let value = value.trim();
        let value = if value.is_empty() { default } else { value };
        let values = match name {
            X_METHOD if value != "auto" && XMethod::from_name(value).is_none() => "auto, get, post",
            PAPER if Paper::from_name(value).is_none() => PAPERS,
            REPORT_LANGUAGE if Language::from_name(value).is_none() => REPORT_LANGUAGES,
            LANGUAGE if value != SYSTEM && Lang::from_name(value).is_none() => "system, ru, kk, en",
            REMINDERS | BLIND_COUNT | CLOSE_TO_TRAY if !SWITCH.contains(&value) => "on, off",
            BOARD if !BOARDS.contains(&value) => "table, cards",
            TIME_ZONE if zone::named(value).is_none() => "system, Asia/Almaty, Asia/Aqtau",
            _ => "",
        };
        if !values.is_empty() {
            let what = Phrase::of(Key::WhatSettingValues).with("name", name);
            return Err(bad(what.with("values", values)));
        }
        self.refuse_bad_printing(name, value)?;
        if name == PRINTER && !value.is_empty() {
            return Ok(printer_named(value)?.to_string());
        }
        // Tried on a server that is never called: what it cannot be built with cannot be used. What is set now may be the
        // very thing that is to be mended, and must not be in the way.
        let mut network = self.network(None)?;
        let mut value = value.to_owned();
        match name {
            PROXY => {
                network.proxy = proxy(&value).ok_or_else(|| bad(Key::WhatSettingProxy.into()))?;
                if let Proxy::Url(url) = &network.proxy {
                    value.clone_from(url);
                }
            }
            ROOTS if !value.is_empty() => {
                // Its place counts from any folder.
                let path = fs::canonicalize(&value);
                let path = path.map_err(|error| {
                    let what = Phrase::of(Key::WhatOfFile).with("path", &value);
                    bad(what.holding("why", reason(&error)))
                })?;
                value = path.display().to_string();
                network.roots = roots(&value)?;
            }
            ROOTS => network.roots = None,
            _ => {}
        }
        let nowhere = ServerUrl::parse("https://nowhere.invalid").map_err(|error| {
            Trouble::new(ErrorCode::Internal, Effect::Local).with("detail", error)
        })?;
        Client::new(nowhere, self.timeouts, &network).map_err(|error| {
            let cause = error.cause.unwrap_or_default();
            bad(Phrase::given(format!("{name}: {cause}")))
        })?;
        Ok(value)
    }

    /// The language people are spoken to in: the one this desk was opened with, else that of the settings, else the
    /// system's.
    pub fn lang(&self) -> Lang {
        let set = || Lang::from_name(&self.setting(LANGUAGE).ok()?);
        self.lang.or_else(set).unwrap_or_else(system_lang)
    }

    /// Refuses what could not be printed with.
    fn refuse_bad_printing(&self, name: &str, value: &str) -> Result<(), Trouble> {
        let bad = |key: Key| Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(key);
        match name {
            PRINTER if !value.is_empty() => printer_named(value).map(|_| ()),
            PRINTER if auto_print(&self.store)? != AutoPrint::Off => {
                Err(bad(Key::PrintAutoNeedsPrinter))
            }
            AUTO_PRINT => match AutoPrint::from_name(value) {
                None => Err(bad(Key::PrintBadAuto)),
                Some(AutoPrint::Off) => Ok(()),
                Some(_) if printer(&self.store)?.is_none() => Err(bad(Key::PrintAutoNeedsPrinter)),
                Some(_) => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn setting(&self, name: &str) -> Result<String, Trouble> {
        value(&self.store, name)
    }

    /// A client of this server by the settings as they are now.
    pub(crate) fn client(&self, server: &ServerUrl) -> Result<Client, Trouble> {
        let network = self.network(Some(server))?;
        let mut client = Client::new(server.clone(), self.timeouts, &network)?;
        client.set_clock(self.outside.clock.clone());
        if let Some(transport) = &self.outside.transport {
            client.set_transport(Arc::clone(transport));
        }
        Ok(client)
    }

    fn network(&self, server: Option<&ServerUrl>) -> Result<Network, Trouble> {
        let pinned = XMethod::from_name(&self.setting(X_METHOD)?);
        let last = match server {
            Some(server) => self.store.setting(&remembered(server))?,
            None => None,
        };
        let last = last.as_deref().and_then(XMethod::from_name);
        Ok(Network {
            proxy: proxy(&self.setting(PROXY)?).unwrap_or_default(),
            roots: self.roots_or_none()?,
            x_method: pinned.or(last).unwrap_or_default(),
            x_pinned: pinned.is_some(),
        })
    }

    /// A file that is gone must not keep everybody out: without it, the servers that need it cannot be reached, and say so.
    fn roots_or_none(&self) -> Result<Option<Vec<u8>>, Trouble> {
        Ok(roots(&self.setting(ROOTS)?).unwrap_or_else(|trouble| {
            tracing::warn!(%trouble, "the extra root certificates are left out");
            None
        }))
    }

    /// Remembers how a server took its X-report, when that is news. A failure costs one request next time.
    pub(crate) fn remember_x(&self, client: &Client) {
        if client.x_is_pinned() {
            return;
        }
        let name = remembered(client.server());
        let method = client.x_method().as_str();
        let remembered = self.store.setting(&name).and_then(|last| match last {
            Some(last) if last == method => Ok(()),
            _ => self.store.set_setting(&name, method),
        });
        if let Err(error) = remembered {
            tracing::warn!(%error, "how the X-report is taken is not remembered");
        }
    }
}

/// The first of the system's languages that is one of ours, else Russian.
pub fn system_lang() -> Lang {
    lang_among(sys_locale::get_locales())
}

fn lang_among(locales: impl Iterator<Item = String>) -> Lang {
    let mut known = locales.filter_map(|locale| {
        let language = locale.split(['-', '_']).next().unwrap_or_default();
        Lang::from_name(&language.to_lowercase())
    });
    known.next().unwrap_or_default()
}

/// All settings of a store.
pub(crate) fn all(store: &Store) -> Result<Vec<SettingView>, Trouble> {
    let setting = |(name, default): &(&str, &str)| -> Result<SettingView, Trouble> {
        Ok(SettingView {
            name: (*name).to_owned(),
            value: value(store, name)?,
            default: (*default).to_owned(),
        })
    };
    ALL.iter().map(setting).collect()
}

/// The paper reports are put on where nobody says otherwise.
pub(crate) fn paper(store: &Store) -> Result<Paper, Trouble> {
    Ok(Paper::from_name(&value(store, PAPER)?).unwrap_or_default())
}

/// The language reports are written in where nobody says otherwise.
pub(crate) fn report_language(store: &Store) -> Result<Language, Trouble> {
    Ok(Language::from_name(&value(store, REPORT_LANGUAGE)?).unwrap_or_default())
}

/// The printer that is used where nobody names one.
pub(crate) fn printer(store: &Store) -> Result<Option<Printer>, Trouble> {
    Ok(value(store, PRINTER)?.parse().ok())
}

/// What is printed by itself.
pub(crate) fn auto_print(store: &Store) -> Result<AutoPrint, Trouble> {
    Ok(AutoPrint::from_name(&value(store, AUTO_PRINT)?).unwrap_or_default())
}

/// The shop's time zone. A name that this program does not know any more is the computer's zone.
pub(crate) fn zone(store: &Store) -> Result<Zone, Trouble> {
    let name = value(store, TIME_ZONE)?;
    Ok(zone::named(&name).unwrap_or_else(zone::system))
}

/// Whether the cash is counted before the register's sum is seen.
pub(crate) fn counts_blind(store: &Store) -> Result<bool, Trouble> {
    Ok(value(store, BLIND_COUNT)? == "on")
}

/// Whether people are told before a shift becomes overdue.
pub(crate) fn reminds(store: &Store) -> Result<bool, Trouble> {
    Ok(value(store, REMINDERS)? != "off")
}

fn value(store: &Store, name: &str) -> Result<String, Trouble> {
    let default = ALL.iter().find(|(known, _)| *known == name);
    let default = default.map_or("", |(_, default)| *default);
    Ok(store.setting(name)?.unwrap_or_else(|| default.to_owned()))
}

/// An address with a password is refused: it would stand in the settings in clear. Of any other, scheme, host and port are
/// taken: nothing else of it has a meaning.
fn proxy(value: &str) -> Option<Proxy> {
    match value {
        SYSTEM => Some(Proxy::System),
        "none" => Some(Proxy::None),
        url if ["http://", "https://"].iter().any(|it| url.starts_with(it))
            && !url.contains('@') =>
        {
            let url = Url::parse(url).ok()?;
            Some(Proxy::Url(url.origin().ascii_serialization()))
        }
        _ => None,
    }
}

fn roots(path: &str) -> Result<Option<Vec<u8>>, Trouble> {
    if path.is_empty() {
        return Ok(None);
    }
    let bad = |why: Phrase| {
        let what = Phrase::of(Key::WhatBadRoots).with("path", path);
        Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(what.holding("why", why))
    };
    let read = fs::read(Path::new(path)).map_err(|error| bad(reason(&error)))?;
    let marked = read
        .windows(MARK.len())
        .any(|window| window == MARK.as_bytes());
    if !marked {
        return Err(bad(Key::WhatNoPem.into()));
    }
    Ok(Some(read))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_proxys_address_only_scheme_host_and_port_are_taken() {
        let url = |text: &str| Some(Proxy::Url(text.to_owned()));
        assert_eq!(proxy("http://A.kz:3128/ок,?да"), url("http://a.kz:3128"));
        assert_eq!(proxy("https://касса.kz"), url("https://xn--80aa2a3aa.kz"));
        assert_eq!(proxy("http://[::1]:9"), url("http://[::1]:9"));
        assert_eq!(proxy("http://user:secret@a.kz"), None);
        assert_eq!(proxy("http://"), None);
    }

    #[test]
    fn the_systems_first_language_that_is_ours_is_taken() {
        let of = |locales: &[&str]| lang_among(locales.iter().map(|it| (*it).to_owned()));
        assert_eq!(of(&["kk-KZ", "ru-KZ"]), Lang::Kk);
        assert_eq!(of(&["de-DE", "en-US", "ru"]), Lang::En);
        assert_eq!(of(&["C"]), Lang::Ru);
        assert_eq!(of(&[]), Lang::Ru);
    }
}
