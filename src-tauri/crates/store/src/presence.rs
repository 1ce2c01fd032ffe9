//! Who is alive: every open store holds the lock of a file of its own, which the system lets go when the process dies.
//! So an operation left by a crash is told from one under way at once, without waiting for its lease.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// This store's sign of life.
#[derive(Debug)]
pub(crate) struct Presence {
    folder: PathBuf,
    token: String,
    file: Option<File>,
}

impl Presence {
    /// Makes and locks the file of `token`, and sweeps away those of the dead. The caller holds the database's write
    /// lock, so that nobody sweeps a file between its making and its locking.
    pub(crate) fn take(data: &Path, token: String) -> io::Result<Self> {
        let folder = data.join("running");
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(&folder)?.flatten() {
            sweep(&entry.path());
        }
        let file = File::create(path(&folder, &token))?;
        file.lock()?;
        Ok(Self {
            folder,
            token,
            file: Some(file),
        })
    }

    /// This store's token, under which it owns operations.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Whether the store of `token` is open. When it cannot be told, it is.
    pub(crate) fn is_alive(&self, token: &str) -> bool {
        if token == self.token {
            return true;
        }
        match File::open(path(&self.folder, token)) {
            Ok(file) => !matches!(file.try_lock_shared(), Ok(())),
            Err(error) => error.kind() != io::ErrorKind::NotFound,
        }
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        // Windows removes no open file.
        self.file = None;
        let _ = fs::remove_file(path(&self.folder, &self.token));
    }
}

fn path(folder: &Path, token: &str) -> PathBuf {
    folder.join(format!("{token}.lock"))
}

fn sweep(path: &Path) {
    let Ok(file) = File::open(path) else { return };
    match file.try_lock() {
        Ok(()) => {
            drop(file);
            let _ = fs::remove_file(path);
        }
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => {}
    }
}
