//! The Kassa24 / Fiscal24 API as it is on the wire: client, session, the `Uid` protocol, errors with their meaning.
//!
//! Amounts never pass through binary floating point: every number is read from its own text. Nothing here repeats a
//! state-changing request whose outcome is unknown; [`Failure`] tells the caller which case it is.

mod answer;
mod client;
mod error;
pub mod keyed;
mod network;
pub mod redact;
mod session;
mod table;
mod transport;
mod wire;

pub use answer::read_x;
pub use client::{Client, SignedIn, Timeouts};
pub use error::{ApiError, Call, Failure};
pub use network::{Network, Proxy, XMethod};
pub use redact::Raw;
pub use session::{Pass, Session, TokenShelf};
pub use transport::{Broken, Parcel, Reply, Transport, Underway};
pub use wire::request::{open_body, z_body};

use chrono::{DateTime, Utc};
use domain::{ClockSample, Document, Figures, Kkm, SectionLine, Uid};

/// A successful answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// What the answer says.
    pub value: T,
    /// The body as it came.
    pub raw: Raw,
    /// The response header `Uid`: the key of the next operation on this register.
    pub next_uid: Option<Uid>,
    /// The server's clock, from the `Date` header.
    pub server_time: Option<DateTime<Utc>>,
    /// What the answer's `Date` says of the two clocks.
    pub clock: Option<ClockSample>,
    /// 208: the operation had been done before under the same `Uid`, and this is its stored result.
    pub stored: bool,
}

/// The body of an X- or Z-report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XZ {
    /// The figures.
    pub figures: Figures,
    /// Sums by section in ascending id, where the report carries them.
    pub sections: Option<Vec<SectionLine>>,
    /// The shift's documents, where the report carries them.
    pub documents: Vec<Document>,
    /// The register, where the report carries it.
    pub kkm: Option<Kkm>,
}
