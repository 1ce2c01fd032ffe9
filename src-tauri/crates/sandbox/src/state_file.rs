//! The world in a file that several processes share: read before and written after every change, under a lock.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use crate::{SandboxError, world::World};

/// The file and the lock beside it.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    lock: PathBuf,
}

/// The right to read and write the file; given back when dropped.
#[derive(Debug)]
pub(crate) struct Held<'a> {
    file: &'a StateFile,
    // Closing it unlocks it.
    _lock: File,
}

impl StateFile {
    pub(crate) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            lock: beside(path, "lock"),
        }
    }

    /// Waits for other processes.
    pub(crate) fn hold(&self) -> Result<Held<'_>, SandboxError> {
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&self.lock)
            .and_then(|file| file.lock().map(|()| file))
            .map_err(|source| at(&self.lock, source))?;
        Ok(Held {
            file: self,
            _lock: lock,
        })
    }
}

impl Held<'_> {
    /// The world and its text, or nothing where there is no file yet.
    pub(crate) fn load(&self) -> Result<Option<(World, String)>, SandboxError> {
        let path = &self.file.path;
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(at(path, source)),
        };
        match serde_json::from_str(&text) {
            Ok(world) => Ok(Some((world, text))),
            Err(source) => Err(SandboxError::Damaged {
                path: path.clone(),
                source,
            }),
        }
    }

    /// Replaces the file whole, if the world differs from `before`.
    pub(crate) fn save(&self, world: &World, before: Option<&str>) -> Result<(), SandboxError> {
        let path = &self.file.path;
        let text = serde_json::to_string(world).map_err(|source| SandboxError::Damaged {
            path: path.clone(),
            source,
        })?;
        if before == Some(text.as_str()) {
            return Ok(());
        }
        let fresh = beside(path, "new");
        File::create(&fresh)
            .and_then(|mut file| {
                file.write_all(text.as_bytes())?;
                file.sync_all()
            })
            .and_then(|()| fs::rename(&fresh, path))
            .map_err(|source| at(&fresh, source))
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

fn at(path: &Path, source: io::Error) -> SandboxError {
    SandboxError::File {
        path: path.to_owned(),
        source,
    }
}
