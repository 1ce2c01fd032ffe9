//! Which room the page is in, and what is under way there.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex as Guarded, PoisonError};

use operations::log::Log;
use operations::view::ErrorView;
use operations::{Lang, Trouble, system_lang};
use tokio::sync::Mutex;

use crate::room::{self, Room};
use crate::{Surroundings, settling};

/// The program's rooms, of which one is open. It is opened when the page first asks, so that a failure can be shown there.
pub struct House {
    training: bool,
    log: Log,
    pub(crate) around: Arc<dyn Surroundings>,
    room: Mutex<Option<Arc<Room>>>,
    /// The language of the room; the system's until there is one.
    lang: Guarded<Lang>,
    /// How many requests that change something at a server are under way.
    under_way: Arc<AtomicUsize>,
    /// The backup that a person named last, and that was not put in place.
    named: Guarded<Option<PathBuf>>,
    /// Files that this run saved, which the page may have opened.
    saved: Guarded<HashSet<PathBuf>>,
}

/// Counts as under way until it is dropped.
pub(crate) struct UnderWay(Arc<AtomicUsize>);

impl UnderWay {
    pub(crate) fn begin(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(count))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl House {
    /// A house in these surroundings; with `training` its first room is that of training.
    pub fn new(training: bool, log: Log, around: Arc<dyn Surroundings>) -> Self {
        Self {
            training,
            log,
            around,
            room: Mutex::const_new(None),
            lang: Guarded::new(system_lang()),
            under_way: Arc::default(),
            named: Guarded::default(),
            saved: Guarded::default(),
        }
    }

    /// A setting of the room, if one is open and at rest.
    pub fn setting(&self, name: &str) -> Option<String> {
        let room = self.room.try_lock().ok()?;
        let settings = room.as_ref()?.desk.settings().ok()?;
        settings
            .into_iter()
            .find(|it| it.name == name)
            .map(|it| it.value)
    }

    /// Whether something that changes a server's state is under way.
    pub fn is_busy(&self) -> bool {
        self.under_way.load(Ordering::SeqCst) > 0
    }

    /// The language of the room.
    pub fn lang(&self) -> Lang {
        *self.lang.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_lang(&self, lang: Lang) {
        let mut spoken = self.lang.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *spoken, lang);
        drop(spoken);
        if before != lang {
            self.around.speak(lang);
        }
    }

    /// Something that changes a server's state begins.
    pub(crate) fn begin(&self) -> UnderWay {
        UnderWay::begin(&self.under_way)
    }

    /// The room as it is; opens it the first time.
    pub(crate) async fn room(&self) -> Result<Arc<Room>, Trouble> {
        let mut room = self.room.lock().await;
        if let Some(room) = room.as_ref() {
            return Ok(Arc::clone(room));
        }
        let opened = self.open(self.training).await?;
        *room = Some(Arc::clone(&opened));
        Ok(opened)
    }

    /// Goes to the other room.
    pub(crate) async fn enter(&self, training: bool) -> Result<Arc<Room>, Trouble> {
        let mut room = self.room.lock().await;
        match room.as_ref() {
            Some(here) if here.is_training() == training => Ok(Arc::clone(here)),
            _ => {
                let opened = self.open(training).await?;
                *room = Some(Arc::clone(&opened));
                // What was named was meant for the room that is left.
                self.take_named();
                Ok(opened)
            }
        }
    }

    /// The room's data folder, whether it can be opened or not.
    pub(crate) fn folder(&self) -> Result<PathBuf, Trouble> {
        Ok(room::folder(&self.around.data()?, self.training))
    }

    /// What failed is told to the page, and by that to the log.
    pub fn told(&self, trouble: &Trouble) -> ErrorView {
        trouble.view_in(self.lang())
    }

    pub(crate) fn remember_named(&self, file: &Path) {
        let mut named = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        *named = Some(file.to_path_buf());
    }

    pub(crate) fn take_named(&self) -> Option<PathBuf> {
        let mut named = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        named.take()
    }

    /// Remembers that this run saved a file.
    pub(crate) fn remember_saved(&self, path: &Path) {
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        saved.insert(path.to_path_buf());
    }

    /// Whether this run saved the file: the page may have nothing else opened.
    pub(crate) fn has_saved(&self, path: &Path) -> bool {
        let saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        saved.contains(path)
    }

    /// The log goes where the room is, and what was left open there is settled.
    async fn open(&self, training: bool) -> Result<Arc<Room>, Trouble> {
        let folder = room::folder(&self.around.data()?, training);
        self.log.keep_in(&folder);
        let version = env!("CARGO_PKG_VERSION");
        tracing::info!(version, training, "a room is opened");
        let room = Arc::new(Room::open(&folder, training, self.around.outside()).await?);
        self.set_lang(room.desk.lang());
        settling::begin(&self.around, &room, &self.under_way);
        Ok(room)
    }
}

/// Work that may take as long as the disk does, away from the threads that answer.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> Result<T, Trouble> {
    operations::aside(work).await?
}
