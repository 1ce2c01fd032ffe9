//! `registers`, `shift open` and `shift show`.

use chrono::{DateTime, Utc};
use domain::{KkmId, ShiftId};
use operations::Desk;
use operations::view::{BoardView, RegisterView, ShiftView};

use crate::accounts;
use crate::args::Globals;
use crate::failure::Failure;
use crate::say::{Say, card, local, or_dash, table, word};

/// `registers`: what could be read is shown even when an account failed; then the first failure decides the exit code.
pub(crate) async fn board(desk: &Desk, globals: &Globals, say: Say) -> Result<(), Failure> {
    let chosen = accounts::chosen(desk, globals)?;
    let mut board = desk.board().await?;
    let ours = |server: &str, login: &str| {
        chosen
            .iter()
            .any(|account| account.server == server && account.login == login)
    };
    board
        .registers
        .retain(|register| ours(&register.server, &register.login));
    board
        .problems
        .retain(|problem| ours(&problem.server, &problem.login));
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
            shift.map_or_else(|| "—".to_owned(), |shift| age(&shift.opened)),
            or_dash(register.shift.as_ref().and_then(|shift| shift.index)),
            or_dash(
                register
                    .shift
                    .as_ref()
                    .and_then(|shift| shift.user_name.as_ref()),
            ),
            or_dash(register.cash.as_ref()),
            register
                .unresolved
                .as_ref()
                .map_or_else(String::new, |row| {
                    format!("исход № {} неизвестен", row.number)
                }),
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

fn age(opened: &str) -> String {
    let Ok(opened) = DateTime::parse_from_rfc3339(opened) else {
        return "—".to_owned();
    };
    let minutes = Utc::now()
        .signed_duration_since(opened)
        .num_minutes()
        .max(0);
    format!("{} ч {:02} мин", minutes / 60, minutes % 60)
}

/// `shift open`.
pub(crate) async fn open_shift(
    desk: &Desk,
    globals: &Globals,
    kkm: i64,
    say: Say,
) -> Result<(), Failure> {
    accounts::only(desk, globals)?;
    may_use(desk, globals, kkm).await?;
    let register = desk.open_shift(KkmId::new(kkm)).await?;
    say.result(&register, || {
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
    say: Say,
) -> Result<(), Failure> {
    accounts::chosen(desk, globals)?;
    let register = desk.register(KkmId::new(kkm)).await?;
    say.result(&register.shift, || {
        register
            .shift
            .as_ref()
            .map_or_else(|| "На этой кассе ещё не было смен.".to_owned(), shift_card)
    })
}

/// `shift show --shift`.
pub(crate) async fn show(
    desk: &Desk,
    globals: &Globals,
    shift: i64,
    say: Say,
) -> Result<(), Failure> {
    accounts::chosen(desk, globals)?;
    let shift = desk.shift(ShiftId::new(shift)).await?;
    say.result(&shift, || shift_card(&shift))
}

/// With `--account`, refuses a register that another account works with.
pub(crate) async fn may_use(desk: &Desk, globals: &Globals, kkm: i64) -> Result<(), Failure> {
    let Some(login) = &globals.account else {
        return Ok(());
    };
    accounts::chosen(desk, globals)?;
    let register = desk.register(KkmId::new(kkm)).await?;
    let open = register
        .shift
        .as_ref()
        .filter(|shift| shift.closed.is_none());
    let owner = open
        .and_then(|shift| shift.user_phone.clone())
        .unwrap_or(register.login);
    if accounts::digits(&owner) == accounts::digits(login) {
        Ok(())
    } else {
        Err(Failure::other_account(login, &owner))
    }
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
