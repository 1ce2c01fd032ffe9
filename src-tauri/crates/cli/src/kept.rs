//! `archive …`, `settings …` and `recover`: what the data folder keeps.

use chrono::NaiveDate;
use domain::{ErrorCode, ReportKind};
use operations::view::{OperationView, ReportLine, SettingView};
use operations::{Desk, ReportQuery, Which};
use serde_json::json;

use crate::args::{Archive, Filters, Globals, Kind, Settings};
use crate::failure::Failure;
use crate::say::{Say, kind, local, operation_state, or_dash, table};
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
            say.result(&lines, || reports(&lines))
        }
        Archive::Export {
            file,
            filters,
            limit,
            report_lang,
            force,
        } => {
            let lang = report_lang.unwrap_or(globals.lang).texts();
            let query = query(filters, limit.unwrap_or(u32::MAX))?;
            export::run(desk, file, &query, lang, *force, say)
        }
        Archive::Show { number, output } => {
            output.refuse_one_file_for_two()?;
            let report = desk.report(*number)?;
            if report.altered {
                say.warn(
                    ErrorCode::Damaged,
                    &format!("Отчёт № {number} изменён в архиве после записи: верить ему нельзя. Выполните: smenactl archive verify."),
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
            summary::run(desk, &query, output, say)
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
    let chain = |what: &str, count: i64, broken: Option<i64>| match broken {
        None => format!("{what}: {count}. Все контрольные суммы сходятся."),
        Some(number) => format!("{what}: {count}. Первая несходящаяся запись: № {number}."),
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
            chain("Отчётов", verification.rows, verification.broken),
            chain(
                "Завершённых операций",
                verification.operations,
                verification.broken_operation
            )
        )
    })?;
    match (verification.broken, verification.broken_operation) {
        (None, None) => Ok(()),
        (Some(number), _) => Err(Failure::damaged("отчёт", number)),
        (None, Some(number)) => Err(Failure::damaged("операция", number)),
    }
}

/// A day as it is written: four digits, two and two.
fn day(text: &str) -> Result<NaiveDate, Failure> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    // Nothing that could be meant otherwise; a year of five digits is a slip of the finger.
    day.filter(|day| text.len() == 10 && day.to_string() == text)
        .ok_or_else(|| {
            Failure::usage(
                format!("«{text}» — не день календаря."),
                "Укажите день так: 2026-11-24.",
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

fn reports(lines: &[ReportLine]) -> String {
    if lines.is_empty() {
        return "Отчётов нет.".to_owned();
    }
    let row = |line: &ReportLine| {
        vec![
            line.number.to_string(),
            kind(&line.kind).to_owned(),
            line.kkm.to_string(),
            line.kkm_name.clone(),
            or_dash(line.shift_index),
            local(&line.taken),
            or_dash(line.amount.as_ref()),
        ]
    };
    let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    table(
        &["№", "Отчёт", "IdKkm", "Касса", "Смена №", "Снят", "Продажи"],
        &rows,
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
        table(&["Настройка", "Значение"], &rows)
    })
}

/// `recover`: 0 when nothing is unknown any more.
pub(crate) async fn recover(desk: &Desk, kkm: Option<i64>, say: Say) -> Result<(), Failure> {
    let rows = desk.recover(kkm.map(Which::anywhere).as_ref()).await?;
    say.result(&rows, || {
        if rows.is_empty() {
            "Выяснять нечего: исход всех операций известен.".to_owned()
        } else {
            operations(&rows)
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
pub(crate) fn operations(rows: &[OperationView]) -> String {
    if rows.is_empty() {
        return "Операций нет.".to_owned();
    }
    let row = |row: &OperationView| {
        vec![
            row.number.to_string(),
            kind(&row.kind).to_owned(),
            row.kkm.to_string(),
            operation_state(&row.state, row.code.as_deref()).to_owned(),
            local(&row.at),
            or_dash(row.message.as_ref()),
        ]
    };
    let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
    table(
        &["№", "Операция", "IdKkm", "Состояние", "Когда", "Ответ"],
        &rows,
    )
}
