//! Whether a register's Z-reports follow on one another: no shift is missing, and each begins where the one before ended.
//!
//! A pure walk over the reports in the order of their shift numbers; it keeps a few of them, however many there are. What
//! proves nothing, a rebuilt report or one without figures, raises no finding.

use chrono::{DateTime, Utc};

use crate::checks::{Kind, counters, gap};
use crate::{Figures, Money, ShiftId};

/// So many countings of one register are followed at once; there is a new one whenever its numbers go back.
const COUNTINGS: usize = 16;

/// A shift by its archived Z-report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedShift {
    /// The report's number in the archive.
    pub report: i64,
    /// The server's id, where it is known: two reports of one id are of one shift.
    pub shift: Option<ShiftId>,
    /// The shift's number on its register.
    pub index: i64,
    /// When the report was taken, UTC.
    pub taken: DateTime<Utc>,
    /// Its figures.
    pub figures: Option<Figures>,
    /// Rebuilt by the program: it proves nothing.
    pub restored: bool,
}

/// Something that does not follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The archive has no Z-report of these shifts, both ends included.
    Missing {
        /// The first missing number.
        first: i64,
        /// The last missing number.
        last: i64,
        /// The reports before and after.
        reports: [i64; 2],
    },
    /// A non-resettable total at the start of a shift is not that at the end of the one before.
    TotalsDoNotJoin {
        /// The later shift's number.
        index: i64,
        /// Which kind.
        kind: Kind,
        /// The end of the shift before.
        before: Money,
        /// This shift's start.
        start: Money,
        /// The reports before and after.
        reports: [i64; 2],
    },
    /// The cash at the opening of a shift is not that at the closing of the one before.
    CashDoesNotJoin {
        /// The later shift's number.
        index: i64,
        /// The cash at closing.
        before: Money,
        /// The cash at opening.
        start: Money,
        /// The reports before and after.
        reports: [i64; 2],
    },
    /// Two reports of one shift say different things.
    TwoReports {
        /// The shift's number.
        index: i64,
        /// The reports, as they were archived.
        reports: [i64; 2],
    },
    /// The numbers went back, as after a new registration. From there on they are followed as a counting of their own.
    NumbersGoBack {
        /// The number that came first.
        from: i64,
        /// The number that came later and is not greater; the same when a number was given twice.
        to: i64,
        /// Their reports.
        reports: [i64; 2],
    },
}

/// The walk over one register.
#[derive(Debug, Default)]
pub struct Continuity {
    countings: Vec<Counting>,
}

/// A run of growing shift numbers.
#[derive(Debug)]
struct Counting {
    before: Option<ClosedShift>,
    last: ClosedShift,
    /// Two reports of the last shift differ: what follows cannot be held against either.
    disputed: bool,
}

impl Continuity {
    /// Takes the next report; they come by shift number, and those of one number by time. Gives what does not follow.
    pub fn follow(&mut self, z: ClosedShift) -> Vec<Finding> {
        let mut countings = self.countings.iter_mut();
        if let Some(counting) = countings.find(|it| it.last.is_same_shift(&z)) {
            return counting.again(z);
        }
        let goes_on = |it: &&mut Counting| it.last.index < z.index && it.last.taken <= z.taken;
        let countings = self.countings.iter_mut().filter(goes_on);
        if let Some(counting) = countings.max_by_key(|it| it.last.taken) {
            return counting.go_on(z);
        }
        let finding = self.back(&z);
        if self.countings.len() == COUNTINGS {
            self.countings.remove(0);
        }
        self.countings.push(Counting {
            before: None,
            last: z,
            disputed: false,
        });
        finding.into_iter().collect()
    }

    /// How `z`, which goes on with no counting, stands to the nearest one.
    fn back(&self, z: &ClosedShift) -> Option<Finding> {
        let nearest = self.countings.iter().max_by_key(|it| it.last.index)?;
        let mut pair = [z, &nearest.last];
        pair.sort_by_key(|it| (it.taken, it.report));
        let [from, to] = pair;
        Some(Finding::NumbersGoBack {
            from: from.index,
            to: to.index,
            reports: [from.report, to.report],
        })
    }
}

impl Counting {
    /// Another report of the last shift.
    fn again(&mut self, z: ClosedShift) -> Vec<Finding> {
        if !z.proves() {
            return Vec::new();
        }
        if !self.last.proves() {
            self.last = z;
            return self.join();
        }
        if self.last.says_the_same(&z) {
            return Vec::new();
        }
        self.disputed = true;
        vec![Finding::TwoReports {
            index: z.index,
            reports: [self.last.report, z.report],
        }]
    }

    /// The next shift of this counting.
    fn go_on(&mut self, z: ClosedShift) -> Vec<Finding> {
        let was_disputed = std::mem::take(&mut self.disputed);
        let before = std::mem::replace(&mut self.last, z);
        let (report, expected) = (before.report, before.index.saturating_add(1));
        self.before = (!was_disputed).then_some(before);
        if expected == self.last.index {
            return self.join();
        }
        self.before = None;
        vec![Finding::Missing {
            first: expected,
            last: self.last.index.saturating_sub(1),
            reports: [report, self.last.report],
        }]
    }

    /// What does not join between the last shift and the one right before it.
    fn join(&self) -> Vec<Finding> {
        let (Some(before), z) = (&self.before, &self.last) else {
            return Vec::new();
        };
        let (Some(earlier), Some(later)) = (before.proof(), z.proof()) else {
            return Vec::new();
        };
        let (index, reports) = (z.index, [before.report, z.report]);
        let pairs = counters(&earlier.totals)
            .into_iter()
            .zip(counters(&later.totals));
        let mut found: Vec<_> = pairs
            .filter_map(|((kind, end), (_, start))| {
                let (before, start) = gap(end, start)?;
                Some(Finding::TotalsDoNotJoin {
                    index,
                    kind,
                    before,
                    start,
                    reports,
                })
            })
            .collect();
        if let (Some(before), Some(start)) = (earlier.balance_close, later.balance_open)
            && before != start
        {
            found.push(Finding::CashDoesNotJoin {
                index,
                before,
                start,
                reports,
            });
        }
        found
    }
}

impl ClosedShift {
    /// The figures, where they are the server's own.
    fn proof(&self) -> Option<&Figures> {
        self.figures.as_ref().filter(|_| !self.restored)
    }

    fn proves(&self) -> bool {
        self.proof().is_some()
    }

    fn is_same_shift(&self, other: &Self) -> bool {
        let differ = matches!((self.shift, other.shift), (Some(one), Some(two)) if one != two);
        self.index == other.index && !differ
    }

    /// When it was taken is no part of what a report says: it may have been asked for twice.
    fn says_the_same(&self, other: &Self) -> bool {
        let said = |it: &Self| {
            it.figures.clone().map(|figures| Figures {
                taken: None,
                ..figures
            })
        };
        said(self) == said(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn money(tiyn: i64) -> Option<Money> {
        Some(Money::from_tiyn(tiyn).unwrap())
    }

    /// A shift that sold 100 and took 10 into the drawer, as every one before it; taken on the day of its number.
    fn z(index: i64) -> ClosedShift {
        let mut figures = Figures {
            balance_open: money((index - 1) * 110),
            balance_close: money(index * 110),
            ..Figures::default()
        };
        for (counter, amount) in [
            (&mut figures.totals.sales, 100),
            (&mut figures.totals.incomes, 10),
        ] {
            counter.amount = money(amount);
            counter.cumulative = money(index * amount);
        }
        ClosedShift {
            report: index,
            shift: Some(ShiftId::new(1000 + index)),
            index,
            taken: day(index),
            figures: Some(figures),
            restored: false,
        }
    }

    fn day(day: i64) -> DateTime<Utc> {
        let first: DateTime<Utc> = "2026-01-01T18:00:00Z".parse().unwrap();
        first + TimeDelta::days(day)
    }

    fn figures(z: &mut ClosedShift) -> &mut Figures {
        z.figures.as_mut().unwrap()
    }

    /// Walks in the order in which the archive gives them.
    fn walk(mut zs: Vec<ClosedShift>) -> Vec<Finding> {
        zs.sort_by_key(|z| (z.index, z.taken, z.report));
        let mut walk = Continuity::default();
        zs.into_iter().flat_map(|z| walk.follow(z)).collect()
    }

    #[test]
    fn shifts_that_follow_on_one_another_give_no_finding() {
        assert_eq!(walk((5..40).map(z).collect()), []);
        assert_eq!(walk(Vec::new()), []);
    }

    #[test]
    fn missing_shifts_are_told_as_ranges() {
        let kept = (1..=20).filter(|index| !matches!(index, 3 | 7..=9));
        assert_eq!(
            walk(kept.map(z).collect()),
            [
                Finding::Missing {
                    first: 3,
                    last: 3,
                    reports: [2, 4]
                },
                Finding::Missing {
                    first: 7,
                    last: 9,
                    reports: [6, 10]
                },
            ]
        );
    }

    #[test]
    fn totals_of_all_six_kinds_must_join() {
        let kinds = counters(&z(1).figures.unwrap().totals).map(|(kind, _)| kind);
        for (place, wanted) in kinds.into_iter().enumerate() {
            let mut zs: Vec<_> = (1..=3).map(z).collect();
            for (z, cumulative) in zs.iter_mut().zip([0, 5, 5]) {
                let totals = &mut figures(z).totals;
                let counter = [
                    &mut totals.sales,
                    &mut totals.purchases,
                    &mut totals.refunds,
                    &mut totals.purchase_refunds,
                    &mut totals.incomes,
                    &mut totals.expenses,
                ]
                .into_iter()
                .nth(place)
                .unwrap();
                counter.amount = money(0);
                counter.cumulative = money(cumulative);
            }
            assert_eq!(
                walk(zs),
                [Finding::TotalsDoNotJoin {
                    index: 2,
                    kind: wanted,
                    before: Money::ZERO,
                    start: money(5).unwrap(),
                    reports: [1, 2]
                }]
            );
        }
    }

    #[test]
    fn cash_at_opening_is_that_at_closing() {
        let mut zs: Vec<_> = (1..=4).map(z).collect();
        figures(&mut zs[2]).balance_open = money(221);
        assert_eq!(
            walk(zs),
            [Finding::CashDoesNotJoin {
                index: 3,
                before: money(220).unwrap(),
                start: money(221).unwrap(),
                reports: [2, 3]
            }]
        );
    }

    #[test]
    fn what_was_not_reported_is_not_held_against_it() {
        let mut zs: Vec<_> = (1..=4).map(z).collect();
        figures(&mut zs[0]).balance_close = None;
        figures(&mut zs[1]).totals.sales.amount = None;
        figures(&mut zs[1]).totals.incomes.cumulative = None;
        zs[3].figures = None;
        assert_eq!(walk(zs), []);
    }

    #[test]
    fn a_rebuilt_report_proves_nothing_either_way() {
        let mut zs: Vec<_> = (1..=4).map(z).collect();
        zs[1].restored = true;
        figures(&mut zs[1]).totals.sales.cumulative = money(7);
        figures(&mut zs[1]).balance_close = money(7);
        assert_eq!(walk(zs.clone()), [], "it is there, and says nothing");
        // The server's own came later: now the joins are checked.
        let mut own = z(2);
        own.report = 9;
        own.taken = day(3);
        figures(&mut own).balance_open = money(1);
        zs.push(own);
        assert_eq!(
            walk(zs),
            [Finding::CashDoesNotJoin {
                index: 2,
                before: money(110).unwrap(),
                start: money(1).unwrap(),
                reports: [1, 9]
            }]
        );
    }

    #[test]
    fn the_same_report_twice_is_no_finding_and_two_that_differ_are_one() {
        let mut zs: Vec<_> = (1..=3).map(z).collect();
        let mut twin = z(2);
        twin.report = 8;
        twin.taken = day(30);
        figures(&mut twin).taken = Some(day(30));
        zs.push(twin);
        assert_eq!(walk(zs.clone()), []);
        // Whichever of them is wrong, what follows is not held against either.
        for wrong in [1, 3] {
            let mut zs = zs.clone();
            figures(&mut zs[wrong]).balance_close = money(0);
            let two = Finding::TwoReports {
                index: 2,
                reports: [2, 8],
            };
            assert_eq!(walk(zs), [two]);
        }
    }

    #[test]
    fn numbers_that_begin_anew_are_told_once_and_followed() {
        let anew = |index: i64| ClosedShift {
            report: 100 + index,
            shift: Some(ShiftId::new(5000 + index)),
            taken: day(400 + index),
            ..z(index)
        };
        let mut zs: Vec<_> = (1..=30).map(z).collect();
        zs.extend((1..=20).filter(|index| *index != 12).map(anew));
        assert_eq!(
            walk(zs),
            [
                Finding::NumbersGoBack {
                    from: 1,
                    to: 1,
                    reports: [1, 101]
                },
                Finding::Missing {
                    first: 12,
                    last: 12,
                    reports: [111, 113]
                },
            ]
        );
        // The old numbers lie above the new ones.
        let mut zs: Vec<_> = (50..=60).map(z).collect();
        zs.extend((1..=20).map(anew));
        assert_eq!(
            walk(zs),
            [Finding::NumbersGoBack {
                from: 50,
                to: 20,
                reports: [50, 120]
            }]
        );
    }

    #[test]
    fn however_often_numbers_go_back_few_reports_are_kept() {
        let mut walk = Continuity::default();
        for index in 1..500 {
            let z = ClosedShift {
                taken: day(-index),
                ..z(index)
            };
            assert_eq!(walk.follow(z).len(), usize::from(index > 1));
            assert!(walk.countings.len() <= COUNTINGS);
        }
    }

    #[test]
    fn the_largest_numbers_do_no_harm() {
        let mut last = z(1);
        last.index = i64::MAX;
        last.taken = day(9);
        let mut twin = last.clone();
        twin.shift = Some(ShiftId::new(1));
        let found = walk(vec![z(1), last, twin]);
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
