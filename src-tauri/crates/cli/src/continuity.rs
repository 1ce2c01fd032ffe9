//! `archive continuity`: whether the Z-reports follow on one another. Findings are its result, and no failure of it.

use operations::continuity::{ContinuityView, RegisterContinuity};
use operations::{Desk, Which};

use crate::failure::Failure;
use crate::say::{Say, table};

/// `archive continuity`.
pub(crate) fn run(desk: &Desk, kkm: Option<i64>, say: Say) -> Result<(), Failure> {
    let found = desk.continuity(kkm.map(Which::anywhere).as_ref())?;
    say.result(&found, || people(&found))
}

fn people(found: &ContinuityView) -> String {
    if found.registers.is_empty() {
        return "Z-отчётов нет.".to_owned();
    }
    let rows: Vec<Vec<String>> = found.registers.iter().map(register).collect();
    let mut text = table(
        &[
            "IdKkm",
            "Касса",
            "Сервер",
            "Z-отчётов",
            "Смены №",
            "Замечаний",
        ],
        &rows,
    );
    for register in found.registers.iter().filter(|it| !it.findings.is_empty()) {
        text.push_str(&format!(
            "\n\n{} (IdKkm {}, {})",
            register.kkm_name, register.kkm, register.server
        ));
        for finding in &register.findings {
            let [before, after] = finding.reports;
            text.push_str(&format!(
                "\n  {} Отчёты № {before} и № {after}.",
                finding.message
            ));
        }
    }
    if found.untold > 0 {
        text.push_str(&format!("\n\nИ ещё замечаний: {}.", found.untold));
    }
    text.push_str(if found.whole {
        "\n\nЗамечаний нет."
    } else {
        "\n\nНомер отчёта откроет: smenactl archive show №."
    });
    text
}

fn register(register: &RegisterContinuity) -> Vec<String> {
    let shifts = match (register.first_shift, register.last_shift) {
        (Some(first), Some(last)) => format!("{first}–{last}"),
        _ => "—".to_owned(),
    };
    let mut reports = register.reports.to_string();
    let notes = [
        (register.restored, "восстановлено"),
        (register.unnumbered, "без номера"),
    ];
    for (count, what) in notes.into_iter().filter(|(count, _)| *count > 0) {
        reports.push_str(&format!(", {what} {count}"));
    }
    vec![
        register.kkm.to_string(),
        register.kkm_name.clone(),
        register.server.clone(),
        reports,
        shifts,
        register.findings.len().to_string(),
    ]
}
