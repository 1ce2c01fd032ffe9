//! A board of a thousand registers: few rows are in the document, the last one is as near as the first, one that cannot be read
//! hides no other, and no reading of it takes an X.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use serde_json::json;
use window_tests::day::sign_in;
use window_tests::till::PASSWORD;
use window_tests::{Engine, Stage, Till};

/// So many rows may be in the document.
const MOST: u64 = 80;
const ROWS: &str = "return document.querySelectorAll(\"[data-test='board'] tbody tr\").length";
/// The row in the middle of the window.
const IN_VIEW: &str = "document.elementFromPoint(innerWidth / 2, innerHeight * 0.6)?.closest('tr')?.dataset.test ?? null";
/// How many registers a question names.
const NAMED: &str = "document.querySelectorAll('.bulk-list tbody tr, .left-out li').length";
const PRESS: &str = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true, cancelable: true }));\
    return document.activeElement.closest('tr')?.dataset.test ?? null";

async fn a_thousand_registers_are_as_near_as_three(engine: Engine) {
    // The shift of one register cannot be read.
    let always = [
        "--more-registers",
        "997",
        "--fault",
        "GET /shifts/11465 * status:500",
    ];
    let stage = Stage::set(engine, None).await.unwrap();
    let till = Till::start(stage.folder(), &always).unwrap();
    let window = stage.open(&[]).await.unwrap();
    sign_in(&window, till.url(), PASSWORD).await.unwrap();
    let there = "return document.querySelector(\"[data-test^='register-']\") !== null";
    window.until("the board", there).await.unwrap();
    window.settled().await.unwrap();
    let rows = async || window.ask(ROWS).await.unwrap().as_u64().unwrap();
    window.reads("filter-all", "1000").await.unwrap();
    assert!((5..MOST).contains(&rows().await));

    // The one that cannot be read needs something, so it stands first; it says why, and all others are there.
    window.reads("filter-unreadable", "1").await.unwrap();
    let first = "return document.querySelector(\"[data-test='board'] tbody tr\").querySelector(\"[data-test^='why-']\") !== null";
    window
        .until("the unread register first", first)
        .await
        .unwrap();
    window.click_css("[data-test^='why-']").await.unwrap();
    window.see("error").await.unwrap();
    window
        .ask("document.querySelector('dialog[open]').close()")
        .await
        .unwrap();

    // The keyboard walks from end to end.
    window
        .ask("document.querySelector(\"[data-test='board'] tbody tr\").focus()")
        .await
        .unwrap();
    let press = async |key: &str| window.ask_with(PRESS, vec![key.into()]).await.unwrap();
    let top = press("Home").await;
    let last = press("End").await;
    assert_ne!(top, last);
    assert_eq!(press("ArrowDown").await, last);
    assert_ne!(press("ArrowUp").await, last);
    assert!(rows().await < MOST);
    assert_eq!(press("Home").await, top);

    // Who comes back finds the rows that were in view, in their place.
    let seen = "scrollTo({ top: 30000, behavior: 'instant' });\
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(IN_VIEW))));"
        .replace("IN_VIEW", IN_VIEW);
    let before = window.ask(&seen).await.unwrap();
    assert!(before.is_string(), "{before}");
    window.click("place-settings").await.unwrap();
    window.settled().await.unwrap();
    window.click("place-registers").await.unwrap();
    let back = format!("return ({IN_VIEW}) === {before}");
    window.until("the same rows in view", &back).await.unwrap();

    // Of a long list the question makes what is seen, and the rest as it is scrolled.
    window.click("pick-all").await.unwrap();
    window.click("bulk-x").await.unwrap();
    window.see("confirm").await.unwrap();
    let named = format!("return {NAMED}");
    let named = window.ask(&named).await.unwrap().as_u64().unwrap();
    assert!((5..200).contains(&named), "{named}");
    let scrolled = format!(
        "document.querySelector('.left-out').open = true;\
         for (const list of document.querySelectorAll('.left-out .lines, .bulk-list')) list.scrollTop = list.scrollHeight;\
         return {NAMED} === 1000"
    );
    window
        .until("all that are left out", &scrolled)
        .await
        .unwrap();
    window
        .ask("document.querySelector('dialog[open]').close()")
        .await
        .unwrap();
    window.click("pick-all").await.unwrap();

    window.fill("[data-test='search']", "80777").await.unwrap();
    window.see("register-80777").await.unwrap();
    assert_eq!(rows().await, 1);
    window.fill("[data-test='search']", " ").await.unwrap();
    window.see_css("[data-test^='register-']").await.unwrap();
    window.click("sort-cash").await.unwrap();
    window
        .see_css("th[data-sort='cash'][aria-sort='ascending']")
        .await
        .unwrap();

    for _ in 0..3 {
        window.click("refresh").await.unwrap();
        window.settled().await.unwrap();
    }
    // Every X has its row in the journal before it is taken.
    let all =
        json!({ "unresolved": false, "server": null, "kkm": null, "before": null, "limit": 9 });
    let page = window
        .call("journal", json!({ "input": all }))
        .await
        .unwrap();
    assert_eq!(page["lines"], json!([]));
    window.close().await.unwrap();
}

window_tests::in_chromium!(a_thousand_registers_are_as_near_as_three);
