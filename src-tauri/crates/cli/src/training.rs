//! Training: the sandbox inside this process, its world kept in the data folder, and its demonstration user signed in.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use operations::{Desk, Trouble};
use sandbox::{FIRST_LOGIN, PASSWORD, Sandbox, SandboxError};
use secrecy::SecretString;
use texts::Key;

use crate::failure::Failure;
use crate::say::Say;

/// Held by the command whose turn it is.
const TURN: &str = "shell.lock";
/// So long a command waits for its turn; then it goes on without, and may find its server gone.
const PATIENCE: Duration = Duration::from_secs(30);
/// After so long people are told what it waits for.
const AWHILE: Duration = Duration::from_secs(2);
/// So often it looks.
const PAUSE: Duration = Duration::from_millis(50);

/// The training server of this run.
pub(crate) struct Training {
    /// Its address.
    pub(crate) url: String,
    /// The server, where this process runs it.
    sandbox: Option<Sandbox>,
    /// This command's turn, which ends with it.
    _turn: Option<File>,
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
pub(crate) async fn start(desk: &Desk, folder: &Path, say: Say) -> Result<Training, Failure> {
    let turn = turn(folder, say).await;
    let mut started = Sandbox::of_folder(folder, false).await;
    if let (Err(SandboxError::Bind { .. }), Some(port)) = (&started, Sandbox::kept_port(folder)) {
        // Another command or the window runs this folder's server on it, or something foreign does.
        let url = format!("http://127.0.0.1:{port}");
        if sign_in(desk, &url).await.is_ok() {
            return Ok(Training {
                url,
                sandbox: None,
                _turn: turn,
            });
        }
        started = Sandbox::of_folder(folder, true).await;
    }
    let sandbox = started.map_err(|error| Failure::sandbox(&error))?;
    let url = sandbox.base_url();
    sign_in(desk, &url).await?;
    Ok(Training {
        url,
        sandbox: Some(sandbox),
        _turn: turn,
    })
}

/// Waits until no other command of a shell is at work in this folder: the server lives in the one that came first, and would
/// end with it under the feet of the others.
async fn turn(folder: &Path, say: Say) -> Option<File> {
    let file = File::create(folder.join(TURN));
    let file = file.inspect_err(|error| tracing::warn!(%error, "commands take no turns"));
    let file = file.ok()?;
    let began = Instant::now();
    let mut told = say.json;
    loop {
        match file.try_lock() {
            Ok(()) => return Some(file),
            Err(TryLockError::WouldBlock) if began.elapsed() < PATIENCE => {
                if !told && began.elapsed() >= AWHILE {
                    eprintln!("{}", say.lang.text(Key::CliTrainingTurn));
                    told = true;
                }
                tokio::time::sleep(PAUSE).await;
            }
            Err(error) => {
                tracing::warn!(%error, "another command keeps its turn");
                return None;
            }
        }
    }
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
