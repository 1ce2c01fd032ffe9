//! `cargo xtask test`: everything that must hold, the quick things first.

use crate::process::{Done, cargo, show};
use crate::setup::{self, Chore};
use crate::tally::Tally;
use crate::{house, installer, place, simulate};

const LINUX_ONLY: &str = "it needs WebKitGTK's WebDriver, which Linux has";

/// Runs every step even when one fails, and closes with the count.
pub(crate) fn test() -> Done {
    setup::prepare(&[
        Chore::Build,
        Chore::Lint,
        Chore::PageTypes,
        Chore::Window,
        Chore::Print,
        Chore::Bundle,
    ])?;
    let mut tally = Tally::default();
    tally.check("format", || show(&mut cargo(&["fmt", "--all", "--check"])));
    house::checks(&mut tally);
    tally.check("the page's types", setup::check_page_types);
    let lints = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    tally.check("lints", || show(&mut cargo(&lints)));
    let mut quick = cargo(&["test", "--workspace", "--exclude", "window-tests"]);
    tally.tests("tests", quick.arg("--no-fail-fast"));
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
        let mut parts = cargo(&["build"]);
        parts.args(["--package", "smena", "--package", "cli"]);
        show(parts.args(["--package", "bridge"]))
    });
    if built {
        let mut windows = cargo(&["test", "--package", "window-tests", "--no-fail-fast"]);
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
