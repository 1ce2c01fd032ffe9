//! Registers that are closed by themselves, and what became of each due time. A due time is claimed before anything is
//! done about it, once for all processes; what a dead process left is told by the journal.

use chrono::{DateTime, Utc};
use domain::KkmId;
use domain::schedule::DayTime;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::columns::{Columns, micros};
use crate::run_ends::by_record;
use crate::{Store, StoreError};

/// A register that is closed by itself every day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The server's address.
    pub server: String,
    /// The register.
    pub kkm: KkmId,
    /// Its name when the schedule was set.
    pub name: Option<String>,
    /// Whose word it is: the sign-in phone.
    pub login: String,
    /// The local time of day.
    pub at: DayTime,
    /// When it was set, by the server's clock.
    pub since: DateTime<Utc>,
    /// What was due by then has been seen to, by the server's clock.
    pub checked: DateTime<Utc>,
}

/// What became of a due time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunOutcome {
    /// Somebody is at it.
    Running,
    /// The shift was closed.
    Closed,
    /// The closing waits in the outbox.
    Queued,
    /// Nothing was to be closed.
    Skipped,
    /// It was not closed.
    Failed,
    /// It is not known whether it was closed.
    Unknown,
    /// The program did not run when it was due.
    Missed,
}

impl RunOutcome {
    const ALL: [Self; 7] = [
        Self::Running,
        Self::Closed,
        Self::Queued,
        Self::Skipped,
        Self::Failed,
        Self::Unknown,
        Self::Missed,
    ];

    /// `running`, `closed`, `queued`, `skipped`, `failed`, `unknown` or `missed`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Closed => "closed",
            Self::Queued => "queued",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Missed => "missed",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|outcome| outcome.as_str() == name)
    }
}

/// A due time, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduledRun {
    /// Its number.
    pub number: i64,
    /// The server's address.
    pub server: String,
    /// The register.
    pub kkm: KkmId,
    /// Its name.
    pub name: Option<String>,
    /// When it was due, by the server's clock.
    pub due: DateTime<Utc>,
    /// What became of it.
    pub outcome: RunOutcome,
    /// Its Z-report in the archive.
    pub report: Option<i64>,
    /// Why it was not closed, as the caller wrote it.
    pub problem: Option<String>,
}

const RUN: &str = "number, server, kkm, name, due, outcome, report, problem";

impl ScheduledRun {
    fn read(row: &Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.get("number")?,
            server: row.get("server")?,
            kkm: KkmId::new(row.get("kkm")?),
            name: row.get("name")?,
            due: row.time("due")?,
            outcome: row.read("outcome", RunOutcome::from_name)?,
            report: row.get("report")?,
            problem: row.get("problem")?,
        })
    }
}

impl Store {
    /// Has a register closed by itself from now on, at another time of day if it was already.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn set_schedule(&self, schedule: &Schedule) -> Result<(), StoreError> {
        self.write(|transaction| {
            Ok(transaction.execute(
                "INSERT INTO schedules (server, kkm, name, login, at, since, checked) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (server, kkm) DO UPDATE SET name = ?3, login = ?4, at = ?5, since = ?6, checked = ?7",
                params![
                    schedule.server,
                    schedule.kkm.get(),
                    schedule.name,
                    schedule.login,
                    schedule.at.minutes(),
                    micros(schedule.since),
                    micros(schedule.checked)
                ],
            )?)
        })?;
        Ok(())
    }

    /// A register is not closed by itself any more.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn drop_schedule(&self, server: &str, kkm: KkmId) -> Result<(), StoreError> {
        self.write(|transaction| {
            let sql = "DELETE FROM schedules WHERE server = ? AND kkm = ?";
            Ok(transaction.execute(sql, params![server, kkm.get()])?)
        })?;
        Ok(())
    }

    /// The registers that are closed by themselves, by server and id.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn schedules(&self) -> Result<Vec<Schedule>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT server, kkm, name, login, at, since, checked FROM schedules ORDER BY server, kkm",
        )?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Columns(row);
            let at = DayTime::from_minutes(row.get("at")?);
            found.push(Schedule {
                server: row.get("server")?,
                kkm: KkmId::new(row.get("kkm")?),
                name: row.get("name")?,
                login: row.get("login")?,
                at: at.ok_or_else(|| StoreError::Damaged("column at".to_owned()))?,
                since: row.time("since")?,
                checked: row.time("checked")?,
            });
        }
        Ok(found)
    }

    /// Takes a due time for this process, in one transaction: `None` where somebody took it already, or the schedule is
    /// another one by now. Gives the run's number. `at` is now by this computer's clock, as the journal's is.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn claim_run(
        &self,
        schedule: &Schedule,
        due: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<Option<i64>, StoreError> {
        self.write(|transaction| self.take_run(transaction, schedule, due, at, RunOutcome::Running))
    }

    /// Writes down that nothing was done at a due time: `None` where somebody saw to it already.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn miss_run(
        &self,
        schedule: &Schedule,
        due: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<Option<i64>, StoreError> {
        self.write(|transaction| self.take_run(transaction, schedule, due, at, RunOutcome::Missed))
    }

    fn take_run(
        &self,
        transaction: &Transaction<'_>,
        schedule: &Schedule,
        due: DateTime<Utc>,
        at: DateTime<Utc>,
        outcome: RunOutcome,
    ) -> Result<Option<i64>, StoreError> {
        let (server, kkm) = (schedule.server.as_str(), schedule.kkm.get());
        let due = micros(due);
        let still = transaction.execute(
            "UPDATE schedules SET checked = MAX(checked, ?4) WHERE server = ?1 AND kkm = ?2 AND at = ?3",
            params![server, kkm, schedule.at.minutes(), due],
        )?;
        if still == 0 {
            return Ok(None);
        }
        let taken = transaction.execute(
            "INSERT INTO scheduled_runs (server, kkm, name, due, begun, outcome, owner) VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (server, kkm, due) DO NOTHING",
            params![
                server,
                kkm,
                schedule.name,
                due,
                micros(at),
                outcome.as_str(),
                self.inner.presence.token()
            ],
        )?;
        Ok((taken == 1).then(|| transaction.last_insert_rowid()))
    }

    /// Gives back a due time at which nothing was begun, so that it can be taken again. `schedule` is as it was before the
    /// run; a run that ended stays.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn give_back_run(&self, schedule: &Schedule, number: i64) -> Result<(), StoreError> {
        self.write(|transaction| {
            let due: Option<i64> = transaction
                .query_row(
                    "DELETE FROM scheduled_runs WHERE number = ? AND outcome = 'running' RETURNING due",
                    [number],
                    |row| row.get(0),
                )
                .optional()?;
            transaction.execute(
                "UPDATE schedules SET checked = ? WHERE server = ? AND kkm = ? AND checked = ?",
                params![
                    micros(schedule.checked),
                    schedule.server,
                    schedule.kkm.get(),
                    due
                ],
            )?;
            Ok(())
        })
    }

    /// The clock was set back behind what was seen to: from `now` on, by the server's clock, it is looked at anew.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn look_anew(&self, schedule: &Schedule, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(|transaction| {
            Ok(transaction.execute(
                "UPDATE schedules SET checked = ? WHERE server = ? AND kkm = ? AND checked = ?",
                params![
                    micros(now),
                    schedule.server,
                    schedule.kkm.get(),
                    micros(schedule.checked)
                ],
            )?)
        })?;
        Ok(())
    }

    /// Writes down how a run ended; people are to be told of it.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn end_run(
        &self,
        number: i64,
        outcome: RunOutcome,
        report: Option<i64>,
        problem: Option<&str>,
    ) -> Result<(), StoreError> {
        self.write(|transaction| end(transaction, number, outcome, report, problem))
    }

    /// Writes down that a run's closing waits in this row of the outbox, and so follows it; people are to be told of it.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn queue_run(
        &self,
        number: i64,
        outbox: i64,
        problem: Option<&str>,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            let sql = "UPDATE scheduled_runs SET outbox = ? WHERE number = ?";
            transaction.execute(sql, [outbox, number])?;
            end(transaction, number, RunOutcome::Queued, None, problem)
        })
    }

    /// What a dead process left, what was unknown and what waited, as journal and outbox say by now: numbers of the runs that
    /// ended otherwise by it.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn settle_runs(&self) -> Result<Vec<i64>, StoreError> {
        // Mostly there is nothing: a look takes no lock that others wait for.
        let is_news = {
            let connection = self.connection();
            let left = self.left_runs(&connection)?;
            let mut settled = left
                .into_iter()
                .map(|(number, before)| Ok(by_record(&connection, number, before)?.0 != before));
            settled.try_fold(false, |news, it: Result<bool, StoreError>| {
                Ok::<_, StoreError>(news || it?)
            })?
        };
        if !is_news {
            return Ok(Vec::new());
        }
        self.write(|transaction| {
            let mut settled = Vec::new();
            for (number, before) in self.left_runs(transaction)? {
                let (outcome, report) = by_record(transaction, number, before)?;
                if outcome != before {
                    end(transaction, number, outcome, report, None)?;
                    settled.push(number);
                }
            }
            Ok(settled)
        })
    }

    /// Runs whose end is not written, or not final; those that somebody alive is at are left to them.
    fn left_runs(&self, connection: &Connection) -> Result<Vec<(i64, RunOutcome)>, StoreError> {
        let mut statement = connection.prepare_cached(
            "SELECT number, outcome, owner FROM scheduled_runs WHERE outcome IN ('running', 'queued', 'unknown')",
        )?;
        let mut rows = statement.query([])?;
        let mut left = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Columns(row);
            let outcome = row.read("outcome", RunOutcome::from_name)?;
            let owner: String = row.get("owner")?;
            if outcome != RunOutcome::Running || !self.inner.presence.is_alive(&owner) {
                left.push((row.get("number")?, outcome));
            }
        }
        Ok(left)
    }

    /// A run.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn run(&self, number: i64) -> Result<Option<ScheduledRun>, StoreError> {
        let sql = format!("SELECT {RUN} FROM scheduled_runs WHERE number = ?");
        Ok(self.runs(&sql, [number])?.pop())
    }

    /// The run that closed a shift with this report.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn run_of(
        &self,
        server: &str,
        kkm: KkmId,
        report: i64,
    ) -> Result<Option<ScheduledRun>, StoreError> {
        let sql =
            format!("SELECT {RUN} FROM scheduled_runs WHERE server = ? AND kkm = ? AND report = ?");
        Ok(self.runs(&sql, params![server, kkm.get(), report])?.pop())
    }

    /// The runs that ended and that nobody was told of, in their order.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn untold_runs(&self) -> Result<Vec<ScheduledRun>, StoreError> {
        let sql = format!(
            "SELECT {RUN} FROM scheduled_runs WHERE told = 0 AND outcome <> 'running' ORDER BY number"
        );
        self.runs(&sql, [])
    }

    /// The last run of each register that ended.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn last_runs(&self) -> Result<Vec<ScheduledRun>, StoreError> {
        let sql = format!(
            "SELECT {RUN} FROM scheduled_runs WHERE (server, kkm, due) IN
                (SELECT server, kkm, MAX(due) FROM scheduled_runs WHERE outcome <> 'running' GROUP BY server, kkm)"
        );
        self.runs(&sql, [])
    }

    /// People were told of what ended up to this run.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn tell_runs(&self, until: i64) -> Result<(), StoreError> {
        self.write(|transaction| {
            let sql = "UPDATE scheduled_runs SET told = 1 WHERE told = 0 AND outcome <> 'running' AND number <= ?";
            Ok(transaction.execute(sql, [until])?)
        })?;
        Ok(())
    }

    fn runs(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<ScheduledRun>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(ScheduledRun::read(&Columns(row))?);
        }
        Ok(found)
    }
}

fn end(
    transaction: &Transaction<'_>,
    number: i64,
    outcome: RunOutcome,
    report: Option<i64>,
    problem: Option<&str>,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE scheduled_runs SET outcome = ?, report = ?, problem = ?, told = 0 WHERE number = ?",
        params![outcome.as_str(), report, problem, number],
    )?;
    Ok(())
}

/// A copy knows nothing of what was done since it was made: what was due until now is not done after it.
pub(crate) fn doubt(transaction: &Transaction<'_>, at: DateTime<Utc>) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE scheduled_runs SET outcome = 'unknown' WHERE outcome = 'running'",
        [],
    )?;
    transaction.execute(
        "UPDATE schedules SET checked = MAX(checked, ?)",
        [micros(at)],
    )?;
    Ok(())
}
