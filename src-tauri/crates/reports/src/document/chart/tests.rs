#![allow(clippy::unwrap_used)]

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn empty(from: &str, to: &str) -> Period {
    let offset = |_| chrono::FixedOffset::east_opt(0).unwrap();
    Period::of([], offset, Some(day(from)), Some(day(to)))
}

/// The labels of the bars over these days.
fn labels(from: &str, to: &str) -> (Key, Vec<String>) {
    let (title, points) = over_time(&empty(from, to));
    (title, points.into_iter().map(|it| it.label).collect())
}

#[test]
fn a_month_is_shown_by_the_day_half_a_year_by_the_week_and_more_by_the_month() {
    let (title, days) = labels("2026-12-02", "2027-01-01");
    assert_eq!(title, Key::AnalyticsByDay);
    assert_eq!((days.len(), days[0].as_str()), (31, "02.12"));
    // 1 December 2026 is a Tuesday: the first week is short, the others begin on Mondays.
    let (title, weeks) = labels("2026-12-01", "2027-01-01");
    assert_eq!(title, Key::AnalyticsByWeek);
    assert_eq!(weeks, ["01.12", "07.12", "14.12", "21.12", "28.12"]);
    let (title, months) = labels("2026-01-15", "2027-01-15");
    assert_eq!(title, Key::AnalyticsByMonth);
    assert_eq!((months.len(), months[12].as_str()), (13, "01.2027"));
    assert_eq!(labels("2026-11-23", "2026-11-23").1, ["23.11"]);
}

#[test]
fn bars_join_without_a_gap_and_add_up_to_the_total() {
    for (from, to) in [
        ("2024-02-01", "2024-02-29"),
        ("2024-01-31", "2024-07-01"),
        ("2023-12-31", "2024-12-31"),
    ] {
        let mut period = empty(from, to);
        let mut first = day(from);
        let mut all = 0;
        while first <= day(to) {
            let mut tally = domain::period::Tally::default();
            all += i64::from(first.ordinal());
            let revenue = Money::from_tiyn(first.ordinal().into()).unwrap();
            tally.revenue.add(Some(revenue));
            period.days.insert(first, tally);
            first = first.succ_opt().unwrap();
        }
        let points = over_time(&period).1.into_iter();
        let sum: i64 = points.map(|it| it.value.unwrap().tiyn()).sum();
        assert_eq!(sum, all, "{from}–{to}");
    }
}

#[test]
fn a_day_without_a_shift_took_nothing_in_and_one_that_did_not_tell_is_not_known() {
    let mut period = empty("2026-11-23", "2026-11-25");
    let mut told = domain::period::Tally::default();
    told.revenue.add(Money::from_tiyn(500).ok());
    let mut untold = domain::period::Tally::default();
    untold.revenue.add(None);
    period.days.insert(day("2026-11-23"), told);
    period.days.insert(day("2026-11-25"), untold);
    let values: Vec<_> = over_time(&period).1.iter().map(|it| it.value).collect();
    let told = Money::from_tiyn(500).ok();
    assert_eq!(values, [told, Some(Money::ZERO), None]);
}

#[test]
fn a_mistyped_year_draws_only_the_days_that_have_reports() {
    let mut period = empty("0026-11-01", "2026-11-30");
    assert!(over_time(&period).1.is_empty());
    for at in ["2026-11-23", "2026-11-24"] {
        let mut tally = domain::period::Tally::default();
        tally.revenue.add(Some(Money::ZERO));
        period.days.insert(day(at), tally);
    }
    let (title, points) = over_time(&period);
    assert_eq!((title, points.len()), (Key::AnalyticsByDay, 2));
}

#[test]
fn what_is_not_known_has_no_row_and_the_most_is_first() {
    let of = |tiyn| Money::from_tiyn(tiyn).ok();
    let all = [("a", of(5)), ("b", None), ("c", of(-7)), ("d", of(9))];
    let points = ranked(all.into_iter().map(|(name, sum)| (name.to_owned(), sum)));
    let names: Vec<&str> = points.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(names, ["d", "a", "c"]);
}
