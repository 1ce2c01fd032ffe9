//! What support is told of the database; a damaged one gives what can still be read.

use rusqlite::Connection;

use crate::columns::Columns;
use crate::{Operation, Store, StoreError};

/// The version of SQLite that is built in.
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

impl Store {
    /// The database's version.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn version(&self) -> Result<i64, StoreError> {
        let connection = self.connection();
        Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
    }

    /// The newest `limit` operations and all that are unfinished, the newest first, and why there are no more where
    /// reading them failed on the way.
    pub fn last_operations(&self, limit: u32) -> (Vec<Operation>, Option<StoreError>) {
        let mut operations = Vec::new();
        let failed = read(&self.connection(), limit, &mut operations).err();
        (operations, failed)
    }
}

fn read(
    connection: &Connection,
    limit: u32,
    operations: &mut Vec<Operation>,
) -> Result<(), StoreError> {
    let columns = Operation::COLUMNS;
    let mut statement = connection.prepare(&format!(
        "SELECT {columns} FROM operations
         WHERE finish IS NULL OR number > (SELECT MAX(number) FROM operations) - ?
         ORDER BY number DESC"
    ))?;
    let mut rows = statement.query([limit])?;
    while let Some(row) = rows.next()? {
        operations.push(Operation::read(&Columns(row))?);
    }
    Ok(())
}
