//! The X-report, the Z-report and the section report.

use domain::checks::Kind;
use domain::{Report, ReportKind, Totals};
use texts::{Key, Lang};

use super::{Block, Document, Options, Writer, figures, foot, head};

/// A report, with the checks that need nothing but the report itself.
pub fn report(report: &Report, options: &Options) -> Document {
    report_after(report, options, None)
}

/// As [`report`], checked also against the archived totals of the shift before on the same register.
pub fn report_after(report: &Report, options: &Options, before: Option<&Totals>) -> Document {
    let mut writer = Writer::new(options);
    head::marks(&mut writer, report.marks);
    head::register(&mut writer, &report.kkm);
    let (title, subtitle) = match report.kind {
        ReportKind::X => (Key::PaperXTitle, Some(Key::PaperXSubtitle)),
        ReportKind::Z => (Key::PaperZTitle, Some(Key::PaperZSubtitle)),
        ReportKind::Sections => (Key::PaperSectionTitle, None),
    };
    let index = report.shift_index();
    head::title(&mut writer, title, subtitle, index);
    shift(&mut writer, report);
    figures::write(&mut writer, report);
    foot::write(&mut writer, report, before);
    let title = head::of_shift(&writer, name(report.kind), &report.kkm, index);
    writer.finish(title, report.taken)
}

/// What a kind of report is called in running text: `Z-отчёт`.
const fn name(kind: ReportKind) -> Key {
    match kind {
        ReportKind::X => Key::PaperXReport,
        ReportKind::Z => Key::PaperZReport,
        ReportKind::Sections => Key::PaperSectionReport,
    }
}

/// What a kind of operations is called.
pub fn kind_name(kind: Kind, lang: Lang) -> &'static str {
    lang.text(match kind {
        Kind::Sales => Key::PaperSales,
        Kind::Purchases => Key::PaperPurchases,
        Kind::Refunds => Key::PaperRefunds,
        Kind::PurchaseRefunds => Key::PaperPurchaseRefunds,
        Kind::Incomes => Key::PaperIncomes,
        Kind::Expenses => Key::PaperExpenses,
    })
}

/// Opened, closed, taken, and who the cashier is.
fn shift(writer: &mut Writer<'_>, report: &Report) {
    let figures = report.figures.as_ref();
    let shift = report.shift.as_ref();
    let opened = figures
        .and_then(|figures| figures.opened)
        .or(shift.map(|shift| shift.opened));
    let closed = figures
        .and_then(|figures| figures.closed)
        .or(shift.and_then(|shift| shift.closed))
        .filter(|_| report.kind == ReportKind::Z);
    let taken = figures.and_then(|figures| figures.taken);
    let values = [
        (Key::PaperOpened, head::moment(writer, opened)),
        (Key::PaperClosed, head::moment(writer, closed)),
        (
            Key::PaperTaken,
            head::moment(writer, Some(taken.unwrap_or(report.taken))),
        ),
        (
            Key::PaperCashier,
            shift.and_then(|shift| shift.user_name.clone()),
        ),
        (
            Key::PaperOperatorCode,
            figures.and_then(|figures| figures.operator_code.clone()),
        ),
    ];
    head::pairs(writer, values);
    writer.push(Block::Heavy);
    let currency = writer.caption(Key::PaperCurrency);
    writer.push(Block::Currency(currency));
}
