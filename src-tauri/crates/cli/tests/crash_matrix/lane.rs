//! Where cases run one after another: a server, and for each scenario a data folder and a world to begin from.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use sandbox::{Config, Sandbox, Snapshot, WorldHandle};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::scenarios::SCENARIOS;

/// A server and the beginnings of the scenarios on it.
pub(crate) struct Lane {
    pub(crate) world: WorldHandle,
    beginnings: Vec<Beginning>,
    _sandbox: Sandbox,
    _runtime: Runtime,
    pub(crate) folder: TempDir,
}

struct Beginning {
    folder: PathBuf,
    world: Snapshot,
}

impl Lane {
    pub(crate) fn new(nth: u64) -> Self {
        let runtime = Runtime::new().unwrap();
        let config = Config {
            seed: nth + 1,
            sales_on_open: false,
            ..Config::default()
        };
        let sandbox = runtime.block_on(Sandbox::start(config)).unwrap();
        let mut lane = Self {
            world: sandbox.world(),
            beginnings: Vec::new(),
            folder: tempfile::tempdir().unwrap(),
            _sandbox: sandbox,
            _runtime: runtime,
        };
        let url = lane._sandbox.base_url();
        let signed_in = lane.folder.path().join("signed-in");
        let words = [
            "--server",
            &url,
            "login",
            "--login",
            sandbox::FIRST_LOGIN,
            "--password-stdin",
            "--store",
            "passphrase",
        ];
        lane.expect(&signed_in, &words, 0);
        let with_token = lane.world.snapshot().unwrap();
        for scenario in SCENARIOS {
            lane.world.restore(&with_token).unwrap();
            let folder = lane.folder.path().join(scenario.name);
            copy(&signed_in, &folder);
            (scenario.prepare)(&lane, &folder);
            lane.faults(&[]);
            let world = lane.world.snapshot().unwrap();
            lane.beginnings.push(Beginning { folder, world });
        }
        lane
    }

    /// Puts the world and a data folder back to where a scenario begins.
    pub(crate) fn begin(&self, scenario: usize) -> PathBuf {
        let beginning = &self.beginnings[scenario];
        self.faults(&[]);
        self.world.restore(&beginning.world).unwrap();
        let folder = self.folder.path().join("case");
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        copy(&beginning.folder, &folder);
        folder
    }

    /// A file of a scenario, beside its data folder.
    pub(crate) fn beside(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    pub(crate) fn faults(&self, rules: &[&str]) {
        self.world
            .set_faults(rules.iter().map(|rule| rule.parse().unwrap()).collect());
    }

    /// Runs the program to its end, or to where it dies.
    pub(crate) fn run(&self, folder: &Path, words: &[&str], told: &[(&str, &str)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_smenactl"));
        command
            .args(words)
            .current_dir(self.folder.path())
            .env("SMENA_DATA_DIR", folder)
            .env("LANGUAGE", "ru")
            .env("SMENA_PASSPHRASE", "проверка фразы 42")
            .env("SMENA_TEST_LATE_MS", "0")
            .env("SMENA_TEST_KEY_KIB", "64")
            .env_remove("SMENA_TRAINING")
            .envs(told.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that ends before it reads is no failure of the test.
        let _ = child
            .stdin
            .take()
            .unwrap()
            .write_all(sandbox::PASSWORD.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Runs the program and insists on how it ends.
    pub(crate) fn expect(&self, folder: &Path, words: &[&str], code: i32) {
        let output = self.run(folder, words, &[]);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{words:?}: {}",
            told(&output)
        );
    }
}

/// What the program said.
pub(crate) fn told(output: &Output) -> String {
    let text = [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it).into_owned());
    text.join("\n")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        // Signs of life and logs are of the process that made them.
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
