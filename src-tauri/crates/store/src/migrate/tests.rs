//! Migrations from every released version. A new step needs its rows in [`WRITTEN`]; the rest follows.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value;

use super::{STEPS, migrate, schema, take, version};
use crate::{Store, StoreError};

/// What each version wrote into the tables that it brought.
const WRITTEN: &[&str] = &[
    include_str!("../../tests/released/first.sql"),
    include_str!("../../tests/released/second.sql"),
    include_str!("../../tests/released/third.sql"),
    include_str!("../../tests/released/fourth.sql"),
    include_str!("../../tests/released/fifth.sql"),
    include_str!("../../tests/released/sixth.sql"),
    include_str!("../../tests/released/seventh.sql"),
];

/// A table, its columns, and its rows.
type Table = (String, Vec<String>, Vec<Vec<Value>>);

fn texts(database: &Connection, sql: &str) -> Vec<String> {
    let mut statement = database.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn rows(database: &Connection, table: &str, columns: &[String]) -> Vec<Vec<Value>> {
    let sql = format!("SELECT {0} FROM {table} ORDER BY {0}", columns.join(", "));
    let mut statement = database.prepare(&sql).unwrap();
    let rows = statement.query_map([], crate::verify::values).unwrap();
    rows.map(Result::unwrap).collect()
}

fn tables(database: &Connection) -> Vec<Table> {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let table = |name: String| {
        let columns = format!("SELECT name FROM pragma_table_info('{name}')");
        let columns = texts(database, &columns);
        let rows = rows(database, &name, &columns);
        (name, columns, rows)
    };
    texts(database, names).into_iter().map(table).collect()
}

fn user_version(database: &Connection) -> i64 {
    let sql = "PRAGMA user_version";
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// A data folder as this version left it, with its tables.
fn old_folder(steps: usize) -> (tempfile::TempDir, Vec<Table>) {
    let folder = tempfile::tempdir().unwrap();
    let old = Connection::open(folder.path().join("smena.db")).unwrap();
    old.pragma_update(None, "journal_mode", "WAL").unwrap();
    for step in &STEPS[..steps] {
        old.execute_batch(step).unwrap();
    }
    old.pragma_update(None, "user_version", version(&STEPS[..steps]))
        .unwrap();
    for rows in &WRITTEN[..steps] {
        old.execute_batch(rows).unwrap();
    }
    let tables = tables(&old);
    for (name, _, rows) in &tables {
        assert!(!rows.is_empty(), "version {steps} has no row in {name}");
    }
    (folder, tables)
}

fn copies(folder: &Path) -> Vec<PathBuf> {
    let Ok(names) = fs::read_dir(folder.join("copies")) else {
        return Vec::new();
    };
    names.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn from_every_released_version_nothing_is_lost() {
    assert_eq!(
        WRITTEN.len(),
        STEPS.len(),
        "a step has no rows to try it on"
    );
    for steps in 1..=STEPS.len() {
        let (folder, before) = old_folder(steps);
        let store = Store::open(folder.path()).unwrap();
        let verified = store.verify().unwrap();
        assert!(verified.is_whole(), "from {steps}: {verified:?}");
        assert_eq!((verified.rows, verified.operations), (3, 4), "from {steps}");
        let now = store.connection();
        assert_eq!(user_version(&now), version(STEPS));
        let mut new = Connection::open_in_memory().unwrap();
        migrate(&mut new, None).unwrap();
        assert_eq!(schema(&now).unwrap(), schema(&new).unwrap(), "from {steps}");
        for (name, columns, kept) in &before {
            assert_eq!(&rows(&now, name, columns), kept, "from {steps}: {name}");
        }
        let copies = copies(folder.path());
        if steps == STEPS.len() {
            assert_eq!(copies, Vec::<PathBuf>::new(), "nothing was to be done");
            continue;
        }
        let name = format!("copies/before-v{}.db", STEPS.len());
        assert_eq!(copies, [folder.path().join(name)], "from {steps}");
        let copy = Connection::open(&copies[0]).unwrap();
        assert_eq!(user_version(&copy), version(&STEPS[..steps]));
        assert_eq!(tables(&copy), before, "the copy of version {steps}");
        let mode = texts(&copy, "SELECT journal_mode FROM pragma_journal_mode");
        assert_eq!(mode, ["delete"], "it needs no file beside it");
    }
}

#[test]
fn a_new_database_has_nothing_to_be_copied() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path()).unwrap());
    assert_eq!(copies(folder.path()), Vec::<PathBuf>::new());
}

#[test]
fn a_step_that_fails_leaves_the_database_as_it_was() {
    let wrong = "CREATE TABLE half (x); DROP TABLE settings; INSERT INTO nowhere VALUES (1);";
    for steps in 1..STEPS.len() {
        let (folder, before) = old_folder(steps);
        let mut database = Connection::open(folder.path().join("smena.db")).unwrap();
        let mut planned = STEPS.to_vec();
        planned[STEPS.len() - 1] = wrong;
        let failed = take(&planned, &mut database, Some(folder.path())).unwrap_err();
        assert!(matches!(failed, StoreError::Database(_)), "{failed:?}");
        assert_eq!(user_version(&database), version(&STEPS[..steps]));
        assert_eq!(tables(&database), before);
        assert_eq!(copies(folder.path()), Vec::<PathBuf>::new());
        // The right step is taken afterwards.
        drop(database);
        assert!(
            Store::open(folder.path())
                .unwrap()
                .verify()
                .unwrap()
                .is_whole()
        );
    }
}

#[test]
fn a_step_is_not_taken_where_its_copy_cannot_be_made() {
    let (folder, before) = old_folder(1);
    fs::write(folder.path().join("copies"), "in the way").unwrap();
    assert!(Store::open(folder.path()).is_err());
    let database = Connection::open(folder.path().join("smena.db")).unwrap();
    assert_eq!(user_version(&database), 1);
    assert_eq!(tables(&database), before);
}
