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

/// The bridge: `SMENA_BRIDGE`, or the one built beside this test.
pub fn bridge() -> Played<PathBuf> {
    named_or_beside("SMENA_BRIDGE", |profile| profile.join("bridge"))
}

/// The folder of the page that the bridge is to show, where it is not its own: `SMENA_PAGE`.
pub fn page() -> Option<PathBuf> {
    env::var_os("SMENA_PAGE").map(PathBuf::from)
}

/// axe-core's script: `SMENA_AXE`, or the one that `cargo xtask` keeps in `target/tools`.
pub fn axe() -> Played<PathBuf> {
    named_or_beside("SMENA_AXE", |profile| {
        let target = profile.parent().unwrap_or(profile);
        target.join("tools/page/node_modules/axe-core/axe.min.js")
    })
}

/// Chromium, by the name it has here.
pub fn chromium() -> Played<PathBuf> {
    on_path(&["chromium", "chromium-browser", "google-chrome"])
}

/// Chromium's driver.
pub fn chromedriver() -> Played<PathBuf> {
    on_path(&["chromedriver"])
}

/// The first of these programs that is on the path.
fn on_path(names: &[&str]) -> Played<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = env::split_paths(&path).collect();
    let all = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let missing = || Failure::Bench(format!("none of {names:?} is here; run `cargo xtask test`"));
    all.into_iter()
        .find(|file| file.is_file())
        .ok_or_else(missing)
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
