//! What is no whole backup is not restored from.

use std::fs;
use std::path::{Path, PathBuf};

use domain::ErrorCode;
use store::{Flaw, StoreError};

use crate::archive::tamper;
use crate::restore::{Stage, copies};
use crate::samples::{at, outsider};

/// Everything that is no whole backup, and what is said of it.
#[test]
fn what_is_no_whole_backup_is_refused_and_nothing_is_touched() {
    let stage = Stage::new();
    let good = fs::read(stage.backup()).unwrap();
    let before = stage.store.operations(&Default::default()).unwrap();
    let edited = |edit: &dyn Fn(&Path)| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("smena.db"), &good).unwrap();
        edit(folder.path());
        fs::read(folder.path().join("smena.db")).unwrap()
    };
    let sql =
        |sql: &'static str| edited(&move |folder| outsider(folder).execute_batch(sql).unwrap());
    let mut torn = good.clone();
    let middle = good.len() / 4096 / 2 * 4096;
    torn[middle..middle + 4096].fill(0);
    let foreign = {
        let folder = tempfile::tempdir().unwrap();
        let other = outsider(folder.path());
        other
            .execute_batch("CREATE TABLE bookmarks (url TEXT); PRAGMA user_version = 2")
            .unwrap();
        drop(other);
        fs::read(folder.path().join("smena.db")).unwrap()
    };
    let torn_flaw = Flaw::Torn(String::new());
    for (name, bytes, flaw) in [
        ("empty", Vec::new(), Flaw::NoDatabase),
        ("text", b"my backup".repeat(1000), Flaw::NoDatabase),
        ("a beginning", good[..50].to_vec(), Flaw::NoDatabase),
        ("half", good[..good.len() / 2].to_vec(), torn_flaw.clone()),
        (
            "a page less",
            good[..good.len() - 4096].to_vec(),
            torn_flaw.clone(),
        ),
        ("a torn page", torn, torn_flaw),
        ("another program's", foreign, Flaw::Foreign),
        (
            "no triggers",
            sql("DROP TRIGGER reports_are_not_deleted"),
            Flaw::Foreign,
        ),
        (
            "a foreign trigger",
            sql("CREATE TRIGGER t AFTER INSERT ON reports BEGIN SELECT 1; END"),
            Flaw::Foreign,
        ),
        ("version 0", sql("PRAGMA user_version = 0"), Flaw::Foreign),
    ] {
        let file = stage.folder.path().join("bad.db");
        fs::write(&file, &bytes).unwrap();
        match stage.store.restore(&file, at(500), true) {
            Err(StoreError::Unusable {
                flaw: Flaw::Torn(why),
                ..
            }) => {
                assert!(
                    !why.is_empty() && matches!(flaw, Flaw::Torn(_)),
                    "{name}: {why}"
                );
            }
            Err(StoreError::Unusable { flaw: found, .. }) => assert_eq!(found, flaw, "{name}"),
            result => panic!("{name}: {result:?}"),
        }
        assert!(fs::read(&file).unwrap() == bytes, "{name}: it was changed");
    }
    // Rows edited by somebody who put the triggers back.
    for (edit, flaw) in [
        (
            "UPDATE reports SET amount = 1 WHERE number = 2",
            Flaw::Report(2),
        ),
        (
            "UPDATE operations SET code = 'x' WHERE number = 1",
            Flaw::Operation(1),
        ),
    ] {
        let file = stage.folder.path().join("bad.db");
        fs::write(&file, edited(&|folder| tamper_and_mend(folder, edit))).unwrap();
        match stage.store.restore(&file, at(500), true) {
            Err(StoreError::Unusable { flaw: found, .. }) => assert_eq!(found, flaw),
            result => panic!("{edit}: {result:?}"),
        }
    }
    let newer = stage.folder.path().join("newer.db");
    fs::write(&newer, sql("PRAGMA user_version = 99")).unwrap();
    let error = stage.store.restore(&newer, at(500), true).unwrap_err();
    assert_eq!(error.code(), ErrorCode::DatabaseNewer);
    let missing = stage
        .store
        .restore(Path::new("no/such/file"), at(500), true)
        .unwrap_err();
    assert_eq!(missing.code(), ErrorCode::BadInput);

    assert_eq!(stage.store.operations(&Default::default()).unwrap(), before);
    assert_eq!(copies(&stage.data()), Vec::<PathBuf>::new());
}

fn tamper_and_mend(folder: &Path, edit: &str) {
    let triggers: Vec<String> = {
        let database = outsider(folder);
        let mut statement = database
            .prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
            .unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    tamper(folder, edit);
    outsider(folder).execute_batch(&triggers.join(";")).unwrap();
}
