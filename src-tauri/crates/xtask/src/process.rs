//! Other programs, started without a standard input.

use std::fmt;
use std::io;
use std::process::{Command, Output, Stdio};

use crate::place;

/// Why a chore stopped, in words for whoever started it.
#[derive(Debug)]
pub(crate) struct Stop(pub(crate) String);

impl fmt::Display for Stop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

/// The result of a chore or a part of one.
pub(crate) type Done<T = ()> = Result<T, Stop>;

/// A command that starts in the workspace's folder.
pub(crate) fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(place::root());
    command
}

/// Cargo, the one that started us.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    command(&cargo, arguments)
}

/// Runs a command with its output shown as it comes.
pub(crate) fn show(command: &mut Command) -> Done {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| unstarted(command, &error))?;
    if status.success() {
        return Ok(());
    }
    Err(Stop(format!("{}: {status}", name(command))))
}

/// Runs a command and returns what it wrote.
pub(crate) fn read(command: &mut Command) -> Done<Output> {
    command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| unstarted(command, &error))
}

/// Did it succeed, quietly?
pub(crate) fn succeeds(command: &mut Command) -> bool {
    read(command).is_ok_and(|output| output.status.success())
}

/// A command as one would type it.
pub(crate) fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

pub(crate) fn unstarted(command: &Command, error: &io::Error) -> Stop {
    Stop(format!("{} cannot start: {error}", name(command)))
}
