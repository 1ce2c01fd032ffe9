//! A shift is closed once, whatever the hands do: in two windows, with Enter held down, with double clicks, and when the page
//! or the program goes away in the middle.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use window_tests::{Engine, Shop, Window};

const KKM: i64 = 77505;
const REGISTER: &str = "register-77505";
/// The Z is done at once, and the answer comes late.
const SLOW: &str = r"POST /shifts/\d+/z 1+ delay:8000";
/// The Z is done late, or not at all where nobody waits for it any more.
const SLOW_BEFORE: &str = r"POST /shifts/\d+/z 1 delay-before:4000";
/// The dialog tells an end.
const ENDED: &str = "[data-test='show-report'], [data-test='close-dialog'] [data-test='error']";

async fn to_register(window: &Window) {
    window.click(REGISTER).await.unwrap();
    window.see("register").await.unwrap();
}

async fn open_shift(window: &Window) {
    to_register(window).await;
    window.click("open-shift").await.unwrap();
    window.click("confirm-yes").await.unwrap();
    window.reads("state", "открыта").await.unwrap();
}

/// Opens the dialog and goes to its last step.
async fn to_confirmation(window: &Window) {
    window.click("close-shift").await.unwrap();
    window.see("checklist").await.unwrap();
    window.click("close-next").await.unwrap();
    window.see("expected").await.unwrap();
    window.click("close-next").await.unwrap();
    let ready = "return document.querySelector(\"[data-test='close-confirm']:enabled\") !== null";
    window.until("the last step", ready).await.unwrap();
}

/// What is in the archive, and what the server's book says of the shift.
async fn assert_closed_once(shop: &mut Shop, xs: usize) {
    let window = &shop.window;
    window.go("#/archive").await.unwrap();
    let there = format!(
        "if ({LINES}.some(({{ textContent }}) => textContent.includes('Z-'))) return true; dispatchEvent(new Event('refresh')); return false"
    );
    window
        .until("the Z-report in the archive", &there)
        .await
        .unwrap();
    window.settled().await.unwrap();
    assert_eq!(archived(window, "Z-").await, 1, "in the archive");
    let company = &mut shop.company;
    assert_eq!(company.done("Opened", KKM).unwrap(), 1, "opened");
    assert_eq!(company.done("Closed", KKM).unwrap(), 1, "closed");
    assert_eq!(company.done("XTaken", KKM).unwrap(), xs, "X taken");
}

const LINES: &str = "[...document.querySelectorAll(\"[data-test='report-line']\")]";

/// The reports of a kind among the archive's lines.
async fn archived(window: &Window, kind: &str) -> usize {
    let lines =
        format!("return {LINES}.filter((line) => line.textContent.includes('{kind}')).length");
    let lines = window.ask(&lines).await.unwrap();
    usize::try_from(lines.as_u64().unwrap()).unwrap()
}

async fn of_two_windows_that_close_a_shift_at_once_one_does_and_the_other_says_so(engine: Engine) {
    let mut shop = Shop::open(engine, &["--fault", SLOW]).await.unwrap();
    let other = shop.stage.open_beside().await.unwrap();
    shop.sign_in(&other).await.unwrap();
    open_shift(&shop.window).await;
    to_register(&other).await;
    for window in [&shop.window, &other] {
        to_confirmation(window).await;
        window.click("x-first").await.unwrap();
    }

    let (one, two) = tokio::join!(
        shop.window.click("close-confirm"),
        other.click("close-confirm")
    );
    one.unwrap();
    two.unwrap();
    let (one, two) = tokio::join!(shop.window.see_css(ENDED), other.see_css(ENDED));
    one.unwrap();
    two.unwrap();
    let first_did = shop.window.shows("show-report").await.unwrap();
    assert_ne!(first_did, other.shows("show-report").await.unwrap());
    let (done, late) = if first_did {
        (&shop.window, &other)
    } else {
        (&other, &shop.window)
    };
    let said = late.text("close-dialog").await.unwrap();
    assert!(
        said.contains("Смена не закрыта") && said.contains("Второй раз ничего не отправлено"),
        "{said}"
    );

    // Who tries again hears that it is done.
    done.see("show-report").await.unwrap();
    late.click("close-back").await.unwrap();
    late.click("close-confirm").await.unwrap();
    let said = late
        .reads("close-dialog", "Смена уже была закрыта")
        .await
        .unwrap();
    assert!(said.contains("Второй раз ничего не сделано"), "{said}");
    late.click("close-finish").await.unwrap();
    late.reads("state", "закрыта").await.unwrap();
    done.click("show-report").await.unwrap();
    done.see("report").await.unwrap();
    other.close().await.unwrap();
    assert_closed_once(&mut shop, 0).await;
}

async fn enter_held_down_does_one_thing_at_a_time(engine: Engine) {
    const LONG: usize = 40;
    let mut shop = Shop::open(engine, &[]).await.unwrap();
    let window = &shop.window;
    let focus = async |name: &str| {
        window.see(name).await.unwrap();
        let ready = format!(
            "const it = document.querySelector(\"[data-test='{name}']:not(:disabled)\"); it?.focus(); return it !== null && document.activeElement === it"
        );
        window.until(name, &ready).await.unwrap();
    };
    focus(REGISTER).await;
    window.hold_enter(LONG).await.unwrap();
    window.reads("state", "закрыта").await.unwrap();
    focus("open-shift").await;
    window.hold_enter(LONG).await.unwrap();
    assert!(window.shows("confirm").await.unwrap());
    window.hold_enter(LONG).await.unwrap();
    window.reads("state", "открыта").await.unwrap();

    focus("close-shift").await;
    window.hold_enter(LONG).await.unwrap();
    window.see("checklist").await.unwrap();
    window.hold_enter(LONG).await.unwrap();
    window.see("expected").await.unwrap();
    window.hold_enter(LONG).await.unwrap();
    focus("close-confirm").await;
    window.hold_enter(LONG).await.unwrap();
    window.see("show-report").await.unwrap();
    // The key that closed it does not open the report, too.
    window.hold_enter(0).await.unwrap();
    window.see("report").await.unwrap();
    assert_closed_once(&mut shop, 1).await;
}

async fn a_button_pressed_twice_or_three_times_does_its_work_once(engine: Engine) {
    let mut shop = Shop::open(engine, &[]).await.unwrap();
    for (times, ledger) in [(2, 1), (3, 2)] {
        let window = &shop.window;
        window.clicks(REGISTER, times).await.unwrap();
        window.reads("state", "закрыта").await.unwrap();
        window.settled().await.unwrap();
        window.clicks("open-shift", times).await.unwrap();
        window.see("confirm").await.unwrap();
        window.clicks("confirm-yes", times).await.unwrap();
        window.reads("state", "открыта").await.unwrap();
        window.settled().await.unwrap();
        for report in ["x-report", "section-report"] {
            window.clicks(report, times).await.unwrap();
            window.see_css("[data-test='paper'] svg").await.unwrap();
            window
                .go(&format!("#/register/{KKM}/{}", server(&shop)))
                .await
                .unwrap();
            window.see("close-shift").await.unwrap();
            window.settled().await.unwrap();
        }
        window.clicks("close-shift", times).await.unwrap();
        window.see("checklist").await.unwrap();
        window.clicks("close-next", times).await.unwrap();
        window.see("expected").await.unwrap();
        window.clicks("close-next", times).await.unwrap();
        window.see("close-confirm").await.unwrap();
        // An X-report was taken a moment ago, so that no other one is taken unless it is asked for.
        let spared = "return !document.querySelector(\"[data-test='x-first']\").checked";
        window.until("no second X-report", spared).await.unwrap();
        let ready =
            "return document.querySelector(\"[data-test='close-confirm']:enabled\") !== null";
        window.until("the last step", ready).await.unwrap();
        window.clicks("close-confirm", times).await.unwrap();
        window.see("show-report").await.unwrap();
        window.click("close-finish").await.unwrap();
        window.reads("state", "закрыта").await.unwrap();
        window.click("back").await.unwrap();
        window.go("#/archive").await.unwrap();
        window.see("report-line").await.unwrap();
        window.settled().await.unwrap();
        for kind in ["X-", "секциям", "Z-"] {
            assert_eq!(
                archived(window, kind).await,
                ledger,
                "{kind}, pressed {times} times"
            );
        }
        window.go("#/registers").await.unwrap();
        for act in ["Opened", "XTaken", "Closed"] {
            let done = shop.company.done(act, KKM).unwrap();
            assert_eq!(done, ledger, "{act}, pressed {times} times");
        }
    }
    shop.window.close().await.unwrap();
}

/// As it stands in an address.
fn server(shop: &Shop) -> String {
    shop.company.url().replace(':', "%3A").replace('/', "%2F")
}

/// A closing that is under way, and its dialog.
async fn closing(engine: Engine, fault: &str) -> Shop {
    let shop = Shop::open(engine, &["--fault", fault]).await.unwrap();
    open_shift(&shop.window).await;
    to_confirmation(&shop.window).await;
    shop.window.click("close-confirm").await.unwrap();
    // The readings before it are done, and the Z is at the server.
    let rows = json!({ "input": { "unresolved": false, "server": null, "kkm": null, "before": null, "limit": 1 } });
    let began = Instant::now();
    loop {
        let page = shop.window.call("journal", rows.clone()).await.unwrap();
        let last = &page["lines"][0];
        let sent = last["kind"] == "z" && last["state"] == "sent";
        if sent && (fault == SLOW_BEFORE || is_closed(&shop)) {
            return shop;
        }
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "the Z was not sent: {page}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Whether the server has closed the shift, as its file has it by now.
fn is_closed(shop: &Shop) -> bool {
    let world = std::fs::read_to_string(shop.company.world()).unwrap();
    let world: Value = serde_json::from_str(&world).unwrap();
    let book = world["ledger"].as_array().unwrap();
    let last = book.iter().rfind(|entry| entry["kkm"] == KKM).unwrap();
    last["act"] == "Closed"
}

async fn a_closing_under_way_cannot_be_left_and_ends_in_its_dialog(engine: Engine) {
    let mut shop = closing(engine, SLOW).await;
    let window = &shop.window;
    for key in ["Escape", "Escape", "F5"] {
        let press = format!(
            "(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true, cancelable: true }}))"
        );
        window.ask(&press).await.unwrap();
    }
    window
        .ask("document.querySelector(\"[data-test='close-dialog']\").requestClose?.()")
        .await
        .unwrap();
    assert!(window.shows("close-dialog").await.unwrap());
    assert!(!window.shows("show-report").await.unwrap());
    window.see("show-report").await.unwrap();
    window.click("show-report").await.unwrap();
    window.see("report").await.unwrap();
    assert_closed_once(&mut shop, 1).await;
}

async fn a_page_loaded_anew_in_the_middle_of_a_closing_finds_it_done_once(engine: Engine) {
    let mut shop = closing(engine, SLOW).await;
    shop.window.load().await.unwrap();
    to_register(&shop.window).await;
    // It says that something is under way, and offers nothing meanwhile.
    shop.window
        .reads("register", "Идёт операция")
        .await
        .unwrap();
    let usable = "return document.querySelector(\"[data-test='close-shift']:enabled\")";
    assert!(shop.window.ask(usable).await.unwrap().is_null());
    assert_closed_once(&mut shop, 1).await;
}

async fn settled_by_itself(engine: Engine, fault: &str) {
    let shop = closing(engine, fault).await;
    let mut shop = shop.restart(&[]).await.unwrap();
    let window = &shop.window;
    window.go("#/journal").await.unwrap();
    // Nobody presses anything.
    let settled = "const lines = [...document.querySelectorAll(\"[data-test='operation-line']\")].map((line) => line.textContent.toLowerCase());\
        return lines.length === 3 && lines.every((line) => line.includes('выполнено')) && !document.querySelector(\"[data-test='recover']\")";
    window.until("all is settled", settled).await.unwrap();
    window.go("#/registers").await.unwrap();
    to_register(window).await;
    window.reads("state", "закрыта").await.unwrap();
    assert_closed_once(&mut shop, 1).await;
}

async fn a_program_that_dies_after_its_z_was_done_finds_the_report_at_its_next_start(
    engine: Engine,
) {
    settled_by_itself(engine, SLOW).await;
}

async fn a_program_that_dies_before_its_z_was_done_closes_once_at_its_next_start(engine: Engine) {
    settled_by_itself(engine, SLOW_BEFORE).await;
}

async fn a_window_closed_in_the_middle_asks_and_waits(engine: Engine) {
    let mut shop = closing(engine, SLOW).await;
    let window = &shop.window;
    shop.stage.shut(window).await.unwrap();
    window
        .reads("closing", "Операция ещё не закончена")
        .await
        .unwrap();
    window.click("closing-wait").await.unwrap();
    assert!(!window.shows("closing").await.unwrap());
    // Asked again, the question goes away by itself when there is nothing to ask any more.
    shop.stage.shut(window).await.unwrap();
    window.see("closing").await.unwrap();
    window.see("show-report").await.unwrap();
    assert!(!window.shows("closing").await.unwrap());
    window.click("show-report").await.unwrap();
    window.see("report").await.unwrap();
    assert_closed_once(&mut shop, 1).await;
    // And now it simply ends.
    shop.stage.shut(&shop.window).await.unwrap();
    shop.stage.ended(&shop.window).await.unwrap();
}

async fn a_window_closed_all_the_same_leaves_the_rest_to_the_journal(engine: Engine) {
    let shop = closing(engine, SLOW).await;
    shop.stage.shut(&shop.window).await.unwrap();
    // The driver may hear of the end before it hears of the click.
    let _ = shop.window.click("closing-quit").await;
    shop.stage.ended(&shop.window).await.unwrap();
    let mut shop = shop.restart(&[]).await.unwrap();
    to_register(&shop.window).await;
    shop.window.reads("state", "закрыта").await.unwrap();
    assert_closed_once(&mut shop, 1).await;
}

window_tests::in_both_engines!(
    a_button_pressed_twice_or_three_times_does_its_work_once,
    a_closing_under_way_cannot_be_left_and_ends_in_its_dialog,
    a_program_that_dies_after_its_z_was_done_finds_the_report_at_its_next_start,
    a_program_that_dies_before_its_z_was_done_closes_once_at_its_next_start,
    a_window_closed_in_the_middle_asks_and_waits,
    a_window_closed_all_the_same_leaves_the_rest_to_the_journal,
);

/// What needs two windows, a held key or a page that is loaded anew.
mod alone {
    use super::{
        a_page_loaded_anew_in_the_middle_of_a_closing_finds_it_done_once,
        enter_held_down_does_one_thing_at_a_time,
        of_two_windows_that_close_a_shift_at_once_one_does_and_the_other_says_so,
    };
    window_tests::in_chromium!(
        of_two_windows_that_close_a_shift_at_once_one_does_and_the_other_says_so,
        enter_held_down_does_one_thing_at_a_time,
        a_page_loaded_anew_in_the_middle_of_a_closing_finds_it_done_once,
    );
}
