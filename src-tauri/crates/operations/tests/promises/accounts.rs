//! Accounts and servers: nobody and nothing is guessed.

use domain::{ErrorCode, ShiftId};
use operations::view::CloseInput;
use operations::{Effect, Lang, Which};
use sandbox::{Config, Sandbox};
use secrecy::SecretString;
use tempfile::TempDir;

use crate::shop::{KKM, close, code, desk, kkm, shop, sign_in};

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
