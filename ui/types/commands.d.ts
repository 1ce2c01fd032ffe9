// Generated from src-tauri/crates/commands/src/lib.rs; `SMENA_BLESS=1 cargo test -p commands` writes it anew.
import type {
  AccountView, ArchiveInput, ArchivePage, BackupView, BoardView, CloseInput, CloseOutcome, ContinuityView, ExportInput, JournalInput, JournalPage, LicenceView, OpenOutcome, OperationDetailsView, OperationView, PaperInput, PrintView, PrinterView, QueuedView, RegisterView, ReportView, RestoreView, SavedFile, ScheduleView, SettingView, StartView, SummaryInput, SummaryView, VerifyView,
} from './operations';

/** Every command of the shell: its arguments and its answer. A failure is an `ErrorView`. */
export interface Commands {
  /** What the page needs to know first. */
  start: { args: undefined; answer: StartView };
  /** Goes to training, where somebody is signed in already. Where the real room would be missed meanwhile, only if the person agrees; else gives the session as it was. */
  enter_training: { args: undefined; answer: StartView };
  /** Goes back to the real registers. */
  leave_training: { args: undefined; answer: StartView };
  /** Signs in; the password is never sent back. */
  sign_in: { args: { server: string; login: string; password: string; remember: boolean }; answer: AccountView };
  /** Forgets an account. */
  sign_out: { args: { server: string; login: string }; answer: null };
  /** All settings. */
  settings: { args: undefined; answer: Array<SettingView> };
  /** Sets a setting; an empty value puts it back to what it was at first. Gives the session as it is then. */
  set_setting: { args: { name: string; value: string }; answer: StartView };
  /** Has the program start with the computer, or not any more. */
  set_autostart: { args: { on: boolean }; answer: StartView };
  /** Writes a backup where a person says; `null` when nobody says. */
  backup: { args: undefined; answer: BackupView | null };
  /** Puts a backup that a person names in the place of the data; with `force` the one named last, although it lacks what is here. `null` when nobody names one. */
  restore: { args: { force: boolean }; answer: RestoreView | null };
  /** Ends the program; while something is under way only with `force`. */
  quit: { args: { force: boolean }; answer: boolean };
  /** Writes down that the page itself failed. */
  page_failed: { args: { message: string }; answer: null };
  /** All registers. An X is never taken by it. */
  board: { args: undefined; answer: BoardView };
  /** One register. */
  register: { args: { server: string; kkm: number }; answer: RegisterView };
  /** Opens a shift, in the name of `login` where several could; without a link it waits, where a licence allows it. */
  open_shift: { args: { server: string; kkm: number; login?: string | null }; answer: OpenOutcome };
  /** Takes an X-report. */
  x_report: { args: { server: string; kkm: number }; answer: ReportView };
  /** Takes a section report. */
  section_report: { args: { server: string; kkm: number }; answer: ReportView };
  /** Closes a shift; without a link it waits, where a licence allows it. */
  close_shift: { args: { input: CloseInput }; answer: CloseOutcome };
  /** Settles a register's unknown operations. */
  recover: { args: { server: string; kkm: number }; answer: Array<OperationView> };
  /** What waits for the link, with `settled` also what is done. */
  outbox: { args: { settled: boolean }; answer: Array<QueuedView> };
  /** Sends what waits on a register, also what the server stopped. */
  replay: { args: { server: string; kkm: number }; answer: Array<QueuedView> };
  /** Withdraws what waits; it stays on record. */
  withdraw: { args: { number: number }; answer: QueuedView };
  /** The registers that may work autonomously. */
  licences: { args: undefined; answer: Array<LicenceView> };
  /** Keeps a person's word that a register has a licence for autonomous work, or takes it back. */
  set_licence: { args: { server: string; kkm: number; licensed: boolean }; answer: Array<LicenceView> };
  /** The registers that are closed by themselves. */
  schedules: { args: undefined; answer: Array<ScheduleView> };
  /** Has a register closed by itself every day at this local time, `HH:MM`; with `null` not any more. */
  set_schedule: { args: { server: string; kkm: number; at?: string | null }; answer: Array<ScheduleView> };
  /** The automatic closings that `start` gave were told. */
  tell_runs: { args: undefined; answer: null };
  /** A report of the archive, as paper. */
  report: { args: { number: number; on?: PaperInput | null }; answer: ReportView };
  /** A page of the archive. */
  archive: { args: { input: ArchiveInput }; answer: ArchivePage };
  /** Whether the Z-reports follow on one another: of one register or of all. */
  continuity: { args: { server?: string | null; kkm?: number | null }; answer: ContinuityView };
  /** Walks the hash chains of archive and journal. */
  verify: { args: undefined; answer: VerifyView };
  /** Saves a report's PDF in the documents folder, or where a person says with `ask`; `null` when nobody says. */
  save_pdf: { args: { number: number; on?: PaperInput | null; ask?: boolean | null }; answer: SavedFile | null };
  /** Saves reports in one file in the documents folder. */
  export_reports: { args: { input: ExportInput; on?: PaperInput | null }; answer: SavedFile };
  /** The Z-reports of a period, added up. */
  summary: { args: { input: SummaryInput }; answer: SummaryView };
  /** Saves a period's summary in the documents folder: `pdf`, or as `xlsx` its tables. */
  save_summary: { args: { input: SummaryInput; format: string; on?: PaperInput | null }; answer: SavedFile };
  /** Opens a file that this run saved, or with `folder` its folder. */
  open_saved: { args: { path: string; folder: boolean }; answer: null };
  /** A page of the journal. */
  journal: { args: { input: JournalInput }; answer: JournalPage };
  /** One row of the journal, whole. */
  operation: { args: { number: number }; answer: OperationDetailsView };
  /** Saves what support needs in the documents folder. */
  support_bundle: { args: undefined; answer: SavedFile };
  /** The system's printers, and the one of the settings. */
  printers: { args: undefined; answer: Array<PrinterView> };
  /** Prints a report, on the printer of the settings or the system's where none is named. */
  print_report: { args: { number: number; printer?: string | null; on?: PaperInput | null }; answer: PrintView };
  /** Prints a period's summary at once, past the queue, on the printer of the settings or the system's: it can be made anew at any time. */
  print_summary: { args: { input: SummaryInput; on?: PaperInput | null }; answer: null };
  /** Prints a page that shows whether the printer prints what reports need. */
  print_test_page: { args: { printer?: string | null }; answer: PrintView };
  /** What is to be printed, and what became of it. */
  print_queue: { args: undefined; answer: Array<PrintView> };
  /** Tries a print job again. */
  retry_print: { args: { number: number }; answer: PrintView };
  /** Gives a print job up. */
  cancel_print: { args: { number: number }; answer: PrintView };
}
