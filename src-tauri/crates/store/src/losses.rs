//! What a database holds that a copy lacks. The chains tell: where two rows have the same hash, all before them are the same.

use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;

/// What restoring would take away from the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Losses {
    /// Archived reports that the copy lacks.
    pub reports: i64,
    /// Operations that the copy lacks or has otherwise: finished ones, unknown ones, and those that wait in the outbox.
    pub operations: i64,
}

impl Losses {
    /// Whether the copy has everything.
    pub const fn is_none(&self) -> bool {
        self.reports == 0 && self.operations == 0
    }
}

/// What `live` holds that `copy` lacks.
pub(crate) fn of(live: &Connection, copy: &Connection) -> Result<Losses, StoreError> {
    let finished = beyond(live, copy, "operations", "finish")?;
    let open = only_here(
        live,
        copy,
        "SELECT number, at, server, kkm, kind FROM operations WHERE finish IS NULL",
        "operations",
    )?;
    let waiting = only_here(
        live,
        copy,
        "SELECT number, at, server, kkm, kind FROM outbox WHERE state IN ('queued', 'stopped')",
        "outbox",
    )?;
    Ok(Losses {
        reports: beyond(live, copy, "reports", "number")?,
        operations: finished + open + waiting,
    })
}

/// How many links of a chain stand in `live` behind the last one that both have.
fn beyond(
    live: &Connection,
    copy: &Connection,
    table: &str,
    place: &str,
) -> Result<i64, StoreError> {
    let all: i64 = live.query_row(
        &format!("SELECT COALESCE(MAX({place}), 0) FROM {table}"),
        [],
        |row| row.get(0),
    )?;
    let hash = |connection: &Connection, at: i64| -> Result<Option<String>, StoreError> {
        let sql = format!("SELECT hash FROM {table} WHERE {place} = ?");
        Ok(connection
            .query_row(&sql, [at], |row| row.get(0))
            .optional()?)
    };
    let (mut both, mut apart) = (0, all + 1);
    while both + 1 < apart {
        let middle = both + (apart - both) / 2;
        let here = hash(live, middle)?;
        if here.is_some() && here == hash(copy, middle)? {
            both = middle;
        } else {
            apart = middle;
        }
    }
    Ok(all - both)
}

/// How many of these intents stand in `live` alone.
fn only_here(
    live: &Connection,
    copy: &Connection,
    intents: &str,
    table: &str,
) -> Result<i64, StoreError> {
    let mut there = copy.prepare(&format!(
        "SELECT 1 FROM {table} WHERE number = ? AND at = ? AND server = ? AND kkm = ? AND kind = ?"
    ))?;
    let mut statement = live.prepare(intents)?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let intent = params![
            row.get::<_, i64>(0)?,
            row.get::<_, i64>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, i64>(3)?,
            row.get::<_, String>(4)?,
        ];
        if !there.exists(intent)? {
            count += 1;
        }
    }
    Ok(count)
}
