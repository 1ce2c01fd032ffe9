//! The whole day in the real window; run by `cargo xtask test`, which sets everything up.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;

use window_tests::{Engine, Stage, play_day};

fn pictures() -> Option<PathBuf> {
    std::env::var_os("SMENA_PICTURES").map(PathBuf::from)
}

async fn a_day_from_sign_in_to_z_report_shows_on_screen_what_the_papers_say(engine: Engine) {
    let stage = Stage::set(engine, pictures().as_deref()).await.unwrap();
    let window = stage.open(&[]).await.unwrap();
    let day = match play_day(&window).await {
        Ok(day) => day,
        Err(failure) => panic!("{failure}\n{}", stage.log()),
    };
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
