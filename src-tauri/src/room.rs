//! The room the window works in: real, or training with its own server and its own database.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use domain::ErrorCode;
use operations::log::Log;
use operations::view::{DemoView, ErrorView, StartView};
use operations::{
    Desk, DeskConfig, Effect, Keeping, Lang, Outside, Scope, Timeouts, Trouble, servers, support,
    system_lang,
};
use sandbox::{Sandbox, SandboxError};
use tauri::AppHandle;
use tokio::sync::Mutex;

use crate::{folders, settling};

/// A desk, and in training the server it works with.
pub(crate) struct Room {
    pub(crate) desk: Desk,
    server: Option<Sandbox>,
}

/// Which room the window is in. A room is opened when the page first asks, so that a failure can be shown there.
pub(crate) struct House {
    training: bool,
    log: Log,
    room: Mutex<Option<Arc<Room>>>,
    /// The language of the room; the system's until there is one.
    lang: std::sync::Mutex<Lang>,
}

impl House {
    pub(crate) fn new(training: bool, log: Log) -> Self {
        Self {
            training,
            log,
            room: Mutex::const_new(None),
            lang: std::sync::Mutex::new(system_lang()),
        }
    }

    /// The room as it is; opens it the first time.
    pub(crate) async fn room(&self, app: &AppHandle) -> Result<Arc<Room>, Trouble> {
        let mut room = self.room.lock().await;
        if let Some(room) = room.as_ref() {
            return Ok(Arc::clone(room));
        }
        let opened = self.open(app, self.training).await?;
        *room = Some(Arc::clone(&opened));
        Ok(opened)
    }

    /// Goes to the other room.
    pub(crate) async fn enter(
        &self,
        app: &AppHandle,
        training: bool,
    ) -> Result<Arc<Room>, Trouble> {
        let mut room = self.room.lock().await;
        match room.as_ref() {
            Some(here) if here.server.is_some() == training => Ok(Arc::clone(here)),
            _ => {
                let opened = self.open(app, training).await?;
                *room = Some(Arc::clone(&opened));
                Ok(opened)
            }
        }
    }

    /// What failed is told to the page, and by that to the log.
    pub(crate) fn told(&self, trouble: &Trouble) -> ErrorView {
        trouble.view_in(*self.lang.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Saves what support needs in the documents folder and says where; also where no room can be opened.
    pub(crate) async fn support_bundle(&self, app: &AppHandle) -> Result<PathBuf, Trouble> {
        let documents = folders::documents(app)?;
        match self.room(app).await {
            Ok(room) => support::save(room.desk.folder(), Ok(&room.desk), &documents).await,
            Err(trouble) => {
                let folder = folder(&folders::data(app)?, self.training);
                support::save(&folder, Err(trouble.to_string()), &documents).await
            }
        }
    }

    /// The log goes where the room is, and what was left open there is settled.
    async fn open(&self, app: &AppHandle, training: bool) -> Result<Arc<Room>, Trouble> {
        let folder = folder(&folders::data(app)?, training);
        self.log.keep_in(&folder);
        let version = env!("CARGO_PKG_VERSION");
        tracing::info!(version, training, "a room is opened");
        let room = Arc::new(Room::open(&folder, training).await?);
        *self.lang.lock().unwrap_or_else(PoisonError::into_inner) = room.desk.lang();
        settling::begin(app, &room);
        Ok(room)
    }
}

/// A room's data folder.
fn folder(data: &Path, training: bool) -> PathBuf {
    if training {
        data.join("training")
    } else {
        data.to_owned()
    }
}

impl Room {
    async fn open(folder: &Path, training: bool) -> Result<Self, Trouble> {
        if !training {
            let config = DeskConfig {
                data_dir: folder.to_owned(),
                training,
                keeping: Keeping::Keyring,
                scope: Scope::default(),
                timeouts: Timeouts::default(),
                outside: Outside::default(),
                lang: None,
            };
            return Ok(Self {
                desk: Desk::open(config)?,
                server: None,
            });
        }
        let desk = Desk::open(DeskConfig {
            data_dir: folder.to_owned(),
            training,
            keeping: Keeping::Session,
            scope: Scope::default(),
            timeouts: Timeouts::default(),
            outside: Outside::default(),
            lang: None,
        })?;
        let server = training_server(folder).await.map_err(|error| {
            Trouble::new(ErrorCode::DataFolder, Effect::Local).with("detail", error)
        })?;
        Ok(Self {
            desk,
            server: Some(server),
        })
    }

    /// What the page needs to know first.
    pub(crate) async fn start_view(&self) -> Result<StartView, Trouble> {
        let lang = self.desk.lang();
        let training = self.server.as_ref().map(Sandbox::base_url);
        Ok(StartView {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            mode: if self.server.is_some() {
                "training"
            } else {
                "real"
            }
            .to_owned(),
            language: lang.as_str().to_owned(),
            utc_offset_minutes: chrono::Local::now().offset().local_minus_utc() / 60,
            accounts: self.desk.accounts().await?,
            keystore: self.desk.keeps_passwords().await,
            presets: servers::presets(training.as_deref(), lang),
            demo: self.server.as_ref().map(|server| DemoView {
                server: server.base_url(),
                login: sandbox::FIRST_LOGIN.to_owned(),
                password: sandbox::PASSWORD.to_owned(),
            }),
        })
    }
}

/// The training server of this folder, on another port where its own is taken.
async fn training_server(folder: &Path) -> Result<Sandbox, SandboxError> {
    match Sandbox::of_folder(folder, false).await {
        Err(SandboxError::Bind { .. }) => Sandbox::of_folder(folder, true).await,
        other => other,
    }
}
