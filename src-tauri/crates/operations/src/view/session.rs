//! The session: the room, its accounts, its settings.

use std::collections::BTreeMap;

use super::ScheduledRunView;

view! {
    /// What the page needs to know first.
    StartView {
        /// The program's version.
        version: String,
        /// `training` or `real`.
        #[ts(type = "'training' | 'real'")]
        mode: String,
        /// The language of the page.
        #[ts(type = "'ru' | 'kk' | 'en'")]
        language: String,
        /// The shop's time zone, in minutes east of UTC.
        utc_offset_minutes: i32,
        /// Who is signed in.
        accounts: Vec<AccountView>,
        /// Whether passwords can be kept on this computer.
        keystore: bool,
        /// Known servers.
        presets: Vec<PresetView>,
        /// The training sign-in, in training only.
        demo: Option<DemoView>,
        /// Every setting's value by its name.
        #[ts(type = "Record<string, string>")]
        settings: BTreeMap<String, String>,
        /// Whether the program starts with the computer; `null` where that cannot be set.
        autostart: Option<bool>,
        /// The data folder.
        folder: String,
        /// Automatic closings that nobody has been told of.
        runs: Vec<ScheduledRunView>,
    }

    /// A known server.
    PresetView {
        /// What people call it.
        name: String,
        /// Its address.
        url: String,
    }

    /// The sign-in of the training world; not a secret.
    DemoView {
        /// The training server.
        server: String,
        /// Phone.
        login: String,
        /// Password.
        password: String,
    }

    /// An account without its secrets.
    AccountView {
        /// The server's address.
        server: String,
        /// The server's host, for people.
        host: String,
        /// Sign-in phone.
        login: String,
        /// The user's name.
        name: Option<String>,
        /// The server's id of the user.
        user: i64,
        /// Whether what it signs in with is kept and cannot be read now: nothing is done by it until then.
        locked: bool,
    }

    /// A setting.
    SettingView {
        /// Its name.
        name: String,
        /// What it is.
        value: String,
        /// What it is when nobody sets it.
        default: String,
    }
}
