//! `cargo xtask test`: everything that must hold, the quick things first.

use std::ffi::{OsStr, OsString};
use std::fs;

use crate::process::{Done, cargo, show};
use crate::setup::{self, Chore};
use crate::tally::Tally;
use crate::{house, installer, page, place, simulate};

const LINUX_ONLY: &str = "it needs WebKitGTK's WebDriver, which Linux has";

/// Runs every step even when one fails, and closes with the count.
pub(crate) fn test() -> Done {
    setup::prepare(&[
        Chore::Build,
        Chore::Lint,
        Chore::Page,
        Chore::Window,
        Chore::Print,
        Chore::Bundle,
    ])?;
    let mut tally = Tally::default();
    tally.check("format", || show(&mut cargo(&["fmt", "--all", "--check"])));
    house::checks(&mut tally);
    tally.check("the page's types", setup::check_page_types);
    tally.check("the page's size", page::check_size);
    let lints = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    tally.check("lints", || show(&mut cargo(&lints)));
    // Always the whole workspace: libraries are built once, with the features that all its members together ask for.
    let mut quick = cargo(&["test", "--workspace", "--no-fail-fast"]);
    tally.tests("tests", &mut quick);
    tally.check("simulation", simulate::of_test);
    if cfg!(target_os = "linux") {
        windows_and_installer(&mut tally);
    } else {
        tally.left_out("window tests", LINUX_ONLY);
        tally.left_out("installer test", LINUX_ONLY);
    }
    tally.close()
}

fn windows_and_installer(tally: &mut Tally) {
    let built = tally.check("the program", || {
        show(&mut cargo(&["build", "--workspace", "--bins", "--tests"]))
    });
    if built {
        let mut windows = cargo(&["test", "--workspace", "--no-fail-fast"]);
        for test in window_tests() {
            windows.arg("--test").arg(test);
        }
        // One window at a time: two on two cores only wait for each other.
        windows.args(["--", "--include-ignored", "--test-threads=1"]);
        windows.args(["--skip", installer::TEST]);
        windows.env("SMENA_PROGRAM", place::program("debug", "smena"));
        windows.env("SMENA_CTL", place::program("debug", "smenactl"));
        windows.env("SMENA_BRIDGE", place::program("debug", "bridge"));
        windows.env("SMENA_TAURI_DRIVER", setup::tauri_driver());
        windows.env("SMENA_PICTURES", place::target().join("pictures"));
        tally.tests("window tests", &mut windows);
        tally.check("installer test", installer::test);
    } else {
        tally.left_out("window tests", "the program was not built");
        tally.left_out("installer test", "the program was not built");
    }
}

/// The tests that want a window, by the names of their files.
fn window_tests() -> Vec<OsString> {
    let folder = place::root().join("src-tauri/crates/window-tests/tests");
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = files
        .filter_map(|file| file.path().file_stem().map(OsStr::to_owned))
        .collect();
    names.sort();
    names
}
