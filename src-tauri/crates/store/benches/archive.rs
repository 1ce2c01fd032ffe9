//! The archive with a million reports: lists by every combination of filters, opening it, walking it.
//!
//! The million is built once, in `target/tmp`, and kept for the next run.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used
)]

#[path = "shelf/reports.rs"]
mod reports;
#[path = "shelf/shelf.rs"]
mod shelf;

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use criterion::{Criterion, criterion_group, criterion_main};
use domain::{KkmId, Money, ReportKind};
use store::{ReportFilter, Store};

/// So many lists of each combination.
const SAMPLES: i64 = 200;

/// What is asked for in sample `sample` of the combination `bits`: now what there is plenty of, now what is rare, now what
/// there is not at all.
fn filter(bits: u32, sample: i64) -> ReportFilter {
    let asked = |bit: u32| bits >> bit & 1 == 1;
    // Scattered over the whole shelf, the same in every run.
    let number = (sample * 611_953 + i64::from(bits) * 7_907) % shelf::REPORTS;
    let (register, turn) = reports::register(number);
    let rare = sample % 4 == 3;
    let server = if rare {
        "https://nobody.example.kz"
    } else {
        reports::server(register)
    };
    let kkm = if sample % 2 == 0 { 0 } else { register };
    let amount = if sample % 2 == 0 {
        0
    } else {
        reports::amount(number)
    };
    let kind = if rare {
        ReportKind::Sections
    } else {
        shelf::kind(turn)
    };
    let month = (asked(5)).then(|| reports::taken(number));
    ReportFilter {
        server: asked(0).then(|| server.to_owned()),
        kkm: asked(1).then(|| KkmId::new(77_000 + kkm)),
        kind: asked(2).then_some(kind),
        shift_index: asked(3).then_some(turn / reports::OF_ONE_SHIFT + 1),
        amount: asked(4).then(|| Money::from_tiyn(amount).unwrap()),
        number: None,
        from: month,
        to: month.map(|from| from + TimeDelta::days(30)),
        before: asked(6).then(|| (reports::taken(number), number)),
        ..ReportFilter::newest(100)
    }
}

fn describe(bits: u32) -> String {
    let names = [
        "server", "register", "kind", "shift", "amount", "month", "page",
    ];
    let asked: Vec<_> = (0..)
        .zip(names)
        .filter(|(bit, _)| bits >> bit & 1 == 1)
        .map(|(_, name)| name)
        .collect();
    if asked.is_empty() {
        "everything".to_owned()
    } else {
        asked.join("+")
    }
}

/// Every combination of filters, with its 99th percentile; the slowest are shown.
fn percentiles(store: &Store) {
    let mut combinations: Vec<(Duration, Duration, u32)> = (0..128)
        .map(|bits| {
            let mut times: Vec<_> = (0..SAMPLES)
                .map(|sample| {
                    let filter = filter(bits, sample);
                    let begun = Instant::now();
                    std::hint::black_box(store.reports(&filter).unwrap());
                    begun.elapsed()
                })
                .collect();
            times.sort();
            let at = |share: usize| times[(times.len() - 1) * share / 100];
            (at(99), at(50), bits)
        })
        .collect();
    combinations.sort();
    combinations.reverse();
    println!(
        "lists of 100 among {} reports, 128 combinations of filters, {SAMPLES} lists each",
        shelf::REPORTS
    );
    println!("{:>10}  {:>10}  asked for", "p99", "median");
    for (p99, median, bits) in &combinations[..12] {
        println!("{p99:>10.1?}  {median:>10.1?}  {}", describe(*bits));
    }
    let (p99, _, bits) = combinations[0];
    println!(
        "the slowest 99th percentile: {p99:.1?} ({})",
        describe(bits)
    );
}

fn verification(store: &Store) {
    let before = shelf::resident();
    shelf::forget_peak();
    let begun = Instant::now();
    let found = store.verify().unwrap();
    let took = begun.elapsed();
    assert!(
        found.is_whole() && found.rows == shelf::REPORTS,
        "{found:?}"
    );
    let a_second = u128::from(found.rows.unsigned_abs()) * 1_000 / took.as_millis().max(1);
    println!(
        "verify: {} reports in {took:.1?}, {a_second} a second",
        found.rows
    );
    if let (Some(before), Some(peak)) = (before, shelf::peak()) {
        println!(
            "verify: {} KB more memory at its peak",
            peak.saturating_sub(before)
        );
    }
}

fn continuity(store: &Store) {
    let begun = Instant::now();
    let mut count = 0;
    store
        .each_z(None, None, |_, z| count += i64::from(z.is_some()))
        .unwrap();
    println!(
        "continuity: {count} Z-reports read in {:.1?}",
        begun.elapsed()
    );
}

fn archive(criterion: &mut Criterion) {
    let folder = shelf::built();
    let store = Store::open(&folder).unwrap();
    percentiles(&store);
    verification(&store);
    continuity(&store);

    let empty = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    drop(Store::open(empty.path()).unwrap());
    let mut group = criterion.benchmark_group("archive");
    group.bench_function("opening an empty one", |bencher| {
        bencher.iter(|| Store::open(empty.path()).unwrap());
    });
    group.bench_function("opening a million", |bencher| {
        bencher.iter(|| Store::open(&folder).unwrap());
    });
    for (name, bits) in [
        ("the newest 100", 0),
        ("100 of a register", 0b10),
        ("100 Z of a register in a month", 0b10_0110),
        ("100 of an amount", 0b1_0000),
    ] {
        let mut sample = 0;
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                sample += 1;
                store.reports(&filter(bits, sample)).unwrap()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, archive);
criterion_main!(benches);
