//! A Z from intent to archive, beside what the disk alone takes for as many promises.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used
)]

#[path = "shelf/reports.rs"]
mod reports;

use std::fs::File;
use std::io::Write;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::{KkmId, ReportKind, Uid};
use store::{Confirmation, NewOperation, OperationKind, Store};

/// Commits on the way of one operation: its intent, its sending, its answer.
const PROMISES: usize = 3;

fn journal(criterion: &mut Criterion) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut file = File::create(folder.path().join("bare")).unwrap();
    let report = reports::report(7, ReportKind::Z, 4096);
    let at = report.report.taken;
    let kkm = KkmId::new(77505);
    let operation = NewOperation {
        server: report.server.clone(),
        login: "77001112233".to_owned(),
        kkm,
        kind: OperationKind::Z,
        shift: report.shift,
        uid: Some(Uid::new("5b1d7e0c-8f43-4f2e-9d0a-3a5b7c9e1f24")),
        body: r#"{"IdKkm":77505}"#.to_owned(),
        autonomous: None,
        outbox: None,
        cash_count: None,
        at,
    };
    let answer = Confirmation {
        server_time: None,
        raw: report.raw.clone(),
        next_uid: Some(Uid::new("6c2e8f1d-9054-4a3f-8e1b-4b6c8d0f2a35")),
        shift: report.shift,
        report: Some(report.clone()),
    };
    let mut group = criterion.benchmark_group("journal");
    group.bench_function("three bare fsyncs of 4 KB", |bencher| {
        bencher.iter(|| {
            for _ in 0..PROMISES {
                file.write_all(&[7; 4096]).unwrap();
                file.sync_all().unwrap();
            }
        });
    });
    group.bench_function("begin, sent, confirm with a 4 KB report", |bencher| {
        bencher.iter(|| {
            let number = store.begin(operation.clone()).unwrap();
            store.sent(number, at).unwrap();
            store.confirm(number, at, answer.clone()).unwrap()
        });
    });
    group.finish();
}

criterion_group!(benches, journal);
criterion_main!(benches);
