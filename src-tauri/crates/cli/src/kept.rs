//! `archive …`, `journal …`, `settings …` and `recover`: what the data folder keeps.

use domain::ReportKind;
use operations::view::{OperationView, ReportLine, SettingView};
use operations::{Desk, Which};
use serde_json::json;

use crate::args::{Archive, Journal, Kind, Settings};
use crate::failure::Failure;
use crate::readings;
use crate::say::{Say, card, kind, local, operation_state, or_dash, table};

/// `archive …`.
pub(crate) fn archive(desk: &Desk, command: &Archive, say: Say) -> Result<(), Failure> {
    match command {
        Archive::List { kkm, kind, limit } => {
            let lines = desk.reports(
                kkm.map(Which::anywhere).as_ref(),
                kind.map(report_kind),
                *limit,
            )?;
            say.result(&lines, || reports(&lines))
        }
        Archive::Show { number, output } => {
            let report = desk.report(*number)?;
            readings::show(desk, &report, output, say)
        }
        Archive::Verify => verify(desk, say),
    }
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

/// `journal …`.
pub(crate) fn journal(desk: &Desk, command: &Journal, say: Say) -> Result<(), Failure> {
    match command {
        Journal::List { unresolved } => {
            let rows = desk.operations(*unresolved)?;
            say.result(&rows, || operations(&rows))
        }
        Journal::Show { number } => {
            let row = desk.operation(*number)?;
            say.result(&row, || operation(&row))
        }
    }
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

fn operations(rows: &[OperationView]) -> String {
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

fn operation(row: &OperationView) -> String {
    card(&[
        ("№", Some(row.number.to_string())),
        ("Операция", Some(kind(&row.kind).to_owned())),
        ("IdKkm", Some(row.kkm.to_string())),
        (
            "Состояние",
            Some(operation_state(&row.state, row.code.as_deref()).to_owned()),
        ),
        ("Когда", Some(local(&row.at))),
        ("Ответ", row.message.clone()),
    ])
}
