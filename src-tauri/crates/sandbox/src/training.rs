//! The server of a training folder: its world and its address outlive the process.

use std::fs;
use std::path::Path;

use crate::{Config, Sandbox, SandboxError};

/// The world's file in a training folder.
const WORLD: &str = "world.json";
/// The port's file in a training folder.
const PORT: &str = "port";

impl Sandbox {
    /// Starts the training server of `folder`, on the port it had before: clients know a register by its server's
    /// address, too. The first time, and with `anew`, on any port that is free.
    ///
    /// # Errors
    /// [`SandboxError::Bind`] when another process has the port: perhaps this very folder's server.
    pub async fn of_folder(folder: &Path, anew: bool) -> Result<Self, SandboxError> {
        let port = if anew { None } else { Self::kept_port(folder) };
        let config = Config {
            port: port.unwrap_or(0),
            state_file: Some(folder.join(WORLD)),
            ..Config::default()
        };
        let server = Self::start(config).await?;
        if let Err(error) = fs::write(folder.join(PORT), server.port().to_string()) {
            tracing::warn!(%error, "the training server's port is not remembered");
        }
        Ok(server)
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
