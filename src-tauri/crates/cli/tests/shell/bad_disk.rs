//! A disk that is full, fills up, or becomes read-only: nothing is sent that could not be kept, and nothing is lost.

use std::time::Duration;

use sandbox::Config;

use crate::disk::{Disk, is_inside};
use crate::shop::{KKM, LOGIN, Shop};

const MEBIBYTES: u32 = 96;

/// A shop whose data folder is a disk of its own, with an open shift.
fn shop_on_a_small_disk(config: Config) -> (Disk, Shop) {
    let shop = Shop::closed_door(config);
    let disk = Disk::mount(&shop.path("data"), MEBIBYTES);
    assert_eq!(shop.sign_in(LOGIN).code, 0);
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    // The disk is to be let go before the folder is cleared away.
    (disk, shop)
}

fn times_closed(shop: &Shop) -> usize {
    let closed = |act: &&String| act.starts_with("Closed");
    shop.acts().iter().filter(closed).count()
}

#[test]
fn with_little_room_nothing_is_sent() {
    if !is_inside("bad_disk::with_little_room_nothing_is_sent") {
        return;
    }
    let (disk, shop) = shop_on_a_small_disk(Config::default());
    disk.take(40);
    let before = shop.world.ledger().unwrap();
    let refused = |command: [&str; 2]| {
        let error = shop
            .json(&[&command[..], &["--kkm", KKM]].concat())
            .error(6);
        assert_eq!(error["code"], "disk-full", "{error}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("Ничего не отправлено"), "{error}");
        let remedy = error["remedy"].as_str().unwrap();
        assert!(remedy.contains("Освободите место"), "{error}");
        let free = error["params"]["free-bytes"].as_str().unwrap();
        assert!(
            (40 << 20..64 << 20).contains(&free.parse::<u64>().unwrap()),
            "{error}"
        );
    };
    refused(["shift", "close"]);
    refused(["report", "x"]);
    let state_changing = |act: &&sandbox::Entry| act.act != sandbox::Act::SectionsTaken;
    let after = shop.world.ledger().unwrap();
    assert_eq!(
        after.iter().filter(state_changing).count(),
        before.iter().filter(state_changing).count()
    );
    assert!(
        !shop
            .world
            .requests()
            .iter()
            .any(|it| it.path.ends_with("/z"))
    );
    assert_eq!(
        shop.json(&["journal", "list", "--unresolved"]).value(),
        serde_json::json!([])
    );
    disk.free();
    shop.json(&["shift", "close", "--kkm", KKM]).value();
    assert_eq!(times_closed(&shop), 1);
    disk.take(40);
    refused(["shift", "open"]);
    assert_eq!(shop.world.times_opened(77505).unwrap(), 1);
    drop(disk);
}

#[test]
fn a_disk_that_fills_during_a_z_leaves_it_unknown_and_recovery_gets_the_report() {
    if !is_inside(
        "bad_disk::a_disk_that_fills_during_a_z_leaves_it_unknown_and_recovery_gets_the_report",
    ) {
        return;
    }
    let rule = r"POST /shifts/\d+/z 1 delay:3000";
    let (disk, shop) = shop_on_a_small_disk(Config {
        faults: vec![rule.parse().unwrap()],
        ..Config::default()
    });
    let run = std::thread::scope(|scope| {
        let closing = scope.spawn(|| shop.json(&["shift", "close", "--kkm", KKM]));
        // As soon as the server has the request, and long before it answers.
        let arrived = || {
            shop.world
                .requests()
                .iter()
                .any(|it| it.path.ends_with("/z"))
        };
        while !arrived() && !closing.is_finished() {
            std::thread::sleep(Duration::from_millis(2));
        }
        disk.fill();
        closing.join().unwrap()
    });
    let error = run.error(3);
    assert_eq!(error["code"], "unknown-outcome", "{error}");
    assert_eq!(error["params"]["because"], "disk-full", "{error}");
    let number = error["journal"].as_i64().expect("its number is told");
    assert_eq!(times_closed(&shop), 1, "the server did it");

    // While the disk is full, nothing settles it, and it is not forgotten.
    let full = shop.json(&["recover"]);
    assert!([3, 6].contains(&full.code), "{full:?}");
    assert!(!full.err.contains("Ничего не отправлено"), "{full:?}");
    disk.free();
    let waiting = shop.json(&["journal", "list", "--unresolved"]).value();
    assert_eq!(waiting[0]["number"], number, "{waiting}");
    let settled = shop.json(&["recover"]).value();
    assert_eq!(settled[0]["number"], number);
    assert_eq!(settled[0]["state"], "confirmed");
    assert_eq!(times_closed(&shop), 1);
    let zs = shop.json(&["archive", "list", "--type", "z"]).value();
    assert_eq!(zs.as_array().unwrap().len(), 1, "{zs}");
    let shown = shop
        .json(&["archive", "show", &zs[0]["number"].to_string()])
        .value();
    assert_eq!(shown["restored"], false, "the server's own report: {shown}");
    shop.json(&["archive", "verify"]).value();
    drop(disk);
}

#[test]
fn a_folder_that_became_read_only_fails_before_anything_is_sent() {
    if !is_inside("bad_disk::a_folder_that_became_read_only_fails_before_anything_is_sent") {
        return;
    }
    let (disk, shop) = shop_on_a_small_disk(Config::default());
    let before = (shop.acts(), shop.world.requests().len());
    disk.remount("ro");
    for command in [["shift", "close"], ["report", "x"], ["shift", "open"]] {
        let error = shop
            .json(&[&command[..], &["--kkm", KKM]].concat())
            .error(6);
        assert_eq!(error["code"], "data-folder", "{error}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("Ничего не отправлено"), "{error}");
    }
    assert_eq!((shop.acts(), shop.world.requests().len()), before);
    disk.remount("rw");
    shop.json(&["shift", "close", "--kkm", KKM]).value();
    assert_eq!(times_closed(&shop), 1);
    drop(disk);
}

#[test]
fn a_backup_that_does_not_fit_leaves_nothing_behind() {
    if !is_inside("bad_disk::a_backup_that_does_not_fit_leaves_nothing_behind") {
        return;
    }
    let shop = Shop::new(Config::default());
    let stick = Disk::mount(&shop.path("stick"), 1);
    stick.fill();
    let file = shop.path("stick/backup.db");
    let error = shop.json(&["backup", file.to_str().unwrap()]).error(6);
    assert_eq!(error["code"], "disk-full", "{error}");
    let left = std::fs::read_dir(shop.path("stick")).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["ballast"]);
    stick.free();
    shop.json(&["backup", file.to_str().unwrap()]).value();
    drop(stick);
}
