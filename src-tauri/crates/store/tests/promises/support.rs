//! What support is told, whatever state the database is in.

use std::fs;
use std::os::unix::fs::FileExt as _;

use store::{OperationKind, Store};

use crate::samples::{KKM, at, confirmation, operation, outsider};

/// Begins and confirms an X.
fn done(store: &Store, seconds: i64) -> i64 {
    let mut new = operation(OperationKind::X, KKM);
    new.at = at(seconds);
    let number = store.begin(new).unwrap();
    store.sent(number, at(seconds)).unwrap();
    store
        .confirm(number, at(seconds), confirmation(None))
        .unwrap();
    number
}

#[test]
fn unfinished_operations_are_told_of_however_old_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let old = store
        .begin(operation(OperationKind::Open, domain::KkmId::new(1)))
        .unwrap();
    store.sent(old, at(0)).unwrap();
    let new: Vec<i64> = (1..=5).map(|second| done(&store, second)).collect();
    let (rows, failed) = store.last_operations(2);
    let numbers: Vec<i64> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [new[4], new[3], old]);
    assert!(failed.is_none());
}

#[test]
fn what_comes_before_a_damaged_page_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    for second in 0..200 {
        done(&store, second);
    }
    drop(store);
    let database = outsider(folder.path());
    database
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    let leaf = "SELECT pageno FROM dbstat WHERE name = 'operations' AND pagetype = 'leaf' ORDER BY pageno LIMIT 1 OFFSET 2";
    let page: i64 = database.query_row(leaf, [], |row| row.get(0)).unwrap();
    drop(database);
    let file = fs::File::options()
        .write(true)
        .open(folder.path().join("smena.db"))
        .unwrap();
    file.write_all_at(&[0xff; 4096], u64::try_from((page - 1) * 4096).unwrap())
        .unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (rows, failed) = store.last_operations(1000);
    assert!(failed.is_some());
    assert!(!rows.is_empty() && rows.len() < 200, "{}", rows.len());
    assert_eq!(rows[0].number, 200);
    assert_eq!(store.version().unwrap(), 7);
}
