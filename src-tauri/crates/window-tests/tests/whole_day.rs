//! The whole day in the real window; run by `cargo xtask test`, which sets everything up.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use printing::sink::Sink;
use window_tests::{Engine, Stage, Window, play_day};

fn pictures() -> Option<PathBuf> {
    std::env::var_os("SMENA_PICTURES").map(PathBuf::from)
}

/// From the archive the Z-report is printed, and once more as a duplicate; the journal has the whole day.
async fn print_again(stage: &Stage, window: &Window) {
    let printer = Sink::start().unwrap();
    let mut set = stage.smenactl().unwrap();
    set.arg("--data-dir").arg(stage.data().join("training"));
    set.args(["settings", "set", "printer", &printer.printer().to_string()]);
    assert!(set.stdout(Stdio::null()).status().unwrap().success());
    window.go("#/archive").await.unwrap();
    // An X of the same second may stand above it: the server's clock tells whole seconds.
    let z = "const line = [...document.querySelectorAll(\"[data-test='archive'] [data-test='report-line']\")]\
        .find((line) => line.textContent.includes('Z-отчёт'));\
        line?.querySelector('a').click(); return Boolean(line);";
    window.until("the Z in the archive", z).await.unwrap();
    window.reads("report", "Z-отчёт").await.unwrap();
    window.click("print").await.unwrap();
    window
        .reads("print-jobs", "Отправлено на принтер")
        .await
        .unwrap();
    let first = printer.next(Duration::from_secs(30)).unwrap();
    window.click("print").await.unwrap();
    window.reads("print-jobs", "ДУБЛИКАТ").await.unwrap();
    let second = printer.next(Duration::from_secs(30)).unwrap();
    assert_ne!(first, second, "a duplicate says that it is one");

    window.go("#/journal").await.unwrap();
    let done = "const lines = [...document.querySelectorAll(\"[data-test='operation-line']\")].map((line) => line.textContent);\
        return lines.length === 3 && lines.every((line) => line.toLowerCase().includes('выполнено')) && lines";
    let lines = window.until("the day in the journal", done).await.unwrap();
    let lines = lines.to_string();
    for what in ["Открытие смены", "X-отчёт", "Закрытие смены (Z)"] {
        assert!(lines.contains(what), "{lines}");
    }
}

async fn a_day_from_sign_in_to_z_report_shows_on_screen_what_the_papers_say(engine: Engine) {
    let stage = Stage::set(engine, pictures().as_deref()).await.unwrap();
    let window = stage.open(&[]).await.unwrap();
    let day = match play_day(&window).await {
        Ok(day) => day,
        Err(failure) => panic!("{failure}\n{}", stage.log()),
    };
    print_again(&stage, &window).await;
    window.close().await.unwrap();

    for paper in [&day.x, &day.sections, &day.z] {
        assert!(paper.path.starts_with(stage.documents()));
        paper.agrees().unwrap();
        paper.says("УЧЕБНЫЙ").unwrap();
        paper.says("120340012345").unwrap();
    }
    day.x.says("X-ОТЧЁТ").unwrap();
    day.sections.says("НДС 16%").unwrap();
    day.sections.says("Без НДС").unwrap();
    day.z.says("Z-ОТЧЁТ").unwrap();
    day.z
        .says(&format!("Недостача * {}", window_tests::day::SHORT))
        .unwrap();
    day.z.says(window_tests::day::REASON).unwrap();
}

window_tests::in_both_engines!(a_day_from_sign_in_to_z_report_shows_on_screen_what_the_papers_say,);
