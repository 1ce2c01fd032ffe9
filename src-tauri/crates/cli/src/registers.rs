//! `registers`, `shift open` and `shift show`.

use std::path::Path;

use chrono::{DateTime, Utc};
use domain::ShiftId;
use operations::view::{BoardView, RegisterView, ShiftView};
use operations::{Desk, ExportFormat, OnPaper, Which};
use texts::{Key, Lang};

use crate::args::Globals;
use crate::failure::Failure;
use crate::output::Output;
use crate::say::{Head, Say, amount, card, local, or_dash, table, word};
use crate::{accounts, print, readings};

/// `registers`: what could be read is shown even when an account failed; then the first failure decides the exit code.
pub(crate) async fn board(desk: &Desk, globals: &Globals, say: Say) -> Result<(), Failure> {
    accounts::in_scope(desk, globals).await?;
    let board = desk.board().await?;
    if board.registers.is_empty()
        && let Some(problem) = board.problems.first()
    {
        return Err(Failure::problem(problem.error.clone()));
    }
    say.result(&board, || people(&board, say.lang))?;
    match board.problems.into_iter().next() {
        Some(problem) => Err(Failure::problem(problem.error)),
        None => Ok(()),
    }
}

fn people(board: &BoardView, lang: Lang) -> String {
    let row = |register: &RegisterView| {
        let shift = register
            .shift
            .as_ref()
            .filter(|shift| shift.closed.is_none());
        vec![
            register.kkm.to_string(),
            register.name.clone(),
            word(&register.state, lang),
            shift.map_or_else(
                || "—".to_owned(),
                |shift| age(&shift.opened, register.clock_ahead, lang),
            ),
            or_dash(register.shift.as_ref().and_then(|shift| shift.index)),
            or_dash(
                register
                    .shift
                    .as_ref()
                    .and_then(|shift| shift.user_name.as_ref()),
            ),
            or_dash(register.cash.as_ref().map(|cash| amount(cash, lang))),
            remark(register, lang),
        ]
    };
    let rows: Vec<Vec<String>> = board.registers.iter().map(row).collect();
    table(
        &[
            Head::Name("IdKkm"),
            Head::Text(Key::CliHeadRegister),
            Head::Text(Key::CliHeadState),
            Head::Text(Key::CliHeadLasts),
            Head::Text(Key::CliHeadShift),
            Head::Text(Key::CliHeadCashier),
            Head::Amount(Key::CliHeadCash),
            Head::Name(""),
        ],
        &rows,
        lang,
    )
}

/// What a manager must know of a register besides its state.
fn remark(register: &RegisterView, lang: Lang) -> String {
    if let Some(row) = &register.unresolved {
        return lang.fill(Key::CliOutcomeUnknown, &[("number", &row.number)]);
    }
    match &register.outbox {
        None => String::new(),
        Some(outbox) if outbox.held => lang.text(Key::CliQueueHeld).to_owned(),
        Some(outbox) if outbox.stopped => lang.text(Key::CliQueueStopped).to_owned(),
        Some(outbox) if outbox.over => lang.text(Key::CliAutonomyOver).to_owned(),
        Some(outbox) => lang.fill(
            Key::CliWaiting,
            &[("count", &outbox.waiting), ("hours", &outbox.hours_left)],
        ),
    }
}

/// How long a shift has been open, by the server's clock.
fn age(opened: &str, clock_ahead: i64, lang: Lang) -> String {
    let Ok(opened) = DateTime::parse_from_rfc3339(opened) else {
        return "—".to_owned();
    };
    let minutes = Utc::now()
        .signed_duration_since(opened)
        .num_seconds()
        .saturating_add(clock_ahead)
        .max(0)
        / 60;
    let (hours, minutes) = (minutes / 60, format!("{:02}", minutes % 60));
    lang.fill(Key::TimeHm, &[("hours", &hours), ("minutes", &minutes)])
}

/// `shift open`.
pub(crate) async fn open_shift(
    desk: &Desk,
    globals: &Globals,
    kkm: i64,
    say: Say,
) -> Result<(), Failure> {
    let account = accounts::only(desk, globals).await?;
    let which = Which::on(&account.server, kkm)?;
    let register = desk.open_shift(&which, Some(&account.login)).await?;
    opened(&register, say)
}

/// Shows a register whose shift was just opened.
pub(crate) fn opened(register: &RegisterView, say: Say) -> Result<(), Failure> {
    say.result(register, || {
        let number = register
            .shift
            .as_ref()
            .map_or_else(|| "—".to_owned(), |shift| or_dash(shift.index));
        let card = |shift| shift_card(shift, say.lang);
        format!(
            "{}\n{}",
            say.lang.fill(
                Key::CliOpenedShift,
                &[("index", &number), ("name", &register.name)]
            ),
            register.shift.as_ref().map(card).unwrap_or_default()
        )
    })
}

/// `shift show --kkm`.
pub(crate) async fn show_of(
    desk: &Desk,
    globals: &Globals,
    kkm: i64,
    output: &Output,
    say: Say,
) -> Result<(), Failure> {
    accounts::in_scope(desk, globals).await?;
    output.refuse_tables()?;
    output.refuse_unwritable()?;
    print::may_print(output)?;
    let slip = desk.shift_slip(&Which::anywhere(kkm)).await?;
    let register = &slip.register;
    let pages = |on: &OnPaper| desk.slip_pages(&slip, on);
    let none = |_: ExportFormat, _, _: &Path| Ok(());
    let files = output.write_each(desk, &pages, &none);
    let shown = say.print(&register.shift, || {
        let shift = register.shift.as_ref().map_or_else(
            || say.lang.text(Key::CliNoShifts).to_owned(),
            |shift| shift_card(shift, say.lang),
        );
        files.below(shift, say.lang)
    });
    let mut failed = files.failed;
    failed.extend(readings::unsaid(shown));
    print::unkept(desk, output, pages, failed).await
}

/// `shift show --shift`.
pub(crate) async fn show(
    desk: &Desk,
    globals: &Globals,
    shift: i64,
    say: Say,
) -> Result<(), Failure> {
    accounts::in_scope(desk, globals).await?;
    let shift = desk.shift(ShiftId::new(shift)).await?;
    say.result(&shift, || shift_card(&shift, say.lang))
}

fn shift_card(shift: &ShiftView, lang: Lang) -> String {
    let tenge = |value: &Option<String>| {
        let value = value.as_ref()?;
        Some(format!("{}\u{a0}₸", amount(value, lang)))
    };
    card(
        &[
            (
                Head::Text(Key::CliCardShift),
                Some(lang.fill(
                    Key::CliCardShiftNumber,
                    &[("index", &or_dash(shift.index)), ("id", &shift.id)],
                )),
            ),
            (
                Head::Text(Key::CliHeadState),
                Some(word(&shift.status, lang)),
            ),
            (Head::Text(Key::CliCardOpened), Some(local(&shift.opened))),
            (
                Head::Text(Key::CliCardCloseBy),
                shift.closed.is_none().then(|| local(&shift.overdue_at)),
            ),
            (
                Head::Text(Key::CliCardClosed),
                shift.closed.as_deref().map(local),
            ),
            (
                Head::Text(Key::CliHeadCashier),
                shift.user_name.clone().or_else(|| shift.user_phone.clone()),
            ),
            (Head::Text(Key::CliCardCashOpen), tenge(&shift.balance_open)),
            (
                Head::Text(Key::CliCardCashClose),
                tenge(&shift.balance_close),
            ),
            (
                Head::Text(Key::CliCardNonCash),
                tenge(&shift.balance_close_non_cash),
            ),
        ],
        lang,
    )
}
