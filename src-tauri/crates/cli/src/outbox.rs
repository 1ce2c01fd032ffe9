//! Autonomous mode: `shift open --autonomous`, `shift close --autonomous`, `outbox …` and `autonomous …`.

use chrono::{DateTime, Utc};
use operations::view::{CloseInput, LicenceView, QueuedView};
use operations::{Desk, Ended, Which};
use serde_json::json;

use crate::args::{Autonomous, Globals, Outbox};
use crate::failure::Failure;
use crate::output::Output;
use crate::say::{Say, kind, local, or_dash, table};
use crate::{accounts, exit, print, readings, registers};

/// `shift open --autonomous`; gives the exit code.
pub(crate) async fn open(
    desk: &Desk,
    globals: &Globals,
    kkm: i64,
    date: Option<DateTime<Utc>>,
    say: Say,
) -> Result<u8, Failure> {
    let account = accounts::only(desk, globals).await?;
    let which = Which::on(&account.server, kkm)?;
    let ended = desk.open_shift_or_queue(&which, Some(&account.login), date);
    match ended.await? {
        Ended::Done(register) => registers::opened(&register, say).map(|()| exit::DONE),
        Ended::Queued(row) => queued(&row, say),
    }
}

/// `shift close --autonomous`; gives the exit code.
pub(crate) async fn close(
    desk: &Desk,
    globals: &Globals,
    input: CloseInput,
    date: Option<DateTime<Utc>>,
    output: &Output,
    say: Say,
) -> Result<u8, Failure> {
    accounts::in_scope(desk, globals).await?;
    output.refuse_unwritable()?;
    print::may_print(desk, output).await?;
    match desk.close_shift_or_queue(input, date).await? {
        Ended::Done(closed) => {
            let shown = readings::closed(desk, &closed, output, say);
            let printed = print::after(desk, closed.z.number, output, shown).await;
            printed.map(|()| exit::DONE)
        }
        Ended::Queued(row) => queued(&row, say),
    }
}

fn queued(row: &QueuedView, say: Say) -> Result<u8, Failure> {
    say.result(&json!({ "queued": row }), || {
        let mut text = format!(
            "В очереди на отправку № {}: {}, касса {}, {}.\nОтправить не позже {}: «smenactl outbox replay», когда появится связь.",
            row.number,
            kind(&row.kind),
            row.kkm,
            local(&row.date),
            local(&row.deadline),
        );
        if let Some(problem) = &row.problem {
            text.push_str(&format!("\n{} {}", problem.message, problem.remedy));
        }
        text
    })?;
    Ok(exit::QUEUED)
}

/// `outbox …`.
pub(crate) async fn outbox(
    desk: &Desk,
    globals: &Globals,
    command: &Outbox,
    say: Say,
) -> Result<(), Failure> {
    match command {
        Outbox::List { all } => {
            let rows = desk.outbox(*all)?;
            say.result(&rows, || people(&rows))
        }
        Outbox::Withdraw { number } => {
            let row = desk.withdraw(*number)?;
            say.result(&row, || people(std::slice::from_ref(&row)))
        }
        Outbox::Replay { kkm } => {
            accounts::in_scope(desk, globals).await?;
            let which = kkm.map(Which::anywhere);
            // Whoever names the register has seen why it stopped.
            let rows = desk.replay(which.as_ref(), kkm.is_some()).await?;
            say.result(&rows, || people(&rows))?;
            match rows.into_iter().find_map(|row| row.problem) {
                Some(problem) => Err(Failure::problem(problem)),
                None => Ok(()),
            }
        }
    }
}

fn people(rows: &[QueuedView]) -> String {
    if rows.is_empty() {
        return "Очередь пуста.".to_owned();
    }
    let row = |row: &QueuedView| {
        vec![
            row.number.to_string(),
            kind(&row.kind).to_owned(),
            row.kkm.to_string(),
            local(&row.date),
            state(&row.state).to_owned(),
            local(&row.deadline),
            or_dash(row.operation),
            or_dash(row.message.as_ref()),
        ]
    };
    let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
    table(
        &[
            "№",
            "Операция",
            "IdKkm",
            "Когда",
            "Состояние",
            "Не позже",
            "Журнал №",
            "Ответ",
        ],
        &rows,
    )
}

fn state(state: &str) -> &str {
    match state {
        "queued" => "ждёт связи",
        "stopped" => "отказ: решите",
        "done" => "отправлена",
        "withdrawn" => "снята",
        other => other,
    }
}

/// `autonomous …`.
pub(crate) async fn autonomous(
    desk: &Desk,
    globals: &Globals,
    command: &Autonomous,
    say: Say,
) -> Result<(), Failure> {
    match command {
        Autonomous::List => {}
        Autonomous::On {
            kkm,
            i_have_a_licence,
        } => {
            if !i_have_a_licence {
                return Err(Failure::usage(
                    "Автономная работа разрешена только кассам с разрешением. Ничего не изменено.",
                    "Если разрешение на эту кассу есть, повторите с --i-have-a-licence.",
                ));
            }
            accounts::in_scope(desk, globals).await?;
            desk.set_autonomy(&Which::anywhere(*kkm), true).await?;
        }
        Autonomous::Off { kkm } => {
            accounts::in_scope(desk, globals).await?;
            desk.set_autonomy(&Which::anywhere(*kkm), false).await?;
        }
    }
    let licences = desk.licences()?;
    say.result(&licences, || {
        if licences.is_empty() {
            return "Автономный режим не включён ни на одной кассе.".to_owned();
        }
        let row = |it: &LicenceView| {
            vec![
                it.kkm.to_string(),
                or_dash(it.name.as_ref()),
                it.server.clone(),
                local(&it.since),
            ]
        };
        let rows: Vec<Vec<String>> = licences.iter().map(row).collect();
        table(&["IdKkm", "Касса", "Сервер", "Включён"], &rows)
    })
}
