//! What the program does by the clock: closing by itself, and what it tells.

use super::ErrorView;

view! {
    /// A register that is closed by itself every day.
    ScheduleView {
        /// The server's address.
        server: String,
        /// The register.
        kkm: i64,
        /// Its name when the schedule was set.
        name: Option<String>,
        /// The local time of day, `HH:MM`.
        at: String,
        /// Whose word it is: the sign-in phone.
        login: String,
        /// When it is closed next.
        next: String,
        /// What became of the last time.
        last: Option<ScheduledRunView>,
    }

    /// One automatic closing.
    ScheduledRunView {
        /// Its number.
        number: i64,
        /// The server's address.
        server: String,
        /// The register.
        kkm: i64,
        /// Its name.
        name: Option<String>,
        /// When it was due.
        due: String,
        /// `closed`, `queued` (it waits for the link), `skipped` (nothing was to be closed), `failed`, `unknown` or `missed`.
        #[ts(type = "'closed' | 'queued' | 'skipped' | 'failed' | 'unknown' | 'missed'")]
        outcome: String,
        /// The number of its Z-report in the archive.
        report: Option<i64>,
        /// Why it was not closed.
        problem: Option<ErrorView>,
    }
}
