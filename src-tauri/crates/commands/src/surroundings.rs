//! What the commands need around them: the window gives it, and in tests the bridge.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use operations::{Lang, Outside, Trouble};
use serde::Serialize;

/// What the page is told by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Something that was open was settled.
    Settled,
    /// The print queue was worked at.
    Printed,
    /// A closing by the clock ended, or was missed.
    Closed,
    /// A setting was changed outside of the page.
    Changed,
    /// Somebody wants to end the program while something is under way.
    Closing,
}

impl Said {
    /// The event's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::Printed => "printed",
            Self::Closed => "closed",
            Self::Changed => "changed",
            Self::Closing => "closing",
        }
    }
}

/// What the tray shows: the state that stands for all registers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stand {
    /// `overdue`, `unknown`, `soon`, `blocked`, `open`, `closed`, or `none` where nobody is signed in.
    pub state: &'static str,
    /// The same in words.
    pub words: String,
    /// The next deadline in words, where there is one.
    pub next: Option<String>,
}

/// A question to the person for a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileQuestion {
    /// The dialog's title.
    pub title: String,
    /// The name that is proposed; `None`: a file that is there is asked for.
    pub name: Option<String>,
    /// What the file is, for people, and its extension without the dot.
    pub kind: (String, String),
}

/// How often a room looks after what it does by itself.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Between two looks at the journal and the outbox; the server is asked only when there is something in them, and less
    /// and less often.
    pub settle: Duration,
    /// Between two looks at the print queue.
    pub print: Duration,
    /// Between two looks at the settings, which another program may change.
    pub settings: Duration,
    /// Between two looks at the clock.
    pub clock: Duration,
    /// Between two looks at all registers.
    pub watch: Duration,
    /// Before the first look at all registers: the page reads them when it begins, and once is enough.
    pub first_watch: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            settle: Duration::from_secs(15),
            print: Duration::from_secs(5),
            settings: Duration::from_secs(5),
            clock: Duration::from_secs(30),
            watch: Duration::from_secs(30),
            first_watch: Duration::from_secs(5),
        }
    }
}

/// The place the commands work in.
pub trait Surroundings: Send + Sync {
    /// The database's folder.
    ///
    /// # Errors
    /// When the system names none.
    fn data(&self) -> Result<PathBuf, Trouble>;

    /// Where papers are saved.
    ///
    /// # Errors
    /// When the system names none.
    fn documents(&self) -> Result<PathBuf, Trouble>;

    /// The clock, what stands in for the network, and the key store.
    fn outside(&self) -> Outside {
        Outside::default()
    }

    /// How often a room looks after what it does by itself.
    fn pace(&self) -> Pace {
        Pace::default()
    }

    /// Tells the page.
    fn say(&self, said: Said);

    /// Tells the person, whether the window is in view or not.
    fn notify(&self, title: &str, text: &str);

    /// Shows how all registers stand; told whenever it changes.
    fn stand(&self, _stand: &Stand) {}

    /// Speaks another language from now on.
    fn speak(&self, _lang: Lang) {}

    /// Asks the person for a file; blocks until there is an answer. `None`: nobody wants it any more.
    fn ask(&self, question: &FileQuestion) -> Option<PathBuf>;

    /// Asks the person in a dialog of the system's, which no page can press; blocks until there is an answer.
    fn confirm(&self, question: &str) -> bool;

    /// Opens a file with what the system opens such files with, or shows it in its folder.
    ///
    /// # Errors
    /// When the system cannot.
    fn open(&self, path: &Path, folder: bool) -> io::Result<()>;

    /// Whether the program starts with the computer; `None` where that cannot be set.
    fn starts_with_computer(&self) -> Option<bool>;

    /// Has the program start with the computer, or not any more.
    ///
    /// # Errors
    /// When the system refuses.
    fn start_with_computer(&self, on: bool) -> io::Result<()>;

    /// Ends the program.
    fn quit(&self);
}
