//! An operation as the journal has it: its intent, its state, and what became of it.

use chrono::{DateTime, Utc};
use domain::{CashCount, ErrorCode, KkmId, ReportKind, ShiftId, Uid};

use crate::StoreError;
use crate::archive::NewReport;
use crate::columns::Columns;

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OperationKind {
    /// Opens a shift.
    Open,
    /// Takes an X-report.
    X,
    /// Takes a section report.
    Sections,
    /// Takes the Z-report, which closes the shift.
    Z,
}

impl OperationKind {
    /// `open`, `x`, `sections` or `z`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::X => ReportKind::X.as_str(),
            Self::Sections => ReportKind::Sections.as_str(),
            Self::Z => ReportKind::Z.as_str(),
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Open, Self::X, Self::Sections, Self::Z]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }

    /// Whether it opens or closes a shift. A reading resets nothing, so an unknown one holds up nothing.
    pub const fn turns_shift(self) -> bool {
        matches!(self, Self::Open | Self::Z)
    }
}

/// Where an operation is in its life: `prepared` → `sent` → `confirmed` | `refused` | `unknown`, or `abandoned`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OperationState {
    /// The intent is on the disk; nothing has left.
    Prepared,
    /// The request may have left.
    Sent,
    /// Done, and everything that follows from it is kept.
    Confirmed,
    /// Definitely not done.
    Refused,
    /// Nobody knows yet.
    Unknown,
    /// Given up before it was sent.
    Abandoned,
}

impl OperationState {
    const ALL: [Self; 6] = [
        Self::Prepared,
        Self::Sent,
        Self::Confirmed,
        Self::Refused,
        Self::Unknown,
        Self::Abandoned,
    ];

    /// The state's name, as in the design.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Sent => "sent",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Abandoned => "abandoned",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether the row is chained and never changes again.
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Confirmed | Self::Refused | Self::Abandoned)
    }
}

/// What is about to be done: written before anything is sent, and never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOperation {
    /// The server's address.
    pub server: String,
    /// The sign-in phone of the account that acts.
    pub login: String,
    /// The register.
    pub kkm: KkmId,
    /// What is done.
    pub kind: OperationKind,
    /// The shift it is done to; for an opening, the register's last one before it.
    pub shift: Option<ShiftId>,
    /// The Uid it carries, where it carries one.
    pub uid: Option<Uid>,
    /// The request's body, exactly as it is sent. No password or token stands in it.
    pub body: String,
    /// The `Date` of an autonomous operation.
    pub autonomous: Option<DateTime<Utc>>,
    /// The row of the outbox that is sent with it.
    pub outbox: Option<i64>,
    /// The cash count made before closing.
    pub cash_count: Option<CashCount>,
    /// Now.
    pub at: DateTime<Utc>,
}

/// Everything that follows from an answer; it is kept whole or not at all.
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// The answer's body, without secrets.
    pub raw: String,
    /// The Uid for the register's next operation.
    pub next_uid: Option<Uid>,
    /// The shift, where the answer told it.
    pub shift: Option<ShiftId>,
    /// The report to archive.
    pub report: Option<NewReport>,
    /// The server's clock, where the answer told it.
    pub server_time: Option<DateTime<Utc>>,
}

/// Which journal rows. Unfinished ones come oldest first, as they are to be settled; all together newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationFilter {
    /// On this server only: two servers may give two registers the same id.
    pub server: Option<String>,
    /// Of this register only.
    pub kkm: Option<KkmId>,
    /// Only those in such a state.
    pub only: Option<Only>,
    /// Only those with a smaller number: so the next page is asked for.
    pub before: Option<i64>,
    /// So many at most, the first of the list; all where it is `None`.
    pub limit: Option<u32>,
}

/// Which states are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// Those whose outcome is unknown.
    Unknown,
    /// These, and those under way.
    Unfinished,
}

/// Why an operation was refused, or why its outcome is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Why<'a> {
    /// The code.
    pub code: ErrorCode,
    /// The server's words, or ours.
    pub message: Option<&'a str>,
    /// The answer's body, as far as there was one, without secrets. What was kept of an earlier one stays without it.
    pub raw: Option<&'a str>,
}

impl Why<'_> {
    /// A code alone.
    pub const fn of(code: ErrorCode) -> Self {
        Self {
            code,
            message: None,
            raw: None,
        }
    }
}

/// A journal row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its number.
    pub number: i64,
    /// The server's address.
    pub server: String,
    /// The sign-in phone of the account that acted.
    pub login: String,
    /// The register.
    pub kkm: KkmId,
    /// What was to be done.
    pub kind: OperationKind,
    /// Where it is in its life.
    pub state: OperationState,
    /// The shift, as far as it is known.
    pub shift: Option<ShiftId>,
    /// The Uid it carried.
    pub uid: Option<Uid>,
    /// The request's body.
    pub body: String,
    /// The `Date` of an autonomous operation.
    pub autonomous: Option<DateTime<Utc>>,
    /// The cash count made before closing.
    pub cash_count: Option<CashCount>,
    /// When the intent was written.
    pub at: DateTime<Utc>,
    /// When it was about to be sent the first time.
    pub first_sent: Option<DateTime<Utc>>,
    /// When it was last about to be sent.
    pub sent: Option<DateTime<Utc>>,
    /// When its outcome, or that it is unknown, was written.
    pub settled: Option<DateTime<Utc>>,
    /// The answer's body.
    pub raw: Option<String>,
    /// The Uid that the answer gave.
    pub next_uid: Option<Uid>,
    /// Why it was refused, or why its outcome is unknown.
    pub code: Option<ErrorCode>,
    /// The server's words, or ours.
    pub message: Option<String>,
    /// The number of its report in the archive.
    pub report: Option<i64>,
}

impl Operation {
    /// The columns that [`Self::read`] wants.
    pub(crate) const COLUMNS: &str = "number, server, login, kkm, kind, state, shift, uid, body, autonomous, cash_counted, \
        cash_expected, cash_reason, at, first_sent, sent, settled, raw, next_uid, code, message, report";

    pub(crate) fn read(row: &Columns<'_, '_>) -> Result<Self, StoreError> {
        // A code of an older version that is gone: the message still tells.
        let code = |name: String| ErrorCode::from_name(&name).unwrap_or(ErrorCode::Internal);
        Ok(Self {
            number: row.get("number")?,
            server: row.get("server")?,
            login: row.get("login")?,
            kkm: KkmId::new(row.get("kkm")?),
            kind: row.read("kind", OperationKind::from_name)?,
            state: row.read("state", OperationState::from_name)?,
            shift: row.get::<Option<i64>>("shift")?.map(ShiftId::new),
            uid: row.get::<Option<String>>("uid")?.map(Uid::new),
            body: row.get("body")?,
            autonomous: row.maybe_time("autonomous")?,
            cash_count: row.cash_count()?,
            at: row.time("at")?,
            first_sent: row.maybe_time("first_sent")?,
            sent: row.maybe_time("sent")?,
            settled: row.maybe_time("settled")?,
            raw: row.get("raw")?,
            next_uid: row.get::<Option<String>>("next_uid")?.map(Uid::new),
            code: row.get::<Option<String>>("code")?.map(code),
            message: row.get("message")?,
            report: row.get("report")?,
        })
    }
}
