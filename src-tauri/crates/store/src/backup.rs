//! A backup: the whole database in one plain file, made while everybody works, and checked before it is called one.

use std::path::Path;

use crate::draft::{Draft, at};
use crate::open::FILE;
use crate::verify::Verification;
use crate::{Store, StoreError, copy};

impl Store {
    /// Writes a backup to `file`, whole or not at all, for its owner's eyes only; the credentials in it are as sealed as
    /// in the database. Without `force` an existing file stays. Gives what was found in the finished copy.
    ///
    /// # Errors
    /// [`StoreError::File`] where the file cannot be written or is there already, [`StoreError::Damaged`] where the copy,
    /// and so the database, is not whole.
    pub fn backup(&self, file: &Path, force: bool) -> Result<Verification, StoreError> {
        if !force && file.symlink_metadata().is_ok() {
            return Err(at(file, std::io::ErrorKind::AlreadyExists.into()));
        }
        let draft = Draft::beside(file)?;
        copy::snapshot(&self.folder().join(FILE), draft.path())?;
        let found = copy::check(draft.path())?;
        draft.publish(file, force)?;
        Ok(found)
    }
}
