//! The window as the surroundings of the commands.

use std::io;
use std::path::{Path, PathBuf};

use commands::{FileQuestion, Said, Surroundings};
use operations::Trouble;
use tauri::{AppHandle, Emitter as _};

use crate::folders;

/// The running program.
pub(crate) struct Around(pub(crate) AppHandle);

impl Surroundings for Around {
    fn data(&self) -> Result<PathBuf, Trouble> {
        folders::data(&self.0)
    }

    fn documents(&self) -> Result<PathBuf, Trouble> {
        folders::documents(&self.0)
    }

    fn say(&self, said: Said) {
        if let Err(error) = self.0.emit(said.name(), ()) {
            tracing::warn!(%error, "the page is not told");
        }
    }

    fn notify(&self, _title: &str, _text: &str) {}

    fn ask(&self, _question: &FileQuestion) -> Option<PathBuf> {
        None
    }

    fn open(&self, _path: &Path, _folder: bool) -> io::Result<()> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    fn starts_with_computer(&self) -> Option<bool> {
        None
    }

    fn start_with_computer(&self, _on: bool) -> io::Result<()> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    fn quit(&self) {
        self.0.exit(0);
    }
}
