//! `archive continuity`: whether the Z-reports follow on one another. Findings are its result, and no failure of it.

use std::fmt::Display;

use operations::view::{ContinuityView, RegisterContinuity};
use operations::{Desk, Which};
use texts::{Key, Lang};

use crate::failure::Failure;
use crate::say::{Head, Say, table};

/// `archive continuity`.
pub(crate) fn run(desk: &Desk, kkm: Option<i64>, say: Say) -> Result<(), Failure> {
    let found = desk.continuity(kkm.map(Which::anywhere).as_ref())?;
    say.result(&found, || people(&found, say.lang))
}

fn people(found: &ContinuityView, lang: Lang) -> String {
    if found.registers.is_empty() {
        return lang.text(Key::CliNoZs).to_owned();
    }
    let rows: Vec<Vec<String>> = found
        .registers
        .iter()
        .map(|it| register(it, lang))
        .collect();
    let mut text = table(
        &[
            Head::Name("IdKkm"),
            Head::Text(Key::CliHeadRegister),
            Head::Text(Key::CliHeadServer),
            Head::Text(Key::CliHeadZReports),
            Head::Text(Key::CliHeadShifts),
            Head::Text(Key::CliHeadFindings),
        ],
        &rows,
        lang,
    );
    for register in found.registers.iter().filter(|it| !it.findings.is_empty()) {
        text.push_str(&format!(
            "\n\n{} (IdKkm {}, {})",
            register.kkm_name, register.kkm, register.server
        ));
        for finding in &register.findings {
            let [before, after] = finding.reports;
            let between: [(&str, &dyn Display); 2] = [("before", &before), ("after", &after)];
            let between = lang.fill(Key::CliBetweenReports, &between);
            text.push_str(&format!("\n  {} {between}", finding.message));
        }
    }
    if found.untold > 0 {
        text.push_str("\n\n");
        text.push_str(&lang.fill(Key::CliMoreFindings, &[("count", &found.untold)]));
    }
    text.push_str("\n\n");
    text.push_str(lang.text(if found.whole {
        Key::CliNoFindings
    } else {
        Key::CliOpenAReport
    }));
    text
}

fn register(register: &RegisterContinuity, lang: Lang) -> Vec<String> {
    let shifts = match (register.first_shift, register.last_shift) {
        (Some(first), Some(last)) => format!("{first}–{last}"),
        _ => "—".to_owned(),
    };
    let mut reports = register.reports.to_string();
    let notes = [
        (register.restored, Key::CliRebuilt),
        (register.unnumbered, Key::CliUnnumbered),
    ];
    for (count, what) in notes.into_iter().filter(|(count, _)| *count > 0) {
        reports.push_str(&format!(", {} {count}", lang.text(what)));
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
