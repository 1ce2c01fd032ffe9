//! The world in a file that several processes share: read before and written after every change, under a lock.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use crate::{SandboxError, world::World};

/// The world as this process has it.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) world: World,
    /// What the file held when `world` was read from it or written to it; nothing where there is no file.
    text: Option<String>,
}

impl Known {
    /// A world that is in no file yet.
    pub(crate) const fn fresh(world: World) -> Self {
        Self { world, text: None }
    }

    /// Whether a file holds it.
    pub(crate) const fn is_kept(&self) -> bool {
        self.text.is_some()
    }

    /// Takes the file's text from beside it, as whoever changes the world must: unless it is saved after that, or given its
    /// text back, it is read from the file again.
    pub(crate) const fn unsettle(&mut self) -> Option<String> {
        self.text.take()
    }

    /// Gives the text back to a world that is as it was.
    pub(crate) fn settle(&mut self, text: Option<String>) {
        self.text = text;
    }
}

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
    /// Brings `known` to what the file holds; a world that is as it was is not read into again.
    pub(crate) fn load(&self, known: &mut Known) -> Result<(), SandboxError> {
        let path = &self.file.path;
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                known.text = None;
                return Ok(());
            }
            Err(source) => return Err(at(path, source)),
        };
        if known.text.as_ref() != Some(&text) {
            known.world = serde_json::from_str(&text).map_err(|source| damaged(path, source))?;
            known.text = Some(text);
        }
        Ok(())
    }

    /// Replaces the file whole, if the world differs from `before`, which it holds.
    pub(crate) fn save(
        &self,
        known: &mut Known,
        before: Option<String>,
    ) -> Result<(), SandboxError> {
        let path = &self.file.path;
        let text = serde_json::to_string(&known.world).map_err(|source| damaged(path, source))?;
        if before.as_ref() == Some(&text) {
            known.settle(before);
            return Ok(());
        }
        let fresh = beside(path, "new");
        File::create(&fresh)
            .and_then(|mut file| {
                file.write_all(text.as_bytes())?;
                file.sync_all()
            })
            .and_then(|()| fs::rename(&fresh, path))
            .map_err(|source| at(&fresh, source))?;
        known.text = Some(text);
        Ok(())
    }
}

fn damaged(path: &Path, source: serde_json::Error) -> SandboxError {
    SandboxError::Damaged {
        path: path.to_owned(),
        source,
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
