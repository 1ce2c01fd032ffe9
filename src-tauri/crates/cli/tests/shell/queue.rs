//! The outbox: what a person is told to do about it does not send twice what may have been sent.

use sandbox::Config;

use crate::shop::{KKM, Shop};

/// No request gets an answer.
fn cut(shop: &Shop) {
    shop.world
        .set_faults(vec!["* .* * refuse".parse().unwrap()]);
}

/// A shop with an open shift, whose closing and next opening wait for the link.
fn shop_with_a_queue() -> Shop {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let on = ["autonomous", "on", "--kkm", KKM, "--i-have-a-licence"];
    shop.json(&on).value();
    cut(&shop);
    for command in ["close", "open"] {
        let queued = shop.run(&["shift", command, "--kkm", KKM, "--autonomous"]);
        assert_eq!(queued.code, 8, "{queued:?}");
    }
    shop
}

#[test]
fn nobody_is_sent_to_repeat_what_is_held_after_a_restore() {
    let shop = shop_with_a_queue();
    let file = shop.path("backup.db");
    let file = file.to_str().unwrap();
    shop.json(&["backup", file]).value();
    assert_eq!(shop.json(&["restore", file]).value()["held"], 2);
    shop.world.set_faults(Vec::new());
    let error = shop.json(&["shift", "close", "--kkm", KKM]).error(1);
    assert_eq!(error["code"], "outbox-waiting", "{error}");
    let remedy = error["remedy"].as_str().unwrap();
    assert!(remedy.contains("smenactl outbox list"), "{error}");
    assert!(!remedy.contains("--kkm"), "{error}");
    // What the remedy names does not send them either.
    let stays = shop.json(&["outbox", "replay"]);
    assert!(stays.err.contains("\"restored\""), "{stays:?}");
    // Only the first of them is to be decided about: the command for it would send no other.
    let list = shop.run(&["outbox", "list"]).out;
    assert_eq!(list.matches("outbox replay --kkm").count(), 1, "{list}");
    assert!(list.contains("smenactl outbox withdraw 1"), "{list}");
    assert!(!list.contains("smenactl outbox withdraw 2"), "{list}");
    shop.json(&["outbox", "withdraw", "1"]).value();
    let list = shop.run(&["outbox", "list", "--all"]).out;
    assert!(list.contains("smenactl outbox withdraw 2"), "{list}");
    assert!(!list.contains("smenactl outbox withdraw 1"), "{list}");
}
