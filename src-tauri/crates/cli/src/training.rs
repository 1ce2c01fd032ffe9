//! Training: the sandbox inside this process, its world kept in the data folder, and its demonstration user signed in.

use std::path::Path;

use operations::{Desk, Trouble};
use sandbox::{FIRST_LOGIN, PASSWORD, Sandbox, SandboxError};
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
pub(crate) async fn start(desk: &Desk, folder: &Path) -> Result<Training, Failure> {
    let mut started = Sandbox::of_folder(folder, false).await;
    if let (Err(SandboxError::Bind { .. }), Some(port)) = (&started, Sandbox::kept_port(folder)) {
        // Another command or the window runs this folder's server on it, or something foreign does.
        let url = format!("http://127.0.0.1:{port}");
        if sign_in(desk, &url).await.is_ok() {
            return Ok(Training { url, sandbox: None });
        }
        started = Sandbox::of_folder(folder, true).await;
    }
    let sandbox = started.map_err(|error| Failure::sandbox(&error))?;
    let url = sandbox.base_url();
    sign_in(desk, &url).await?;
    Ok(Training {
        url,
        sandbox: Some(sandbox),
    })
}

/// Signs the demonstration user in for this run, unless somebody is signed in there already.
async fn sign_in(desk: &Desk, url: &str) -> Result<(), Trouble> {
    let there = |server: &str| server.trim_end_matches('/') == url.trim_end_matches('/');
    if desk
        .accounts()
        .await?
        .iter()
        .any(|account| there(&account.server))
    {
        return Ok(());
    }
    desk.sign_in(url, FIRST_LOGIN, SecretString::from(PASSWORD), false)
        .await
        .map(drop)
}
