//! A database file in the making: it gets its name when it is whole, and until then it is nobody's.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::StoreError;
use crate::open::random_name;

/// What SQLite puts beside a database, by the ending of its name.
pub(crate) const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// An empty file, its owner's alone, beside the name it is to get. Removed when it never gets it.
#[derive(Debug)]
pub(crate) struct Draft {
    path: PathBuf,
}

impl Draft {
    /// Makes the file in the folder of `target`.
    pub(crate) fn beside(target: &Path) -> Result<Self, StoreError> {
        let name = target
            .file_name()
            .ok_or_else(|| at(target, io::ErrorKind::InvalidInput.into()))?;
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}.tmp", random_name()?));
        let path = folder_of(target).join(hidden);
        owners_file(&path).map_err(|error| at(target, error))?;
        Ok(Self { path })
    }

    /// Where it is now.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the file its name, when its bytes are on the disk. Without `force` a file that has the name keeps it.
    pub(crate) fn publish(self, target: &Path, force: bool) -> Result<(), StoreError> {
        let named = File::options()
            .write(true)
            .open(&self.path)
            .and_then(|file| file.sync_all())
            .and_then(|()| {
                if force {
                    fs::rename(&self.path, target)
                } else {
                    take_name(&self.path, target)
                }
            });
        named.map_err(|error| at(target, error))?;
        // Makes the name durable where a folder can be synced; the file itself already is.
        if let Ok(folder) = File::open(folder_of(target)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        for ending in BESIDE {
            let _ = fs::remove_file(with_ending(&self.path, ending));
        }
    }
}

/// A file's name with more behind it.
pub(crate) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Makes a new file that its owner alone may read.
pub(crate) fn owners_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A failure with this file.
pub(crate) fn at(path: &Path, source: io::Error) -> StoreError {
    StoreError::File {
        path: path.to_path_buf(),
        source,
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn take_name(temporary: &Path, target: &Path) -> io::Result<()> {
    match fs::hard_link(temporary, target) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            // Some file systems have no hard links.
            if target.symlink_metadata().is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            fs::rename(temporary, target)
        }
        linked => linked,
    }
}
