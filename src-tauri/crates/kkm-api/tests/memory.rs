//! What reading a long answer costs in memory. A test binary of its own, for the allocator counts everything in it.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]

mod long;

use peak_alloc::PeakAlloc;

#[global_allocator]
static COUNTED: PeakAlloc = PeakAlloc;

#[test]
fn reading_ten_thousand_documents_takes_less_than_three_times_the_body() {
    let body = long::x(10_000).into_bytes();
    let length = body.len();
    let before = COUNTED.current_usage();
    COUNTED.reset_peak_usage();
    let answer = kkm_api::read_x(200, body).unwrap();
    assert_eq!(answer.value.documents.len(), 10_000);
    assert!(!answer.raw.text().contains("cpcr-secret"));
    // The body itself was there before.
    let peak = COUNTED.peak_usage() - before + length;
    assert!(peak < 3 * length, "{peak} bytes for a body of {length}");
}
