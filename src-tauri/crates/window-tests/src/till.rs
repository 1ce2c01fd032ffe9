//! A server of the test's own and a second pair of hands on it: `smenactl`, from a data folder of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Played};
use crate::leash::Leash;
use crate::program;

/// The training world's manager.
pub const LOGIN: &str = "77001112233";
/// The password of everybody in the training world.
pub const PASSWORD: &str = "smena";

/// A training server in a process of its own; gone when dropped.
#[derive(Debug)]
pub struct Till {
    _server: Leash,
    url: String,
    hands: PathBuf,
    folder: PathBuf,
}

impl Till {
    /// Starts a server with these options of `smenactl sandbox`, its log and the second hands' data in `folder`.
    pub fn start(folder: &Path, options: &[&str]) -> Played<Self> {
        let hands = program::smenactl()?;
        let mut command = Command::new(&hands);
        command.arg("sandbox").args(options);
        let mut server = Leash::start(&command, &folder.join("till.log"))?;
        let url = server.says("the training server did not start")?;
        Ok(Self {
            _server: server,
            url,
            hands,
            folder: folder.to_path_buf(),
        })
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Signs the second hands in.
    pub fn sign_in(&self) -> Played<()> {
        self.run(&["login", "--login", LOGIN, "--password-stdin"], PASSWORD)
    }

    /// Does something from elsewhere, behind the window's back.
    pub fn meanwhile(&self, command: &[&str]) -> Played<()> {
        self.run(command, "")
    }

    fn run(&self, command: &[&str], input: &str) -> Played<()> {
        let mut run = Command::new(&self.hands);
        run.arg("--data-dir").arg(self.folder.join("elsewhere"));
        run.args(["--server", &self.url]).args(command);
        run.env("SMENA_PASSPHRASE", "second hands");
        let mut child = run
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes())?;
        }
        let done = child.wait_with_output()?;
        if done.status.success() {
            return Ok(());
        }
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        Err(Failure::Bench(format!("smenactl {command:?}: {told}")))
    }
}
