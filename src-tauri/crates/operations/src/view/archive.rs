//! The archive's and the journal's lists, page by page, and their proofs.

use super::{CashCountView, OperationView, ReportLine};

view! {
    /// Which reports of the archive; `null` is not asked for.
    ArchiveInput {
        /// Words, each of which is in the register's name, or is a report's number, a shift's (`№ 128`), a register's id or the sales (`1 200,50`).
        text: Option<String>,
        /// From this server.
        server: Option<String>,
        /// Of this register.
        kkm: Option<i64>,
        /// Of this kind.
        #[ts(type = "'x' | 'z' | 'sections' | null")]
        kind: Option<String>,
        /// Taken on this day (`2026-11-24`) or later.
        from: Option<String>,
        /// Taken on this day or earlier.
        to: Option<String>,
        /// The next page: what comes after the report with this number.
        after: Option<i64>,
        /// So many at most, up to 500.
        limit: u32,
    }

    /// A page of the archive, the newest first.
    ArchivePage {
        /// Its reports.
        lines: Vec<ReportLine>,
        /// Where the next page begins (`after`); `null` on the last one.
        next: Option<i64>,
    }

    /// Which rows of the journal.
    JournalInput {
        /// Only those of unknown outcome, the oldest first.
        unresolved: bool,
        /// From this server.
        server: Option<String>,
        /// Of this register.
        kkm: Option<i64>,
        /// The next page: what is older than this row.
        before: Option<i64>,
        /// So many at most, up to 500.
        limit: u32,
    }

    /// A page of the journal.
    JournalPage {
        /// Its rows.
        lines: Vec<OperationView>,
        /// Where the next page begins (`before`); `null` on the last one.
        next: Option<i64>,
    }

    /// Everything that the journal has of an operation, secrets removed.
    OperationDetailsView {
        /// The row.
        row: OperationView,
        /// The sign-in phone of the account that acted, its last digits alone.
        login: String,
        /// The server's id of the shift.
        shift: Option<i64>,
        /// The Uid it carried.
        uid: Option<String>,
        /// The request's body, as it was sent.
        body: String,
        /// The `Date` of an autonomous operation.
        autonomous: Option<String>,
        /// The cash count made before closing.
        cash_count: Option<CashCountView>,
        /// The Uid that the answer gave for the next operation.
        next_uid: Option<String>,
        /// The answer's body.
        raw: Option<String>,
    }

    /// What walking both hash chains found.
    VerifyView {
        /// Reports walked.
        reports: i64,
        /// The first report that is not what was archived, or that is missing.
        broken_report: Option<i64>,
        /// Finished operations walked.
        operations: i64,
        /// The first operation that is not what was written, or that is missing.
        broken_operation: Option<i64>,
    }

    /// What the walk along the Z-reports found.
    ContinuityView {
        /// Whether there is no finding at all.
        whole: bool,
        /// The registers that have Z-reports, by server and id.
        registers: Vec<RegisterContinuity>,
        /// Findings beyond those that are told one by one.
        untold: usize,
    }

    /// One register: what was walked, and what does not follow.
    RegisterContinuity {
        /// Its server's address.
        server: String,
        /// Its id.
        kkm: i64,
        /// Its name in the last of the reports.
        kkm_name: String,
        /// How many Z-reports it has.
        reports: i64,
        /// Of these, rebuilt ones, which prove nothing.
        restored: i64,
        /// Of these, those without a shift number, which have no place in the row.
        unnumbered: i64,
        /// The smallest shift number.
        first_shift: Option<i64>,
        /// The greatest shift number.
        last_shift: Option<i64>,
        /// What does not follow, by shift number.
        findings: Vec<FindingView>,
    }

    /// Something that does not follow.
    FindingView {
        /// `missing`, `totals`, `cash`, `two-reports` or `numbers-go-back`.
        code: String,
        /// The shift: the first missing one, the later of two that do not join, or the one that came first of two numbers.
        shift: i64,
        /// The last missing shift, or the number that came later.
        to_shift: Option<i64>,
        /// The amount at the end of the shift before.
        before: Option<String>,
        /// The amount at the start of the shift.
        start: Option<String>,
        /// The two reports between which it was found, by their numbers in the archive.
        reports: [i64; 2],
        /// The same in words.
        message: String,
    }

    /// A finished backup.
    BackupView {
        /// Where it is.
        file: String,
        /// How many reports it holds, every one as it was archived.
        reports: i64,
        /// How many finished operations it holds, every one as it was written.
        operations: i64,
    }

    /// How the data were restored.
    RestoreView {
        /// What they were restored from.
        file: String,
        /// How many reports there are now.
        reports: i64,
        /// How many finished operations there are now.
        operations: i64,
        /// Where the data are that were there before.
        saved: String,
        /// How many reports are in the saved data only. `null`: they are damaged, and it cannot be told.
        lost_reports: Option<i64>,
        /// How many operations are in the saved data only.
        lost_operations: Option<i64>,
        /// How many autonomous operations are held: a person must find out whether they were sent since.
        held: i64,
    }
}
