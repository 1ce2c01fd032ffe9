//! Opening the data folder.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use domain::Account;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::header::{self, Header};
use crate::here::{self, Here};
use crate::presence::Presence;
use crate::vault::{Credentials, KeyStore, OsKeyStore};
use crate::{StoreError, chain, migrate, restore};

/// The database's name in the data folder.
pub(crate) const FILE: &str = "smena.db";
/// How long to wait for another process that writes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// Between two attempts where SQLite does not wait by itself.
const PAUSE: Duration = Duration::from_millis(10);

/// The data folder, open. Clones share one connection; other processes may have the folder open as well.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    folder: PathBuf,
    // Before the presence, so that the connection is closed first.
    connection: Mutex<Connection>,
    _here: Here,
    pub(crate) presence: Presence,
    pub(crate) key_store: Arc<dyn KeyStore>,
    pub(crate) session: Mutex<HashMap<(String, String), (Account, Credentials)>>,
    /// Operations that something in this process works at.
    pub(crate) active: Mutex<HashSet<i64>>,
    /// Print jobs that something in this process prints, each with the number of the attempt.
    pub(crate) printing: Mutex<HashSet<(i64, u32)>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("folder", &self.inner.folder)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the data folder, making it and its database when they are not there.
    ///
    /// # Errors
    /// [`StoreError::Folder`], [`StoreError::Newer`], [`StoreError::Damaged`], [`StoreError::Database`].
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_with(folder, Arc::new(OsKeyStore))
    }

    /// Opens the data folder with another key store than the operating system's.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(folder: &Path, key_store: Arc<dyn KeyStore>) -> Result<Self, StoreError> {
        let refused = |source| StoreError::Folder {
            path: folder.to_path_buf(),
            source,
        };
        make_folder(folder).map_err(refused)?;
        let file = folder.join(FILE);
        let looked = if here::is_open(&file) {
            Ok(())
        } else {
            look(&file)
        };
        let opened = looked.and_then(|()| connect(folder, &file));
        let (connection, presence) = opened.map_err(|error| match error {
            StoreError::Disk(source) => refused(io::Error::other(source)),
            other => other,
        })?;
        Ok(Self {
            inner: Arc::new(Inner {
                folder: folder.to_path_buf(),
                connection: Mutex::new(connection),
                _here: Here::note(&file),
                presence,
                key_store,
                session: Mutex::default(),
                active: Mutex::default(),
                printing: Mutex::default(),
            }),
        })
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    /// The connection. Transactions roll back when they are dropped, so a panic elsewhere leaves nothing half done.
    pub(crate) fn connection(&self) -> MutexGuard<'_, Connection> {
        lock(&self.inner.connection)
    }

    /// A connection of its own that only reads, for what takes long.
    pub(crate) fn reader(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(self.inner.folder.join(FILE), flags)?;
        connection.busy_timeout(PATIENCE)?;
        Ok(connection)
    }

    /// Runs `work` in a transaction that holds the write lock from its start, and commits it.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        restore::refuse_meanwhile(&transaction, &self.inner.presence)?;
        let done = work(&transaction)?;
        fail_points::reached("before-commit");
        transaction.commit()?;
        fail_points::reached("after-commit");
        Ok(done)
    }
}

/// Takes a mutex whether or not somebody panicked with it.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes a folder that its owner alone may look into.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Looks at the file before it is opened, so that what is not ours or newer stays as it is.
fn look(file: &Path) -> Result<(), StoreError> {
    match header::read(file) {
        Ok(Header::Database(version)) => migrate::refuse_newer(version),
        Ok(Header::Other) => Err(StoreError::Damaged("the file is no database".to_owned())),
        Ok(Header::Empty) => match header::refuse_lost(file) {
            // Another process has made it between the two looks.
            Err(_) if !matches!(header::read(file), Ok(Header::Empty)) => look(file),
            looked => looked,
        },
        // SQLite will tell.
        Err(_) => Ok(()),
    }
}

fn connect(folder: &Path, file: &Path) -> Result<(Connection, Presence), StoreError> {
    let mut connection = Connection::open(file)?;
    connection.busy_timeout(PATIENCE)?;
    migrate::refuse_other(&connection)?;
    keep_log(&connection)?;
    // A commit is on the disk when it returns: the journal's promise.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "recursive_triggers", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    migrate::migrate(&mut connection, Some(folder))?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let presence = Presence::take(folder, random_name()?).map_err(|source| StoreError::Folder {
        path: folder.to_path_buf(),
        source,
    })?;
    transaction.commit()?;
    Ok((connection, presence))
}

/// Has commits written to a log of their own. Of two processes that make the database at once, one may be in the way of the other;
/// SQLite does not wait then.
fn keep_log(connection: &Connection) -> Result<(), StoreError> {
    let busy = Some(rusqlite::ErrorCode::DatabaseBusy);
    let until = Instant::now() + PATIENCE;
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error) if error.sqlite_error_code() == busy && Instant::now() < until => {
                thread::sleep(PAUSE);
            }
            kept => return Ok(kept?),
        }
    }
}

/// A name that nobody else has: 128 random bits in hex.
pub(crate) fn random_name() -> Result<String, StoreError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(chain::hex(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_waits_for_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let ask = |pragma: &str| -> String {
            store
                .connection()
                .query_row(
                    &format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}"),
                    [],
                    |row| row.get(0),
                )
                .unwrap()
        };
        assert_eq!(ask("journal_mode"), "wal");
        assert_eq!(ask("synchronous"), "2");
        assert_eq!(ask("foreign_keys"), "1");
    }
}
