//! What the server really did, for tests that ask how often.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An act with fiscal meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// A shift was opened.
    Opened,
    /// An X-report was recorded.
    XTaken,
    /// A section report was given.
    SectionsTaken,
    /// A shift was closed by a Z-report.
    Closed,
}

/// One performed act. Refused requests and answers repeated under the same Uid are not in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, by the sandbox's clock.
    pub at: DateTime<Utc>,
    /// What was done.
    pub act: Act,
    /// On which register.
    pub kkm: i64,
    /// To which shift.
    pub shift: i64,
    /// By which user.
    pub user: i64,
    /// Under which key, where the operation carries one.
    pub uid: Option<String>,
}

/// One request as it came in, before anything was decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST` …
    pub method: String,
    /// The path without the query.
    pub path: String,
    /// The request header `Uid`.
    pub uid: Option<String>,
    /// The body; that of a sign-in is left out, for it holds a password.
    pub body: String,
}
