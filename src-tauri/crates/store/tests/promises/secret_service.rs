//! The real Secret Service: gnome-keyring-daemon on a D-Bus session of its own, in a home of its own.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use domain::ErrorCode;
use store::{Keeping, Store};

use crate::vault::{PASSWORD, TOKEN, account, assert_kept, assert_nowhere, save};

/// Started so, it is open.
const UNLOCKED: &str = r#"printf "pw\n" | exec gnome-keyring-daemon --unlock --components=secrets"#;

const FOLDER: &str = "STORE_TEST_SECRET_SERVICE_FOLDER";

/// Runs one of the ignored tests below in a D-Bus session after `prelude`, a shell command.
fn in_session(home: &Path, prelude: &str, test: &str) -> Output {
    let run = home.join("run");
    std::fs::create_dir_all(&run).unwrap();
    Command::new("timeout")
        .args(["60", "dbus-run-session", "--", "sh", "-c"])
        .arg(format!(r#"{prelude} >/dev/null 2>&1; exec "$0" --exact "secret_service::$1" --ignored --nocapture"#))
        .arg(std::env::current_exe().unwrap())
        .arg(test)
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("share"))
        .env("XDG_RUNTIME_DIR", &run)
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("DISPLAY")
        .env(FOLDER, home.join("data"))
        .output()
        .expect("timeout (coreutils) can be started")
}

fn assert_passed(output: &Output) {
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}\n{errors}"
    );
}

fn folder() -> PathBuf {
    PathBuf::from(std::env::var_os(FOLDER).expect("started by the test at the end of this file"))
}

#[test]
#[ignore = "run in a D-Bus session by the test at the end of this file"]
fn keeps() {
    let store = Store::open(&folder()).unwrap();
    assert!(store.has_key_store());
    save(&store, &Keeping::Keyring).unwrap();
    assert_kept(&store, &Keeping::Keyring);
}

#[test]
#[ignore = "run in a D-Bus session by the test at the end of this file"]
fn still_has() {
    assert_kept(&Store::open(&folder()).unwrap(), &Keeping::Keyring);
}

#[test]
#[ignore = "run in a D-Bus session by the test at the end of this file"]
fn is_refused() {
    let store = Store::open(&folder()).unwrap();
    let account = account();
    let read = store.credentials(&account.server, &account.login, &Keeping::Keyring);
    assert_eq!(read.unwrap_err().code(), ErrorCode::Keystore);
    assert_eq!(
        save(&store, &Keeping::Keyring).unwrap_err().code(),
        ErrorCode::Keystore
    );
}

/// A program that serves until it is dropped, whatever becomes of the test.
struct Served(Child);

impl Served {
    fn start(program: &str, arguments: &[&str], said: &str) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(said.as_bytes()).unwrap();
        Self(child)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// The open key store, with more arguments.
fn open_key_store(more: &str) -> Served {
    let arguments = ["--unlock", "--components=secrets", more];
    Served::start("gnome-keyring-daemon", &arguments, "pw\n")
}

fn soon(holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(20), "not in time");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
#[ignore = "run in a D-Bus session by the test at the end of this file"]
fn is_unlocked_later() {
    let store = Store::open(&folder()).unwrap();
    let account = account();
    let read = || store.credentials(&account.server, &account.login, &Keeping::Keyring);
    assert!(store.is_key_store_locked(&Keeping::Keyring));
    assert_eq!(read().unwrap_err().code(), ErrorCode::Keystore);
    // The one that serves cannot be unlocked without a question: one that is open takes its place.
    // It goes on by itself, until its bus ends.
    assert!(open_key_store("--replace").0.wait().unwrap().success());
    soon(|| !store.is_key_store_locked(&Keeping::Keyring) && read().is_ok());
    assert_kept(&store, &Keeping::Keyring);
}

#[test]
#[ignore = "run in a D-Bus session by the test at the end of this file"]
fn comes_later() {
    let store = Store::open(&folder()).unwrap();
    let account = account();
    let read = || store.credentials(&account.server, &account.login, &Keeping::Keyring);
    let home = folder().join("..");
    assert!(!store.has_key_store());
    assert!(!store.is_key_store_locked(&Keeping::Keyring));
    assert_eq!(read().unwrap_err().code(), ErrorCode::Keystore);
    let address = format!("unix:path={}", home.join("run/late").display());
    let address = format!("--address={address}");
    let _bus = Served::start("dbus-daemon", &["--session", "--nofork", &address], "");
    soon(|| home.join("run/late").exists());
    let _keys = open_key_store("--foreground");
    soon(|| read().is_ok());
    assert_kept(&store, &Keeping::Keyring);
}

#[test]
fn the_master_key_lives_in_the_secret_service() {
    for (program, package) in [
        ("dbus-run-session", "dbus-daemon"),
        ("gnome-keyring-daemon", "gnome-keyring"),
    ] {
        let found = Command::new(program).arg("--version").output();
        assert!(
            found.is_ok(),
            "this test needs the program {program}: install the package {package}"
        );
    }
    let home = tempfile::tempdir().unwrap();
    let unlocked = UNLOCKED;
    let locked = "gnome-keyring-daemon --start --components=secrets";
    assert_passed(&in_session(home.path(), unlocked, "keeps"));
    assert_passed(&in_session(home.path(), unlocked, "still_has"));
    // Locked, or not there at all: refused, and the key that is there is not replaced.
    assert_passed(&in_session(home.path(), locked, "is_refused"));
    assert_passed(&in_session(home.path(), unlocked, "still_has"));
    // Locked, or not there at all, when the program starts, and open in a moment: the program need not be started again.
    assert_passed(&in_session(home.path(), locked, "is_unlocked_later"));
    let late = format!(
        "export DBUS_SESSION_BUS_ADDRESS=unix:path={}/run/late",
        home.path().display()
    );
    assert_passed(&in_session(home.path(), &late, "comes_later"));
    for secret in [PASSWORD, TOKEN] {
        assert_nowhere(&home.path().join("data"), secret.as_bytes());
    }
}
