//! The outbox of autonomous mode: what was done without a link and is still to be told to the server, register by register
//! in the order in which it was done. Nothing in it is dropped or overtaken, and its dates never go back.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{CashCount, ErrorCode, KkmId, ShiftId};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params, params};

use crate::columns::{Columns, micros};
use crate::operation::{NewOperation, OperationKind};
use crate::{Store, StoreError, Why, journal};

/// The law allows so many hours of autonomous work; then the register is blocked.
pub const AUTONOMY_HOURS: i64 = 72;

/// Something done without a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQueued {
    /// The server's address.
    pub server: String,
    /// The sign-in phone of the account that acts; a Z is made by the shift's owner, whoever that turns out to be.
    pub login: String,
    /// The register.
    pub kkm: KkmId,
    /// An opening or a Z.
    pub kind: OperationKind,
    /// The shift that a Z closes, where it is known. Behind an opening that waits it is that one's, which has no id yet.
    pub shift: Option<ShiftId>,
    /// When it was done; `None` is now, or the register's last moment where the clock was set back behind that.
    pub date: Option<DateTime<Utc>>,
    /// The cash count made before closing.
    pub cash_count: Option<CashCount>,
    /// Now, by the server's clock as far as it is known.
    pub moment: DateTime<Utc>,
    /// Now, by this computer's clock.
    pub at: DateTime<Utc>,
}

/// Where a queued operation is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueuedState {
    /// It waits for the link.
    Queued,
    /// The server refused it: a person decides.
    Stopped,
    /// The server did it.
    Done,
    /// Given up by a person.
    Withdrawn,
}

impl QueuedState {
    const ALL: [Self; 4] = [Self::Queued, Self::Stopped, Self::Done, Self::Withdrawn];

    /// `queued`, `stopped`, `done` or `withdrawn`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Stopped => "stopped",
            Self::Done => "done",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// A row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Its number.
    pub number: i64,
    /// The server's address.
    pub server: String,
    /// The sign-in phone of the account that acted.
    pub login: String,
    /// The register.
    pub kkm: KkmId,
    /// An opening or a Z.
    pub kind: OperationKind,
    /// The shift that a Z closes; `None` is the one that was open at its `Date`.
    pub shift: Option<ShiftId>,
    /// Its `Date`, in whole seconds.
    pub date: DateTime<Utc>,
    /// The cash count made before closing.
    pub cash_count: Option<CashCount>,
    /// When it was put here.
    pub at: DateTime<Utc>,
    /// Where it is in its life.
    pub state: QueuedState,
    /// The journal's row of the last attempt to send it.
    pub operation: Option<i64>,
    /// Why it was stopped.
    pub code: Option<ErrorCode>,
    /// The server's words, or ours.
    pub message: Option<String>,
}

const COLUMNS: &str = "number, server, login, kkm, kind, date, cash_counted, cash_expected, cash_reason, at, state, \
    operation, code, message, shift";

impl Queued {
    /// Whether it goes no further because the data were restored from a copy: it may have been sent already.
    pub fn is_held(&self) -> bool {
        self.state == QueuedState::Stopped && self.code == Some(ErrorCode::Restored)
    }

    /// By then it must have been sent, if it is the first that waits.
    pub fn deadline(&self) -> DateTime<Utc> {
        self.date
            .checked_add_signed(TimeDelta::hours(AUTONOMY_HOURS))
            .unwrap_or(self.date)
    }

    fn read(row: &Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.get("number")?,
            server: row.get("server")?,
            login: row.get("login")?,
            kkm: KkmId::new(row.get("kkm")?),
            kind: row.read("kind", OperationKind::from_name)?,
            shift: row.get::<Option<i64>>("shift")?.map(ShiftId::new),
            date: row.time("date")?,
            cash_count: row.cash_count()?,
            at: row.time("at")?,
            state: row.read("state", QueuedState::from_name)?,
            operation: row.get("operation")?,
            code: row
                .get::<Option<String>>("code")?
                .and_then(|name| ErrorCode::from_name(&name)),
            message: row.get("message")?,
        })
    }
}

impl Store {
    /// Puts an operation at the end of its register's queue. When this returns, it is on the disk.
    ///
    /// # Errors
    /// [`StoreError::NoLicence`]; [`StoreError::DateGoesBack`]; [`StoreError::AutonomyOver`]; [`StoreError::OutOfTurn`] for
    /// a second opening or closing in a row; [`StoreError::Busy`] and [`StoreError::Unresolved`] as for
    /// [`Store::begin`]; or the database fails.
    pub fn enqueue(&self, new: NewQueued) -> Result<Queued, StoreError> {
        self.settle_dead(new.at)?;
        self.write(|transaction| {
            journal::refuse_second(transaction, &new.server, new.kkm)?;
            if !is_licensed(transaction, &new.server, new.kkm)? {
                return Err(StoreError::NoLicence);
            }
            let waiting = waiting(transaction, &new.server, new.kkm)?;
            if let Some(last) = waiting.last()
                && last.kind == new.kind
            {
                return Err(StoreError::OutOfTurn { kind: new.kind });
            }
            let date = date(transaction, &new)?;
            if let Some(first) = waiting.first()
                && date > first.deadline()
            {
                return Err(StoreError::AutonomyOver { since: first.date });
            }
            let count = new.cash_count.as_ref();
            let opens = |row: &Queued| row.kind == OperationKind::Open;
            let shift = new.shift.filter(|_| !waiting.iter().any(opens));
            transaction.execute(
                "INSERT INTO outbox (server, login, kkm, kind, date, cash_counted, cash_expected, cash_reason, at, state, shift)
                 VALUES (:server, :login, :kkm, :kind, :date, :counted, :expected, :reason, :at, 'queued', :shift)",
                named_params! {
                    ":server": new.server,
                    ":login": new.login,
                    ":kkm": new.kkm.get(),
                    ":kind": new.kind.as_str(),
                    ":date": micros(date),
                    ":counted": count.map(|count| count.counted.tiyn()),
                    ":expected": count.and_then(|count| count.expected).map(domain::Money::tiyn),
                    ":reason": count.and_then(|count| count.reason.as_deref()),
                    ":at": micros(new.at),
                    ":shift": shift.map(ShiftId::get),
                },
            )?;
            one(transaction, transaction.last_insert_rowid())
        })
    }

    /// What waits, in the order in which it is to be sent; with `settled`, everything there ever was.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn outbox(&self, settled: bool) -> Result<Vec<Queued>, StoreError> {
        let only = if settled {
            ""
        } else {
            "WHERE state IN ('queued', 'stopped')"
        };
        list(&self.connection(), only, &[])
    }

    /// What waits on one register, in the order in which it is to be sent.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn outbox_of(&self, server: &str, kkm: KkmId) -> Result<Vec<Queued>, StoreError> {
        waiting(&self.connection(), server, kkm)
    }

    /// A row of the outbox.
    ///
    /// # Errors
    /// [`StoreError::NotQueued`] where there is none.
    pub fn queued(&self, number: i64) -> Result<Queued, StoreError> {
        one(&self.connection(), number)
    }

    /// Stops a queue at its row, for a reason that the server gave before anything was sent.
    ///
    /// # Errors
    /// [`StoreError::NotQueued`] unless the row waits, [`StoreError::Busy`] or [`StoreError::Unresolved`] while somebody is
    /// sending it.
    pub fn stop(&self, number: i64, at: DateTime<Utc>, why: &Why<'_>) -> Result<(), StoreError> {
        self.turn(number, at, QueuedState::Stopped, Some(why))
    }

    /// Has a stopped row tried again, by a person's word.
    ///
    /// # Errors
    /// [`StoreError::NotQueued`] unless the row waits.
    pub fn go_on(&self, number: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.turn(number, at, QueuedState::Queued, None)
    }

    /// Gives a row up, by a person's word. It stays on record.
    ///
    /// # Errors
    /// [`StoreError::NotQueued`] unless the row waits, [`StoreError::Unresolved`] or [`StoreError::Busy`] while an attempt
    /// to send it is not settled.
    pub fn withdraw(&self, number: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.turn(number, at, QueuedState::Withdrawn, None)
    }

    fn turn(
        &self,
        number: i64,
        at: DateTime<Utc>,
        state: QueuedState,
        why: Option<&Why<'_>>,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            let row = one(transaction, number)?;
            if !matches!(row.state, QueuedState::Queued | QueuedState::Stopped) {
                return Err(StoreError::NotQueued { number });
            }
            if state != QueuedState::Queued {
                journal::refuse_second(transaction, &row.server, row.kkm)?;
            }
            transaction.execute(
                "UPDATE outbox SET state = ?, settled = ?, code = ?, message = ? WHERE number = ?",
                params![
                    state.as_str(),
                    micros(at),
                    why.map(|why| why.code.as_str()),
                    why.and_then(|why| why.message),
                    number
                ],
            )?;
            Ok(())
        })
    }
}

/// The `Date` of a new row: never before the register's last moment.
fn date(transaction: &Transaction<'_>, new: &NewQueued) -> Result<DateTime<Utc>, StoreError> {
    let last: Option<i64> = transaction.query_row(
        "SELECT max(moment) FROM (
            SELECT max(date) AS moment FROM outbox WHERE server = ?1 AND kkm = ?2 AND state <> 'withdrawn'
            UNION ALL SELECT moment FROM moments WHERE server = ?1 AND kkm = ?2)",
        params![new.server, new.kkm.get()],
        |row| row.get(0),
    )?;
    let last = last.and_then(DateTime::from_timestamp_micros);
    let asked = new.date.unwrap_or(new.moment).trunc_subsecs(0);
    match (last, new.date) {
        (Some(last), Some(_)) if asked < last => Err(StoreError::DateGoesBack { last }),
        // The clock was set back.
        (Some(last), None) => Ok(asked.max(last)),
        _ => Ok(asked),
    }
}

/// Whether this operation's turn has come: nothing overtakes what waits on its register.
pub(crate) fn take_turn(
    transaction: &Transaction<'_>,
    new: &NewOperation,
) -> Result<(), StoreError> {
    let first = waiting(transaction, &new.server, new.kkm)?
        .into_iter()
        .next();
    match (first, new.outbox) {
        (None, None) => Ok(()),
        (Some(first), Some(number))
            if first.number == number && first.state == QueuedState::Queued =>
        {
            Ok(())
        }
        (Some(first), _) => Err(StoreError::OutboxWaiting {
            number: first.number,
        }),
        (None, Some(number)) => Err(StoreError::NotQueued { number }),
    }
}

/// Names the journal's row under which a row of the outbox is being sent.
pub(crate) fn attempt(
    transaction: &Transaction<'_>,
    outbox: Option<i64>,
    operation: i64,
) -> Result<(), StoreError> {
    if let Some(number) = outbox {
        transaction.execute(
            "UPDATE outbox SET operation = ? WHERE number = ?",
            params![operation, number],
        )?;
    }
    Ok(())
}

/// The operation was done, and with it what waited for it; `told` is the server's clock then.
pub(crate) fn confirmed(
    transaction: &Transaction<'_>,
    operation: i64,
    at: DateTime<Utc>,
    told: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE outbox SET state = 'done', settled = ?, code = NULL, message = NULL
         WHERE operation = ? AND state IN ('queued', 'stopped')",
        params![micros(at), operation],
    )?;
    transaction.execute(
        "INSERT INTO moments (server, kkm, moment)
         SELECT server, kkm, COALESCE(autonomous, ?2) FROM operations
         WHERE number = ?1 AND COALESCE(autonomous, ?2) IS NOT NULL
         ON CONFLICT (server, kkm) DO UPDATE SET moment = max(moment, excluded.moment)",
        params![operation, told.map(|told| micros(told.trunc_subsecs(0)))],
    )?;
    Ok(())
}

/// The operation was not done: where the server refused it, its queue stops.
pub(crate) fn refused(
    transaction: &Transaction<'_>,
    operation: i64,
    at: DateTime<Utc>,
    why: &Why<'_>,
) -> Result<(), StoreError> {
    if why.code.is_verdict() {
        transaction.execute(
            "UPDATE outbox SET state = 'stopped', settled = ?, code = ?, message = ?
             WHERE operation = ? AND state = 'queued'",
            params![micros(at), why.code.as_str(), why.message, operation],
        )?;
    }
    Ok(())
}

pub(crate) fn is_licensed(
    connection: &Connection,
    server: &str,
    kkm: KkmId,
) -> Result<bool, StoreError> {
    Ok(connection
        .query_row(
            "SELECT 1 FROM licences WHERE server = ? AND kkm = ?",
            params![server, kkm.get()],
            |_| Ok(()),
        )
        .optional()?
        .is_some())
}

fn one(connection: &Connection, number: i64) -> Result<Queued, StoreError> {
    let found = list(connection, "WHERE number = ?", &[&number])?;
    found
        .into_iter()
        .next()
        .ok_or(StoreError::NotQueued { number })
}

fn waiting(connection: &Connection, server: &str, kkm: KkmId) -> Result<Vec<Queued>, StoreError> {
    list(
        connection,
        "WHERE server = ? AND kkm = ? AND state IN ('queued', 'stopped')",
        &[&server, &kkm.get()],
    )
}

fn list(
    connection: &Connection,
    only: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Vec<Queued>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM outbox {only} ORDER BY number"
    ))?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Queued::read(&Columns(row))?);
    }
    Ok(found)
}
