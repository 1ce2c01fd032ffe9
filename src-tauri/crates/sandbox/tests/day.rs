//! A whole day on one register: sign-in, opening, reading, closing, and what the sandbox remembers of it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod client;

use chrono::TimeDelta;
use client::{Till, amount, start};
use sandbox::{Act, Config, Kind, REGISTERS, SECOND_LOGIN};
use serde_json::json;

const KKM: i64 = REGISTERS[0];

#[tokio::test]
async fn a_day_opens_sells_reads_and_closes_once() {
    let (sandbox, till) = start(Config::default()).await;
    let world = sandbox.world();
    let list = till.get("/kkms").await;
    assert_eq!(list.json()["Data"]["Kkms"].as_array().unwrap().len(), 3);
    assert_eq!(list.json()["Data"]["Kkms"][0]["PlaceUsed"], json!({}));
    assert!(list.body.contains("TokenCPCR"), "the planted secret");
    let other = till.get("/kkms?companies=1,2").await;
    assert_eq!(other.json()["Data"]["Kkms"], json!([]));

    let opened = till.post("/shifts", None, json!({ "IdKkm": KKM })).await;
    assert_eq!(opened.status, 200, "{}", opened.body);
    assert!(opened.uid.is_some());
    assert_eq!(opened.date, "Tue, 24 Nov 2026 03:00:00 GMT");
    let shift = opened.json()["Data"]["Shift"]["Id"].as_i64().unwrap();

    let info = till.get(&format!("/shifts/{shift}")).await;
    assert_eq!(info.json()["Data"]["IdStatusShift"], 1);
    assert_eq!(info.json()["Data"]["DateClose"], "0001-01-01T00:00:00Z");
    assert_eq!(info.json()["Data"]["ShiftIndex"], 61);
    let kkm = till.get(&format!("/kkms/{KKM}")).await;
    assert_eq!(kkm.json()["Data"]["Kkm"]["IdShift"], shift);
    let sections = till.get(&format!("/kkms/{KKM}/sections")).await;
    assert_eq!(sections.json()["Data"]["Sections"][0]["Nds"], 16);

    let first = till.get(&format!("/shifts/{shift}/x")).await;
    assert_eq!(
        first.body.matches(r#""Count":"#).count(),
        2,
        "as the sample has it"
    );
    world.advance(TimeDelta::hours(4));
    world.enter(KKM, Kind::Sale, 1_234_567, true).unwrap();
    let second = till
        .post(&format!("/shifts/{shift}/x"), None, json!({}))
        .await;
    let qty = |x: &client::Reply| x.json()["Data"]["Total"]["Sales"]["Qty"].as_i64().unwrap();
    assert!(qty(&second) > qty(&first), "sales arrive");
    assert_eq!(world.times_x_taken(shift).unwrap(), 2);

    let by_section = till.get(&format!("/shifts/{shift}/sections/reports")).await;
    let sum: i64 = ["76634", "76635"]
        .iter()
        .map(|id| amount(&by_section.body, &format!(r#""{id}":"#), "Sales"))
        .sum();
    assert_eq!(sum, amount(&second.body, r#""Sales":{"Qty""#, "Amount"));

    let uid = till.uid(KKM).await;
    let path = format!("/shifts/{shift}/z");
    let z = till.post(&path, Some(&uid), json!({ "IdKkm": KKM })).await;
    assert_eq!(z.status, 200, "{}", z.body);
    let next = z.uid.clone().unwrap();
    assert_eq!(next, till.uid(KKM).await);
    assert!(
        !z.json()["Data"]["Operations"]
            .as_array()
            .unwrap()
            .is_empty()
    );

    let again = till.post(&path, Some(&uid), json!({ "IdKkm": KKM })).await;
    assert_eq!(again.status, 208);
    assert_eq!(again.json()["Data"], z.json()["Data"], "the stored result");
    let other = till.post(&path, Some(&next), json!({ "IdKkm": KKM })).await;
    assert_eq!(
        (other.status, other.message()),
        (410, "Данная смена уже закрыта".into())
    );
    assert_eq!(world.times_closed(shift).unwrap(), 1);
    assert_eq!(world.times_opened(KKM).unwrap(), 1);
    let acts: Vec<Act> = world
        .ledger()
        .unwrap()
        .iter()
        .map(|entry| entry.act)
        .collect();
    assert_eq!(
        acts,
        [
            Act::Opened,
            Act::XTaken,
            Act::XTaken,
            Act::SectionsTaken,
            Act::Closed
        ]
    );

    let info = till.get(&format!("/shifts/{shift}")).await;
    assert_eq!(info.json()["Data"]["IdStatusShift"], 2);
    assert_eq!(
        amount(&info.body, "Data", "BalanceClose"),
        amount(&z.body, r#""Total":"#, "BalanceClose")
    );
    sandbox.stop().await;
}

/// The checks of a report, on the figures of many shifts: they must join without a tiyn missing.
#[tokio::test]
async fn totals_join_across_shifts_to_the_tiyn() {
    let (sandbox, _) = start(Config::default()).await;
    let world = sandbox.world();
    let kinds = [
        "Sales",
        "Purchases",
        "Refunds",
        "PurchaseRefunds",
        "Expenses",
        "Incomes",
    ];
    let mut ends: Option<(Vec<i64>, i64)> = None;
    for _ in 0..3 {
        // A token lives for a day.
        let till = Till::sign_in(&sandbox.base_url(), sandbox::FIRST_LOGIN).await;
        let shift = till.open(KKM).await;
        world.advance(TimeDelta::hours(9));
        let z = till.close(KKM, shift).await;
        let counter = |kind: &str, key: &str| amount(&z.body, &format!(r#""{kind}":{{"Qty""#), key);
        let moved = |key: &str| kinds.map(|kind| counter(kind, key));
        let (amounts, totals) = (moved("Amount"), moved("Cumulative"));
        let starts: Vec<i64> = totals
            .iter()
            .zip(amounts)
            .map(|(end, here)| end - here)
            .collect();
        let opening = amount(&z.body, r#""Total":"#, "BalanceOpen");
        if let Some((totals, closing)) = &ends {
            assert_eq!(&starts, totals);
            assert_eq!(opening, *closing);
        }
        let closing = amount(&z.body, r#""Total":"#, "BalanceClose");
        let non_cash = amount(&z.body, r#""Total":"#, "BalanceCloseNonCash");
        let [
            sales,
            purchases,
            refunds,
            purchase_refunds,
            expenses,
            incomes,
        ] = amounts;
        assert_eq!(
            opening + sales + purchase_refunds + incomes - purchases - refunds - expenses,
            closing + non_cash
        );
        assert!(sales > 0 && incomes > 0 && refunds > 0 && closing >= 0);
        let quantities: i64 = kinds
            .iter()
            .map(|kind| z.json()["Data"]["Total"][kind]["Qty"].as_i64().unwrap())
            .sum();
        assert_eq!(z.json()["Data"]["Count"], quantities);
        assert!(amount(&z.body, r#""Total":"#, "TotalNdsAmount") > 0);
        ends = Some((totals.to_vec(), closing));
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn the_same_seed_tells_the_same_day() {
    let mut bodies = Vec::new();
    for _ in 0..2 {
        let (sandbox, till) = start(Config::default()).await;
        let shift = till.open(KKM).await;
        sandbox.world().advance(TimeDelta::hours(3));
        bodies.push(till.close(KKM, shift).await.body);
        sandbox.stop().await;
    }
    assert_eq!(bodies[0], bodies[1]);
}

#[tokio::test]
async fn an_overdue_shift_can_be_closed() {
    let (sandbox, till) = start(Config::default()).await;
    let shift = till.open(KKM).await;
    sandbox.world().advance(TimeDelta::hours(30));
    let till = Till::sign_in(&sandbox.base_url(), sandbox::FIRST_LOGIN).await;
    assert_eq!(till.close(KKM, shift).await.status, 200);
    sandbox.stop().await;
}

#[tokio::test]
async fn autonomous_operations_keep_their_dates_and_their_order() {
    let (sandbox, till) = start(Config::default()).await;
    let body = json!({ "IdKkm": KKM, "Date": "2026-11-24T01:00:00+00:00" });
    let opened = till.post("/shifts", None, body).await;
    assert_eq!(
        opened.json()["Data"]["Shift"]["DateOpen"],
        "2026-11-24T01:00:00Z"
    );
    let kkm = till.get(&format!("/kkms/{KKM}")).await;
    assert_eq!(kkm.json()["Data"]["Kkm"]["OfflineQueue"], 1);
    let shift = opened.json()["Data"]["Shift"]["Id"].as_i64().unwrap();
    let path = format!("/shifts/{shift}/z");
    let uid = till.uid(KKM).await;
    let early = json!({ "IdKkm": KKM, "Date": "2026-11-24T00:59:59+00:00" });
    let refused = till.post(&path, Some(&uid), early).await;
    assert_eq!(
        (refused.status, refused.message()),
        (400, "Нарушена очередность операций".into())
    );
    let late = json!({ "IdKkm": KKM, "Date": "2026-11-24T07:30:00+05:00" });
    let z = till.post(&path, Some(&uid), late).await;
    assert_eq!(z.json()["Data"]["DateClose"], "2026-11-24T02:30:00Z");
    let wrong = till
        .post(
            "/shifts",
            None,
            json!({ "IdKkm": KKM, "Date": "yesterday" }),
        )
        .await;
    assert_eq!(wrong.status, 400);
    sandbox.stop().await;
}

#[tokio::test]
async fn two_sandboxes_on_one_file_share_the_world() {
    let folder = tempfile::tempdir().unwrap();
    let config = || Config {
        state_file: Some(folder.path().join("world.json")),
        ..Config::default()
    };
    let (first, till) = start(config()).await;
    let (second, _) = start(config()).await;
    let shift = till.open(KKM).await;
    // The token of the first works at the second, and the second sees the shift.
    let there = till.at(&second.base_url());
    assert_eq!(
        there.get(&format!("/shifts/{shift}")).await.json()["Data"]["IdStatusShift"],
        1
    );
    let uid = there.uid(KKM).await;
    let path = format!("/shifts/{shift}/z");
    let z = there.post(&path, Some(&uid), json!({ "IdKkm": KKM })).await;
    assert_eq!(z.status, 200);
    let again = till.post(&path, Some(&uid), json!({ "IdKkm": KKM })).await;
    assert_eq!(again.status, 208);
    first.stop().await;
    second.stop().await;
    // And the world outlives both.
    let (third, _) = start(config()).await;
    assert_eq!(third.world().times_closed(shift).unwrap(), 1);
    let again = till
        .at(&third.base_url())
        .post(&path, Some(&uid), json!({ "IdKkm": KKM }))
        .await;
    assert_eq!(again.json()["Data"], z.json()["Data"]);
    let cashier = Till::sign_in(&third.base_url(), SECOND_LOGIN).await;
    assert!(cashier.open(KKM).await > shift);
    third.stop().await;
}

#[tokio::test]
async fn what_could_not_be_written_did_not_happen() {
    let folder = tempfile::tempdir().unwrap();
    let (sandbox, till) = start(Config {
        state_file: Some(folder.path().join("world.json")),
        ..Config::default()
    })
    .await;
    // Where the next file would be written there is a folder.
    let in_the_way = folder.path().join("world.json.new");
    std::fs::create_dir(&in_the_way).unwrap();
    let refused = till.post("/shifts", None, json!({ "IdKkm": KKM })).await;
    assert_eq!(refused.status, 500);
    assert_eq!(sandbox.world().times_opened(KKM).unwrap(), 0);
    let shift = till.get(&format!("/kkms/{KKM}")).await;
    std::fs::remove_dir(&in_the_way).unwrap();
    let opened = till.open(KKM).await;
    assert_ne!(shift.json()["Data"]["Kkm"]["IdShift"], opened);
    assert_eq!(sandbox.world().times_opened(KKM).unwrap(), 1);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_stopped_or_dropped_sandbox_frees_its_port() {
    let (sandbox, _) = start(Config::default()).await;
    let port = sandbox.port();
    sandbox.stop().await;
    let config = Config {
        port,
        ..Config::default()
    };
    let (sandbox, till) = start(config.clone()).await;
    let taken = sandbox::Sandbox::start(config).await;
    assert!(matches!(taken, Err(sandbox::SandboxError::Bind { .. })));
    drop(sandbox);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(till.try_get("/kkms").await.is_err());
}
