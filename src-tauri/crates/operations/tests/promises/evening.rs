//! A shop by a clock that the test moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use operations::view::ScheduledRunView;
use operations::{Clock, Desk, Which};
use sandbox::{Config, Sandbox};
use tempfile::TempDir;

use crate::shop::{KKM, desk_by_clock, sign_in};

/// 15:00 in Almaty.
const START: &str = "2026-11-24T10:00:00Z";

/// A shop whose clocks stand until they are moved.
pub(crate) struct Evening {
    pub(crate) server: Sandbox,
    pub(crate) folder: TempDir,
    pub(crate) desk: Desk,
    pub(crate) minutes: Arc<AtomicI64>,
    pub(crate) which: Which,
}

pub(crate) fn start() -> DateTime<Utc> {
    START.parse().unwrap()
}

impl Evening {
    pub(crate) async fn new() -> Self {
        let config = Config {
            clock: sandbox::Clock::Fixed(start()),
            ..Config::default()
        };
        let server = Sandbox::start(config).await.unwrap();
        let (folder, minutes) = (TempDir::new().unwrap(), Arc::default());
        let desk = open(&folder, &minutes);
        sign_in(&desk, &server, sandbox::FIRST_LOGIN).await;
        desk.set_setting("time-zone", "Asia/Almaty").unwrap();
        let which = Which::on(&server.base_url(), KKM).unwrap();
        Self {
            server,
            folder,
            desk,
            minutes,
            which,
        }
    }

    /// With an open shift, and closed by itself at 22:00.
    pub(crate) async fn scheduled() -> Self {
        let evening = Self::new().await;
        evening.desk.open_shift(&evening.which, None).await.unwrap();
        evening
            .desk
            .set_schedule(&evening.which, Some("22:00"))
            .await
            .unwrap();
        evening
    }

    /// So many minutes after 15:00 in Almaty.
    pub(crate) fn clock(&self, minutes: i64) {
        self.minutes.store(minutes, Ordering::SeqCst);
        let at = start() + TimeDelta::minutes(minutes);
        self.server.world().set_clock(at);
    }

    pub(crate) fn shift(&self) -> i64 {
        self.server.world().open_shift(KKM).unwrap().unwrap()
    }

    pub(crate) async fn run(&self) -> Vec<ScheduledRunView> {
        self.desk.run_schedules().await.unwrap()
    }
}

pub(crate) fn open(folder: &TempDir, minutes: &Arc<AtomicI64>) -> Desk {
    desk_by_clock(folder, Duration::ZERO, clock(minutes))
}

pub(crate) fn clock(minutes: &Arc<AtomicI64>) -> Clock {
    let minutes = Arc::clone(minutes);
    Clock::new(move || start() + TimeDelta::minutes(minutes.load(Ordering::SeqCst)))
}
