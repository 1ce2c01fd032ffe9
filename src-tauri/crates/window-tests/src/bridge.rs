//! The page's commands and files over loopback: the program `bridge`.

use std::path::Path;
use std::process::Command;

use crate::failure::Played;
use crate::key_store;
use crate::leash::Leash;
use crate::program;

/// A bridge in a process of its own; gone when dropped.
#[derive(Debug)]
pub struct Bridge {
    _server: Leash,
    url: String,
}

impl Bridge {
    /// Starts it on what is in `folder`, with these options besides.
    pub(crate) fn start(
        folder: &Path,
        environment: &[(String, Option<String>)],
        options: &[&str],
    ) -> Played<Self> {
        let mut command = Command::new(program::bridge()?);
        command.arg("--stay").arg("--data").arg(folder);
        if let Some(page) = program::page() {
            command.arg("--ui").arg(page);
        }
        command.args(options);
        key_store::apply(&mut command, environment);
        let mut server = Leash::start(&command, &folder.join("driver.log"))?;
        let url = server.says("the bridge did not start")?;
        Ok(Self {
            _server: server,
            url,
        })
    }

    /// The page's address.
    pub fn url(&self) -> &str {
        &self.url
    }
}
