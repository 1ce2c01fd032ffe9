//! A period in figures: what the Z-reports of one or many registers come to. Our own sums, and said so on paper.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use crate::{Figures, KkmId, Money, Report, ServerUrl};

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
            shifts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Counter, Kkm, Marks, ReportKind, Shift, ShiftId, ShiftStatus, UserId};

    fn money(tiyn: i64) -> Option<Money> {
        Some(Money::from_tiyn(tiyn).unwrap())
    }

    /// A shift of `kkm` closed on `day` at 20:00 UTC.
    fn z(number: i64, kkm: i64, day: u32, sales: Option<Money>) -> PeriodShift {
        let closed: DateTime<Utc> = format!("2026-11-{day:02}T20:00:00Z").parse().unwrap();
        let mut figures = Figures {
            closed: Some(closed),
            balance_close: money(number),
            ..Figures::default()
        };
        figures.totals.sales = Counter {
            qty: Some(3),
            amount: sales,
            cumulative: None,
        };
        figures.totals.refunds.amount = money(1);
        PeriodShift {
            number,
            server: ServerUrl::parse("https://kassa.test").unwrap(),
            report: Report {
                kind: ReportKind::Z,
                kkm: Kkm {
                    name: Some(format!("Касса {kkm}")),
                    ..Kkm::bare(KkmId::new(kkm))
                },
                shift: Some(Shift {
                    id: ShiftId::new(number * 10),
                    user: UserId::new(1),
                    kkm: KkmId::new(kkm),
                    status: ShiftStatus::Closed,
                    opened: closed,
                    closed: Some(closed),
                    index: Some(number),
                    balance_open: None,
                    balance_close: None,
                    balance_close_non_cash: None,
                    user_name: None,
                    user_phone: None,
                }),
                figures: Some(figures),
                sections: None,
                documents: Vec::new(),
                taken: closed,
                cash_count: None,
                marks: Marks::default(),
            },
        }
    }

    fn of(zs: Vec<PeriodShift>) -> Period {
        let almaty = FixedOffset::east_opt(5 * 3600).unwrap();
        Period::of(zs, |_| almaty, None, None)
    }

    #[test]
    fn sums_go_by_register_and_by_the_local_day_of_closing() {
        let zs = vec![
            z(1, 2, 1, money(100)),
            z(2, 1, 2, money(20)),
            z(3, 2, 2, money(3)),
        ];
        let period = of(zs);
        assert_eq!(period.total.sales.amount(), money(123));
        assert_eq!(period.total.revenue.amount(), money(120));
        assert_eq!(period.total.receipts, Some(9));
        // 20:00 UTC is the next day in Almaty.
        let days: Vec<_> = period.days.keys().map(ToString::to_string).collect();
        assert_eq!(days, ["2026-11-02", "2026-11-03"]);
        let registers: Vec<_> = period
            .registers
            .iter()
            .map(|it| (it.kkm.get(), it.cash))
            .collect();
        assert_eq!(registers, [(1, money(2)), (2, money(3))]);
    }

    #[test]
    fn a_day_is_that_of_the_offset_at_its_own_moment() {
        // Kazakhstan went from six hours to five on 1 March 2024.
        let change: DateTime<Utc> = "2024-02-29T18:00:00Z".parse().unwrap();
        let offset = |at: DateTime<Utc>| {
            let hours = if at < change { 6 } else { 5 };
            FixedOffset::east_opt(hours * 3600).unwrap()
        };
        let closed = |number: i64, at: &str| {
            let mut z = z(number, 1, 1, money(1));
            z.report.figures.as_mut().unwrap().closed = Some(at.parse().unwrap());
            z
        };
        let zs = [
            closed(1, "2024-02-10T18:30:00Z"),
            closed(2, "2024-03-10T18:30:00Z"),
        ];
        let period = Period::of(zs, offset, None, None);
        let days: Vec<_> = period.days.keys().map(ToString::to_string).collect();
        assert_eq!(days, ["2024-02-11", "2024-03-10"]);
    }

    #[test]
    fn a_shift_whose_report_is_there_twice_counts_once_and_the_servers_own_wins() {
        let mut rebuilt = z(1, 1, 1, money(7));
        rebuilt.report.marks.restored = true;
        let mut own = z(1, 1, 1, money(100));
        own.number = 2;
        let mut again = own.clone();
        again.number = 3;
        let period = of(vec![rebuilt, again, own]);
        assert_eq!(period.total.reports, 1);
        assert_eq!(period.shifts[0].number, 2);
        assert_eq!(period.total.sales.amount(), money(100));
    }

    #[test]
    fn what_was_not_told_is_counted_and_never_taken_for_nothing() {
        let period = of(vec![z(1, 1, 1, None), z(2, 1, 2, money(5))]);
        assert_eq!(period.total.sales.amount(), money(5));
        assert_eq!(period.total.sales.missing, 1);
        assert_eq!(period.total.nds.amount(), None);
        let mut without = z(3, 1, 3, money(5));
        without.report.figures = None;
        assert_eq!(of(vec![without]).total.receipts, None);
    }

    #[test]
    fn a_sum_beyond_the_range_of_money_is_no_sum() {
        let most = Money::from_tiyn(i64::MAX / 2)
            .ok()
            .or(money(99_999_999_999_999_999));
        let period = of((1..200).map(|number| z(number, 1, 1, most)).collect());
        assert!(period.total.sales.is_beyond() || period.total.sales.amount().is_some());
        let mut sum = Sum::default();
        for _ in 0..1_000 {
            sum.add(most);
        }
        assert!(sum.is_beyond() && sum.amount().is_none());
    }
}
