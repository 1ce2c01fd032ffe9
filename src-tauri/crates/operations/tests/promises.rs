//! The promises of the use cases, against the real sandbox over real sockets and a real SQLite file.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::time::Duration;

use domain::{ErrorCode, ReportKind, ShiftId};
use operations::view::CloseInput;
use operations::{Desk, DeskConfig, Effect, Keeping, Scope, Timeouts, Trouble, Which};
use sandbox::{Config, Sandbox};
use secrecy::SecretString;
use store::{OperationFilter, OperationKind, OperationState, Store};
use tempfile::TempDir;

const KKM: i64 = 77505;

fn kkm(id: i64) -> Which {
    Which::anywhere(id)
}

struct Shop {
    server: Sandbox,
    desk: Desk,
    folder: TempDir,
}

async fn shop(config: Config) -> Shop {
    let server = Sandbox::start(config).await.unwrap();
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    sign_in(&desk, &server, sandbox::FIRST_LOGIN).await;
    Shop {
        server,
        desk,
        folder,
    }
}

async fn sign_in(desk: &Desk, server: &Sandbox, login: &str) {
    let password = SecretString::from(sandbox::PASSWORD);
    desk.sign_in(&server.base_url(), login, password, false)
        .await
        .unwrap();
}

fn desk(folder: &TempDir) -> Desk {
    desk_where_lost_is_late_for(folder, Duration::ZERO)
}

fn desk_where_lost_is_late_for(folder: &TempDir, late: Duration) -> Desk {
    Desk::open(DeskConfig {
        data_dir: folder.path().to_owned(),
        training: true,
        keeping: Keeping::Session,
        scope: Scope::default(),
        timeouts: Timeouts {
            pause: Duration::from_millis(2),
            late,
            ..Timeouts::default()
        },
    })
    .unwrap()
}

fn close() -> CloseInput {
    CloseInput {
        server: None,
        kkm: KKM,
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
    let opened = shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    assert_eq!(opened.state, "open");
    let shift = opened.shift.unwrap().id;
    let closed = shop.desk.close_shift(close()).await.unwrap();
    assert_eq!(closed.before.len(), 2);
    assert_eq!(shop.server.world().times_closed(shift).unwrap(), 1);
    assert_eq!(shop.desk.register(&kkm(KKM)).await.unwrap().state, "closed");
    assert_eq!(
        shop.desk.reports(Some(&kkm(KKM)), None, 10).unwrap().len(),
        3
    );
    assert!(shop.desk.verify().unwrap().is_whole());
    let pdf = shop.desk.report_pdf(closed.z.number).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
}

#[tokio::test]
async fn when_a_request_arrives_its_intent_is_in_the_journal_already() {
    for (rule, arrival, kind) in [
        (
            "POST /shifts 1 delay:400",
            "POST /shifts",
            OperationKind::Open,
        ),
        ("GET .*/x 1 delay:400", "/x", OperationKind::X),
        ("POST .*/z 1 delay:400", "/z", OperationKind::Z),
    ] {
        let shop = shop(Config::default()).await;
        if kind != OperationKind::Open {
            shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
        }
        faults(&shop, &[rule]);
        let world = shop.server.world();
        let before = world.requests().len();
        let outsider = Store::open(shop.folder.path()).unwrap();
        let looked = async {
            // As soon as the server has the request, and long before it answers.
            let arrived = |request: &sandbox::Request| {
                format!("{} {}", request.method, request.path).ends_with(arrival)
            };
            while !world.requests()[before..].iter().any(arrived) {
                tokio::time::sleep(std::time::Duration::from_millis(2)).await;
            }
            outsider.operations(&OperationFilter::default()).unwrap()
        };
        let which = kkm(KKM);
        let done = async {
            match kind {
                OperationKind::Open => shop.desk.open_shift(&which, None).await.map(drop),
                OperationKind::X => shop.desk.x_report(&which).await.map(drop),
                _ => {
                    let input = CloseInput {
                        x_first: false,
                        ..close()
                    };
                    shop.desk.close_shift(input).await.map(drop)
                }
            }
        };
        let (rows, done) = tokio::join!(looked, done);
        done.unwrap();
        assert_eq!((rows[0].kind, rows[0].state), (kind, OperationState::Sent));
        let sent = world
            .requests()
            .into_iter()
            .rev()
            .find(|it| it.path.ends_with(arrival.rsplit(' ').next().unwrap()))
            .unwrap();
        assert_eq!(rows[0].body, sent.body);
        assert_eq!(
            rows[0].uid.as_ref().map(|uid| uid.as_str().to_owned()),
            sent.uid
        );
    }
}

#[tokio::test]
async fn an_answer_to_z_that_got_lost_is_recovered_and_the_shift_is_closed_once() {
    let shop = shop(Config::default()).await;
    let shift = shop
        .desk
        .open_shift(&kkm(KKM), None)
        .await
        .unwrap()
        .shift
        .unwrap()
        .id;
    faults(&shop, &["POST .*/z 1 reset-after"]);
    let closed = shop.desk.close_shift(close()).await.unwrap();
    assert_eq!(closed.z.kind, "z");
    assert_eq!(shop.server.world().times_closed(shift).unwrap(), 1);
}

#[tokio::test]
async fn an_unknown_z_blocks_the_register_until_it_is_settled_and_is_never_sent_blindly() {
    let shop = shop(Config::default()).await;
    let shift = shop
        .desk
        .open_shift(&kkm(KKM), None)
        .await
        .unwrap()
        .shift
        .unwrap()
        .id;
    faults(&shop, &["POST .*/z * truncate"]);
    let trouble = shop.desk.close_shift(close()).await.unwrap_err();
    assert_eq!(
        (trouble.code(), trouble.effect()),
        (ErrorCode::UnknownOutcome, Effect::Unknown)
    );
    assert!(trouble.view().journal.is_some());
    let again = shop.desk.open_shift(&kkm(KKM), None).await.unwrap_err();
    assert_eq!(again.code(), ErrorCode::Unresolved);
    faults(&shop, &[]);
    // Another run of the program on the same folder settles it.
    drop(shop.desk);
    let desk = desk(&shop.folder);
    sign_in(&desk, &shop.server, sandbox::FIRST_LOGIN).await;
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
        desk.reports(Some(&kkm(KKM)), Some(ReportKind::Z), 10)
            .unwrap()
            .len(),
        1
    );
}

/// What can happen to a Z on its way, besides nothing.
const WAYS: [&str; 14] = [
    "delay:0",
    "401",
    "449",
    "449-after",
    "452",
    "status:500",
    "status-after:500",
    "envelope:403",
    "status:410",
    "status-after:410",
    "truncate",
    "reset-after",
    "refuse",
    "html-after",
];

#[tokio::test]
async fn whatever_happens_to_a_z_twice_it_is_done_once_told_truly_and_kept() {
    let shop = shop(Config::default()).await;
    let world = shop.server.world();
    for first in WAYS {
        for second in WAYS {
            let told = format!("{first}, then {second}");
            let shift = shop
                .desk
                .open_shift(&kkm(KKM), None)
                .await
                .unwrap_or_else(|trouble| panic!("{told}: {trouble}"))
                .shift
                .unwrap()
                .id;
            faults(
                &shop,
                &[
                    &format!("POST .*/z 1 {first}"),
                    &format!("POST .*/z 2 {second}"),
                ],
            );
            let input = CloseInput {
                x_first: false,
                ..close()
            };
            let outcome = shop.desk.close_shift(input.clone()).await;
            let done = world.times_closed(shift).unwrap();
            match &outcome {
                Ok(closed) => assert_eq!((done, closed.z.kind.as_str()), (1, "z"), "{told}"),
                Err(trouble) if trouble.effect() == Effect::Unknown => {}
                Err(trouble) => assert_eq!(done, 0, "{told}: {trouble} is untrue"),
            }
            faults(&shop, &[]);
            let settled = shop.desk.recover(None).await.unwrap();
            assert!(
                settled.iter().all(|row| row.state != "unknown"),
                "{told}: {settled:?}"
            );
            if world.times_closed(shift).unwrap() == 0 {
                shop.desk.close_shift(input).await.unwrap();
            }
            assert_eq!(world.times_closed(shift).unwrap(), 1, "{told}");
            let zs = shop
                .desk
                .reports(Some(&kkm(KKM)), Some(ReportKind::Z), 1000)
                .unwrap();
            let index = shop.desk.register(&kkm(KKM)).await.unwrap().shift.unwrap();
            let of_this = zs.iter().filter(|z| z.shift_index == index.index).count();
            assert_eq!(of_this, 1, "{told}: every Z that was done is kept, once");
        }
    }
    assert!(shop.desk.verify().unwrap().is_whole());
}

#[tokio::test]
async fn a_report_that_the_server_no_longer_gives_is_rebuilt_and_marked() {
    let shop = shop(Config::default()).await;
    shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    faults(
        &shop,
        &["POST .*/z 1 reset-after", "POST .*/z 2+ status:410"],
    );
    let closed = shop.desk.close_shift(close()).await.unwrap();
    let paper = closed.z.pages.concat();
    assert!(paper.contains("ВОССТАНОВЛЕН"));
    // From the X- and section reports that were taken first.
    let x = shop
        .desk
        .reports(Some(&kkm(KKM)), Some(ReportKind::X), 1)
        .unwrap();
    assert_eq!(closed.z.figures[0].value, x[0].amount.clone().unwrap());
    assert!(paper.contains("Без НДС"));
}

#[tokio::test]
async fn an_opening_whose_answer_got_lost_is_adopted_not_repeated() {
    let shop = shop(Config::default()).await;
    faults(&shop, &["POST /shifts 1 reset-after"]);
    let opened = shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    assert_eq!(opened.state, "open");
    assert_eq!(shop.server.world().times_opened(KKM).unwrap(), 1);
}

#[tokio::test]
async fn an_opening_that_got_lost_is_not_called_undone_while_it_may_be_at_work() {
    let shop = shop(Config::default()).await;
    let patient = desk_where_lost_is_late_for(&shop.folder, Duration::from_secs(3600));
    sign_in(&patient, &shop.server, sandbox::FIRST_LOGIN).await;
    faults(&shop, &["POST /shifts 1 refuse"]);
    let lost = patient.open_shift(&kkm(KKM), None).await;
    assert_eq!(code(lost), ErrorCode::UnknownOutcome);
    let early = patient.recover(None).await.unwrap();
    assert_eq!(early[0].state, "unknown");
    let problem = early[0].problem.as_ref().unwrap();
    assert!(problem.message.contains("через минуту"), "{problem:?}");
    // An hour later nothing can be at work any more.
    let later = shop.desk.recover(None).await.unwrap();
    assert_eq!(
        (later[0].state.as_str(), &later[0].problem),
        ("refused", &None)
    );
    assert_eq!(shop.server.world().times_opened(KKM).unwrap(), 0);
    shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
}

#[tokio::test]
async fn an_x_that_fails_before_a_z_says_that_the_shift_is_still_open() {
    let shop = shop(Config::default()).await;
    let shift = shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    let shift = shift.shift.unwrap().id;
    faults(&shop, &["GET .*/x 1 reset-after"]);
    let trouble = shop.desk.close_shift(close()).await.unwrap_err();
    let told = trouble.view().message;
    assert!(
        told.contains("Z-отчёт не снят, смена осталась открытой"),
        "{told}"
    );
    assert_eq!(trouble.effect(), Effect::Refused);
    assert_eq!(shop.server.world().times_closed(shift).unwrap(), 0);
    // The same when the link fails after the X: a report was taken, and it is said which.
    faults(&shop, &["GET /uid/.* * refuse"]);
    let trouble = shop.desk.close_shift(close()).await.unwrap_err();
    let told = trouble.view().message;
    assert!(told.contains("сняты и сохранены: № "), "{told}");
    assert!(!told.contains("Ничего не отправлено"), "{told}");
    faults(&shop, &[]);
    shop.desk.close_shift(close()).await.unwrap();
}

#[tokio::test]
async fn a_refused_opening_changes_nothing_and_says_where_the_other_shift_is() {
    let shop = shop(Config::default()).await;
    shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    let trouble = shop.desk.open_shift(&kkm(77506), None).await.unwrap_err();
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

fn code(outcome: Result<impl Sized, Trouble>) -> ErrorCode {
    match outcome {
        Ok(_) => panic!("it succeeded"),
        Err(trouble) => trouble.code(),
    }
}

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
    assert!(trouble.view().params.contains_key("owner"));
    assert_eq!(
        code(shop.desk.x_report(&kkm(KKM)).await),
        ErrorCode::AccountMissing
    );
}

#[tokio::test]
async fn a_lost_opening_is_recovered_by_the_account_that_made_it() {
    let shop = shop(Config::default()).await;
    sign_in(&shop.desk, &shop.server, sandbox::SECOND_LOGIN).await;
    faults(
        &shop,
        &["POST /shifts 1 reset-after", "GET /kkms/.* 2+ status:500"],
    );
    let second = Some(sandbox::SECOND_LOGIN);
    let lost = shop.desk.open_shift(&kkm(KKM), second).await;
    assert_eq!(code(lost), ErrorCode::UnknownOutcome);
    faults(&shop, &[]);
    // The first account sees the register as well, but the shift is not its own.
    let settled = shop.desk.recover(None).await.unwrap();
    assert_eq!(settled[0].state, "confirmed");
    assert_eq!(shop.server.world().times_opened(KKM).unwrap(), 1);
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
async fn a_shift_whose_totals_do_not_join_those_before_says_so() {
    let shop = shop(Config::default()).await;
    for day in 0..2 {
        shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
        let closed = shop.desk.close_shift(close()).await.unwrap();
        let joins = !closed
            .z
            .warnings
            .iter()
            .any(|it| it.contains("прошлой смены"));
        assert!(joins, "day {day}: {:?}", closed.z.warnings);
    }
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
    shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
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
