//! The Uid that the next operation on a register will carry, where one is known.

use chrono::{DateTime, Utc};
use domain::{KkmId, Uid};
use rusqlite::{Connection, OptionalExtension, params};

use crate::columns::micros;
use crate::{Store, StoreError};

impl Store {
    /// The Uid that the last answer of this register gave for the next operation. `None`: ask the server.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn next_uid(&self, server: &str, kkm: KkmId) -> Result<Option<Uid>, StoreError> {
        Ok(self
            .connection()
            .query_row(
                "SELECT uid FROM uids WHERE server = ? AND kkm = ?",
                params![server, kkm.get()],
                |row| row.get::<_, String>(0),
            )
            .optional()?
            .map(Uid::new))
    }

    /// Keeps a Uid that the server was asked for; `None` forgets the one that is kept.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn set_next_uid(
        &self,
        server: &str,
        kkm: KkmId,
        uid: Option<&Uid>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(|transaction| put(transaction, server, kkm, uid, at))
    }
}

/// Keeps or forgets a register's next Uid, inside the caller's transaction.
pub(crate) fn put(
    connection: &Connection,
    server: &str,
    kkm: KkmId,
    uid: Option<&Uid>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    match uid {
        Some(uid) => connection.execute(
            "INSERT INTO uids (server, kkm, uid, at) VALUES (?, ?, ?, ?)
             ON CONFLICT (server, kkm) DO UPDATE SET uid = excluded.uid, at = excluded.at",
            params![server, kkm.get(), uid.as_str(), micros(at)],
        )?,
        None => connection.execute(
            "DELETE FROM uids WHERE server = ? AND kkm = ?",
            params![server, kkm.get()],
        )?,
    };
    Ok(())
}
