//! A display without a screen.

use std::path::Path;
use std::process::Command;

use crate::failure::Played;
use crate::leash::Leash;
use crate::screen::{HEIGHT, Screen, WIDTH};

/// A virtual X display; gone when dropped.
#[derive(Debug)]
pub struct Display {
    _server: Leash,
    name: String,
    screen: Screen,
}

impl Display {
    /// Starts Xvfb, which finds a free display number itself and says which.
    /// Its messages and its frame buffer are kept in `folder`.
    pub fn start(folder: &Path) -> Played<Self> {
        let log = folder.join("xvfb.log");
        let mut command = Command::new("Xvfb");
        let size = format!("{WIDTH}x{HEIGHT}x24");
        command.args(["-displayfd", "1", "-screen", "0", &size]);
        command.args(["-nolisten", "tcp", "-noreset", "-nocursor"]);
        command.arg("-fbdir").arg(folder);
        let mut server = Leash::start(&command, &log)?;
        let number = server.says(&format!("Xvfb did not start; see {}", log.display()))?;
        Ok(Self {
            name: format!(":{number}"),
            _server: server,
            screen: Screen::in_folder(folder),
        })
    }

    /// What is on it.
    pub fn screen(&self) -> Screen {
        self.screen.clone()
    }

    /// The value of `DISPLAY`, for example `:99`.
    pub fn name(&self) -> &str {
        &self.name
    }
}
