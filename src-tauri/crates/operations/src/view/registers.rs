//! Registers and their shifts.

use super::{ErrorView, OperationView, OutboxView, QueuedView, ReportLine, ReportView};

view! {
    /// A register with its shift.
    RegisterView {
        /// Its id.
        kkm: i64,
        /// Its name.
        name: String,
        /// Its address in one line.
        address: Option<String>,
        /// Factory number.
        znm: Option<String>,
        /// Registration number.
        rnm: Option<String>,
        /// The server's address.
        server: String,
        /// The account it was read with.
        login: String,
        /// `open`, `overdue`, `closed`, `blocked` or `unknown`.
        #[ts(type = "'open' | 'overdue' | 'closed' | 'blocked' | 'unknown'")]
        state: String,
        /// Cash in the drawer.
        cash: Option<String>,
        /// Documents not yet at the OFD.
        offline_queue: Option<i64>,
        /// When the server last told all this.
        seen: Option<String>,
        /// The server's clock minus the computer's, in seconds: ages are by the server's.
        clock_ahead: i64,
        /// The open or last shift.
        shift: Option<ShiftView>,
        /// The newest Z-report in the archive.
        last_z: Option<ReportLine>,
        /// An operation whose outcome is unknown, or one that is under way somewhere on this computer.
        unresolved: Option<OperationView>,
        /// Whether somebody said that it has a licence for autonomous work.
        autonomous: bool,
        /// What waits for the link, in short.
        outbox: Option<OutboxView>,
        /// Why it could not be read just now; then all this is as it was when it was seen last, and its state is unknown.
        problem: Option<ErrorView>,
        /// The local time at which it is closed by itself, `HH:MM`.
        closes_at: Option<String>,
    }

    /// A shift.
    ShiftView {
        /// The server's address.
        server: String,
        /// The server's id.
        id: i64,
        /// Its number on the register.
        index: Option<i64>,
        /// `open`, `overdue`, `closed` or `unknown`.
        status: String,
        /// When it was opened.
        opened: String,
        /// When it becomes overdue.
        overdue_at: String,
        /// When it was closed.
        closed: Option<String>,
        /// Cash at opening.
        balance_open: Option<String>,
        /// Cash at closing.
        balance_close: Option<String>,
        /// Non-cash at closing.
        balance_close_non_cash: Option<String>,
        /// The server's id of the user who opened it.
        user: i64,
        /// The cashier's name.
        user_name: Option<String>,
        /// The cashier's phone.
        user_phone: Option<String>,
        /// Whether one of the accounts here may close it.
        mine: bool,
    }

    /// All registers.
    BoardView {
        /// Each register once; those that need something first.
        registers: Vec<RegisterView>,
        /// Accounts that could not be read; their registers are shown as they were seen last.
        problems: Vec<ProblemView>,
        /// When it was read.
        at: String,
    }

    /// An account that could not be read.
    ProblemView {
        /// The server's address.
        server: String,
        /// Sign-in phone.
        login: String,
        /// Why.
        error: ErrorView,
    }

    /// How to close a shift.
    CloseInput {
        /// The register's server; `null` where the register's id alone says which is meant.
        server: Option<String>,
        /// The register.
        kkm: i64,
        /// The server's id of the shift that is meant: no other one is closed. `null` is whichever is open.
        shift: Option<i64>,
        /// Take an X- and a section report first.
        x_first: bool,
        /// Cash counted in the drawer, as typed.
        counted: Option<String>,
        /// Why it differs.
        reason: Option<String>,
    }

    /// How an opening ended: one of the two is there.
    OpenOutcome {
        /// The register, with its shift.
        opened: Option<RegisterView>,
        /// The opening in the outbox, where it waits for the link.
        queued: Option<QueuedView>,
    }

    /// How a closing ended: one of the two is there.
    CloseOutcome {
        /// The shift, closed.
        closed: Option<CloseView>,
        /// The closing in the outbox, where it waits for the link.
        queued: Option<QueuedView>,
    }

    /// A closed shift.
    CloseView {
        /// Its Z-report.
        z: ReportView,
        /// What was taken first.
        before: Vec<ReportLine>,
    }
}
