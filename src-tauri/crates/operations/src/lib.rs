//! The use cases: sign in, board, open, info, X, sections, Z, recover.
//!
//! A [`Desk`] joins the journal and archive (`store`), the wire (`kkm-api`) and the painters (`reports`). The window and
//! the command line are thin skins over it. Every state-changing request goes through one place, `journalled`, which
//! commits the intent before the first byte leaves and the answer before anybody is told.

mod archive;
mod aside;
mod autonomous;
mod backup;
mod board;
mod closing;
mod continuity;
mod desk;
mod export;
pub mod file;
mod journal;
mod journalled;
mod keyed;
mod landing;
mod listing;
pub mod log;
mod opening;
mod paper;
mod printing;
mod readings;
mod reads;
mod recovery;
mod remedies;
mod schedule;
mod search;
mod seats;
mod seen;
pub mod servers;
mod settings;
mod settling;
mod slip;
mod summary;
pub mod support;
mod trouble;
mod unsealing;
pub mod view;
mod watch;
mod which;
mod words;
mod zone;

pub use crate::printing::printer_named;
pub use aside::aside;
pub use autonomous::Ended;
pub use desk::{Desk, DeskConfig, Outside};
pub use domain::Clock;
pub use export::Exported;
pub use journal::OperationDetails;
pub use kkm_api::{Broken, Parcel, Reply, Timeouts, Transport, Underway};
pub use listing::ReportQuery;
pub use paper::{Form, OnPaper, Painting, typeface};
pub use reads::AT_ONCE;
pub use reports::Pages;
pub use reports::export::Format as ExportFormat;
pub use reports::{Language, Paper};
pub use seats::{Scope, phone};
pub use settings::system_lang;
pub use settling::Settled;
pub use slip::ShiftSlip;
pub use store::{Keeping, KeyStore, KeyStoreError};
pub use summary::Summary;
pub use texts::Lang;
pub use trouble::{Effect, Trouble};
pub use watch::{Reminder, Watching};
pub use which::Which;

#[cfg(test)]
mod page_types;
