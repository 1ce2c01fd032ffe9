//! Walking both hash chains: any edit, gap or cut of archived reports and finished operations is found.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::{Store, StoreError, chain};

/// The columns of a report that its hash covers, `previous` last.
pub(crate) const REPORT_COLUMNS: &str = "number, at, server, kkm, kkm_name, shift, shift_index, kind, taken, amount, report, raw, previous";
const REPORT_PREVIOUS: usize = 12;

/// The columns of an operation that its hash covers. Owner and lease are of no account once it is finished.
pub(crate) const OPERATION_COLUMNS: &str = "number, server, login, kkm, kind, uid, body, autonomous, cash_counted, \
    cash_expected, cash_reason, at, shift, sent, settled, raw, next_uid, code, message, report, report_hash, \
    state, finish, previous";
/// Where `state`, `finish` and `previous` stand in [`OPERATION_COLUMNS`].
pub(crate) const OPERATION_OUTCOME: [usize; 3] = [21, 22, 23];

/// What [`Store::verify`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verification {
    /// Archived reports walked.
    pub rows: i64,
    /// The first report that is not what was archived, or that is missing.
    pub broken: Option<i64>,
    /// Finished operations walked.
    pub operations: i64,
    /// The first operation that is not what was written, or that is missing.
    pub broken_operation: Option<i64>,
}

impl Verification {
    /// Whether everything is as it was written.
    pub const fn is_whole(&self) -> bool {
        self.broken.is_none() && self.broken_operation.is_none()
    }
}

/// The hash of a report's [`REPORT_COLUMNS`].
pub(crate) fn report_hash(values: &[Value]) -> String {
    chain::row_hash("smena report 1", values)
}

/// The hash of an operation's [`OPERATION_COLUMNS`].
pub(crate) fn operation_hash(values: &[Value]) -> String {
    chain::row_hash("smena operation 1", values)
}

/// A row's values as SQLite has them.
pub(crate) fn values(row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
    (0..row.as_ref().column_count())
        .map(|place| row.get(place))
        .collect()
}

impl Store {
    /// Walks the chains of the archive and of the journal, row by row, over one unchanging view of the database.
    ///
    /// # Errors
    /// The database cannot be read. An edited row is no error: see [`Verification::broken`].
    pub fn verify(&self) -> Result<Verification, StoreError> {
        let mut connection = self.connection();
        let view = connection.transaction()?;
        let (rows, broken) = walk_reports(&view)?;
        let (operations, edited) = walk_operations(&view)?;
        let broken_operation = match (edited, missing_operation(&view)?) {
            (Some(edited), Some(missing)) => Some(edited.min(missing)),
            (edited, missing) => edited.or(missing),
        };
        Ok(Verification {
            rows,
            broken,
            operations,
            broken_operation,
        })
    }
}

fn walk_reports(view: &Connection) -> Result<(i64, Option<i64>), StoreError> {
    let mut statement = view.prepare(&format!(
        "SELECT {REPORT_COLUMNS}, hash FROM reports ORDER BY number"
    ))?;
    let mut rows = statement.query([])?;
    let (mut count, mut previous, mut broken) = (0, chain::GENESIS.to_owned(), None);
    while let Some(row) = rows.next()? {
        let mut values = values(row)?;
        let hash = values.pop();
        let whole = values.first() == Some(&Value::Integer(count + 1))
            && values.get(REPORT_PREVIOUS) == Some(&Value::Text(previous))
            && hash == Some(Value::Text(report_hash(&values)));
        count += 1;
        if !whole {
            broken = broken.or(Some(count));
        }
        previous = text(hash);
    }
    let cut = (sequence(view, "reports")? > count).then_some(count + 1);
    Ok((count, broken.or(cut)))
}

fn walk_operations(view: &Connection) -> Result<(i64, Option<i64>), StoreError> {
    let mut statement = view.prepare(&format!(
        "SELECT {OPERATION_COLUMNS},
            report IS NOT NULL AND NOT EXISTS
                (SELECT 1 FROM reports WHERE reports.number = operations.report AND reports.hash = report_hash),
            hash
         FROM operations WHERE finish IS NOT NULL ORDER BY finish"
    ))?;
    let mut rows = statement.query([])?;
    let [_, finish, before] = OPERATION_OUTCOME;
    let (mut count, mut previous, mut broken) = (0, chain::GENESIS.to_owned(), None);
    while let Some(row) = rows.next()? {
        let mut values = values(row)?;
        let hash = values.pop();
        let report_lost = values.pop() == Some(Value::Integer(1));
        count += 1;
        let whole = !report_lost
            && values.get(finish) == Some(&Value::Integer(count))
            && values.get(before) == Some(&Value::Text(previous))
            && hash == Some(Value::Text(operation_hash(&values)));
        if !whole && broken.is_none() {
            broken = Some(row.get("number")?);
        }
        previous = text(hash);
    }
    Ok((count, broken))
}

/// The first number that was given to an operation and that has no row now.
fn missing_operation(view: &Connection) -> Result<Option<i64>, StoreError> {
    let mut statement = view.prepare("SELECT number FROM operations ORDER BY number")?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        if row.get::<_, i64>(0)? != count {
            return Ok(Some(count));
        }
    }
    Ok((sequence(view, "operations")? > count).then_some(count + 1))
}

/// The greatest number that a table ever gave.
fn sequence(view: &Connection, table: &str) -> Result<i64, StoreError> {
    Ok(view
        .query_row(
            "SELECT seq FROM sqlite_sequence WHERE name = ?",
            [table],
            |row| row.get(0),
        )
        .optional()?
        .unwrap_or(0))
}

fn text(hash: Option<Value>) -> String {
    match hash {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    }
}
