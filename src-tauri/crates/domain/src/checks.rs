//! Checks printed under a report: warnings, never a refusal. Pure functions of the figures.

use serde::Serialize;

use crate::{Counter, Figures, Money, Report, Totals};

/// The kinds of operations a warning can speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Sales.
    Sales,
    /// Purchases.
    Purchases,
    /// Sale refunds.
    Refunds,
    /// Purchase refunds.
    PurchaseRefunds,
    /// Deposits into the drawer.
    Incomes,
    /// Withdrawals from the drawer.
    Expenses,
}

/// Something in a report that does not add up. As JSON: `{"code": "count-differs", "params": {"count": 5, "sum": 6}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", content = "params", rename_all = "kebab-case")]
pub enum Warning {
    /// The total at the start of this shift is not the archived total at the end of the one before.
    TotalsDoNotJoin {
        /// Which kind.
        kind: Kind,
        /// The archived end of the shift before.
        before: Money,
        /// This shift's start.
        start: Money,
    },
    /// The amount of the shift is more than the non-resettable total: the start would be below zero.
    StartBelowZero {
        /// Which kind.
        kind: Kind,
        /// The start that follows.
        start: Money,
    },
    /// `Count` is not the sum of the quantities.
    CountDiffers {
        /// `Count`.
        count: i64,
        /// The sum of the quantities.
        sum: i64,
    },
    /// The sections do not add up to the total of their kind.
    SectionsDiffer {
        /// Which kind.
        kind: Kind,
        /// The sum over the sections.
        sections: Money,
        /// The report's total.
        total: Money,
    },
    /// The cash that follows from the figures is not `BalanceClose`.
    CashDiffers {
        /// What follows from the figures.
        expected: Money,
        /// What the server reports.
        reported: Money,
    },
    /// Whether the cash is right cannot be told: part of the trade was not in cash.
    CashNotChecked,
    /// A sum is beyond the range of money.
    Overflow,
}

/// All warnings of a report; `before` is the archived `Total` of the shift before on the same register.
pub fn warnings(report: &Report, before: Option<&Totals>) -> Vec<Warning> {
    let Some(figures) = &report.figures else {
        return Vec::new();
    };
    let mut found = totals(&figures.totals, before);
    found.extend(count(figures));
    found.extend(sections(report, &figures.totals));
    found.extend(cash(figures));
    found
}

/// All six kinds with their counters, in the order of the printed form.
pub(crate) const fn counters(totals: &Totals) -> [(Kind, &Counter); 6] {
    let [sales, purchases, refunds, purchase_refunds] = fiscal(totals);
    [
        sales,
        purchases,
        refunds,
        purchase_refunds,
        (Kind::Incomes, &totals.incomes),
        (Kind::Expenses, &totals.expenses),
    ]
}

/// The non-resettable total at the end of one shift and at the start of the next, where both are known and they differ.
pub(crate) fn gap(before: &Counter, after: &Counter) -> Option<(Money, Money)> {
    let (end, start) = (before.cumulative?, after.at_start()?);
    (end != start).then_some((end, start))
}

const fn fiscal(totals: &Totals) -> [(Kind, &Counter); 4] {
    let [sales, purchases, refunds, purchase_refunds] = totals.fiscal();
    [
        (Kind::Sales, sales),
        (Kind::Purchases, purchases),
        (Kind::Refunds, refunds),
        (Kind::PurchaseRefunds, purchase_refunds),
    ]
}

fn totals(totals: &Totals, before: Option<&Totals>) -> Vec<Warning> {
    let mut found = Vec::new();
    for (index, (kind, counter)) in fiscal(totals).into_iter().enumerate() {
        let Some(start) = counter.at_start() else {
            continue;
        };
        if start.is_negative() {
            found.push(Warning::StartBelowZero { kind, start });
        }
        if let Some((before, start)) =
            before.and_then(|before| gap(fiscal(before)[index].1, counter))
        {
            found.push(Warning::TotalsDoNotJoin {
                kind,
                before,
                start,
            });
        }
    }
    found
}

fn count(figures: &Figures) -> Option<Warning> {
    let count = figures.count?;
    let mut sum = 0i64;
    for counter in figures.totals.all() {
        sum = sum.checked_add(counter.qty?)?;
    }
    (count != sum).then_some(Warning::CountDiffers { count, sum })
}

fn sections(report: &Report, totals: &Totals) -> Vec<Warning> {
    let Some(lines) = report.sections.as_ref().filter(|lines| !lines.is_empty()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (place, (kind, counter)) in fiscal(totals).into_iter().enumerate() {
        let column = lines.iter().map(|line| line.sums()[place]);
        let (Some(total), Some(column)) = (counter.amount, column.collect::<Option<Vec<_>>>())
        else {
            continue;
        };
        match column.into_iter().try_fold(Money::ZERO, Money::checked_add) {
            None => found.push(Warning::Overflow),
            Some(sum) if sum != total => found.push(Warning::SectionsDiffer {
                kind,
                sections: sum,
                total,
            }),
            Some(_) => {}
        }
    }
    found
}

/// Cash at opening + sales − refunds − purchases + purchase refunds + deposits − withdrawals, if all trade was in cash. If
/// not, the cash of the sales is what was received less the change, and what is not a sale must not have been at all.
fn cash(figures: &Figures) -> Option<Warning> {
    let totals = &figures.totals;
    let opening = figures.balance_open?;
    let reported = figures.balance_close?;
    if figures
        .balance_close_non_cash
        .is_none_or(|amount| amount != Money::ZERO)
    {
        let others = [&totals.refunds, &totals.purchases, &totals.purchase_refunds];
        let none = others
            .iter()
            .all(|counter| counter.amount == Some(Money::ZERO));
        let (Some(received), Some(change), true) = (figures.received, figures.change, none) else {
            return Some(Warning::CashNotChecked);
        };
        let sales = received.checked_sub(change);
        return compare(
            opening,
            &[sales?, totals.incomes.amount?],
            &[totals.expenses.amount?],
            reported,
        );
    }
    let plus = [
        totals.sales.amount?,
        totals.purchase_refunds.amount?,
        totals.incomes.amount?,
    ];
    let minus = [
        totals.refunds.amount?,
        totals.purchases.amount?,
        totals.expenses.amount?,
    ];
    compare(opening, &plus, &minus, reported)
}

fn compare(opening: Money, plus: &[Money], minus: &[Money], reported: Money) -> Option<Warning> {
    let sum = plus.iter().copied().try_fold(opening, Money::checked_add);
    match sum.and_then(|sum| minus.iter().copied().try_fold(sum, Money::checked_sub)) {
        None => Some(Warning::Overflow),
        Some(expected) => {
            (expected != reported).then_some(Warning::CashDiffers { expected, reported })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kkm, KkmId, Marks, ReportKind};

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn counter(qty: i64, amount: &str, cumulative: &str) -> Counter {
        Counter {
            qty: Some(qty),
            amount: Some(money(amount)),
            cumulative: Some(money(cumulative)),
        }
    }

    /// The Z sample of the specification ("Принимает Uid в заголовке запроса").
    fn specification_z() -> Report {
        let totals = Totals {
            sales: counter(1, "500", "500"),
            purchases: counter(1, "500", "500"),
            refunds: counter(1, "500", "500"),
            purchase_refunds: counter(1, "100", "100"),
            expenses: counter(1, "3000", "3500"),
            incomes: counter(1, "5000", "5000"),
        };
        let figures = Figures {
            totals,
            balance_open: Some(money("82388")),
            balance_close: Some(money("83888")),
            balance_close_non_cash: Some(Money::ZERO),
            count: Some(5),
            ..Figures::default()
        };
        Report {
            kind: ReportKind::Z,
            kkm: Kkm::bare(KkmId::new(77505)),
            shift: None,
            figures: Some(figures),
            sections: None,
            documents: Vec::new(),
            taken: "2020-07-16T10:42:59Z".parse().unwrap(),
            cash_count: None,
            marks: Marks::default(),
        }
    }

    #[test]
    fn the_specifications_own_z_fails_two_checks_and_is_still_a_report() {
        assert_eq!(
            warnings(&specification_z(), None),
            [
                Warning::CountDiffers { count: 5, sum: 6 },
                Warning::CashDiffers {
                    expected: money("83988"),
                    reported: money("83888")
                },
            ]
        );
    }

    #[test]
    fn cash_is_checked_beside_cards_where_only_sales_were_made() {
        let mut report = specification_z();
        let figures = report.figures.as_mut().unwrap();
        figures.balance_close_non_cash = Some(money("300"));
        assert!(warnings(&report, None).contains(&Warning::CashNotChecked));

        let figures = report.figures.as_mut().unwrap();
        let nothing = Some(Money::ZERO);
        figures.totals.purchases.amount = nothing;
        figures.totals.refunds.amount = nothing;
        figures.totals.purchase_refunds.amount = nothing;
        figures.received = Some(money("250"));
        figures.change = Some(money("50"));
        // 82 388 + (250 − 50) + 5 000 − 3 000
        figures.balance_close = Some(money("84588"));
        let cash = |report: &Report| {
            let found = warnings(report, None);
            found.into_iter().find(|warning| {
                matches!(
                    warning,
                    Warning::CashNotChecked | Warning::CashDiffers { .. }
                )
            })
        };
        assert_eq!(cash(&report), None);
        report.figures.as_mut().unwrap().balance_close = Some(money("84588.01"));
        assert!(matches!(cash(&report), Some(Warning::CashDiffers { .. })));
    }

    #[test]
    fn totals_must_join_those_of_the_shift_before() {
        let mut before = specification_z().figures.unwrap().totals;
        before.sales.cumulative = Some(money("7"));
        let found = warnings(&specification_z(), Some(&before));
        assert!(found.contains(&Warning::TotalsDoNotJoin {
            kind: Kind::Sales,
            before: money("7"),
            start: Money::ZERO
        }));
    }

    #[test]
    fn what_was_not_reported_is_not_checked() {
        let mut report = specification_z();
        report.figures = Some(Figures::default());
        assert_eq!(warnings(&report, None), []);
    }
}
