//! A room the page works in: real, or training with its own server and its own database.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::{ErrorCode, ServerUrl};
use operations::view::{DemoView, StartView};
use operations::{Desk, DeskConfig, Effect, Keeping, Outside, Scope, Timeouts, Trouble, servers};
use sandbox::{Sandbox, SandboxError};
use secrecy::SecretString;
use texts::Key;
use tokio::time::sleep;

/// So often a port that is taken is tried, and so long after one another.
const TRIES: u32 = 30;
const PAUSE: Duration = Duration::from_millis(100);

/// A desk, and in training the server it works with.
pub(crate) struct Room {
    pub(crate) desk: Desk,
    server: Option<Sandbox>,
    /// The settings as the page was told them last.
    told: Mutex<BTreeMap<String, String>>,
}

/// A room's data folder.
pub(crate) fn folder(data: &Path, training: bool) -> PathBuf {
    if training {
        data.join("training")
    } else {
        data.to_owned()
    }
}

impl Room {
    pub(crate) async fn open(
        folder: &Path,
        training: bool,
        outside: Outside,
    ) -> Result<Self, Trouble> {
        let desk = Desk::open(DeskConfig {
            data_dir: folder.to_owned(),
            training,
            keeping: if training {
                Keeping::Session
            } else {
                Keeping::Keyring
            },
            scope: Scope::default(),
            timeouts: Timeouts::default(),
            outside,
            lang: None,
        })?;
        if !training {
            return Ok(Self::of(desk, None));
        }
        let server = training_server(folder).await.map_err(|error| {
            Trouble::new(ErrorCode::DataFolder, Effect::Local).with("detail", error)
        })?;
        // Whoever tries the program has nothing to sign in with: the training cashier stands at the desk already.
        let password = SecretString::from(sandbox::PASSWORD.to_owned());
        let login = sandbox::FIRST_LOGIN;
        desk.sign_in(&server.base_url(), login, password, false)
            .await?;
        Ok(Self::of(desk, Some(server)))
    }

    fn of(desk: Desk, server: Option<Sandbox>) -> Self {
        Self {
            desk,
            server,
            told: Mutex::default(),
        }
    }

    pub(crate) const fn is_training(&self) -> bool {
        self.server.is_some()
    }

    /// Whether something real waits for what the room does by itself: a closing by the clock, a queue, an unknown outcome. What
    /// cannot be read may be there.
    pub(crate) fn is_needed(&self) -> bool {
        let waits = || -> Result<bool, Trouble> {
            Ok(!self.desk.schedules()?.is_empty()
                || !self.desk.outbox(false)?.is_empty()
                || !self.desk.operations(true, 1)?.is_empty())
        };
        !self.is_training() && waits().unwrap_or(true)
    }

    /// The server at this address when nobody has spoken to it from this room yet, so that a person has to agree. A server
    /// on this computer needs no word: nothing leaves the computer by it.
    ///
    /// # Errors
    /// When it is no address, or in training another server than the room's own: nothing real is reached from there.
    pub(crate) fn stranger(&self, address: &str) -> Result<Option<ServerUrl>, Trouble> {
        let bad = |what: Key| Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(what);
        let server = ServerUrl::parse(address).map_err(|_| bad(Key::WhatServerAddress))?;
        if let Some(own) = &self.server {
            let is_own = ServerUrl::parse(&own.base_url()).is_ok_and(|own| own == server);
            return is_own
                .then_some(None)
                .ok_or_else(|| bad(Key::WhatTrainingOnly));
        }
        let known = server.is_loopback() || self.desk.knows(&server)?;
        Ok((!known).then_some(server))
    }

    fn settings(&self) -> Result<BTreeMap<String, String>, Trouble> {
        let settings = self.desk.settings()?.into_iter();
        Ok(settings.map(|it| (it.name, it.value)).collect())
    }

    fn told_now(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the settings are others than the page was told: `smenactl` works on the same data. A page that has not begun is told
    /// everything when it does.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(crate) fn changed(&self) -> Result<bool, Trouble> {
        let settings = self.settings()?;
        let told = self.told_now();
        Ok(!told.is_empty() && *told != settings)
    }

    /// What the page needs to know first.
    pub(crate) async fn start_view(&self, autostart: Option<bool>) -> Result<StartView, Trouble> {
        let desk = &self.desk;
        // The language is one of them: changed in between, they are told once more.
        let settings = self.settings()?;
        let lang = desk.lang();
        let training = self.server.as_ref().map(Sandbox::base_url);
        let view = StartView {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            mode: if self.is_training() {
                "training"
            } else {
                "real"
            }
            .to_owned(),
            language: lang.as_str().to_owned(),
            utc_offset_minutes: desk.utc_offset_minutes(),
            accounts: desk.accounts().await?,
            keystore: desk.keeps_passwords().await,
            presets: servers::presets(training.as_deref(), lang),
            demo: self.server.as_ref().map(|server| DemoView {
                server: server.base_url(),
                login: sandbox::FIRST_LOGIN.to_owned(),
                password: sandbox::PASSWORD.to_owned(),
            }),
            settings,
            autostart,
            folder: desk.folder().display().to_string(),
            runs: desk.untold_runs()?,
        };
        self.told_now().clone_from(&view.settings);
        Ok(view)
    }
}

/// The training server of this folder. Its port may be taken for as long as a command of `smenactl` lasts; where it stays so,
/// it is another one, and the registers are others then.
async fn training_server(folder: &Path) -> Result<Sandbox, SandboxError> {
    for _ in 0..TRIES {
        match Sandbox::of_folder(folder, false).await {
            Err(SandboxError::Bind { .. }) => sleep(PAUSE).await,
            other => return other,
        }
    }
    Sandbox::of_folder(folder, true).await
}
