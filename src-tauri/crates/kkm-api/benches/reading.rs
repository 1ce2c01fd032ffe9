//! How fast an X-report is read and told success from failure, by its length.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]

#[path = "../tests/long/mod.rs"]
mod long;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("x-report");
    for documents in [100, 1_000, 10_000] {
        let body = long::x(documents).into_bytes();
        group.throughput(Throughput::Bytes(body.len().try_into().unwrap()));
        let id = BenchmarkId::new("documents", documents);
        group.bench_with_input(id, &body, |bencher, body| {
            let read = |body| kkm_api::read_x(200, body).unwrap();
            bencher.iter_batched(|| body.clone(), read, BatchSize::LargeInput);
        });
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
