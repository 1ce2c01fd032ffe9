//! What support is told of the database; a damaged one gives what can still be read.

use rusqlite::Connection;
use rusqlite::types::Value;

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

/// A row as it stands: names of columns, and their values as texts.
pub type PlainRow = Vec<(String, Option<String>)>;

impl Store {
    /// The newest `limit` rows of the outbox as they stand, the newest first: times are UTC microseconds, amounts tiyn.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn plain_outbox(&self, limit: u32) -> Result<Vec<PlainRow>, StoreError> {
        let connection = self.connection();
        let mut statement =
            connection.prepare("SELECT * FROM outbox ORDER BY number DESC LIMIT ?")?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([limit])?;
        let mut plain = Vec::new();
        while let Some(row) = rows.next()? {
            let column = |(place, name): (usize, &String)| -> rusqlite::Result<_> {
                let text = match row.get(place)? {
                    Value::Null => None,
                    Value::Integer(number) => Some(number.to_string()),
                    Value::Text(text) => Some(text),
                    Value::Real(_) | Value::Blob(_) => Some("?".to_owned()),
                };
                Ok((name.clone(), text))
            };
            let columns: rusqlite::Result<PlainRow> =
                names.iter().enumerate().map(column).collect();
            plain.push(columns?);
        }
        Ok(plain)
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
