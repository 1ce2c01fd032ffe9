//! The words on paper: one catalogue for each language, and the sentences that need figures.
//!
//! A language is one `Captions` constant; the compiler asks for every caption. Russian is the one there is now.

mod captions;
mod ru;

use domain::checks::{Kind, Warning};
use domain::{Report, ReportKind};

pub(crate) use captions::Captions;
pub(crate) use ru::RU;

use crate::format;

/// Of a report whose row in the archive is no longer what was written.
pub const ALTERED: &str =
    "Запись архива изменена после сохранения: это не тот отчёт, который прислал сервер.";

/// The title in running text: `Z-отчёт`, `X-отчёт`, `Отчёт по секциям`.
pub const fn kind(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::X => RU.x_report,
        ReportKind::Z => RU.z_report,
        ReportKind::Sections => RU.section_report,
    }
}

/// The title of one report, for the window, the PDF and a file's name: `Z-отчёт, смена № 128, Касса 1`.
pub fn title(report: &Report) -> String {
    let mut title = kind(report.kind).to_owned();
    let index = report.shift.as_ref().and_then(|shift| shift.index);
    if let Some(index) = index.or(report.kkm.shift_index) {
        title.push_str(&format!(", смена № {index}"));
    }
    match &report.kkm.name {
        Some(name) => title.push_str(&format!(", {name}")),
        None => title.push_str(&format!(", касса {}", report.kkm.id)),
    }
    title
}

/// What does not add up, as a sentence for a person.
pub fn warning(warning: &Warning) -> String {
    match warning {
        Warning::TotalsDoNotJoin {
            kind,
            before,
            start,
        } => format!(
            "{}: необнуляемая сумма на начало {} не равна сумме на конец прошлой смены {}.",
            kind_name(*kind),
            format::amount(*start),
            format::amount(*before)
        ),
        Warning::StartBelowZero { kind, start } => format!(
            "{}: необнуляемая сумма на начало смены меньше нуля ({}).",
            kind_name(*kind),
            format::amount(*start)
        ),
        Warning::CountDiffers { count, sum } => format!(
            "Сервер насчитал документов: {}, а операций в отчёте: {}.",
            format::count(*count),
            format::count(*sum)
        ),
        Warning::SectionsDiffer {
            kind,
            sections,
            total,
        } => format!(
            "{}: сумма по секциям {} не равна итогу {}.",
            kind_name(*kind),
            format::amount(*sections),
            format::amount(*total)
        ),
        Warning::CashDiffers { expected, reported } => format!(
            "Наличных по расчёту {}, а сервер сообщает {}.",
            format::amount(*expected),
            format::amount(*reported)
        ),
        Warning::CashNotChecked => {
            "Остаток наличных не сверен: часть торговли была безналичной.".to_owned()
        }
        Warning::Overflow => "Суммы слишком велики, чтобы их сверить.".to_owned(),
    }
}

/// What a kind of operations is called.
pub const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Sales => RU.sales,
        Kind::Purchases => RU.purchases,
        Kind::Refunds => RU.refunds,
        Kind::PurchaseRefunds => RU.purchase_refunds,
        Kind::Incomes => RU.incomes,
        Kind::Expenses => RU.expenses,
    }
}
