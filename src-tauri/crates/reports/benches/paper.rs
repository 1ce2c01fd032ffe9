//! How fast a report comes: `cargo bench -p reports`. Fonts are read once, before the first measurement.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use domain::Report;
use reports::{Paper, document, escpos, layout, pdf, svg};

fn made(report: &Report, paper: Paper) -> Vec<u8> {
    let document = document::report(report, &samples::listing(&samples::options()));
    pdf::render(&layout::pages(&document, paper)).unwrap()
}

fn one(c: &mut Criterion) {
    let z = samples::z();
    let mut group = c.benchmark_group("one Z on 80 mm");
    group.bench_function("layout", |b| {
        b.iter(|| {
            let document = document::report(black_box(&z), &samples::options());
            layout::pages(&document, Paper::Tape80)
        });
    });
    group.bench_function("pdf", |b| b.iter(|| made(black_box(&z), Paper::Tape80)));
    let pages = layout::pages(&document::report(&z, &samples::options()), Paper::Tape80);
    group.bench_function("svg of the pages", |b| {
        b.iter(|| svg::render(black_box(&pages)))
    });
    group.bench_function("escpos of the pages", |b| {
        b.iter(|| escpos::render(black_box(&pages)).unwrap());
    });
    group.finish();
    let size = made(&z, Paper::Tape80).len();
    println!("one Z on 80 mm: {size} bytes of PDF");
}

fn book(c: &mut Criterion) {
    let mut group = c.benchmark_group("A4 book");
    group.sample_size(10);
    for count in [1_000, 10_000, 20_000] {
        let report = samples::with_documents(count);
        group.bench_function(format!("{count} documents"), |b| {
            b.iter_batched(
                || (),
                |()| made(&report, Paper::A4),
                BatchSize::PerIteration,
            );
        });
        println!(
            "{count} documents: {} bytes",
            made(&report, Paper::A4).len()
        );
    }
    group.finish();
}

criterion_group!(benches, one, book);
criterion_main!(benches);
