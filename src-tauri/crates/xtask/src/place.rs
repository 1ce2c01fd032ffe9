//! Where things are.

use std::env;
use std::path::{Path, PathBuf};

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    // …/src-tauri/crates/xtask, three below the workspace.
    let this = Path::new(env!("CARGO_MANIFEST_DIR"));
    this.ancestors().nth(3).unwrap_or(this).to_path_buf()
}

/// Cargo's target folder: `CARGO_TARGET_DIR`, or `target`.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Tools that the chores fetch, kept between runs.
pub(crate) fn tools() -> PathBuf {
    target().join("tools")
}

/// A program in a profile's folder, with the system's suffix.
pub(crate) fn program(profile: &str, name: &str) -> PathBuf {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    target().join(profile).join(name)
}

/// The program of that name on the path, if there is one.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}
