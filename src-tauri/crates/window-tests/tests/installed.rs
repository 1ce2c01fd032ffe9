//! The installed program; `cargo xtask test` installs it and names it in `SMENA_PROGRAM`.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use window_tests::Stage;
use window_tests::day::{enter_training, sign_in};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs an installed program: cargo xtask test"]
async fn the_installed_program_starts_and_signs_in() {
    let stage = Stage::set(None).await.unwrap();
    let window = stage.open(&[]).await.unwrap();
    enter_training(&window).await.unwrap();
    sign_in(&window).await.unwrap();
    window.close().await.unwrap();
}
