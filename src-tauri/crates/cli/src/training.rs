//! Training: the sandbox inside this process, its world kept in the data folder, and its demonstration user signed in.

use std::fs;
use std::path::Path;

use operations::{Desk, Trouble};
use sandbox::{Config, FIRST_LOGIN, PASSWORD, Sandbox, SandboxError};
use secrecy::SecretString;

use crate::failure::Failure;

/// The training server of this run.
pub(crate) struct Training {
    /// Its address.
    pub(crate) url: String,
    /// The server, where this process runs it.
    sandbox: Option<Sandbox>,
}

impl Training {
    /// Stops the server if this process runs it.
    pub(crate) async fn stop(self) {
        if let Some(sandbox) = self.sandbox {
            sandbox.stop().await;
        }
    }
}

/// Gets the training server for this run: the one that already runs on this data folder, or a new one.
///
/// The port stays the same from run to run, for the journal knows a register by its server's address.
pub(crate) async fn start(desk: &Desk, folder: &Path) -> Result<Training, Failure> {
    let kept = folder.join("port");
    let port = fs::read_to_string(&kept)
        .ok()
        .and_then(|text| text.trim().parse::<u16>().ok())
        .unwrap_or(0);
    let sandbox = match listen(folder, port).await {
        Ok(sandbox) => sandbox,
        Err(SandboxError::Bind { .. }) if port != 0 => {
            // Another command's training server on this folder has the port, or something foreign has.
            let url = format!("http://127.0.0.1:{port}");
            if sign_in(desk, &url).await.is_ok() {
                return Ok(Training { url, sandbox: None });
            }
            listen(folder, 0)
                .await
                .map_err(|error| Failure::sandbox(&error))?
        }
        Err(error) => return Err(Failure::sandbox(&error)),
    };
    fs::write(&kept, sandbox.port().to_string())
        .map_err(|error| Failure::data_folder(folder, &error))?;
    let url = sandbox.base_url();
    sign_in(desk, &url).await?;
    Ok(Training {
        url,
        sandbox: Some(sandbox),
    })
}

async fn listen(folder: &Path, port: u16) -> Result<Sandbox, SandboxError> {
    let state_file = Some(folder.join("world.json"));
    Sandbox::start(Config {
        port,
        state_file,
        ..Config::default()
    })
    .await
}

/// Signs the demonstration user in for this run, unless somebody is signed in there already.
async fn sign_in(desk: &Desk, url: &str) -> Result<(), Trouble> {
    let there = |server: &str| server.trim_end_matches('/') == url.trim_end_matches('/');
    if desk
        .accounts()?
        .iter()
        .any(|account| there(&account.server))
    {
        return Ok(());
    }
    desk.sign_in(url, FIRST_LOGIN, SecretString::from(PASSWORD), false)
        .await
        .map(drop)
}
