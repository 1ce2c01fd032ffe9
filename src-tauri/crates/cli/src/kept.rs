//! `archive …`, `settings …` and `recover`: what the data folder keeps.

use chrono::{DateTime, NaiveDate};
use domain::{ErrorCode, ReportKind};
use operations::view::{OperationView, ReportLine, SettingView};
use operations::{Desk, Form, OnPaper, ReportQuery, Which};
use serde_json::json;
use texts::{Key, Lang, Phrase};

use crate::args::{self, Archive, Filters, Globals, Kind, Settings};
use crate::failure::Failure;
use crate::say::{Head, Say, amount, kind, local, operation_state, or_dash, table};
use crate::{continuity, export, print, readings, summary};

/// `archive …`.
pub(crate) async fn archive(
    desk: &Desk,
    globals: &Globals,
    command: &Archive,
    say: Say,
) -> Result<(), Failure> {
    match command {
        Archive::List { filters, limit } => {
            let lines = desk.find_reports(&query(filters, *limit)?)?;
            say.result(&lines, || reports(&lines, say.lang))
        }
        Archive::Export {
            file,
            filters,
            limit,
            paper,
            report_lang,
            force,
        } => {
            let lang = globals.lang;
            let how = export::How {
                paper: *paper,
                report_lang: *report_lang,
                lang: lang.map_or_else(|| desk.lang(), args::Lang::texts),
                force: *force,
            };
            let query = query(filters, limit.unwrap_or(u32::MAX))?;
            export::run(desk, file, &query, &how, say)
        }
        Archive::Show { number, output } => {
            output.refuse_unwritable()?;
            print::may_print(output)?;
            let on = OnPaper {
                form: Form::Report,
                ..output.on_paper()
            };
            let report = desk.report_on(*number, &on)?;
            if report.cash_count.is_none() {
                output.refuse_cash_count()?;
            }
            if report.altered {
                say.warn(
                    ErrorCode::Damaged,
                    &Phrase::of(Key::CliAltered).with("number", number),
                );
            }
            let shown = readings::show(desk, &report, output, say);
            print::after(desk, *number, output, shown).await
        }
        Archive::Summary {
            kkm,
            from,
            to,
            output,
        } => {
            let query = ReportQuery {
                which: kkm.map(Which::anywhere),
                kind: Some(ReportKind::Z),
                from: from.as_deref().map(day).transpose()?,
                to: to.as_deref().map(day).transpose()?,
                limit: u32::MAX,
                ..ReportQuery::default()
            };
            summary::run(desk, &query, output, say).await
        }
        Archive::Continuity { kkm } => continuity::run(desk, *kkm, say),
        Archive::Verify => verify(desk, say),
    }
}

fn query(filters: &Filters, limit: u32) -> Result<ReportQuery, Failure> {
    Ok(ReportQuery {
        which: filters.kkm.map(Which::anywhere),
        kind: filters.kind.map(report_kind),
        shift_index: filters.shift,
        from: filters.from.as_deref().map(day).transpose()?,
        to: filters.to.as_deref().map(day).transpose()?,
        limit,
        ..ReportQuery::default()
    })
}

/// `archive verify`: both chains, that of the reports and that of the operations.
fn verify(desk: &Desk, say: Say) -> Result<(), Failure> {
    let verification = desk.verify()?;
    let chain = |what: Key, count: i64, broken: Option<i64>| {
        let found = match broken {
            None => Phrase::of(Key::CliChainWhole),
            Some(number) => Phrase::of(Key::CliChainBroken).with("number", number),
        };
        let found = found.holding("what", what.into()).with("count", count);
        found.to(say.lang)
    };
    let value = json!({
        "reports": verification.rows,
        "broken": verification.broken,
        "operations": verification.operations,
        "brokenOperation": verification.broken_operation,
    });
    say.result(&value, || {
        format!(
            "{}\n{}",
            chain(Key::CliReports, verification.rows, verification.broken),
            chain(
                Key::CliFinishedOperations,
                verification.operations,
                verification.broken_operation
            )
        )
    })?;
    match (verification.broken, verification.broken_operation) {
        (None, None) => Ok(()),
        (Some(number), _) => Err(Failure::damaged(Key::CliReportDamaged, number)),
        (None, Some(number)) => Err(Failure::damaged(Key::CliOperationDamaged, number)),
    }
}

/// A day as scripts write it, `2026-11-24`, or as the papers do, `24.11.2026`.
fn day(text: &str) -> Result<NaiveDate, Failure> {
    let read = |form: &str| {
        let day = NaiveDate::parse_from_str(text, form).ok();
        // Nothing that could be meant otherwise; a year of five digits is a slip of the finger.
        day.filter(|day| text.len() == 10 && day.format(form).to_string() == text)
    };
    read("%Y-%m-%d")
        .or_else(|| read("%d.%m.%Y"))
        .ok_or_else(|| {
            Failure::usage(
                Phrase::of(Key::CliBadDay).with("text", text),
                Key::CliBadDayRemedy,
            )
        })
}

const fn report_kind(kind: Kind) -> ReportKind {
    match kind {
        Kind::X => ReportKind::X,
        Kind::Z => ReportKind::Z,
        Kind::Sections => ReportKind::Sections,
    }
}

fn reports(lines: &[ReportLine], lang: Lang) -> String {
    if lines.is_empty() {
        return lang.text(Key::CliNoReports).to_owned();
    }
    let row = |line: &ReportLine| {
        vec![
            line.number.to_string(),
            kind(&line.kind, lang),
            line.kkm.to_string(),
            line.kkm_name.clone(),
            or_dash(line.shift_index),
            local(&line.taken),
            or_dash(line.amount.as_ref().map(|sum| amount(sum, lang))),
        ]
    };
    let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    table(
        &[
            Head::Name("№"),
            Head::Text(Key::CliHeadReport),
            Head::Name("IdKkm"),
            Head::Text(Key::CliHeadRegister),
            Head::Text(Key::CliHeadShift),
            Head::Text(Key::CliHeadTaken),
            Head::Amount(Key::CliHeadSales),
        ],
        &rows,
        lang,
    )
}

/// `settings …`.
pub(crate) fn settings(desk: &Desk, command: &Settings, say: Say) -> Result<(), Failure> {
    if let Settings::Set { name, value } = command {
        desk.set_setting(name, value)?;
    }
    let settings = desk.settings()?;
    say.result(&settings, || {
        let row = |setting: &SettingView| {
            let shown = Some(&setting.value).filter(|value| !value.is_empty());
            vec![setting.name.clone(), or_dash(shown)]
        };
        let rows: Vec<Vec<String>> = settings.iter().map(row).collect();
        let heads = [
            Head::Text(Key::CliHeadSetting),
            Head::Text(Key::CliHeadValue),
        ];
        // Perhaps the language is what was set.
        table(&heads, &rows, desk.lang())
    })
}

/// `recover`: 0 when nothing is unknown any more.
pub(crate) async fn recover(desk: &Desk, kkm: Option<i64>, say: Say) -> Result<(), Failure> {
    let rows = desk.recover(kkm.map(Which::anywhere).as_ref()).await?;
    say.result(&rows, || {
        if rows.is_empty() {
            say.lang.text(Key::CliNothingToRecover).to_owned()
        } else {
            operations(&rows, say.lang)
        }
    })?;
    let unfinished =
        |row: &&OperationView| matches!(row.state.as_str(), "unknown" | "prepared" | "sent");
    match rows.iter().find(unfinished) {
        Some(row) => Err(Failure::still_unknown(row)),
        None => Ok(()),
    }
}

/// Journal rows for people.
pub(crate) fn operations(rows: &[OperationView], lang: Lang) -> String {
    if rows.is_empty() {
        return lang.text(Key::CliNoOperations).to_owned();
    }
    let row = |row: &OperationView| {
        vec![
            row.number.to_string(),
            kind(&row.kind, lang),
            row.kkm.to_string(),
            operation_state(&row.state, row.code.as_deref(), lang),
            local(&row.at),
            or_dash(took(row, lang)),
            or_dash(row.report),
            or_dash(row.message.as_ref()),
        ]
    };
    let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
    table(
        &[
            Head::Name("№"),
            Head::Text(Key::CliHeadOperation),
            Head::Name("IdKkm"),
            Head::Text(Key::CliHeadState),
            Head::Text(Key::CliHeadWhen),
            Head::Amount(Key::JournalColumnTook),
            Head::Amount(Key::CliHeadReportNumber),
            Head::Text(Key::CliHeadAnswer),
        ],
        &rows,
        lang,
    )
}

/// How long the answer took, to the hundredth of a second; nothing where there was none.
fn took(row: &OperationView, lang: Lang) -> Option<String> {
    let moment = |text: &Option<String>| DateTime::parse_from_rfc3339(text.as_deref()?).ok();
    let (sent, settled) = (moment(&row.sent)?, moment(&row.settled)?);
    if row.state == "unknown" {
        return None;
    }
    let lasted = settled.signed_duration_since(sent).num_milliseconds();
    let seconds = lang.amount(lasted.max(10) / 10);
    Some(lang.fill(Key::TimeS, &[("seconds", &seconds)]))
}
