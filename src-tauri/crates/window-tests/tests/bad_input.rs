//! Mistakes at the sign-in page; each says what happened and what to do, and changes nothing.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use window_tests::day::enter_training;
use window_tests::{Played, Stage, Window};

async fn refused(window: &Window, code: &str) -> Played<()> {
    window
        .see_css(&format!("[data-test='error'][data-code='{code}']"))
        .await?;
    assert!(!window.text("error-message").await?.trim().is_empty());
    assert!(!window.text("error-remedy").await?.trim().is_empty());
    window.see("sign-in").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Xvfb and tauri-driver: cargo xtask test"]
async fn a_wrong_password_is_named_with_its_remedy_and_the_right_one_then_works() {
    let stage = Stage::set(None).await.unwrap();
    let window = stage.open(&[]).await.unwrap();
    enter_training(&window).await.unwrap();
    window.fill("[name='password']", "wrong").await.unwrap();
    window.click("sign-in-submit").await.unwrap();
    refused(&window, "wrong-credentials").await.unwrap();

    window.fill("[name='password']", "smena").await.unwrap();
    window.click("sign-in-submit").await.unwrap();
    window.see("board").await.unwrap();
    window.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Xvfb and tauri-driver: cargo xtask test"]
async fn a_server_that_is_not_there_is_said_to_be_out_of_reach() {
    // A port that was free a moment ago: nobody listens there.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);

    let stage = Stage::set(None).await.unwrap();
    let window = stage.open(&[]).await.unwrap();
    let server = window.see_css("select[name='server']").await.unwrap();
    server.select_by_value("other").await.unwrap();
    window.fill("[name='address']", &address).await.unwrap();
    window.fill("[name='login']", "77001112233").await.unwrap();
    window.fill("[name='password']", "smena").await.unwrap();
    window.click("sign-in-submit").await.unwrap();
    refused(&window, "no-link").await.unwrap();
    window.close().await.unwrap();
}
