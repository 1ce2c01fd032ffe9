//! `printers`, `print …`, and `--print` of whatever shows a report: shown first, then printed.

use clap::Subcommand;
use domain::ErrorCode;
use operations::view::{PrintView, PrinterView};
use operations::{Desk, OnPaper, Pages, Trouble};
use texts::{Key, Lang, Phrase};

use crate::args::{Command, Outbox, Shift};
use crate::failure::{Failure, Unwritten};
use crate::output::Output;
use crate::say::{Head, Say, local, or_dash, table};

/// `print …`.
#[derive(Debug, Subcommand)]
pub(crate) enum Print {
    #[command(about = "Задания, новые сверху")]
    List,
    #[command(about = "Напечатать всё, что ждёт, не дожидаясь срока")]
    Run,
    #[command(about = "Повторить задание сейчас же")]
    Retry {
        #[arg(value_name = "NUMBER", help = "Номер в очереди печати")]
        number: i64,
    },
    #[command(about = "Снять задание; отчёт остаётся в архиве")]
    Cancel {
        #[arg(value_name = "NUMBER", help = "Номер в очереди печати")]
        number: i64,
    },
    #[command(about = "Пробная страница")]
    Test {
        #[arg(
            value_name = "PRINTER",
            help = "Принтер; иначе из настройки printer или системный по умолчанию"
        )]
        printer: Option<String>,
    },
}

/// `printers`.
pub(crate) async fn printers(desk: &Desk, say: Say) -> Result<(), Failure> {
    let printers = desk.printers().await?;
    say.result(&printers, || {
        if printers.is_empty() {
            return say.lang.text(Key::PrintListNoPrinters).to_owned();
        }
        let line = |it: &PrinterView| {
            let marks = [
                (it.chosen, Key::PrintListChosen),
                (it.system_default, Key::PrintListSystemDefault),
            ];
            let marks = marks.into_iter().filter(|(is, _)| *is);
            let marks: Vec<_> = marks.map(|(_, key)| say.lang.text(key)).collect();
            format!("{}  {}", it.printer, marks.join(", "))
        };
        let lines: Vec<_> = printers.iter().map(line).collect();
        lines.join("\n")
    })
}

/// `print …`.
pub(crate) async fn run(desk: &Desk, command: &Print, say: Say) -> Result<(), Failure> {
    let jobs = match command {
        Print::List => desk.print_queue()?,
        Print::Cancel { number } => vec![desk.cancel_print(*number)?],
        Print::Retry { number } => {
            let job = desk.retry_print(*number).await?;
            return show(std::slice::from_ref(&job), say).and(at_the_printer(&job));
        }
        Print::Test { printer } => {
            let job = desk.print_test_page(printer.as_deref()).await?;
            return show(std::slice::from_ref(&job), say).and(at_the_printer(&job));
        }
        Print::Run => {
            let tried = desk.print_waiting().await?;
            show(&tried, say)?;
            let left = |job: &&PrintView| matches!(job.state.as_str(), "queued" | "failed");
            return match tried.iter().find(left) {
                Some(job) => Err(Failure::not_printed(job)),
                None => Ok(()),
            };
        }
    };
    show(&jobs, say)
}

/// A name that names no printer is refused before anything is sent. Whether there is such a printer is not asked: nothing of
/// printing may hold up a fiscal result.
pub(crate) fn may_print(output: &Output) -> Result<(), Failure> {
    if let Some(Some(printer)) = &output.print {
        operations::printer_named(printer)?;
    }
    Ok(())
}

/// Prints a report that was shown, where that is asked for; the report is in the archive whatever comes of it, and so
/// whatever fails is a failed output.
pub(crate) async fn after(
    desk: &Desk,
    report: i64,
    output: &Output,
    shown: Result<(), Failure>,
) -> Result<(), Failure> {
    let Some(printer) = &output.print else {
        return shown;
    };
    let on = output.on_paper();
    let printed = desk.print_report(report, printer.as_deref(), &on).await;
    shown.and(match printed {
        Ok(job) => at_the_printer(&job),
        Err(trouble) => Err(Failure::unprinted(trouble, report)),
    })
}

/// One that waits behind another process's is not printed yet.
fn at_the_printer(job: &PrintView) -> Result<(), Failure> {
    if job.state == "done" {
        Ok(())
    } else {
        Err(Failure::not_printed(job))
    }
}

/// Prints a slip or a summary that was shown, where that is asked for; what of it could not be written is told first.
pub(crate) async fn unkept(
    desk: &Desk,
    output: &Output,
    pages: impl FnOnce(&OnPaper) -> Result<Pages, Trouble>,
    failed: Vec<Unwritten>,
) -> Result<(), Failure> {
    let written = if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::unwritten(failed))
    };
    let Some(printer) = &output.print else {
        return written;
    };
    let on = output.on_paper();
    let printed = desk.print_unkept(printer.as_deref(), &on, pages).await;
    written.and(printed.map_err(Failure::from))
}

/// After a command that may have archived reports: those that are printed by themselves. The queue keeps what fails.
pub(crate) async fn by_itself(desk: &Desk, command: &Command, say: Option<Say>) {
    let archives = matches!(
        command,
        Command::Shift(Shift::Close(_))
            | Command::Report(_)
            | Command::Recover { .. }
            | Command::Outbox(Outbox::Replay { .. })
    );
    if !archives {
        return;
    }
    match desk.print_by_itself().await {
        Ok(waiting) => {
            if let (Some(first), Some(say)) = (waiting.first(), say) {
                let why = first.message.clone().unwrap_or_default();
                let waits = Phrase::of(Key::CliNotPrintedByItself)
                    .with("count", waiting.len())
                    .with("why", why);
                say.warn(ErrorCode::NotPrinted, &waits);
            }
        }
        Err(trouble) => tracing::warn!(%trouble, "nothing is printed by itself"),
    }
}

fn show(jobs: &[PrintView], say: Say) -> Result<(), Failure> {
    say.result(&jobs, || people(jobs, say.lang))
}

fn people(jobs: &[PrintView], lang: Lang) -> String {
    if jobs.is_empty() {
        return lang.text(Key::PrintListEmpty).to_owned();
    }
    let heads = [
        Key::PrintListJob,
        Key::PrintListReport,
        Key::PrintTestPrinter,
        Key::PrintListState,
        Key::PrintListAttempts,
        Key::PrintListAt,
        Key::PrintListMessage,
    ];
    let row = |job: &PrintView| {
        let test = || lang.text(Key::PrintListTest).to_owned();
        vec![
            job.number.to_string(),
            job.report.map_or_else(test, |report| {
                lang.fill(Key::CliNumber, &[("number", &report)])
            }),
            job.printer.clone(),
            state(&job.state, lang).to_owned(),
            job.attempts.to_string(),
            local(job.settled.as_ref().unwrap_or(&job.at)),
            or_dash(job.message.as_ref()),
        ]
    };
    let rows: Vec<Vec<String>> = jobs.iter().map(row).collect();
    table(&heads.map(Head::Text), &rows, lang)
}

fn state(state: &str, lang: Lang) -> &str {
    let key = match state {
        "queued" => Key::PrintStateQueued,
        "printing" => Key::PrintStatePrinting,
        "done" => Key::PrintStateDone,
        "failed" => Key::PrintStateFailed,
        "cancelled" => Key::PrintStateCancelled,
        other => return other,
    };
    lang.text(key)
}
