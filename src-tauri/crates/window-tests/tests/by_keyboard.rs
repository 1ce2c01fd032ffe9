//! The whole day by the keyboard alone: no pointer, and no script that presses, focuses or goes anywhere.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use fantoccini::key::Key;
use window_tests::{Engine, Keyboard, Played, Stage, Window};

const REGISTER: &str = "register-77505";

/// Opens the palette, writes, and takes what it finds first.
async fn find(keys: Keyboard<'_>, words: &str) -> Played<()> {
    keys.chord(Key::Control, 'k').await?;
    keys.comes_to("palette-field").await?;
    keys.write(words).await?;
    keys.press(Key::Enter).await?;
    keys.gone("palette").await
}

/// From the first start into training, and from its board to a register by each way there is.
async fn to_the_register(window: &Window, keys: Keyboard<'_>) -> Played<()> {
    window.see("sign-in").await?;
    keys.comes_to("sign-in").await?;
    keys.tab_to("enter-training").await?;
    keys.press(Key::Enter).await?;
    keys.arrives_at("board").await?;

    keys.tab_to("filter-all").await?;
    keys.chord(Key::Control, 'k').await?;
    keys.is_held_by("palette").await?;
    keys.escapes("palette", "filter-all").await?;
    find(keys, "касса 1 77505").await?;
    keys.arrives_at("register").await?;
    keys.press(Key::Escape).await?;

    keys.arrives_at("board").await?;
    keys.tab_to(REGISTER).await?;
    keys.press(Key::Down).await?;
    keys.comes_to("register-77506").await?;
    keys.press(Key::Up).await?;
    keys.comes_to(REGISTER).await?;
    keys.press(Key::Enter).await?;
    keys.arrives_at("register").await
}

async fn open_shift(window: &Window, keys: Keyboard<'_>) -> Played<()> {
    keys.tab_to("open-shift").await?;
    keys.press(Key::Enter).await?;
    keys.comes_to("confirm-yes").await?;
    keys.is_held_by("confirm").await?;
    keys.escapes("confirm", "open-shift").await?;
    keys.press(Key::Space).await?;
    keys.comes_to("confirm-yes").await?;
    keys.press(Key::Enter).await?;
    keys.hears("— Открыта").await?;
    window.reads("state", "открыта").await?;
    // What can be done next.
    keys.comes_to("close-shift").await
}

/// X-report and section report; from one the way back is a link, from the other a key.
async fn reports(window: &Window, keys: Keyboard<'_>) -> Played<()> {
    keys.tab_to("x-report").await?;
    keys.press(Key::Enter).await?;
    keys.arrives_at("report").await?;
    keys.tab_to("back").await?;
    keys.press(Key::Enter).await?;
    keys.arrives_at("register").await?;
    window.see("section-report").await?;
    keys.tab_to("section-report").await?;
    keys.press(Key::Space).await?;
    keys.arrives_at("report").await?;
    keys.press(Key::Escape).await?;
    keys.arrives_at("register").await
}

/// Counts 20 000 and two times 10 000, says why it is not what should be there, and closes.
async fn close_shift(window: &Window, keys: Keyboard<'_>) -> Played<()> {
    window.see("close-shift").await?;
    keys.tab_to("close-shift").await?;
    keys.press(Key::Enter).await?;
    window.see("checklist").await?;
    keys.is_held_by("close-dialog").await?;
    keys.escapes("close-dialog", "close-shift").await?;
    keys.press(Key::Enter).await?;
    keys.comes_to("close-next").await?;
    keys.press(Key::Enter).await?;

    keys.comes_to("counted").await?;
    keys.tab_to("notes").await?;
    keys.press(Key::Enter).await?;
    keys.press(Key::Tab).await?;
    keys.write("1").await?;
    // Enter goes on to the next denomination.
    keys.press(Key::Enter).await?;
    keys.write("2").await?;
    keys.hears("Недостача").await?;
    keys.tab_to("reason").await?;
    keys.write("Размен").await?;
    keys.tab_to("close-next").await?;
    keys.press(Key::Enter).await?;

    keys.comes_to("close-confirm").await?;
    keys.is_held_by("close-dialog").await?;
    keys.tab_to("close-confirm").await?;
    keys.press(Key::Enter).await?;
    keys.comes_to("show-report").await?;
    keys.hears("закрыта, отчёт сохранён").await?;
    keys.is_held_by("close-dialog").await?;
    keys.tab_to("show-report").await?;
    keys.press(Key::Enter).await?;
    keys.arrives_at("report").await?;

    keys.tab_to("save-pdf").await?;
    keys.press(Key::Enter).await?;
    window.see("saved-path").await?;
    keys.hears("Сохранено").await?;
    keys.comes_to("save-pdf").await
}

/// Finds the Z-report, opens it, and is back at its row.
async fn archive(keys: Keyboard<'_>) -> Played<()> {
    find(keys, "архив").await?;
    keys.arrives_at("archive").await?;
    keys.tab_to("archive-search").await?;
    // The last of three: with an X-report a moment old the closing takes no other one.
    keys.hears("3 отчёта").await?;
    keys.write("3").await?;
    keys.hears("1 отчёт").await?;
    keys.tab_to("report-line").await?;
    keys.press(Key::Down).await?;
    keys.press(Key::Up).await?;
    keys.press(Key::Enter).await?;
    keys.arrives_at("report").await?;
    keys.press(Key::Escape).await?;
    keys.comes_to("report-line").await
}

async fn journal_and_settings(window: &Window, keys: Keyboard<'_>) -> Played<()> {
    keys.back_to("place-journal").await?;
    keys.press(Key::Enter).await?;
    keys.arrives_at("journal").await?;
    keys.tab_to("operation-line").await?;
    keys.press(Key::Enter).await?;
    window.see("exchange").await?;
    keys.is_held_by("operation").await?;
    keys.escapes("operation", "operation-line").await?;

    find(keys, "настройки").await?;
    keys.arrives_at("settings").await?;
    keys.tab_to("setting-paper").await?;
    keys.press(Key::Down).await?;
    keys.hears("Сохранено").await?;
    keys.comes_to("setting-paper").await?;
    keys.tab_to("setting-blind-count").await?;
    keys.press(Key::Space).await?;
    keys.back_to("place-registers").await?;
    keys.press(Key::Enter).await?;
    keys.arrives_at("board").await?;
    window.reads(REGISTER, "закрыта").await?;
    Ok(())
}

async fn day(window: &Window) -> Played<()> {
    let keys = Keyboard::of(window);
    to_the_register(window, keys).await?;
    open_shift(window, keys).await?;
    reports(window, keys).await?;
    close_shift(window, keys).await?;
    archive(keys).await?;
    journal_and_settings(window, keys).await
}

async fn a_whole_day_is_played_by_the_keyboard_alone(engine: Engine) {
    let stage = Stage::set(engine, None).await.unwrap();
    let window = stage.open(&[]).await.unwrap();
    if let Err(failure) = day(&window).await {
        panic!("{failure}\n{}", stage.log());
    }
    window.close().await.unwrap();
}

window_tests::in_both_engines!(a_whole_day_is_played_by_the_keyboard_alone);
