//! A backup is one plain file, made while others work, and checked before it is called one.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::{ErrorCode, ReportKind};
use rusqlite::Connection;
use store::{OperationKind, Store};

use crate::archive::tamper;
use crate::samples::{KKM, at, confirmation, operation, report};

/// A day in the journal and the archive: an X, and a Z of known end.
pub(crate) fn day(store: &Store, start: i64) {
    for (kind, report_kind) in [
        (OperationKind::X, ReportKind::X),
        (OperationKind::Z, ReportKind::Z),
    ] {
        let number = store.begin(operation(kind, KKM)).unwrap();
        store.sent(number, at(start)).unwrap();
        let answer = confirmation(Some(report(report_kind, start)));
        store.confirm(number, at(start + 1), answer).unwrap();
        store.release(number);
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_one_plain_file_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data")).unwrap();
    day(&store, 100);
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    let file = out.join("smena-backup.db");
    let found = store.backup(&file, false).unwrap();
    assert_eq!((found.rows, found.operations), (2, 2));
    assert_eq!(names(&out), ["smena-backup.db"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // Bytes 18 and 19: it is read and written without a log beside it (SQLite file format, 1.3).
    assert_eq!(fs::read(&file).unwrap()[18..20], [1, 1]);
    // It is a data folder's database as it is.
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::copy(&file, other.join("smena.db")).unwrap();
    let other = Store::open(&other).unwrap();
    assert_eq!(other.verify().unwrap(), store.verify().unwrap());
    assert_eq!(other.operation(2).unwrap(), store.operation(2).unwrap());
}

#[test]
fn an_existing_file_is_replaced_only_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data")).unwrap();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    let file = out.join("mine");
    fs::write(&file, "mine").unwrap();
    let error = store.backup(&file, false).unwrap_err();
    assert_eq!(error.code(), ErrorCode::BadInput);
    assert_eq!(fs::read(&file).unwrap(), b"mine");
    store.backup(&file, true).unwrap();
    assert!(fs::read(&file).unwrap().starts_with(b"SQLite"));
    assert_eq!(names(&out), ["mine"]);
    let nowhere = store.backup(&out.join("no/such/file"), false).unwrap_err();
    assert_eq!(nowhere.code(), ErrorCode::BadInput);
}

#[test]
fn a_copy_that_is_not_whole_is_no_backup() {
    for edit in [
        "UPDATE reports SET raw = raw || ' ' WHERE number = 1",
        "UPDATE operations SET message = 'x' WHERE number = 2",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let store = Store::open(&data).unwrap();
        day(&store, 100);
        tamper(&data, edit);
        let out = folder.path().join("out");
        fs::create_dir(&out).unwrap();
        let error = store.backup(&out.join("backup.db"), false).unwrap_err();
        assert_eq!(error.code(), ErrorCode::Damaged, "{edit}");
        assert_eq!(names(&out), Vec::<String>::new());
    }
}

/// Says that it is done when it is dropped.
struct Done<'a>(&'a AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Backups are made one after another while somebody writes all the time: nobody waits for the other, and each backup is
/// the database as it stood at one moment.
#[test]
fn a_backup_holds_up_no_writer_and_is_of_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let store = Store::open(&data).unwrap();
    day(&store, 1);
    // A writer that waits for nobody.
    let impatient = Connection::open(data.join("smena.db")).unwrap();
    impatient.busy_timeout(std::time::Duration::ZERO).unwrap();
    let done = AtomicBool::new(false);
    let go_on = &done;
    let (written, backups) = std::thread::scope(|scope| {
        let writer = scope.spawn(move || {
            let mut written = 0;
            while !go_on.load(Ordering::Relaxed) {
                written += 1;
                let both = format!(
                    "BEGIN IMMEDIATE;
                     INSERT INTO settings VALUES ('left', '{written}') ON CONFLICT DO UPDATE SET value = excluded.value;
                     INSERT INTO settings VALUES ('right', '{written}') ON CONFLICT DO UPDATE SET value = excluded.value;
                     COMMIT"
                );
                impatient.execute_batch(&both).unwrap();
            }
            written
        });
        // Also when a backup fails.
        let until_then = Done(&done);
        let backups: Vec<_> = (0..20)
            .map(|number| {
                let file = folder.path().join(format!("{number}.db"));
                store.backup(&file, false).unwrap();
                let copy = Connection::open(&file).unwrap();
                let setting = |key: &str| -> Option<String> {
                    let sql = "SELECT MAX(value) FROM settings WHERE key = ?";
                    copy.query_row(sql, [key], |row| row.get(0)).unwrap()
                };
                (setting("left"), setting("right"))
            })
            .collect();
        drop(until_then);
        (writer.join().unwrap(), backups)
    });
    assert!(written > 20, "{written}");
    assert!(
        backups.iter().all(|(left, right)| left == right),
        "{backups:?}"
    );
    assert!(backups.first() != backups.last(), "{backups:?}");
}
