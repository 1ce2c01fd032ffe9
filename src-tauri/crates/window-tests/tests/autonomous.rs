//! Without a link, from the window alone: a register with a licence is opened and closed, what waits is in view, and when the
//! link is back it goes by itself, once.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use window_tests::{Engine, Shop};

const KKM: i64 = 77505;
const REGISTER: &str = "register-77505";
/// Its name: in the middle of a row that cannot be read one is told why.
const NAME: &str = "[data-test='register-77505'] th a";

async fn a_day_without_a_link_is_opened_closed_and_sent_when_the_link_is_back(engine: Engine) {
    let mut shop = Shop::open(engine, &[]).await.unwrap();
    let window = &shop.window;
    window.go("#/settings").await.unwrap();
    window.click(&format!("licence-{KKM}")).await.unwrap();
    window
        .reads("confirm", "разрешение на автономную работу")
        .await
        .unwrap();
    window.click("confirm-yes").await.unwrap();
    window.reads("settings", "Сохранено").await.unwrap();
    window.go("#/registers").await.unwrap();
    window.reads(REGISTER, "закрыта").await.unwrap();

    shop.company.stop();
    window.click_css(NAME).await.unwrap();
    window.reads("open-shift", "автономно").await.unwrap();
    window.click("open-shift").await.unwrap();
    window.click("confirm-yes").await.unwrap();
    window
        .reads("register", "Смена открыта автономно")
        .await
        .unwrap();
    // A register without a licence offers nothing of the kind.
    window.go("#/registers").await.unwrap();
    window.reads("board", "Ждут связи: 1").await.unwrap();
    window
        .click_css("[data-test='register-77506'] th a")
        .await
        .unwrap();
    window.see("error").await.unwrap();
    assert!(!window.shows("open-shift").await.unwrap());

    window.click("back").await.unwrap();
    window.click_css(NAME).await.unwrap();
    window.reads("close-shift", "автономно").await.unwrap();
    assert!(!window.shows("open-shift").await.unwrap());
    window.click("close-shift").await.unwrap();
    window
        .reads("checklist", "Связи с сервером нет")
        .await
        .unwrap();
    window.click("close-next").await.unwrap();
    window.see("expected").await.unwrap();
    window.click("close-next").await.unwrap();
    window.click("close-confirm").await.unwrap();
    window
        .reads("close-dialog", "Закрытие ждёт связи")
        .await
        .unwrap();
    window.click("close-finish").await.unwrap();
    window.reads("register", "Ждут связи: 2").await.unwrap();
    window.go("#/journal").await.unwrap();
    window.reads("outbox", "Ждут связи: 2").await.unwrap();

    // Nobody presses anything.
    shop.company.run(&[]).unwrap();
    let sent = "const lines = [...document.querySelectorAll(\"[data-test='operation-line']\")].map((line) => line.textContent.toLowerCase());\
        return !document.querySelector(\"[data-test='queued-line']\") && lines.length >= 2 && lines.every((line) => line.includes('выполнено')) && lines";
    let lines = window.until("all was sent", sent).await.unwrap();
    assert_eq!(lines.as_array().map(Vec::len), Some(2), "{lines}");
    // Each says by when it was done.
    // WebKit's driver finds no place in a row to click at.
    let first = "[data-test='operation-line'] a";
    window.click_css(first).await.unwrap();
    window.reads("operation", "Автономно").await.unwrap();
    window
        .ask("document.querySelector('dialog[open]').close()")
        .await
        .unwrap();
    window.go("#/archive").await.unwrap();
    let z = "return document.querySelector(\"[data-test='report-line']\")?.textContent ?? null";
    let z = window.until("the Z-report", z).await.unwrap();
    assert!(z.as_str().unwrap().contains("Z-"), "{z}");
    window.go("#/registers").await.unwrap();
    window.reads(REGISTER, "закрыта").await.unwrap();
    assert_eq!(shop.company.done("Opened", KKM).unwrap(), 1);
    assert_eq!(shop.company.done("Closed", KKM).unwrap(), 1);
    shop.window.close().await.unwrap();
}

window_tests::in_both_engines!(
    a_day_without_a_link_is_opened_closed_and_sent_when_the_link_is_back,
);
