//! Commands of backup and restoring; the person names the file, never the page.

use operations::Trouble;
use operations::view::{BackupView, RestoreView};
use texts::{Key, Phrase};

use crate::House;

/// A backup is one SQLite file.
const EXTENSION: &str = "db";

impl House {
    pub(crate) async fn backup(&self) -> Result<Option<BackupView>, Trouble> {
        let room = self.room().await?;
        let day = chrono::Local::now().format("%Y-%m-%d");
        let name = Some(format!("smena {day}.{EXTENSION}"));
        let asked = self.file(Key::FileBackup, name, Key::FileCopy, EXTENSION);
        match asked.await? {
            // The person's own dialog has asked whether a file that is there gives way.
            Some(file) => room.desk.backup(&file, true).await.map(Some),
            None => Ok(None),
        }
    }

    pub(crate) async fn restore(&self, force: bool) -> Result<Option<RestoreView>, Trouble> {
        let room = self.room().await?;
        // Named once, it is put in place once.
        let named = self.take_named().filter(|_| force);
        let file = match named {
            Some(file) => Some(file),
            None => {
                self.file(Key::FileRestore, None, Key::FileCopy, EXTENSION)
                    .await?
            }
        };
        let Some(file) = file else {
            return Ok(None);
        };
        if force {
            let question = Phrase::of(Key::ConfirmRestore).with("value", file.display());
            if !self.agreed(&question).await? {
                return Ok(None);
            }
        }
        let restored = room.desk.restore(&file, force).await;
        if restored.is_err() && !force {
            self.remember_named(&file);
        }
        let restored = restored?;
        self.set_lang(room.desk.lang());
        Ok(Some(restored))
    }
}
