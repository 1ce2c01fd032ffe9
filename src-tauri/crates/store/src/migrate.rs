//! The database's version (`user_version`) and the steps from one to the next. A step is never changed once released.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::{StoreError, copy};

const STEPS: &[&str] = &[
    include_str!("first.sql"),
    include_str!("second.sql"),
    include_str!("third.sql"),
    include_str!("fourth.sql"),
    include_str!("fifth.sql"),
    include_str!("sixth.sql"),
    include_str!("seventh.sql"),
];

/// The version that so many steps lead to.
fn version(steps: &[&str]) -> i64 {
    i64::try_from(steps.len()).unwrap_or(i64::MAX)
}

/// Refuses a database that is newer than this program.
pub(crate) fn refuse_newer(found: i64) -> Result<(), StoreError> {
    let known = version(STEPS);
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    Ok(())
}

/// The database's version; a newer one than this program knows is refused.
fn check(connection: &Connection) -> Result<i64, StoreError> {
    let found = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    refuse_newer(found)?;
    Ok(found)
}

/// Refuses another program's database, whatever its version says.
pub(crate) fn refuse_other(connection: &Connection) -> Result<(), StoreError> {
    // In one view: another process may be making it just now.
    let view = connection.unchecked_transaction()?;
    let found = check(&view)?;
    let (tables, ours): (i64, i64) = view.query_row(
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE name IN ('reports', 'operations', 'settings', 'sealed'))
         FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let right = match found {
        0 => tables == 0,
        found => found > 0 && ours == 4,
    };
    if right {
        Ok(())
    } else {
        Err(StoreError::Damaged("another program's database".to_owned()))
    }
}

/// Brings the database to the newest version, in one transaction; two processes may try at once. One that holds
/// something already is saved in the `copies/` of its folder first, where it has one.
pub(crate) fn migrate(connection: &mut Connection, data: Option<&Path>) -> Result<(), StoreError> {
    take(STEPS, connection, data)
}

fn take(
    steps: &[&str],
    connection: &mut Connection,
    data: Option<&Path>,
) -> Result<(), StoreError> {
    if check(connection)? == version(steps) {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = check(&transaction)?;
    let done = usize::try_from(found)
        .map_err(|_| StoreError::Damaged("the database's version is below zero".to_owned()))?;
    let saved = match data {
        Some(data) if (1..version(steps)).contains(&found) => {
            Some(copy::save(data, &format!("before-v{}", version(steps)))?)
        }
        _ => None,
    };
    let taken = steps
        .iter()
        .skip(done)
        .try_for_each(|step| transaction.execute_batch(step))
        .and_then(|()| transaction.pragma_update(None, "user_version", version(steps)))
        .and_then(|()| transaction.commit());
    if let (Err(_), Some(saved)) = (&taken, saved) {
        // The database is as it was, and the next try makes its own copy.
        let _ = fs::remove_file(saved);
    }
    Ok(taken?)
}

/// Whether a database is this program's: brought to the newest version, it has the very tables, indexes and triggers of a
/// new one.
pub(crate) fn is_ours(connection: &mut Connection) -> Result<bool, StoreError> {
    let known = |connection: &Connection| -> Result<bool, StoreError> {
        match refuse_other(connection) {
            Ok(()) => Ok(true),
            Err(StoreError::Damaged(_)) => Ok(false),
            Err(error) => Err(error),
        }
    };
    let mut new = Connection::open_in_memory()?;
    migrate(&mut new, None)?;
    if !known(connection)? || check(connection)? == 0 {
        return Ok(false);
    }
    migrate(connection, None)?;
    Ok(schema(connection)? == schema(&new)?)
}

/// Everything that makes up a database's shape: its page size, and each object's definition.
fn schema(connection: &Connection) -> Result<Vec<(String, Option<String>)>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT 'page ' || page_size, NULL FROM pragma_page_size
         UNION ALL SELECT type || ' ' || name, sql FROM sqlite_schema ORDER BY 1",
    )?;
    let shape = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(shape.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests;
