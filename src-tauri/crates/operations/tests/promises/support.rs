//! The support bundle's last filter: what should never have been written down does not leave either.

use std::fs;
use std::io::{Cursor, Read as _};

use operations::{Lang, support};
use sandbox::Config;
use store::Store;

use crate::shop::shop;

/// Every file of a bundle in one text.
fn text(bundle: Vec<u8>) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bundle)).unwrap();
    let mut text = String::new();
    for place in 0..zip.len() {
        zip.by_index(place)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
    }
    text
}

#[tokio::test]
async fn a_secret_that_was_written_down_by_mistake_does_not_leave() {
    let shop = shop(Config::default()).await;
    let token = shop
        .server
        .world()
        .secrets()
        .unwrap()
        .into_iter()
        .find(|it| it.len() == 48)
        .unwrap();
    // As no version of the program does: a proxy with its password, and a log that tells everything.
    Store::open(shop.folder.path())
        .unwrap()
        .set_setting("proxy", "http://user:pr0xy-mark@proxy:3128")
        .unwrap();
    let logs = shop.folder.path().join("logs");
    fs::create_dir(&logs).unwrap();
    let password = sandbox::PASSWORD;
    let log = format!(
        "said {password}, {token}\nanswer {{\"TokenCPCR\":\"cpcr-mark\"}}\nAuthorization: Bearer other-mark\n\"half {{\"password\": \"old-mark\"\n{}\n",
        sandbox::FIRST_LOGIN
    );
    fs::write(logs.join("smena.2026-11-24.log"), log).unwrap();

    let bundle = support::bundle(shop.folder.path(), Ok(&shop.desk))
        .await
        .unwrap();
    let text = text(bundle);
    for secret in ["mark", password, &token, sandbox::FIRST_LOGIN] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    for kept in [
        "http://proxy:3128",
        "said removed, removed",
        "*******2233",
        "\"aheadMilliseconds\"",
    ] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
}

#[tokio::test]
async fn two_bundles_of_one_second_are_two_files() {
    let shop = shop(Config::default()).await;
    let documents = shop.folder.path().join("documents");
    for _ in 0..3 {
        support::save(shop.folder.path(), Ok(&shop.desk), &documents)
            .await
            .unwrap();
    }
    assert_eq!(fs::read_dir(&documents).unwrap().count(), 3);
    fs::write(shop.folder.path().join("file"), "").unwrap();
    let nowhere = shop.folder.path().join("file/documents");
    let failed = support::save(shop.folder.path(), Ok(&shop.desk), &nowhere)
        .await
        .unwrap_err();
    assert_eq!(failed.code(), domain::ErrorCode::OutputFailed);
    assert!(failed.view_in(Lang::Ru).message.contains("file/documents"));
}
