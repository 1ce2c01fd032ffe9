//! What a walk over the archive costs in memory. A test binary of its own, for the allocator counts everything in it.
#![allow(missing_docs, clippy::unwrap_used)]

use chrono::{DateTime, Utc};
use domain::{Document, Kkm, KkmId, Marks, Report, ReportKind};
use peak_alloc::PeakAlloc;
use store::{NewReport, Store};

#[global_allocator]
static COUNTED: PeakAlloc = PeakAlloc;

/// Forty megabytes of reports.
const REPORTS: i64 = 400;
const ANSWER: usize = 90_000;
/// A few batches on their way from the reading to the hashing thread, and one report.
const ENOUGH: usize = 2_000_000;

fn z(index: i64) -> NewReport {
    let taken: DateTime<Utc> = "2026-11-24T20:00:00Z".parse().unwrap();
    NewReport {
        server: "https://fiscal.example.kz".to_owned(),
        kkm: KkmId::new(77505),
        shift: None,
        shift_index: Some(index),
        kind: ReportKind::Z,
        report: Report {
            kind: ReportKind::Z,
            kkm: Kkm::bare(KkmId::new(77505)),
            shift: None,
            figures: None,
            sections: None,
            documents: vec![Document::default(); 50],
            taken,
            cash_count: None,
            marks: Marks::default(),
        },
        raw: "7".repeat(ANSWER),
    }
}

/// The most that `work` has of memory at once.
fn peak(work: impl FnOnce()) -> usize {
    let before = COUNTED.current_usage();
    COUNTED.reset_peak_usage();
    work();
    COUNTED.peak_usage() - before
}

#[test]
fn a_walk_over_forty_megabytes_takes_two() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    for index in 0..REPORTS {
        let new = z(index);
        let taken = new.report.taken;
        store.archive(new, taken).unwrap();
    }
    let verify = peak(|| assert_eq!(store.verify().unwrap().rows, REPORTS));
    assert!(verify < ENOUGH, "verify: {verify} bytes");
    let mut count = 0;
    let walk = peak(|| store.each_z(None, None, |_, _| count += 1).unwrap());
    assert_eq!(count, REPORTS);
    assert!(walk < ENOUGH, "continuity: {walk} bytes");
}
