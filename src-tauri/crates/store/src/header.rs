//! A database file's first bytes (SQLite file format, 1.3), read without SQLite: even a connection that only reads leaves
//! files beside it, and what is not ours or newer than us stays as it is.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::StoreError;
use crate::draft::with_ending;

const MAGIC: &[u8] = b"SQLite format 3\0";
/// Where `user_version` ends.
const LENGTH: usize = 64;

/// What a file begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Header {
    /// Nothing is there, or an empty file.
    Empty,
    /// A database of this `user_version`.
    Database(i64),
    /// Anything else.
    Other,
}

/// Reads the beginning of `file`.
pub(crate) fn read(file: &Path) -> io::Result<Header> {
    let mut bytes = Vec::with_capacity(LENGTH);
    match File::open(file) {
        Ok(file) => file.take(64).read_to_end(&mut bytes)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Header::Empty),
        Err(error) => return Err(error),
    };
    if bytes.is_empty() {
        return Ok(Header::Empty);
    }
    match bytes.last_chunk::<4>() {
        Some(version) if bytes.len() == LENGTH && bytes.starts_with(MAGIC) => {
            Ok(Header::Database(i64::from(i32::from_be_bytes(*version))))
        }
        _ => Ok(Header::Other),
    }
}

/// Refuses what SQLite would take for an empty database and so throw away: a log of commits whose database is gone.
pub(crate) fn refuse_lost(file: &Path) -> Result<(), StoreError> {
    let log = fs::metadata(with_ending(file, "-wal"));
    if log.is_ok_and(|log| log.len() > 0) {
        return Err(StoreError::Damaged(
            "the database is gone, its -wal is there".to_owned(),
        ));
    }
    Ok(())
}
