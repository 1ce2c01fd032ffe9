//! What the page may ask for. Each command checks its arguments by their types and hands over to the desk.

use domain::ErrorCode;
use operations::view::{
    AccountView, BoardView, CloseInput, CloseView, ErrorView, ExportInput, OperationView,
    PaperInput, PrintView, RegisterView, ReportLine, ReportView, SavedFile, StartView,
};
use operations::{Effect, OnPaper, Trouble, Which};
use secrecy::SecretString;
use tauri::{AppHandle, State};

use crate::folders;
use crate::room::House;

type Reply<T> = Result<T, ErrorView>;

/// How many reports a register's page lists.
const HISTORY: u32 = 200;

/// What the page needs to know first.
#[tauri::command]
pub(crate) async fn start(app: AppHandle, house: State<'_, House>) -> Reply<StartView> {
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    room.start_view().await.map_err(|it| house.told(&it))
}

/// Goes to training.
#[tauri::command]
pub(crate) async fn enter_training(app: AppHandle, house: State<'_, House>) -> Reply<StartView> {
    let room = house
        .enter(&app, true)
        .await
        .map_err(|it| house.told(&it))?;
    room.start_view().await.map_err(|it| house.told(&it))
}

/// Goes back to the real registers.
#[tauri::command]
pub(crate) async fn leave_training(app: AppHandle, house: State<'_, House>) -> Reply<StartView> {
    let room = house
        .enter(&app, false)
        .await
        .map_err(|it| house.told(&it))?;
    room.start_view().await.map_err(|it| house.told(&it))
}

/// Signs in; the password is never sent back.
#[tauri::command]
pub(crate) async fn sign_in(
    app: AppHandle,
    house: State<'_, House>,
    server: String,
    login: String,
    password: String,
    remember: bool,
) -> Reply<AccountView> {
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    room.desk
        .sign_in(&server, &login, SecretString::from(password), remember)
        .await
        .map_err(|it| house.told(&it))
}

/// Forgets an account.
#[tauri::command]
pub(crate) async fn sign_out(
    app: AppHandle,
    house: State<'_, House>,
    server: String,
    login: String,
) -> Reply<()> {
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    room.desk
        .sign_out(&server, &login)
        .map_err(|it| house.told(&it))
}

/// All registers.
#[tauri::command]
pub(crate) async fn board(app: AppHandle, house: State<'_, House>) -> Reply<BoardView> {
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    room.desk.board().await.map_err(|it| house.told(&it))
}

/// One register.
#[tauri::command]
pub(crate) async fn register(
    app: AppHandle,
    house: State<'_, House>,
    server: String,
    kkm: i64,
) -> Reply<RegisterView> {
    let which = Which::on(&server, kkm).map_err(|it| house.told(&it))?;
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    room.desk
        .register(&which)
        .await
        .map_err(|it| house.told(&it))
}

/// Opens a shift, in the name of `login` where several could.
#[tauri::command]
pub(crate) async fn open_shift(
    app: AppHandle,
    house: State<'_, House>,
    server: String,
    kkm: i64,
    login: Option<String>,
) -> Reply<RegisterView> {
    let which = Which::on(&server, kkm).map_err(|it| house.told(&it))?;
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    let opened = room.desk.open_shift(&which, login.as_deref()).await;
    opened.map_err(|it| house.told(&it))
}

/// Takes an X-report.
#[tauri::command]
pub(crate) async fn x_report(
    app: AppHandle,
    house: State<'_, House>,
    server: String,
    kkm: i64,
) -> Reply<ReportView> {
    let which = Which::on(&server, kkm).map_err(|it| house.told(&it))?;
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    room.desk
        .x_report(&which)
        .await
        .map_err(|it| house.told(&it))
}

/// Takes a section report.
#[tauri::command]
pub(crate) async fn section_report(
    app: AppHandle,
    house: State<'_, House>,
    server: String,
    kkm: i64,
) -> Reply<ReportView> {
    let which = Which::on(&server, kkm).map_err(|it| house.told(&it))?;
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    room.desk
        .section_report(&which)
        .await
        .map_err(|it| house.told(&it))
}

/// Closes a shift.
#[tauri::command]
pub(crate) async fn close_shift(
    app: AppHandle,
    house: State<'_, House>,
    input: CloseInput,
) -> Reply<CloseView> {
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    room.desk
        .close_shift(input)
        .await
        .map_err(|it| house.told(&it))
}

/// A report of the archive.
#[tauri::command]
pub(crate) async fn report(
    app: AppHandle,
    house: State<'_, House>,
    number: i64,
    on: Option<PaperInput>,
) -> Reply<ReportView> {
    let on = OnPaper::of(on.as_ref()).map_err(|it| house.told(&it))?;
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    room.desk
        .report_on(number, &on)
        .map_err(|it| house.told(&it))
}

/// A register's reports, the newest first.
#[tauri::command]
pub(crate) async fn reports(
    app: AppHandle,
    house: State<'_, House>,
    server: String,
    kkm: i64,
) -> Reply<Vec<ReportLine>> {
    let which = Which::on(&server, kkm).map_err(|it| house.told(&it))?;
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    let reports = room.desk.reports(Some(&which), None, HISTORY);
    reports.map_err(|it| house.told(&it))
}

/// Saves a report's PDF in the documents folder and says where.
#[tauri::command]
pub(crate) async fn save_pdf(
    app: AppHandle,
    house: State<'_, House>,
    number: i64,
    on: Option<PaperInput>,
) -> Reply<SavedFile> {
    let on = OnPaper::of(on.as_ref()).map_err(|it| house.told(&it))?;
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    let folder = folders::documents(&app).map_err(|it| house.told(&it))?;
    let path = room
        .desk
        .save_pdf(number, &folder, &on)
        .map_err(|it| house.told(&it))?;
    Ok(SavedFile {
        path: path.display().to_string(),
    })
}

/// Saves reports for a spreadsheet or a program in the documents folder and says where.
#[tauri::command]
pub(crate) async fn export_reports(
    app: AppHandle,
    house: State<'_, House>,
    input: ExportInput,
) -> Reply<SavedFile> {
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    let folder = folders::documents(&app).map_err(|it| house.told(&it))?;
    let work = tauri::async_runtime::spawn_blocking(move || room.desk.save_export(&input, &folder));
    let path = work.await.map_err(|error| {
        house.told(&Trouble::new(ErrorCode::Internal, Effect::Local).with("detail", error))
    })?;
    Ok(SavedFile {
        path: path.map_err(|it| house.told(&it))?.display().to_string(),
    })
}

/// Prints a report, on the printer of the settings or the system's where none is named.
#[tauri::command]
pub(crate) async fn print_report(
    app: AppHandle,
    house: State<'_, House>,
    number: i64,
    printer: Option<String>,
    on: Option<PaperInput>,
) -> Reply<PrintView> {
    let on = OnPaper::of(on.as_ref()).map_err(|it| house.told(&it))?;
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    let printed = room
        .desk
        .print_report_for_page(number, printer.as_deref(), &on);
    printed.await.map_err(|it| house.told(&it))
}

/// Settles a register's unknown operations.
#[tauri::command]
pub(crate) async fn recover(
    app: AppHandle,
    house: State<'_, House>,
    server: String,
    kkm: i64,
) -> Reply<Vec<OperationView>> {
    let which = Which::on(&server, kkm).map_err(|it| house.told(&it))?;
    let room = house.room(&app).await.map_err(|it| house.told(&it))?;
    room.desk
        .recover(Some(&which))
        .await
        .map_err(|it| house.told(&it))
}

/// Saves what support needs in the documents folder and says where.
#[tauri::command]
pub(crate) async fn support_bundle(app: AppHandle, house: State<'_, House>) -> Reply<SavedFile> {
    let path = house
        .support_bundle(&app)
        .await
        .map_err(|it| house.told(&it))?;
    Ok(SavedFile {
        path: path.display().to_string(),
    })
}
