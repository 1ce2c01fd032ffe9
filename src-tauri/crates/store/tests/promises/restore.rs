//! Restoring: from a whole copy only, for everybody at once, and taking nothing away unseen.

use std::fs;
use std::path::{Path, PathBuf};

use domain::{ErrorCode, KkmId, ReportKind, ShiftId, Uid};
use rusqlite::Connection;
use store::{Losses, OperationKind, OperationState, Store, StoreError, Why};

use crate::backup::day;
use crate::samples::{KKM, SERVER, at, confirmation, operation, outsider, report};

pub(crate) struct Stage {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) store: Store,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("data")).unwrap();
        day(&store, 100);
        Self { folder, store }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn backup(&self) -> PathBuf {
        let file = self.folder.path().join("backup.db");
        self.store.backup(&file, true).unwrap();
        file
    }

    /// How many reports and finished operations there are, all as they were written.
    fn rows(&self) -> (i64, i64) {
        let verified = self.store.verify().unwrap();
        assert!(verified.is_whole(), "{verified:?}");
        (verified.rows, verified.operations)
    }
}

pub(crate) fn copies(data: &Path) -> Vec<PathBuf> {
    let Ok(names) = fs::read_dir(data.join("copies")) else {
        return Vec::new();
    };
    names.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_restored_database_is_the_backups_for_everybody_at_once() {
    let stage = Stage::new();
    let other = Store::open(&stage.data()).unwrap();
    let backup = stage.backup();
    let bytes = fs::read(&backup).unwrap();
    let restored = stage.store.restore(&backup, at(500), false).unwrap();
    assert_eq!((restored.found.rows, restored.found.operations), (2, 2));
    assert_eq!(restored.losses, Some(Losses::default()));
    assert_eq!(fs::read(&backup).unwrap(), bytes, "the backup is only read");
    for store in [&stage.store, &other] {
        assert_eq!(store.verify().unwrap(), restored.found);
    }
    for store in [&stage.store, &other] {
        day(store, 600);
    }
    assert_eq!(stage.rows(), (6, 6));
    assert_eq!(copies(&stage.data()), std::slice::from_ref(&restored.saved));
    let name = restored.saved.file_name().unwrap().to_str().unwrap();
    assert_eq!(name, "before-restore-20261124T200820Z.db");
    // What was saved can be restored in its turn.
    let back = stage.store.restore(&restored.saved, at(700), true).unwrap();
    assert_eq!(
        back.losses,
        Some(Losses {
            reports: 4,
            operations: 4
        })
    );
    assert_eq!(stage.rows(), (2, 2));
    assert_eq!(copies(&stage.data()).len(), 2);
}

#[test]
fn what_the_backup_lacks_is_taken_away_only_by_force_and_then_saved() {
    type Later = fn(&Store);
    let later: [(Later, Losses); 4] = [
        (
            |store| day(store, 200),
            Losses {
                reports: 2,
                operations: 2,
            },
        ),
        (
            |store| {
                store
                    .archive(report(ReportKind::Sections, 1), at(9))
                    .unwrap();
            },
            Losses {
                reports: 1,
                operations: 0,
            },
        ),
        (
            |store| {
                let number = store.begin(operation(OperationKind::Open, KKM)).unwrap();
                store
                    .refuse(number, at(9), &Why::of(ErrorCode::RegisterBlocked))
                    .unwrap();
            },
            Losses {
                reports: 0,
                operations: 1,
            },
        ),
        (
            // Nobody knows whether it was done: to forget it would be the worst.
            |store| {
                let number = store.begin(operation(OperationKind::Z, KKM)).unwrap();
                store.sent(number, at(9)).unwrap();
                store
                    .unknown(number, at(9), &Why::of(ErrorCode::LinkBroken))
                    .unwrap();
                store.release(number);
            },
            Losses {
                reports: 0,
                operations: 1,
            },
        ),
    ];
    for (number, (later, lost)) in later.into_iter().enumerate() {
        let stage = Stage::new();
        let backup = stage.backup();
        later(&stage.store);
        let before = (
            stage.store.verify().unwrap(),
            stage.store.operations(&Default::default()).unwrap(),
        );
        match stage.store.restore(&backup, at(500), false) {
            Err(StoreError::WouldLose { losses }) => assert_eq!(losses, lost, "{number}"),
            other => panic!("{number}: {other:?}"),
        }
        let after = (
            stage.store.verify().unwrap(),
            stage.store.operations(&Default::default()).unwrap(),
        );
        assert!(before == after, "{number}: the database was touched");
        assert_eq!(copies(&stage.data()), Vec::<PathBuf>::new(), "{number}");
        // Nobody is held up by a restoration that was refused.
        stage
            .store
            .set_next_uid(SERVER, KKM, Some(&Uid::new("1f")), at(9))
            .unwrap();

        let restored = stage.store.restore(&backup, at(500), true).unwrap();
        assert_eq!(restored.losses, Some(lost), "{number}");
        assert_eq!(stage.rows(), (2, 2), "{number}");
        let saved = tempfile::tempdir().unwrap();
        fs::copy(&restored.saved, saved.path().join("smena.db")).unwrap();
        let saved = Store::open(saved.path()).unwrap();
        assert!(saved.verify().unwrap() == before.0, "{number}");
        assert_eq!(
            saved.operations(&Default::default()).unwrap(),
            before.1,
            "{number}"
        );
    }
}

#[test]
fn an_edit_of_the_past_counts_from_where_the_chains_part() {
    let stage = Stage::new();
    let backup = stage.backup();
    // Another shop's database: longer, and not one row the same.
    let other = tempfile::tempdir().unwrap();
    let other = Store::open(other.path()).unwrap();
    for start in [1, 2, 3] {
        day(&other, start);
    }
    match other.restore(&backup, at(500), false) {
        Err(StoreError::WouldLose { losses }) => {
            assert_eq!(
                losses,
                Losses {
                    reports: 6,
                    operations: 6
                }
            );
        }
        result => panic!("{result:?}"),
    }
}

#[test]
fn while_an_operation_is_under_way_nothing_is_restored() {
    let stage = Stage::new();
    let backup = stage.backup();
    let other = Store::open(&stage.data()).unwrap();
    let number = other.begin(operation(OperationKind::Z, KKM)).unwrap();
    let busy = |what: &str| match stage.store.restore(&backup, at(1), true) {
        Err(StoreError::Busy { number: by }) => assert_eq!(by, number, "{what}"),
        result => panic!("{what}: {result:?}"),
    };
    busy("prepared");
    other.sent(number, at(1)).unwrap();
    busy("sent");
    other
        .unknown(number, at(1), &Why::of(ErrorCode::LinkBroken))
        .unwrap();
    busy("unknown, and its maker is still at it");
    other.release(number);
    other.claim(number, at(1)).unwrap();
    busy("taken up by recovery");
    other.release(number);
    let restored = stage.store.restore(&backup, at(1), true).unwrap();
    assert_eq!(
        restored.losses,
        Some(Losses {
            reports: 0,
            operations: 1
        })
    );
    // What a dead process left holds nothing up.
    let number = other.begin(operation(OperationKind::Z, KKM)).unwrap();
    other.sent(number, at(1)).unwrap();
    drop(other);
    stage.store.restore(&backup, at(1), true).unwrap();
}

#[test]
fn while_somebody_alive_restores_nobody_writes() {
    let stage = Stage::new();
    let unknown = stage
        .store
        .begin(operation(OperationKind::Z, KkmId::new(1)))
        .unwrap();
    stage.store.sent(unknown, at(1)).unwrap();
    let prepared = stage
        .store
        .begin(operation(OperationKind::Z, KkmId::new(2)))
        .unwrap();
    stage
        .store
        .unknown(unknown, at(1), &Why::of(ErrorCode::LinkBroken))
        .unwrap();
    stage.store.release(unknown);

    let restorer = Store::open(&stage.data()).unwrap();
    let mine = fs::read_dir(stage.data().join("running")).unwrap().count();
    assert_eq!(mine, 2);
    // Whose mark it is, is told by the rows that it owns.
    let number = restorer
        .begin(operation(OperationKind::X, KkmId::new(3)))
        .unwrap();
    restorer.abandon(number, at(1)).unwrap();
    outsider(&stage.data())
        .execute_batch(
            "INSERT INTO settings SELECT 'restoring', owner FROM operations WHERE kkm = 3",
        )
        .unwrap();
    let refused = |result: Result<(), StoreError>| {
        let error = result.unwrap_err();
        assert!(matches!(error, StoreError::Restoring), "{error:?}");
        assert_eq!(error.code(), ErrorCode::Busy);
    };
    let store = &stage.store;
    refused(store.begin(operation(OperationKind::Z, KKM)).map(drop));
    refused(store.claim(unknown, at(1)));
    refused(store.sent(prepared, at(1)));
    refused(store.archive(report(ReportKind::X, 1), at(1)).map(drop));
    refused(restorer.begin(operation(OperationKind::Z, KKM)).map(drop));
    assert_eq!(store.verify().unwrap().rows, 2, "reading goes on");
    drop(restorer);
    store.begin(operation(OperationKind::Z, KKM)).unwrap();
}

#[test]
fn what_was_under_way_in_the_backup_may_have_been_sent_since() {
    let stage = Stage::new();
    let sent = stage
        .store
        .begin(operation(OperationKind::Z, KkmId::new(1)))
        .unwrap();
    stage.store.sent(sent, at(1)).unwrap();
    let prepared = stage
        .store
        .begin(operation(OperationKind::Open, KkmId::new(2)))
        .unwrap();
    stage
        .store
        .set_next_uid(SERVER, KKM, Some(&Uid::new("used-since")), at(1))
        .unwrap();
    outsider(&stage.data())
        .execute_batch(
            "INSERT INTO outbox (server, login, kkm, kind, date, at, state) VALUES ('s', 'l', 1, 'z', 1000000, 1, 'queued')",
        )
        .unwrap();
    let backup = stage.backup();
    let done = confirmation(Some(report(ReportKind::Z, 9)));
    stage.store.confirm(sent, at(2), done).unwrap();
    stage.store.abandon(prepared, at(2)).unwrap();
    for number in [sent, prepared] {
        stage.store.release(number);
    }

    let restored = stage.store.restore(&backup, at(500), true).unwrap();
    assert_eq!(
        restored.losses,
        Some(Losses {
            reports: 1,
            operations: 2
        })
    );
    for number in [sent, prepared] {
        let row = stage.store.operation(number).unwrap().unwrap();
        assert_eq!(
            (row.state, row.code, row.settled),
            (
                OperationState::Unknown,
                Some(ErrorCode::Restored),
                Some(at(500))
            )
        );
        assert!(row.sent.is_some());
        stage.store.claim(number, at(501)).unwrap();
    }
    let row = stage.store.operation(sent).unwrap().unwrap();
    assert_eq!(
        (row.uid, row.shift),
        (Some(Uid::new("0f-this")), Some(ShiftId::new(22)))
    );
    assert_eq!(stage.store.next_uid(SERVER, KKM).unwrap(), None);
    let outbox: (String, String) = outsider(&stage.data())
        .query_row("SELECT state, code FROM outbox", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(outbox, ("stopped".to_owned(), "restored".to_owned()));
}

#[test]
fn what_waits_in_the_outbox_alone_is_not_forgotten() {
    let stage = Stage::new();
    let backup = stage.backup();
    outsider(&stage.data())
        .execute_batch(
            "INSERT INTO outbox (server, login, kkm, kind, date, at, state) VALUES ('s', 'l', 1, 'z', 1000000, 1, 'queued')",
        )
        .unwrap();
    match stage.store.restore(&backup, at(500), false) {
        Err(StoreError::WouldLose { losses }) => assert_eq!(losses.operations, 1),
        result => panic!("{result:?}"),
    }
}

#[test]
fn a_copied_data_folder_is_restored_with_its_log() {
    let stage = Stage::new();
    // As somebody copies the folder while the program runs: the rows are in the log.
    let by_hand = stage.folder.path().join("by hand");
    fs::create_dir(&by_hand).unwrap();
    for name in ["smena.db", "smena.db-wal"] {
        fs::copy(stage.data().join(name), by_hand.join(name)).unwrap();
    }
    let log = fs::read(by_hand.join("smena.db-wal")).unwrap();
    assert!(!log.is_empty());
    let fresh = Store::open(&stage.folder.path().join("fresh")).unwrap();
    let restored = fresh
        .restore(&by_hand.join("smena.db"), at(500), false)
        .unwrap();
    assert_eq!(restored.found, stage.store.verify().unwrap());
    assert_eq!(fs::read_dir(&by_hand).unwrap().count(), 2);
    assert!(fs::read(by_hand.join("smena.db-wal")).unwrap() == log);
}

#[test]
fn a_backup_of_an_older_version_is_brought_to_this_one() {
    let stage = Stage::new();
    let old = stage.folder.path().join("old.db");
    let database = Connection::open(&old).unwrap();
    database
        .execute_batch(include_str!("../../src/first.sql"))
        .unwrap();
    database
        .execute_batch(include_str!("../released/first.sql"))
        .unwrap();
    database.pragma_update(None, "user_version", 1).unwrap();
    drop(database);
    let bytes = fs::read(&old).unwrap();
    let restored = stage.store.restore(&old, at(500), true).unwrap();
    assert_eq!((restored.found.rows, restored.found.operations), (3, 4));
    assert_eq!(stage.rows(), (3, 4));
    assert!(fs::read(&old).unwrap() == bytes);
    // Sealed as it was, under the same passphrase.
    let sealed = |database: &Connection| -> Vec<u8> {
        let sql = "SELECT box FROM sealed WHERE what = 'password'";
        database.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let now = sealed(&outsider(&stage.data()));
    assert_eq!(now, sealed(&Connection::open(&old).unwrap()));
}
