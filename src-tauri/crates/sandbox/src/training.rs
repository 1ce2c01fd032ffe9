//! The server of a training folder: its world and its address outlive the process.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::path::Path;

use crate::{Config, Sandbox, SandboxError};

/// The world's file in a training folder.
const WORLD: &str = "world.json";
/// The port's file in a training folder.
const PORT: &str = "port";
/// Where a port is looked for the first time, from one of the folder's own on: no system lends these to passing connections.
const PORTS: Range<u16> = 20_000..30_000;
/// So many are tried.
const TRIED: usize = 100;

impl Sandbox {
    /// Starts the training server of `folder`, on the port it had before: clients know a register by its server's
    /// address, too. The first time, and with `anew`, on a port that is free.
    ///
    /// # Errors
    /// [`SandboxError::Bind`] when another process has the port: perhaps this very folder's server.
    pub async fn of_folder(folder: &Path, anew: bool) -> Result<Self, SandboxError> {
        let kept = if anew { None } else { Self::kept_port(folder) };
        let server = match kept {
            Some(port) => Self::on_port(folder, port).await?,
            None => Self::on_a_free_port(folder).await?,
        };
        if let Err(error) = fs::write(folder.join(PORT), server.port().to_string()) {
            tracing::warn!(%error, "the training server's port is not remembered");
        }
        Ok(server)
    }

    async fn on_a_free_port(folder: &Path) -> Result<Self, SandboxError> {
        let mut hash = DefaultHasher::new();
        folder.hash(&mut hash);
        // Two folders whose servers take turns are not to meet on one.
        let own = usize::try_from(hash.finish() % 10_000).unwrap_or(0);
        for port in PORTS.cycle().skip(own).take(TRIED) {
            match Self::on_port(folder, port).await {
                Err(SandboxError::Bind { .. }) => {}
                other => return other,
            }
        }
        Self::on_port(folder, 0).await
    }

    async fn on_port(folder: &Path, port: u16) -> Result<Self, SandboxError> {
        let config = Config {
            port,
            state_file: Some(folder.join(WORLD)),
            ..Config::default()
        };
        Self::start(config).await
    }

    /// The port that the server of a training folder had last.
    pub fn kept_port(folder: &Path) -> Option<u16> {
        fs::read_to_string(folder.join(PORT))
            .ok()?
            .trim()
            .parse()
            .ok()
            .filter(|port| *port != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_training_server_keeps_its_address_from_run_to_run() {
        let folder = tempfile::tempdir().unwrap();
        let first = Sandbox::of_folder(folder.path(), false).await.unwrap();
        let address = first.base_url();
        let taken = Sandbox::of_folder(folder.path(), false).await;
        assert!(matches!(taken, Err(SandboxError::Bind { .. })));
        first.stop().await;
        let second = Sandbox::of_folder(folder.path(), false).await.unwrap();
        assert_eq!(second.base_url(), address);
    }
}
