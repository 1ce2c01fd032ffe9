//! What a summary must say of itself, lest it look whole: sums with parts untold, gaps in the archive, reports left out.

use std::fmt::Display;

use domain::KkmId;
use domain::period::{Period, Sum, Tally};
use texts::{Key, Lang};

use super::head;

/// What stands beside the number of a shift whose report was rebuilt.
pub(super) const REBUILT: &str = "†";

/// Shifts of a register whose Z-reports the archive does not have, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Where the register lives.
    pub server: String,
    /// The register.
    pub kkm: KkmId,
    /// Its name.
    pub name: Option<String>,
    /// The first missing number.
    pub first: i64,
    /// The last missing number.
    pub last: i64,
}

/// The name of a sum, and the sum.
type Named = (Key, fn(&Tally) -> &Sum);

/// The sums of the tables.
pub(super) const SUMS: [Named; 4] = [
    (Key::PaperSales, |it| &it.sales),
    (Key::PaperRefunds, |it| &it.refunds),
    (Key::PaperNds, |it| &it.nds),
    (Key::PaperRevenue, |it| &it.revenue),
];

/// Which of these rows have a sum that not every report told its part of: a sentence for each sum.
pub fn partly(rows: &[(String, Tally)], lang: Lang) -> Vec<String> {
    let sentences = SUMS.into_iter().filter_map(|(name, sum)| {
        let partial = rows.iter().filter(|(_, tally)| sum(tally).is_partial());
        let partial: Vec<&str> = partial.map(|(name, _)| name.as_str()).collect();
        let values: [(&str, &dyn Display); 2] =
            [("name", &lang.text(name)), ("rows", &partial.join(", "))];
        (!partial.is_empty()).then(|| lang.fill(Key::SummaryPartly, &values))
    });
    sentences.collect()
}

/// Where the archive lacks shifts, which reports are left out because they were edited, which were rebuilt, and how many tell
/// nothing by section where others do.
pub fn remarks(period: &Period, gaps: &[Gap], left_out: &[i64], lang: Lang) -> Vec<String> {
    let gaps = gaps.iter().map(|gap| {
        let values: [(&str, &dyn Display); 3] = [
            ("register", &head::named(gap.name.as_deref(), gap.kkm)),
            ("first", &gap.first),
            ("last", &gap.last),
        ];
        lang.fill(Key::PaperWarningMissingShifts, &values)
    });
    let rebuilt: Vec<i64> = rebuilt(period).collect();
    let lists = [
        (Key::SummaryLeftOut, left_out),
        (Key::SummaryRebuilt, &rebuilt),
    ];
    let lists = lists
        .into_iter()
        .filter(|(_, numbers)| !numbers.is_empty())
        .map(|(key, numbers)| {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            let values: [(&str, &dyn Display); 2] =
                [("mark", &REBUILT), ("numbers", &numbers.join(", "))];
            lang.fill(key, &values)
        });
    let without = period.without_sections;
    let without = (without > 0 && !period.sections.is_empty()).then(|| {
        let values: [(&str, &dyn Display); 2] = [
            ("count", &lang.whole(without)),
            ("all", &lang.whole(period.total.reports)),
        ];
        lang.fill(Key::SummaryWithoutSections, &values)
    });
    gaps.chain(lists).chain(without).collect()
}

/// The reports that the program put together itself, by their numbers in the archive.
pub fn rebuilt(period: &Period) -> impl Iterator<Item = i64> {
    let shifts = period.shifts.iter();
    shifts.filter(|z| z.report.marks.restored).map(|z| z.number)
}
