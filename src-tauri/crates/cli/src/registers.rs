//! `registers`, `shift open` and `shift show`.

use std::path::Path;

use chrono::{DateTime, Utc};
use domain::ShiftId;
use operations::view::{BoardView, RegisterView, ShiftView};
use operations::{Desk, ExportFormat, OnPaper, Which};

use crate::accounts;
use crate::args::Globals;
use crate::failure::Failure;
use crate::output::Output;
use crate::say::{Say, card, local, or_dash, table, word};

/// `registers`: what could be read is shown even when an account failed; then the first failure decides the exit code.
pub(crate) async fn board(desk: &Desk, globals: &Globals, say: Say) -> Result<(), Failure> {
    accounts::in_scope(desk, globals).await?;
    let board = desk.board().await?;
    if board.registers.is_empty()
        && let Some(problem) = board.problems.first()
    {
        return Err(Failure::problem(problem.error.clone()));
    }
    say.result(&board, || people(&board))?;
    match board.problems.into_iter().next() {
        Some(problem) => Err(Failure::problem(problem.error)),
        None => Ok(()),
    }
}

fn people(board: &BoardView) -> String {
    let row = |register: &RegisterView| {
        let shift = register
            .shift
            .as_ref()
            .filter(|shift| shift.closed.is_none());
        vec![
            register.kkm.to_string(),
            register.name.clone(),
            word(&register.state).to_owned(),
            shift.map_or_else(
                || "—".to_owned(),
                |shift| age(&shift.opened, register.clock_ahead),
            ),
            or_dash(register.shift.as_ref().and_then(|shift| shift.index)),
            or_dash(
                register
                    .shift
                    .as_ref()
                    .and_then(|shift| shift.user_name.as_ref()),
            ),
            or_dash(register.cash.as_ref()),
            remark(register),
        ]
    };
    let rows: Vec<Vec<String>> = board.registers.iter().map(row).collect();
    table(
        &[
            "IdKkm",
            "Касса",
            "Состояние",
            "Длится",
            "Смена №",
            "Кассир",
            "Наличные",
            "",
        ],
        &rows,
    )
}

/// What a manager must know of a register besides its state.
fn remark(register: &RegisterView) -> String {
    if let Some(row) = &register.unresolved {
        return format!("исход № {} неизвестен", row.number);
    }
    match &register.outbox {
        None => String::new(),
        Some(outbox) if outbox.stopped => "очередь остановлена отказом сервера".to_owned(),
        Some(outbox) if outbox.over => "72 часа автономной работы истекли".to_owned(),
        Some(outbox) => format!(
            "ждут связи: {}, осталось {} ч",
            outbox.waiting, outbox.hours_left
        ),
    }
}

/// How long a shift has been open, by the server's clock.
fn age(opened: &str, clock_ahead: i64) -> String {
    let Ok(opened) = DateTime::parse_from_rfc3339(opened) else {
        return "—".to_owned();
    };
    let minutes = Utc::now()
        .signed_duration_since(opened)
        .num_seconds()
        .saturating_add(clock_ahead)
        .max(0)
        / 60;
    format!("{} ч {:02} мин", minutes / 60, minutes % 60)
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
        format!(
            "Смена № {number} открыта: {}\n{}",
            register.name,
            register.shift.as_ref().map(shift_card).unwrap_or_default()
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
    let slip = desk.shift_slip(&Which::anywhere(kkm)).await?;
    let register = &slip.register;
    say.result(&register.shift, || {
        register
            .shift
            .as_ref()
            .map_or_else(|| "На этой кассе ещё не было смен.".to_owned(), shift_card)
    })?;
    let pages = |on: &OnPaper| desk.slip_pages(&slip, on);
    let none = |_: ExportFormat, _, _: &Path| Ok(());
    match output.write_each(desk, &pages, &none).first() {
        Some(failed) => Err(Failure::not_written(&failed.path, &failed.cause)),
        None => Ok(()),
    }
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
    say.result(&shift, || shift_card(&shift))
}

fn shift_card(shift: &ShiftView) -> String {
    let amount = |value: &Option<String>| value.as_ref().map(|value| format!("{value} ₸"));
    card(&[
        (
            "Смена",
            Some(format!("№ {} (IdShift {})", or_dash(shift.index), shift.id)),
        ),
        ("Состояние", Some(word(&shift.status).to_owned())),
        ("Открыта", Some(local(&shift.opened))),
        (
            "Закрыть до",
            shift.closed.is_none().then(|| local(&shift.overdue_at)),
        ),
        ("Закрыта", shift.closed.as_deref().map(local)),
        (
            "Кассир",
            shift.user_name.clone().or_else(|| shift.user_phone.clone()),
        ),
        ("Наличные при открытии", amount(&shift.balance_open)),
        ("Наличные при закрытии", amount(&shift.balance_close)),
        ("Безналичные", amount(&shift.balance_close_non_cash)),
    ])
}
