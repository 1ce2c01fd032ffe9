//! Which databases this process has open. On Unix a lock on a file is the process's: closing any handle of the file, such
//! as one that only looked at its header, drops the locks that SQLite holds on it. So a database that is open here is
//! read by SQLite alone.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

use crate::open::lock;

static OPEN: LazyLock<Mutex<HashMap<PathBuf, usize>>> = LazyLock::new(Mutex::default);

/// As long as it lives, the database is known to be open in this process.
#[derive(Debug)]
pub(crate) struct Here(PathBuf);

impl Here {
    /// Notes a database whose file is there.
    pub(crate) fn note(file: &Path) -> Self {
        let name = name(file);
        *lock(&OPEN).entry(name.clone()).or_default() += 1;
        Self(name)
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        let mut open = lock(&OPEN);
        if let Some(times) = open.get_mut(&self.0) {
            *times -= 1;
            if *times == 0 {
                open.remove(&self.0);
            }
        }
    }
}

/// Whether this process has the database open.
pub(crate) fn is_open(file: &Path) -> bool {
    lock(&OPEN).contains_key(&name(file))
}

/// One name for a file, by whatever way it is reached.
fn name(file: &Path) -> PathBuf {
    file.canonicalize().unwrap_or_else(|_| file.to_path_buf())
}
