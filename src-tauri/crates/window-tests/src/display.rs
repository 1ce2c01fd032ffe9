//! A display without a screen.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Played};
use crate::leash::Leash;

/// A virtual X display; gone when dropped.
#[derive(Debug)]
pub struct Display {
    _server: Leash,
    name: String,
}

impl Display {
    /// Starts Xvfb, which finds a free display number itself and says which.
    pub fn start(log: &Path) -> Played<Self> {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1440x1000x24"]);
        command.args(["-nolisten", "tcp", "-noreset"]);
        let mut server = Leash::start(&command, log)?;
        let output = server
            .output()
            .ok_or_else(|| Failure::Bench("Xvfb has no output".into()))?;
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number)?;
        let number = number.trim();
        if number.is_empty() {
            return Err(Failure::Bench(format!(
                "Xvfb did not start; see {}",
                log.display()
            )));
        }
        Ok(Self {
            name: format!(":{number}"),
            _server: server,
        })
    }

    /// The value of `DISPLAY`, for example `:99`.
    pub fn name(&self) -> &str {
        &self.name
    }
}
