//! Where the program under test and its tools are.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Played};

/// The program: `SMENA_PROGRAM`, or the one built beside this test.
pub fn under_test() -> Played<PathBuf> {
    named_or_beside("SMENA_PROGRAM", |profile| profile.join("smena"))
}

/// `smenactl`: `SMENA_CTL`, or the one built beside this test.
pub fn smenactl() -> Played<PathBuf> {
    named_or_beside("SMENA_CTL", |profile| profile.join("smenactl"))
}

/// `tauri-driver`: `SMENA_TAURI_DRIVER`, or the one that `cargo xtask` keeps in `target/tools`.
pub fn tauri_driver() -> Played<PathBuf> {
    named_or_beside("SMENA_TAURI_DRIVER", |profile| {
        let target = profile.parent().unwrap_or(profile);
        target.join("tools/bin/tauri-driver")
    })
}

fn named_or_beside(variable: &str, beside: impl Fn(&Path) -> PathBuf) -> Played<PathBuf> {
    let path = match env::var_os(variable) {
        Some(path) => PathBuf::from(path),
        None => beside(&profile_folder()?),
    };
    if path.is_file() {
        return Ok(path);
    }
    Err(Failure::Bench(format!(
        "{} is not there; run this through `cargo xtask`, or set {variable}",
        path.display()
    )))
}

/// `target/debug` for `target/debug/demo` and for `target/debug/deps/whole_day-…`.
fn profile_folder() -> Played<PathBuf> {
    let this = env::current_exe()?;
    let folder = this.parent().unwrap_or(&this);
    let folder = if folder.ends_with("deps") {
        folder.parent().unwrap_or(folder)
    } else {
        folder
    };
    Ok(folder.to_path_buf())
}
