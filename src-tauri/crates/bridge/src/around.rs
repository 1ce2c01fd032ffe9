//! The surroundings that a test gives the commands: a clock it moves, a person who answers as it says, and a record of what
//! was told.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use commands::{FileQuestion, Pace, Said, Stand, Surroundings};
use domain::Clock;
use operations::{Outside, Trouble};
use serde::Serialize;
use tokio::sync::broadcast;

/// So many events may wait for a page that does not listen.
const EVENTS: usize = 64;

/// What was told, in its order.
#[derive(Debug, Default, Clone, Serialize)]
pub(crate) struct Record {
    /// Notifications: title and text.
    pub(crate) notified: Vec<(String, String)>,
    /// Files that were opened, and whether in their folder.
    pub(crate) opened: Vec<(PathBuf, bool)>,
    /// What the tray shows.
    pub(crate) stand: Option<Stand>,
    /// Titles of the questions for a file, and the system's questions.
    pub(crate) asked: Vec<String>,
    /// Whether the program was ended.
    pub(crate) quit: bool,
}

/// What a test sees and moves.
pub(crate) struct Around {
    folder: PathBuf,
    /// The clock is so many seconds ahead.
    ahead: Arc<AtomicI64>,
    record: Mutex<Record>,
    /// The file that a person will name next.
    answer: Mutex<Option<PathBuf>>,
    /// Whether a person says no to the system's questions.
    refuses: Mutex<bool>,
    autostart: Mutex<bool>,
    said: broadcast::Sender<&'static str>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Around {
    pub(crate) fn in_folder(folder: PathBuf) -> Self {
        Self {
            folder,
            ahead: Arc::default(),
            record: Mutex::default(),
            answer: Mutex::default(),
            refuses: Mutex::new(false),
            autostart: Mutex::new(false),
            said: broadcast::channel(EVENTS).0,
        }
    }

    pub(crate) fn record(&self) -> Record {
        lock(&self.record).clone()
    }

    pub(crate) fn set_ahead(&self, seconds: i64) {
        self.ahead.store(seconds, Ordering::SeqCst);
    }

    pub(crate) fn set_answer(&self, path: Option<PathBuf>) {
        *lock(&self.answer) = path;
    }

    pub(crate) fn set_refuses(&self, refuses: bool) {
        *lock(&self.refuses) = refuses;
    }

    pub(crate) fn events(&self) -> broadcast::Receiver<&'static str> {
        self.said.subscribe()
    }
}

impl Surroundings for Around {
    fn data(&self) -> Result<PathBuf, Trouble> {
        Ok(self.folder.join("data"))
    }

    fn documents(&self) -> Result<PathBuf, Trouble> {
        Ok(self.folder.join("documents"))
    }

    fn outside(&self) -> Outside {
        let ahead = Arc::clone(&self.ahead);
        Outside {
            clock: Clock::new(move || {
                let now = Utc::now();
                let by = TimeDelta::try_seconds(ahead.load(Ordering::SeqCst)).unwrap_or_default();
                now.checked_add_signed(by).unwrap_or(now)
            }),
            ..Outside::default()
        }
    }

    /// A test's clock leaps, and nobody waits half a minute for it.
    fn pace(&self) -> Pace {
        Pace {
            settings: Duration::from_secs(1),
            clock: Duration::from_secs(2),
            watch: Duration::from_secs(10),
            ..Pace::default()
        }
    }

    fn say(&self, said: Said) {
        self.said.send(said.name()).ok();
    }

    fn notify(&self, title: &str, text: &str) {
        let told = (title.to_owned(), text.to_owned());
        lock(&self.record).notified.push(told);
    }

    fn stand(&self, stand: &Stand) {
        lock(&self.record).stand = Some(stand.clone());
    }

    fn ask(&self, question: &FileQuestion) -> Option<PathBuf> {
        lock(&self.record).asked.push(question.title.clone());
        lock(&self.answer).take()
    }

    fn confirm(&self, question: &str) -> bool {
        lock(&self.record).asked.push(question.to_owned());
        !*lock(&self.refuses)
    }

    fn open(&self, path: &Path, folder: bool) -> io::Result<()> {
        lock(&self.record).opened.push((path.to_owned(), folder));
        Ok(())
    }

    fn starts_with_computer(&self) -> Option<bool> {
        Some(*lock(&self.autostart))
    }

    fn start_with_computer(&self, on: bool) -> io::Result<()> {
        *lock(&self.autostart) = on;
        Ok(())
    }

    fn quit(&self) {
        lock(&self.record).quit = true;
    }
}
