//! What each chore needs from the system, how one sees that it is here, and its package.

use crate::place;
use crate::process::{command, succeeds};

use super::system::System;

/// A chore that needs something installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chore {
    /// Compile the program.
    Build,
    /// Format and lint.
    Lint,
    /// Check the page's types, and pack it.
    Page,
    /// Start the program on a virtual display and drive it.
    Window,
    /// Print through a server of the test's own.
    Print,
    /// Make installers.
    Bundle,
    /// Paint the pages of PDFs.
    Pictures,
    /// Print beside other programs.
    Rivals,
    /// Compile for Windows.
    Windows,
    /// Compile for Windows with Debian's compiler and its library's source.
    WindowsLibrary,
}

/// How one sees that it is here.
#[derive(Debug, Clone, Copy)]
enum Proof {
    /// A program on the path.
    Program(&'static str),
    /// A library that pkg-config knows.
    Library(&'static str),
    /// One of these programs on the path.
    OneOf(&'static [&'static str]),
    /// A module of Python.
    Module(&'static str),
    /// A file.
    File(&'static str),
}

/// One thing, and its packages at Debian, Fedora, Arch (empty where nothing is to be done).
#[derive(Debug)]
pub(crate) struct Need {
    chores: &'static [Chore],
    proof: Proof,
    packages: [&'static str; 3],
}

const fn need(chores: &'static [Chore], proof: Proof, packages: [&'static str; 3]) -> Need {
    Need {
        chores,
        proof,
        packages,
    }
}

use Chore::{Build, Bundle, Page, Pictures, Print, Rivals, Window, Windows, WindowsLibrary};
use Proof::{File, Library, Module, OneOf, Program};

const NODE: &[Chore] = &[Page, Bundle];

/// The names under which systems have it.
pub(crate) const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// On Linux; the other systems' needs come with their Rust.
const NEEDS: &[Need] = &[
    need(
        &[Build],
        Program("cc"),
        ["build-essential", "gcc", "base-devel"],
    ),
    need(
        &[Build],
        Program("pkg-config"),
        ["pkg-config", "pkgconf-pkg-config", "pkgconf"],
    ),
    need(
        &[Build],
        Library("webkit2gtk-4.1"),
        [
            "libwebkit2gtk-4.1-dev",
            "webkit2gtk4.1-devel",
            "webkit2gtk-4.1",
        ],
    ),
    need(
        &[Window],
        Program("Xvfb"),
        ["xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"],
    ),
    need(
        &[Window],
        Program("WebKitWebDriver"),
        ["webkit2gtk-driver", "webkit2gtk-driver", "webkit2gtk-4.1"],
    ),
    need(
        &[Window],
        Program("pdftotext"),
        ["poppler-utils", "poppler-utils", "poppler"],
    ),
    need(
        &[Rivals],
        Program("python3"),
        ["python3", "python3", "python"],
    ),
    need(
        &[Rivals],
        Module("ensurepip"),
        ["python3-venv", "python3", "python"],
    ),
    need(
        &[Rivals, Window],
        OneOf(CHROMIUM),
        ["chromium", "chromium", "chromium"],
    ),
    need(
        &[Window],
        Program("chromedriver"),
        ["chromium-driver", "chromedriver", "chromium"],
    ),
    need(
        &[Rivals],
        Program("pdftotext"),
        ["poppler-utils", "poppler-utils", "poppler"],
    ),
    need(
        &[Pictures],
        Program("pdftoppm"),
        ["poppler-utils", "poppler-utils", "poppler"],
    ),
    need(
        &[Window],
        Program("dbus-run-session"),
        ["dbus", "dbus-daemon", "dbus"],
    ),
    need(
        &[Window],
        Program("gnome-keyring-daemon"),
        ["gnome-keyring", "gnome-keyring", "gnome-keyring"],
    ),
    need(
        &[Print],
        File("/usr/sbin/cupsd"),
        ["cups-daemon", "cups", "cups"],
    ),
    need(
        &[Print],
        File("/usr/lib/cups/backend/socket"),
        ["cups", "cups", "cups"],
    ),
    need(
        &[Print],
        Program("lp"),
        ["cups-client", "cups-client", "cups"],
    ),
    need(NODE, Program("node"), ["nodejs", "nodejs", "nodejs"]),
    need(NODE, Program("npm"), ["npm", "npm", "npm"]),
    need(&[Bundle], Program("dpkg-deb"), ["dpkg", "dpkg", "dpkg"]),
    need(
        &[WindowsLibrary],
        File("/usr/bin/cargo"),
        ["cargo-web", "cargo", "rust"],
    ),
    need(
        &[WindowsLibrary],
        File("/usr/bin/rustc"),
        ["rustc-web", "rust", "rust"],
    ),
    need(
        &[WindowsLibrary],
        File("/usr/lib/rustlib/src/rust/library/std/Cargo.toml"),
        ["rust-web-src", "rust-src", "rust-src"],
    ),
    need(
        &[Windows],
        File("/usr/bin/x86_64-w64-mingw32-gcc"),
        ["gcc-mingw-w64-x86-64", "mingw64-gcc", "mingw-w64-gcc"],
    ),
];

/// What these chores need and this machine lacks.
pub(crate) fn missing(chores: &[Chore]) -> Vec<&'static Need> {
    if !cfg!(target_os = "linux") {
        return Vec::new();
    }
    NEEDS
        .iter()
        .filter(|need| need.chores.iter().any(|chore| chores.contains(chore)))
        .filter(|need| !need.proof.holds())
        .collect()
}

impl Need {
    /// Its package, by the system's name for it.
    pub(crate) fn package(&self, system: System) -> &'static str {
        let [debian, fedora, arch] = self.packages;
        match system {
            System::Fedora => fedora,
            System::Arch => arch,
            _ => debian,
        }
    }
}

impl Proof {
    fn holds(self) -> bool {
        match self {
            Self::Program(name) => place::on_path(name).is_some(),
            Self::OneOf(names) => names.iter().any(|name| place::on_path(name).is_some()),
            Self::Module(name) => {
                let load = format!("import {name}");
                succeeds(&mut command("python3", &["-c", &load]))
            }
            Self::Library(name) => succeeds(&mut command("pkg-config", &["--exists", name])),
            Self::File(path) => std::path::Path::new(path).is_file(),
        }
    }
}
