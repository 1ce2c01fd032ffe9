use std::fs;

use domain::ErrorCode;
use store::{Store, StoreError};

use crate::samples::outsider;

#[test]
fn settings_outlive_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/below");
    let store = Store::open(&path).unwrap();
    assert_eq!(store.setting("paper").unwrap(), None);
    store.set_setting("paper", "58").unwrap();
    store.set_setting("paper", "80").unwrap();
    drop(store);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.setting("paper").unwrap().as_deref(), Some("80"));
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path()).unwrap());
    outsider(folder.path())
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let files = || {
        let names = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let mut files: Vec<_> = names
            .filter(|it| it.is_file())
            .map(|it| (fs::read(&it).unwrap(), it))
            .collect();
        files.sort();
        files
    };
    let before = files();
    let error = Store::open(folder.path()).unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::Newer {
                found: 99,
                known: 7
            }
        ),
        "{error:?}"
    );
    assert_eq!(error.code(), ErrorCode::DatabaseNewer);
    assert!(files() == before, "the folder was touched");
}

#[test]
fn an_unwritable_folder_says_so() {
    // Below a regular file nothing can be made, not even by root.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let below = file.join("data");
    let error = Store::open(&below).unwrap_err();
    assert_eq!(error.code(), ErrorCode::DataFolder);
    assert!(
        matches!(&error, StoreError::Folder { path, .. } if *path == below),
        "{error:?}"
    );
    assert!(error.to_string().contains("data"), "{error}");
}

#[test]
fn a_folder_in_the_databases_place_says_so() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("smena.db")).unwrap();
    assert_eq!(
        Store::open(folder.path()).unwrap_err().code(),
        ErrorCode::DataFolder
    );
}

#[test]
fn a_file_that_is_no_database_is_damaged_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("smena.db");
    let text = "This is not a database. ".repeat(100);
    fs::write(&file, &text).unwrap();
    assert_eq!(
        Store::open(folder.path()).unwrap_err().code(),
        ErrorCode::Damaged
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[cfg(unix)]
#[test]
fn the_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let _store = Store::open(&path).unwrap();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o700
    );
}

#[test]
fn many_that_make_a_folder_at_once_all_get_it() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let start = std::sync::Barrier::new(8);
        let open = || {
            start.wait();
            Store::open(folder.path()).map(drop)
        };
        let opened: Vec<_> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(opened.iter().all(Result::is_ok), "{opened:?}");
    }
}
