//! `backup` and `restore`: all data in one file, and back.

use operations::Desk;
use texts::Key;

use crate::args::Copy;
use crate::failure::Failure;
use crate::output::absolute;
use crate::say::{Head, Say, card};

/// `backup`.
pub(crate) async fn backup(desk: &Desk, args: &Copy, say: Say) -> Result<(), Failure> {
    let made = desk.backup(&args.file, args.force).await?;
    say.result(&made, || {
        card(
            &[
                (Head::Text(Key::CliCardBackup), Some(absolute(&args.file))),
                (Head::Text(Key::CliReports), Some(made.reports.to_string())),
                (
                    Head::Text(Key::CliFinishedOperations),
                    Some(made.operations.to_string()),
                ),
            ],
            say.lang,
        )
    })
}

/// `restore`.
pub(crate) async fn restore(desk: &Desk, args: &Copy, say: Say) -> Result<(), Failure> {
    let done = desk.restore(&args.file, args.force).await?;
    say.result(&done, || {
        let lost = |count: Option<i64>| match count {
            Some(count) => count.to_string(),
            None => say.lang.text(Key::CliLostUnknown).to_owned(),
        };
        let text = card(
            &[
                (
                    Head::Text(Key::CliCardRestoredFrom),
                    Some(absolute(&args.file)),
                ),
                (Head::Text(Key::CliReports), Some(done.reports.to_string())),
                (
                    Head::Text(Key::CliFinishedOperations),
                    Some(done.operations.to_string()),
                ),
                (Head::Text(Key::CliCardSaved), Some(done.saved.clone())),
                (
                    Head::Text(Key::CliCardLostReports),
                    Some(lost(done.lost_reports)),
                ),
                (
                    Head::Text(Key::CliCardLostOperations),
                    Some(lost(done.lost_operations)),
                ),
            ],
            say.lang,
        );
        if done.held == 0 {
            return text;
        }
        let held = say.lang.fill(Key::CliHeld, &[("count", &done.held)]);
        format!("{text}\n{held}")
    })
}
