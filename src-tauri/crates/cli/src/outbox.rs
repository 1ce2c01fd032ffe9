//! Autonomous mode: `shift open --autonomous`, `shift close --autonomous`, `outbox …` and `autonomous …`.

use std::fmt::Display;

use chrono::{DateTime, Utc};
use domain::ErrorCode;
use operations::view::{CloseInput, LicenceView, QueuedView};
use operations::{Desk, Ended, Which};
use serde_json::json;
use texts::{Key, Lang};

use crate::args::{Autonomous, Globals, Outbox};
use crate::failure::Failure;
use crate::output::Output;
use crate::say::{Head, Say, kind, local, or_dash, table};
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
    print::may_print(output)?;
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
        let row_values: [(&str, &dyn Display); 4] = [
            ("number", &row.number),
            ("kind", &kind(&row.kind, say.lang)),
            ("kkm", &row.kkm),
            ("date", &local(&row.date)),
        ];
        let mut text = say.lang.fill(Key::CliQueued, &row_values);
        let deadline = local(&row.deadline);
        text.push('\n');
        text.push_str(&say.lang.fill(Key::CliSendBy, &[("time", &deadline)]));
        if let Some(problem) = &row.problem {
            text.push('\n');
            text.push_str(
                &say.lang
                    .fill(Key::CliWhyNotNow, &[("why", &problem.message)]),
            );
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
            say.result(&rows, || {
                let mut text = people(&rows, say.lang);
                for row in undecided(&rows) {
                    text.push_str(&format!("\n\n{}", decision(row, say.lang)));
                }
                text
            })
        }
        Outbox::Withdraw { number } => {
            let row = desk.withdraw(*number)?;
            say.result(&row, || people(std::slice::from_ref(&row), say.lang))
        }
        Outbox::Replay { kkm } => {
            accounts::in_scope(desk, globals).await?;
            let which = kkm.map(Which::anywhere);
            // Whoever names the register has seen why it stopped.
            let rows = desk.replay(which.as_ref(), kkm.is_some()).await?;
            say.result(&rows, || people(&rows, say.lang))?;
            match rows.into_iter().find_map(|row| row.problem) {
                Some(problem) => Err(Failure::problem(problem)),
                None => Ok(()),
            }
        }
    }
}

fn people(rows: &[QueuedView], lang: Lang) -> String {
    if rows.is_empty() {
        return lang.text(Key::CliQueueEmpty).to_owned();
    }
    let row = |row: &QueuedView| {
        vec![
            row.number.to_string(),
            kind(&row.kind, lang),
            row.kkm.to_string(),
            local(&row.date),
            state(row, lang),
            local(&row.deadline),
            or_dash(row.operation),
            or_dash(row.message.as_ref()),
        ]
    };
    let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
    table(
        &[
            Head::Name("№"),
            Head::Text(Key::CliHeadOperation),
            Head::Name("IdKkm"),
            Head::Text(Key::CliHeadWhen),
            Head::Text(Key::CliHeadState),
            Head::Text(Key::CliHeadNotLater),
            Head::Text(Key::CliHeadJournal),
            Head::Text(Key::CliHeadAnswer),
        ],
        &rows,
        lang,
    )
}

/// Where a queue stands still until a person decides. Only its first operation can be sent; those behind it have their turn
/// later.
fn undecided(rows: &[QueuedView]) -> Vec<&QueuedView> {
    let mut seen = Vec::new();
    let waiting = |row: &&QueuedView| matches!(row.state.as_str(), "queued" | "stopped");
    let mut first = |row: &&QueuedView| {
        let queue = (row.server.clone(), row.kkm);
        let is_first = !seen.contains(&queue);
        seen.push(queue);
        is_first
    };
    let firsts = rows.iter().filter(waiting).filter(|row| first(row));
    firsts.filter(|row| row.state == "stopped").collect()
}

/// What a person is to decide about an operation that goes no further by itself, and by which commands.
fn decision(row: &QueuedView, lang: Lang) -> String {
    let (why, remedy) = if is_held(row) {
        (Key::ErrorRestored, Key::CliHeldRemedy)
    } else {
        (Key::CliRefusedInQueue, Key::CliStoppedRemedy)
    };
    let values: [(&str, &dyn Display); 2] = [("kkm", &row.kkm), ("number", &row.number)];
    let number = lang.fill(Key::CliNumber, &values);
    format!(
        "{number}: {} {}",
        lang.text(why),
        lang.fill(remedy, &values)
    )
}

fn is_held(row: &QueuedView) -> bool {
    row.code.as_deref() == Some(ErrorCode::Restored.as_str())
}

fn state(row: &QueuedView, lang: Lang) -> String {
    let key = match row.state.as_str() {
        "stopped" if is_held(row) => Key::CliInQueueHeld,
        "queued" => Key::CliInQueueQueued,
        "stopped" => Key::CliInQueueStopped,
        "done" => Key::CliInQueueDone,
        "withdrawn" => Key::CliInQueueWithdrawn,
        other => return other.to_owned(),
    };
    lang.text(key).to_owned()
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
                return Err(Failure::usage(Key::CliNoLicence, Key::CliNoLicenceRemedy));
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
            return say.lang.text(Key::CliNoLicences).to_owned();
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
        let heads = [
            Head::Name("IdKkm"),
            Head::Text(Key::CliHeadRegister),
            Head::Text(Key::CliHeadServer),
            Head::Text(Key::CliHeadTurnedOn),
        ];
        table(&heads, &rows, say.lang)
    })
}
