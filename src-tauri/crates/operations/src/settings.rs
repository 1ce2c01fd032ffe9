//! Settings that a person sets by name, and what the program remembers of a server. They are plain texts in the store; a value
//! that cannot be used is refused when it is set, not when it is needed.

use std::fs;
use std::path::Path;

use domain::{ErrorCode, ServerUrl};
use kkm_api::{Client, Network, Proxy, XMethod};

use crate::desk::lock;
use crate::view::SettingView;
use crate::{Desk, Effect, Trouble};

/// `system`, `none`, or the proxy's address.
const PROXY: &str = "proxy";
/// A PEM file with more root certificates than the system's.
const ROOTS: &str = "root-certificates";
/// `auto`, `get` or `post`.
const X_METHOD: &str = "x-method";

/// Every setting with what it is when it was never set.
const ALL: [(&str, &str); 3] = [(PROXY, "system"), (ROOTS, ""), (X_METHOD, "auto")];

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
        let setting = |(name, default): &(&str, &str)| -> Result<SettingView, Trouble> {
            Ok(SettingView {
                name: (*name).to_owned(),
                value: self.setting(name)?,
                default: (*default).to_owned(),
            })
        };
        ALL.iter().map(setting).collect()
    }

    /// Sets a setting; an empty value puts it back to what it was at first. From the next call on it counts.
    ///
    /// # Errors
    /// When there is no such setting, or the value cannot be used: nothing is changed then.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<(), Trouble> {
        let bad =
            |what: String| Trouble::new(ErrorCode::BadInput, Effect::Nothing).with("what", what);
        let Some((_, default)) = ALL.iter().find(|(known, _)| *known == name) else {
            let known: Vec<_> = ALL.iter().map(|(known, _)| *known).collect();
            return Err(bad(format!(
                "Нет настройки «{name}»; есть: {}",
                known.join(", ")
            )));
        };
        let value = value.trim();
        let value = if value.is_empty() { default } else { value };
        if name == X_METHOD && value != "auto" && XMethod::from_name(value).is_none() {
            return Err(bad("x-method — это auto, get или post".to_owned()));
        }
        // Tried on a server that is never called: what it cannot be built with cannot be used.
        let mut network = self.network(None)?;
        match name {
            PROXY => network.proxy = proxy(value),
            ROOTS => network.roots = roots(value)?,
            _ => {}
        }
        let nowhere = ServerUrl::parse("https://nowhere.invalid").map_err(|error| {
            Trouble::new(ErrorCode::Internal, Effect::Local).with("detail", error)
        })?;
        Client::new(nowhere, self.timeouts, &network)
            .map_err(|error| bad(format!("{name}: {}", error.cause.unwrap_or_default())))?;
        self.store.set_setting(name, value)?;
        // They are built anew with it when they are needed.
        lock(&self.seats).clear();
        Ok(())
    }

    fn setting(&self, name: &str) -> Result<String, Trouble> {
        let default = ALL.iter().find(|(known, _)| *known == name);
        let default = default.map_or("", |(_, default)| *default);
        Ok(self
            .store
            .setting(name)?
            .unwrap_or_else(|| default.to_owned()))
    }

    /// A client of this server by the settings as they are now.
    pub(crate) fn client(&self, server: &ServerUrl) -> Result<Client, Trouble> {
        let network = self.network(Some(server))?;
        Ok(Client::new(server.clone(), self.timeouts, &network)?)
    }

    fn network(&self, server: Option<&ServerUrl>) -> Result<Network, Trouble> {
        let pinned = XMethod::from_name(&self.setting(X_METHOD)?);
        let last = match server {
            Some(server) => self.store.setting(&remembered(server))?,
            None => None,
        };
        let last = last.as_deref().and_then(XMethod::from_name);
        Ok(Network {
            proxy: proxy(&self.setting(PROXY)?),
            roots: roots(&self.setting(ROOTS)?)?,
            x_method: pinned.or(last).unwrap_or_default(),
            x_pinned: pinned.is_some(),
        })
    }

    /// Remembers how a server took its X-report, when that is news. A failure costs one request next time.
    pub(crate) fn remember_x(&self, client: &Client) {
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

fn proxy(value: &str) -> Proxy {
    match value {
        "system" => Proxy::System,
        "none" => Proxy::None,
        url => Proxy::Url(url.to_owned()),
    }
}

fn roots(path: &str) -> Result<Option<Vec<u8>>, Trouble> {
    if path.is_empty() {
        return Ok(None);
    }
    let read = fs::read(Path::new(path)).map_err(|error| {
        Trouble::new(ErrorCode::BadInput, Effect::Nothing).with(
            "what",
            format!("Файл корневых сертификатов не читается: {path} ({error})"),
        )
    })?;
    Ok(Some(read))
}
