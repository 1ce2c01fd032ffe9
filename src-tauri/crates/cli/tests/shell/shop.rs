//! The real program against a real server on a loopback port, with a data folder of its own.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use sandbox::{Config, Sandbox, WorldHandle};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub(crate) const KKM: &str = "77505";
pub(crate) const LOGIN: &str = "77001112233";
pub(crate) const PASSWORD: &str = "smena";

/// How one run of the program ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// The result, of a run with `--json` that succeeded.
    pub(crate) fn value(&self) -> Value {
        assert_eq!(self.code, 0, "{self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The failure, of a run with `--json`: the standard error is this one object and nothing else.
    pub(crate) fn error(&self, code: i32) -> Value {
        assert_eq!(self.code, code, "{self:?}");
        let value: Value =
            serde_json::from_str(&self.err).unwrap_or_else(|error| panic!("{error}: {self:?}"));
        let error = value["error"].clone();
        for field in ["code", "message", "remedy", "supportId"] {
            assert!(
                error[field].as_str().is_some_and(|text| !text.is_empty()),
                "{field}: {self:?}"
            );
        }
        assert!(
            error["params"].is_object() && error["retryable"].is_boolean(),
            "{self:?}"
        );
        assert!(
            !format!("{}{}", self.out, self.err).contains(PASSWORD_MARK),
            "a password was shown: {self:?}"
        );
        error
    }
}

/// A wrong password that must never be seen again.
pub(crate) const PASSWORD_MARK: &str = "neverni-parol-9471";

/// The program with this data folder; nothing of the caller's environment decides.
pub(crate) fn program(folder: &std::path::Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_smenactl"));
    command
        .args(args)
        .env("SMENA_DATA_DIR", folder)
        .env("LANGUAGE", "ru")
        .env("SMENA_PASSPHRASE", "проверка фразы 42")
        .env_remove("SMENA_TRAINING")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs the program to its end.
pub(crate) fn run_in(folder: &std::path::Path, args: &[&str], stdin: &str) -> Run {
    let mut child = program(folder, args).spawn().unwrap();
    // A program that ends before it reads is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let Output {
        status,
        stdout,
        stderr,
    } = child.wait_with_output().unwrap();
    Run {
        code: status.code().unwrap(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

/// A data folder whose training server has a port that no other test's takes between two commands.
pub(crate) fn training_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    std::fs::create_dir(folder.path().join("training")).unwrap();
    std::fs::write(folder.path().join("training/port"), port.to_string()).unwrap();
    folder
}

/// A shop: a server, its data folder, and the program.
pub(crate) struct Shop {
    pub(crate) world: WorldHandle,
    pub(crate) url: String,
    sandbox: Option<Sandbox>,
    runtime: Runtime,
    folder: TempDir,
}

impl Shop {
    /// Starts a server, nobody signed in.
    pub(crate) fn closed_door(config: Config) -> Self {
        let runtime = Runtime::new().unwrap();
        let sandbox = runtime.block_on(Sandbox::start(config)).unwrap();
        Self {
            world: sandbox.world(),
            url: sandbox.base_url(),
            sandbox: Some(sandbox),
            runtime,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Nobody listens any more; the world can still be looked at.
    pub(crate) fn stop_the_server(&mut self) {
        if let Some(sandbox) = self.sandbox.take() {
            self.runtime.block_on(sandbox.stop());
        }
    }

    /// Starts a server and signs in.
    pub(crate) fn new(config: Config) -> Self {
        let shop = Self::closed_door(config);
        let run = shop.sign_in(LOGIN);
        assert_eq!(run.code, 0, "{run:?}");
        shop
    }

    /// Starts a server and signs in under a passphrase whose key is made in no time, for whoever starts the program
    /// hundreds of times.
    pub(crate) fn with_a_quick_key(config: Config) -> Self {
        let shop = Self::closed_door(config);
        let words = [
            "--server",
            &shop.url,
            "login",
            "--login",
            LOGIN,
            "--password-stdin",
            "--store",
            "passphrase",
        ];
        let mut command = program(&shop.path("data"), &words);
        let mut child = command.env("SMENA_TEST_KEY_KIB", "64").spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(PASSWORD.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        shop
    }

    pub(crate) fn sign_in(&self, login: &str) -> Run {
        self.run_with_stdin(
            &[
                "--json",
                "--server",
                &self.url,
                "login",
                "--login",
                login,
                "--password-stdin",
                "--store",
                "passphrase",
            ],
            PASSWORD,
        )
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.run_with_stdin(args, "")
    }

    /// Runs with `--json`.
    pub(crate) fn json(&self, args: &[&str]) -> Run {
        self.run(&[&["--json"], args].concat())
    }

    pub(crate) fn run_with_stdin(&self, args: &[&str], stdin: &str) -> Run {
        run_in(&self.path("data"), args, stdin)
    }

    /// What the server did, as texts.
    pub(crate) fn acts(&self) -> Vec<String> {
        self.world
            .ledger()
            .unwrap()
            .iter()
            .map(|entry| format!("{:?} {}", entry.act, entry.kkm))
            .collect()
    }

    /// What a failure leaves as it was: the server's ledger and the archive.
    pub(crate) fn state(&self) -> (Vec<String>, Value) {
        (self.acts(), self.json(&["archive", "list"]).value())
    }
}
