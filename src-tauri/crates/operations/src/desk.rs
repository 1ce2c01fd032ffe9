//! The desk: the store, the signed-in sessions, and what is known of each server's clock.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{ClockSample, ServerClock, ServerUrl};
use kkm_api::Timeouts;
use store::{Keeping, Store};

use crate::Trouble;
use crate::seats::{Scope, Seat, SeatKey};

/// Where and how a desk works.
#[derive(Debug)]
pub struct DeskConfig {
    /// The folder of the database; made if it is not there.
    pub data_dir: PathBuf,
    /// Marks every report УЧЕБНЫЙ.
    pub training: bool,
    /// How passwords are kept.
    pub keeping: Keeping,
    /// Which of the accounts are worked with.
    pub scope: Scope,
    /// How long the servers may take.
    pub timeouts: Timeouts,
}

/// One data folder with its accounts: what the window and the command line work on.
pub struct Desk {
    pub(crate) store: Store,
    pub(crate) training: bool,
    pub(crate) keeping: Keeping,
    pub(crate) scope: Scope,
    pub(crate) timeouts: Timeouts,
    pub(crate) seats: Mutex<HashMap<SeatKey, Seat>>,
    /// Accounts whose credentials could not be unsealed in this run.
    pub(crate) sealed: Mutex<HashSet<SeatKey>>,
    clocks: Mutex<HashMap<ServerUrl, ServerClock>>,
}

/// A poisoned lock guards plain data that is valid after any panic.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Opens the data folder and settles what a dead process left in the journal.
    ///
    /// # Errors
    /// When the folder or the database cannot be used; nothing has been sent.
    pub fn open(config: DeskConfig) -> Result<Self, Trouble> {
        let store = Store::open(&config.data_dir)?;
        store.settle_dead(Utc::now())?;
        Ok(Self {
            store,
            training: config.training,
            keeping: config.keeping,
            scope: config.scope,
            timeouts: config.timeouts,
            seats: Mutex::default(),
            sealed: Mutex::default(),
            clocks: Mutex::default(),
        })
    }

    /// Learns the server's clock from an answer.
    pub(crate) fn learn_clock(&self, server: &ServerUrl, sample: Option<ClockSample>) {
        if let Some(sample) = sample {
            let mut clocks = lock(&self.clocks);
            clocks.entry(server.clone()).or_default().learn(sample);
        }
    }

    /// Now, by the server's clock as far as it is known.
    pub(crate) fn server_now(&self, server: &ServerUrl) -> DateTime<Utc> {
        Utc::now()
            .checked_add_signed(self.clock_offset(server))
            .unwrap_or_else(Utc::now)
    }

    /// How far the server's clock is ahead of ours, as far as it is known.
    pub(crate) fn clock_offset(&self, server: &ServerUrl) -> TimeDelta {
        lock(&self.clocks)
            .get(server)
            .map_or_else(TimeDelta::zero, ServerClock::ahead)
    }
}
