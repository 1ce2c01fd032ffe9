//! Settings: plain texts by name. Nothing secret stands here.

use rusqlite::OptionalExtension;

use crate::{Store, StoreError};

impl Store {
    /// A setting, where it was ever set.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self
            .connection()
            .query_row("SELECT value FROM settings WHERE key = ?", [key], |row| {
                row.get(0)
            })
            .optional()?)
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.write(|transaction| {
            Ok(transaction.execute(
                "INSERT INTO settings (key, value) VALUES (?, ?)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [key, value],
            )?)
        })?;
        Ok(())
    }
}
