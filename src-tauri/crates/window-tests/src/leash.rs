//! Processes that end when their owner does, however it ends.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::failure::{Failure, Played};

/// Runs `"$@"` in the background and then waits for the end of its own standard input.
/// That pipe's other end is ours: it closes when we drop it and also when we are killed,
/// and then the whole process group goes.
const SCRIPT: &str = r#""$@" </dev/null & exec >/dev/null 2>&1; read -r _; kill -KILL 0"#;

/// A process, with everything it starts, that is killed when this is dropped.
#[derive(Debug)]
pub struct Leash {
    shell: Child,
}

impl Leash {
    /// Starts `command` (its program, arguments and environment); messages go to `log`.
    pub fn start(command: &Command, log: &Path) -> Played<Self> {
        let log = File::options().create(true).append(true).open(log)?;
        let mut shell = Command::new("sh");
        shell
            .args(["-c", SCRIPT, "leash"])
            .arg(command.get_program())
            .args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        let shell = shell
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .process_group(0)
            .spawn()?;
        Ok(Self { shell })
    }

    /// The first line that the process writes to its standard output: so it says where it is. Fails with `otherwise` when it
    /// ends without a word.
    pub fn says(&mut self, otherwise: &str) -> Played<String> {
        let mut line = String::new();
        if let Some(output) = self.shell.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let line = line.trim();
        if line.is_empty() {
            return Err(Failure::Bench(otherwise.to_owned()));
        }
        Ok(line.to_owned())
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // The shell kills its group, itself included: there is nothing to learn from its end.
        let _ = self.shell.wait();
    }
}
