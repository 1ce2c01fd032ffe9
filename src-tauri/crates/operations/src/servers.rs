//! The servers whose addresses are known: seen in public clients of the API (docs/API.md, evidence C).

use texts::{Key, Lang};

use crate::view::PresetView;

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
