//! The drawer counted without seeing what should be in it. The setting is changed by `smenactl` beside the open window, which
//! follows it, and its language.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use window_tests::{Engine, Shop};

const REGISTER: &str = "register-77505";
const HIDDEN: &str = "после пересчёта";

/// Sets it in the data that the window works on.
fn set(shop: &Shop, name: &str, value: &str) {
    let mut smenactl = shop.stage.smenactl().unwrap();
    let done = smenactl.args(["settings", "set", name, value]).output();
    let done = done.unwrap();
    assert!(done.status.success(), "{done:?}");
}

async fn a_count_without_seeing_the_sum_is_asked_twice_and_kept(engine: Engine) {
    let shop = Shop::open(engine, &[]).await.unwrap();
    let window = &shop.window;
    window.click(REGISTER).await.unwrap();
    window.click("open-shift").await.unwrap();
    window.click("confirm-yes").await.unwrap();
    window.reads("state", "открыта").await.unwrap();
    window.click("back").await.unwrap();

    set(&shop, "blind-count", "on");
    window.reads(REGISTER, HIDDEN).await.unwrap();

    window.click(REGISTER).await.unwrap();
    window.click("close-shift").await.unwrap();
    window.click("close-next").await.unwrap();
    window.reads("expected", HIDDEN).await.unwrap();
    window.fill("[data-test='counted']", "100").await.unwrap();
    window.reads("close-next", "Подтвердить").await.unwrap();
    window.click("close-next").await.unwrap();
    // A slip of the hand is read once more before it is for good.
    window.reads("close-next", "100,00").await.unwrap();
    window.reads("expected", HIDDEN).await.unwrap();
    window.fill("[data-test='counted']", "1000").await.unwrap();
    window.reads("close-next", "Подтвердить").await.unwrap();
    window.click("close-next").await.unwrap();
    window.reads("close-next", "000,00").await.unwrap();
    window.click("close-next").await.unwrap();
    // Now the difference is seen, and asks for its reason.
    window.reads("close-difference", "Недостача").await.unwrap();
    let locked = "return document.querySelector(\"[data-test='counted']\").readOnly";
    assert_eq!(window.ask(locked).await.unwrap(), true);
    // It stays so when the program is started anew.
    window.ask("location.reload()").await.unwrap();
    window.click("close-shift").await.unwrap();
    window.click("close-next").await.unwrap();
    window.reads("close-difference", "Недостача").await.unwrap();
    assert_eq!(window.ask(locked).await.unwrap(), true);
    let reason = "Сдана инкассация";
    window.fill("[data-test='reason']", reason).await.unwrap();
    window.click("close-next").await.unwrap();
    window.reads("close-dialog", reason).await.unwrap();
    window.click("close-confirm").await.unwrap();
    window.see("show-report").await.unwrap();
    // What is said elsewhere waits until the dialog is gone.
    set(&shop, "language", "kk");
    window.click("close-finish").await.unwrap();
    window.reads("place-archive", "Мұрағат").await.unwrap();
    window.reads("state", "Жабық").await.unwrap();
    shop.window.close().await.unwrap();
}

window_tests::in_both_engines!(a_count_without_seeing_the_sum_is_asked_twice_and_kept);
