//! The installed programs; `cargo xtask test` installs them and names them in `SMENA_PROGRAM` and `SMENA_CTL`.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use window_tests::day::enter_training;
use window_tests::tour::{sign_in_tour, speak, tour};
use window_tests::{Company, Engine, Played, Stage, Till, Window};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs an installed program: cargo xtask test"]
async fn the_installed_program_starts_and_plays() {
    let stage = Stage::set(Engine::WebKit, None).await.unwrap();
    let window = stage.open(&[]).await.unwrap();
    enter_training(&window).await.unwrap();
    window.close().await.unwrap();

    // Its page is packed: every screen comes up in it, and every language.
    let stage = Stage::set(Engine::WebKit, None).await.unwrap();
    let mut company = Company::start(stage.folder(), &["--blocked-register"]).unwrap();
    let window = stage.open(&[]).await.unwrap();
    let mut places = 0;
    let mut visit = async |window: &Window, _: &str| -> Played<()> {
        places += 1;
        window.settled().await
    };
    sign_in_tour(&window, &company, &mut visit).await.unwrap();
    for language in ["en", "kk"] {
        speak(&window, language).await.unwrap();
    }
    tour(&window, &mut company, &mut visit).await.unwrap();
    assert!(places > 30, "{places}");
    window.close().await.unwrap();

    // The command line is installed beside it and works by itself.
    let till = Till::start(stage.folder(), &[]).unwrap();
    till.sign_in().unwrap();
    till.meanwhile(&["shift", "open", "--kkm", "77505"])
        .unwrap();
    till.meanwhile(&["shift", "close", "--kkm", "77505"])
        .unwrap();
}
