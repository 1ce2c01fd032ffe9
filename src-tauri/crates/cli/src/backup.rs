//! `backup` and `restore`: all data in one file, and back.

use operations::Desk;

use crate::args::Copy;
use crate::failure::Failure;
use crate::say::{Say, card};

/// `backup`.
pub(crate) async fn backup(desk: &Desk, args: &Copy, say: Say) -> Result<(), Failure> {
    let made = desk.backup(&args.file, args.force).await?;
    say.result(&made, || {
        card(&[
            ("Резервная копия", Some(made.file.display().to_string())),
            ("Отчётов", Some(made.reports.to_string())),
            ("Завершённых операций", Some(made.operations.to_string())),
        ])
    })
}

/// `restore`.
pub(crate) async fn restore(desk: &Desk, args: &Copy, say: Say) -> Result<(), Failure> {
    let done = desk.restore(&args.file, args.force).await?;
    say.result(&done, || {
        let lost = |count: Option<i64>| match count {
            Some(count) => count.to_string(),
            None => "неизвестно: прежняя база повреждена".to_owned(),
        };
        card(&[
            ("Восстановлено из", Some(done.file.display().to_string())),
            ("Отчётов", Some(done.reports.to_string())),
            ("Завершённых операций", Some(done.operations.to_string())),
            ("Прежняя база", Some(done.saved.display().to_string())),
            ("Отчётов только в ней", Some(lost(done.lost_reports))),
            ("Операций только в ней", Some(lost(done.lost_operations))),
        ])
    })
}
