//! Which account a command uses: the one that is named, as people write it, and no other.

use sandbox::{Config, SECOND_LOGIN};

use crate::bad_input::says;
use crate::shop::{KKM, LOGIN, Shop};

#[test]
fn a_phone_is_named_as_people_write_it() {
    let shop = Shop::closed_door(Config::default());
    assert_eq!(shop.sign_in("8 (700) 111-22-33").code, 0);
    for account in ["87001112233", "+7 700 111 22 33", "7001112233", LOGIN] {
        let named = shop.json(&["--account", account, "registers"]);
        assert_eq!(named.code, 0, "{account}: {named:?}");
    }
    // Behind a plus these are other countries' numbers.
    for account in ["+87001112233", "+7001112233"] {
        shop.json(&["--account", account, "registers"]).error(4);
    }
}

#[test]
fn another_account_is_neither_guessed_nor_used() {
    let shop = Shop::new(Config::default());
    let error = shop
        .json(&["--account", "77009998877", "registers"])
        .error(4);
    says(&error, "not-signed-in", "77009998877", "login");
    assert_eq!(shop.sign_in(SECOND_LOGIN).code, 0);
    // Two accounts: opening needs a word about who.
    let error = shop.json(&["shift", "open", "--kkm", KKM]).error(2);
    says(
        &error,
        "bad-input",
        "Вошли несколько пользователей",
        "--account",
    );
    assert!(shop.acts().is_empty());
    let opened = shop.json(&["--account", SECOND_LOGIN, "shift", "open", "--kkm", KKM]);
    assert_eq!(opened.value()["shift"]["userPhone"], SECOND_LOGIN);
    // The account that is named does not own the shift: nobody else is taken in its place.
    let before = shop.state();
    for command in [["report", "x"], ["shift", "close"]] {
        let args = [&["--account", LOGIN], &command[..], &["--kkm", KKM]].concat();
        let error = shop.json(&args).error(4);
        says(&error, "account-missing", "другой пользователь", "Войдите");
    }
    assert_eq!(shop.state(), before);
    // Without a name the owner decides.
    let closed = shop.json(&["shift", "close", "--kkm", KKM]).value();
    assert_eq!(closed["z"]["kind"], "z");
}
