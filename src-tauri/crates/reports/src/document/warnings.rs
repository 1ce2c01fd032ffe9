//! What does not add up, as sentences for a person: the same on paper and on the screen.

use domain::checks::Warning;
use domain::{Report, Totals};
use texts::{Key, Lang};

use super::kind_name;
use crate::format::amount;

/// What does not add up in a report, as sentences.
pub fn warnings(report: &Report, lang: Lang) -> Vec<String> {
    warnings_after(report, None, lang)
}

/// As [`warnings`], checked also against the archived totals of the shift before on the same register.
pub fn warnings_after(report: &Report, before: Option<&Totals>, lang: Lang) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for warning in domain::checks::warnings(report, before) {
        let sentence = sentence(&warning, lang);
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}

fn sentence(warning: &Warning, lang: Lang) -> String {
    let written = |money| amount(money, lang);
    match warning {
        Warning::TotalsDoNotJoin {
            kind,
            before,
            start,
        } => lang.fill(
            Key::PaperWarningTotalsDoNotJoin,
            &[
                ("kind", &kind_name(*kind, lang)),
                ("before", &written(*before)),
                ("start", &written(*start)),
            ],
        ),
        Warning::StartBelowZero { kind, start } => lang.fill(
            Key::PaperWarningStartBelowZero,
            &[
                ("kind", &kind_name(*kind, lang)),
                ("start", &written(*start)),
            ],
        ),
        Warning::CountDiffers { count, sum } => lang.fill(
            Key::PaperWarningCountDiffers,
            &[("count", &lang.whole(*count)), ("sum", &lang.whole(*sum))],
        ),
        Warning::SectionsDiffer {
            kind,
            sections,
            total,
        } => lang.fill(
            Key::PaperWarningSectionsDiffer,
            &[
                ("kind", &kind_name(*kind, lang)),
                ("sections", &written(*sections)),
                ("total", &written(*total)),
            ],
        ),
        Warning::CashDiffers { expected, reported } => lang.fill(
            Key::PaperWarningCashDiffers,
            &[
                ("expected", &written(*expected)),
                ("reported", &written(*reported)),
            ],
        ),
        Warning::CashNotChecked => lang.text(Key::PaperWarningCashNotChecked).to_owned(),
        Warning::Overflow => lang.text(Key::PaperWarningOverflow).to_owned(),
    }
}
