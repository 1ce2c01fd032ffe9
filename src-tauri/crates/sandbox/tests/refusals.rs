//! Each refusal of the specification, and each fault on demand.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod client;

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use client::{Reply, Till, start};
use sandbox::{BLOCKED_REGISTER, Config, FIRST_LOGIN, FaultRule, REGISTERS, SECOND_LOGIN};
use serde_json::json;

const KKM: i64 = REGISTERS[0];
const CLOSED: &str = "Forbidden: Доступ к указанному ресурсу закрыт.";
const BLOCKED: &str = "Forbidden: касса заблокирована";

fn refused(reply: &Reply, status: u16, message: &str) {
    assert_eq!((reply.status, reply.message().as_str()), (status, message));
    assert_eq!(reply.json()["Status"], status);
    assert_eq!(reply.json()["Data"], json!({}));
}

fn rule(text: &str) -> Vec<FaultRule> {
    vec![text.parse().unwrap()]
}

#[tokio::test]
async fn signing_in_and_tokens() {
    let (sandbox, till) = start(Config::default()).await;
    let stranger = Till::stranger(&sandbox.base_url());
    let wrong = json!({ "Login": FIRST_LOGIN, "Password": "guess" });
    let reply = stranger.post("/auth", None, wrong).await;
    refused(&reply, 401, "Unauthorized: неверный логин или пароль");
    assert_eq!(stranger.post("/auth", None, json!([])).await.status, 400);
    refused(
        &stranger.get("/kkms").await,
        401,
        "Unauthorized: token is missing",
    );
    sandbox.world().expire_tokens().unwrap();
    refused(
        &till.get("/kkms").await,
        401,
        "Unauthorized: token is expired by 2h36m46s",
    );
    let till = Till::sign_in(&sandbox.base_url(), FIRST_LOGIN).await;
    assert_eq!(till.get("/kkms").await.status, 200);
    sandbox
        .world()
        .advance(TimeDelta::hours(24) + TimeDelta::seconds(61));
    refused(
        &till.get("/kkms").await,
        401,
        "Unauthorized: token is expired by 1m1s",
    );
    let passwords = sandbox.world().requests();
    assert!(
        passwords
            .iter()
            .all(|request| !request.body.contains("Password"))
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn opening_is_refused_with_the_specifications_texts() {
    let config = Config {
        blocked_register: true,
        ..Config::default()
    };
    let (sandbox, till) = start(config).await;
    let open = |kkm: i64| till.post("/shifts", None, json!({ "IdKkm": kkm }));
    refused(&open(99_999).await, 403, CLOSED);
    refused(&open(BLOCKED_REGISTER).await, 403, BLOCKED);
    till.open(KKM).await;
    refused(
        &open(KKM).await,
        403,
        "Forbidden: на данной ККМ уже открыта смена",
    );
    let elsewhere = "Forbidden: за данным пользователем уже числится открытая смена";
    refused(&open(REGISTERS[1]).await, 424, elsewhere);
    assert_eq!(
        till.post("/shifts", None, json!({ "IdKkm": "x" }))
            .await
            .status,
        400
    );
    assert_eq!(sandbox.world().times_opened(REGISTERS[1]).unwrap(), 0);
    sandbox.stop().await;
    let config = Config {
        one_shift_per_user: false,
        ..Config::default()
    };
    let (sandbox, till) = start(config).await;
    till.open(KKM).await;
    till.open(REGISTERS[1]).await;
    sandbox.stop().await;
}

#[tokio::test]
async fn reading_and_closing_are_refused_with_the_specifications_texts() {
    let (sandbox, till) = start(Config::default()).await;
    let world = sandbox.world();
    let shift = till.open(KKM).await;
    for path in [
        "/shifts/1",
        "/shifts/no",
        "/shifts/1/sections/reports",
        "/shifts/1/x",
        "/kkms/1",
        "/uid/1",
    ] {
        refused(&till.get(path).await, 403, CLOSED);
    }
    assert_eq!(till.get("/nowhere").await.status, 404);
    assert_eq!(till.get("/shifts").await.status, 405);
    let (x, z) = (format!("/shifts/{shift}/x"), format!("/shifts/{shift}/z"));
    let body = json!({ "IdKkm": KKM });
    let uid = till.uid(KKM).await;

    let other = Till::sign_in(&sandbox.base_url(), SECOND_LOGIN).await;
    let foreign = "Указан неверный идентификатор смены";
    refused(&other.get(&x).await, 403, foreign);
    refused(
        &other.post(&z, Some(&uid), body.clone()).await,
        403,
        foreign,
    );

    world.set_blocked(KKM, true).unwrap();
    refused(&till.get(&x).await, 403, BLOCKED);
    refused(&till.post(&z, Some(&uid), body.clone()).await, 403, BLOCKED);
    world.set_blocked(KKM, false).unwrap();

    assert_eq!(till.post(&z, None, body.clone()).await.status, 400);
    refused(
        &till
            .post(&z, Some(&uid), json!({ "IdKkm": REGISTERS[1] }))
            .await,
        403,
        CLOSED,
    );
    world.sell(KKM, 10_000).unwrap();
    assert_eq!(
        till.post(&z, Some(&uid), body.clone()).await.status,
        452,
        "a sale used the key up"
    );
    assert_eq!(world.times_closed(shift).unwrap(), 0);

    assert_eq!(till.close(KKM, shift).await.status, 200);
    refused(&till.get(&x).await, 410, "Данная смена уже закрыта");
    assert_eq!(
        till.get(&format!("/shifts/{shift}/sections/reports"))
            .await
            .status,
        200
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn a_lost_answer_is_recovered_under_the_same_uid() {
    for action in [
        "reset-after",
        "truncate",
        "garbage",
        "html-after",
        "449-after",
        "status-after:500",
    ] {
        let (sandbox, till) = start(Config::default()).await;
        let world = sandbox.world();
        let shift = till.open(KKM).await;
        world.set_faults(rule(&format!(r"POST /shifts/\d+/z 1 {action}")));
        let uid = till.uid(KKM).await;
        let path = format!("/shifts/{shift}/z");
        let lost = till
            .try_post(&path, Some(&uid), json!({ "IdKkm": KKM }))
            .await;
        match action {
            "reset-after" | "truncate" => assert!(lost.is_err(), "{action}: {lost:?}"),
            "html-after" => assert_eq!(lost.unwrap().status, 502),
            "garbage" => {
                assert!(serde_json::from_str::<serde_json::Value>(&lost.unwrap().body).is_err())
            }
            _ => assert!([449, 500].contains(&lost.unwrap().status)),
        }
        assert_eq!(world.times_closed(shift).unwrap(), 1, "{action}");
        let again = till.post(&path, Some(&uid), json!({ "IdKkm": KKM })).await;
        assert_eq!(again.status, 208, "{action}");
        assert_eq!(world.times_closed(shift).unwrap(), 1, "{action}");
        sandbox.stop().await;
    }
}

#[tokio::test]
async fn a_fault_before_the_operation_performs_nothing() {
    for action in [
        "refuse",
        "status:500",
        "envelope:403",
        "html",
        "401",
        "449",
        "452",
    ] {
        let (sandbox, till) = start(Config::default()).await;
        let world = sandbox.world();
        world.set_faults(rule(&format!("POST /shifts 1 {action}")));
        let spoilt = till
            .try_post("/shifts", None, json!({ "IdKkm": KKM }))
            .await;
        match action {
            "refuse" => assert!(spoilt.is_err()),
            "envelope:403" => {
                let reply = spoilt.unwrap();
                assert_eq!((reply.status, &reply.json()["Status"]), (200, &json!(403)));
            }
            "html" => assert!(spoilt.unwrap().body.starts_with("<html>")),
            "status:500" => refused(&spoilt.unwrap(), 500, "Internal Server Error"),
            code => assert_eq!(spoilt.unwrap().status.to_string(), code),
        }
        assert_eq!(world.times_opened(KKM).unwrap(), 0, "{action}");
        till.open(KKM).await;
        assert_eq!(world.times_opened(KKM).unwrap(), 1, "{action}");
        sandbox.stop().await;
    }
}

#[tokio::test]
async fn a_delayed_answer_comes_late_and_the_operation_is_done_meanwhile() {
    let faults = rule("POST /shifts 1 delay:400");
    let (sandbox, till) = start(Config {
        faults,
        ..Config::default()
    })
    .await;
    let begun = Instant::now();
    let asking = till.clone();
    let opening = tokio::spawn(async move { asking.open(KKM).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(sandbox.world().times_opened(KKM).unwrap(), 1);
    opening.await.unwrap();
    assert!(begun.elapsed() >= Duration::from_millis(400));
    sandbox.stop().await;
}

#[tokio::test]
async fn without_its_link_a_register_queues_documents() {
    let (sandbox, till) = start(Config::default()).await;
    sandbox.world().set_ofd_link(KKM, false).unwrap();
    let shift = till.open(KKM).await;
    till.close(KKM, shift).await;
    let kkm = till.get(&format!("/kkms/{KKM}")).await.json()["Data"]["Kkm"].clone();
    assert_eq!(
        (&kkm["OfflineQueue"], &kkm["OfdCode"]),
        (&json!(2), &json!(500))
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn a_register_is_blocked_after_72_hours_without_its_operator() {
    let (sandbox, till) = start(Config::default()).await;
    let body = json!({ "IdKkm": KKM, "Date": "2026-11-24T03:00:00+00:00" });
    let opened = till.post("/shifts", None, body).await;
    let shift = opened.json()["Data"]["Shift"]["Id"].as_i64().unwrap();
    sandbox
        .world()
        .advance(chrono::TimeDelta::minutes(71 * 60 + 59));
    let till = client::Till::sign_in(&sandbox.base_url(), sandbox::FIRST_LOGIN).await;
    let kkm = till.get(&format!("/kkms/{KKM}")).await;
    assert_eq!(kkm.json()["Data"]["Kkm"]["IdStatusKkm"], 2);
    sandbox.world().advance(chrono::TimeDelta::minutes(1));
    let kkm = till.get(&format!("/kkms/{KKM}")).await;
    assert_eq!(kkm.json()["Data"]["Kkm"]["IdStatusKkm"], 3);
    let x = till.get(&format!("/shifts/{shift}/x")).await;
    assert_eq!(
        (x.status, x.message()),
        (403, "Forbidden: касса заблокирована".into())
    );
    sandbox.stop().await;
}
