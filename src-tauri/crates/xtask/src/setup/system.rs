//! Which system this is, as far as installing packages goes.

use std::fs;

use crate::place;
use crate::process::{command, read};

/// A family of systems with one way to install packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum System {
    /// Debian, Ubuntu and theirs: apt-get.
    Debian,
    /// Fedora and its relatives: dnf.
    Fedora,
    /// Arch and its relatives: pacman.
    Arch,
    /// macOS: Homebrew.
    Mac,
    /// Windows: winget.
    Windows,
    /// Anything else.
    Other,
}

/// This machine's system.
pub(crate) fn here() -> System {
    if cfg!(windows) {
        return System::Windows;
    }
    if cfg!(target_os = "macos") {
        return System::Mac;
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    linux(&release)
}

/// Reads `ID` and `ID_LIKE` of an os-release file.
fn linux(release: &str) -> System {
    let names = release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or(line.strip_prefix("ID_LIKE=")))
        .flat_map(|names| names.trim_matches(['"', '\'']).split_whitespace());
    for name in names {
        match name {
            "debian" | "ubuntu" => return System::Debian,
            "fedora" | "rhel" | "centos" => return System::Fedora,
            "arch" => return System::Arch,
            _ => {}
        }
    }
    System::Other
}

/// Are we root?
pub(crate) fn is_root() -> bool {
    cfg!(unix)
        && place::on_path("id").is_some()
        && read(&mut command("id", &["-u"])).is_ok_and(|output| output.stdout == b"0\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relatives_are_known_by_their_family() {
        assert_eq!(linux("NAME=x\nID=debian\n"), System::Debian);
        assert_eq!(
            linux("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"),
            System::Debian
        );
        assert_eq!(
            linux("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"),
            System::Fedora
        );
        assert_eq!(linux("ID=manjaro\nID_LIKE=arch\n"), System::Arch);
        assert_eq!(linux("ID=nixos\n"), System::Other);
    }
}
