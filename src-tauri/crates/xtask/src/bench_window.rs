//! `cargo xtask bench-window`: the window beside an empty one of Tauri's, both built for release, in one run.

use crate::process::{Done, cargo, command, show};
use crate::setup::{self, Chore};
use crate::{page, place};

/// Start and memory beside the empty window's; clicks, scrolling and the page's size.
pub(crate) fn window() -> Done {
    setup::prepare(&[Chore::Build, Chore::Window, Chore::Page])?;
    let packed = page::pack()?;
    let mut build = cargo(&["build", "--release", "--package", "smena"]);
    build.args(["--features", "smena/custom-protocol"]);
    build.args(["--bin", "smena", "--example", "empty-window"]);
    build.env("TAURI_CONFIG", format!("{{{}}}", page::embedded(&packed)));
    show(&mut build)?;
    let mut build = cargo(&["build", "--release", "--package", "cli"]);
    show(build.args(["--package", "bridge"]))?;
    show(&mut cargo(&["build", "--workspace", "--bins", "--tests"]))?;
    let eye = place::program("debug", "bench_window");
    let mut measure = command(&eye.to_string_lossy(), &[]);
    measure.arg(place::program("release", "examples/empty-window"));
    measure.env("SMENA_PROGRAM", place::program("release", "smena"));
    measure.env("SMENA_CTL", place::program("release", "smenactl"));
    measure.env("SMENA_BRIDGE", place::program("release", "bridge"));
    measure.env("SMENA_TAURI_DRIVER", setup::tauri_driver());
    show(&mut measure)?;
    println!(
        "\nthe page's code and styles: {} KB as it is installed, {} KB as it is written",
        page::size(&packed)? / 1000,
        page::size(&place::root().join("ui"))? / 1000
    );
    Ok(())
}
