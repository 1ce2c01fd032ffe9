//! A write-ahead log whose end is torn, as a crash leaves it: every transaction is there whole or not at all.

use std::fs;
use std::path::Path;

use domain::KkmId;
use store::{OperationKind, OperationState, Store};

use crate::backup::day;
use crate::samples::{at, operation};

/// The log's header, and that of each of its frames (SQLite file format, 4.1).
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
const FRAME: usize = FRAME_HEADER + 4096;
/// The register of the last intent.
const LAST: KkmId = KkmId::new(99);

/// A live database and its log: days that are committed, and an intent in the last transaction.
struct Live {
    database: Vec<u8>,
    log: Vec<u8>,
    /// Where the last transaction begins in the log.
    last: usize,
}

fn live() -> Live {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    for start in 1..4 {
        day(&store, start);
    }
    let log = |folder: &Path| fs::read(folder.join("smena.db-wal")).unwrap();
    let last = log(folder.path()).len();
    store.begin(operation(OperationKind::Z, LAST)).unwrap();
    let live = Live {
        database: fs::read(folder.path().join("smena.db")).unwrap(),
        log: log(folder.path()),
        last,
    };
    let frames = (live.log.len() - live.last) / FRAME;
    assert_eq!(live.last + frames * FRAME, live.log.len());
    assert_eq!((live.last - LOG_HEADER) % FRAME, 0);
    assert!(frames >= 3, "{frames}");
    live
}

/// Opens what a crash left, and tells whether the last intent is there.
fn is_last_there(live: &Live, log: &[u8], what: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("smena.db"), &live.database).unwrap();
    fs::write(folder.path().join("smena.db-wal"), log).unwrap();
    let store = Store::open(folder.path()).unwrap_or_else(|error| panic!("{what}: {error:?}"));
    let verified = store.verify().unwrap();
    assert!(verified.is_whole(), "{what}: {verified:?}");
    assert_eq!((verified.rows, verified.operations), (6, 6), "{what}");
    let rows = store.operations(&Default::default()).unwrap();
    let found = rows.into_iter().find(|row| row.kkm == LAST);
    let there = found.is_some();
    if let Some(row) = found {
        let new = operation(OperationKind::Z, LAST);
        assert_eq!(
            (row.number, row.state),
            (7, OperationState::Prepared),
            "{what}"
        );
        assert_eq!(
            (row.uid, row.body, row.shift, row.at),
            (new.uid, new.body, new.shift, new.at),
            "{what}"
        );
        assert_eq!(
            (row.login, row.cash_count),
            (new.login, new.cash_count),
            "{what}"
        );
    }
    // The log is of use again.
    let number = store
        .begin(operation(OperationKind::X, KkmId::new(1)))
        .unwrap();
    assert_eq!(number, if there { 8 } else { 7 }, "{what}");
    store.abandon(number, at(1)).unwrap();
    assert!(store.verify().unwrap().is_whole(), "{what}");
    there
}

#[test]
fn a_log_that_is_cut_in_its_last_transaction_loses_that_one_alone() {
    let live = live();
    assert!(is_last_there(&live, &live.log, "whole"));
    let mut cuts = vec![live.last, live.log.len() - 1];
    for frame in (live.last..live.log.len()).step_by(FRAME) {
        cuts.extend(
            [
                1,
                8,
                FRAME_HEADER - 1,
                FRAME_HEADER,
                FRAME_HEADER + 1,
                FRAME / 2,
                FRAME - 1,
            ]
            .map(|it| frame + it),
        );
        cuts.push(frame);
    }
    for cut in cuts {
        let what = format!("cut at {cut} of {}", live.log.len());
        assert!(!is_last_there(&live, &live.log[..cut], &what), "{what}");
        // A file system may have made the file long before its bytes came.
        let mut zeros = live.log[..cut].to_vec();
        zeros.resize(live.log.len() + FRAME, 0);
        assert!(!is_last_there(&live, &zeros, &what), "{what}, and zeros");
    }
}

#[test]
fn a_log_whose_last_transaction_is_spoilt_loses_that_one_alone() {
    let live = live();
    for frame in (live.last..live.log.len()).step_by(FRAME) {
        // The page's number, the size that marks a commit, both salts, both sums, and bytes of the page.
        for place in [
            0,
            3,
            4,
            7,
            8,
            12,
            16,
            20,
            FRAME_HEADER,
            FRAME / 2,
            FRAME - 1,
        ] {
            let mut log = live.log.clone();
            log[frame + place] ^= 0x55;
            let what = format!("byte {place} of the frame at {frame} flipped");
            assert!(!is_last_there(&live, &log, &what), "{what}");
        }
        // A frame that never came: another one's bytes stand there.
        let mut log = live.log.clone();
        log.copy_within(LOG_HEADER..LOG_HEADER + FRAME, frame);
        let what = format!("an old frame at {frame}");
        assert!(!is_last_there(&live, &log, &what), "{what}");
    }
}

#[test]
fn garbage_behind_the_log_harms_nothing() {
    let live = live();
    let frame = live.log[live.last..live.last + FRAME].to_vec();
    for (what, tail) in [
        ("one byte", vec![7]),
        ("zeros", vec![0; 3 * FRAME]),
        ("noise", (0_u8..=255).cycle().take(2 * FRAME + 11).collect()),
        ("a frame twice", frame.clone()),
        ("half a frame twice", frame[..FRAME / 2].to_vec()),
    ] {
        let log = [&live.log[..], &tail].concat();
        assert!(is_last_there(&live, &log, what), "{what}");
    }
}
