//! `cargo xtask bench-pdf`: one report and a book of 10 000 operations, ours beside reportlab, typst and Chromium in one run.
//!
//! All print the same content, which our side writes for them. Libraries print in one process after a warm-up, each time
//! another document, so that neither their start nor what they remember counts. Chromium is a process for each document.

mod figures;
mod rivals;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::place;
use crate::process::{Done, Stop, cargo, command, name, read, show};
use crate::setup::{self, Chore};
use figures::{Shot, Shots};
use rivals::{Chromium, Python};

/// What is printed, how often in a process before and while it is timed, and in how many rounds.
struct Work {
    what: &'static str,
    heading: &'static str,
    warm_up: usize,
    timed: usize,
    rounds: usize,
}

const WORK: [Work; 2] = [
    Work {
        what: "z",
        heading: "one Z-report on 80 mm",
        warm_up: 5,
        timed: 10,
        rounds: 5,
    },
    Work {
        what: "book",
        heading: "a book of 10 000 operations on A4",
        warm_up: 1,
        timed: 2,
        rounds: 3,
    },
];
const ROWS: &str = "10000";
const TWICE: &str = "20000";

const OURS: &str = "ours";
const CHROMIUM: &str = "Chromium, with its start";
const BLANK: &str = "Chromium, a blank page";

fn everybody() -> impl Iterator<Item = Shots> {
    let libraries = rivals::LIBRARIES.map(Shots::of);
    std::iter::once(Shots::of(OURS))
        .chain(libraries)
        .chain([CHROMIUM, BLANK].map(Shots::of))
}

/// Prints the table, our memory, and our own benchmarks.
pub(crate) fn pdf() -> Done {
    setup::prepare(&[Chore::Build, Chore::Rivals])?;
    let folder = place::target().join("bench-pdf");
    fs::create_dir_all(&folder)?;
    let python = Python::provide(&folder)?;
    let chromium = Chromium::find(&folder)?;
    println!("{}\n{}", python.versions()?, chromium.version()?);
    let ours = Ours::build(&folder)?;
    ours.content()?;
    python.write_pages(&folder)?;
    println!("load before: {}", load());
    for work in &WORK {
        side_by_side(work, &folder, &ours, &python, &chromium)?;
    }
    with_start(&folder, &ours, &python, &chromium)?;
    ours.growth()?;
    println!("load after: {}\n", load());
    let bench = ["bench", "--package", "reports", "--bench", "paper"];
    show(&mut cargo(&bench))
}

/// Rounds in which everybody takes a turn, so that a busy minute is everybody's.
fn side_by_side(
    work: &Work,
    folder: &Path,
    ours: &Ours,
    python: &Python,
    chromium: &Chromium,
) -> Done {
    let mut table: Vec<Shots> = everybody().collect();
    let last = work.warm_up + work.timed - 1;
    for round in 1..=work.rounds {
        eprintln!("{}: round {round} of {}", work.heading, work.rounds);
        for shots in &mut table {
            let taken = match shots.who {
                OURS => read_shots(&mut ours.printing(work, ROWS))?,
                CHROMIUM => {
                    vec![chromium.print(&format!("{}-{last}", work.what), work.what)?]
                }
                BLANK => vec![chromium.print("blank", "blank")?],
                library => read_shots(&mut python.printing(library, work))?,
            };
            shots.add(taken);
        }
    }
    same_figures(work.what, folder)?;
    println!("\n{}", figures::table(work.heading, &table));
    Ok(())
}

/// One report as the first and only work of a process, from its start to its end.
fn with_start(folder: &Path, ours: &Ours, python: &Python, chromium: &Chromium) -> Done {
    let [report, _] = &WORK;
    let once = Work {
        warm_up: 0,
        timed: 1,
        ..*report
    };
    let mut table: Vec<Shots> = everybody().collect();
    for _ in 0..once.rounds {
        for shots in &mut table {
            let taken = match shots.who {
                OURS => whole(&mut ours.printing(&once, ROWS))?,
                CHROMIUM => chromium.print("z-0", once.what)?,
                BLANK => chromium.print("blank", "blank")?,
                library => whole(&mut python.printing(library, &once))?,
            };
            shots.add(vec![taken]);
        }
    }
    same_figures(once.what, folder)?;
    let heading = format!("{}, and the process", once.heading);
    println!("\n{}", figures::table(&heading, &table));
    Ok(())
}

/// The time of a whole process that prints one PDF.
fn whole(command: &mut Command) -> Done<Shot> {
    let start = Instant::now();
    let shots = read_shots(command)?;
    let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
    let bytes = shots.first().map_or(0, |shot| shot.bytes);
    Ok(Shot { nanos, bytes })
}

/// Everybody printed the same sums, dates and times.
fn same_figures(what: &str, folder: &Path) -> Done {
    let of = |who: &str| -> Done<Vec<String>> {
        let file = folder.join(format!("{who}-{what}.pdf"));
        let mut reader = command("pdftotext", &[]);
        let text = read(reader.arg(file).arg("-"))?.stdout;
        Ok(figures::figures(&String::from_utf8_lossy(&text)))
    };
    let ours = of("ours")?;
    for who in rivals::LIBRARIES.iter().chain(&["chromium"]) {
        let theirs = of(who)?;
        if ours.is_empty() || theirs != ours {
            let odd = ours.iter().zip(&theirs).find(|(our, their)| our != their);
            return Err(Stop(format!(
                "{who} printed other figures in {what}: {} and ours {}, first {odd:?}",
                theirs.len(),
                ours.len()
            )));
        }
    }
    println!("{} figures are the same in all of them", ours.len());
    Ok(())
}

/// Our side: the example `beside` of `reports`.
struct Ours {
    program: PathBuf,
    folder: PathBuf,
}

impl Ours {
    fn build(folder: &Path) -> Done<Self> {
        let example = ["--package", "reports", "--example", "beside"];
        show(cargo(&["build", "--release"]).args(example))?;
        Ok(Self {
            program: place::program("release/examples", "beside"),
            folder: folder.to_path_buf(),
        })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        command(&self.program.to_string_lossy(), arguments)
    }

    /// What the others print.
    fn content(&self) -> Done {
        for work in &WORK {
            let count = (work.warm_up + work.timed).to_string();
            let folder = self.folder.to_string_lossy();
            show(&mut self.command(&["content", work.what, &folder, &count, ROWS]))?;
        }
        Ok(())
    }

    /// Prints PDFs in one process.
    fn printing(&self, work: &Work, rows: &str) -> Command {
        let counts = [work.warm_up, work.timed].map(|count| count.to_string());
        let folder = self.folder.to_string_lossy();
        let [warm_up, timed] = &counts;
        let words = ["time", work.what, &folder, warm_up, timed, rows];
        self.command(&words)
    }

    /// Twice the rows beside the rows, and the memory of a process that makes one book.
    fn growth(&self) -> Done {
        let [_, book] = &WORK;
        let (mut once, mut twice) = (Shots::of(OURS), Shots::of(OURS));
        for _ in 0..book.rounds {
            twice.add(read_shots(&mut self.printing(book, TWICE))?);
            once.add(read_shots(&mut self.printing(book, ROWS))?);
        }
        println!(
            "a book of 20 000 operations: {}, {} times as long as one of 10 000",
            figures::ms(twice.median()),
            figures::ratio(twice.median(), once.median())
        );
        for rows in [ROWS, TWICE] {
            let shots = read_shots(&mut self.command(&["once", rows]))?;
            for Shot {
                nanos: kilobytes,
                bytes,
            } in shots
            {
                println!(
                    "a process that makes one book of {rows}: {kilobytes} kB at most, {bytes} bytes of PDF"
                );
            }
        }
        Ok(())
    }
}

/// Reads lines of a figure and bytes.
fn read_shots(command: &mut Command) -> Done<Vec<Shot>> {
    let output = read(command)?;
    let text = String::from_utf8_lossy(&output.stdout);
    let shots: Option<Vec<Shot>> = text.lines().map(Shot::read).collect();
    match shots {
        Some(shots) if output.status.success() && !shots.is_empty() => Ok(shots),
        _ => {
            let told = String::from_utf8_lossy(&output.stderr);
            Err(Stop(format!("{}: {text}{told}", name(command))))
        }
    }
}

/// How busy the machine is, where it says so.
fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<&str> = load.split_whitespace().take(3).collect();
    load.join(" ")
}
