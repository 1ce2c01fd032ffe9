//! The report model: one shape for X-, Z- and section reports. A missing value was not reported and is never shown as 0.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Document, Kkm, Money, SectionId, Shift};

/// Which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportKind {
    /// A reading that resets nothing; recorded by the server.
    X,
    /// The report that closes the shift.
    Z,
    /// Sums by section.
    Sections,
}

impl ReportKind {
    /// `x`, `z` or `sections`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::X => "x",
            Self::Z => "z",
            Self::Sections => "sections",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::X, Self::Z, Self::Sections]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// One kind of operation in a shift.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// How many operations.
    pub qty: Option<i64>,
    /// The shift's sum.
    pub amount: Option<Money>,
    /// The non-resettable total over all shifts, this one included.
    pub cumulative: Option<Money>,
}

impl Counter {
    /// The non-resettable total at the start of the shift: `Cumulative − Amount`, where both are known.
    pub fn at_start(&self) -> Option<Money> {
        self.cumulative?.checked_sub(self.amount?)
    }
}

/// `Total`: the six kinds of operations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Sales.
    pub sales: Counter,
    /// Purchases.
    pub purchases: Counter,
    /// Sale refunds.
    pub refunds: Counter,
    /// Purchase refunds.
    pub purchase_refunds: Counter,
    /// Withdrawals (служебный расход).
    pub expenses: Counter,
    /// Deposits (служебный приход).
    pub incomes: Counter,
}

impl Totals {
    /// The six kinds in the order of the printed form.
    pub const fn all(&self) -> [&Counter; 6] {
        [
            &self.sales,
            &self.purchases,
            &self.refunds,
            &self.purchase_refunds,
            &self.incomes,
            &self.expenses,
        ]
    }

    /// The four kinds that have a non-resettable total on the printed form, in its order.
    pub const fn fiscal(&self) -> [&Counter; 4] {
        [
            &self.sales,
            &self.purchases,
            &self.refunds,
            &self.purchase_refunds,
        ]
    }
}

/// The figures of an X- or Z-report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The six kinds of operations.
    pub totals: Totals,
    /// Cash at opening.
    pub balance_open: Option<Money>,
    /// Cash now (X) or at closing (Z).
    pub balance_close: Option<Money>,
    /// Non-cash money now or at closing.
    pub balance_close_non_cash: Option<Money>,
    /// `TotalAmount`.
    pub total_amount: Option<Money>,
    /// `TotalCashReceivedAmount`.
    pub received: Option<Money>,
    /// `TotalChangeAmount`.
    pub change: Option<Money>,
    /// `TotalDiscountAmount`.
    pub discount: Option<Money>,
    /// `TotalMarkupAmount`.
    pub markup: Option<Money>,
    /// `TotalNdsAmount`: VAT.
    pub nds: Option<Money>,
    /// How many operations the server counts.
    pub count: Option<i64>,
    /// `OperatorCode`, where it is not empty.
    pub operator_code: Option<String>,
    /// `DateOpen` (Z).
    pub opened: Option<DateTime<Utc>>,
    /// `DateClose` (Z).
    pub closed: Option<DateTime<Utc>>,
    /// `DateReportTaken` (Z).
    pub taken: Option<DateTime<Utc>>,
}

impl Figures {
    /// Revenue, our own figure: sales less sale refunds, where both are known.
    pub fn revenue(&self) -> Option<Money> {
        self.totals
            .sales
            .amount?
            .checked_sub(self.totals.refunds.amount?)
    }
}

/// One section of the section report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionLine {
    /// The section.
    pub id: SectionId,
    /// Its name.
    pub name: Option<String>,
    /// Sales.
    pub sales: Option<Money>,
    /// Purchases.
    pub purchases: Option<Money>,
    /// Sale refunds.
    pub refunds: Option<Money>,
    /// Purchase refunds.
    pub purchase_refunds: Option<Money>,
}

impl SectionLine {
    /// Its sums, in the order of [`Totals::fiscal`].
    pub const fn sums(&self) -> [Option<Money>; 4] {
        [
            self.sales,
            self.purchases,
            self.refunds,
            self.purchase_refunds,
        ]
    }

    /// Revenue, our own figure: sales less sale refunds, where both are known.
    pub fn revenue(&self) -> Option<Money> {
        self.sales?.checked_sub(self.refunds?)
    }
}

/// What the manager counted in the drawer before closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashCount {
    /// What is in the drawer.
    pub counted: Money,
    /// What the server says should be there, where it said so.
    pub expected: Option<Money>,
    /// Why they differ.
    pub reason: Option<String>,
}

impl CashCount {
    /// Over (positive) or short (negative), where it can be told.
    pub fn difference(&self) -> Option<Money> {
        self.counted.checked_sub(self.expected?)
    }
}

/// What is stamped on a report because of how it came about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// УЧЕБНЫЙ: made in training.
    pub training: bool,
    /// АВТОНОМНЫЙ РЕЖИМ: the operation carried a Date.
    pub autonomous: bool,
    /// ВОССТАНОВЛЕН: rebuilt from the last readings because the server no longer gives the original.
    pub restored: bool,
}

/// A report as it is archived and printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// X, Z or sections.
    pub kind: ReportKind,
    /// The register, as it was then.
    pub kkm: Kkm,
    /// The shift, where it was read.
    pub shift: Option<Shift>,
    /// The figures of an X or Z.
    pub figures: Option<Figures>,
    /// Sums by section, where they were taken.
    pub sections: Option<Vec<SectionLine>>,
    /// The shift's documents, where the report carries them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// When it was taken, UTC.
    pub taken: DateTime<Utc>,
    /// The cash count, where one was made.
    pub cash_count: Option<CashCount>,
    /// Stamps.
    pub marks: Marks,
}

impl Report {
    /// The sales of the shift so far; of a section report, of all its sections together.
    pub fn sales(&self) -> Option<Money> {
        match (&self.figures, &self.sections) {
            (Some(figures), _) => figures.totals.sales.amount,
            (None, Some(lines)) => lines
                .iter()
                .try_fold(Money::ZERO, |sum, line| sum.checked_add(line.sales?)),
            (None, None) => None,
        }
    }

    /// The shift's number on its register, of the shift or of the register as it was then.
    pub fn shift_index(&self) -> Option<i64> {
        let shift = self.shift.as_ref();
        shift.and_then(|shift| shift.index).or(self.kkm.shift_index)
    }
}
