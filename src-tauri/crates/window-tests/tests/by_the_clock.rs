//! What happens by the clock: a shift is closed by itself at its time, a closing that was missed is told, and people are
//! reminded before a shift becomes 24 hours old. The window's clock and the server's are moved together.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use window_tests::{Engine, Shop, Window};

const KKM: i64 = 77505;
const REGISTER: &str = "register-77505";
const HOUR: i64 = 3600;

async fn open_shift(window: &Window) {
    window.click(REGISTER).await.unwrap();
    window.click("open-shift").await.unwrap();
    window.click("confirm-yes").await.unwrap();
    window.reads("state", "открыта").await.unwrap();
}

/// Sets in the settings that the register is closed so many minutes from now.
async fn close_in(window: &Window, minutes: i64) {
    window.go("#/settings").await.unwrap();
    let field = format!("schedule-{KKM}");
    window.see(&field).await.unwrap();
    let time = format!(
        "return new Date(Date.now() + {minutes} * 60_000).toLocaleTimeString('en-GB', {{ timeZone: 'Asia/Almaty', hour: '2-digit', minute: '2-digit' }})"
    );
    let time = window.ask(&time).await.unwrap();
    let time = time.as_str().unwrap();
    window
        .fill(
            &format!("[data-test='{field}']"),
            &format!("{time}\u{e007}"),
        )
        .await
        .unwrap();
    let saved = format!(
        "return document.querySelector(\"[data-test='{field}']\").closest('td').textContent.includes('{time}')"
    );
    window.until("the time was saved", &saved).await.unwrap();
}

/// Notifications that say this.
async fn told(window: &Window, part: &str) -> usize {
    let all = window.notified().await.unwrap();
    all.iter()
        .filter(|(title, text)| format!("{title} {text}").contains(part))
        .count()
}

/// Waits for a notification; the program looks at the clock every half a minute.
async fn hears(window: &Window, part: &str) {
    let heard = format!(
        "return fetch('around').then((reply) => reply.json()).then(({{ notified }}) => notified.some((each) => each.join(' ').includes({part:?})))"
    );
    window.until(part, &heard).await.unwrap();
}

/// How often its shift was closed, by the server's book.
fn closed(shop: &mut Shop) -> usize {
    shop.company.done("Closed", KKM).unwrap()
}

async fn a_shift_is_closed_by_itself_at_its_time_and_the_journal_says_so(engine: Engine) {
    let mut shop = Shop::open(engine, &[]).await.unwrap();
    open_shift(&shop.window).await;
    close_in(&shop.window, 55).await;
    shop.window.go("#/registers").await.unwrap();
    shop.window.reads(REGISTER, "открыта").await.unwrap();

    shop.company.run(&["--ahead", "1"]).unwrap();
    shop.window.set_clock(HOUR).await.unwrap();
    let window = &shop.window;
    hears(window, "Автоматическое закрытие: Касса 1 Смена закрыта").await;
    // Nobody presses anything: the board follows.
    window.reads(REGISTER, "закрыта").await.unwrap();
    let said = window.reads("runs", "Касса 1").await.unwrap();
    assert!(said.contains("смена закрыта"), "{said}");
    window.click("tell-runs").await.unwrap();
    window.load().await.unwrap();
    window.see(REGISTER).await.unwrap();
    assert!(!window.shows("runs").await.unwrap());

    window.go("#/archive").await.unwrap();
    let z = "return [...document.querySelectorAll(\"[data-test='report-line']\")].find((line) => line.textContent.includes('Z-')) !== undefined";
    window
        .until("the Z-report in the archive", z)
        .await
        .unwrap();
    window.go("#/journal").await.unwrap();
    let z = "const line = [...document.querySelectorAll(\"[data-test='operation-line']\")].find((each) => each.textContent.includes('(Z)')); return line?.textContent ?? null";
    let line = window.until("the closing in the journal", z).await.unwrap();
    let line = line.as_str().unwrap();
    assert!(line.contains("По расписанию"), "{line}");
    assert_eq!(closed(&mut shop), 1);
    assert_eq!(shop.company.done("XTaken", KKM).unwrap(), 1);
    shop.window.close().await.unwrap();
}

async fn a_closing_that_was_missed_is_told_at_the_next_start_and_not_made_up_for(engine: Engine) {
    let mut shop = Shop::open(engine, &[]).await.unwrap();
    open_shift(&shop.window).await;
    close_in(&shop.window, 30).await;
    // The program is off when its time comes.
    shop.company.run(&["--ahead", "1"]).unwrap();
    let mut shop = shop.restart(&["--ahead", "3600"]).await.unwrap();
    let window = &shop.window;
    hears(window, "Смена не закрыта: программа не работала").await;
    let said = window.reads("runs", "Касса 1").await.unwrap();
    assert!(said.contains("пропущено: программа не работала"), "{said}");
    window.reads(REGISTER, "открыта").await.unwrap();
    window.click("tell-runs").await.unwrap();
    window.go("#/settings").await.unwrap();
    window
        .reads("settings", "пропущено: программа не работала")
        .await
        .unwrap();
    assert_eq!(told(window, "программа не работала").await, 1);
    assert_eq!(closed(&mut shop), 0);
    shop.window.close().await.unwrap();
}

async fn people_are_reminded_two_hours_and_one_hour_before_and_once_each(engine: Engine) {
    let mut shop = Shop::open(engine, &[]).await.unwrap();
    open_shift(&shop.window).await;
    shop.company.run(&["--ahead", "22"]).unwrap();
    let mut shop = shop.restart(&["--ahead", "79200"]).await.unwrap();
    let two = "Касса 1 До 24 часов смены осталось 2 часа";
    let one = "Касса 1 До 24 часов смены остался 1 час";
    hears(&shop.window, two).await;
    assert_eq!(told(&shop.window, "До 24 часов").await, 1);
    shop.company.run(&["--ahead", "23"]).unwrap();
    shop.window.set_clock(23 * HOUR).await.unwrap();
    hears(&shop.window, one).await;
    assert_eq!(told(&shop.window, two).await, 1);
    assert_eq!(told(&shop.window, "До 24 часов").await, 2);
    shop.window.close().await.unwrap();
}

async fn people_are_reminded_a_quarter_of_an_hour_before(engine: Engine) {
    let mut shop = Shop::open(engine, &[]).await.unwrap();
    open_shift(&shop.window).await;
    shop.company
        .run(&["--ahead", "23", "--ahead-minutes", "45"])
        .unwrap();
    let shop = shop.restart(&["--ahead", "85500"]).await.unwrap();
    hears(&shop.window, "Касса 1 До 24 часов смены осталось 15 минут").await;
    // The two that came before it are not told late.
    assert_eq!(told(&shop.window, "До 24 часов").await, 1);
    shop.window.close().await.unwrap();
}

window_tests::in_chromium!(
    a_shift_is_closed_by_itself_at_its_time_and_the_journal_says_so,
    a_closing_that_was_missed_is_told_at_the_next_start_and_not_made_up_for,
    people_are_reminded_two_hours_and_one_hour_before_and_once_each,
    people_are_reminded_a_quarter_of_an_hour_before,
);
