//! The archive and the journal, as they are asked.

use chrono::{DateTime, Days, Local, NaiveDate};
use domain::{ErrorCode, ReportKind};
use operations::ReportQuery;
use operations::view::CloseInput;
use sandbox::Config;

use crate::shop::{KKM, Shop, close, code, desk, faults, kkm, shop, sign_in};

async fn a_day(shop: &Shop) -> operations::view::CloseView {
    shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    shop.desk.close_shift(close()).await.unwrap()
}

fn day_of(time: &str) -> NaiveDate {
    let time = DateTime::parse_from_rfc3339(time).unwrap();
    time.with_timezone(&Local).date_naive()
}

#[tokio::test]
async fn reports_are_found_by_day_shift_and_amount_and_page_by_page() {
    let shop = shop(Config::default()).await;
    let first = a_day(&shop).await.z;
    let second = a_day(&shop).await.z;
    let find = |query: ReportQuery| -> Vec<i64> {
        let lines = shop.desk.find_reports(&query).unwrap();
        lines.iter().map(|line| line.number).collect()
    };
    let query = ReportQuery {
        limit: 100,
        ..ReportQuery::default()
    };
    let all = find(query.clone());
    assert_eq!(all.len(), 6);

    let of_second = ReportQuery {
        shift_index: second.shift_index,
        kind: Some(ReportKind::Z),
        ..query.clone()
    };
    assert_eq!(find(of_second), [second.number]);

    // Whatever the day is on which this runs, and be it two.
    let (from, to) = (day_of(&first.taken), day_of(&second.taken));
    let between = |from, to| ReportQuery {
        from: Some(from),
        to: Some(to),
        ..query.clone()
    };
    assert_eq!(find(between(from, to)), all);
    let (before, after) = (from - Days::new(1), to + Days::new(1));
    assert_eq!(find(between(before, before)), [0_i64; 0]);
    assert_eq!(find(between(after, after)), [0_i64; 0]);
    let refused = shop.desk.find_reports(&between(after, before));
    assert_eq!(code(refused), ErrorCode::BadInput);

    let mut pages = Vec::new();
    let mut after = None;
    for _ in 0..3 {
        let page = find(ReportQuery {
            after,
            limit: 2,
            ..query.clone()
        });
        after = page.last().copied();
        pages.extend(page);
    }
    assert_eq!(pages, all);
}

#[tokio::test]
async fn a_shift_that_was_closed_elsewhere_is_missing_and_the_rest_joins() {
    let shop = shop(Config::default()).await;
    let first = a_day(&shop).await.z.shift_index.unwrap();
    let whole = shop.desk.continuity(None).unwrap();
    assert!(whole.whole && whole.registers.len() == 1, "{whole:?}");

    // Another computer with a data folder of its own.
    let elsewhere = tempfile::tempdir().unwrap();
    let other = desk(&elsewhere);
    sign_in(&other, &shop.server, sandbox::FIRST_LOGIN).await;
    other.open_shift(&kkm(KKM), None).await.unwrap();
    other.close_shift(close()).await.unwrap();
    a_day(&shop).await;
    a_day(&shop).await;

    let found = shop.desk.continuity(Some(&kkm(KKM))).unwrap();
    let [register] = &found.registers[..] else {
        panic!("{found:?}")
    };
    assert_eq!((found.whole, register.reports), (false, 3));
    assert_eq!(
        (register.first_shift, register.last_shift),
        (Some(first), Some(first + 3))
    );
    let [finding] = &register.findings[..] else {
        panic!("{found:?}")
    };
    assert_eq!(
        (finding.code.as_str(), finding.shift),
        ("missing", first + 1)
    );
    assert_eq!(finding.to_shift, Some(first + 1));
    assert!(shop.desk.continuity(Some(&kkm(1))).unwrap().whole);
}

#[tokio::test]
async fn a_journal_row_is_shown_whole() {
    let shop = shop(Config::default()).await;
    faults(&shop, &[r"POST /shifts/\d+/z 1 reset-after"]);
    let number = a_day(&shop).await.z.number;
    let rows = shop.desk.operations(false, 100).unwrap();
    assert_eq!(shop.desk.operations(false, 1).unwrap(), rows[..1]);
    let z = shop.desk.operation(rows[0].number).unwrap();
    assert_eq!(z.row, rows[0]);
    assert_eq!((z.row.kind.as_str(), z.row.report), ("z", Some(number)));
    assert_eq!(z.login, sandbox::FIRST_LOGIN);
    assert!(z.uid.is_some() && z.next_uid.is_some() && z.uid != z.next_uid);
    assert!(
        z.shift.is_some() && z.row.sent >= Some(z.row.at.clone()) && z.row.settled >= z.row.sent
    );
    assert!(z.raw.is_some_and(|raw| raw.contains("\"Cumulative\"")));
    let CloseInput { reason, .. } = close();
    assert_eq!(z.cash_count.unwrap().reason, reason);
}
