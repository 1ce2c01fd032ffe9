//! `cargo xtask run | test | simulate | bench-wire | bench-store | bench-pdf | bench-window | gallery | screenshots | bundle | check-windows`: every chore of the project.
//!
//! It uses the standard library only, so that a fresh machine has it in seconds, and
//! does the set-up that a chore needs before the chore.

mod bench;
mod bench_pdf;
mod bench_window;
mod bundle;
mod display;
mod gallery;
mod house;
mod installer;
mod page;
mod place;
mod process;
mod run;
mod screenshots;
mod setup;
mod simulate;
mod tally;
mod test;
mod windows;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run             the program in training mode; without a screen, a played day in target/demo
cargo xtask test            format, lints, tests, the page's types, window tests, installer test
cargo xtask simulate        seeded evenings with faults, crashes and wrong clocks: [--seed N] [--steps N] [--episode N]
cargo xtask bench-wire      how fast answers are read, and a board of 1 000 registers beside a bare loop
cargo xtask bench-store     the journal beside the bare disk, and an archive of a million reports
cargo xtask bench-pdf       one report and a book of 10 000 operations beside reportlab, typst and Chromium
cargo xtask bench-window    the window beside an empty one: start, memory, clicks, a board of 1 000 registers; the page's size
cargo xtask gallery         every document as PDF and picture, in target/gallery; --docs: the README's pictures, too
cargo xtask screenshots     every screen, light and dark, at 100 % and 200 %, in target/screenshots: [--docs] [--lang ru|kk|en]
cargo xtask bundle          this system's installers
cargo xtask check-windows   compile for Windows from Linux";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["run"] => run::run(),
        ["test"] => test::test(),
        ["simulate", ref rest @ ..] => simulate::simulate(rest),
        ["bench-wire"] => bench::wire(),
        ["bench-store"] => bench::store(),
        ["bench-pdf"] => bench_pdf::pdf(),
        ["bench-window"] => bench_window::window(),
        ["screenshots", ref rest @ ..] => screenshots::screenshots(rest),
        ["gallery", ref rest @ ..] => gallery::gallery(rest),
        ["bundle"] => bundle::bundle().map(|files| {
            for file in files {
                println!("{}", file.display());
            }
        }),
        ["check-windows"] => windows::check(),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("{stop}");
            ExitCode::FAILURE
        }
    }
}
