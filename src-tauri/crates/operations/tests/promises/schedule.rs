//! Closing by itself: by a clock that the test moves.

use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::TimeDelta;
use domain::ErrorCode;
use operations::view::ScheduledRunView;
use operations::{Keeping, Which};
use secrecy::SecretString;
use tempfile::TempDir;

use crate::evening::{Evening, clock, open, start};
use crate::shop::{KKM, close, code, desk_that_keeps, sign_in};

fn outcomes(runs: &[ScheduledRunView]) -> Vec<&str> {
    runs.iter().map(|run| run.outcome.as_str()).collect()
}

#[tokio::test]
async fn a_shift_is_closed_when_its_time_comes_once_with_its_reports_first() {
    let evening = Evening::scheduled().await;
    let shift = evening.shift();
    let shown = &evening.desk.schedules().unwrap()[0];
    assert_eq!((shown.at.as_str(), shown.last.is_none()), ("22:00", true));
    assert_eq!(shown.next, "2026-11-24T17:00:00.000Z");
    let register = evening.desk.register(&evening.which).await.unwrap();
    assert_eq!(register.closes_at.as_deref(), Some("22:00"));
    evening.clock(419);
    assert!(evening.run().await.is_empty());
    evening.clock(421);
    let runs = evening.run().await;
    assert_eq!(outcomes(&runs), ["closed"], "{runs:?}");
    assert_eq!(runs[0].due, "2026-11-24T17:00:00.000Z");
    let z = evening.desk.report(runs[0].report.unwrap()).unwrap();
    assert_eq!(z.kind, "z");
    let world = evening.server.world();
    assert_eq!(world.times_closed(shift).unwrap(), 1);
    assert_eq!(world.times_x_taken(shift).unwrap(), 1);
    // Not again, neither by this desk nor by one that starts now, nor when the next shift is open.
    evening.desk.open_shift(&evening.which, None).await.unwrap();
    let next = evening.shift();
    let other = open(&evening.folder, &evening.minutes);
    sign_in(&other, &evening.server, sandbox::FIRST_LOGIN).await;
    for minutes in [421, 425, 500] {
        evening.clock(minutes);
        assert!(evening.run().await.is_empty());
        assert!(other.run_schedules().await.unwrap().is_empty());
    }
    assert_eq!(world.times_closed(next).unwrap(), 0);
    // The next evening it is.
    let shown = other.untold_runs().unwrap();
    assert_eq!(shown.len(), 1);
    evening.clock(421 + 24 * 60);
    assert_eq!(outcomes(&other.run_schedules().await.unwrap()), ["closed"]);
    // Whoever noted the first was not told of the second, which ended after it was shown.
    evening.desk.tell_runs(shown[0].number).unwrap();
    let untold = other.untold_runs().unwrap();
    assert_eq!(untold.len(), 1);
    assert!(untold[0].number > shown[0].number);
    assert_eq!(world.times_closed(next).unwrap(), 1);
}

#[tokio::test]
async fn two_desks_at_once_close_it_once() {
    let evening = Evening::scheduled().await;
    let shift = evening.shift();
    let other = open(&evening.folder, &evening.minutes);
    sign_in(&other, &evening.server, sandbox::FIRST_LOGIN).await;
    evening.clock(421);
    let (one, two) = tokio::join!(evening.desk.run_schedules(), other.run_schedules());
    let mut both = outcomes(&one.unwrap()).len();
    both += outcomes(&two.unwrap()).len();
    assert_eq!(both, 1);
    assert_eq!(evening.server.world().times_closed(shift).unwrap(), 1);
}

#[tokio::test]
async fn what_the_program_slept_over_is_told_and_not_made_up_for() {
    let evening = Evening::scheduled().await;
    let shift = evening.shift();
    evening.clock(420 + 16);
    let runs = evening.run().await;
    assert_eq!(outcomes(&runs), ["missed"]);
    assert_eq!(runs[0].due, "2026-11-24T17:00:00.000Z");
    assert!(evening.run().await.is_empty());
    assert_eq!(evening.server.world().times_closed(shift).unwrap(), 0);
    // Three days later only the last one is told.
    evening.clock(420 + 16 + 3 * 24 * 60);
    let runs = evening.run().await;
    assert_eq!(outcomes(&runs), ["missed"]);
    assert_eq!(runs[0].due, "2026-11-27T17:00:00.000Z");
    let last = evening.desk.schedules().unwrap()[0].last.clone().unwrap();
    assert_eq!(last, runs[0]);
}

#[tokio::test]
async fn a_register_that_others_hold_up_is_closed_late_but_not_after_a_sleep() {
    for (late, expected) in [(440, "closed"), (420 + 9 * 60, "missed")] {
        let evening = Evening::scheduled().await;
        let (shift, world) = (evening.shift(), evening.server.world());
        // The first answer of this tick takes until it would be too late.
        world.set_faults(vec!["GET .* 1 delay:300".parse().unwrap()]);
        evening.clock(421);
        let clock = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            evening.clock(late);
        };
        let (runs, ()) = tokio::join!(evening.run(), clock);
        assert_eq!(outcomes(&runs), [expected], "{late}");
        let times = usize::from(expected == "closed");
        assert_eq!(world.times_closed(shift).unwrap(), times, "{late}");
    }
}

#[tokio::test]
async fn where_nothing_is_to_be_closed_it_is_skipped() {
    let evening = Evening::scheduled().await;
    evening.clock(400);
    evening.desk.close_shift(close()).await.unwrap();
    evening.clock(421);
    assert_eq!(outcomes(&evening.run().await), ["skipped"]);
    // Opened a minute after it was due, a day later: that is the next day's.
    evening.clock(421 + 24 * 60);
    evening.desk.open_shift(&evening.which, None).await.unwrap();
    evening.clock(422 + 24 * 60);
    assert_eq!(outcomes(&evening.run().await), ["skipped"]);
    assert_eq!(
        evening
            .server
            .world()
            .times_closed(evening.shift())
            .unwrap(),
        0
    );
}

#[tokio::test]
async fn a_refusal_is_told_with_its_reason_and_not_repeated() {
    let evening = Evening::scheduled().await;
    let world = evening.server.world();
    world.set_blocked(KKM, true).unwrap();
    evening.clock(421);
    let runs = evening.run().await;
    assert_eq!(outcomes(&runs), ["failed"], "{runs:?}");
    let problem = runs[0].problem.as_ref().unwrap();
    assert_eq!(problem.code, "register-blocked", "{problem:?}");
    world.set_blocked(KKM, false).unwrap();
    evening.clock(425);
    assert!(evening.run().await.is_empty());
}

#[tokio::test]
async fn what_fails_before_the_z_for_a_moment_is_tried_again_until_it_is_too_late() {
    for fault in [
        "* .*/x 1+ status:503",
        "* .*/x 1+ reset-before",
        "GET /uid/.* 1+ refuse",
        "* /shifts/.* 2+ refuse",
    ] {
        let evening = Evening::scheduled().await;
        let (shift, world) = (evening.shift(), evening.server.world());
        world.set_faults(vec![fault.parse().unwrap()]);
        evening.clock(421);
        assert!(evening.run().await.is_empty(), "{fault}");
        assert!(evening.desk.untold_runs().unwrap().is_empty(), "{fault}");
        world.set_faults(Vec::new());
        evening.clock(425);
        assert_eq!(outcomes(&evening.run().await), ["closed"], "{fault}");
        assert_eq!(world.times_closed(shift).unwrap(), 1, "{fault}");
    }
    let evening = Evening::scheduled().await;
    let world = evening.server.world();
    world.set_faults(vec!["* .*/x 1+ status:503".parse().unwrap()]);
    evening.clock(434);
    assert_eq!(outcomes(&evening.run().await), ["failed"]);
}

#[tokio::test]
async fn a_register_that_somebody_is_at_is_closed_once_they_are_done() {
    let evening = Evening::scheduled().await;
    let (shift, world) = (evening.shift(), evening.server.world());
    world.set_faults(vec!["POST .*/z 1 delay-before:1000".parse().unwrap()]);
    evening.clock(421);
    let person = evening.desk.close_shift(close());
    let clock = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        evening.run().await
    };
    let (closed, runs) = tokio::join!(person, clock);
    closed.unwrap();
    assert!(runs.is_empty(), "{runs:?}");
    assert_eq!(outcomes(&evening.run().await), ["skipped"]);
    assert_eq!(world.times_closed(shift).unwrap(), 1);

    let evening = Evening::scheduled().await;
    let world = evening.server.world();
    world.set_faults(vec!["* .*/x 1 delay:1500".parse().unwrap()]);
    evening.clock(421);
    let cashier = evening.desk.x_report(&evening.which);
    let shift = evening.shift();
    let clock = async {
        while world.times_x_taken(shift).unwrap() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        evening.run().await
    };
    let (x, runs) = tokio::join!(cashier, clock);
    x.unwrap();
    assert!(runs.is_empty(), "{runs:?}");
    assert_eq!(outcomes(&evening.run().await), ["closed"]);
}

#[tokio::test]
async fn a_closing_whose_answer_got_lost_is_unknown_until_the_server_tells() {
    let evening = Evening::scheduled().await;
    let shift = evening.shift();
    let world = evening.server.world();
    world.set_faults(vec![
        "POST .*/z 1 reset-after".parse().unwrap(),
        "POST .*/z 2+ refuse".parse().unwrap(),
    ]);
    evening.clock(421);
    let runs = evening.run().await;
    assert_eq!(outcomes(&runs), ["unknown"], "{runs:?}");
    world.set_faults(Vec::new());
    evening.desk.recover(None).await.unwrap();
    let runs = evening.run().await;
    assert_eq!(outcomes(&runs), ["closed"], "{runs:?}");
    assert!(runs[0].report.is_some());
    assert_eq!(world.times_closed(shift).unwrap(), 1);
}

#[tokio::test]
async fn without_a_link_it_is_tried_until_it_is_too_late_and_with_a_licence_it_waits() {
    let evening = Evening::scheduled().await;
    evening.desk.board().await.unwrap();
    evening
        .server
        .world()
        .set_faults(vec!["* .* * refuse".parse().unwrap()]);
    evening.clock(421);
    assert!(evening.run().await.is_empty());
    evening.clock(434);
    let runs = evening.run().await;
    assert_eq!(outcomes(&runs), ["failed"], "{runs:?}");
    assert!(runs[0].problem.is_some());
    evening.server.world().set_faults(Vec::new());
    evening
        .desk
        .set_autonomy(&evening.which, true)
        .await
        .unwrap();
    evening
        .server
        .world()
        .set_faults(vec!["* .* * refuse".parse().unwrap()]);
    evening.clock(421 + 24 * 60);
    let runs = evening.run().await;
    assert_eq!(outcomes(&runs), ["queued"], "{runs:?}");
    evening.server.world().set_faults(Vec::new());
    evening.desk.replay(None, false).await.unwrap();
    assert_eq!(outcomes(&evening.run().await), ["closed"]);
}

#[tokio::test]
async fn a_clock_that_only_this_computer_believes_in_uses_no_due_time_up() {
    let evening = Evening::scheduled().await;
    let (shift, world) = (evening.shift(), evening.server.world());
    let which = &evening.which;
    evening.desk.set_autonomy(which, true).await.unwrap();
    evening.desk.board().await.unwrap();
    let restarted = || {
        let keeping = Keeping::Passphrase(SecretString::from("тень под мостом"));
        let clock = clock(&evening.minutes);
        desk_that_keeps(keeping, &evening.folder, Duration::ZERO, clock)
    };
    let (server, password) = (evening.server.base_url(), sandbox::PASSWORD);
    restarted()
        .sign_in(&server, sandbox::FIRST_LOGIN, password.into(), true)
        .await
        .unwrap();
    // It is 17:20, five hours less than this computer says, and there is no link.
    let ahead = |minutes: i64| evening.minutes.store(minutes + 5 * 60, Ordering::SeqCst);
    world.set_faults(vec!["* .* * refuse".parse().unwrap()]);
    let desk = restarted();
    for minutes in [121, 134, 140, 400] {
        ahead(minutes);
        assert!(desk.run_schedules().await.unwrap().is_empty(), "{minutes}");
    }
    assert!(desk.outbox(true).unwrap().is_empty());
    // The link is back before 22:00.
    world.set_faults(Vec::new());
    world.set_clock(start() + TimeDelta::minutes(421));
    ahead(421);
    let runs = desk.run_schedules().await.unwrap();
    assert_eq!(outcomes(&runs), ["closed"], "{runs:?}");
    assert_eq!(runs[0].due, "2026-11-24T17:00:00.000Z");
    assert_eq!(world.times_closed(shift).unwrap(), 1);
    // The next day there is none at all: once it is surely over, that is told.
    world.set_faults(vec!["* .* * refuse".parse().unwrap()]);
    let desk = restarted();
    for minutes in [24 * 60 + 421, 24 * 60 + 500, 48 * 60 + 120] {
        ahead(minutes);
        assert!(desk.run_schedules().await.unwrap().is_empty(), "{minutes}");
    }
    ahead(48 * 60 + 421);
    let runs = desk.run_schedules().await.unwrap();
    assert_eq!(outcomes(&runs), ["failed"], "{runs:?}");
    assert_eq!(runs[0].due, "2026-11-25T17:00:00.000Z");
    assert_eq!(runs[0].problem.as_ref().unwrap().code, "link-broken");
}

#[tokio::test]
async fn what_is_no_time_or_no_register_of_ours_is_refused() {
    let evening = Evening::new().await;
    let wrong = evening
        .desk
        .set_schedule(&evening.which, Some("25:00"))
        .await;
    assert_eq!(code(wrong), ErrorCode::BadInput);
    let nowhere = Which::on(&evening.server.base_url(), 1).unwrap();
    let wrong = evening.desk.set_schedule(&nowhere, Some("22:00")).await;
    assert_eq!(code(wrong), ErrorCode::WrongRegister);
    evening
        .desk
        .set_schedule(&evening.which, Some("22:00"))
        .await
        .unwrap();
    evening
        .desk
        .set_schedule(&evening.which, Some("21:30"))
        .await
        .unwrap();
    assert_eq!(evening.desk.schedules().unwrap()[0].at, "21:30");
    evening
        .desk
        .set_schedule(&evening.which, None)
        .await
        .unwrap();
    assert!(evening.desk.schedules().unwrap().is_empty());
}

#[tokio::test]
async fn a_shift_opened_while_the_due_one_is_being_closed_elsewhere_stays_open() {
    let evening = Evening::scheduled().await;
    let elsewhere = TempDir::new().unwrap();
    let other = open(&elsewhere, &evening.minutes);
    sign_in(&other, &evening.server, sandbox::FIRST_LOGIN).await;
    evening.clock(421);
    // The register is read to see whether there is anything to close, and once more to close it.
    let world = evening.server.world();
    let seen = world.requests().len();
    let rule = format!("GET .*/kkms/{KKM} 2 delay-before:1000");
    world.set_faults(vec![rule.parse().unwrap()]);
    let turned = async {
        let reads = || {
            let requests = world.requests().split_off(seen).into_iter();
            requests
                .filter(|it| it.path.ends_with(&format!("/kkms/{KKM}")))
                .count()
        };
        while reads() < 2 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        other.close_shift(close()).await.unwrap();
        other.open_shift(&evening.which, None).await.unwrap();
    };
    let (runs, ()) = tokio::join!(evening.run(), turned);
    assert_eq!(outcomes(&runs), ["skipped"], "{runs:?}");
    assert_eq!(world.times_closed(evening.shift()).unwrap(), 0);
}

#[tokio::test]
async fn without_a_link_the_clock_closes_no_other_shift_than_the_one_that_was_seen_open() {
    let evening = Evening::scheduled().await;
    let which = &evening.which;
    evening.desk.set_autonomy(which, true).await.unwrap();
    evening.desk.board().await.unwrap();
    // At 21:00 it is closed elsewhere and the next one is opened; nobody here looks.
    evening.clock(360);
    let elsewhere = TempDir::new().unwrap();
    let other = open(&elsewhere, &evening.minutes);
    sign_in(&other, &evening.server, sandbox::FIRST_LOGIN).await;
    other.close_shift(close()).await.unwrap();
    other.open_shift(which, None).await.unwrap();
    let (world, later) = (evening.server.world(), evening.shift());
    world.set_faults(vec!["* .* * refuse".parse().unwrap()]);
    evening.clock(421);
    assert_eq!(outcomes(&evening.run().await), ["queued"]);
    world.set_faults(Vec::new());
    let rows = evening.desk.replay(None, false).await.unwrap();
    assert_eq!(rows[0].code.as_deref(), Some("shift-closed"), "{rows:?}");
    assert_eq!(world.times_closed(later).unwrap(), 0);
}
