//! Room on the disk: asked for before anything is sent, because an answer that cannot be kept is worth little.

use std::path::Path;

use crate::StoreError;

/// So many bytes must be free in the data folder before an intent is written. An answer may have 16 MiB and is written
/// to the write-ahead log, as its raw text and as a report, and then to the database: four times it.
pub const ROOM: u64 = 64 * 1024 * 1024;

/// Refuses when less than [`ROOM`] is free. Where the system does not tell, SQLite will.
pub(crate) fn refuse_full(folder: &Path) -> Result<(), StoreError> {
    match fs4::available_space(folder) {
        Ok(free) if free < ROOM => Err(StoreError::DiskFull { free: Some(free) }),
        _ => Ok(()),
    }
}
