//! Accounts and servers: nobody and nothing is guessed.

use std::time::Duration;

use domain::{ErrorCode, ShiftId};
use operations::view::CloseInput;
use operations::{Effect, Keeping, Lang, Outside, Which};
use sandbox::{Config, Sandbox};
use secrecy::SecretString;
use tempfile::TempDir;

use crate::shop::{KKM, close, code, desk, desk_that_keeps, kkm, shop, sign_in};

#[tokio::test]
async fn a_shift_is_opened_by_whom_is_named_and_closed_by_its_owner() {
    let shop = shop(Config::default()).await;
    sign_in(&shop.desk, &shop.server, sandbox::SECOND_LOGIN).await;
    // Two could open it: nobody is guessed, nothing is sent.
    let guess = shop.desk.open_shift(&kkm(KKM), None).await;
    assert_eq!(code(guess), ErrorCode::BadInput);
    assert_eq!(shop.server.world().times_opened(KKM).unwrap(), 0);
    let second = Some(sandbox::SECOND_LOGIN);
    let opened = shop.desk.open_shift(&kkm(KKM), second).await.unwrap();
    let shift = opened.shift.unwrap();
    assert_eq!(shift.user_phone.as_deref(), second);
    // The first account finds the register first, and yet the shift's owner takes its reports and closes it.
    shop.desk.x_report(&kkm(KKM)).await.unwrap();
    shop.desk.close_shift(close()).await.unwrap();
    let ledger = shop.server.world().ledger().unwrap();
    assert!(ledger.iter().all(|entry| entry.user == shift.user));
}

#[tokio::test]
async fn without_its_owners_account_a_shift_is_shown_and_left_alone() {
    let shop = shop(Config::default()).await;
    sign_in(&shop.desk, &shop.server, sandbox::SECOND_LOGIN).await;
    let second = Some(sandbox::SECOND_LOGIN);
    shop.desk.open_shift(&kkm(KKM), second).await.unwrap();
    let server = shop.server.base_url();
    shop.desk.sign_out(&server, sandbox::SECOND_LOGIN).unwrap();
    let shown = shop.desk.register(&kkm(KKM)).await.unwrap();
    assert!(!shown.shift.unwrap().mine);
    let trouble = shop.desk.close_shift(close()).await.unwrap_err();
    assert_eq!(trouble.code(), ErrorCode::AccountMissing);
    assert!(trouble.view_in(Lang::Ru).params.contains_key("owner"));
    assert_eq!(
        code(shop.desk.x_report(&kkm(KKM)).await),
        ErrorCode::AccountMissing
    );
}

#[tokio::test]
async fn two_servers_with_a_register_of_the_same_id_are_never_mixed_up() {
    let shop = shop(Config::default()).await;
    let other = Sandbox::start(Config {
        seed: 2,
        ..Config::default()
    })
    .await
    .unwrap();
    sign_in(&shop.desk, &other, sandbox::FIRST_LOGIN).await;
    assert_eq!(
        code(shop.desk.register(&kkm(KKM)).await),
        ErrorCode::BadInput
    );
    let there = Which::on(&other.base_url(), KKM).unwrap();
    shop.desk.open_shift(&there, None).await.unwrap();
    let input = CloseInput {
        server: Some(other.base_url()),
        ..close()
    };
    let closed = shop.desk.close_shift(input).await.unwrap();
    assert_eq!(closed.z.server, other.base_url());
    assert!(shop.server.world().ledger().unwrap().is_empty());
    let here = Which::on(&shop.server.base_url(), KKM).unwrap();
    assert_eq!(shop.desk.register(&here).await.unwrap().last_z, None);
    assert!(shop.desk.register(&there).await.unwrap().last_z.is_some());
    assert_eq!(shop.desk.reports(Some(&here), None, 10).unwrap(), []);
    // A server that cannot be asked may have such a register, too: the other one's is not taken for it.
    shop.server.stop().await;
    assert_eq!(code(shop.desk.register(&kkm(KKM)).await), ErrorCode::NoLink);
    let shift = shop.desk.register(&there).await.unwrap().shift.unwrap();
    assert_eq!(
        code(shop.desk.shift(ShiftId::new(shift.id)).await),
        ErrorCode::NoLink
    );
}

#[tokio::test]
async fn a_wrong_password_and_a_server_that_is_not_there_are_told_apart() {
    let server = Sandbox::start(Config::default()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    let wrong = desk
        .sign_in(
            &server.base_url(),
            sandbox::FIRST_LOGIN,
            SecretString::from("no"),
            false,
        )
        .await
        .unwrap_err();
    assert_eq!(
        (wrong.code(), wrong.effect()),
        (ErrorCode::WrongCredentials, Effect::SignIn)
    );
    let address = server.base_url();
    server.stop().await;
    let nobody = desk
        .sign_in(
            &address,
            sandbox::FIRST_LOGIN,
            SecretString::from("x"),
            false,
        )
        .await
        .unwrap_err();
    assert_eq!(
        (nobody.code(), nobody.effect()),
        (ErrorCode::NoLink, Effect::NoLink)
    );
}

#[tokio::test]
async fn a_phone_is_taken_as_people_write_it_and_half_of_one_is_not_sent() {
    let server = Sandbox::start(Config::default()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    let url = server.base_url();
    let password = || SecretString::from(sandbox::PASSWORD);
    let own = &sandbox::FIRST_LOGIN[1..];
    for typed in [
        format!("8{own}"),
        own.to_owned(),
        format!("+7 ({}) {}", &own[..3], &own[3..]),
    ] {
        let account = desk.sign_in(&url, &typed, password(), false).await.unwrap();
        assert_eq!(account.login, sandbox::FIRST_LOGIN, "{typed}");
    }
    let asked = server.world().requests().len();
    let short = desk.sign_in(&url, "123", password(), false).await;
    assert_eq!(code(short), ErrorCode::BadInput);
    let none = SecretString::from("");
    let none = desk.sign_in(&url, sandbox::FIRST_LOGIN, none, false).await;
    assert_eq!(code(none), ErrorCode::BadInput);
    assert_eq!(server.world().requests().len(), asked);
}

#[tokio::test]
async fn a_window_that_remembers_nothing_leaves_what_a_shell_keeps_under_its_passphrase() {
    let server = Sandbox::start(Config::default()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let passphrase = || Keeping::Passphrase(SecretString::from("of the shell"));
    let open =
        |keeping| desk_that_keeps(keeping, &folder, Duration::ZERO, Outside::default().clock);
    let password = || SecretString::from(sandbox::PASSWORD);
    let (url, login) = (server.base_url(), sandbox::FIRST_LOGIN);
    let shell = open(passphrase());
    shell.sign_in(&url, login, password(), true).await.unwrap();
    drop(shell);
    let window = open(Keeping::Session);
    // The second time its account is here already.
    for _ in 0..2 {
        window
            .sign_in(&url, login, password(), false)
            .await
            .unwrap();
    }
    drop(window);
    assert_eq!(open(passphrase()).accounts().await.unwrap().len(), 1);
}
