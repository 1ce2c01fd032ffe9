//! Autonomous mode against a real server that goes away and comes back.

use chrono::TimeDelta;
use domain::ErrorCode;
use operations::view::CloseInput;
use operations::{Desk, Ended, Which};
use sandbox::{Config, Sandbox};
use tempfile::TempDir;

use crate::shop::{self, KKM, code, kkm};

/// A server that can be away: its world outlives it, and it comes back at its address.
struct Line {
    config: Config,
    server: Option<Sandbox>,
    _folder: TempDir,
}

impl Line {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mut config = Config {
            state_file: Some(folder.path().join("world.json")),
            ..Config::default()
        };
        let server = Sandbox::start(config.clone()).await.unwrap();
        config.port = server.port();
        Self {
            config,
            server: Some(server),
            _folder: folder,
        }
    }

    fn server(&self) -> &Sandbox {
        self.server.as_ref().unwrap()
    }

    async fn cut(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop().await;
        }
    }

    async fn mend(&mut self) {
        self.server = Some(Sandbox::start(self.config.clone()).await.unwrap());
    }
}

async fn licensed(line: &Line, folder: &TempDir) -> (Desk, Which) {
    let desk = shop::desk(folder);
    shop::sign_in(&desk, line.server(), sandbox::FIRST_LOGIN).await;
    desk.set_autonomy(&kkm(KKM), true).await.unwrap();
    let which = Which::on(&line.server().base_url(), KKM).unwrap();
    (desk, which)
}

fn close() -> CloseInput {
    CloseInput {
        x_first: false,
        ..shop::close()
    }
}

#[tokio::test]
async fn a_shift_opened_and_closed_without_a_link_is_sent_in_order_when_it_is_back() {
    let mut line = Line::new().await;
    let folder = TempDir::new().unwrap();
    let (desk, which) = licensed(&line, &folder).await;
    line.cut().await;
    let opened = desk.open_shift_or_queue(&which, None, None).await.unwrap();
    let closed = desk.close_shift_or_queue(close(), None).await.unwrap();
    assert!(matches!(
        (&opened, &closed),
        (Ended::Queued(_), Ended::Queued(_))
    ));
    // The hours that are left show although no register can be read.
    let board = desk.board().await.unwrap();
    let unread = &board.registers[0];
    let outbox = unread.outbox.as_ref().unwrap();
    assert_eq!((unread.kkm, outbox.waiting), (KKM, 2));
    assert_eq!((unread.state.as_str(), &unread.seen), ("unknown", &None));
    assert!((70..=72).contains(&outbox.hours_left), "{unread:?}");
    // Nothing goes by without the link, and nothing is lost by trying.
    let waiting = desk.replay(None, false).await.unwrap();
    assert!(waiting.iter().all(|row| row.state == "queued"));
    assert_eq!(waiting[0].problem.as_ref().unwrap().code, "no-link");
    assert!(!desk.settle().await.unwrap());
    line.mend().await;
    // As soon as a server can be read it is tried again, however long that was to wait.
    desk.board().await.unwrap();
    assert!(desk.settle().await.unwrap());
    assert!(desk.outbox(false).unwrap().is_empty());
    let world = line.server().world();
    assert_eq!(world.times_opened(KKM).unwrap(), 1);
    let bodies: Vec<_> = world
        .requests()
        .into_iter()
        .filter(|it| it.method == "POST")
        .collect();
    let dated = |it: &&sandbox::Request| it.body.contains("\"Date\":");
    assert_eq!(bodies.iter().filter(dated).count(), 2, "{bodies:?}");
    let z = &desk
        .reports(Some(&which), Some(domain::ReportKind::Z), 1)
        .unwrap()[0];
    let z = desk.report(z.number).unwrap();
    assert_eq!(z.cash_count.unwrap().counted, "50000.00");
    assert!(desk.verify().unwrap().is_whole());
}

#[tokio::test]
async fn a_refusal_stops_the_queue_until_a_person_decides() {
    let mut line = Line::new().await;
    let folder = TempDir::new().unwrap();
    let (desk, which) = licensed(&line, &folder).await;
    line.cut().await;
    for _ in 0..1 {
        desk.open_shift_or_queue(&which, None, None).await.unwrap();
        desk.close_shift_or_queue(close(), None).await.unwrap();
    }
    line.mend().await;
    let world = line.server().world();
    world.set_blocked(KKM, true).unwrap();
    let rows = desk.replay(None, false).await.unwrap();
    let states: Vec<_> = rows.iter().map(|row| row.state.as_str()).collect();
    assert_eq!(states, ["stopped", "queued"]);
    assert_eq!(rows[0].code.as_deref(), Some("register-blocked"));
    // At once it is told that the queue stands still, and where.
    let problem = rows[0].problem.as_ref().unwrap();
    assert_eq!(problem.params["outbox"], rows[0].number.to_string());
    world.set_blocked(KKM, false).unwrap();
    // It waits for a person, not for luck; and nothing new overtakes it.
    assert_eq!(desk.replay(None, false).await.unwrap()[0].state, "stopped");
    assert_eq!(
        code(desk.open_shift(&which, None).await),
        ErrorCode::OutboxWaiting
    );
    assert_eq!(world.times_opened(KKM).unwrap(), 0);
    let rows = desk.replay(Some(&which), true).await.unwrap();
    assert!(rows.iter().all(|row| row.state == "done"), "{rows:?}");
    assert_eq!(world.times_opened(KKM).unwrap(), 1);
}

#[tokio::test]
async fn a_queued_closing_never_closes_a_shift_that_was_opened_later() {
    let mut line = Line::new().await;
    let folder = TempDir::new().unwrap();
    let (desk, which) = licensed(&line, &folder).await;
    desk.open_shift(&which, None).await.unwrap();
    line.cut().await;
    desk.close_shift_or_queue(close(), None).await.unwrap();
    line.mend().await;
    // Somebody closes it elsewhere, and opens the next one a minute later.
    let world = line.server().world();
    world.advance(TimeDelta::minutes(1));
    let elsewhere = TempDir::new().unwrap();
    let other = shop::desk(&elsewhere);
    shop::sign_in(&other, line.server(), sandbox::FIRST_LOGIN).await;
    other.close_shift(close()).await.unwrap();
    world.advance(TimeDelta::minutes(1));
    other.open_shift(&which, None).await.unwrap();
    let shift = world.open_shift(KKM).unwrap().unwrap();
    let rows = desk.replay(None, false).await.unwrap();
    assert_eq!(rows[0].state, "stopped", "{rows:?}");
    // Asked again, why it stands still is said, and once.
    let again = desk.replay(None, false).await.unwrap();
    let said = &again[0].problem.as_ref().unwrap().message;
    assert_eq!(said.matches("нет открытой смены").count(), 1, "{said}");
    assert_eq!(said.matches("открыта позже").count(), 1, "{said}");
    // It was not even asked for: a server that does not mind the order of dates would have closed it.
    assert_eq!(rows[0].code.as_deref(), Some("no-open-shift"));
    assert_eq!(world.times_closed(shift).unwrap(), 0);
    desk.withdraw(rows[0].number).unwrap();
    desk.close_shift(close()).await.unwrap();
    assert_eq!(world.times_closed(shift).unwrap(), 1);
}

#[tokio::test]
async fn a_closing_confirmed_before_the_link_broke_closes_no_newer_shift() {
    let mut line = Line::new().await;
    let folder = TempDir::new().unwrap();
    let (desk, which) = licensed(&line, &folder).await;
    let opened = desk.open_shift(&which, None).await.unwrap();
    let confirmed = CloseInput {
        shift: opened.shift.map(|shift| shift.id),
        ..close()
    };
    // Elsewhere the next one is open already when the closing is queued.
    let elsewhere = TempDir::new().unwrap();
    let other = shop::desk(&elsewhere);
    shop::sign_in(&other, line.server(), sandbox::FIRST_LOGIN).await;
    other.close_shift(close()).await.unwrap();
    other.open_shift(&which, None).await.unwrap();
    line.cut().await;
    let queued = desk.close_shift_or_queue(confirmed, None).await.unwrap();
    assert!(matches!(queued, Ended::Queued(_)));
    line.mend().await;
    let world = line.server().world();
    world.advance(TimeDelta::minutes(1));
    let next = world.open_shift(KKM).unwrap().unwrap();
    let rows = desk.replay(None, false).await.unwrap();
    assert_eq!(rows[0].state, "stopped", "{rows:?}");
    assert_eq!(rows[0].code.as_deref(), Some("shift-closed"));
    assert_eq!(world.times_closed(next).unwrap(), 0);
}

#[tokio::test]
async fn an_autonomous_opening_whose_answer_got_lost_is_adopted() {
    let mut line = Line::new().await;
    let folder = TempDir::new().unwrap();
    let (desk, which) = licensed(&line, &folder).await;
    line.cut().await;
    desk.open_shift_or_queue(&which, None, None).await.unwrap();
    line.mend().await;
    let world = line.server().world();
    world.set_faults(vec!["POST /shifts 1 reset-after".parse().unwrap()]);
    let rows = desk.replay(None, false).await.unwrap();
    assert_eq!(rows[0].state, "done", "{rows:?}");
    assert_eq!(world.times_opened(KKM).unwrap(), 1);
}

#[tokio::test]
async fn without_a_licence_or_with_a_date_ahead_nothing_is_queued() {
    let line = Line::new().await;
    let folder = TempDir::new().unwrap();
    let desk = shop::desk(&folder);
    shop::sign_in(&desk, line.server(), sandbox::FIRST_LOGIN).await;
    let which = Which::on(&line.server().base_url(), KKM).unwrap();
    let refused = desk.open_shift_or_queue(&which, None, None).await;
    assert_eq!(code(refused), ErrorCode::LicenceMissing);
    desk.set_autonomy(&which, true).await.unwrap();
    let ahead = line.server().world().now() + TimeDelta::hours(1);
    let refused = desk.open_shift_or_queue(&which, None, Some(ahead)).await;
    assert_eq!(code(refused), ErrorCode::BadInput);
    assert!(desk.outbox(true).unwrap().is_empty());
    // With the link there it is an ordinary opening.
    let opened = desk.open_shift_or_queue(&which, None, None).await.unwrap();
    assert!(matches!(opened, Ended::Done(_)));
    assert!(desk.outbox(true).unwrap().is_empty());
}
