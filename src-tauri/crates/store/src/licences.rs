//! Registers that may work autonomously: the word of a person that the register has the National Bank's licence.

use chrono::{DateTime, Utc};
use domain::KkmId;
use rusqlite::{OptionalExtension, params};

use crate::columns::{Columns, micros};
use crate::{Store, StoreError, outbox};

/// A register that may work autonomously.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// The server's address.
    pub server: String,
    /// The register.
    pub kkm: KkmId,
    /// Its name then.
    pub name: Option<String>,
    /// Whose word it is.
    pub login: String,
    /// When it was given.
    pub since: DateTime<Utc>,
}

impl Store {
    /// Keeps a person's word that a register has a licence.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn allow_autonomy(&self, licence: &Licence) -> Result<(), StoreError> {
        self.write(|transaction| {
            Ok(transaction.execute(
                "INSERT INTO licences (server, kkm, name, login, since) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (server, kkm) DO UPDATE SET name = excluded.name",
                params![
                    licence.server,
                    licence.kkm.get(),
                    licence.name,
                    licence.login,
                    micros(licence.since)
                ],
            )?)
        })?;
        Ok(())
    }

    /// Takes that word back; what waits in the outbox is still sent.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn forbid_autonomy(&self, server: &str, kkm: KkmId) -> Result<(), StoreError> {
        self.write(|transaction| {
            Ok(transaction.execute(
                "DELETE FROM licences WHERE server = ? AND kkm = ?",
                params![server, kkm.get()],
            )?)
        })?;
        Ok(())
    }

    /// Whether a register may work autonomously.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn may_be_autonomous(&self, server: &str, kkm: KkmId) -> Result<bool, StoreError> {
        outbox::is_licensed(&self.connection(), server, kkm)
    }

    /// The name that a register had when its licence was kept.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn licence_name(&self, server: &str, kkm: KkmId) -> Result<Option<String>, StoreError> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached("SELECT name FROM licences WHERE server = ? AND kkm = ?")?;
        let name = statement.query_row((server, kkm.get()), |row| row.get(0));
        Ok(name.optional()?.flatten())
    }

    /// Every register that may.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn licences(&self) -> Result<Vec<Licence>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT server, kkm, name, login, since FROM licences ORDER BY server, kkm",
        )?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Columns(row);
            found.push(Licence {
                server: row.get("server")?,
                kkm: KkmId::new(row.get("kkm")?),
                name: row.get("name")?,
                login: row.get("login")?,
                since: row.time("since")?,
            });
        }
        Ok(found)
    }
}
