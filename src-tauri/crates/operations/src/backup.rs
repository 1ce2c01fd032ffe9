//! Backing the data up and restoring them. Both may take as long as the disk does.

use std::path::Path;

use domain::ErrorCode;
use store::{Flaw, Losses, StoreError};
use texts::{Key, Phrase};

use crate::aside::aside;
use crate::desk::lock;
use crate::file::reason;
use crate::unsealing::Sealed;
use crate::view::{BackupView, RestoreView};
use crate::{Desk, Effect, Trouble};

impl Desk {
    /// Writes a backup of all data to `file` while everybody works on.
    ///
    /// # Errors
    /// When the file is there already and may not be replaced, cannot be written, or the data are not whole. Then there is
    /// no file.
    pub async fn backup(&self, file: &Path, force: bool) -> Result<BackupView, Trouble> {
        let (store, target) = (self.store.clone(), file.to_path_buf());
        let found = aside(move || store.backup(&target, force)).await?;
        let found = found.map_err(|error| told(error, Key::WhatCannotCopy))?;
        Ok(BackupView {
            file: file.display().to_string(),
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
        let restored = restored.map_err(|error| told(error, Key::WhatCannotRestore))?;
        // Who is signed in, and with what, is read anew.
        lock(&self.seats).clear();
        *lock(&self.sealed) = Sealed::default();
        let waiting = self.store.outbox(false);
        let waiting =
            waiting.inspect_err(|error| tracing::warn!(%error, "what is held is not told"));
        let waiting = waiting.unwrap_or_default();
        let held = waiting.iter().filter(|row| row.is_held()).count();
        Ok(RestoreView {
            file: file.display().to_string(),
            reports: restored.found.rows,
            operations: restored.found.operations,
            saved: restored.saved.display().to_string(),
            lost_reports: restored.losses.map(|losses| losses.reports),
            lost_operations: restored.losses.map(|losses| losses.operations),
            held: i64::try_from(held).unwrap_or(i64::MAX),
        })
    }
}

/// What is told of a failure that other use cases do not have.
fn told(error: StoreError, nothing_doing: Key) -> Trouble {
    let (what, effect, losses) = match &error {
        StoreError::File { path, source } => (
            Phrase::of(nothing_doing)
                .with("path", path.display())
                .holding("why", reason(source)),
            match error.code() {
                ErrorCode::BadInput => Effect::Nothing,
                _ => Effect::Local,
            },
            None,
        ),
        StoreError::Unusable { path, flaw } => (
            Phrase::of(Key::WhatOfFile)
                .with("path", path.display())
                .holding("why", wrong(flaw)),
            Effect::Local,
            None,
        ),
        StoreError::WouldLose { losses } => (missing(*losses), Effect::Nothing, Some(*losses)),
        _ => return Trouble::from(error),
    };
    let trouble = Trouble::new(error.code(), effect).saying(what);
    match losses {
        Some(losses) => trouble
            .with("lost-reports", losses.reports)
            .with("lost-operations", losses.operations),
        None => trouble,
    }
}

fn missing(losses: Losses) -> Phrase {
    Phrase::of(Key::WhatWouldLose)
        .with("reports", losses.reports)
        .with("operations", losses.operations)
}

fn wrong(flaw: &Flaw) -> Phrase {
    match flaw {
        Flaw::NoDatabase => Phrase::of(Key::WhatNoDatabase),
        Flaw::Foreign => Phrase::of(Key::WhatForeign),
        Flaw::Torn(what) => Phrase::of(Key::WhatTorn).with("what", what),
        Flaw::Report(number) => Phrase::of(Key::WhatReportAltered).with("number", number),
        Flaw::Operation(number) => Phrase::of(Key::WhatOperationAltered).with("number", number),
    }
}
