//! The archive and the journal, as they are asked.

use chrono::{DateTime, Days, Local, NaiveDate};
use domain::{ErrorCode, ReportKind};
use operations::ReportQuery;
use operations::view::{ArchiveInput, CloseInput};
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
    let report = shop.desk.report(number).unwrap();
    assert_eq!(z.row.kkm_name, Some(report.kkm_name));
}

#[tokio::test]
async fn the_page_is_shown_an_exchange_without_secrets_and_phones() {
    let shop = shop(Config::default()).await;
    let (login, password) = (sandbox::FIRST_LOGIN, sandbox::PASSWORD);
    shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    let said = CloseInput {
        reason: Some(format!("{login}, {password}")),
        ..close()
    };
    shop.desk.close_shift(said).await.unwrap();
    let rows = shop.desk.operations(false, 1).unwrap();
    let plain = shop.desk.operation(rows[0].number).unwrap();
    assert_eq!(plain.login, login);
    let shown = shop.desk.operation_shown(rows[0].number).await.unwrap();
    assert_eq!(shown.row.number, rows[0].number);
    assert_eq!(shown.login, "*******2233");
    assert!(
        shown
            .raw
            .as_ref()
            .is_some_and(|raw| raw.contains("Cumulative"))
    );
    let text = serde_json::to_string(&shown).unwrap();
    assert!(!text.contains(login) && !text.contains(password), "{text}");
}

#[tokio::test]
async fn words_find_reports_by_name_number_and_sales_and_page_by_page() {
    let shop = shop(Config::default()).await;
    let first = a_day(&shop).await.z;
    a_day(&shop).await;
    let page = |text: &str, after, limit| {
        let input = ArchiveInput {
            text: Some(text.to_owned()),
            server: None,
            kkm: None,
            kind: None,
            from: None,
            to: None,
            after,
            limit,
        };
        shop.desk.archive(&input).unwrap()
    };
    let find = |text: &str| -> Vec<i64> {
        let lines = page(text, None, 100).lines;
        lines.iter().map(|line| line.number).collect()
    };
    let all = find("");
    assert_eq!(all.len(), 6);
    assert_eq!(find(&first.kkm_name.to_uppercase()), all);
    assert_eq!(find(&KKM.to_string()), all);
    assert_eq!(find("никакая"), [0_i64; 0]);

    let lines = page("", None, 100).lines;
    let of_first: Vec<i64> = lines
        .iter()
        .filter(|line| line.shift_index == first.shift_index)
        .map(|line| line.number)
        .collect();
    assert_eq!(of_first.len(), 3);
    let shift = format!("№ {}", first.shift_index.unwrap());
    assert_eq!(find(&shift), of_first);
    let both = format!("{} {shift}", first.kkm_name.to_lowercase());
    assert_eq!(find(&both), of_first);
    assert!(find(&format!("№{}", first.number)).contains(&first.number));

    let is_first = |line: &&operations::view::ReportLine| line.number == first.number;
    let line = lines.iter().find(is_first).unwrap();
    let sales = line.amount.clone().unwrap().replace('.', ",");
    assert!(find(&sales).contains(&first.number));

    let one = page(&shift, None, 2);
    let two = page(&shift, one.next, 2);
    let numbers = one.lines.iter().chain(&two.lines).map(|line| line.number);
    assert_eq!(numbers.collect::<Vec<_>>(), of_first);
    assert_eq!(two.next, None);
}
