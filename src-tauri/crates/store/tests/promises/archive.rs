use std::path::Path;

use domain::{KkmId, Money, ReportKind};
use store::{ReportFilter, Store};

use crate::samples::{KKM, SERVER, at, outsider, report};

/// Edits the file as somebody would who knows that there are triggers.
pub(crate) fn tamper(folder: &Path, edit: &str) {
    let database = outsider(folder);
    let mut triggers = database
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap();
    let names: Vec<String> = triggers
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for name in names {
        database
            .execute_batch(&format!("DROP TRIGGER {name}"))
            .unwrap();
    }
    database.pragma_update(None, "foreign_keys", false).unwrap();
    assert_eq!(database.execute(edit, []).unwrap(), 1, "{edit}");
}

fn three(folder: &Path) -> Store {
    let store = Store::open(folder).unwrap();
    for (number, kind) in [
        (1, ReportKind::X),
        (2, ReportKind::Sections),
        (3, ReportKind::Z),
    ] {
        assert_eq!(
            store
                .archive(report(kind, number * 100), at(number))
                .unwrap(),
            number
        );
    }
    store
}

#[test]
fn a_report_comes_back_as_it_was_archived() {
    let folder = tempfile::tempdir().unwrap();
    let store = three(folder.path());
    let found = store.report(3).unwrap().unwrap();
    let new = report(ReportKind::Z, 300);
    assert_eq!(
        (found.number, found.at, found.server),
        (3, at(3), new.server)
    );
    assert_eq!((found.report, found.raw), (new.report, new.raw));
    assert_eq!(found.hash.len(), 64);
    assert!(store.report(4).unwrap().is_none());
    let last = store
        .last_report(SERVER, KKM, ReportKind::X)
        .unwrap()
        .unwrap();
    assert_eq!(last.number, 1);
    assert!(
        store
            .last_report("https://other.kz", KKM, ReportKind::X)
            .unwrap()
            .is_none()
    );
}

#[test]
fn lists_are_filtered_and_newest_first() {
    let folder = tempfile::tempdir().unwrap();
    let store = three(folder.path());
    let list = |kkm, kind, limit| {
        let filter = ReportFilter {
            server: Some(SERVER.to_owned()),
            kkm,
            kind,
            ..ReportFilter::newest(limit)
        };
        store.reports(&filter).unwrap()
    };
    let numbers: Vec<_> = list(None, None, 2).iter().map(|line| line.number).collect();
    assert_eq!(numbers, [3, 2]);
    let z = &list(Some(KKM), Some(ReportKind::Z), 10)[0];
    assert_eq!(
        (z.number, z.kind, z.shift_index, z.taken),
        (3, ReportKind::Z, Some(8), at(1))
    );
    assert_eq!(z.kkm_name.as_deref(), Some("Касса 1"));
    assert_eq!(z.amount.map(Money::tiyn), Some(300));
    assert_eq!(list(Some(KkmId::new(1)), None, 10), []);
    let elsewhere = ReportFilter {
        server: Some("https://other.kz".to_owned()),
        kkm: Some(KKM),
        ..ReportFilter::newest(10)
    };
    assert_eq!(store.reports(&elsewhere).unwrap(), []);
}

#[test]
fn an_archived_report_cannot_be_changed_or_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let store = three(folder.path());
    let database = outsider(folder.path());
    for edit in [
        "UPDATE reports SET raw = ''",
        "UPDATE reports SET amount = 1 WHERE number = 3",
        "DELETE FROM reports WHERE number = 1",
        "INSERT OR REPLACE INTO reports SELECT * FROM reports WHERE number = 2",
    ] {
        let error = database.execute(edit, []).unwrap_err().to_string();
        assert!(error.contains("never"), "{edit}: {error}");
    }
    let checked = store.verify().unwrap();
    assert!(checked.is_whole() && checked.rows == 3);
}

#[test]
fn an_edited_report_is_found_by_verify() {
    for (edit, broken) in [
        (
            "UPDATE reports SET report = replace(report, '3.00', '4.00') WHERE number = 3",
            3,
        ),
        ("UPDATE reports SET raw = raw || ' ' WHERE number = 1", 1),
        ("UPDATE reports SET amount = amount + 1 WHERE number = 2", 2),
        ("UPDATE reports SET kkm_name = NULL WHERE number = 2", 2),
        ("UPDATE reports SET hash = previous WHERE number = 2", 2),
        ("DELETE FROM reports WHERE number = 1", 1),
        ("DELETE FROM reports WHERE number = 2", 2),
        ("DELETE FROM reports WHERE number = 3", 3),
        ("UPDATE reports SET number = 4 WHERE number = 3", 3),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let store = three(folder.path());
        assert!(store.verify().unwrap().is_whole());
        tamper(folder.path(), edit);
        assert_eq!(store.verify().unwrap().broken, Some(broken), "{edit}");
        // What is archived afterwards does not heal the chain.
        store.archive(report(ReportKind::X, 1), at(9)).unwrap();
        assert_eq!(store.verify().unwrap().broken, Some(broken), "{edit}");
    }
}

/// The row of `three`, hashed when version 1 was written. It never changes, or archives that exist would be called edited.
#[test]
fn a_report_is_hashed_as_ever() {
    let folder = tempfile::tempdir().unwrap();
    let found = three(folder.path()).report(1).unwrap().unwrap();
    assert_eq!(
        found.hash,
        "ed1d7730f6ef18c01c715dcabb11dc8d8e7dc626188b3d73cb3bad7046cbcbc0"
    );
}

/// Somebody who knows how rows are hashed gives the edited row a hash that fits.
#[test]
fn an_edited_report_with_a_hash_that_fits_is_found_by_the_one_after_it() {
    let (folder, forgery) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = three(folder.path());
    let forged = Store::open(forgery.path()).unwrap();
    for (number, kind, tiyn) in [(1, ReportKind::X, 100), (2, ReportKind::Sections, 999)] {
        forged.archive(report(kind, tiyn), at(number)).unwrap();
    }
    let columns = "amount, report, raw, hash";
    let values: String = outsider(forgery.path())
        .query_row(
            "SELECT format('%d, %Q, %Q, %Q', amount, report, raw, hash) FROM reports WHERE number = 2",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let edit = format!("UPDATE reports SET ({columns}) = ({values}) WHERE number = 2");
    tamper(folder.path(), &edit);
    assert!(store.report(2).unwrap().unwrap().intact);
    assert_eq!(store.verify().unwrap().broken, Some(3));
}

#[test]
fn an_edited_report_is_not_taken_for_a_genuine_one() {
    for edit in [
        "UPDATE reports SET report = replace(report, '3.00', '4.00') WHERE number = 3",
        "UPDATE reports SET raw = raw || ' ' WHERE number = 3",
        "UPDATE reports SET amount = NULL WHERE number = 3",
        "UPDATE reports SET hash = previous WHERE number = 3",
        "UPDATE reports SET previous = hash WHERE number = 3",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let store = three(folder.path());
        assert!(store.report(3).unwrap().unwrap().intact);
        tamper(folder.path(), edit);
        assert!(!store.report(3).unwrap().unwrap().intact, "{edit}");
        assert!(store.report(2).unwrap().unwrap().intact, "{edit}");
        let last = store.last_report(SERVER, KKM, ReportKind::Z).unwrap();
        assert!(!last.unwrap().intact, "{edit}");
    }
}

#[test]
fn others_work_on_while_the_archive_is_walked() {
    let folder = tempfile::tempdir().unwrap();
    let store = three(folder.path());
    let other = Store::open(folder.path()).unwrap();
    let mut archived = 0;
    store
        .each_z(None, None, |_, _| {
            // Neither this store nor another one waits for the walk.
            archived += store.archive(report(ReportKind::X, 1), at(9)).unwrap();
            archived += other.archive(report(ReportKind::X, 1), at(9)).unwrap();
        })
        .unwrap();
    assert_eq!(archived, 4 + 5);
    assert_eq!(store.verify().unwrap().rows, 5);
}
