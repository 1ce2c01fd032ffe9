//! What the page may ask for: commands of a few lines each, over `operations`. No rule of the trade lives here, and nothing
//! of Tauri: the window and the bridge of tests answer the same page by the same table.

mod archive;
mod backup;
mod house;
mod printing;
mod registers;
mod room;
mod schedule;
mod session;
mod settling;
mod surroundings;
mod table;
mod telling;

pub use house::House;
pub use surroundings::{FileQuestion, Pace, Said, Stand, Surroundings};

#[cfg(test)]
mod page_types;

// Whatever the table names is a view.
use operations::view::*;

table::commands! {
    /// What the page needs to know first.
    start() -> StartView;
    /// Goes to training, where somebody is signed in already. Where the real room would be missed meanwhile, only if the person
    /// agrees; else gives the session as it was.
    enter_training() -> StartView;
    /// Goes back to the real registers.
    leave_training() -> StartView;
    /// Signs in; the password is never sent back.
    sign_in(server: String, login: String, password: String, remember: bool) -> AccountView;
    /// Forgets an account.
    sign_out(server: String, login: String) -> ();
    /// All settings.
    settings() -> Vec<SettingView>;
    /// Sets a setting; an empty value puts it back to what it was at first. Gives the session as it is then.
    set_setting(name: String, value: String) -> StartView;
    /// Has the program start with the computer, or not any more.
    set_autostart(on: bool) -> StartView;
    /// Writes a backup where a person says; `null` when nobody says.
    backup() -> Option<BackupView>;
    /// Puts a backup that a person names in the place of the data; with `force` the one named last, although it lacks what is
    /// here. `null` when nobody names one.
    restore(force: bool) -> Option<RestoreView>;
    /// Ends the program; while something is under way only with `force`.
    quit(force: bool) -> bool;
    /// Writes down that the page itself failed.
    page_failed(message: String) -> ();

    /// All registers. An X is never taken by it.
    board() -> BoardView;
    /// One register.
    register(server: String, kkm: i64) -> RegisterView;
    /// Opens a shift, in the name of `login` where several could; without a link it waits, where a licence allows it.
    open_shift(server: String, kkm: i64, login: Option<String>) -> OpenOutcome;
    /// Takes an X-report.
    x_report(server: String, kkm: i64) -> ReportView;
    /// Takes a section report.
    section_report(server: String, kkm: i64) -> ReportView;
    /// Closes a shift; without a link it waits, where a licence allows it.
    close_shift(input: CloseInput) -> CloseOutcome;
    /// Settles a register's unknown operations.
    recover(server: String, kkm: i64) -> Vec<OperationView>;
    /// What waits for the link, with `settled` also what is done.
    outbox(settled: bool) -> Vec<QueuedView>;
    /// Sends what waits on a register, also what the server stopped.
    replay(server: String, kkm: i64) -> Vec<QueuedView>;
    /// Withdraws what waits; it stays on record.
    withdraw(number: i64) -> QueuedView;
    /// The registers that may work autonomously.
    licences() -> Vec<LicenceView>;
    /// Keeps a person's word that a register has a licence for autonomous work, or takes it back.
    set_licence(server: String, kkm: i64, licensed: bool) -> Vec<LicenceView>;
    /// The registers that are closed by themselves.
    schedules() -> Vec<ScheduleView>;
    /// Has a register closed by itself every day at this local time, `HH:MM`; with `null` not any more.
    set_schedule(server: String, kkm: i64, at: Option<String>) -> Vec<ScheduleView>;
    /// The automatic closings that `start` gave were told, up to the one of this number.
    tell_runs(until: i64) -> ();

    /// A report of the archive, as paper.
    report(number: i64, on: Option<PaperInput>) -> ReportView;
    /// A page of the archive.
    archive(input: ArchiveInput) -> ArchivePage;
    /// Whether the Z-reports follow on one another: of one register or of all.
    continuity(server: Option<String>, kkm: Option<i64>) -> ContinuityView;
    /// Walks the hash chains of archive and journal.
    verify() -> VerifyView;
    /// Saves a report's PDF in the documents folder, or where a person says with `ask`; `null` when nobody says.
    save_pdf(number: i64, on: Option<PaperInput>, ask: Option<bool>) -> Option<SavedFile>;
    /// Saves reports in one file in the documents folder.
    export_reports(input: ExportInput, on: Option<PaperInput>) -> SavedFile;
    /// The Z-reports of a period, added up.
    summary(input: SummaryInput) -> SummaryView;
    /// Saves a period's summary in the documents folder: `pdf`, or as `xlsx` its tables.
    save_summary(input: SummaryInput, format: String, on: Option<PaperInput>) -> SavedFile;
    /// Opens a file that this run saved, or with `folder` its folder.
    open_saved(path: String, folder: bool) -> ();
    /// A page of the journal.
    journal(input: JournalInput) -> JournalPage;
    /// One row of the journal, whole.
    operation(number: i64) -> OperationDetailsView;
    /// Saves what support needs in the documents folder.
    support_bundle() -> SavedFile;

    /// The system's printers, and the one of the settings.
    printers() -> Vec<PrinterView>;
    /// Prints a report, on the printer of the settings or the system's where none is named.
    print_report(number: i64, printer: Option<String>, on: Option<PaperInput>) -> PrintView;
    /// Prints a period's summary at once, past the queue, on the printer of the settings or the system's: it can be made anew
    /// at any time.
    print_summary(input: SummaryInput, on: Option<PaperInput>) -> ();
    /// Prints a page that shows whether the printer prints what reports need.
    print_test_page(printer: Option<String>) -> PrintView;
    /// What is to be printed, and what became of it.
    print_queue() -> Vec<PrintView>;
    /// Tries a print job again.
    retry_print(number: i64) -> PrintView;
    /// Gives a print job up.
    cancel_print(number: i64) -> PrintView;
}
