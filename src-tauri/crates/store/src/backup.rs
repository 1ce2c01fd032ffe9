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
        self.refuse_itself(file)?;
        let draft = Draft::beside(file)?;
        copy::snapshot(&self.folder().join(FILE), draft.path())?;
        let found = copy::check(draft.path())?;
        draft.publish(file, force)?;
        Ok(found)
    }

    /// The database and the files beside it are neither a backup nor where one may be written.
    pub(crate) fn refuse_itself(&self, file: &Path) -> Result<(), StoreError> {
        let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let named = file.file_name().unwrap_or_default().to_string_lossy();
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let beside = whole(folder.unwrap_or(Path::new("."))) == whole(self.folder());
        if (beside && named.starts_with(FILE)) || whole(file) == whole(&self.folder().join(FILE)) {
            return Err(at(file, std::io::ErrorKind::InvalidInput.into()));
        }
        Ok(())
    }
}
