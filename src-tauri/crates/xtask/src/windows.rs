//! `cargo xtask check-windows`: does it compile for Windows, seen from Linux?

use crate::place;
use crate::process::{Done, command, show, succeeds};
use crate::setup::{self, Chore};

const TARGET: &str = "x86_64-pc-windows-gnu";
const PACKAGES: [&str; 4] = ["--package", "smena", "--package", "cli"];

/// With the toolchain's own Windows library where it has one; else Debian's compiler builds it.
pub(crate) fn check() -> Done {
    setup::prepare(&[Chore::Windows])?;
    let rustup_has = succeeds(&mut command("rustup", &["target", "add", TARGET]));
    let mut check = if rustup_has {
        command("cargo", &["check", "--target", TARGET])
    } else {
        setup::prepare(&[Chore::WindowsLibrary])?;
        let mut check = command("/usr/bin/cargo", &["check", "--target", TARGET]);
        check.arg("-Zbuild-std=std,panic_abort");
        // Debian's compiler is a stable one that has the library's source beside it.
        check.env("RUSTC_BOOTSTRAP", "1");
        check.env("RUSTC", "/usr/bin/rustc");
        check
    };
    check.args(PACKAGES);
    check.env("CARGO_TARGET_DIR", place::target().join("windows"));
    show(&mut check)
}
