//! Installs system packages where we may, else tells the one command.

use crate::process::{Done, Stop, command, show, succeeds};

use super::needs::Need;
use super::system::{self, System};

/// Provides what is missing.
pub(crate) fn provide(missing: &[&Need]) -> Done {
    let system = system::here();
    let mut packages: Vec<_> = missing.iter().map(|need| need.package(system)).collect();
    packages.sort_unstable();
    packages.dedup();
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    if system != System::Debian {
        return Err(told(system, &list));
    }
    let Some(before) = leave() else {
        return Err(told(system, &list));
    };
    println!("Installing what this machine lacks: {list}");
    apt(&before, &["update"])?;
    let options = ["install", "--yes", "--no-install-recommends"];
    apt(&before, &[&options[..], &packages].concat())
}

/// What comes before `apt-get`, when we may install: nothing as root, `sudo -n` where it works.
fn leave() -> Option<Vec<&'static str>> {
    if system::is_root() {
        return Some(Vec::new());
    }
    succeeds(&mut command("sudo", &["-n", "true"])).then(|| vec!["sudo", "-n"])
}

fn apt(before: &[&str], arguments: &[&str]) -> Done {
    let quiet = [
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "--quiet",
    ];
    let words = [before, &quiet, arguments].concat();
    match words.split_first() {
        Some((program, arguments)) => show(&mut command(program, arguments)),
        None => Ok(()),
    }
}

/// The one command that brings the packages, for somebody who may run it.
fn told(system: System, list: &str) -> Stop {
    let run = match system {
        System::Debian => format!("sudo apt-get update && sudo apt-get install --yes {list}"),
        System::Fedora => format!("sudo dnf install --assumeyes {list}"),
        System::Arch => format!("sudo pacman --sync --needed {list}"),
        System::Mac => format!("brew install {list}"),
        System::Windows => format!("winget install {list}"),
        System::Other => {
            return Stop(format!(
                "This system lacks what Debian calls: {list}\nInstall it and run this again."
            ));
        }
    };
    Stop(format!(
        "This machine lacks something. Run this, and then this command again:\n\n    {run}\n"
    ))
}
