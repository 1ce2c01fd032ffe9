//! What is kept on this computer, in one SQLite file: the journal of operations, the archive of reports, settings,
//! accounts and their sealed credentials.
//!
//! Synchronous and free of clocks: time is an argument. The promises kept here:
//!
//! * an operation's intent is on the disk before [`Store::begin`] returns;
//! * an answer, its report and the next Uid are committed in one transaction ([`Store::confirm`]);
//! * one operation per register is under way, over all processes on the data folder;
//! * archived reports and finished operations are never changed, and [`Store::verify`] finds any edit;
//! * what is to be printed waits until it is printed or given up, and holds nothing else up;
//! * a copy is whole before it is called a backup, and restoring takes nothing away unseen ([`Store::restore`]);
//! * passwords and tokens stand in the file sealed or not at all.

mod archive;
mod auto_print;
mod backup;
mod chain;
mod columns;
mod copy;
mod draft;
mod error;
mod header;
mod here;
mod journal;
mod licences;
mod list;
mod losses;
mod migrate;
mod names;
mod open;
mod operation;
mod outbox;
mod presence;
mod prints;
mod restore;
mod run_ends;
mod schedules;
mod settings;
mod sightings;
mod space;
mod support;
mod uids;
mod union;
mod vault;
mod verify;
mod zs;

pub use archive::{ArchivedReport, NewReport, ReportLine};
pub use error::StoreError;
pub use journal::LEASE_MINUTES;
pub use licences::Licence;
pub use list::ReportFilter;
pub use losses::Losses;
pub use names::NamedRegister;
pub use open::Store;
pub use operation::{
    Confirmation, NewOperation, Only, Operation, OperationFilter, OperationKind, OperationState,
    Why,
};
pub use outbox::{AUTONOMY_HOURS, NewQueued, Queued, QueuedState};
pub use prints::{NewPrint, NotPrinted, PrintJob, PrintState};
pub use restore::{Flaw, Restored};
pub use schedules::{RunOutcome, Schedule, ScheduledRun};
pub use sightings::Sighting;
pub use space::ROOM;
pub use support::sqlite_version;
pub use union::{Registers, ReportSearch};
pub use vault::{Credentials, Keeping, Kept, KeyStore, KeyStoreError, OsKeyStore};
pub use verify::Verification;
pub use zs::RegisterOfZ;
