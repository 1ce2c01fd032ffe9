//! What went wrong.

use std::collections::BTreeMap;

view! {
    /// What went wrong, whether it matters, and what to do.
    ErrorView {
        /// The code programs act on.
        code: String,
        /// What happened.
        message: String,
        /// What to do now.
        remedy: String,
        /// Particulars.
        #[ts(type = "Record<string, string>")]
        params: BTreeMap<String, String>,
        /// Whether trying again may help.
        retryable: bool,
        /// What support asks for.
        support_id: String,
        /// The journal row, where there is one.
        journal: Option<i64>,
    }
}
