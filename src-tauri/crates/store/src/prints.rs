//! The print queue: what is to be printed is on the disk before it is tried, and stays there until it is printed or given
//! up. Printing comes after everything else, so nothing here touches an operation or a report.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params, params};

use crate::columns::{Columns, micros};
use crate::open::lock;
use crate::{Store, StoreError};

/// How long another process's job is taken to be at the printer, even if that process hangs: longer than any print takes.
const LEASE: TimeDelta = TimeDelta::minutes(10);
/// A settled job is kept so long.
const KEPT: TimeDelta = TimeDelta::days(90);
/// A pause that is longer than this was made by a clock that has been set back since.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);

/// Something to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPrint {
    /// The report's archive number; none is a test page.
    pub report: Option<i64>,
    /// Which document of the report: `report`, `with-documents` or `cash-count`.
    pub form: String,
    /// The printer.
    pub printer: String,
    /// The paper.
    pub paper: String,
    /// The language.
    pub language: String,
    /// Now.
    pub at: DateTime<Utc>,
}

/// Where a print job is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrintState {
    /// It waits for its turn.
    Queued,
    /// It is on its way to the printer.
    Printing,
    /// The printer or its queue has it.
    Done,
    /// It did not get through, and trying again by itself would not help.
    Failed,
    /// Given up by a person.
    Cancelled,
}

impl PrintState {
    const ALL: [Self; 5] = [
        Self::Queued,
        Self::Printing,
        Self::Done,
        Self::Failed,
        Self::Cancelled,
    ];

    /// `queued`, `printing`, `done`, `failed` or `cancelled`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Printing => "printing",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// A job of the print queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintJob {
    /// Its number.
    pub number: i64,
    /// The report's archive number; none is a test page.
    pub report: Option<i64>,
    /// Which document of the report: `report`, `with-documents` or `cash-count`.
    pub form: String,
    /// The printer.
    pub printer: String,
    /// The paper.
    pub paper: String,
    /// The language.
    pub language: String,
    /// When it was asked for.
    pub at: DateTime<Utc>,
    /// Where it is in its life.
    pub state: PrintState,
    /// Whether the report had been printed before, as the last attempt found it.
    pub copy: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried again, while it waits.
    pub next: DateTime<Utc>,
    /// What the last attempt failed with.
    pub code: Option<String>,
    /// The particulars of that.
    pub detail: Option<String>,
    /// When it was printed, failed or given up.
    pub settled: Option<DateTime<Utc>>,
}

const COLUMNS: &str = "number, report, form, printer, paper, language, at, state, copy, attempts, next, code, detail, settled";

impl PrintJob {
    fn read(row: &Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.get("number")?,
            report: row.get("report")?,
            form: row.get("form")?,
            printer: row.get("printer")?,
            paper: row.get("paper")?,
            language: row.get("language")?,
            at: row.time("at")?,
            state: row.read("state", PrintState::from_name)?,
            copy: row.get("copy")?,
            attempts: row.get("attempts")?,
            next: row.time("next")?,
            code: row.get("code")?,
            detail: row.get("detail")?,
            settled: row.maybe_time("settled")?,
        })
    }
}

/// Why an attempt to print failed.
#[derive(Debug, Clone, Copy)]
pub struct NotPrinted<'a> {
    /// What kind of failure.
    pub code: &'a str,
    /// Its particulars.
    pub detail: &'a str,
    /// When to try again; never, unless a person says so.
    pub next: Option<DateTime<Utc>>,
}

impl Store {
    /// Puts a job at the end of the queue. When this returns, it is on the disk. Jobs that were settled 90 days ago go.
    ///
    /// # Errors
    /// The database fails, or there is no such report.
    pub fn add_print(&self, new: &NewPrint) -> Result<PrintJob, StoreError> {
        self.write(|transaction| {
            prune(transaction, new.at)?;
            transaction.execute(
                "INSERT INTO prints (report, form, printer, paper, language, at, next, state)
                 VALUES (:report, :form, :printer, :paper, :language, :at, :at, 'queued')",
                named_params! {
                    ":report": new.report,
                    ":form": new.form,
                    ":printer": new.printer,
                    ":paper": new.paper,
                    ":language": new.language,
                    ":at": micros(new.at),
                },
            )?;
            one(transaction, transaction.last_insert_rowid())
        })
    }

    /// A job.
    ///
    /// # Errors
    /// [`StoreError::NoPrintJob`] where there is none.
    pub fn print_job(&self, number: i64) -> Result<PrintJob, StoreError> {
        one(&self.connection(), number)
    }

    /// The last jobs, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn prints(&self, limit: u32) -> Result<Vec<PrintJob>, StoreError> {
        let only = format!("ORDER BY number DESC LIMIT {limit}");
        list(&self.connection(), &only, &[])
    }

    /// The jobs that wait for one printer, or for any, in the order in which they are printed.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn waiting_prints(&self, printer: Option<&str>) -> Result<Vec<PrintJob>, StoreError> {
        let only = "WHERE state = 'queued' AND (?1 IS NULL OR printer = ?1) ORDER BY number";
        list(&self.connection(), only, &[&printer])
    }

    /// The printers whose first job may be tried now: what stands behind it waits with it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn due_printers(&self, at: DateTime<Utc>) -> Result<Vec<String>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT printer FROM prints AS first WHERE state = 'queued' AND (next <= ?1 OR next > ?2)
                AND NOT EXISTS (SELECT 1 FROM prints
                    WHERE state IN ('queued', 'printing') AND printer = first.printer AND number < first.number)
             ORDER BY number",
        )?;
        let long = at.checked_add_signed(LONGEST_PAUSE).unwrap_or(at);
        let found = statement.query_map([micros(at), micros(long)], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Takes a job that waits: from now on nobody else, in this process or another, prints it or anything else on its
    /// printer. It says by then whether it is the report's first print.
    ///
    /// # Errors
    /// [`StoreError::Printing`] while somebody does, with the job that is at the printer; [`StoreError::NoPrintJob`] unless
    /// it waits.
    pub fn claim_print(&self, number: i64, at: DateTime<Utc>) -> Result<PrintJob, StoreError> {
        self.write(|transaction| {
            expect(transaction, number, &[PrintState::Queued])?;
            self.refuse_at_the_printer(transaction, number, at)?;
            let lease = at.checked_add_signed(LEASE).unwrap_or(at);
            transaction.execute(
                "UPDATE prints SET state = 'printing', attempts = attempts + 1, owner = :owner, lease_until = :lease,
                    copy = EXISTS (SELECT 1 FROM printed WHERE report = prints.report AND form = prints.form)
                        OR EXISTS (SELECT 1 FROM prints AS other
                            WHERE other.report = prints.report AND other.form = prints.form AND other.state = 'printing')
                 WHERE number = :number",
                named_params! {
                    ":owner": self.inner.presence.token(),
                    ":lease": micros(lease),
                    ":number": number,
                },
            )?;
            let job = one(transaction, number)?;
            lock(&self.inner.printing).insert((number, job.attempts));
            Ok(job)
        })
    }

    /// Notes that the printer, or its queue, has it.
    ///
    /// # Errors
    /// [`StoreError::NoPrintJob`] unless this store printed it.
    pub fn printed(&self, number: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.end_print(number, |transaction, job| {
            transaction.execute(
                "UPDATE prints SET state = 'done', settled = ?, code = NULL, detail = NULL WHERE number = ?",
                params![micros(at), number],
            )?;
            transaction.execute(
                "INSERT INTO printed (report, form, first) SELECT report, form, ? FROM prints WHERE number = ? AND report IS NOT NULL
                 ON CONFLICT DO NOTHING",
                params![micros(at), job.number],
            )?;
            Ok(())
        })
    }

    /// Notes that the printer does not have it, and when to try again.
    ///
    /// # Errors
    /// [`StoreError::NoPrintJob`] unless this store printed it.
    pub fn not_printed(
        &self,
        number: i64,
        at: DateTime<Utc>,
        why: &NotPrinted<'_>,
    ) -> Result<(), StoreError> {
        self.end_print(number, |transaction, job| {
            transaction.execute(
                "UPDATE prints SET state = :state, next = :next, settled = :settled, code = :code, detail = :detail
                 WHERE number = :number",
                named_params! {
                    ":state": why.next.map_or(PrintState::Failed, |_| PrintState::Queued).as_str(),
                    ":next": micros(why.next.unwrap_or(at)),
                    ":settled": why.next.is_none().then_some(micros(at)),
                    ":code": why.code,
                    ":detail": why.detail,
                    ":number": job.number,
                },
            )?;
            Ok(())
        })
    }

    fn end_print(
        &self,
        number: i64,
        end: impl FnOnce(&Transaction<'_>, &PrintJob) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            let owner: Option<String> = transaction
                .query_row(
                    "SELECT owner FROM prints WHERE number = ? AND state = 'printing'",
                    [number],
                    |row| row.get(0),
                )
                .optional()?;
            if owner.as_deref() != Some(self.inner.presence.token()) {
                return Err(StoreError::NoPrintJob { number });
            }
            end(transaction, &one(transaction, number)?)
        })
    }

    /// Says that nothing in this process is at this attempt any more. Where its end could not be written down, the job is then
    /// queued again as if this process had died.
    pub fn release_print(&self, job: &PrintJob) {
        lock(&self.inner.printing).remove(&(job.number, job.attempts));
    }

    /// Has a job tried again at once, by a person's word.
    ///
    /// # Errors
    /// [`StoreError::Printing`] while it is printed, [`StoreError::NoPrintJob`] when it is done.
    pub fn retry_print(&self, number: i64, at: DateTime<Utc>) -> Result<PrintJob, StoreError> {
        use PrintState::{Cancelled, Failed, Queued};
        self.write(|transaction| {
            expect(transaction, number, &[Queued, Failed, Cancelled])?;
            transaction.execute(
                "UPDATE prints SET state = 'queued', next = ?, settled = NULL WHERE number = ?",
                params![micros(at), number],
            )?;
            one(transaction, number)
        })
    }

    /// Gives a job up, by a person's word.
    ///
    /// # Errors
    /// [`StoreError::Printing`] while it is printed, [`StoreError::NoPrintJob`] when it is done or given up.
    pub fn cancel_print(&self, number: i64, at: DateTime<Utc>) -> Result<PrintJob, StoreError> {
        use PrintState::{Failed, Queued};
        self.write(|transaction| {
            expect(transaction, number, &[Queued, Failed])?;
            transaction.execute(
                "UPDATE prints SET state = 'cancelled', settled = ? WHERE number = ?",
                params![micros(at), number],
            )?;
            one(transaction, number)
        })
    }

    /// Queues again what dead processes were printing. Whether paper came out, nobody knows: once too often is better than
    /// never.
    ///
    /// # Errors
    /// The database fails.
    pub fn requeue_dead_prints(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        // Mostly there is nothing: a look takes no lock that others wait for.
        if self.dead_prints(&self.connection(), at)?.is_empty() {
            return Ok(());
        }
        self.write(|transaction| {
            for number in self.dead_prints(transaction, at)? {
                transaction.execute(
                    "UPDATE prints SET state = 'queued', next = ? WHERE number = ?",
                    params![micros(at), number],
                )?;
            }
            Ok(())
        })
    }

    /// One job at a time: two at once would be mixed on paper, or turned away.
    fn refuse_at_the_printer(
        &self,
        transaction: &Transaction<'_>,
        number: i64,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let dead = self.dead_prints(transaction, at)?;
        let mut statement = transaction.prepare_cached(
            "SELECT number FROM prints WHERE state = 'printing' AND printer = (SELECT printer FROM prints WHERE number = ?)",
        )?;
        let at_it = statement.query_map([number], |row| row.get::<_, i64>(0))?;
        for number in at_it {
            let number = number?;
            if !dead.contains(&number) {
                return Err(StoreError::Printing { number });
            }
        }
        Ok(())
    }

    fn dead_prints(
        &self,
        connection: &Connection,
        at: DateTime<Utc>,
    ) -> Result<Vec<i64>, StoreError> {
        let presence = &self.inner.presence;
        let mut dead = Vec::new();
        let mut statement = connection.prepare_cached(
            "SELECT number, owner, lease_until < ?, attempts FROM prints WHERE state = 'printing' ORDER BY number",
        )?;
        let mut rows = statement.query([micros(at)])?;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            let owner: String = row.get(1)?;
            let is_dead = if owner == presence.token() {
                !lock(&self.inner.printing).contains(&(number, row.get(3)?))
            } else {
                row.get(2)? || !presence.is_alive(&owner)
            };
            if is_dead {
                dead.push(number);
            }
        }
        Ok(dead)
    }
}

/// Deletes what was settled long ago.
pub(crate) fn prune(transaction: &Transaction<'_>, at: DateTime<Utc>) -> Result<(), StoreError> {
    if let Some(old) = at.checked_sub_signed(KEPT) {
        transaction.execute("DELETE FROM prints WHERE settled < ?", [micros(old)])?;
    }
    Ok(())
}

/// Carries over which reports have been printed from the database to what takes its place: their next print is a second one
/// there, too. Reports that are not the same in both are not meant.
pub(crate) fn keep_printed(live: &Connection, source: &Connection) -> Result<(), StoreError> {
    let mut printed = live.prepare(
        "SELECT printed.report, form, first, hash FROM printed JOIN reports ON reports.number = printed.report",
    )?;
    let mut keep = source.prepare(
        "INSERT INTO printed (report, form, first) SELECT number, ?2, ?3 FROM reports WHERE number = ?1 AND hash = ?4
         ON CONFLICT DO NOTHING",
    )?;
    let mut rows = printed.query([])?;
    while let Some(row) = rows.next()? {
        keep.execute(params![
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, i64>(2)?,
            row.get::<_, String>(3)?,
        ])?;
    }
    Ok(())
}

fn expect(
    transaction: &Transaction<'_>,
    number: i64,
    states: &[PrintState],
) -> Result<(), StoreError> {
    match one(transaction, number)?.state {
        state if states.contains(&state) => Ok(()),
        PrintState::Printing => Err(StoreError::Printing { number }),
        _ => Err(StoreError::NoPrintJob { number }),
    }
}

fn one(connection: &Connection, number: i64) -> Result<PrintJob, StoreError> {
    let found = list(connection, "WHERE number = ?", &[&number])?;
    let found = found.into_iter().next();
    found.ok_or(StoreError::NoPrintJob { number })
}

fn list(
    connection: &Connection,
    only: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Vec<PrintJob>, StoreError> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM prints {only}"))?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(PrintJob::read(&Columns(row))?);
    }
    Ok(found)
}
