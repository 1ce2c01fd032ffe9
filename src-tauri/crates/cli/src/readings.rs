//! `report x`, `report sections`, `shift close`, and where a report goes: shown first, then written.

use std::fmt::Display;

use operations::view::{CloseInput, CloseView, ReportView};
use operations::{Desk, Which};
use serde_json::{Value, json};
use texts::{Key, Lang, Phrase};

use crate::args::Globals;
use crate::failure::{Failure, Unwritten};
use crate::output::Output;
use crate::say::{Say, amount, local, or_dash};
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
    output.refuse_cash_count()?;
    output.refuse_unwritable()?;
    print::may_print(output)?;
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
    output.refuse_cash_count()?;
    output.refuse_unwritable()?;
    print::may_print(output)?;
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
    if input.counted.is_none() {
        output.refuse_cash_count()?;
    }
    output.refuse_unwritable()?;
    print::may_print(output)?;
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
        let mut text = people(&closed.z, say.lang);
        for line in &closed.before {
            let kind = crate::say::kind(&line.kind, say.lang);
            let values: [(&str, &dyn Display); 2] = [("kind", &kind), ("number", &line.number)];
            text.push('\n');
            text.push_str(&say.lang.fill(Key::CliTakenBefore, &values));
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
    deliver(desk, report, output, say, &value(report), || {
        people(report, say.lang)
    })
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
    let files = output.write(desk, report.number);
    let said = say.print(value, || files.below(people(), say.lang));
    let mut failed = files.failed;
    failed.extend(unsaid(said));
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::outputs(failed, report.number))
    }
}

/// A standard output that takes nothing more, as one of the outputs.
pub(crate) fn unsaid(printed: std::io::Result<()>) -> Option<Unwritten> {
    Some(Unwritten {
        option: None,
        path: "stdout".into(),
        cause: Phrase::given(printed.err()?),
    })
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

/// Not the paper's own heading, which is in the paper's language.
fn heading(kind: &str, lang: Lang) -> String {
    match kind {
        "sections" => lang.text(Key::KindSections).to_owned(),
        kind => crate::say::kind(kind, lang),
    }
}

fn people(report: &ReportView, lang: Lang) -> String {
    let of: [(&str, &dyn Display); 4] = [
        ("name", &report.kkm_name),
        ("kkm", &report.kkm),
        ("index", &or_dash(report.shift_index)),
        ("taken", &local(&report.taken)),
    ];
    let mut text = format!(
        "{}\n{}\n{}",
        heading(&report.kind, lang),
        lang.fill(Key::CliReportOf, &of),
        lang.fill(Key::CliInArchive, &[("number", &report.number)]),
    );
    let width = report
        .figures
        .iter()
        .map(|figure| figure.label.chars().count())
        .max()
        .unwrap_or(0);
    let sums: Vec<String> = report
        .figures
        .iter()
        .map(|figure| amount(&figure.value, lang))
        .collect();
    let longest = sums.iter().map(|sum| sum.chars().count()).max();
    let longest = longest.unwrap_or(0);
    for (figure, sum) in report.figures.iter().zip(&sums) {
        text.push_str(&format!("\n  {:<width$}  {sum:>longest$}", figure.label));
    }
    if report.restored {
        text.push('\n');
        text.push_str(lang.text(Key::CliRestored));
    }
    if let Some(count) = &report.cash_count {
        let sum = |sum: &String| amount(sum, lang);
        let parts = [
            (Key::CliCounted, "amount", Some(sum(&count.counted))),
            (
                Key::CliByRegister,
                "amount",
                count.expected.as_ref().map(sum),
            ),
            (Key::CliGap, "amount", count.difference.as_ref().map(sum)),
            (Key::CliBecause, "reason", count.reason.clone()),
        ];
        let known = parts
            .into_iter()
            .filter_map(|(key, place, value)| Some(lang.fill(key, &[(place, &value?)])));
        text.push('\n');
        text.push_str(&known.collect::<Vec<_>>().join("; "));
    }
    for warning in &report.warnings {
        text.push('\n');
        text.push_str(&lang.fill(Key::CliWarning, &[("message", warning)]));
    }
    text
}
