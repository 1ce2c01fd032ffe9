//! Secrets stay: the page never gets a password or a token, and nothing that the window leaves behind has one.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use window_tests::day::close_uncounted;
use window_tests::till::{LOGIN, PASSWORD};
use window_tests::{Failure, Played, Stage, Till, Window, memory};

const KKM: &str = "77505";
const MARK: &str = "parol-61fe0c-window";
/// The Z is done, but the server answers with nothing but what it was sent.
const ECHO: &str = r"POST /shifts/\d+/z 1 echo-after";
/// Nor does it say afterwards what became of it.
const SILENCE: &str = r"POST /shifts/\d+/z 2+ echo:500";

/// The server's world as it stands in its file.
struct World(PathBuf);

impl World {
    fn text(&self) -> String {
        fs::read_to_string(&self.0).unwrap()
    }

    /// Everybody gets a password that stands nowhere else.
    fn mark(&self) {
        let old = format!("\"password\":\"{PASSWORD}\"");
        let text = self.text();
        let text = if text.contains(&old) {
            text.replace(&old, &format!("\"password\":\"{MARK}\""))
        } else {
            text.replace(
                &format!("\"password\": \"{PASSWORD}\""),
                &format!("\"password\": \"{MARK}\""),
            )
        };
        assert!(text.contains(MARK));
        fs::write(&self.0, text).unwrap();
    }

    /// The password, every token that was given out and each register's own.
    fn secrets(&self) -> Vec<String> {
        let world: Value = serde_json::from_str(&self.text()).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let users = world["users"].as_array().unwrap();
        let tokens = users
            .iter()
            .flat_map(|user| user["tokens"].as_array().unwrap())
            .map(|token| text(&token["value"]));
        let registers = world["kkms"].as_array().unwrap();
        let registers = registers.iter().map(|kkm| text(&kkm["token_cpcr"]));
        let mut secrets = vec![MARK.to_owned()];
        secrets.extend(tokens.chain(registers));
        assert!(secrets.len() >= 5, "{secrets:?}");
        secrets
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Xvfb, tauri-driver and gnome-keyring: cargo xtask test"]
async fn neither_the_pages_memory_nor_anything_left_behind_has_a_secret() {
    let pictures = std::env::var_os("SMENA_PICTURES").map(PathBuf::from);
    let stage = Stage::set_with_key_store(pictures.as_deref())
        .await
        .unwrap();
    let world = World(stage.folder().join("world.json"));
    let state = world.0.display().to_string();
    let options = ["--state", &state, "--fault", ECHO, "--fault", SILENCE];
    let till = Till::start(stage.folder(), &options).unwrap();
    world.mark();
    keep_the_sign_in(&stage, till.url()).unwrap();

    let window = stage.open(&[]).await.unwrap();
    if let Err(failure) = play(&window).await {
        panic!("{failure}\n{}", stage.log());
    }
    let secrets = world.secrets();
    let bundle = PathBuf::from(window.text("support-path").await.unwrap());
    search_the_page(&stage, &secrets);
    window.close().await.unwrap();

    assert!(bundle.starts_with(stage.documents()));
    search(&stage, &secrets, &bundle);
}

/// Signs in from a shell, so that nobody types a password in the page. The key store may still be starting.
fn keep_the_sign_in(stage: &Stage, server: &str) -> Played<()> {
    let began = Instant::now();
    loop {
        let mut login = stage.smenactl()?;
        login.args(["--server", server, "login", "--login", LOGIN]);
        login.args(["--password-stdin", "--store", "keyring"]);
        login
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = login.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(MARK.as_bytes())?;
        }
        let done = child.wait_with_output()?;
        if done.status.success() {
            return Ok(());
        }
        if began.elapsed() > Duration::from_secs(20) {
            let told = String::from_utf8_lossy(&done.stderr).into_owned();
            return Err(Failure::Bench(told));
        }
    }
}

/// Opens a shift, takes an X, loses a Z, saves what support needs.
async fn play(window: &Window) -> Played<()> {
    window.see("board").await?;
    window.click(&format!("register-{KKM}")).await?;
    window.click("open-shift").await?;
    window.click("confirm-yes").await?;
    window.reads("state", "открыта").await?;
    window.click("x-report").await?;
    window.see("save-pdf").await?;
    window.click("back").await?;
    close_uncounted(window).await?;
    window.click("close-finish").await?;
    window.go("#/journal").await?;
    window.see("support-bundle").await?;
    window.picture("10-support").await?;
    window.click("support-bundle").await?;
    window.see("support-path").await?;
    window.picture("11-support-saved").await
}

/// The register's name stands on the page: were it not found, the search would find nothing at all.
fn search_the_page(stage: &Stage, secrets: &[String]) {
    let control = "Касса 1";
    let mut texts: Vec<&str> = secrets.iter().map(String::as_str).collect();
    texts.push(control);
    let processes = memory::page_processes(&stage.data()).unwrap();
    let mut seen = false;
    for process in &processes {
        let name = fs::read_to_string(process.join("comm")).unwrap();
        let mut found = memory::texts_in(process, &texts).unwrap();
        if let Some(place) = found.iter().position(|text| text == control) {
            seen = true;
            found.remove(place);
        }
        assert!(found.is_empty(), "{found:?} in the memory of {name}");
    }
    assert!(seen, "the page's own text is not found in {processes:?}");
}

/// Whatever was written, the server's world apart.
fn search(stage: &Stage, secrets: &[String], bundle: &Path) {
    let mut everything = files(stage.folder());
    everything.retain(|(path, _)| !path.to_string_lossy().contains("/world.json"));
    let mut zip = zip::ZipArchive::new(Cursor::new(fs::read(bundle).unwrap())).unwrap();
    for place in 0..zip.len() {
        let mut file = zip.by_index(place).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().into_owned();
        everything.push((Path::new("bundle").join(name), bytes));
    }
    for (place, control) in [
        ("smena.db", "Касса 1"),
        ("data/logs/", "a room is opened"),
        ("driver.log", "DEBUG"),
        ("bundle/journal.json", "Echo"),
        ("bundle/logs/", "a room is opened"),
    ] {
        let found = everything
            .iter()
            .any(|(path, bytes)| path.to_string_lossy().contains(place) && holds(bytes, control));
        assert!(found, "no «{control}» in {place}");
    }
    for (path, bytes) in &everything {
        for secret in secrets {
            assert!(
                !holds(bytes, secret),
                "{secret} stands in {}",
                path.display()
            );
        }
    }
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().flatten() {
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                found.push((path.clone(), fs::read(&path).unwrap()));
            }
        }
    }
    found
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}
