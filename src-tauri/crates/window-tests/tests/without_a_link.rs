//! What is done without a link, in the window: it shows what waits and the hours left, and sends it when the link is back.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use window_tests::day::sign_in;
use window_tests::till::{LOGIN, PASSWORD};
use window_tests::{Engine, Stage, Till};

const KKM: &str = "77505";

/// Runs `smenactl` on the window's own data folder and insists on how it ends.
fn smenactl(stage: &Stage, words: &[&str], code: i32) {
    let mut child = stage
        .smenactl()
        .unwrap()
        .args(words)
        .env("SMENA_PASSPHRASE", "second hands")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that ends before it reads is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(PASSWORD.as_bytes());
    let ended = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(code), "{words:?}: {told}");
}

async fn what_waits_shows_with_its_hours_and_goes_by_itself_when_the_link_is_back(engine: Engine) {
    let pictures = std::env::var_os("SMENA_PICTURES");
    let stage = Stage::set(engine, pictures.as_deref().map(Path::new))
        .await
        .unwrap();
    let world = stage.folder().join("world.json");
    let state = ["--state", world.to_str().unwrap()];
    let till = Till::start(stage.folder(), &state).unwrap();
    let url = till.url().to_owned();
    let window = stage.open(&[]).await.unwrap();
    sign_in(&window, &url, PASSWORD).await.unwrap();
    window.see("register-77505").await.unwrap();
    let login = [
        "--server",
        &url,
        "login",
        "--login",
        LOGIN,
        "--password-stdin",
        "--store",
        "passphrase",
    ];
    smenactl(&stage, &login, 0);
    smenactl(
        &stage,
        &["autonomous", "on", "--kkm", KKM, "--i-have-a-licence"],
        0,
    );

    drop(till);
    smenactl(&stage, &["shift", "open", "--kkm", KKM, "--autonomous"], 8);
    // A window that is started now reads no register, and still says what waits.
    window.go("#/registers").await.unwrap();
    window.click("refresh").await.unwrap();
    let said = window.reads("board", "Ждут связи: 1").await.unwrap();
    assert!(
        said.contains("Касса 1") && said.contains("осталось 7"),
        "{said}"
    );
    window.picture("outbox-without-a-link").await.unwrap();

    let port = url.rsplit(':').next().unwrap();
    let again = [&state[..], &["--port", port]].concat();
    let _till = Till::start(stage.folder(), &again).unwrap();
    window.click("refresh").await.unwrap();
    window
        .click_css("[data-test='register-77505'] th a")
        .await
        .unwrap();
    // It went by itself, or does now.
    window.reads("state", "открыта").await.unwrap();
    smenactl(&stage, &["outbox", "list"], 0);
    window.picture("outbox-sent").await.unwrap();
    window.close().await.unwrap();
}

window_tests::in_both_engines!(
    what_waits_shows_with_its_hours_and_goes_by_itself_when_the_link_is_back,
);
