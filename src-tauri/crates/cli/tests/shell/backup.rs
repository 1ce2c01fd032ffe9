//! `backup` and `restore` as a script meets them.

use std::fs;

use sandbox::Config;
use serde_json::json;

use crate::shop::{KKM, Shop};

fn day(shop: &Shop) {
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    shop.json(&["shift", "close", "--kkm", KKM]).value();
}

#[test]
fn a_lost_data_folder_is_restored_from_its_backup() {
    let shop = Shop::new(Config::default());
    day(&shop);
    let file = shop.path("backup.db");
    let file = file.to_str().unwrap();
    let made = shop.json(&["backup", file]).value();
    assert_eq!(made, json!({ "file": file, "reports": 1, "operations": 2 }));
    let kept = shop.json(&["archive", "list"]).value();

    // The disk died, and whoever mended it did as the message says.
    fs::write(shop.path("data/smena.db"), "nothing but noise".repeat(1000)).unwrap();
    let error = shop.json(&["restore", file]).error(6);
    assert_eq!(error["code"], "damaged", "{error}");
    assert!(
        error["remedy"]
            .as_str()
            .unwrap()
            .contains("smenactl restore"),
        "{error}"
    );
    fs::create_dir(shop.path("aside")).unwrap();
    for entry in fs::read_dir(shop.path("data")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if name.starts_with("smena.db") {
            fs::rename(entry.path(), shop.path("aside").join(name)).unwrap();
        }
    }
    let restored = shop.json(&["restore", file]).value();
    assert_eq!(
        (&restored["reports"], &restored["operations"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(
        (&restored["lostReports"], &restored["lostOperations"]),
        (&json!(0), &json!(0))
    );
    assert!(fs::exists(restored["saved"].as_str().unwrap()).unwrap());
    assert_eq!(shop.json(&["archive", "list"]).value(), kept);
    shop.json(&["archive", "verify"]).value();
    // Signed in as before, under the same passphrase: the work goes on.
    day(&shop);
}

#[test]
fn what_a_backup_lacks_is_said_and_kept() {
    let shop = Shop::new(Config::default());
    let file = shop.path("backup.db");
    let file = file.to_str().unwrap();
    shop.json(&["backup", file]).value();
    day(&shop);
    let before = shop.state();
    let error = shop.json(&["restore", file]).error(2);
    assert_eq!(error["code"], "bad-input", "{error}");
    assert_eq!(error["params"]["lost-reports"], "1", "{error}");
    assert!(
        error["message"].as_str().unwrap().contains("--force"),
        "{error}"
    );
    assert_eq!(shop.state(), before);
    let restored = shop.json(&["restore", file, "--force"]).value();
    assert_eq!(
        (&restored["lostReports"], &restored["lostOperations"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(shop.json(&["archive", "list"]).value(), json!([]));
    let saved = restored["saved"].as_str().unwrap();
    shop.json(&["restore", saved]).value();
    assert_eq!(shop.state(), before);
    let text = shop.run(&["restore", saved]);
    assert!(
        text.out.contains("Прежняя база") && text.code == 0,
        "{text:?}"
    );
}

#[test]
fn what_waits_in_a_restored_queue_is_held_until_somebody_decides() {
    let mut shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let on = ["autonomous", "on", "--kkm", KKM, "--i-have-a-licence"];
    shop.json(&on).value();
    shop.stop_the_server();
    let queued = shop.run(&["shift", "close", "--kkm", KKM, "--autonomous"]);
    assert_eq!(queued.code, 8, "{queued:?}");
    for said in [
        "Повторять её не нужно",
        "уйдёт сама",
        "smenactl outbox replay",
    ] {
        assert!(queued.out.contains(said), "{said}: {queued:?}");
    }
    for said in ["и повторите", "Проверьте интернет"] {
        assert!(!queued.out.contains(said), "{said}: {queued:?}");
    }
    let waits = shop.run(&["outbox", "list"]).out;
    assert!(
        waits.contains("ждёт связи") && !waits.contains("replay"),
        "{waits}"
    );
    let file = shop.path("backup.db");
    let file = file.to_str().unwrap();
    shop.json(&["backup", file]).value();
    let restored = shop.run(&["restore", file]);
    assert!(
        restored.out.contains("ждут решения: 1") && restored.out.contains("smenactl outbox list"),
        "{restored:?}"
    );
    assert_eq!(shop.json(&["restore", file]).value()["held"], 1);
    let list = shop.run(&["outbox", "list"]).out;
    let decide = [
        "задержана после восстановления",
        "могла быть уже отправлена",
        "smenactl shift show --kkm 77505",
        "smenactl outbox replay --kkm 77505",
        "smenactl outbox withdraw 1",
    ];
    for said in decide {
        assert!(list.contains(said), "{said}: {list}");
    }
    assert!(!list.contains("отказ"), "{list}");
    let stays = shop.json(&["outbox", "replay"]);
    let problem: serde_json::Value = serde_json::from_str(&stays.err).unwrap();
    assert_eq!(problem["error"]["code"], "restored", "{stays:?}");
    let remedy = problem["error"]["remedy"].as_str().unwrap();
    assert!(remedy.contains("smenactl outbox withdraw 1"), "{remedy}");
}

#[test]
fn a_file_that_will_not_do_is_refused_and_nothing_changes() {
    let shop = Shop::new(Config::default());
    day(&shop);
    let before = shop.state();
    let path = |name: &str| shop.path(name).to_str().unwrap().to_owned();
    let (backup, noise, missing) = (path("backup.db"), path("noise"), path("no/such/file"));
    shop.json(&["backup", &backup]).value();
    let whole = fs::read(&backup).unwrap();
    fs::write(&noise, "noise").unwrap();
    for (args, exit, code) in [
        (&["restore", &missing][..], 2, "bad-input"),
        (&["backup", &missing], 2, "bad-input"),
        (&["backup", &backup], 2, "bad-input"),
        (&["restore", &noise, "--force"], 6, "backup-unusable"),
        (&["restore"], 2, "bad-input"),
        (&["backup"], 2, "bad-input"),
    ] {
        let error = shop.json(args).error(exit);
        assert_eq!(error["code"], code, "{args:?}: {error}");
    }
    fs::write(&backup, &whole[..whole.len() / 2]).unwrap();
    let error = shop.json(&["restore", &backup, "--force"]).error(6);
    assert_eq!(error["code"], "backup-unusable", "{error}");
    assert!(
        error["message"].as_str().unwrap().contains("не изменены"),
        "{error}"
    );
    let mut newer = whole;
    // The version in the header.
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&backup, &newer).unwrap();
    let error = shop.json(&["restore", &backup, "--force"]).error(6);
    assert_eq!(error["code"], "database-newer", "{error}");
    assert_eq!(shop.state(), before);
    shop.json(&["backup", &backup, "--force"]).value();
    shop.json(&["restore", &backup]).value();
    assert_eq!(shop.state(), before);
}
