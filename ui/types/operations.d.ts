// Generated from src-tauri/crates/operations/src/view; `SMENA_BLESS=1 cargo test -p operations` writes it anew.

// The field's own words for parts of the views.
export type RegisterState = RegisterView['state'];
export type ReportKind = ReportLine['kind'];
export type OperationKind = OperationView['kind'];
export type OperationState = OperationView['state'];
export type Amount = string;
export type Time = string;

export type StartView = { 
/**
 * The program's version.
 */
version: string, 
/**
 * `training` or `real`.
 */
mode: 'training' | 'real', 
/**
 * The language of the page.
 */
language: 'ru' | 'kk' | 'en', 
/**
 * The shop's time zone, in minutes east of UTC.
 */
utcOffsetMinutes: number, 
/**
 * Who is signed in.
 */
accounts: Array<AccountView>, 
/**
 * Whether passwords can be kept on this computer.
 */
keystore: boolean, 
/**
 * Known servers.
 */
presets: Array<PresetView>, 
/**
 * The training sign-in, in training only.
 */
demo: DemoView | null, 
/**
 * Every setting's value by its name.
 */
settings: Record<string, string>, 
/**
 * Whether the program starts with the computer; `null` where that cannot be set.
 */
autostart: boolean | null, 
/**
 * The data folder.
 */
folder: string, 
/**
 * Automatic closings that nobody has been told of.
 */
runs: Array<ScheduledRunView>, };

export type PresetView = { 
/**
 * What people call it.
 */
name: string, 
/**
 * Its address.
 */
url: string, };

export type DemoView = { 
/**
 * The training server.
 */
server: string, 
/**
 * Phone.
 */
login: string, 
/**
 * Password.
 */
password: string, };

export type AccountView = { 
/**
 * The server's address.
 */
server: string, 
/**
 * The server's host, for people.
 */
host: string, 
/**
 * Sign-in phone.
 */
login: string, 
/**
 * The user's name.
 */
name: string | null, 
/**
 * The server's id of the user.
 */
user: number, 
/**
 * Whether what it signs in with is kept and cannot be read now: nothing is done by it until then.
 */
locked: boolean, };

export type SettingView = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it is.
 */
value: string, 
/**
 * What it is when nobody sets it.
 */
default: string, };

export type RegisterView = { 
/**
 * Its id.
 */
kkm: number, 
/**
 * Its name.
 */
name: string, 
/**
 * Its address in one line.
 */
address: string | null, 
/**
 * Factory number.
 */
znm: string | null, 
/**
 * Registration number.
 */
rnm: string | null, 
/**
 * The server's address.
 */
server: string, 
/**
 * The account it was read with.
 */
login: string, 
/**
 * `open`, `overdue`, `closed`, `blocked` or `unknown`.
 */
state: 'open' | 'overdue' | 'closed' | 'blocked' | 'unknown', 
/**
 * Cash in the drawer.
 */
cash: string | null, 
/**
 * Documents not yet at the OFD.
 */
offlineQueue: number | null, 
/**
 * When the server last told all this.
 */
seen: string | null, 
/**
 * The server's clock minus the computer's, in seconds: ages are by the server's.
 */
clockAhead: number, 
/**
 * The open or last shift.
 */
shift: ShiftView | null, 
/**
 * The newest Z-report in the archive.
 */
lastZ: ReportLine | null, 
/**
 * An operation whose outcome is unknown, or one that is under way somewhere on this computer.
 */
unresolved: OperationView | null, 
/**
 * Whether somebody said that it has a licence for autonomous work.
 */
autonomous: boolean, 
/**
 * What waits for the link, in short.
 */
outbox: OutboxView | null, 
/**
 * Why it could not be read just now; then all this is as it was when it was seen last, and its state is unknown.
 */
problem: ErrorView | null, 
/**
 * The local time at which it is closed by itself, `HH:MM`.
 */
closesAt: string | null, };

export type ShiftView = { 
/**
 * The server's address.
 */
server: string, 
/**
 * The server's id.
 */
id: number, 
/**
 * Its number on the register.
 */
index: number | null, 
/**
 * `open`, `overdue`, `closed` or `unknown`.
 */
status: string, 
/**
 * When it was opened.
 */
opened: string, 
/**
 * When it becomes overdue.
 */
overdueAt: string, 
/**
 * When it was closed.
 */
closed: string | null, 
/**
 * Cash at opening.
 */
balanceOpen: string | null, 
/**
 * Cash at closing.
 */
balanceClose: string | null, 
/**
 * Non-cash at closing.
 */
balanceCloseNonCash: string | null, 
/**
 * The server's id of the user who opened it.
 */
user: number, 
/**
 * The cashier's name.
 */
userName: string | null, 
/**
 * The cashier's phone.
 */
userPhone: string | null, 
/**
 * Whether one of the accounts here may close it.
 */
mine: boolean, };

export type BoardView = { 
/**
 * Each register once; those that need something first.
 */
registers: Array<RegisterView>, 
/**
 * Accounts that could not be read; their registers are shown as they were seen last.
 */
problems: Array<ProblemView>, 
/**
 * When it was read.
 */
at: string, };

export type ProblemView = { 
/**
 * The server's address.
 */
server: string, 
/**
 * Sign-in phone.
 */
login: string, 
/**
 * Why.
 */
error: ErrorView, };

export type CloseInput = { 
/**
 * The register's server; `null` where the register's id alone says which is meant.
 */
server: string | null, 
/**
 * The register.
 */
kkm: number, 
/**
 * The server's id of the shift that is meant: no other one is closed. `null` is whichever is open.
 */
shift: number | null, 
/**
 * Take an X- and a section report first.
 */
xFirst: boolean, 
/**
 * Cash counted in the drawer, as typed.
 */
counted: string | null, 
/**
 * Why it differs.
 */
reason: string | null, };

export type OpenOutcome = { 
/**
 * The register, with its shift.
 */
opened: RegisterView | null, 
/**
 * The opening in the outbox, where it waits for the link.
 */
queued: QueuedView | null, };

export type CloseOutcome = { 
/**
 * The shift, closed.
 */
closed: CloseView | null, 
/**
 * The closing in the outbox, where it waits for the link.
 */
queued: QueuedView | null, };

export type CloseView = { 
/**
 * Its Z-report.
 */
z: ReportView, 
/**
 * What was taken first.
 */
before: Array<ReportLine>, };

export type OutboxView = { 
/**
 * How many operations.
 */
waiting: number, 
/**
 * When autonomous work began.
 */
since: string, 
/**
 * When the 72 hours that the law allows are over.
 */
deadline: string, 
/**
 * Whole hours left until then.
 */
hoursLeft: number, 
/**
 * Whether they are over.
 */
over: boolean, 
/**
 * Whether a person must decide about one of them: the server refused it, or it is held.
 */
stopped: boolean, 
/**
 * Whether one of them is held since the data were restored: it may have been sent already.
 */
held: boolean, };

export type QueuedView = { 
/**
 * Its number in the outbox.
 */
number: number, 
/**
 * The server's address.
 */
server: string, 
/**
 * Who did it.
 */
login: string, 
/**
 * The register.
 */
kkm: number, 
/**
 * `open` or `z`.
 */
kind: string, 
/**
 * When it was done.
 */
date: string, 
/**
 * When it must have been sent, if it is the first one.
 */
deadline: string, 
/**
 * Cash counted before closing.
 */
counted: string | null, 
/**
 * `queued`, `stopped`, `done` or `withdrawn`.
 */
state: string, 
/**
 * The journal's row of the last attempt to send it.
 */
operation: number | null, 
/**
 * Why it was stopped.
 */
code: string | null, 
/**
 * The server's words, or ours.
 */
message: string | null, 
/**
 * Why it could not be sent just now.
 */
problem: ErrorView | null, };

export type LicenceView = { 
/**
 * The server's address.
 */
server: string, 
/**
 * The register.
 */
kkm: number, 
/**
 * Its name.
 */
name: string | null, 
/**
 * Whose word it is.
 */
login: string, 
/**
 * When it was given.
 */
since: string, };

export type ReportView = { 
/**
 * Its number in the archive.
 */
number: number, 
/**
 * The server it came from.
 */
server: string, 
/**
 * `x`, `z` or `sections`.
 */
kind: 'x' | 'z' | 'sections', 
/**
 * Its heading.
 */
title: string, 
/**
 * The register's id.
 */
kkm: number, 
/**
 * The register's name.
 */
kkmName: string, 
/**
 * The shift's number.
 */
shiftIndex: number | null, 
/**
 * When it was taken.
 */
taken: string, 
/**
 * The paper, one SVG a page: the same pages as the PDF.
 */
pages: Array<string>, 
/**
 * On which paper it is.
 */
paper: '80' | '58' | 'a4', 
/**
 * In which language the paper is.
 */
language: 'ru' | 'kk' | 'en' | 'kk+ru', 
/**
 * The paper's width in millimetres.
 */
widthMm: string, 
/**
 * The first page's height in millimetres.
 */
heightMm: string, 
/**
 * Rebuilt by the program, for the server did not give it any more.
 */
restored: boolean, 
/**
 * The archive's row was edited after it was written: this is not what the server gave.
 */
altered: boolean, 
/**
 * The cash count, where one was made.
 */
cashCount: CashCountView | null, 
/**
 * What does not add up.
 */
warnings: Array<string>, 
/**
 * The figures that matter most.
 */
figures: Array<FigureView>, };

export type PaperInput = { 
/**
 * `80`, `58` or `a4`.
 */
paper: '80' | '58' | 'a4' | null, 
/**
 * `ru`, `kk`, `en` or `kk+ru`.
 */
language: 'ru' | 'kk' | 'en' | 'kk+ru' | null, };

export type CashCountView = { 
/**
 * What was in the drawer.
 */
counted: string, 
/**
 * What the register said.
 */
expected: string | null, 
/**
 * Over (positive) or short (negative).
 */
difference: string | null, 
/**
 * Why.
 */
reason: string | null, };

export type FigureView = { 
/**
 * What it is, for programs, named as in the JSON export: `sales`, `refunds`, `revenue`, `balanceClose`, `vat`.
 */
key: string, 
/**
 * The caption.
 */
label: string, 
/**
 * The amount.
 */
value: string, };

export type ReportLine = { 
/**
 * Its number in the archive.
 */
number: number, 
/**
 * The server it came from.
 */
server: string, 
/**
 * `x`, `z` or `sections`.
 */
kind: 'x' | 'z' | 'sections', 
/**
 * The register's id.
 */
kkm: number, 
/**
 * The register's name.
 */
kkmName: string, 
/**
 * The shift's number.
 */
shiftIndex: number | null, 
/**
 * When it was taken.
 */
taken: string, 
/**
 * Sales, where the report has them.
 */
amount: string | null, };

export type ExportInput = { 
/**
 * `pdf` (of the reports that are named), `xlsx`, `csv` or `json`.
 */
format: 'pdf' | 'xlsx' | 'csv' | 'json', 
/**
 * The language of heads and words.
 */
lang: 'ru' | 'kk' | 'en', 
/**
 * The reports with these numbers.
 */
numbers: Array<number> | null, 
/**
 * Of a register on this server.
 */
server: string | null, 
/**
 * Of this register.
 */
kkm: number | null, 
/**
 * Of this kind.
 */
kind: 'x' | 'z' | 'sections' | null, 
/**
 * Taken on this day (`2026-11-24`) or later.
 */
from: string | null, 
/**
 * Taken on this day or earlier.
 */
to: string | null, };

export type SavedFile = { 
/**
 * Its path.
 */
path: string, };

export type PrinterView = { 
/**
 * As it is named in the settings: `system:NAME`, `raw:NAME` or `tcp:HOST[:PORT]`.
 */
printer: string, 
/**
 * Whether it is the system's default.
 */
systemDefault: boolean, 
/**
 * Whether it is the one of the settings.
 */
chosen: boolean, };

export type PrintView = { 
/**
 * Its number in the queue.
 */
number: number, 
/**
 * The report's number in the archive; none is a test page.
 */
report: number | null, 
/**
 * The printer.
 */
printer: string, 
/**
 * The paper.
 */
paper: string, 
/**
 * The language.
 */
language: string, 
/**
 * `queued`, `printing`, `done`, `failed` or `cancelled`.
 */
state: 'queued' | 'printing' | 'done' | 'failed' | 'cancelled', 
/**
 * Whether it is a second print of the report, and says so.
 */
copy: boolean, 
/**
 * How often it was tried.
 */
attempts: number, 
/**
 * When it was asked for.
 */
at: string, 
/**
 * When it is tried again, while it waits.
 */
next: string | null, 
/**
 * When it was printed, failed or given up.
 */
settled: string | null, 
/**
 * What the last attempt failed with.
 */
code: string | null, 
/**
 * The same in words.
 */
message: string | null, };

export type OperationView = { 
/**
 * Its number.
 */
number: number, 
/**
 * `open`, `x`, `sections` or `z`.
 */
kind: 'open' | 'x' | 'sections' | 'z', 
/**
 * The server.
 */
server: string, 
/**
 * The register's id.
 */
kkm: number, 
/**
 * The register's name, where it is known.
 */
kkmName: string | null, 
/**
 * `prepared`, `sent`, `confirmed`, `refused`, `unknown` or `abandoned`.
 */
state: 'prepared' | 'sent' | 'confirmed' | 'refused' | 'unknown' | 'abandoned', 
/**
 * When it was prepared.
 */
at: string, 
/**
 * When it was about to be sent the first time.
 */
firstSent: string | null, 
/**
 * When it was last about to be sent: again, with the same Uid, where the answer got lost.
 */
sent: string | null, 
/**
 * When its outcome, or that it is unknown, was written.
 */
settled: string | null, 
/**
 * The number of its report in the archive.
 */
report: number | null, 
/**
 * When it was due, where a shift was closed by the clock.
 */
scheduled: string | null, 
/**
 * What the server or the program said of it.
 */
message: string | null, 
/**
 * The code of why it was refused, or why its outcome is unknown.
 */
code: string | null, 
/**
 * Why it could not be settled just now.
 */
problem: ErrorView | null, };

export type SummaryInput = { 
/**
 * Closed on this day (`2026-11-24`) or later.
 */
from: string | null, 
/**
 * Closed on this day or earlier.
 */
to: string | null, 
/**
 * Of a register on this server.
 */
server: string | null, 
/**
 * Of this register.
 */
kkm: number | null, };

export type SummaryView = { 
/**
 * The first day asked for.
 */
from: string | null, 
/**
 * The last day asked for.
 */
to: string | null, 
/**
 * Everything together.
 */
total: TallyView, 
/**
 * The as many days before `from`, to compare with; `null` where no first or no last day was asked for.
 */
previous: TallyView | null, 
/**
 * By day of closing; days without a shift are not there.
 */
days: Array<DayView>, 
/**
 * By register, in the order of their names.
 */
registers: Array<RegisterTallyView>, 
/**
 * By section, in the order of their names.
 */
sections: Array<SectionTallyView>, 
/**
 * What must be said beside these figures, lest they look whole.
 */
remarks: Array<string>, };

export type TallyView = { 
/**
 * How many shifts.
 */
shifts: number, 
/**
 * How many sales.
 */
receipts: number | null, 
/**
 * Sales.
 */
sales: string | null, 
/**
 * Sale refunds.
 */
refunds: string | null, 
/**
 * Sales less refunds.
 */
revenue: string | null, 
/**
 * VAT.
 */
nds: string | null, 
/**
 * Deposits into the drawer.
 */
incomes: string | null, 
/**
 * Withdrawals from the drawer.
 */
expenses: string | null, 
/**
 * Whether one of the reports did not tell its part.
 */
partial: boolean, };

export type DayView = { 
/**
 * The day (`2026-11-24`).
 */
day: string, 
/**
 * Its shifts.
 */
tally: TallyView, };

export type RegisterTallyView = { 
/**
 * The server's address.
 */
server: string, 
/**
 * The register.
 */
kkm: number, 
/**
 * Its name.
 */
name: string, 
/**
 * Its shifts.
 */
tally: TallyView, 
/**
 * Cash in its drawer at the last closing.
 */
cash: string | null, };

export type SectionTallyView = { 
/**
 * The server's address.
 */
server: string, 
/**
 * The section.
 */
section: number, 
/**
 * Its name.
 */
name: string, 
/**
 * Sales.
 */
sales: string | null, 
/**
 * Sale refunds.
 */
refunds: string | null, 
/**
 * Sales less sale refunds.
 */
revenue: string | null, 
/**
 * Whether one of the reports that name it did not tell its part.
 */
partial: boolean, };

export type ScheduleView = { 
/**
 * The server's address.
 */
server: string, 
/**
 * The register.
 */
kkm: number, 
/**
 * Its name when the schedule was set.
 */
name: string | null, 
/**
 * The local time of day, `HH:MM`.
 */
at: string, 
/**
 * Whose word it is: the sign-in phone.
 */
login: string, 
/**
 * When it is closed next.
 */
next: string, 
/**
 * What became of the last time.
 */
last: ScheduledRunView | null, };

export type ScheduledRunView = { 
/**
 * Its number.
 */
number: number, 
/**
 * The server's address.
 */
server: string, 
/**
 * The register.
 */
kkm: number, 
/**
 * Its name.
 */
name: string | null, 
/**
 * When it was due.
 */
due: string, 
/**
 * `closed`, `queued` (it waits for the link), `skipped` (nothing was to be closed), `failed`, `unknown` or `missed`.
 */
outcome: 'closed' | 'queued' | 'skipped' | 'failed' | 'unknown' | 'missed', 
/**
 * The number of its Z-report in the archive.
 */
report: number | null, 
/**
 * Why it was not closed.
 */
problem: ErrorView | null, };

export type ArchiveInput = { 
/**
 * Words, each of which is in the register's name, or is a report's number, a shift's (`№ 128`), a register's id or the sales (`1 200,50`).
 */
text: string | null, 
/**
 * From this server.
 */
server: string | null, 
/**
 * Of this register.
 */
kkm: number | null, 
/**
 * Of this kind.
 */
kind: 'x' | 'z' | 'sections' | null, 
/**
 * Taken on this day (`2026-11-24`) or later.
 */
from: string | null, 
/**
 * Taken on this day or earlier.
 */
to: string | null, 
/**
 * The next page: what comes after the report with this number.
 */
after: number | null, 
/**
 * So many at most, up to 500.
 */
limit: number, };

export type ArchivePage = { 
/**
 * Its reports.
 */
lines: Array<ReportLine>, 
/**
 * Where the next page begins (`after`); `null` on the last one.
 */
next: number | null, };

export type JournalInput = { 
/**
 * Only those of unknown outcome, the oldest first.
 */
unresolved: boolean, 
/**
 * From this server.
 */
server: string | null, 
/**
 * Of this register.
 */
kkm: number | null, 
/**
 * The next page: what is older than this row.
 */
before: number | null, 
/**
 * So many at most, up to 500.
 */
limit: number, };

export type JournalPage = { 
/**
 * Its rows.
 */
lines: Array<OperationView>, 
/**
 * Where the next page begins (`before`); `null` on the last one.
 */
next: number | null, };

export type OperationDetailsView = { 
/**
 * The row.
 */
row: OperationView, 
/**
 * The sign-in phone of the account that acted, its last digits alone.
 */
login: string, 
/**
 * The server's id of the shift.
 */
shift: number | null, 
/**
 * The Uid it carried.
 */
uid: string | null, 
/**
 * The request's body, as it was sent.
 */
body: string, 
/**
 * The `Date` of an autonomous operation.
 */
autonomous: string | null, 
/**
 * The cash count made before closing.
 */
cashCount: CashCountView | null, 
/**
 * The Uid that the answer gave for the next operation.
 */
nextUid: string | null, 
/**
 * The answer's body.
 */
raw: string | null, };

export type VerifyView = { 
/**
 * Reports walked.
 */
reports: number, 
/**
 * The first report that is not what was archived, or that is missing.
 */
brokenReport: number | null, 
/**
 * Finished operations walked.
 */
operations: number, 
/**
 * The first operation that is not what was written, or that is missing.
 */
brokenOperation: number | null, };

export type ContinuityView = { 
/**
 * Whether there is no finding at all.
 */
whole: boolean, 
/**
 * The registers that have Z-reports, by server and id.
 */
registers: Array<RegisterContinuity>, 
/**
 * Findings beyond those that are told one by one.
 */
untold: number, };

export type RegisterContinuity = { 
/**
 * Its server's address.
 */
server: string, 
/**
 * Its id.
 */
kkm: number, 
/**
 * Its name in the last of the reports.
 */
kkmName: string, 
/**
 * How many Z-reports it has.
 */
reports: number, 
/**
 * Of these, rebuilt ones, which prove nothing.
 */
restored: number, 
/**
 * Of these, those without a shift number, which have no place in the row.
 */
unnumbered: number, 
/**
 * The smallest shift number.
 */
firstShift: number | null, 
/**
 * The greatest shift number.
 */
lastShift: number | null, 
/**
 * What does not follow, by shift number.
 */
findings: Array<FindingView>, };

export type FindingView = { 
/**
 * `missing`, `totals`, `cash`, `two-reports` or `numbers-go-back`.
 */
code: string, 
/**
 * The shift: the first missing one, the later of two that do not join, or the one that came first of two numbers.
 */
shift: number, 
/**
 * The last missing shift, or the number that came later.
 */
toShift: number | null, 
/**
 * The amount at the end of the shift before.
 */
before: string | null, 
/**
 * The amount at the start of the shift.
 */
start: string | null, 
/**
 * The two reports between which it was found, by their numbers in the archive.
 */
reports: [number, number], 
/**
 * The same in words.
 */
message: string, };

export type BackupView = { 
/**
 * Where it is.
 */
file: string, 
/**
 * How many reports it holds, every one as it was archived.
 */
reports: number, 
/**
 * How many finished operations it holds, every one as it was written.
 */
operations: number, };

export type RestoreView = { 
/**
 * What they were restored from.
 */
file: string, 
/**
 * How many reports there are now.
 */
reports: number, 
/**
 * How many finished operations there are now.
 */
operations: number, 
/**
 * Where the data are that were there before.
 */
saved: string, 
/**
 * How many reports are in the saved data only. `null`: they are damaged, and it cannot be told.
 */
lostReports: number | null, 
/**
 * How many operations are in the saved data only.
 */
lostOperations: number | null, 
/**
 * How many autonomous operations are held: a person must find out whether they were sent since.
 */
held: number, };

export type ErrorView = { 
/**
 * The code programs act on.
 */
code: string, 
/**
 * What happened.
 */
message: string, 
/**
 * What to do now.
 */
remedy: string, 
/**
 * Particulars.
 */
params: Record<string, string>, 
/**
 * Whether trying again may help.
 */
retryable: boolean, 
/**
 * What support asks for.
 */
supportId: string, 
/**
 * The journal row, where there is one.
 */
journal: number | null, };
