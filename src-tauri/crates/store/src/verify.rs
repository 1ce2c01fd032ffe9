//! Walking both hash chains: any edit, gap or cut of archived reports and finished operations is found.
//!
//! One thread reads and another hashes; what is on its way between them is bounded, so that a million reports need no more
//! memory than a thousand.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::{Store, StoreError, chain};

/// The columns of a report that its hash covers, `previous` last.
pub(crate) const REPORT_COLUMNS: &str = "number, at, server, kkm, kkm_name, shift, shift_index, kind, taken, amount, report, raw, previous";
/// Where `number` and `previous` stand in [`REPORT_COLUMNS`].
const REPORT_LINKS: [usize; 2] = [0, 12];
const REPORT: &str = "smena report 1";

/// The columns of an operation that its hash covers. Owner and lease are of no account once it is finished. Both sendings stand in
/// one place: rows that were finished before the first one was kept have the hash of the last alone.
pub(crate) const OPERATION_COLUMNS: &str = "number, server, login, kkm, kind, uid, body, autonomous, cash_counted, \
    cash_expected, cash_reason, at, shift, iif(first_sent IS NULL, sent, first_sent || ' ' || sent), settled, raw, next_uid, code, message, report, report_hash, \
    state, finish, previous";
/// Where `state`, `finish` and `previous` stand in [`OPERATION_COLUMNS`].
pub(crate) const OPERATION_OUTCOME: [usize; 3] = [21, 22, 23];
const OPERATION: &str = "smena operation 1";
/// So many bytes of rows go from the reading to the hashing thread at once, or one row where it is longer.
const BATCH: usize = 256 * 1024;

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
    chain::row_hash(REPORT, values)
}

/// The hash of an operation's [`OPERATION_COLUMNS`].
pub(crate) fn operation_hash(values: &[Value]) -> String {
    chain::row_hash(OPERATION, values)
}

/// A row's values as SQLite has them.
pub(crate) fn values(row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
    (0..row.as_ref().column_count())
        .map(|place| row.get(place))
        .collect()
}

impl Store {
    /// Walks the chains of the archive and of the journal, row by row, over one unchanging view of the database. It has a
    /// connection of its own: nothing waits for it.
    ///
    /// # Errors
    /// The database cannot be read. An edited row is no error: see [`Verification::broken`].
    pub fn verify(&self) -> Result<Verification, StoreError> {
        walk_both(&mut self.reader()?)
    }
}

/// Walks both chains of a database.
pub(crate) fn walk_both(connection: &mut Connection) -> Result<Verification, StoreError> {
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

/// Whether a row, read as [`REPORT_COLUMNS`] and `hash`, is what its own hash says.
pub(crate) fn is_intact(row: &Row<'_>) -> rusqlite::Result<bool> {
    let mut bytes = Vec::new();
    chain::begin(&mut bytes, REPORT);
    let hash = row.as_ref().column_count() - 1;
    for column in 0..hash {
        chain::add(&mut bytes, row.get_ref(column)?);
    }
    Ok(row.get_ref(hash)? == ValueRef::Text(chain::hash(&bytes).as_bytes()))
}

fn walk_reports(view: &Connection) -> Result<(i64, Option<i64>), StoreError> {
    let sql = format!("SELECT {REPORT_COLUMNS}, 0, hash FROM reports ORDER BY number");
    let (count, broken) = walk(view, &sql, REPORT, REPORT_LINKS)?;
    let broken = broken.map(|row| row.place);
    let cut = (sequence(view, "reports")? > count).then_some(count + 1);
    Ok((count, broken.or(cut)))
}

fn walk_operations(view: &Connection) -> Result<(i64, Option<i64>), StoreError> {
    let sql = format!(
        "SELECT {OPERATION_COLUMNS},
            report IS NOT NULL AND NOT EXISTS
                (SELECT 1 FROM reports WHERE reports.number = operations.report AND reports.hash = report_hash),
            hash
         FROM operations WHERE finish IS NOT NULL ORDER BY finish"
    );
    let [_, finish, previous] = OPERATION_OUTCOME;
    let (count, broken) = walk(view, &sql, OPERATION, [finish, previous])?;
    Ok((count, broken.map(|row| row.number)))
}

/// A row on its way to be hashed.
struct Link {
    /// Its place in its chain, from 1.
    place: i64,
    number: i64,
    /// Where its bytes end in the batch.
    end: usize,
    hash: Vec<u8>,
}

#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    links: Vec<Link>,
}

/// Walks the rows of a chain: the columns that are hashed, `number` first, then whether something else is wrong with the
/// row, then its hash. `links` says where the place in the chain and the hash before stand. Gives how many rows there
/// are, and the first that is not what was written.
fn walk(
    view: &Connection,
    sql: &str,
    kind: &str,
    links: [usize; 2],
) -> Result<(i64, Option<Link>), StoreError> {
    thread::scope(|scope| {
        let (send, receive) = sync_channel(1);
        let hashing = scope.spawn(move || first_edited(&receive));
        let (count, unlinked) = read_chain(view, sql, kind, links, send)?;
        let edited = hashing
            .join()
            .map_err(|_| StoreError::Damaged("the rows could not be hashed".to_owned()))?;
        let first = [unlinked, edited].into_iter().flatten();
        Ok((count, first.min_by_key(|link| link.place)))
    })
}

/// Reads the rows and sends them on. Gives how many there are, and the first that is not linked to the one before it.
fn read_chain(
    view: &Connection,
    sql: &str,
    kind: &str,
    [place, previous]: [usize; 2],
    send: SyncSender<Batch>,
) -> Result<(i64, Option<Link>), StoreError> {
    let mut statement = view.prepare(sql)?;
    let columns = statement.column_count() - 2;
    let mut rows = statement.query([])?;
    let (mut count, mut unlinked, mut batch) = (0, None, Batch::default());
    let mut before = chain::GENESIS.as_bytes().to_vec();
    while let Some(row) = rows.next()? {
        count += 1;
        chain::begin(&mut batch.bytes, kind);
        for column in 0..columns {
            chain::add(&mut batch.bytes, row.get_ref(column)?);
        }
        // A hash that is no text is not that of the row.
        let hash = row.get_ref(columns + 1)?.as_bytes().unwrap_or_default();
        let link = |hash: &[u8], end| -> rusqlite::Result<Link> {
            Ok(Link {
                place: count,
                number: row.get(0)?,
                end,
                hash: hash.to_vec(),
            })
        };
        let is_linked = row.get_ref(place)? == ValueRef::Integer(count)
            && row.get_ref(previous)? == ValueRef::Text(&before)
            && row.get_ref(columns)? == ValueRef::Integer(0);
        if !is_linked && unlinked.is_none() {
            unlinked = Some(link(&[], 0)?);
        }
        before.clear();
        before.extend_from_slice(hash);
        batch.links.push(link(hash, batch.bytes.len())?);
        if batch.bytes.len() >= BATCH {
            // Nobody receives after a panic, which is told by whoever waits for that thread.
            let _ = send.send(std::mem::take(&mut batch));
        }
    }
    let _ = send.send(batch);
    Ok((count, unlinked))
}

/// The first row whose hash is not that of its bytes.
fn first_edited(batches: &Receiver<Batch>) -> Option<Link> {
    let mut first = None;
    for batch in batches {
        let mut start = 0;
        for link in batch.links {
            let bytes = batch.bytes.get(start..link.end).unwrap_or_default();
            start = link.end;
            if first.is_none() && chain::hash(bytes).as_bytes() != link.hash {
                first = Some(link);
            }
        }
    }
    first
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
