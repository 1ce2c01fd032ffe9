//! What everybody in an episode shares: the one server, the true time, chance, and what the judge has seen so far.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sandbox::{Act, Clock, Config, Entry, InMemory, MORE_REGISTERS, REGISTERS, SandboxError};
use store::Store;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::fate::Weather;
use crate::random::Random;

/// The address under which the accounts know the server; nothing ever connects to it.
pub(crate) const SERVER: &str = "http://127.0.0.1:1";

/// What a plain use case promises when it says that it did not do it, and when it says that it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// It has not ended, or nobody heard its end.
    Nothing,
    /// Done.
    Done,
    /// This call did not do it.
    NotDone,
}

/// One use case that somebody began.
#[derive(Debug)]
pub(crate) struct Call {
    /// What it is to do to its register, where it is judged by that.
    pub(crate) act: Option<Act>,
    pub(crate) told: Told,
    pub(crate) performed: Vec<Entry>,
}

/// A power cut that is to come.
#[derive(Debug)]
pub(crate) struct Cut {
    pub(crate) computer: usize,
    /// So many requests leave before it.
    pub(crate) after: u64,
    pub(crate) from: PathBuf,
    pub(crate) to: PathBuf,
}

/// What changes as the episode goes on.
pub(crate) struct State {
    pub(crate) random: Random,
    pub(crate) weather: Weather,
    pub(crate) calls: Vec<Call>,
    /// Of each computer, a look into its journal from outside.
    pub(crate) witnesses: BTreeMap<usize, Store>,
    pub(crate) cut: Option<Cut>,
    /// What the requests of each computer did, in order.
    pub(crate) performed: Vec<(usize, Entry)>,
    /// State-changing requests under way, by computer and register.
    pub(crate) under_way: BTreeMap<(usize, i64), u32>,
    /// The last `Date` that was performed, by computer and register.
    pub(crate) dates: BTreeMap<(usize, i64), DateTime<Utc>>,
    pub(crate) requests: u64,
    violation: Option<String>,
    trace: DefaultHasher,
    lines: Option<Vec<String>>,
    /// Moments at which somebody wakes up, in milliseconds: never two at the same.
    moments: BTreeSet<u64>,
}

/// One episode's world.
#[derive(Clone)]
pub(crate) struct Universe(Arc<Inner>);

struct Inner {
    server: InMemory,
    registers: Vec<i64>,
    started: Instant,
    state: Mutex<State>,
    power: Notify,
}

impl std::fmt::Debug for Universe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Universe")
    }
}

/// When every episode begins.
fn beginning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_764_000_000, 0).unwrap_or_default()
}

impl Universe {
    pub(crate) fn new(mut random: Random, told: bool) -> Result<Self, SandboxError> {
        let more = random.between(0, 2);
        let added = (1..=i64::try_from(more).unwrap_or(0)).map(|number| MORE_REGISTERS + number);
        let config = Config {
            seed: random.next(),
            clock: Clock::Fixed(beginning()),
            sales_on_open: random.chance(20),
            more_registers: u16::try_from(more).unwrap_or(0),
            one_shift_per_user: random.chance(30),
            ..Config::default()
        };
        Ok(Self(Arc::new(Inner {
            server: InMemory::new(&config)?,
            registers: REGISTERS.into_iter().chain(added).collect(),
            started: Instant::now(),
            state: Mutex::new(State {
                random,
                weather: Weather::Fair,
                calls: Vec::new(),
                witnesses: BTreeMap::new(),
                cut: None,
                performed: Vec::new(),
                under_way: BTreeMap::new(),
                dates: BTreeMap::new(),
                requests: 0,
                violation: None,
                trace: DefaultHasher::new(),
                lines: told.then(Vec::new),
                moments: BTreeSet::new(),
            }),
            power: Notify::new(),
        })))
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn server(&self) -> &InMemory {
        &self.0.server
    }

    pub(crate) fn registers(&self) -> &[i64] {
        &self.0.registers
    }

    pub(crate) fn power(&self) -> &Notify {
        &self.0.power
    }

    /// Milliseconds since the beginning.
    fn elapsed(&self) -> u64 {
        u64::try_from(self.0.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// The true time, which the server's clock shows.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        let elapsed = TimeDelta::from_std(self.0.started.elapsed()).unwrap_or_default();
        beginning() + elapsed
    }

    /// Waits for so many milliseconds and a few more: nobody else wakes up at the same moment, so that what follows comes in
    /// the same order each time.
    pub(crate) async fn wait(&self, millis: u64) {
        let until = {
            let now = self.elapsed();
            let mut state = self.state();
            state.moments = state.moments.split_off(&now);
            let mut until = now + millis.max(1);
            while !state.moments.insert(until) {
                until += 1;
            }
            until
        };
        tokio::time::sleep_until(self.0.started + Duration::from_millis(until)).await;
    }

    /// Notes what happened, for the trace.
    pub(crate) fn note(&self, line: impl FnOnce() -> String) {
        let now = self.elapsed();
        let mut state = self.state();
        let line = format!("{now:>10} {}", line());
        line.hash(&mut state.trace);
        if let Some(lines) = &mut state.lines {
            lines.push(line);
        }
    }

    /// Notes a broken promise; the first one counts.
    pub(crate) fn broken(&self, promise: impl Into<String>) {
        let promise = promise.into();
        self.note(|| format!("BROKEN {promise}"));
        self.state().violation.get_or_insert(promise);
    }

    pub(crate) fn violation(&self) -> Option<String> {
        self.state().violation.clone()
    }

    /// The trace so far: its hash, and its lines where they are kept.
    pub(crate) fn trace(&self) -> (u64, Vec<String>) {
        let state = self.state();
        (
            state.trace.finish(),
            state.lines.clone().unwrap_or_default(),
        )
    }
}
