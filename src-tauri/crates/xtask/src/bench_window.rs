//! `cargo xtask bench-window`: the window beside an empty one of Tauri's, both built for release, in one run.

use std::fs;
use std::path::Path;

use crate::place;
use crate::process::{Done, cargo, command, show};
use crate::setup::{self, Chore};

/// What of the page counts as code and styles; its texts do not.
const CODE: [&str; 3] = ["js", "css", "html"];
/// Below the page's folder; no part of what a person's computer reads as code.
const NO_CODE: [&str; 3] = ["text", "types", "node_modules"];

/// Start and memory beside the empty window's; clicks, scrolling and the page's size.
pub(crate) fn window() -> Done {
    setup::prepare(&[Chore::Build, Chore::Window])?;
    let mut build = cargo(&["build", "--release", "--package", "smena"]);
    build.args(["--features", "smena/custom-protocol"]);
    build.args(["--bin", "smena", "--example", "empty-window"]);
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
    let bytes = size(&place::root().join("ui"))?;
    println!("\nthe page's code and styles: {} KB", bytes / 1000);
    Ok(())
}

fn size(folder: &Path) -> Done<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            let skipped = NO_CODE.iter().any(|other| name == *other);
            sum += if skipped { 0 } else { size(&path)? };
        } else if path
            .extension()
            .is_some_and(|end| CODE.iter().any(|code| end == *code))
        {
            sum += entry.metadata()?.len();
        }
    }
    Ok(sum)
}
