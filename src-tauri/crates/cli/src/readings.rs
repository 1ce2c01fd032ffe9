//! `report x`, `report sections`, `shift close`, and where a report goes: shown first, then written.

use operations::view::{CloseInput, CloseView, ReportView};
use operations::{Desk, Which};
use serde_json::{Value, json};

use crate::args::Globals;
use crate::failure::{Failure, Unwritten};
use crate::output::Output;
use crate::say::{Say, local, or_dash};
use crate::{accounts, print};

/// `report x`.
pub(crate) async fn x(
    desk: &Desk,
    globals: &Globals,
    kkm: i64,
    output: &Output,
    say: Say,
) -> Result<(), Failure> {
    accounts::in_scope(desk, globals).await?;
    output.refuse_unwritable()?;
    print::may_print(desk, output).await?;
    let report = desk.x_report(&Which::anywhere(kkm)).await?;
    let shown = show(desk, &report, output, say);
    print::after(desk, report.number, output, shown).await
}

/// `report sections`.
pub(crate) async fn sections(
    desk: &Desk,
    globals: &Globals,
    kkm: i64,
    output: &Output,
    say: Say,
) -> Result<(), Failure> {
    accounts::in_scope(desk, globals).await?;
    output.refuse_unwritable()?;
    print::may_print(desk, output).await?;
    let report = desk.section_report(&Which::anywhere(kkm)).await?;
    let shown = show(desk, &report, output, say);
    print::after(desk, report.number, output, shown).await
}

/// `shift close`.
pub(crate) async fn close(
    desk: &Desk,
    globals: &Globals,
    input: CloseInput,
    output: &Output,
    say: Say,
) -> Result<(), Failure> {
    accounts::in_scope(desk, globals).await?;
    output.refuse_unwritable()?;
    print::may_print(desk, output).await?;
    let closed_now = desk.close_shift(input).await?;
    let shown = closed(desk, &closed_now, output, say);
    print::after(desk, closed_now.z.number, output, shown).await
}

/// Shows a closed shift's reports.
pub(crate) fn closed(
    desk: &Desk,
    closed: &CloseView,
    output: &Output,
    say: Say,
) -> Result<(), Failure> {
    let value = json!({ "z": value(&closed.z), "before": closed.before });
    deliver(desk, &closed.z, output, say, &value, || {
        let mut text = people(&closed.z);
        for line in &closed.before {
            text.push_str(&format!(
                "\nСнят перед закрытием: {} № {}",
                crate::say::kind(&line.kind),
                line.number
            ));
        }
        text
    })
}

/// Shows a report and writes its files.
pub(crate) fn show(
    desk: &Desk,
    report: &ReportView,
    output: &Output,
    say: Say,
) -> Result<(), Failure> {
    deliver(desk, report, output, say, &value(report), || people(report))
}

/// Writes a report's files, then shows it. The report is in the archive by then: whatever fails here is a failed output and
/// holds up nothing of the rest.
fn deliver(
    desk: &Desk,
    report: &ReportView,
    output: &Output,
    say: Say,
    value: &Value,
    people: impl FnOnce() -> String,
) -> Result<(), Failure> {
    let mut failed = output.write(desk, report.number);
    if let Err(error) = say.print(value, people) {
        failed.push(Unwritten {
            option: None,
            path: "stdout".into(),
            cause: error.to_string(),
        });
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::outputs(&failed, report.number))
    }
}

/// A report without its painted pages.
fn value(report: &ReportView) -> Value {
    let mut value = serde_json::to_value(report).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        for painted in ["pages", "widthMm", "heightMm"] {
            fields.remove(painted);
        }
    }
    value
}

fn people(report: &ReportView) -> String {
    let mut text = format!(
        "{}\n{} (IdKkm {}), смена № {}, {}\nВ архиве: № {}",
        report.title,
        report.kkm_name,
        report.kkm,
        or_dash(report.shift_index),
        local(&report.taken),
        report.number,
    );
    let width = report
        .figures
        .iter()
        .map(|figure| figure.label.chars().count())
        .max()
        .unwrap_or(0);
    let longest = report
        .figures
        .iter()
        .map(|figure| figure.value.chars().count())
        .max()
        .unwrap_or(0);
    for figure in &report.figures {
        text.push_str(&format!(
            "\n  {:<width$}  {:>longest$}",
            figure.label, figure.value
        ));
    }
    if report.restored {
        text.push_str(
            "\nВОССТАНОВЛЕН: сервер больше не даёт этот отчёт, он собран из последних показаний.",
        );
    }
    if let Some(count) = &report.cash_count {
        let shown = |label: &str, value: &Option<String>| {
            value
                .as_ref()
                .map_or(String::new(), |value| format!("; {label} {value}"))
        };
        text.push_str(&format!(
            "\nПересчёт: {}{}{}{}",
            count.counted,
            shown("по учёту", &count.expected),
            shown("разница", &count.difference),
            shown("причина:", &count.reason)
        ));
    }
    for warning in &report.warnings {
        text.push_str(&format!("\nВнимание: {warning}"));
    }
    text
}
