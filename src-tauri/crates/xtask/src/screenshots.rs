//! `cargo xtask screenshots`: every screen of the window, light and dark, at 100 % and 200 %, to be looked at.

use std::fs;

use crate::place;
use crate::process::{Done, Stop, cargo, command, show};
use crate::setup::{self, Chore};

/// The README's pictures, by their names there, and the screens they show.
const README: [(&str, &str); 4] = [
    ("registers", "board"),
    ("close-shift", "close-2-short"),
    ("z-report", "report-z"),
    ("analytics", "analytics"),
];
/// The look that the README shows.
const LOOK: &str = "light-100";
const USAGE: &str = "cargo xtask screenshots [--docs] [--lang ru|kk|en]";

/// Leaves pictures and a page that shows them in `target/screenshots`. `--docs` makes the README's pictures anew, too.
pub(crate) fn screenshots(arguments: &[&str]) -> Done {
    let (docs, language) = match *arguments {
        [] => (false, "ru"),
        ["--docs"] => (true, "ru"),
        ["--lang", language @ ("ru" | "kk" | "en")] => (false, language),
        _ => return Err(Stop(USAGE.into())),
    };
    setup::prepare(&[Chore::Build, Chore::Window])?;
    show(&mut cargo(&["build", "--workspace", "--bins", "--tests"]))?;
    let folder = place::target().join("screenshots");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut take = command(
        &place::program("debug", "screenshots").to_string_lossy(),
        &[],
    );
    take.arg(&folder).arg(language);
    take.env("SMENA_CTL", place::program("debug", "smenactl"));
    take.env("SMENA_BRIDGE", place::program("debug", "bridge"));
    show(&mut take)?;
    if docs {
        for (name, screen) in README {
            let picture = folder.join(LOOK).join(format!("{screen}.png"));
            fs::copy(picture, place::root().join(format!("docs/{name}.png")))?;
        }
    }
    println!("{}", folder.join("index.html").display());
    Ok(())
}
