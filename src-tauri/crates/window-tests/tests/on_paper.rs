//! A report on the screen: its paper and language, the paper's own typeface, printing, and a file for a spreadsheet.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::time::Duration;

use printing::sink::Sink;
use window_tests::day::sign_in;
use window_tests::till::PASSWORD;
use window_tests::{Engine, Stage, Till};

/// Sets a setting from a shell, as the window has no screen for it.
fn set(stage: &Stage, name: &str, value: &str) {
    let mut command = stage.smenactl().unwrap();
    let done = command
        .args(["settings", "set", name, value])
        .status()
        .unwrap();
    assert!(done.success(), "{name}");
}

async fn a_report_changes_paper_and_language_is_printed_and_saved(engine: Engine) {
    let pictures = std::env::var_os("SMENA_PICTURES");
    let stage = Stage::set(engine, pictures.as_deref().map(Path::new))
        .await
        .unwrap();
    let till = Till::start(stage.folder(), &[]).unwrap();
    let printer = Sink::start().unwrap();
    let window = stage.open(&[]).await.unwrap();
    sign_in(&window, till.url(), PASSWORD).await.unwrap();
    window.click("register-77505").await.unwrap();
    window.click("open-shift").await.unwrap();
    window.click("confirm-yes").await.unwrap();
    window.click("x-report").await.unwrap();
    window.see("report").await.unwrap();

    window.reads("paper", "X-ОТЧЁТ").await.unwrap();

    window
        .choose("[data-test='paper-size']", "58")
        .await
        .unwrap();
    let narrow_paper = "[data-test='paper'] svg[viewBox^='0 0 58 ']";
    window.see_css(narrow_paper).await.unwrap();
    window
        .choose("[data-test='paper-language']", "kk+ru")
        .await
        .unwrap();
    window.reads("paper", "Сату / Продажи").await.unwrap();
    window.see_css(narrow_paper).await.unwrap();

    // The letters are the paper's own, from the program.
    let faces = "return [...document.fonts].filter((face) => face.status === 'loaded')\
        .map((face) => face.family.replaceAll('\"', '') + ' ' + face.weight)";
    let narrow = |faces: &serde_json::Value| {
        let all: Vec<_> = faces.as_array().into_iter().flatten().collect();
        ["DejaVu Sans Condensed 400", "DejaVu Sans Condensed 700"]
            .iter()
            .all(|face| all.iter().any(|it| it == face))
    };
    let waited = "return document.fonts.ready.then(() => true)";
    window.ask(waited).await.unwrap();
    let loaded = window.ask(faces).await.unwrap();
    assert!(narrow(&loaded), "{loaded}");
    window.picture("report-58-kk-ru").await.unwrap();

    window
        .choose("[data-test='paper-size']", "a4")
        .await
        .unwrap();
    window.reads("paper", "Стр. 1 из").await.unwrap();
    window.picture("report-a4-kk-ru").await.unwrap();
    window.click("save-pdf").await.unwrap();
    let saved = PathBuf::from(window.text("saved-path").await.unwrap());
    assert!(saved.exists(), "{saved:?}");

    set(&stage, "printer", &printer.printer().to_string());
    window.click("print").await.unwrap();
    window
        .reads("printed", &printer.printer().to_string())
        .await
        .unwrap();
    let bytes = printer.next(Duration::from_secs(30)).unwrap();
    // Sheets are not for a thermal printer: it gets 80 mm, 72 bytes a row.
    assert_eq!(bytes[..8], [0x1b, b'@', 0x1d, b'v', b'0', 0, 72, 0]);

    window.click("save-xlsx").await.unwrap();
    window.reads("saved-path", ".xlsx").await.unwrap();
    let book = PathBuf::from(window.text("saved-path").await.unwrap());
    assert!(std::fs::read(&book).unwrap().starts_with(b"PK"), "{book:?}");
    window.close().await.unwrap();
}

window_tests::in_both_engines!(a_report_changes_paper_and_language_is_printed_and_saved,);
