//! `support-bundle`: whatever happened, it is made, it tells of it, and it is for the owner alone.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use sandbox::Config;
use serde_json::{Value, json};

use crate::shop::{KKM, Shop, program, run_in};

const PARTS: [&str; 7] = [
    "about.json",
    "accounts.json",
    "archive.json",
    "journal.json",
    "outbox.json",
    "settings.json",
    "verify.json",
];

/// The bundle's files by name.
pub(crate) fn unzipped(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
    let mut found = BTreeMap::new();
    for place in 0..zip.len() {
        let mut file = zip.by_index(place).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        found.insert(file.name().unwrap().into_owned(), bytes);
    }
    found
}

/// Makes a bundle and gives its JSON files, and its log as one text.
fn bundle(folder: &Path, path: &Path) -> (BTreeMap<String, Value>, String) {
    let made = run_in(
        folder,
        &["--json", "support-bundle", path.to_str().unwrap()],
        "",
    )
    .value();
    assert_eq!(made["path"], path.to_str().unwrap());
    assert_eq!(made["bytes"], fs::metadata(path).unwrap().len());
    let (logs, parts): (Vec<_>, Vec<_>) = unzipped(path)
        .into_iter()
        .partition(|(name, _)| name.starts_with("logs/"));
    let log = logs
        .into_iter()
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap());
    let json = |bytes: Vec<u8>| serde_json::from_slice(&bytes).unwrap();
    let parts: BTreeMap<String, Value> = parts
        .into_iter()
        .map(|(name, bytes)| (name, json(bytes)))
        .collect();
    assert!(parts.keys().eq(PARTS), "{:?}", parts.keys());
    (parts, log.collect())
}

#[test]
fn it_tells_what_happened_and_the_log_knows_the_id_that_was_read_out() {
    let faults = vec![r"POST /shifts/\d+/z 1 reset-after".parse().unwrap()];
    let shop = Shop::new(Config {
        faults,
        ..Config::default()
    });
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let z = shop.json(&["shift", "close", "--kkm", KKM]).value();
    let refused = shop.json(&["shift", "close", "--kkm", KKM]).error(1);
    let unheard = shop.json(&["--account", "7700", "registers"]).error(4);

    let (parts, log) = bundle(&shop.path("data"), &shop.path("bundle.zip"));
    let about = &parts["about.json"];
    assert_eq!(about["closed"], Value::Null);
    assert_eq!(about["program"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(about["system"]["architecture"], std::env::consts::ARCH);
    assert_eq!(about["database"]["version"], 7);
    for (part, name) in [
        ("system", "name"),
        ("system", "version"),
        ("database", "sqlite"),
        ("time", "utc"),
    ] {
        assert!(
            about[part][name].as_str().is_some_and(|it| !it.is_empty()),
            "{about}"
        );
    }
    assert!(about["disk"]["freeBytes"].as_u64() > Some(0), "{about}");
    let account = &parts["accounts.json"][0];
    assert_eq!(account["login"], "*******2233");
    assert_eq!(account["kept"], "passphrase");
    let row = &parts["journal.json"]["operations"][0];
    assert_eq!(row["kind"], "z");
    assert_eq!(row["state"], "confirmed");
    assert_eq!(row["body"], format!(r#"{{"IdKkm":{KKM}}}"#));
    assert_eq!(row["login"], "*******2233");
    assert!(row["raw"].as_str().unwrap().contains("Касса 1"), "{row}");
    assert_eq!(parts["journal.json"]["error"], Value::Null);
    assert_eq!(parts["outbox.json"], json!([]));
    assert_eq!(parts["verify.json"]["broken"], Value::Null);
    assert_eq!(parts["verify.json"]["operations"], 2);
    assert_eq!(parts["archive.json"][0]["number"], z["z"]["number"]);
    assert!(parts["archive.json"][0].get("pages").is_none());
    assert_eq!(parts["settings.json"][0]["name"], "proxy");
    for failed in [refused, unheard] {
        let id = failed["supportId"].as_str().unwrap();
        assert_eq!(log.matches(id).count(), 1, "{id}: {log}");
    }
    assert!(!log.contains("77001112233"), "{log}");
}

#[test]
fn it_is_for_the_owner_alone_and_replaces_a_file_only_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bundle.zip");
    let file = path.to_str().unwrap();
    let make = |args: &[&str]| {
        run_in(
            &folder.path().join("data"),
            &[&["--json", "support-bundle", file], args].concat(),
            "",
        )
    };
    make(&[]).value();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    fs::write(&path, "mine").unwrap();
    assert_eq!(make(&[]).error(2)["code"], "bad-input");
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    make(&["--force"]).value();
    assert!(fs::read(&path).unwrap().starts_with(b"PK"));
    let nowhere = folder.path().join("no-such-folder/bundle.zip");
    let run = run_in(
        &folder.path().join("data"),
        &["--json", "support-bundle", nowhere.to_str().unwrap()],
        "",
    );
    assert_eq!(run.error(6)["code"], "output-failed");
}

#[cfg(target_os = "linux")]
#[test]
fn a_bundle_that_stands_but_could_not_be_told_of_is_7() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bundle.zip");
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let run = program(
        &folder.path().join("data"),
        &["support-bundle", path.to_str().unwrap()],
    )
    .stdout(full)
    .output()
    .unwrap();
    assert_eq!(run.status.code(), Some(7));
    assert!(!unzipped(&path).is_empty());
}

#[test]
fn it_needs_nobody_signed_in() {
    let folder = tempfile::tempdir().unwrap();
    let (parts, log) = bundle(
        &folder.path().join("data"),
        &folder.path().join("bundle.zip"),
    );
    assert_eq!(parts["accounts.json"], json!([]));
    assert_eq!(parts["about.json"]["closed"], Value::Null);
    assert!(log.contains("support-bundle"), "{log}");
    // The training room has its own data and its own log; its server is not started for this.
    let path = folder.path().join("training.zip");
    run_in(
        &folder.path().join("data"),
        &["--training", "support-bundle", path.to_str().unwrap()],
        "",
    );
    let about: Value = serde_json::from_slice(&unzipped(&path)["about.json"]).unwrap();
    assert_eq!(about["program"]["training"], true);
    assert!(!folder.path().join("data/training/world.json").exists());
}

#[test]
fn of_a_damaged_database_it_has_what_can_be_read() {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    shop.json(&["shift", "close", "--kkm", KKM]).value();
    let database = shop.path("data/smena.db");
    let whole = fs::read(&database).unwrap();

    // The page where the operations stand; the first byte says what kind of page it is.
    let mut damaged = whole.clone();
    let body = format!(r#"{{"IdKkm":{KKM}}}"#);
    let place = find(&whole, body.as_bytes());
    damaged[place / 4096 * 4096..][..4096].fill(0xff);
    fs::write(&database, &damaged).unwrap();
    let (parts, log) = bundle(&shop.path("data"), &shop.path("page.zip"));
    assert!(
        parts["journal.json"]["error"]
            .as_str()
            .unwrap()
            .contains("malformed"),
        "{parts:?}"
    );
    assert_eq!(parts["archive.json"][0]["kind"], "z");
    assert_eq!(parts["accounts.json"][0]["login"], "*******2233");
    assert!(log.contains("shift close"), "{log}");

    fs::write(&database, "no database at all, and a long way from one").unwrap();
    let (parts, log) = bundle(&shop.path("data"), &shop.path("none.zip"));
    assert!(
        parts["about.json"]["closed"]
            .as_str()
            .unwrap()
            .contains("damaged"),
        "{parts:?}"
    );
    assert_eq!(
        parts["about.json"]["program"]["version"],
        env!("CARGO_PKG_VERSION")
    );
    for part in PARTS.iter().filter(|part| **part != "about.json") {
        assert!(parts[*part]["error"].is_string(), "{part}: {parts:?}");
    }
    assert!(log.contains("shift close"), "{log}");
    assert_eq!(
        fs::read(&database).unwrap(),
        b"no database at all, and a long way from one"
    );
}

fn find(bytes: &[u8], text: &[u8]) -> usize {
    bytes
        .windows(text.len())
        .position(|window| window == text)
        .unwrap()
}
