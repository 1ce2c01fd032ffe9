//! Where things live on this computer.

use std::path::PathBuf;

use domain::ErrorCode;
use operations::{Effect, Trouble};
use tauri::{AppHandle, Manager as _};

/// Names the database's folder.
pub(crate) const DATA: &str = "SMENA_DATA_DIR";

/// The database's folder: `SMENA_DATA_DIR`, or the application's own data folder.
pub(crate) fn data(app: &AppHandle) -> Result<PathBuf, Trouble> {
    if let Some(folder) = std::env::var_os(DATA) {
        return Ok(folder.into());
    }
    app.path()
        .app_data_dir()
        .map_err(|error| Trouble::new(ErrorCode::DataFolder, Effect::Local).with("detail", error))
}

/// Where PDFs are saved: `SMENA_DOCUMENTS_DIR`, else `Smena` in the user's documents, else beside the database.
pub(crate) fn documents(app: &AppHandle) -> Result<PathBuf, Trouble> {
    if let Some(folder) = std::env::var_os("SMENA_DOCUMENTS_DIR") {
        return Ok(folder.into());
    }
    match app.path().document_dir() {
        Ok(documents) => Ok(documents.join("Smena")),
        Err(_) => Ok(data(app)?.join("reports")),
    }
}
