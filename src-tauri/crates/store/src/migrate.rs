//! The database's version (`user_version`) and the steps from one to the next. A step is never changed once released.

use rusqlite::{Connection, TransactionBehavior};

use crate::StoreError;

const STEPS: &[&str] = &[include_str!("first.sql"), include_str!("second.sql")];

/// The newest version this program knows.
fn known() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// Refuses a database that is newer than this program.
pub(crate) fn refuse_newer(found: i64) -> Result<(), StoreError> {
    let known = known();
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

/// Brings the database to the newest version, in one transaction; two processes may try at once.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    if check(connection)? == known() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = check(&transaction)?;
    let done = usize::try_from(done)
        .map_err(|_| StoreError::Damaged("the database's version is below zero".to_owned()))?;
    for step in STEPS.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", known())?;
    Ok(transaction.commit()?)
}
