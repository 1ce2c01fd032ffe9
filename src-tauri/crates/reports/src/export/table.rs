//! What the rows and columns are: one place for a column's head, width and value.

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::{Counter, Document, Money, Report, ReportKind, SectionLine};
use texts::{Key, Lang};

use super::{Archived, Setting};
use crate::receipt::receipt_kind;

/// A value that was reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// A name, a code, a reason.
    Text(String),
    /// A number that is a name: of a report, a shift, a register.
    Id(i64),
    /// How many.
    Count(i64),
    /// Money.
    Amount(Money),
    /// A time on the store's clock.
    Time(NaiveDateTime),
}

/// What a row is made of.
pub(super) struct Line<'a> {
    archived: &'a Archived<'a>,
    setting: &'a Setting,
    section: Option<&'a SectionLine>,
    document: Option<&'a Document>,
}

type Value = Box<dyn Fn(&Line<'_>) -> Option<Cell> + Send>;

/// A column.
pub(super) struct Column {
    /// What stands in the first row.
    pub(super) head: String,
    /// In characters.
    pub(super) width: u8,
    /// Whether a sum over reports means anything.
    pub(super) summed: bool,
    value: Value,
}

impl Column {
    fn new(
        head: impl Into<String>,
        width: u8,
        value: impl Fn(&Line<'_>) -> Option<Cell> + Send + 'static,
    ) -> Self {
        Self {
            head: head.into(),
            width,
            summed: false,
            value: Box::new(value),
        }
    }

    fn summed(mut self) -> Self {
        self.summed = true;
        self
    }

    /// The value in a row; `None` was not reported.
    pub(super) fn value(&self, line: &Line<'_>) -> Option<Cell> {
        (self.value)(line)
    }
}

impl<'a> Line<'a> {
    /// The row of a report.
    pub(super) fn report(archived: &'a Archived<'a>, setting: &'a Setting) -> Self {
        Self {
            archived,
            setting,
            section: None,
            document: None,
        }
    }

    /// The rows of its sections.
    pub(super) fn sections(
        archived: &'a Archived<'a>,
        setting: &'a Setting,
    ) -> impl Iterator<Item = Self> {
        let sections = archived.report.sections.iter().flatten();
        sections.map(move |section| Self {
            section: Some(section),
            ..Self::report(archived, setting)
        })
    }

    /// The rows of its documents.
    pub(super) fn documents(
        archived: &'a Archived<'a>,
        setting: &'a Setting,
    ) -> impl Iterator<Item = Self> {
        archived.report.documents.iter().map(move |document| Self {
            document: Some(document),
            ..Self::report(archived, setting)
        })
    }

    fn time(&self, time: DateTime<Utc>) -> Cell {
        Cell::Time(self.setting.zone.local(time).naive_local())
    }

    /// Whether it is of a Z-report: each shift has one, while the others are readings of what is in it.
    pub(super) fn is_z(&self) -> bool {
        self.it().kind == ReportKind::Z
    }

    fn it(&self) -> &'a Report {
        self.archived.report
    }
}

fn text(value: Option<&String>) -> Option<Cell> {
    value.map(|value| Cell::Text(value.clone()))
}

/// The columns of the table of reports.
pub(super) fn reports(lang: Lang) -> Vec<Column> {
    let mut columns = identity(lang);
    columns.extend(whose(lang));
    columns.extend(kinds(lang));
    columns.extend(sums(lang));
    columns.extend(cash_count(lang));
    columns.extend(record(lang));
    columns
}

/// The place of the column that says a report's kind, from 0.
pub(super) const KIND: u16 = 1;

/// What stands in that column.
pub(super) fn kind_name(kind: ReportKind, lang: Lang) -> &'static str {
    lang.text(match kind {
        ReportKind::X => Key::PaperXReport,
        ReportKind::Z => Key::PaperZReport,
        ReportKind::Sections => Key::PaperSectionReport,
    })
}

/// Number, kind, register: the columns that stay in view.
fn identity(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.text(Key::PaperArchive), 10, |line| {
            Some(Cell::Id(line.archived.number))
        }),
        Column::new(lang.text(Key::ExportKind), 18, move |line| {
            Some(Cell::Text(kind_name(line.it().kind, lang).to_owned()))
        }),
        Column::new(lang.text(Key::PaperRegister), 24, |line| {
            text(line.it().kkm.name.as_ref())
        }),
        Column::new(lang.text(Key::ExportKkm), 10, |line| {
            Some(Cell::Id(line.it().kkm.id.get()))
        }),
    ]
}

fn shift_number(lang: Lang) -> Column {
    Column::new(lang.text(Key::PaperShift), 10, |line| {
        Some(Cell::Id(line.it().shift_index()?))
    })
}

fn taken(lang: Lang) -> Column {
    Column::new(lang.text(Key::PaperTaken), 17, |line| {
        Some(line.time(line.it().taken))
    })
}

fn whose(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.text(Key::ExportTaxpayer), 28, |line| {
            text(line.it().kkm.taxpayer.as_ref())
        }),
        Column::new(lang.text(Key::PaperBin), 14, |line| {
            text(line.it().kkm.bin.as_ref())
        }),
        Column::new(lang.text(Key::PaperZnm), 14, |line| {
            text(line.it().kkm.znm.as_ref())
        }),
        Column::new(lang.text(Key::PaperRnm), 14, |line| {
            text(line.it().kkm.rnm.as_ref())
        }),
        shift_number(lang),
        Column::new(lang.text(Key::PaperOpened), 17, |line| {
            let reported = line.it().figures.as_ref().and_then(|it| it.opened);
            let shift = line.it().shift.as_ref().map(|shift| shift.opened);
            Some(line.time(reported.or(shift)?))
        }),
        Column::new(lang.text(Key::PaperClosed), 17, |line| {
            let reported = line.it().figures.as_ref().and_then(|it| it.closed);
            let shift = line.it().shift.as_ref().and_then(|shift| shift.closed);
            Some(line.time(reported.or(shift)?))
        }),
        taken(lang),
        Column::new(lang.text(Key::PaperCashier), 24, |line| {
            text(line.it().shift.as_ref()?.user_name.as_ref())
        }),
    ]
}

fn kinds(lang: Lang) -> Vec<Column> {
    let names = [
        Key::PaperSales,
        Key::PaperPurchases,
        Key::PaperRefunds,
        Key::PaperPurchaseRefunds,
        Key::PaperIncomes,
        Key::PaperExpenses,
    ];
    fn counter<'a>(line: &Line<'a>, place: usize) -> Option<&'a Counter> {
        let totals = &line.it().figures.as_ref()?.totals;
        totals.all().get(place).copied()
    }
    let columns = names.into_iter().enumerate().flat_map(|(place, name)| {
        let head = |form| lang.fill(form, &[("name", &lang.text(name))]);
        [
            Column::new(head(Key::ExportCount), 12, move |line| {
                Some(Cell::Count(counter(line, place)?.qty?))
            })
            .summed(),
            Column::new(head(Key::ExportAmount), 17, move |line| {
                Some(Cell::Amount(counter(line, place)?.amount?))
            })
            .summed(),
            Column::new(head(Key::ExportCumulative), 19, move |line| {
                Some(Cell::Amount(counter(line, place)?.cumulative?))
            }),
        ]
    });
    columns.collect()
}

fn ours(lang: Lang, name: Key) -> String {
    lang.fill(Key::ExportOurs, &[("name", &lang.text(name))])
}

fn sums(lang: Lang) -> Vec<Column> {
    type Figure = fn(&domain::Figures) -> Option<Money>;
    let sum = |name: Key, figure: Figure| {
        Column::new(lang.text(name), 16, move |line| {
            Some(Cell::Amount(figure(line.it().figures.as_ref()?)?))
        })
    };
    vec![
        sum(Key::PaperReceived, |it| it.received).summed(),
        sum(Key::PaperChange, |it| it.change).summed(),
        sum(Key::PaperDiscount, |it| it.discount).summed(),
        sum(Key::PaperMarkup, |it| it.markup).summed(),
        sum(Key::PaperNds, |it| it.nds).summed(),
        sum(Key::PaperBalanceOpen, |it| it.balance_open),
        sum(Key::PaperBalanceClose, |it| it.balance_close),
        sum(Key::PaperNonCash, |it| it.balance_close_non_cash),
        Column::new(ours(lang, Key::PaperRevenue), 17, |line| {
            Some(Cell::Amount(line.it().figures.as_ref()?.revenue()?))
        })
        .summed(),
        Column::new(lang.text(Key::PaperDocuments), 12, |line| {
            Some(Cell::Count(line.it().figures.as_ref()?.count?))
        })
        .summed(),
    ]
}

fn cash_count(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.text(Key::ExportCashCounted), 16, |line| {
            Some(Cell::Amount(line.it().cash_count.as_ref()?.counted))
        }),
        Column::new(lang.text(Key::ExportCashExpected), 16, |line| {
            Some(Cell::Amount(line.it().cash_count.as_ref()?.expected?))
        }),
        Column::new(ours(lang, Key::ExportCashDifference), 20, |line| {
            Some(Cell::Amount(line.it().cash_count.as_ref()?.difference()?))
        })
        .summed(),
        Column::new(lang.text(Key::ExportCashReason), 28, |line| {
            text(line.it().cash_count.as_ref()?.reason.as_ref())
        }),
    ]
}

fn record(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.text(Key::ExportMarks), 20, move |line| {
            let marks = line.it().marks;
            let words = [
                (marks.training, Key::PaperTraining),
                (marks.autonomous, Key::PaperAutonomous),
                (marks.restored, Key::PaperRestored),
                (!line.archived.intact, Key::PaperAltered),
            ];
            let set = words.into_iter().filter(|(set, _)| *set);
            let words: Vec<_> = set.map(|(_, key)| lang.text(key)).collect();
            (!words.is_empty()).then(|| Cell::Text(words.join(", ")))
        }),
        Column::new(lang.text(Key::ExportServer), 28, |line| {
            Some(Cell::Text(line.archived.server.to_owned()))
        }),
        Column::new(lang.text(Key::ExportHash), 66, |line| {
            Some(Cell::Text(line.archived.hash.to_owned()))
        }),
    ]
}

/// The columns of the table of sections.
pub(super) fn sections(lang: Lang) -> Vec<Column> {
    type Sum = fn(&SectionLine) -> Option<Money>;
    let sum = |name: Key, sum: Sum| {
        Column::new(lang.text(name), 17, move |line| {
            Some(Cell::Amount(sum(line.section?)?))
        })
        .summed()
    };
    let mut columns = identity(lang);
    columns.extend([
        shift_number(lang),
        taken(lang),
        Column::new(lang.text(Key::ExportSectionId), 12, |line| {
            Some(Cell::Id(line.section?.id.get()))
        }),
        Column::new(lang.text(Key::PaperSection), 28, |line| {
            text(line.section?.name.as_ref())
        }),
        sum(Key::PaperSales, |it| it.sales),
        sum(Key::PaperPurchases, |it| it.purchases),
        sum(Key::PaperRefunds, |it| it.refunds),
        sum(Key::PaperPurchaseRefunds, |it| it.purchase_refunds),
    ]);
    columns
}

/// The columns of the table of documents. Their sums are of many kinds, so none is added up.
pub(super) fn documents(lang: Lang) -> Vec<Column> {
    type Sum = fn(&Document) -> Option<Money>;
    let sum = |name: Key, sum: Sum| {
        Column::new(lang.text(name), 16, move |line| {
            Some(Cell::Amount(sum(line.document?)?))
        })
    };
    let mut columns = identity(lang);
    columns.extend([
        shift_number(lang),
        Column::new(lang.text(Key::PaperDocumentAt), 17, |line| {
            Some(line.time(line.document?.at?))
        }),
        Column::new(lang.text(Key::PaperDocumentNumber), 12, |line| {
            Some(Cell::Id(line.document?.number?))
        }),
        Column::new(lang.text(Key::PaperDocumentKind), 20, move |line| {
            receipt_kind(line.document?, lang).map(Cell::Text)
        }),
        sum(Key::ExportDocumentValue, |it| it.value),
        sum(Key::PaperDocumentCash, |it| it.cash),
        sum(Key::PaperDocumentNonCash, |it| it.non_cash),
        sum(Key::ExportDocumentMobile, |it| it.mobile),
        sum(Key::PaperChange, |it| it.change),
        Column::new(lang.text(Key::PaperDocumentFiscal), 18, |line| {
            text(line.document?.fiscal_number.as_ref())
        }),
        Column::new(lang.text(Key::ExportDocumentAutonomous), 18, |line| {
            text(line.document?.autonomous_number.as_ref())
        }),
        Column::new(lang.text(Key::ExportDocumentOffline), 14, move |line| {
            let key = match line.document?.offline? {
                true => Key::ExportYes,
                false => Key::ExportNo,
            };
            Some(Cell::Text(lang.text(key).to_owned()))
        }),
        Column::new(lang.text(Key::ExportDocumentId), 16, |line| {
            Some(Cell::Id(line.document?.id?))
        }),
    ]);
    columns
}
