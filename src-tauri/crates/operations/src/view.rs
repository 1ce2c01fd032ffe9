//! What the page and the command line are shown. Amounts are decimal strings with two places, times RFC 3339 in UTC;
//! `null` is what the server did not report. The page's TypeScript types are generated from these.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! view {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
            #[serde(rename_all = "camelCase")]
            #[ts(rename_all = "camelCase")]
            pub struct $name { $($(#[$field_doc])* pub $field: $kind,)* }
        )*

        /// The TypeScript declarations of every view, in the order of this file.
        pub fn declarations() -> Vec<String> {
            let config = ts_rs::Config::default().with_large_int("number");
            vec![$(<$name as TS>::decl(&config),)*]
        }
    };
}

view! {
    /// What the page needs to know first.
    StartView {
        /// The program's version.
        version: String,
        /// `training` or `real`.
        #[ts(type = "'training' | 'real'")]
        mode: String,
        /// The language of the page.
        #[ts(type = "'ru' | 'kk' | 'en'")]
        language: String,
        /// The computer's time zone, in minutes east of UTC.
        utc_offset_minutes: i32,
        /// Who is signed in.
        accounts: Vec<AccountView>,
        /// Whether passwords can be kept on this computer.
        keystore: bool,
        /// Known servers.
        presets: Vec<PresetView>,
        /// The training sign-in, in training only.
        demo: Option<DemoView>,
    }

    /// A known server.
    PresetView {
        /// What people call it.
        name: String,
        /// Its address.
        url: String,
    }

    /// The sign-in of the training world; not a secret.
    DemoView {
        /// The training server.
        server: String,
        /// Phone.
        login: String,
        /// Password.
        password: String,
    }

    /// An account without its secrets.
    AccountView {
        /// The server's address.
        server: String,
        /// The server's host, for people.
        host: String,
        /// Sign-in phone.
        login: String,
        /// The user's name.
        name: Option<String>,
        /// The server's id of the user.
        user: i64,
    }

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
    }

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
        /// Whether the server refused one of them, so that a person must decide.
        stopped: bool,
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
        /// Accounts that could not be read.
        problems: Vec<ProblemView>,
        /// Registers that could not be read and on which something waits for the link.
        unread: Vec<UnreadView>,
        /// When it was read.
        at: String,
    }

    /// A register that could not be read and on which something waits for the link.
    UnreadView {
        /// The server's address.
        server: String,
        /// The register.
        kkm: i64,
        /// Its name, where it is known.
        name: Option<String>,
        /// What waits.
        outbox: OutboxView,
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

    /// A report, ready to look at.
    ReportView {
        /// Its number in the archive.
        number: i64,
        /// The server it came from.
        server: String,
        /// `x`, `z` or `sections`.
        #[ts(type = "'x' | 'z' | 'sections'")]
        kind: String,
        /// Its heading.
        title: String,
        /// The register's id.
        kkm: i64,
        /// The register's name.
        kkm_name: String,
        /// The shift's number.
        shift_index: Option<i64>,
        /// When it was taken.
        taken: String,
        /// The paper, one SVG a page: the same pages as the PDF.
        pages: Vec<String>,
        /// On which paper it is.
        #[ts(type = "'80' | '58' | 'a4'")]
        paper: String,
        /// In which language the paper is.
        #[ts(type = "'ru' | 'kk' | 'en' | 'kk+ru'")]
        language: String,
        /// The paper's width in millimetres.
        width_mm: String,
        /// The first page's height in millimetres.
        height_mm: String,
        /// Rebuilt by the program, for the server did not give it any more.
        restored: bool,
        /// The archive's row was edited after it was written: this is not what the server gave.
        altered: bool,
        /// The cash count, where one was made.
        cash_count: Option<CashCountView>,
        /// What does not add up.
        warnings: Vec<String>,
        /// The figures that matter most.
        figures: Vec<FigureView>,
    }

    /// How a report is put on paper; what is not said is as the settings say.
    PaperInput {
        /// `80`, `58` or `a4`.
        #[ts(type = "'80' | '58' | 'a4' | null")]
        paper: Option<String>,
        /// `ru`, `kk`, `en` or `kk+ru`.
        #[ts(type = "'ru' | 'kk' | 'en' | 'kk+ru' | null")]
        language: Option<String>,
    }

    /// A cash count before closing.
    CashCountView {
        /// What was in the drawer.
        counted: String,
        /// What the register said.
        expected: Option<String>,
        /// Over (positive) or short (negative).
        difference: Option<String>,
        /// Why.
        reason: Option<String>,
    }

    /// A figure with its caption.
    FigureView {
        /// What it is, for programs, named as in the JSON export: `sales`, `refunds`, `revenue`, `balanceClose`, `vat`.
        key: String,
        /// The caption.
        label: String,
        /// The amount.
        value: String,
    }

    /// A report in a list.
    ReportLine {
        /// Its number in the archive.
        number: i64,
        /// The server it came from.
        server: String,
        /// `x`, `z` or `sections`.
        #[ts(type = "'x' | 'z' | 'sections'")]
        kind: String,
        /// The register's id.
        kkm: i64,
        /// The register's name.
        kkm_name: String,
        /// The shift's number.
        shift_index: Option<i64>,
        /// When it was taken.
        taken: String,
        /// Sales, where the report has them.
        amount: Option<String>,
    }

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
        /// `prepared`, `sent`, `confirmed`, `refused`, `unknown` or `abandoned`.
        #[ts(type = "'prepared' | 'sent' | 'confirmed' | 'refused' | 'unknown' | 'abandoned'")]
        state: String,
        /// When it was prepared.
        at: String,
        /// What the server or the program said of it.
        message: Option<String>,
        /// The code of why it was refused, or why its outcome is unknown.
        code: Option<String>,
        /// Why it could not be settled just now.
        problem: Option<ErrorView>,
    }

    /// How to close a shift.
    CloseInput {
        /// The register's server; `null` where the register's id alone says which is meant.
        server: Option<String>,
        /// The register.
        kkm: i64,
        /// Take an X- and a section report first.
        x_first: bool,
        /// Cash counted in the drawer, as typed.
        counted: Option<String>,
        /// Why it differs.
        reason: Option<String>,
    }

    /// A closed shift.
    CloseView {
        /// Its Z-report.
        z: ReportView,
        /// What was taken first.
        before: Vec<ReportLine>,
    }

    /// A setting.
    SettingView {
        /// Its name.
        name: String,
        /// What it is.
        value: String,
        /// What it is when nobody sets it.
        default: String,
    }

    /// Which reports go into a file: those that are named, else all that fit.
    ExportInput {
        /// `xlsx`, `csv` or `json`.
        #[ts(type = "'xlsx' | 'csv' | 'json'")]
        format: String,
        /// The language of heads and words.
        #[ts(type = "'ru' | 'kk' | 'en'")]
        lang: String,
        /// The reports with these numbers.
        numbers: Option<Vec<i64>>,
        /// Of a register on this server.
        server: Option<String>,
        /// Of this register.
        kkm: Option<i64>,
        /// Of this kind.
        #[ts(type = "ReportKind | null")]
        kind: Option<String>,
        /// Taken on this day (`2026-11-24`) or later.
        from: Option<String>,
        /// Taken on this day or earlier.
        to: Option<String>,
    }

    /// Where a file was written.
    SavedFile {
        /// Its path.
        path: String,
    }

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
