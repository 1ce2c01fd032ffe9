//! Writing a file so that it is there whole or not at all, and why it could not be.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use texts::{Key, Phrase};

/// Writes `bytes` to `path`: a temporary file beside it, fsync, then its name. Without `force` an existing file stays.
///
/// # Errors
/// `AlreadyExists` without `force`; else why the folder does not take it. Nothing is left behind then.
pub fn write(path: &Path, bytes: &[u8], force: bool) -> io::Result<()> {
    fill(path, force, |file| file.write_all(bytes))
}

/// The same for what is not in memory at once: `work` writes it, and gives what it likes. Without its success there is no
/// file.
///
/// # Errors
/// As [`write`], and what `work` says.
pub fn fill<T, E: From<io::Error>>(
    path: &Path,
    force: bool,
    work: impl FnOnce(&mut File) -> Result<T, E>,
) -> Result<T, E> {
    put(path, force, OpenOptions::new(), work)
}

/// The same for a file that nobody else on this computer is to read.
///
/// # Errors
/// As [`write`].
pub fn write_for_owner(path: &Path, bytes: &[u8], force: bool) -> io::Result<()> {
    #[allow(unused_mut, reason = "a mode is Unix's")]
    let mut how = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    put(path, force, how, |file| file.write_all(bytes))
}

fn put<T, E: From<io::Error>>(
    path: &Path,
    force: bool,
    mut how: OpenOptions,
    work: impl FnOnce(&mut File) -> Result<T, E>,
) -> Result<T, E> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no file name"))?;
    if !force && path.symlink_metadata().is_ok() {
        return Err(exists().into());
    }
    let mut temporary_name = std::ffi::OsString::from(".");
    temporary_name.push(name);
    temporary_name.push(format!(".{}.tmp", std::process::id()));
    let temporary = Temporary(folder.join(temporary_name));
    let mut file = how.write(true).create_new(true).open(&temporary.0)?;
    let done = work(&mut file)?;
    file.sync_all()?;
    drop(file);
    if force {
        fs::rename(&temporary.0, path)?;
    } else {
        take_name(&temporary.0, path)?;
    }
    sync_folder(folder);
    Ok(done)
}

/// Why a file could not be read or written, for people.
pub fn reason(error: &io::Error) -> Phrase {
    match error.kind() {
        io::ErrorKind::AlreadyExists => Phrase::of(Key::WhatFileExists),
        io::ErrorKind::NotFound => Phrase::of(Key::WhatNoFile),
        io::ErrorKind::InvalidInput => Phrase::of(Key::WhatNoFileName),
        _ => Phrase::given(error),
    }
}

/// Gives the file its name unless somebody else has taken it meanwhile.
fn take_name(temporary: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(temporary, path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(exists()),
        // Some file systems have no hard links.
        Err(_) => fs::rename(temporary, path),
    }
}

fn exists() -> io::Error {
    io::Error::new(io::ErrorKind::AlreadyExists, "the file is there already")
}

/// Makes the new name durable where a folder can be synced; the file itself already is.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Removed when the work is done or given up.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// So many files of one name are enough.
const COPIES: u32 = 1000;

/// The names that a file of this name may have in a folder: `Name.pdf`, `Name (2).pdf` and so on.
pub(crate) fn copies(folder: &Path, stem: &str, extension: &str) -> impl Iterator<Item = PathBuf> {
    (1..=COPIES).map(move |copy| {
        let copy = match copy {
            1 => String::new(),
            copy => format!(" ({copy})"),
        };
        folder.join(format!("{stem}{copy}.{extension}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_existing_file_is_replaced_only_by_force_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("z.pdf");
        write(&path, b"one", false).unwrap();
        assert_eq!(
            write(&path, b"two", false).unwrap_err().kind(),
            io::ErrorKind::AlreadyExists
        );
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write(&path, b"two", true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_fails_in_the_middle_leaves_no_file_and_keeps_the_one_of_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.csv");
        let half = |file: &mut File| -> io::Result<()> {
            file.write_all(b"half")?;
            Err(io::ErrorKind::Other.into())
        };
        fill(&path, false, half).unwrap_err();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        write(&path, b"whole", false).unwrap();
        fill(&path, true, half).unwrap_err();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_for_the_owner_is_for_nobody_else() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bundle.zip");
        write_for_owner(&path, b"one", false).unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
