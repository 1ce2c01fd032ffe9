//! Closing a shift: done once, told truly, and its report kept.

use domain::{ErrorCode, ReportKind};
use operations::view::CloseInput;
use operations::{Effect, Lang};
use sandbox::Config;
use store::{OperationFilter, OperationKind, OperationState, Store};
use tempfile::TempDir;

use crate::shop::{KKM, close, desk, faults, kkm, shop, sign_in};

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
    let pdf = shop
        .desk
        .report_pdf(closed.z.number, &operations::OnPaper::default())
        .unwrap();
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
    assert!(trouble.view_in(Lang::Ru).journal.is_some());
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
    let sections = shop
        .desk
        .reports(Some(&kkm(KKM)), Some(ReportKind::Sections), 1)
        .unwrap();
    assert_eq!(sections[0].amount, x[0].amount, "all sections together");
    assert!(paper.contains("Без НДС"));
}

#[tokio::test]
async fn an_x_that_fails_before_a_z_says_that_the_shift_is_still_open() {
    let shop = shop(Config::default()).await;
    let shift = shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    let shift = shift.shift.unwrap().id;
    faults(&shop, &["GET .*/x 1 reset-after"]);
    let trouble = shop.desk.close_shift(close()).await.unwrap_err();
    let told = trouble.view_in(Lang::Ru).message;
    assert!(
        told.contains("Z-отчёт не снят, смена осталась открытой"),
        "{told}"
    );
    assert_eq!(trouble.effect(), Effect::Refused);
    assert_eq!(shop.server.world().times_closed(shift).unwrap(), 0);
    // The same when the link fails after the X: a report was taken, and it is said which.
    faults(&shop, &["GET /uid/.* * refuse"]);
    let trouble = shop.desk.close_shift(close()).await.unwrap_err();
    let told = trouble.view_in(Lang::Ru).message;
    assert!(told.contains("сняты и сохранены: № "), "{told}");
    assert!(!told.contains("Ничего не отправлено"), "{told}");
    faults(&shop, &[]);
    shop.desk.close_shift(close()).await.unwrap();
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

#[tokio::test]
async fn money_that_is_short_or_over_has_a_reason_or_the_shift_stays_open() {
    let shop = shop(Config::default()).await;
    shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    let register = shop.desk.register(&kkm(KKM)).await.unwrap();
    let expected = register.cash.unwrap();
    for (counted, reason) in [("1000", None), ("9 000 000,01", Some(" "))] {
        let input = CloseInput {
            counted: Some(counted.to_owned()),
            reason: reason.map(str::to_owned),
            ..close()
        };
        let trouble = shop.desk.close_shift(input.clone()).await.unwrap_err();
        assert_eq!(
            (trouble.code(), trouble.effect()),
            (ErrorCode::ReasonMissing, Effect::Nothing)
        );
        assert_eq!(trouble.particular("expected"), Some(expected.as_str()));
        // Whoever counts blind learns that it differs, and no sum.
        shop.desk.set_setting("blind-count", "on").unwrap();
        let trouble = shop.desk.close_shift(input).await.unwrap_err();
        shop.desk.set_setting("blind-count", "off").unwrap();
        assert_eq!(trouble.code(), ErrorCode::ReasonMissing);
        let view = trouble.view_in(Lang::Ru);
        let names: Vec<_> = view.params.keys().map(String::as_str).collect();
        assert_eq!(names, ["counted"]);
        assert!(!view.message.contains('₸'), "{}", view.message);
    }
    // Not even the reports before it were taken.
    assert!(shop.desk.reports(None, None, 10).unwrap().is_empty());
    assert_eq!(shop.desk.operations(false, 10).unwrap().len(), 1);
    assert_eq!(shop.desk.register(&kkm(KKM)).await.unwrap().state, "open");
    let exact = CloseInput {
        counted: Some(expected),
        reason: None,
        x_first: false,
        ..close()
    };
    let closed = shop.desk.close_shift(exact).await.unwrap();
    assert_eq!(closed.z.cash_count.unwrap().reason, None);
}

#[tokio::test]
async fn how_a_server_takes_its_x_is_remembered_from_run_to_run() {
    let shop = shop(Config::default()).await;
    shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    faults(&shop, &["GET .*/x * status:405"]);
    shop.desk.x_report(&kkm(KKM)).await.unwrap();
    drop(shop.desk);
    let next = desk(&shop.folder);
    sign_in(&next, &shop.server, sandbox::FIRST_LOGIN).await;
    let before = shop.server.world().requests().len();
    next.x_report(&kkm(KKM)).await.unwrap();
    let asked = shop.server.world().requests();
    let xs = asked[before..].iter().filter(|it| it.path.ends_with("/x"));
    assert_eq!(
        xs.map(|it| it.method.as_str()).collect::<Vec<_>>(),
        ["POST"]
    );
}

#[tokio::test]
async fn no_other_shift_is_closed_than_the_one_that_was_confirmed() {
    let shop = shop(Config::default()).await;
    let opened = shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    let input = CloseInput {
        shift: opened.shift.map(|shift| shift.id),
        ..close()
    };
    // While the question is on the screen the shift is closed elsewhere, and the next one opened.
    let folder = TempDir::new().unwrap();
    let elsewhere = desk(&folder);
    sign_in(&elsewhere, &shop.server, sandbox::FIRST_LOGIN).await;
    elsewhere.close_shift(close()).await.unwrap();
    let next = elsewhere.open_shift(&kkm(KKM), None).await.unwrap();
    let next = next.shift.unwrap().id;
    let world = shop.server.world();
    let before = shop.desk.operations(false, 10).unwrap().len();
    let sent = |world: &sandbox::WorldHandle| {
        let requests = world.requests().into_iter();
        requests
            .filter(|it| it.method == "POST" && it.path.ends_with("/z"))
            .count()
    };
    let zs = sent(&world);
    let trouble = shop.desk.close_shift(input.clone()).await.unwrap_err();
    assert_eq!(
        (trouble.code(), trouble.effect()),
        (ErrorCode::ShiftClosed, Effect::Refused)
    );
    assert_eq!(world.open_shift(KKM).unwrap(), Some(next));
    assert_eq!(world.times_x_taken(next).unwrap(), 0);
    assert_eq!(sent(&world), zs);
    assert_eq!(shop.desk.operations(false, 10).unwrap().len(), before);
    // The one that is open is closed where it is named.
    let named = CloseInput {
        shift: Some(next),
        ..input
    };
    shop.desk.close_shift(named).await.unwrap();
    assert_eq!(world.times_closed(next).unwrap(), 1);
}
