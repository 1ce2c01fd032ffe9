//! A program that is killed while it restores: the database is the old one or the new one, and nobody is held up by the dead.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;

use sandbox::Config;
use serde_json::Value;

use crate::shop::{KKM, Shop, program};

/// Copies the files of a data folder; who was alive there is of no account.
fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

fn reports(shop: &Shop) -> Value {
    shop.json(&["archive", "list"]).value()
}

#[test]
fn killed_at_any_place_of_a_restoration_the_database_is_the_old_or_the_new_one() {
    let shop = Shop::with_a_quick_key(Config::default());
    let backup = shop.path("backup.db");
    let backup = backup.to_str().unwrap();
    let (data, master) = (shop.path("data"), shop.path("master"));
    let day = || {
        shop.json(&["shift", "open", "--kkm", KKM]).value();
        shop.json(&["shift", "close", "--x-first", "--kkm", KKM])
            .value();
    };
    // Two databases that have hardly a page in common.
    let empty = shop.path("empty.db");
    let empty = empty.to_str().unwrap();
    shop.json(&["backup", empty]).value();
    for _ in 0..3 {
        day();
    }
    shop.json(&["backup", backup]).value();
    let new = reports(&shop);
    shop.json(&["restore", empty, "--force"]).value();
    day();
    let old = reports(&shop);
    assert_ne!(old, new);
    copy(&data, &master);

    let places = shop.path("places");
    let args = ["--json", "restore", backup, "--force"];
    let restore =
        |variable: &str, value: &str| program(&data, &args).env(variable, value).output().unwrap();
    let whole = restore("SMENA_TEST_PLACES", places.to_str().unwrap());
    assert!(whole.status.success(), "{whole:?}");
    assert_eq!(reports(&shop), new);
    let places = fs::read_to_string(places).unwrap();
    let places: Vec<_> = places
        .lines()
        .filter(|it| !it.starts_with("before-the-end"))
        .collect();
    assert!(
        places
            .iter()
            .filter(|it| it.starts_with("before-copying-pages"))
            .count()
            >= 6,
        "{places:?}"
    );

    let (mut stayed, mut restored) = (0, 0);
    for place in places {
        copy(&master, &data);
        let killed = restore("SMENA_TEST_DIE_AT", place);
        assert_eq!(killed.status.signal(), Some(9), "{place}: {killed:?}");
        // A backup is made of whole pages and whole chains only.
        shop.json(&["backup", empty, "--force"]).value();
        match reports(&shop) {
            now if now == old => stayed += 1,
            now if now == new => restored += 1,
            now => panic!("{place}: neither nor: {now}"),
        }
        // The dead holds nobody up.
        shop.json(&["restore", backup, "--force"]).value();
        assert_eq!(reports(&shop), new, "{place}");
    }
    assert!(stayed > 0 && restored > 0, "{stayed} {restored}");
}
