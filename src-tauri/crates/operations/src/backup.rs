//! Backing the data up and restoring them. Both may take as long as the disk does.

use std::io;
use std::path::{Path, PathBuf};

use domain::ErrorCode;
use serde::Serialize;
use store::{Flaw, Losses, StoreError};

use crate::aside::aside;
use crate::desk::lock;
use crate::{Desk, Effect, Trouble};

/// A finished backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BackupView {
    /// Where it is.
    pub file: PathBuf,
    /// How many reports it holds, every one as it was archived.
    pub reports: i64,
    /// How many finished operations it holds, every one as it was written.
    pub operations: i64,
}

/// How the data were restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RestoreView {
    /// What they were restored from.
    pub file: PathBuf,
    /// How many reports there are now.
    pub reports: i64,
    /// How many finished operations there are now.
    pub operations: i64,
    /// Where the data are that were there before.
    pub saved: PathBuf,
    /// How many reports are in the saved data only. `None`: they are damaged, and it cannot be told.
    pub lost_reports: Option<i64>,
    /// How many operations are in the saved data only.
    pub lost_operations: Option<i64>,
}

impl Desk {
    /// Writes a backup of all data to `file` while everybody works on.
    ///
    /// # Errors
    /// When the file is there already and may not be replaced, cannot be written, or the data are not whole. Then there is
    /// no file.
    pub async fn backup(&self, file: &Path, force: bool) -> Result<BackupView, Trouble> {
        let (store, target) = (self.store.clone(), file.to_path_buf());
        let found = aside(move || store.backup(&target, force)).await?;
        let found = found.map_err(|error| told(error, "Скопировать данные сюда нельзя"))?;
        Ok(BackupView {
            file: file.to_path_buf(),
            reports: found.rows,
            operations: found.operations,
        })
    }

    /// Puts a backup in the place of the data, which are saved beside before.
    ///
    /// # Errors
    /// When the file is no whole backup, something is under way, or, without `force`, the backup lacks what is here. Then
    /// the data are as they were.
    pub async fn restore(&self, file: &Path, force: bool) -> Result<RestoreView, Trouble> {
        let (store, source, now) = (self.store.clone(), file.to_path_buf(), self.now());
        let restored = aside(move || store.restore(&source, now, force)).await?;
        let restored =
            restored.map_err(|error| told(error, "Восстановить из этого файла нельзя"))?;
        // Who is signed in, and with what, is read anew.
        lock(&self.seats).clear();
        lock(&self.sealed).clear();
        Ok(RestoreView {
            file: file.to_path_buf(),
            reports: restored.found.rows,
            operations: restored.found.operations,
            saved: restored.saved,
            lost_reports: restored.losses.map(|losses| losses.reports),
            lost_operations: restored.losses.map(|losses| losses.operations),
        })
    }
}

/// What is told of a failure that other use cases do not have.
fn told(error: StoreError, nothing_doing: &str) -> Trouble {
    let (what, effect, losses) = match &error {
        StoreError::File { path, source } => (
            format!("{nothing_doing}: {} ({})", path.display(), reason(source)),
            match error.code() {
                ErrorCode::BadInput => Effect::Nothing,
                _ => Effect::Local,
            },
            None,
        ),
        StoreError::Unusable { path, flaw } => (
            format!("{}: {}", path.display(), wrong(flaw)),
            Effect::Local,
            None,
        ),
        StoreError::WouldLose { losses } => (missing(*losses), Effect::Nothing, Some(*losses)),
        _ => return Trouble::from(error),
    };
    let trouble = Trouble::new(error.code(), effect).with("what", what);
    match losses {
        Some(losses) => trouble
            .with("lost-reports", losses.reports)
            .with("lost-operations", losses.operations),
        None => trouble,
    }
}

fn missing(losses: Losses) -> String {
    format!(
        "В этой копии нет того, что есть сейчас: отчётов — {}, операций — {}. После восстановления они останутся только в сохранённой базе. Если это и нужно, укажите --force",
        losses.reports, losses.operations
    )
}

fn wrong(flaw: &Flaw) -> String {
    match flaw {
        Flaw::NoDatabase => "это не база данных".to_owned(),
        Flaw::Foreign => "это база данных другой программы или её устройство изменено".to_owned(),
        Flaw::Torn(what) => format!("файл повреждён ({what})"),
        Flaw::Report(number) => format!("отчёт № {number} изменён после записи"),
        Flaw::Operation(number) => format!("операция № {number} изменена после записи"),
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AlreadyExists => "файл уже есть; --force заменит его".to_owned(),
        io::ErrorKind::NotFound => "такого файла или папки нет".to_owned(),
        _ => error.to_string(),
    }
}
