//! A period in figures: what the Z-reports of one or many registers come to. Our own sums, and said so on paper.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use crate::{Figures, KkmId, Money, Report, SectionId, SectionLine, ServerUrl};

/// A sum over several reports, some of which may not have told their part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    known: Option<Money>,
    /// How many reports did not tell their part.
    pub missing: i64,
    beyond: bool,
}

impl Sum {
    /// Adds the part of one report.
    pub fn add(&mut self, part: Option<Money>) {
        let Some(part) = part else {
            self.missing += 1;
            return;
        };
        match self.known.unwrap_or(Money::ZERO).checked_add(part) {
            Some(sum) => self.known = Some(sum),
            None => self.beyond = true,
        }
    }

    /// The sum of what was told; nothing if no report told anything, or the sum is beyond the range of money.
    pub fn amount(&self) -> Option<Money> {
        self.known.filter(|_| !self.beyond)
    }

    /// Whether the sum is beyond the range of money.
    pub const fn is_beyond(&self) -> bool {
        self.beyond
    }

    /// Whether there is a sum that some reports did not tell their part of: it must not look whole.
    pub fn is_partial(&self) -> bool {
        self.missing > 0 && self.amount().is_some()
    }
}

/// What several reports come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many reports.
    pub reports: i64,
    /// How many sales; nothing where a report did not tell.
    pub receipts: Option<i64>,
    /// Sales.
    pub sales: Sum,
    /// Purchases.
    pub purchases: Sum,
    /// Sale refunds.
    pub refunds: Sum,
    /// Purchase refunds.
    pub purchase_refunds: Sum,
    /// Deposits into the drawer.
    pub incomes: Sum,
    /// Withdrawals from the drawer.
    pub expenses: Sum,
    /// Discounts.
    pub discount: Sum,
    /// VAT.
    pub nds: Sum,
    /// Sales less sale refunds, where a report has both.
    pub revenue: Sum,
}

impl Tally {
    /// Whether one of the sums is beyond the range of money.
    pub fn is_beyond(&self) -> bool {
        [
            &self.sales,
            &self.purchases,
            &self.refunds,
            &self.purchase_refunds,
            &self.incomes,
            &self.expenses,
            &self.discount,
            &self.nds,
            &self.revenue,
        ]
        .into_iter()
        .any(Sum::is_beyond)
    }

    fn add(&mut self, figures: Option<&Figures>) {
        let none = Figures::default();
        let figures = figures.unwrap_or(&none);
        let totals = &figures.totals;
        self.receipts = match (self.reports, self.receipts, totals.sales.qty) {
            (0, _, first) => first,
            (_, Some(sum), Some(more)) => sum.checked_add(more),
            _ => None,
        };
        self.reports += 1;
        self.sales.add(totals.sales.amount);
        self.purchases.add(totals.purchases.amount);
        self.refunds.add(totals.refunds.amount);
        self.purchase_refunds.add(totals.purchase_refunds.amount);
        self.incomes.add(totals.incomes.amount);
        self.expenses.add(totals.expenses.amount);
        self.discount.add(figures.discount);
        self.nds.add(figures.nds);
        self.revenue.add(figures.revenue());
    }
}

/// One closed shift of the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodShift {
    /// Its Z-report's number in the archive.
    pub number: i64,
    /// Where the register lives: ids of one server mean nothing to another.
    pub server: ServerUrl,
    /// The Z-report.
    pub report: Report,
}

impl PeriodShift {
    /// When the shift was closed; when the report was taken, where the server did not tell.
    pub fn closed(&self) -> DateTime<Utc> {
        let figures = self.report.figures.as_ref();
        let shift = self.report.shift.as_ref();
        figures
            .and_then(|figures| figures.closed)
            .or(shift.and_then(|shift| shift.closed))
            .unwrap_or(self.report.taken)
    }

    /// The day on which it was closed, at the store's offset of that moment.
    pub fn day(&self, offset: impl Fn(DateTime<Utc>) -> FixedOffset) -> NaiveDate {
        let closed = self.closed();
        closed.with_timezone(&offset(closed)).date_naive()
    }

    /// What makes two reports be of one shift.
    fn identity(&self) -> (ServerUrl, KkmId, Option<i64>, i64) {
        let shift = self.report.shift.as_ref().map(|shift| shift.id.get());
        // A report that tells no shift is one of its own.
        let otherwise = if shift.is_some() { 0 } else { self.number };
        (self.server.clone(), self.report.kkm.id, shift, otherwise)
    }
}

/// One register in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodRegister {
    /// Where it lives.
    pub server: ServerUrl,
    /// Its id there.
    pub kkm: KkmId,
    /// Its name in the newest report.
    pub name: Option<String>,
    /// Its shifts together.
    pub tally: Tally,
    /// The cash in its drawer at the last closing.
    pub cash: Option<Money>,
}

/// One section in the period, over all registers of its server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodSection {
    /// Where it lives.
    pub server: ServerUrl,
    /// Its id there.
    pub id: SectionId,
    /// Its name in the newest report.
    pub name: Option<String>,
    /// Sales.
    pub sales: Sum,
    /// Sale refunds.
    pub refunds: Sum,
    /// Sales less sale refunds, where a report has both.
    pub revenue: Sum,
}

impl PeriodSection {
    fn add(&mut self, line: &SectionLine) {
        self.sales.add(line.sales);
        self.refunds.add(line.refunds);
        self.revenue.add(line.revenue());
        if let Some(name) = &line.name {
            self.name = Some(name.clone());
        }
    }

    /// Whether one of its sums is beyond the range of money.
    pub fn is_beyond(&self) -> bool {
        [&self.sales, &self.refunds, &self.revenue]
            .into_iter()
            .any(Sum::is_beyond)
    }
}

/// A period in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The first day asked for.
    pub from: Option<NaiveDate>,
    /// The last day asked for.
    pub to: Option<NaiveDate>,
    /// Everything together.
    pub total: Tally,
    /// By day of closing, in the store's time zone.
    pub days: BTreeMap<NaiveDate, Tally>,
    /// By register, in the order of their names.
    pub registers: Vec<PeriodRegister>,
    /// By section, in the order of their names, as far as the reports tell.
    pub sections: Vec<PeriodSection>,
    /// How many reports tell nothing by section.
    pub without_sections: i64,
    /// Every shift once, in the order of closing.
    pub shifts: Vec<PeriodShift>,
}

impl Period {
    /// Adds up the Z-reports of a period. A shift whose report is there twice counts once: the server's own rather than a
    /// rebuilt one, and the first of two. `offset` is what the store's clocks had at a moment: it changes over the years.
    pub fn of(
        zs: impl IntoIterator<Item = PeriodShift>,
        offset: impl Fn(DateTime<Utc>) -> FixedOffset,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Self {
        let mut once: HashMap<_, PeriodShift> = HashMap::new();
        for z in zs {
            let rank = |it: &PeriodShift| (it.report.marks.restored, it.number);
            let identity = z.identity();
            if once
                .get(&identity)
                .is_none_or(|there| rank(&z) < rank(there))
            {
                once.insert(identity, z);
            }
        }
        let mut shifts: Vec<PeriodShift> = once.into_values().collect();
        shifts.sort_by_key(|z| (z.closed(), z.number));
        let (mut total, mut days) = (Tally::default(), BTreeMap::new());
        let mut registers: HashMap<(ServerUrl, KkmId), PeriodRegister> = HashMap::new();
        for z in &shifts {
            let figures = z.report.figures.as_ref();
            total.add(figures);
            let day = z.day(&offset);
            days.entry(day).or_insert_with(Tally::default).add(figures);
            let key = (z.server.clone(), z.report.kkm.id);
            let register = registers.entry(key).or_insert_with(|| PeriodRegister {
                server: z.server.clone(),
                kkm: z.report.kkm.id,
                name: None,
                tally: Tally::default(),
                cash: None,
            });
            register.tally.add(figures);
            register.cash = figures.and_then(|figures| figures.balance_close);
            if let Some(name) = &z.report.kkm.name {
                register.name = Some(name.clone());
            }
        }
        let (sections, without_sections) = sections(&shifts);
        let mut registers: Vec<PeriodRegister> = registers.into_values().collect();
        registers.sort_by(|one, other| {
            let key = |it: &PeriodRegister| (it.name.is_none(), it.name.clone(), it.kkm);
            key(one)
                .cmp(&key(other))
                .then_with(|| one.server.cmp(&other.server))
        });
        Self {
            from,
            to,
            total,
            days,
            registers,
            sections,
            without_sections,
            shifts,
        }
    }
}

impl Period {
    /// Whether a sum somewhere in it is beyond the range of money.
    pub fn is_beyond(&self) -> bool {
        let registers = self.registers.iter().map(|it| &it.tally);
        let mut tallies = self.days.values().chain(registers).chain([&self.total]);
        tallies.any(Tally::is_beyond) || self.sections.iter().any(PeriodSection::is_beyond)
    }
}

/// The sections of these shifts, which are in the order of closing, and how many shifts tell of none.
fn sections(shifts: &[PeriodShift]) -> (Vec<PeriodSection>, i64) {
    let mut without = 0;
    let mut all: BTreeMap<(ServerUrl, SectionId), PeriodSection> = BTreeMap::new();
    for z in shifts {
        let Some(lines) = &z.report.sections else {
            without += 1;
            continue;
        };
        for line in lines {
            let section = all.entry((z.server.clone(), line.id));
            let new = || PeriodSection {
                server: z.server.clone(),
                id: line.id,
                name: None,
                sales: Sum::default(),
                refunds: Sum::default(),
                revenue: Sum::default(),
            };
            section.or_insert_with(new).add(line);
        }
    }
    let mut all: Vec<PeriodSection> = all.into_values().collect();
    all.sort_by(|one, other| {
        let key = |it: &PeriodSection| (it.name.is_none(), it.name.clone());
        key(one).cmp(&key(other))
    });
    (all, without)
}

#[cfg(test)]
mod tests;
