//! What can go wrong with the data folder.

use std::io;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use domain::ErrorCode;
use rusqlite::ffi;

use crate::losses::Losses;
use crate::operation::{OperationKind, OperationState};
use crate::restore::Flaw;
use crate::vault::KeyStoreError;

/// A failure of the store. No variant carries a secret.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data folder cannot be made, read or written.
    #[error("the data folder {path} cannot be used", path = path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file that is copied from or to cannot be used.
    #[error("the file {path} cannot be used", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The disk is full, or has less room than [`ROOM`](crate::ROOM).
    #[error("the disk has too little room")]
    DiskFull {
        /// How many bytes are free, where that is known.
        free: Option<u64>,
    },
    /// The disk does not take or give the database's bytes.
    #[error("the disk does not serve the database")]
    Disk(#[source] rusqlite::Error),
    /// The file that was to be restored from is no whole copy of a database; nothing was changed.
    #[error("{path} cannot be restored from: {flaw:?}", path = path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// The copy lacks what the database has; nothing was changed.
    #[error("restoring would take away {losses:?}")]
    WouldLose {
        /// What would be in the saved database only.
        losses: Losses,
    },
    /// The database is being restored from a copy.
    #[error("the database is being restored")]
    Restoring,
    /// The database was made by a newer version of the program; it was not touched.
    #[error("the database has version {found}, this program knows {known}")]
    Newer {
        /// The database's version.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// Another operation on this register is under way.
    #[error("operation {number} on this register is under way")]
    Busy {
        /// Its journal number.
        number: i64,
    },
    /// An earlier opening or closing on this register has an unknown outcome.
    #[error("the outcome of operation {number} on this register is unknown")]
    Unresolved {
        /// Its journal number.
        number: i64,
    },
    /// Operations made without a link wait on this register; nothing may overtake them.
    #[error("operation {number} of the outbox waits on this register")]
    OutboxWaiting {
        /// The first one's number in the outbox.
        number: i64,
    },
    /// Nobody said that this register has a licence for autonomous work.
    #[error("the register has no licence for autonomous work")]
    NoLicence,
    /// An autonomous operation would be dated before the one before it.
    #[error("the date goes back behind {last}")]
    DateGoesBack {
        /// The register's last moment.
        last: DateTime<Utc>,
    },
    /// The hours that the law allows for autonomous work are over.
    #[error("autonomous work has lasted since {since}")]
    AutonomyOver {
        /// When it began.
        since: DateTime<Utc>,
    },
    /// A second opening or closing in a row.
    #[error("a second operation of the kind {kind} in a row", kind = kind.as_str())]
    OutOfTurn {
        /// Which.
        kind: OperationKind,
    },
    /// No such row waits in the outbox.
    #[error("operation {number} does not wait in the outbox")]
    NotQueued {
        /// The number asked for.
        number: i64,
    },
    /// No such print job, or none with which this can be done.
    #[error("print job {number} is not there, or not in a state for this")]
    NoPrintJob {
        /// The number asked for.
        number: i64,
    },
    /// The job is at the printer.
    #[error("job {number} is being printed")]
    Printing {
        /// Its number.
        number: i64,
    },
    /// No such journal row.
    #[error("there is no operation {number}")]
    NoOperation {
        /// The number asked for.
        number: i64,
    },
    /// The operation is in a state from which this step is not possible.
    #[error("operation {number} is {state}", state = state.as_str())]
    State {
        /// Its journal number.
        number: i64,
        /// Its state.
        state: OperationState,
    },
    /// The database or a sealed value is damaged.
    #[error("the data is damaged: {0}")]
    Damaged(String),
    /// The operating system's key store cannot be used.
    #[error(transparent)]
    KeyStore(#[from] KeyStoreError),
    /// Credentials were sealed earlier, and their master key is not in the key store any more.
    #[error("the key store does not have the key of the saved credentials")]
    KeyMissing,
    /// The passphrase is not the one the credentials were sealed with.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The operating system gives no random numbers.
    #[error("no random numbers")]
    Random(#[source] getrandom::Error),
    /// SQLite failed.
    #[error("the database failed")]
    Database(#[source] rusqlite::Error),
}

impl StoreError {
    /// The code under which people and programs are told.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Folder { .. } | Self::Disk(_) => ErrorCode::DataFolder,
            Self::File { source, .. } => of_file(source),
            Self::DiskFull { .. } => ErrorCode::DiskFull,
            Self::Unusable { .. } => ErrorCode::BackupUnusable,
            Self::WouldLose { .. } => ErrorCode::BadInput,
            Self::Newer { .. } => ErrorCode::DatabaseNewer,
            Self::Busy { .. } | Self::Printing { .. } | Self::Restoring => ErrorCode::Busy,
            Self::Unresolved { .. } => ErrorCode::Unresolved,
            Self::OutboxWaiting { .. } => ErrorCode::OutboxWaiting,
            Self::NoLicence => ErrorCode::LicenceMissing,
            Self::DateGoesBack { .. } => ErrorCode::OrderBroken,
            Self::AutonomyOver { .. } => ErrorCode::AutonomyOver,
            Self::OutOfTurn {
                kind: OperationKind::Open,
            } => ErrorCode::ShiftAlreadyOpen,
            Self::OutOfTurn { .. } => ErrorCode::NoOpenShift,
            Self::NotQueued { .. } | Self::NoPrintJob { .. } => ErrorCode::BadInput,
            Self::Damaged(_) => ErrorCode::Damaged,
            Self::KeyStore(_) | Self::KeyMissing => ErrorCode::Keystore,
            Self::WrongPassphrase => ErrorCode::BadInput,
            Self::NoOperation { .. } | Self::State { .. } | Self::Random(_) | Self::Database(_) => {
                ErrorCode::Internal
            }
        }
    }
}

/// What was named wrong is told from a disk that fails.
fn of_file(source: &io::Error) -> ErrorCode {
    use io::ErrorKind as Kind;
    match source.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => ErrorCode::DiskFull,
        Kind::NotFound
        | Kind::AlreadyExists
        | Kind::InvalidInput
        | Kind::IsADirectory
        | Kind::NotADirectory => ErrorCode::BadInput,
        _ => ErrorCode::DataFolder,
    }
}

fn extended(error: &rusqlite::Error) -> std::ffi::c_int {
    error
        .sqlite_error()
        .map_or(ffi::SQLITE_OK, |error| error.extended_code)
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseCorrupt, DiskFull, NotADatabase, PermissionDenied, ReadOnly,
            SystemIoFailure,
        };
        match error.sqlite_error_code() {
            Some(DatabaseCorrupt | NotADatabase) => Self::Damaged(error.to_string()),
            Some(DiskFull) => Self::DiskFull { free: None },
            // The log's index cannot grow: so says a full disk, too.
            Some(SystemIoFailure) if extended(&error) == ffi::SQLITE_IOERR_SHMSIZE => {
                Self::DiskFull { free: None }
            }
            Some(CannotOpen | PermissionDenied | ReadOnly | SystemIoFailure) => Self::Disk(error),
            _ => Self::Database(error),
        }
    }
}

impl From<getrandom::Error> for StoreError {
    fn from(error: getrandom::Error) -> Self {
        Self::Random(error)
    }
}
