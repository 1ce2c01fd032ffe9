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
fn sections_are_added_up_by_id_and_a_report_without_them_is_counted() {
    let line = |id, name: &str, sales, refunds| SectionLine {
        id: SectionId::new(id),
        name: Some(name.to_owned()),
        sales: money(sales),
        purchases: None,
        refunds,
        purchase_refunds: None,
    };
    let mut first = z(1, 1, 1, money(100));
    first.report.sections = Some(vec![
        line(7, "Чай", 60, money(0)),
        line(5, "Хлеб", 40, None),
    ]);
    let mut second = z(2, 2, 2, money(30));
    second.report.sections = Some(vec![line(7, "Чай и кофе", 30, money(50))]);
    let period = of(vec![second, z(3, 1, 3, money(1)), first]);
    assert_eq!(period.without_sections, 1);
    let told: Vec<_> = period
        .sections
        .iter()
        .map(|it| {
            let sums = [it.sales, it.refunds, it.revenue];
            (it.name.as_deref(), sums.map(|sum| sum.amount()))
        })
        .collect();
    assert_eq!(
        told,
        [
            (Some("Хлеб"), [money(40), None, None]),
            (Some("Чай и кофе"), [money(90), money(50), money(40)]),
        ]
    );
    assert_eq!(period.sections[0].revenue.missing, 1);
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
