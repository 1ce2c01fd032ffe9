//! `cargo xtask bundle`: the system's installers, by Tauri's bundler.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{Done, Stop, cargo, command, read, show};
use crate::setup::{self, Chore};
use crate::{page, place};

/// The kinds of installer that this system can make, and their folders' and files' endings.
const KINDS: &[(&str, &str)] = if cfg!(windows) {
    &[("nsis", "exe"), ("msi", "msi")]
} else if cfg!(target_os = "macos") {
    &[("dmg", "dmg")]
} else {
    &[("deb", "deb"), ("rpm", "rpm")]
};

/// Makes every installer of this system; returns the files.
pub(crate) fn bundle() -> Done<Vec<PathBuf>> {
    setup::prepare(&[Chore::Build, Chore::Bundle, Chore::Page])?;
    make(KINDS)
}

/// Makes the Debian package only.
pub(crate) fn debian() -> Done<PathBuf> {
    let files = make(&[("deb", "deb")])?;
    let none = || Stop("the bundler left no .deb".into());
    files.into_iter().next().ok_or_else(none)
}

fn make(kinds: &[(&str, &str)]) -> Done<Vec<PathBuf>> {
    let folders = place::target().join("release/bundle");
    for (kind, _) in kinds {
        // Yesterday's installers would be taken for today's.
        let folder = folders.join(kind);
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
    }
    let names: Vec<_> = kinds.iter().map(|(kind, _)| *kind).collect();
    let cli = setup::tauri_cli();
    let cli = cli.to_string_lossy();
    let names = names.join(",");
    let given = format!("{{{},{}}}", page::embedded(&page::pack()?), beside()?);
    let mut build = command("node", &[&cli, "build", "--bundles", &names]);
    build.args(["--config", &given]);
    // The command line asks nothing when it is told that nobody is there.
    build.current_dir(place::root().join("src-tauri"));
    build.env("CI", "true");
    build.env("CARGO_TARGET_DIR", place::target());
    show(&mut build)?;
    let mut files = Vec::new();
    for (kind, ending) in kinds {
        files.extend(ending_in(&folders.join(kind), ending)?);
    }
    Ok(files)
}

/// Builds `smenactl`, which is installed beside the program, and gives the field of the configuration that says so. The bundler
/// wants the target's name behind the file's, and takes it off again.
fn beside() -> Done<String> {
    show(&mut cargo(&["build", "--release", "--package", "cli"]))?;
    let built = place::program("release", "smenactl");
    let folder = place::target().join("release/beside");
    fs::create_dir_all(&folder)?;
    let name = format!("smenactl-{}{}", host()?, std::env::consts::EXE_SUFFIX);
    fs::copy(built, folder.join(name))?;
    let file = folder.join("smenactl").to_string_lossy().replace('\\', "/");
    Ok(format!(r#""bundle":{{"externalBin":["{file}"]}}"#))
}

/// The name of the target that is built for.
fn host() -> Done<String> {
    let output = read(&mut command("rustc", &["-vV"]))?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| Stop("rustc names no host".into()))
}

fn ending_in(folder: &Path, ending: &str) -> Done<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
    Ok(files)
}
