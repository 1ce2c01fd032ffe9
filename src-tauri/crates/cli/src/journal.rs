//! `journal …`: the operations, in a list and one by one.

use operations::{Desk, OperationDetails};

use crate::args::Journal;
use crate::failure::Failure;
use crate::kept::operations;
use crate::say::{Say, card, kind, local, operation_state};

/// `journal …`.
pub(crate) fn run(desk: &Desk, command: &Journal, say: Say) -> Result<(), Failure> {
    match command {
        Journal::List { unresolved, limit } => {
            let rows = desk.operations(*unresolved, *limit)?;
            say.result(&rows, || operations(&rows))
        }
        Journal::Show { number } => {
            let operation = desk.operation(*number)?;
            say.result(&operation, || people(&operation))
        }
    }
}

fn people(operation: &OperationDetails) -> String {
    let row = &operation.row;
    let time = |time: &Option<String>| time.as_deref().map(local);
    let count = operation.cash_count.as_ref();
    card(&[
        ("№", Some(row.number.to_string())),
        ("Операция", Some(kind(&row.kind).to_owned())),
        (
            "Состояние",
            Some(operation_state(&row.state, row.code.as_deref()).to_owned()),
        ),
        ("IdKkm", Some(row.kkm.to_string())),
        ("IdShift", operation.shift.map(|shift| shift.to_string())),
        ("Сервер", Some(row.server.clone())),
        ("Пользователь", Some(operation.login.clone())),
        ("Записана", Some(local(&row.at))),
        ("Отправлена", time(&operation.sent)),
        ("Исход записан", time(&operation.settled)),
        ("Автономно, дата", time(&operation.autonomous)),
        ("Uid", operation.uid.clone()),
        ("Следующий Uid", operation.next_uid.clone()),
        ("Пересчёт", count.map(|count| count.counted.clone())),
        ("По учёту", count.and_then(|count| count.expected.clone())),
        ("Разница", count.and_then(|count| count.difference.clone())),
        ("Причина", count.and_then(|count| count.reason.clone())),
        (
            "Отчёт в архиве",
            operation.report.map(|number| format!("№ {number}")),
        ),
        ("Код", row.code.clone()),
        ("Ответ", row.message.clone()),
        ("Запрос", Some(operation.body.clone())),
        ("Ответ сервера", operation.raw.clone()),
    ])
}
