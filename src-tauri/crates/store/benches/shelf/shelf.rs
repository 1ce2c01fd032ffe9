//! A shelf of a million reports, built once, and what this process takes of memory.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Instant;

use domain::ReportKind;
use store::{NewReport, Store};

use crate::reports;

pub const REPORTS: i64 = 1_000_000;
/// The length of an answer; the report beside it takes about 2 KB more.
const RAW: usize = 3_000;
const AT_ONCE: i64 = 20_000;

pub fn kind(turn: i64) -> ReportKind {
    match turn % reports::OF_ONE_SHIFT {
        3 => ReportKind::Sections,
        4 => ReportKind::Z,
        _ => ReportKind::X,
    }
}

/// Report `number` of the shelf.
pub fn report(number: i64) -> NewReport {
    let (_, turn) = reports::register(number);
    reports::report(number, kind(turn), RAW)
}

/// The folder of the shelf, built anew where there is none of this database and these reports.
pub fn built() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shelf");
    let mark = folder.join("made-of");
    let mut made_of = DefaultHasher::new();
    (
        include_str!("../../src/first.sql"),
        include_str!("../../src/second.sql"),
        include_str!("reports.rs"),
        REPORTS,
        RAW,
    )
        .hash(&mut made_of);
    let made_of = made_of.finish().to_string();
    if fs::read_to_string(&mark).is_ok_and(|found| found == made_of) {
        return folder;
    }
    let _ = fs::remove_dir_all(&folder);
    let begun = Instant::now();
    let store = Store::open(&folder).unwrap();
    for first in (1..=REPORTS).step_by(usize::try_from(AT_ONCE).unwrap()) {
        store
            .archive_all((first..first + AT_ONCE).map(report), reports::start())
            .unwrap();
    }
    drop(store);
    fs::write(mark, made_of).unwrap();
    let size = fs::metadata(folder.join("smena.db")).unwrap().len();
    println!(
        "built {REPORTS} reports in {:.0?}: {} MB in {}",
        begun.elapsed(),
        size / 1_000_000,
        folder.display()
    );
    folder
}

/// A line of what the system says of this process, in KB. Linux only.
fn status(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The memory that this process has now, in KB.
pub fn resident() -> Option<u64> {
    status("VmRSS:")
}

/// The most that it ever had since [`forget_peak`], in KB.
pub fn peak() -> Option<u64> {
    status("VmHWM:")
}

pub fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}
