//! `journal …`: the operations, in a list and one by one.

use operations::{Desk, OperationDetails};
use texts::{Key, Lang};

use crate::args::Journal;
use crate::failure::Failure;
use crate::kept::operations;
use crate::say::{Head, Say, amount, card, kind, local, operation_state};

/// `journal …`.
pub(crate) fn run(desk: &Desk, command: &Journal, say: Say) -> Result<(), Failure> {
    match command {
        Journal::List { unresolved, limit } => {
            let rows = desk.operations(*unresolved, *limit)?;
            say.result(&rows, || operations(&rows, say.lang))
        }
        Journal::Show { number } => {
            let operation = desk.operation(*number)?;
            say.result(&operation, || people(&operation, say.lang))
        }
    }
}

fn people(operation: &OperationDetails, lang: Lang) -> String {
    let row = &operation.row;
    let time = |time: &Option<String>| time.as_deref().map(local);
    let count = operation.cash_count.as_ref();
    let sum = |sum: &Option<String>| sum.as_ref().map(|sum| amount(sum, lang));
    card(
        &[
            (Head::Name("№"), Some(row.number.to_string())),
            (
                Head::Text(Key::CliHeadOperation),
                Some(kind(&row.kind, lang)),
            ),
            (
                Head::Text(Key::CliHeadState),
                Some(operation_state(&row.state, row.code.as_deref(), lang)),
            ),
            (Head::Name("IdKkm"), Some(row.kkm.to_string())),
            (
                Head::Name("IdShift"),
                operation.shift.map(|shift| shift.to_string()),
            ),
            (Head::Text(Key::CliHeadServer), Some(row.server.clone())),
            (Head::Text(Key::CliCardUser), Some(operation.login.clone())),
            (Head::Text(Key::CliCardWritten), Some(local(&row.at))),
            (Head::Text(Key::CliCardSent), time(&row.first_sent)),
            (
                Head::Text(Key::CliCardSentAgain),
                time(&row.sent).filter(|_| row.sent != row.first_sent),
            ),
            (
                Head::Text(Key::CliCardSettled),
                time(&operation.row.settled),
            ),
            (
                Head::Text(Key::CliCardAutonomous),
                time(&operation.autonomous),
            ),
            (Head::Name("Uid"), operation.uid.clone()),
            (Head::Text(Key::CliCardNextUid), operation.next_uid.clone()),
            (
                Head::Text(Key::CliCardCounted),
                count.map(|count| amount(&count.counted, lang)),
            ),
            (
                Head::Text(Key::CliCardExpected),
                count.and_then(|count| sum(&count.expected)),
            ),
            (
                Head::Text(Key::CliCardDifference),
                count.and_then(|count| sum(&count.difference)),
            ),
            (
                Head::Text(Key::CliCardReason),
                count.and_then(|count| count.reason.clone()),
            ),
            (
                Head::Text(Key::CliCardArchived),
                operation
                    .row
                    .report
                    .map(|number| lang.fill(Key::CliNumber, &[("number", &number)])),
            ),
            (Head::Text(Key::CliCardCode), row.code.clone()),
            (Head::Text(Key::CliHeadAnswer), row.message.clone()),
            (
                Head::Text(Key::CliCardRequest),
                Some(operation.body.clone()),
            ),
            (Head::Text(Key::CliCardServerAnswer), operation.raw.clone()),
        ],
        lang,
    )
}
