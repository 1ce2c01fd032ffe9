//! The installed programs; `cargo xtask test` installs them and names them in `SMENA_PROGRAM` and `SMENA_CTL`.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use window_tests::day::enter_training;
use window_tests::{Engine, Stage, Till};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs an installed program: cargo xtask test"]
async fn the_installed_program_starts_and_plays() {
    let stage = Stage::set(Engine::WebKit, None).await.unwrap();
    let window = stage.open(&[]).await.unwrap();
    enter_training(&window).await.unwrap();
    window.close().await.unwrap();

    // The command line is installed beside it and works by itself.
    let till = Till::start(stage.folder(), &[]).unwrap();
    till.sign_in().unwrap();
    till.meanwhile(&["shift", "open", "--kkm", "77505"])
        .unwrap();
    till.meanwhile(&["shift", "close", "--kkm", "77505"])
        .unwrap();
}
