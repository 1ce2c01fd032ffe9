//! Reminders, and registers that cannot be read: by a clock that the test moves.

use chrono::TimeDelta;
use domain::ErrorCode;
use domain::watch::Concern;
use tempfile::TempDir;

use crate::evening::{Evening, open, start};
use crate::shop::{KKM, close, code, sign_in};

#[tokio::test]
async fn registers_that_cannot_be_read_are_shown_as_they_were_seen_last() {
    let evening = Evening::new().await;
    evening.desk.open_shift(&evening.which, None).await.unwrap();
    let closed = evening.desk.close_shift(close()).await.unwrap();
    let before = evening.desk.board().await.unwrap();
    evening
        .server
        .world()
        .set_faults(vec!["* .* * refuse".parse().unwrap()]);
    evening.clock(30);
    let board = evening.desk.board().await.unwrap();
    assert_eq!(
        (board.registers.len(), board.problems.len()),
        (before.registers.len(), 1)
    );
    for register in &board.registers {
        assert_eq!(register.state, "unknown");
        assert_eq!(register.seen.as_deref(), Some("2026-11-24T10:00:00.000Z"));
        assert_eq!(register.problem.as_ref().unwrap().code, "link-broken");
    }
    let one = evening.desk.register(&evening.which).await.unwrap();
    let shown_z = one.last_z.clone();
    let name = |views: &[operations::view::RegisterView]| {
        views.iter().find(|it| it.kkm == KKM).unwrap().name.clone()
    };
    assert_eq!(
        (one.state.as_str(), one.name),
        ("unknown", name(&before.registers))
    );
    // The archive is here, whatever the link does.
    let listed = board.registers.iter().find(|it| it.kkm == KKM).unwrap();
    for last in [&listed.last_z, &shown_z] {
        assert_eq!(last.as_ref().unwrap().number, closed.z.number);
    }
    // Whoever is signed out has seen nothing.
    let server = evening.server.base_url();
    evening
        .desk
        .sign_out(&server, sandbox::FIRST_LOGIN)
        .unwrap();
    assert_eq!(
        code(evening.desk.register(&evening.which).await),
        ErrorCode::NotSignedIn
    );
}

#[tokio::test]
async fn people_are_reminded_once_and_not_of_a_shift_that_is_closed_meanwhile() {
    let evening = Evening::new().await;
    evening.desk.open_shift(&evening.which, None).await.unwrap();
    let watch = async || evening.desk.watch().await.unwrap();
    let first = watch().await;
    let stand = first.stand.unwrap();
    assert_eq!((stand.concern, stand.count), (Concern::Open, 1));
    assert!(first.reminders.is_empty());
    let day = 24 * 60;
    evening.clock(day - 119);
    let reminded = watch().await;
    assert_eq!(reminded.reminders.len(), 1);
    assert_eq!(
        (reminded.reminders[0].minutes, reminded.reminders[0].kkm),
        (120, KKM)
    );
    assert_eq!(reminded.stand.unwrap().concern, Concern::Soon);
    assert!(watch().await.reminders.is_empty());
    // Without a link it is reckoned on.
    let world = evening.server.world();
    world.set_faults(vec!["* .* * refuse".parse().unwrap()]);
    evening.clock(day - 50);
    assert_eq!(watch().await.reminders[0].minutes, 60);
    world.set_faults(Vec::new());
    // Somebody closes it elsewhere.
    let elsewhere = TempDir::new().unwrap();
    let other = open(&elsewhere, &evening.minutes);
    sign_in(&other, &evening.server, sandbox::FIRST_LOGIN).await;
    other.close_shift(close()).await.unwrap();
    evening.clock(day - 10);
    let quiet = watch().await;
    assert!(quiet.reminders.is_empty(), "{quiet:?}");
    assert_eq!(quiet.stand.unwrap().concern, Concern::Closed);
}

#[tokio::test]
async fn who_wants_no_reminders_is_not_reminded_and_an_overdue_shift_is_the_worst() {
    let evening = Evening::new().await;
    evening.desk.open_shift(&evening.which, None).await.unwrap();
    evening.desk.set_setting("reminders", "off").unwrap();
    evening.clock(24 * 60 - 10);
    let watching = evening.desk.watch().await.unwrap();
    assert!(watching.reminders.is_empty());
    let next = watching.stand.unwrap().next.unwrap();
    assert_eq!(
        next.0.timestamp(),
        (start() + TimeDelta::hours(24)).timestamp()
    );
    evening.clock(24 * 60 + 1);
    let stand = evening.desk.watch().await.unwrap().stand.unwrap();
    assert_eq!((stand.concern, stand.count), (Concern::Overdue, 1));
}
