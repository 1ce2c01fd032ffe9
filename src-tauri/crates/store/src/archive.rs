//! The archive of reports: numbered without gaps, chained, never changed, never deleted.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{KkmId, Money, Report, ReportKind, ShiftId};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Transaction, params_from_iter};

use crate::columns::{Columns, micros, value};
use crate::verify::{self, REPORT_COLUMNS};
use crate::{Store, StoreError, chain};

/// A report to be archived.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// The server it came from.
    pub server: String,
    /// The register.
    pub kkm: KkmId,
    /// The shift.
    pub shift: Option<ShiftId>,
    /// The shift's number on its register.
    pub shift_index: Option<i64>,
    /// X, Z or sections.
    pub kind: ReportKind,
    /// The report.
    pub report: Report,
    /// The answer it was read from, without secrets.
    pub raw: String,
}

/// A report as it stands in the archive.
#[derive(Debug, Clone)]
pub struct ArchivedReport {
    /// Its number.
    pub number: i64,
    /// When it was archived.
    pub at: DateTime<Utc>,
    /// The server it came from.
    pub server: String,
    /// The report.
    pub report: Report,
    /// The answer it was read from.
    pub raw: String,
    /// SHA-256 of the row and of the hash before it, in lower-case hex.
    pub hash: String,
    /// Whether the row still is what its hash says. If not, somebody edited it.
    pub intact: bool,
}

/// A report in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// Its number.
    pub number: i64,
    /// X, Z or sections.
    pub kind: ReportKind,
    /// The server it came from.
    pub server: String,
    /// The register.
    pub kkm: KkmId,
    /// The register's name then.
    pub kkm_name: Option<String>,
    /// The shift.
    pub shift: Option<ShiftId>,
    /// The shift's number on its register.
    pub shift_index: Option<i64>,
    /// When it was taken.
    pub taken: DateTime<Utc>,
    /// Sales, where they were reported.
    pub amount: Option<Money>,
}

impl Store {
    /// Archives a report that no journalled operation brought, such as a section report. Gives its number.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn archive(&self, new: NewReport, at: DateTime<Utc>) -> Result<i64, StoreError> {
        self.write(|transaction| Ok(insert(transaction, &new, at)?.0))
    }

    /// Archives many reports in one transaction, each as [`Store::archive`] does.
    ///
    /// # Errors
    /// As [`Store::archive`]; then none is archived.
    #[cfg(feature = "bulk")]
    pub fn archive_all(
        &self,
        new: impl IntoIterator<Item = NewReport>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.pragma_update(None, "cache_size", -512 * 1024)?;
            for new in new {
                insert(transaction, &new, at)?;
            }
            Ok(())
        })
    }

    /// A report by its number.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it cannot be read as a report.
    pub fn report(&self, number: i64) -> Result<Option<ArchivedReport>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {REPORT_COLUMNS}, hash FROM reports WHERE number = ?"
        ))?;
        let mut rows = statement.query([number])?;
        rows.next()?.map(|row| read(&Columns(row))).transpose()
    }

    /// The newest report of a kind from a register.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it cannot be read as a report.
    pub fn last_report(
        &self,
        server: &str,
        kkm: KkmId,
        kind: ReportKind,
    ) -> Result<Option<ArchivedReport>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {REPORT_COLUMNS}, hash FROM reports
             WHERE server = ? AND kkm = ? AND kind = ? ORDER BY number DESC LIMIT 1"
        ))?;
        let mut rows = statement.query((server, kkm.get(), kind.as_str()))?;
        rows.next()?.map(|row| read(&Columns(row))).transpose()
    }

    /// The newest Z-report of the shift with this number on its register, of those archived before report `number`.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it cannot be read as a report.
    pub fn z_of_shift(
        &self,
        server: &str,
        kkm: KkmId,
        shift_index: i64,
        number: i64,
    ) -> Result<Option<ArchivedReport>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {REPORT_COLUMNS}, hash FROM reports INDEXED BY zs_of_register
             WHERE server = ? AND kkm = ? AND kind = 'z' AND shift_index = ? AND number < ?
             ORDER BY number DESC LIMIT 1"
        ))?;
        let mut rows = statement.query((server, kkm.get(), shift_index, number))?;
        rows.next()?.map(|row| read(&Columns(row))).transpose()
    }

    /// The newest report of a kind from each of these registers of a server, as a line: a thousand in one question.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn last_lines(
        &self,
        server: &str,
        kkms: &[KkmId],
        kind: ReportKind,
    ) -> Result<HashMap<KkmId, ReportLine>, StoreError> {
        let ids: Vec<_> = kkms.iter().map(|kkm| kkm.get().to_string()).collect();
        let ids = format!("[{}]", ids.join(","));
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT number, kind, server, kkm, kkm_name, shift, shift_index, taken, amount
             FROM json_each(?1) AS wanted JOIN reports ON number =
                (SELECT number FROM reports WHERE server = ?2 AND kkm = wanted.value AND kind = ?3
                 ORDER BY number DESC LIMIT 1)",
        )?;
        let mut rows = statement.query((ids, server, kind.as_str()))?;
        let mut found = HashMap::new();
        while let Some(row) = rows.next()? {
            let line = line(&Columns(row))?;
            found.insert(line.kkm, line);
        }
        Ok(found)
    }
}

fn read(row: &Columns<'_, '_>) -> Result<ArchivedReport, StoreError> {
    let number: i64 = row.get("number")?;
    let report: String = row.get("report")?;
    Ok(ArchivedReport {
        number,
        at: row.time("at")?,
        server: row.get("server")?,
        report: serde_json::from_str(&report)
            .map_err(|error| StoreError::Damaged(format!("report {number}: {error}")))?,
        raw: row.get("raw")?,
        hash: row.get("hash")?,
        intact: verify::is_intact(row.0)?,
    })
}

/// The columns that [`line`] wants.
pub(crate) const LINE: &str =
    "number, kind, server, kkm, kkm_name, shift, shift_index, taken, amount";

pub(crate) fn line(row: &Columns<'_, '_>) -> Result<ReportLine, StoreError> {
    Ok(ReportLine {
        number: row.get("number")?,
        kind: row.read("kind", ReportKind::from_name)?,
        server: row.get("server")?,
        kkm: KkmId::new(row.get("kkm")?),
        kkm_name: row.get("kkm_name")?,
        shift: row.get::<Option<i64>>("shift")?.map(ShiftId::new),
        shift_index: row.get("shift_index")?,
        taken: row.time("taken")?,
        amount: row.maybe_money("amount")?,
    })
}

/// Appends a report inside the caller's transaction, which holds the write lock. Gives its number and hash.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    new: &NewReport,
    at: DateTime<Utc>,
) -> Result<(i64, String), StoreError> {
    // The sequence, not only the greatest number: if the newest rows were cut off, the gap stays to be found.
    let number: i64 = transaction
        .prepare_cached(
            "SELECT max(COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'reports'), 0),
                        COALESCE((SELECT max(number) FROM reports), 0)) + 1",
        )?
        .query_row([], |row| row.get(0))?;
    let previous: Option<String> = transaction
        .prepare_cached("SELECT hash FROM reports ORDER BY number DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let report = &new.report;
    let sales = report.sales();
    let json = serde_json::to_string(report)
        .map_err(|error| StoreError::Damaged(format!("a report to be archived: {error}")))?;
    // In the order of verify::REPORT_COLUMNS.
    let mut values = vec![
        Value::from(number),
        Value::from(micros(at)),
        Value::from(new.server.clone()),
        Value::from(new.kkm.get()),
        value(report.kkm.name.clone()),
        value(new.shift.map(ShiftId::get)),
        value(new.shift_index),
        Value::from(new.kind.as_str().to_owned()),
        Value::from(micros(report.taken)),
        value(sales.map(Money::tiyn)),
        Value::from(json),
        Value::from(new.raw.clone()),
        Value::from(previous.unwrap_or_else(|| chain::GENESIS.to_owned())),
    ];
    let hash = verify::report_hash(&values);
    values.push(Value::from(hash.clone()));
    transaction
        .prepare_cached(&format!(
            "INSERT INTO reports ({REPORT_COLUMNS}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ))?
        .execute(params_from_iter(values))?;
    Ok((number, hash))
}
