//! The promises of the use cases, against the real sandbox over real sockets and a real SQLite file.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use domain::{ErrorCode, KkmId};
use operations::view::CloseInput;
use operations::{Desk, DeskConfig, Effect, Keeping};
use sandbox::{Config, Sandbox};
use secrecy::SecretString;
use tempfile::TempDir;

const KKM: KkmId = KkmId::new(77505);

struct Shop {
    server: Sandbox,
    desk: Desk,
    folder: TempDir,
}

async fn shop(config: Config) -> Shop {
    let server = Sandbox::start(config).await.unwrap();
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    desk.sign_in(
        &server.base_url(),
        sandbox::FIRST_LOGIN,
        SecretString::from(sandbox::PASSWORD),
        false,
    )
    .await
    .unwrap();
    Shop {
        server,
        desk,
        folder,
    }
}

fn desk(folder: &TempDir) -> Desk {
    Desk::open(DeskConfig {
        data_dir: folder.path().to_owned(),
        training: true,
        keeping: Keeping::Session,
    })
    .unwrap()
}

fn close() -> CloseInput {
    CloseInput {
        kkm: KKM.get(),
        x_first: true,
        counted: Some("50 000,00".to_owned()),
        reason: Some("Размен".to_owned()),
    }
}

fn faults(shop: &Shop, rules: &[&str]) {
    shop.server
        .world()
        .set_faults(rules.iter().map(|rule| rule.parse().unwrap()).collect());
}

#[tokio::test]
async fn a_whole_day_leaves_every_report_in_the_archive() {
    let shop = shop(Config::default()).await;
    let opened = shop.desk.open_shift(KKM).await.unwrap();
    assert_eq!(opened.state, "open");
    let shift = opened.shift.unwrap().id;
    let closed = shop.desk.close_shift(close()).await.unwrap();
    assert_eq!(closed.before.len(), 2);
    assert_eq!(shop.server.world().times_closed(shift).unwrap(), 1);
    assert_eq!(shop.desk.register(KKM).await.unwrap().state, "closed");
    assert_eq!(shop.desk.reports(Some(KKM), None, 10).unwrap().len(), 3);
    assert!(shop.desk.verify().unwrap().is_whole());
    let pdf = shop.desk.report_pdf(closed.z.number).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
}

#[tokio::test]
async fn an_answer_to_z_that_got_lost_is_recovered_and_the_shift_is_closed_once() {
    let shop = shop(Config::default()).await;
    let shift = shop.desk.open_shift(KKM).await.unwrap().shift.unwrap().id;
    faults(&shop, &["POST .*/z 1 reset-after"]);
    let closed = shop.desk.close_shift(close()).await.unwrap();
    assert_eq!(closed.z.kind, "z");
    assert_eq!(shop.server.world().times_closed(shift).unwrap(), 1);
}

#[tokio::test]
async fn an_unknown_z_blocks_the_register_until_it_is_settled_and_is_never_sent_blindly() {
    let shop = shop(Config::default()).await;
    let shift = shop.desk.open_shift(KKM).await.unwrap().shift.unwrap().id;
    faults(&shop, &["POST .*/z * truncate"]);
    let trouble = shop.desk.close_shift(close()).await.unwrap_err();
    assert_eq!(
        (trouble.code(), trouble.effect()),
        (ErrorCode::UnknownOutcome, Effect::Unknown)
    );
    assert!(trouble.view().journal.is_some());
    let again = shop.desk.open_shift(KKM).await.unwrap_err();
    assert_eq!(again.code(), ErrorCode::Unresolved);
    faults(&shop, &[]);
    // Another run of the program on the same folder settles it.
    drop(shop.desk);
    let desk = desk(&shop.folder);
    desk.sign_in(
        &shop.server.base_url(),
        sandbox::FIRST_LOGIN,
        SecretString::from(sandbox::PASSWORD),
        false,
    )
    .await
    .unwrap();
    let settled = desk.recover(None).await.unwrap();
    assert_eq!(
        settled
            .iter()
            .map(|row| row.state.as_str())
            .collect::<Vec<_>>(),
        ["confirmed"]
    );
    assert_eq!(shop.server.world().times_closed(shift).unwrap(), 1);
    assert_eq!(
        desk.reports(Some(KKM), Some(domain::ReportKind::Z), 10)
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn an_opening_whose_answer_got_lost_is_adopted_not_repeated() {
    let shop = shop(Config::default()).await;
    faults(&shop, &["POST /shifts 1 reset-after"]);
    let opened = shop.desk.open_shift(KKM).await.unwrap();
    assert_eq!(opened.state, "open");
    assert_eq!(shop.server.world().times_opened(KKM.get()).unwrap(), 1);
}

#[tokio::test]
async fn a_refused_opening_changes_nothing_and_says_where_the_other_shift_is() {
    let shop = shop(Config::default()).await;
    shop.desk.open_shift(KKM).await.unwrap();
    let trouble = shop.desk.open_shift(KkmId::new(77506)).await.unwrap_err();
    assert_eq!(
        (trouble.code(), trouble.effect()),
        (ErrorCode::UserHasOpenShift, Effect::Refused)
    );
    assert!(
        trouble.view().message.contains("Касса 1"),
        "{:?}",
        trouble.view()
    );
    assert_eq!(shop.server.world().times_opened(77506).unwrap(), 0);
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
async fn a_closing_without_a_readable_sum_sends_nothing() {
    let shop = shop(Config::default()).await;
    shop.desk.open_shift(KKM).await.unwrap();
    let before = shop.server.world().requests().len();
    let input = CloseInput {
        counted: Some("пять тысяч".to_owned()),
        ..close()
    };
    assert_eq!(
        shop.desk.close_shift(input).await.unwrap_err().effect(),
        Effect::Nothing
    );
    assert_eq!(shop.server.world().requests().len(), before);
}
