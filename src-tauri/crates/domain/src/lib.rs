//! The heart: money, ids, shift rules (24 h), the report model and its checks.
//!
//! Nothing here does IO, is asynchronous or reads a clock: time is always an argument. All types that cross a crate
//! border or are kept in the archive derive serde; amounts are written as decimal strings with two places.

mod account;
pub mod checks;
mod clock;
pub mod continuity;
mod document;
mod error;
mod ids;
mod kkm;
mod money;
pub mod period;
mod report;
pub mod schedule;
mod shift;
pub mod watch;
mod zone;

pub use account::{Account, ServerUrl, ServerUrlError, owner_of};
pub use clock::{Clock, ClockSample, ServerClock};
pub use document::Document;
pub use error::ErrorCode;
pub use ids::{KkmId, SectionId, ShiftId, Uid, UserId};
pub use kkm::{Balance, Kkm, KkmStatus};
pub use money::{Money, MoneyError};
pub use report::{CashCount, Counter, Figures, Marks, Report, ReportKind, SectionLine, Totals};
pub use shift::{SHIFT_HOURS, Shift, ShiftState, ShiftStatus};
pub use zone::Zone;
