//! Restoring the database from a copy while other processes have the folder open.
//!
//! The copy is read as bytes and never opened; everything is done to a draft of it, and the draft gets into the database
//! in one transaction. Until then the database is as it was, and it is saved in `copies/` before.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use domain::ErrorCode;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::columns::micros;
use crate::draft::{Draft, at as file_error};
use crate::header::{self, Header};
use crate::losses::{self, Losses};
use crate::open::lock;
use crate::presence::Presence;
use crate::verify::{self, Verification};
use crate::{Store, StoreError, auto_print, copy, migrate, prints, schedules, space};

/// The setting in which stands who restores. It counts as long as that store is open.
const MARK: &str = "restoring";

/// What is wrong with a file that was to be restored from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// It is no SQLite database, or an empty one.
    NoDatabase,
    /// It is another program's, or somebody changed its tables.
    Foreign,
    /// Its pages do not fit together; what SQLite found first.
    Torn(String),
    /// This report is not what was archived.
    Report(i64),
    /// This operation is not what was written.
    Operation(i64),
}

/// How a restoration ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the database holds now.
    pub found: Verification,
    /// Where the database is that was there before.
    pub saved: PathBuf,
    /// What is in the saved one only. `None`: it is damaged, and it cannot be told.
    pub losses: Option<Losses>,
}

impl Store {
    /// Puts the contents of a backup in the place of the database's, for every process on the folder at once. What
    /// waited or was under way when the backup was made may have been sent since: operations become unknown, and the
    /// outbox is stopped, and nothing is printed by itself. What the database knows to be printed stays printed. The database of before is saved in `copies/`.
    ///
    /// # Errors
    /// [`StoreError::Unusable`], [`StoreError::Newer`], [`StoreError::File`] where the backup cannot be used,
    /// [`StoreError::Busy`] while an operation is under way, [`StoreError::WouldLose`] without `force` where the backup
    /// lacks what the database has. After any error the database is as it was.
    pub fn restore(
        &self,
        file: &Path,
        at: DateTime<Utc>,
        force: bool,
    ) -> Result<Restored, StoreError> {
        self.refuse_itself(file)?;
        space::refuse_full(self.folder())?;
        let draft = Draft::beside(&copy::copies(self.folder())?.join("restoring"))?;
        let (source, found) = prepare(file, &draft, at)?;
        let _held = self.hold(at)?;
        let losses = match losses::of(&self.connection(), &source) {
            Ok(losses) if force || losses.is_none() => Some(losses),
            Ok(losses) => return Err(StoreError::WouldLose { losses }),
            Err(StoreError::Damaged(_)) if force => None,
            Err(error) => return Err(error),
        };
        let name = format!("before-restore-{}", at.format("%Y%m%dT%H%M%SZ"));
        let saved = copy::save(self.folder(), &name)?;
        match prints::keep_printed(&self.connection(), &source) {
            // What is damaged is there to be replaced.
            Err(StoreError::Damaged(_)) if force => {}
            kept => kept?,
        }
        copy::pour(&source, &mut self.connection())?;
        fail_points::reached("after-restored");
        Ok(Restored {
            found,
            saved,
            losses,
        })
    }

    /// Keeps everybody from writing until what this gives is dropped. Nothing is under way then.
    fn hold(&self, at: DateTime<Utc>) -> Result<Held<'_>, StoreError> {
        self.settle_dead(at)?;
        self.write(|transaction| {
            if let Some(number) = self.worked_at(transaction, at)? {
                return Err(StoreError::Busy { number });
            }
            transaction.execute(
                "INSERT INTO settings (key, value) VALUES (?, ?)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [MARK, self.inner.presence.token()],
            )?;
            Ok(())
        })?;
        Ok(Held(self))
    }

    /// The first operation that somebody alive works at.
    fn worked_at(
        &self,
        transaction: &Transaction<'_>,
        at: DateTime<Utc>,
    ) -> Result<Option<i64>, StoreError> {
        let presence = &self.inner.presence;
        let mut statement = transaction.prepare(
            "SELECT number, state = 'unknown', owner, lease_until >= ? FROM operations WHERE finish IS NULL ORDER BY number",
        )?;
        let mut rows = statement.query([micros(at)])?;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            let owner: String = row.get(2)?;
            let idle = if owner == presence.token() {
                !lock(&self.inner.active).contains(&number)
            } else {
                !row.get::<_, bool>(3)? || !presence.is_alive(&owner)
            };
            // What is under way and idle was left by a process that died just now: it is not known what came of it.
            if !idle || !row.get::<_, bool>(1)? {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }
}

/// Refuses to write while another store, or another thread of this one, restores the database.
pub(crate) fn refuse_meanwhile(
    connection: &Connection,
    presence: &Presence,
) -> Result<(), StoreError> {
    let who: Option<String> = connection
        .prepare_cached("SELECT value FROM settings WHERE key = ?")?
        .query_row([MARK], |row| row.get(0))
        .optional()?;
    match who {
        Some(token) if presence.is_alive(&token) => Err(StoreError::Restoring),
        _ => Ok(()),
    }
}

/// Nobody writes while this is held.
struct Held<'a>(&'a Store);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let freed = self.0.connection().execute(
            "DELETE FROM settings WHERE key = ? AND value = ?",
            [MARK, self.0.inner.presence.token()],
        );
        if let Err(error) = freed {
            // It counts no more once this store is closed.
            tracing::warn!(%error, "that nobody restores any more is not written down");
        }
    }
}

/// Makes of the backup what is to be the database; the backup itself is only read.
fn prepare(
    file: &Path,
    draft: &Draft,
    at: DateTime<Utc>,
) -> Result<(Connection, Verification), StoreError> {
    let unusable = |flaw| StoreError::Unusable {
        path: file.to_path_buf(),
        flaw,
    };
    std::fs::metadata(file).map_err(|error| file_error(file, error))?;
    match header::read(file).map_err(|error| file_error(file, error))? {
        Header::Database(version) => migrate::refuse_newer(version)?,
        Header::Empty | Header::Other => return Err(unusable(Flaw::NoDatabase)),
    }
    copy::bytes(file, draft)?;
    let mut source = Connection::open(draft.path())?;
    let torn = |error| match error {
        StoreError::Damaged(what) => unusable(Flaw::Torn(what)),
        other => other,
    };
    copy::make_plain(&source).map_err(torn)?;
    copy::integrity(&source).map_err(torn)?;
    if !migrate::is_ours(&mut source).map_err(torn)? {
        return Err(unusable(Flaw::Foreign));
    }
    let found = verify::walk_both(&mut source).map_err(torn)?;
    if let Some(number) = found.broken {
        return Err(unusable(Flaw::Report(number)));
    }
    if let Some(number) = found.broken_operation {
        return Err(unusable(Flaw::Operation(number)));
    }
    doubt(&mut source, at)?;
    Ok((source, found))
}

/// What the backup says of the future is doubtful: what was about to be sent then may have been sent since, with an end
/// that the backup does not know.
fn doubt(source: &mut Connection, at: DateTime<Utc>) -> Result<(), StoreError> {
    let transaction = source.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let restored = ErrorCode::Restored.as_str();
    transaction.execute(
        "UPDATE operations SET state = 'unknown', sent = COALESCE(sent, at), settled = ?, code = ?
         WHERE state IN ('prepared', 'sent')",
        params![micros(at), restored],
    )?;
    transaction.execute(
        "UPDATE operations SET owner = '', lease_until = 0 WHERE state = 'unknown'",
        [],
    )?;
    transaction.execute(
        "UPDATE outbox SET state = 'stopped', settled = ?, code = ? WHERE state = 'queued'",
        params![micros(at), restored],
    )?;
    transaction.execute(
        "UPDATE prints SET state = 'cancelled', settled = ?, code = ? WHERE state IN ('queued', 'printing')",
        params![micros(at), restored],
    )?;
    auto_print::doubt(&transaction)?;
    schedules::doubt(&transaction, at)?;
    transaction.execute("DELETE FROM uids", [])?;
    transaction.execute("DELETE FROM settings WHERE key = ?", [MARK])?;
    Ok(transaction.commit()?)
}
