//! A damaged database, or somebody else's, is refused and left as it is, for whoever can still read it.

use std::fs;
use std::path::Path;

use domain::{ErrorCode, ReportKind};
use store::{OperationKind, ReportFilter, Store, StoreError};

use crate::backup::day;
use crate::samples::{KKM, at, operation, outsider, report};

const PAGE: usize = 4096;

/// A database of many pages, all in one file.
fn database() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    for start in 1..30 {
        day(&store, start);
    }
    drop(store);
    let bytes = fs::read(folder.path().join("smena.db")).unwrap();
    assert!(bytes.len() > 20 * PAGE);
    bytes
}

/// Every file in the folder, with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut files: Vec<_> = entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
}

fn is_refused_and_left_alone(name: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("smena.db"), bytes).unwrap();
    let before = files(folder.path());
    let error = Store::open(folder.path()).expect_err(name);
    assert_eq!(error.code(), ErrorCode::Damaged, "{name}: {error:?}");
    assert!(
        files(folder.path()) == before,
        "{name}: the folder was touched"
    );
}

#[test]
fn a_torn_off_database_is_refused_and_left_alone() {
    let good = database();
    for length in [
        1,
        15,
        16,
        50,
        99,
        100,
        511,
        512,
        PAGE - 1,
        PAGE,
        3 * PAGE,
        good.len() / 2,
        good.len() - PAGE,
    ] {
        is_refused_and_left_alone(&format!("{length} bytes"), &good[..length]);
    }
}

#[test]
fn a_database_that_begins_with_garbage_is_refused_and_left_alone() {
    let good = database();
    for (place, what) in [
        (0, "the magic"),
        (15, "its end"),
        (16, "the page size"),
        (21, "fractions"),
    ] {
        let mut bytes = good.clone();
        bytes[place] ^= 0xff;
        is_refused_and_left_alone(what, &bytes);
    }
    let mut bytes = good;
    bytes[..PAGE].fill(0xa5);
    is_refused_and_left_alone("the first page", &bytes);
}

#[test]
fn another_programs_database_is_refused_and_left_alone() {
    for setup in [
        "CREATE TABLE bookmarks (url TEXT)",
        "CREATE TABLE bookmarks (url TEXT); PRAGMA user_version = 1",
        "CREATE TABLE settings (key TEXT); CREATE TABLE reports (x); PRAGMA user_version = 2",
        "CREATE TABLE bookmarks (url TEXT); PRAGMA user_version = -1",
    ] {
        let folder = tempfile::tempdir().unwrap();
        outsider(folder.path()).execute_batch(setup).unwrap();
        let bytes = fs::read(folder.path().join("smena.db")).unwrap();
        is_refused_and_left_alone(setup, &bytes);
    }
}

#[test]
fn a_log_without_its_database_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("live")).unwrap();
    day(&store, 1);
    for empty in [false, true] {
        let lone = tempfile::tempdir().unwrap();
        fs::copy(
            folder.path().join("live/smena.db-wal"),
            lone.path().join("smena.db-wal"),
        )
        .unwrap();
        if empty {
            fs::write(lone.path().join("smena.db"), "").unwrap();
        }
        let before = files(lone.path());
        let error = Store::open(lone.path()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::Damaged, "{error:?}");
        // SQLite would have thrown the log away.
        assert!(files(lone.path()) == before);
    }
}

/// Pages torn in the middle, one after the other: whatever reads such a page says so, whatever does not goes on, and what is
/// written down stays readable.
#[test]
fn a_torn_page_is_told_by_whatever_meets_it() {
    let good = database();
    let all = ReportFilter::newest(1000);
    let (mut at_once, mut later) = (0, 0);
    for page in 1..good.len() / PAGE {
        let folder = tempfile::tempdir().unwrap();
        let mut bytes = good.clone();
        // The disk has written its first half anew and never the second.
        bytes[page * PAGE..page * PAGE + PAGE / 2].fill(0);
        fs::write(folder.path().join("smena.db"), &bytes).unwrap();
        let told = |error: StoreError| {
            assert_eq!(error.code(), ErrorCode::Damaged, "page {page}: {error:?}");
        };
        let store = match Store::open(folder.path()) {
            Ok(store) => store,
            Err(error) => {
                told(error);
                at_once += 1;
                continue;
            }
        };
        let backup = folder.path().join("backup.db");
        told(store.backup(&backup, false).unwrap_err());
        assert!(!backup.exists());
        let mut met = false;
        for outcome in [
            store.reports(&all).map(drop),
            store.verify().map(drop),
            store.operations(&Default::default()).map(drop),
            store.archive(report(ReportKind::X, 1), at(1)).map(drop),
            store.begin(operation(OperationKind::Z, KKM)).map(drop),
        ] {
            if let Err(error) = outcome {
                told(error);
                met = true;
            }
        }
        later += i32::from(met);
        drop(store);
        // What was written meanwhile is elsewhere: nobody has laid anything over the page.
        let after = fs::read(folder.path().join("smena.db")).unwrap();
        let torn = page * PAGE..page * PAGE + PAGE;
        assert!(
            !met || after[torn.clone()] == bytes[torn],
            "page {page} was written over"
        );
    }
    assert!(later > 10, "{at_once} told when opened, {later} later");
}
