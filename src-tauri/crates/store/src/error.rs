//! What can go wrong with the data folder.

use std::io;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use domain::ErrorCode;

use crate::operation::{OperationKind, OperationState};
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
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Folder { .. } => ErrorCode::DataFolder,
            Self::Newer { .. } => ErrorCode::DatabaseNewer,
            Self::Busy { .. } => ErrorCode::Busy,
            Self::Unresolved { .. } => ErrorCode::Unresolved,
            Self::OutboxWaiting { .. } => ErrorCode::OutboxWaiting,
            Self::NoLicence => ErrorCode::LicenceMissing,
            Self::DateGoesBack { .. } => ErrorCode::OrderBroken,
            Self::AutonomyOver { .. } => ErrorCode::AutonomyOver,
            Self::OutOfTurn {
                kind: OperationKind::Open,
            } => ErrorCode::ShiftAlreadyOpen,
            Self::OutOfTurn { .. } => ErrorCode::NoOpenShift,
            Self::NotQueued { .. } => ErrorCode::BadInput,
            Self::Damaged(_) => ErrorCode::Damaged,
            Self::KeyStore(_) | Self::KeyMissing => ErrorCode::Keystore,
            Self::WrongPassphrase => ErrorCode::BadInput,
            Self::NoOperation { .. } | Self::State { .. } | Self::Random(_) | Self::Database(_) => {
                ErrorCode::Internal
            }
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        match error.sqlite_error_code() {
            Some(DatabaseCorrupt | NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Database(error),
        }
    }
}

impl From<getrandom::Error> for StoreError {
    fn from(error: getrandom::Error) -> Self {
        Self::Random(error)
    }
}
