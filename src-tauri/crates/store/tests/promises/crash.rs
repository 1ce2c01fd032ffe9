//! A process that dies: this test program starts itself and lets its child abort in the middle.

use std::path::{Path, PathBuf};
use std::process::Command;

use domain::ErrorCode;
use store::{Only, OperationFilter, OperationKind, OperationState, Store};

use crate::samples::{KKM, at, operation};

const FOLDER: &str = "STORE_TEST_CRASH_FOLDER";

#[test]
#[ignore = "run by the tests below as a process that dies"]
fn dies_in_the_middle() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).expect("started by another test"));
    let sends = folder.join("sends").exists();
    let store = Store::open(&folder).unwrap();
    let number = store.begin(operation(OperationKind::Z, KKM)).unwrap();
    if sends {
        store.sent(number, at(0)).unwrap();
    }
    std::process::abort();
}

fn crash(folder: &Path) {
    let status = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "crash::dies_in_the_middle",
            "--ignored",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .output()
        .unwrap()
        .status;
    assert!(!status.success());
}

#[test]
fn intent_is_durable_before_it_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    crash(folder.path());
    let store = Store::open(folder.path()).unwrap();
    let row = store
        .operation(1)
        .unwrap()
        .expect("the intent is on the disk");
    let new = operation(OperationKind::Z, KKM);
    assert_eq!(
        (row.state, row.kind, row.kkm),
        (OperationState::Prepared, new.kind, new.kkm)
    );
    assert_eq!((row.uid, row.body, row.at), (new.uid, new.body, new.at));
    // It never left: it is given up at once, without waiting for a lease, and holds up nothing.
    assert!(store.begin(operation(OperationKind::Z, KKM)).is_ok());
    let row = store.operation(1).unwrap().unwrap();
    assert_eq!(row.state, OperationState::Abandoned);
}

#[test]
fn what_was_sent_by_a_dead_process_is_unknown() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("sends"), "").unwrap();
    crash(folder.path());
    let store = Store::open(folder.path()).unwrap();
    let second = store.begin(operation(OperationKind::Z, KKM)).unwrap_err();
    assert_eq!(second.code(), ErrorCode::Unresolved);
    let unresolved = OperationFilter {
        kkm: Some(KKM),
        only: Some(Only::Unknown),
        ..OperationFilter::default()
    };
    let rows = store.operations(&unresolved).unwrap();
    assert_eq!(rows[0].state, OperationState::Unknown);
    assert_eq!(rows[0].code, Some(ErrorCode::UnknownOutcome));
}
