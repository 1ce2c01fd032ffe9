//! Opening a shift: adopted where its answer got lost, never repeated.

use chrono::{TimeDelta, Utc};
use domain::ErrorCode;
use operations::{Clock, Effect, Lang};
use sandbox::Config;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use crate::shop::{
    KKM, close, code, desk_by_clock, desk_where_lost_is_late_for, faults, kkm, shop, sign_in,
};

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
async fn a_refused_opening_changes_nothing_and_says_where_the_other_shift_is() {
    let shop = shop(Config::default()).await;
    shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    let trouble = shop.desk.open_shift(&kkm(77506), None).await.unwrap_err();
    assert_eq!(
        (trouble.code(), trouble.effect()),
        (ErrorCode::UserHasOpenShift, Effect::Refused)
    );
    assert!(
        trouble.view_in(Lang::Ru).message.contains("Касса 1"),
        "{:?}",
        trouble.view_in(Lang::Ru)
    );
    assert_eq!(shop.server.world().times_opened(77506).unwrap(), 0);
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
async fn a_refusal_that_may_be_the_answer_to_a_second_request_is_looked_into() {
    // The server opens the shift and says that the token has expired, or that a key is stale which was never sent; or it
    // opens none.
    for (fault, opens) in [
        ("POST /shifts 1 401-after", 1),
        ("POST /shifts 1 452-after", 1),
        ("POST /shifts 1 452", 0),
    ] {
        let shop = shop(Config::default()).await;
        faults(&shop, &[fault]);
        let opened = shop.desk.open_shift(&kkm(KKM), None).await;
        assert_eq!(opened.is_ok(), opens == 1, "{fault}: {opened:?}");
        assert_eq!(
            shop.server.world().times_opened(KKM).unwrap(),
            opens,
            "{fault}"
        );
        let rows = shop.desk.operations(true, 10).unwrap();
        assert!(rows.is_empty(), "{fault}: {rows:?}");
    }
}

#[tokio::test]
async fn a_shift_that_was_there_before_is_not_taken_for_the_one_whose_opening_got_lost() {
    let shop = shop(Config::default()).await;
    shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    shop.desk.close_shift(close()).await.unwrap();
    faults(&shop, &["POST /shifts 1 refuse"]);
    // A moment after it was opened and closed, which no clock tells from the moment of the attempt.
    let lost = shop.desk.open_shift(&kkm(KKM), None).await;
    assert_eq!(code(lost), ErrorCode::LinkBroken);
    assert_eq!(shop.desk.operations(false, 1).unwrap()[0].state, "refused");
    assert_eq!(shop.server.world().times_opened(KKM).unwrap(), 1);
}

#[tokio::test]
async fn an_adopted_opening_is_told_as_done_even_where_its_register_cannot_be_read_then() {
    let shop = shop(Config::default()).await;
    faults(
        &shop,
        &["POST /shifts 1 reset-after", "GET /kkms/.* 3+ status:500"],
    );
    let opened = shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    assert_eq!(opened.state, "unknown");
    assert_eq!(
        shop.desk.operations(false, 1).unwrap()[0].state,
        "confirmed"
    );
    assert_eq!(shop.server.world().times_opened(KKM).unwrap(), 1);
}

#[tokio::test]
async fn a_clock_that_is_set_back_holds_up_a_lost_opening_for_a_minute_and_not_for_days() {
    let shop = shop(Config::default()).await;
    let ahead = Arc::new(AtomicI64::new(3 * 86_400));
    let seen = Arc::clone(&ahead);
    let clock = Clock::new(move || Utc::now() + TimeDelta::seconds(seen.load(Ordering::Relaxed)));
    let desk = desk_by_clock(&shop.folder, Duration::from_secs(60), clock);
    sign_in(&desk, &shop.server, sandbox::FIRST_LOGIN).await;
    faults(&shop, &["POST /shifts 1 refuse"]);
    let lost = desk.open_shift(&kkm(KKM), None).await;
    assert_eq!(code(lost), ErrorCode::UnknownOutcome);
    ahead.store(0, Ordering::Relaxed);
    let state = async |desk: &operations::Desk| desk.recover(None).await.unwrap()[0].state.clone();
    assert_eq!(state(&desk).await, "unknown");
    ahead.store(30, Ordering::Relaxed);
    assert_eq!(state(&desk).await, "unknown");
    ahead.store(90, Ordering::Relaxed);
    assert_eq!(state(&desk).await, "refused");
}
