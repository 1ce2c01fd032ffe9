//! Autonomous work.

use super::ErrorView;

view! {
    /// What waits for the link on a register, in short.
    OutboxView {
        /// How many operations.
        waiting: i64,
        /// When autonomous work began.
        since: String,
        /// When the 72 hours that the law allows are over.
        deadline: String,
        /// Whole hours left until then.
        hours_left: i64,
        /// Whether they are over.
        over: bool,
        /// Whether a person must decide about one of them: the server refused it, or it is held.
        stopped: bool,
        /// Whether one of them is held since the data were restored: it may have been sent already.
        held: bool,
    }

    /// An operation of the outbox.
    QueuedView {
        /// Its number in the outbox.
        number: i64,
        /// The server's address.
        server: String,
        /// Who did it.
        login: String,
        /// The register.
        kkm: i64,
        /// `open` or `z`.
        kind: String,
        /// When it was done.
        date: String,
        /// When it must have been sent, if it is the first one.
        deadline: String,
        /// Cash counted before closing.
        counted: Option<String>,
        /// `queued`, `stopped`, `done` or `withdrawn`.
        state: String,
        /// The journal's row of the last attempt to send it.
        operation: Option<i64>,
        /// Why it was stopped.
        code: Option<String>,
        /// The server's words, or ours.
        message: Option<String>,
        /// Why it could not be sent just now.
        problem: Option<ErrorView>,
    }

    /// A register that may work autonomously.
    LicenceView {
        /// The server's address.
        server: String,
        /// The register.
        kkm: i64,
        /// Its name.
        name: Option<String>,
        /// Whose word it is.
        login: String,
        /// When it was given.
        since: String,
    }
}
