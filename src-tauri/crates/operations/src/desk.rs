//! The desk: the store, the signed-in sessions, and what is known of each server's clock.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Clock, ClockSample, ServerClock, ServerUrl};
use kkm_api::{Timeouts, Transport};
use store::{Keeping, KeyStore, OsKeyStore, Store};
use texts::Lang;

use crate::Trouble;
use crate::seats::{Scope, Seat, SeatKey};
use crate::settling::Patience;
use crate::unsealing::Sealed;
use crate::watch::Watch;

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
    /// Where time and answers come from.
    pub outside: Outside,
    /// The language people are spoken to in; `None`: as the settings say.
    pub lang: Option<Lang>,
}

/// What a desk has from outside besides its data folder: by default this computer's clock, network and key store.
#[derive(Debug, Clone)]
pub struct Outside {
    /// This computer's clock, right or wrong.
    pub clock: Clock,
    /// What stands in for the network.
    pub transport: Option<Arc<dyn Transport>>,
    /// Where the master key of what is sealed lives.
    pub keys: Arc<dyn KeyStore>,
}

impl Default for Outside {
    fn default() -> Self {
        Self {
            clock: Clock::new(Utc::now),
            transport: None,
            keys: Arc::new(OsKeyStore),
        }
    }
}

/// One data folder with its accounts: what the window and the command line work on.
pub struct Desk {
    pub(crate) store: Store,
    pub(crate) training: bool,
    pub(crate) keeping: Keeping,
    pub(crate) scope: Scope,
    pub(crate) timeouts: Timeouts,
    pub(crate) outside: Outside,
    pub(crate) lang: Option<Lang>,
    pub(crate) seats: Mutex<HashMap<SeatKey, Seat>>,
    /// Accounts whose credentials could not be unsealed.
    pub(crate) sealed: Mutex<Sealed>,
    /// Held by whoever unseals.
    pub(crate) unsealing: tokio::sync::Mutex<()>,
    clocks: Mutex<HashMap<ServerUrl, ServerClock>>,
    pub(crate) patience: Patience,
    pub(crate) watch: Watch,
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
        let store = Store::open_with(&config.data_dir, Arc::clone(&config.outside.keys))?;
        store.settle_dead(config.outside.clock.now())?;
        Ok(Self {
            store,
            training: config.training,
            keeping: config.keeping,
            scope: config.scope,
            timeouts: config.timeouts,
            outside: config.outside,
            lang: config.lang,
            seats: Mutex::default(),
            sealed: Mutex::default(),
            unsealing: tokio::sync::Mutex::default(),
            clocks: Mutex::default(),
            patience: Patience::default(),
            watch: Watch::default(),
        })
    }

    /// Now, by this computer's clock.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.outside.clock.now()
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
        let now = self.now();
        now.checked_add_signed(self.clock_offset(server))
            .unwrap_or(now)
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.store.folder()
    }

    /// Whether a server told its clock in this run.
    pub(crate) fn knows_clock(&self, server: &ServerUrl) -> bool {
        lock(&self.clocks).contains_key(server)
    }

    /// The servers whose clocks are known, and how far they are ahead of ours.
    pub(crate) fn known_clocks(&self) -> Vec<(ServerUrl, TimeDelta)> {
        let clocks = lock(&self.clocks);
        let known = clocks.iter();
        known
            .map(|(server, clock)| (server.clone(), clock.ahead()))
            .collect()
    }

    /// How far the server's clock is ahead of ours, as far as it is known.
    pub(crate) fn clock_offset(&self, server: &ServerUrl) -> TimeDelta {
        lock(&self.clocks)
            .get(server)
            .map_or_else(TimeDelta::zero, ServerClock::ahead)
    }
}
