//! The journal of operations.

use super::ErrorView;

view! {
    /// A journal row.
    OperationView {
        /// Its number.
        number: i64,
        /// `open`, `x`, `sections` or `z`.
        #[ts(type = "'open' | 'x' | 'sections' | 'z'")]
        kind: String,
        /// The server.
        server: String,
        /// The register's id.
        kkm: i64,
        /// The register's name, where it is known.
        kkm_name: Option<String>,
        /// `prepared`, `sent`, `confirmed`, `refused`, `unknown` or `abandoned`.
        #[ts(type = "'prepared' | 'sent' | 'confirmed' | 'refused' | 'unknown' | 'abandoned'")]
        state: String,
        /// When it was prepared.
        at: String,
        /// When it was about to be sent the first time.
        first_sent: Option<String>,
        /// When it was last about to be sent: again, with the same Uid, where the answer got lost.
        sent: Option<String>,
        /// When its outcome, or that it is unknown, was written.
        settled: Option<String>,
        /// The number of its report in the archive.
        report: Option<i64>,
        /// When it was due, where a shift was closed by the clock.
        scheduled: Option<String>,
        /// What the server or the program said of it.
        message: Option<String>,
        /// The code of why it was refused, or why its outcome is unknown.
        code: Option<String>,
        /// Why it could not be settled just now.
        problem: Option<ErrorView>,
    }
}
