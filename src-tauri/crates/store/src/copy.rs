//! Copies of a database that others work with: one plain file each, as the database stood at one moment.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, ffi};

use crate::draft::{Draft, at, owners_file, with_ending};
use crate::open::{FILE, PATIENCE, make_folder};
use crate::verify::{self, Verification};
use crate::{StoreError, migrate};

/// Pages copied at once: 64 KiB.
const PAGES: std::ffi::c_int = 16;

/// Copies the database `from` as it stands now into the empty file `to`. Nobody is held up: the whole copy is made from
/// one view of the database, and a write-ahead log lets others write meanwhile.
pub(crate) fn snapshot(from: &Path, to: &Path) -> Result<(), StoreError> {
    let mut source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    source.busy_timeout(PATIENCE)?;
    let view = source.transaction()?;
    // A view begins with its first reading.
    view.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let mut copy = Connection::open(to)?;
    pour(&view, &mut copy)?;
    drop(copy);
    make_plain(&Connection::open(to)?)
}

/// Puts the contents of one database in the place of another's, in one transaction of the other.
pub(crate) fn pour(from: &Connection, to: &mut Connection) -> Result<(), StoreError> {
    let backup = Backup::new(from, to)?;
    loop {
        fail_points::reached("before-copying-pages");
        match backup.step(PAGES)? {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            // The connections have waited as long as they do.
            _ => {
                let busy = ffi::Error::new(ffi::SQLITE_BUSY);
                return Err(rusqlite::Error::SqliteFailure(busy, None).into());
            }
        }
    }
}

/// From now on the database is one file and needs no log beside it.
pub(crate) fn make_plain(copy: &Connection) -> Result<(), StoreError> {
    let mode: String = copy.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    if mode == "delete" {
        Ok(())
    } else {
        Err(StoreError::Damaged(format!("its journal stays {mode}")))
    }
}

/// What is wrong with a database, page by page, as SQLite tells it.
pub(crate) fn integrity(copy: &Connection) -> Result<(), StoreError> {
    let told: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if told == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged(told))
    }
}

/// Reads a finished copy from its first page to its last and walks its chains.
pub(crate) fn check(copy: &Path) -> Result<Verification, StoreError> {
    let mut copy = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    migrate::refuse_other(&copy)?;
    integrity(&copy)?;
    let found = verify::walk_both(&mut copy)?;
    let broken = |what: &str, number: i64| {
        StoreError::Damaged(format!("{what} {number} is not what was written"))
    };
    match (found.broken, found.broken_operation) {
        (Some(number), _) => Err(broken("report", number)),
        (None, Some(number)) => Err(broken("operation", number)),
        (None, None) => Ok(found),
    }
}

/// The folder of the copies that the program makes by itself.
pub(crate) fn copies(data: &Path) -> Result<PathBuf, StoreError> {
    let folder = data.join("copies");
    make_folder(&folder).map_err(|error| at(&folder, error))?;
    Ok(folder)
}

/// Saves the database of the folder `data` in `copies/`, under `name` or, where that is taken, with a number behind it.
pub(crate) fn save(data: &Path, name: &str) -> Result<PathBuf, StoreError> {
    let folder = copies(data)?;
    let mut target = folder.join(format!("{name}.db"));
    let mut number = 1;
    while target.symlink_metadata().is_ok() {
        number += 1;
        target = folder.join(format!("{name}-{number}.db"));
    }
    let draft = Draft::beside(&target)?;
    snapshot(&data.join(FILE), draft.path())?;
    draft.publish(&target, false)?;
    Ok(target)
}

/// Copies a database file that nobody has open, with its log where there is one, byte by byte: it is not even opened.
pub(crate) fn bytes(from: &Path, to: &Draft) -> Result<(), StoreError> {
    let read = |path: &Path| File::open(path).map_err(|error| at(path, error));
    let mut file = File::options()
        .write(true)
        .open(to.path())
        .map_err(|error| at(to.path(), error))?;
    io::copy(&mut read(from)?, &mut file).map_err(|error| at(from, error))?;
    let log = with_ending(from, "-wal");
    if log.exists() {
        let copy = with_ending(to.path(), "-wal");
        let mut file = owners_file(&copy).map_err(|error| at(&copy, error))?;
        io::copy(&mut read(&log)?, &mut file).map_err(|error| at(&log, error))?;
    }
    Ok(())
}
