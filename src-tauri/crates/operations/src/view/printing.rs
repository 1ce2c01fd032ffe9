//! Printers and the print queue.

view! {
    /// A printer.
    PrinterView {
        /// As it is named in the settings: `system:NAME`, `raw:NAME` or `tcp:HOST[:PORT]`.
        printer: String,
        /// Whether it is the system's default.
        system_default: bool,
        /// Whether it is the one of the settings.
        chosen: bool,
    }

    /// A job of the print queue.
    PrintView {
        /// Its number in the queue.
        number: i64,
        /// The report's number in the archive; none is a test page.
        report: Option<i64>,
        /// The printer.
        printer: String,
        /// The paper.
        paper: String,
        /// The language.
        language: String,
        /// `queued`, `printing`, `done`, `failed` or `cancelled`.
        #[ts(type = "'queued' | 'printing' | 'done' | 'failed' | 'cancelled'")]
        state: String,
        /// Whether it is a second print of the report, and says so.
        copy: bool,
        /// How often it was tried.
        attempts: u32,
        /// When it was asked for.
        at: String,
        /// When it is tried again, while it waits.
        next: Option<String>,
        /// When it was printed, failed or given up.
        settled: Option<String>,
        /// What the last attempt failed with.
        code: Option<String>,
        /// The same in words.
        message: Option<String>,
    }
}
