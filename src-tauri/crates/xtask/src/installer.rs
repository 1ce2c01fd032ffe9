//! The installer test: the package is installed, its program started, and all of it removed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{Done, Stop, cargo, command, read, show, succeeds};
use crate::setup::system;
use crate::{bundle, place, setup};

/// The test in `window-tests` that plays the installed program.
pub(crate) const TEST: &str = "the_installed_program";

/// Builds the `.deb`, installs it, sees its window, removes it.
pub(crate) fn test() -> Done {
    let package = bundle::debian()?;
    let installed = Installed::install(&package)?;
    let played = play(&installed);
    let removed = installed.remove();
    played.and(removed)
}

fn play(installed: &Installed) -> Done {
    let mut play = cargo(&["test", "--workspace", "--test", "installed"]);
    play.args(["--", "--ignored"]);
    play.env("SMENA_PROGRAM", installed.binary("smena"));
    play.env("SMENA_CTL", installed.binary("smenactl"));
    play.env("SMENA_TAURI_DRIVER", setup::tauri_driver());
    show(&mut play)
}

/// A package on the machine, or unpacked into a folder where the machine is not ours.
enum Installed {
    /// Installed by dpkg, under this package name.
    OnMachine(String),
    /// Unpacked below this folder.
    Unpacked(PathBuf),
}

impl Installed {
    fn install(package: &Path) -> Done<Self> {
        let file = package.to_string_lossy();
        let name = field(&file, "Package")?;
        let mut query = command("dpkg-query", &["--status", &name]);
        if system::is_root() && !succeeds(&mut query) {
            println!("installing {name} on this machine");
            // The guard comes first: half an installation is removed, too.
            let installed = Self::OnMachine(name);
            return match show(&mut command("dpkg", &["--install", &file])) {
                Ok(()) => Ok(installed),
                Err(stop) => installed.remove().and(Err(stop)),
            };
        }
        let folder = place::target().join("installed");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let into = folder.to_string_lossy();
        println!("unpacking {name} into {into}");
        show(&mut command("dpkg-deb", &["--extract", &file, &into]))?;
        Ok(Self::Unpacked(folder))
    }

    fn binary(&self, name: &str) -> PathBuf {
        let root = match self {
            Self::OnMachine(_) => Path::new("/"),
            Self::Unpacked(folder) => folder,
        };
        root.join("usr/bin").join(name)
    }

    fn remove(self) -> Done {
        let binaries = ["smena", "smenactl"].map(|name| self.binary(name));
        match self {
            Self::OnMachine(name) => show(&mut command("dpkg", &["--purge", &name]))?,
            Self::Unpacked(folder) => fs::remove_dir_all(folder)?,
        }
        if let Some(left) = binaries.iter().find(|binary| binary.exists()) {
            return Err(Stop(format!("{} is still there", left.display())));
        }
        Ok(())
    }
}

fn field(package: &str, field: &str) -> Done<String> {
    let output = read(&mut command("dpkg-deb", &["--field", package, field]))?;
    let value = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if value.is_empty() {
        return Err(Stop(format!("{package} names no {field}")));
    }
    Ok(value)
}
