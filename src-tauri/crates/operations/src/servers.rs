//! The servers whose addresses are known: seen in public clients of the API (docs/API.md, evidence C).

use domain::ServerUrl;
use texts::{Key, Lang};

use crate::view::PresetView;
use crate::{Desk, Trouble};

/// The production server.
pub const PRODUCTION: &str = "https://fiscal2.kassa24.kz";

/// The test server.
pub const TEST: &str = "https://api.fiscalv2.stage.tech24.kz";

/// The known servers under the names people give them; in training its own one and no other, so that nothing real can be
/// reached from there by mistake.
pub fn presets(training: Option<&str>, lang: Lang) -> Vec<PresetView> {
    let preset = |name: Key, url: &str| PresetView {
        name: lang.text(name).to_owned(),
        url: url.to_owned(),
    };
    match training {
        Some(url) => vec![preset(Key::WhatTrainingServer, url)],
        None => vec![
            preset(Key::WhatProduction, PRODUCTION),
            preset(Key::WhatTestServer, TEST),
        ],
    }
}

impl Desk {
    /// Whether this server is one of the known ones, or somebody is signed in on it already.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn knows(&self, server: &ServerUrl) -> Result<bool, Trouble> {
        let preset = [PRODUCTION, TEST].contains(&server.as_str());
        let mut accounts = self.store.accounts()?.into_iter();
        Ok(preset || accounts.any(|account| account.server == *server))
    }
}
