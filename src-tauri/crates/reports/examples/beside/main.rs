//! Our side of `cargo xtask bench-pdf`: the content that other programs print too, and how fast we print it.
//!
//! `content` writes COUNT documents and the fonts into DIR. `time` makes WARM-UP and then COUNT documents in one process, prints
//! nanoseconds and bytes of each of the latter, and keeps the last one in DIR. `once` makes one book and nothing else, and prints
//! the most memory that the process had, in kB, and the bytes.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod content;
#[path = "../../tests/samples/mod.rs"]
mod samples;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use domain::Report;

type Done<T = ()> = Result<T, Box<dyn std::error::Error>>;

const USAGE: &str =
    "content z|book DIR COUNT ROWS | time z|book DIR WARM-UP COUNT ROWS | once ROWS";

fn main() -> Done {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["content", what, folder, count, rows] => {
            content::write(what, Path::new(folder), count.parse()?, rows.parse()?)
        }
        ["time", what, folder, warm_up, count, rows] => {
            let last = time(what, warm_up.parse()?, count.parse()?, rows.parse()?)?;
            fs::write(PathBuf::from(folder).join(format!("ours-{what}.pdf")), last)?;
            Ok(())
        }
        ["once", rows] => once(rows.parse()?),
        _ => Err(USAGE.into()),
    }
}

/// Each document is another one, as in life; from the report to the bytes of the PDF.
fn time(what: &str, warm_up: usize, count: usize, rows: i64) -> Done<Vec<u8>> {
    let mut last = Vec::new();
    for number in 0..warm_up + count {
        let (report, make): (_, fn(&Report) -> _) = match what {
            "z" => (content::z(number), content::z_pdf),
            _ => (content::book(number, rows), content::book_pdf),
        };
        let start = Instant::now();
        last = make(&report)?;
        let took = start.elapsed();
        if number >= warm_up {
            println!("{} {}", took.as_nanos(), last.len());
        }
    }
    Ok(last)
}

fn once(rows: i64) -> Done {
    let pdf = content::book_pdf(&content::book(0, rows))?;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.split_whitespace().next());
    println!("{} {}", peak.unwrap_or("0"), pdf.len());
    Ok(())
}
