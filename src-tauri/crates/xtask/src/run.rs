//! `cargo xtask run`: see the program.

use std::fs;

use crate::process::{Done, Stop, cargo, show};
use crate::setup::{self, Chore};
use crate::{display, place};

/// Starts the window in training mode; without a screen, plays a day and leaves its papers.
pub(crate) fn run() -> Done {
    if display::is_here() {
        setup::prepare(&[Chore::Build])?;
        return show(&mut cargo(&[
            "run",
            "--package",
            "smena",
            "--",
            "--training",
        ]));
    }
    if !cfg!(target_os = "linux") {
        return Err(Stop("there is no screen here".into()));
    }
    println!("There is no screen here: the day is played on a virtual one.");
    setup::prepare(&[Chore::Build, Chore::Window])?;
    show(&mut cargo(&["build", "--package", "smena"]))?;
    let demo = place::target().join("demo");
    if demo.exists() {
        fs::remove_dir_all(&demo)?;
    }
    let folder = demo.to_string_lossy();
    let mut play = cargo(&[
        "run",
        "--quiet",
        "--package",
        "window-tests",
        "--bin",
        "demo",
    ]);
    play.args(["--", &folder]);
    play.env("SMENA_PROGRAM", place::program("debug", "smena"));
    play.env("SMENA_TAURI_DRIVER", setup::tauri_driver());
    show(&mut play)?;
    println!("The papers and the pictures are in {folder}");
    Ok(())
}
