//! The handle through which requests and tests reach the world.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    Clock, Config, FaultRule, Kind, SandboxError,
    faults::{Fault, Faults},
    ledger::{Act, Entry, Request},
    sales, seed,
    state_file::{Known, StateFile},
    world::{KkmStatus, World},
};

/// Requests remembered for tests.
const REQUESTS_KEPT: usize = 10_000;

#[derive(Debug)]
struct Shared {
    known: Mutex<Known>,
    file: Option<StateFile>,
    clock: Mutex<Clock>,
    faults: Mutex<Faults>,
    requests: Mutex<Vec<Request>>,
    sales_on_open: bool,
    one_shift_per_user: bool,
}

/// A running sandbox's world, to be looked at and stirred from a test. Clones share the world; the clock, the faults and
/// the list of requests belong to this sandbox alone, the rest is shared through the state file. Calls block.
#[derive(Debug, Clone)]
pub struct WorldHandle(Arc<Shared>);

/// A world as it was at some moment.
#[derive(Debug, Clone)]
pub struct Snapshot(World);

impl WorldHandle {
    pub(crate) fn new(config: &Config) -> Result<Self, SandboxError> {
        let file = config.state_file.as_deref().map(StateFile::new);
        let now = config.clock.now();
        let mut faults = Faults::default();
        faults.set(config.faults.clone());
        let fresh = || {
            let mut world = seed::world(config.seed, config.blocked_register, now);
            seed::add_more(&mut world, config.more_registers, now);
            world
        };
        let mut known = Known::fresh(fresh());
        if let Some(file) = &file {
            let held = file.hold()?;
            held.load(&mut known)?;
            if known.is_kept() {
                if config.blocked_register {
                    seed::add_blocked(&mut known.world);
                }
                seed::add_more(&mut known.world, config.more_registers, now);
            }
            let before = known.unsettle();
            held.save(&mut known, before)?;
        }
        Ok(Self(Arc::new(Shared {
            known: Mutex::new(known),
            file,
            clock: Mutex::new(config.clock),
            faults: Mutex::new(faults),
            requests: Mutex::default(),
            sales_on_open: config.sales_on_open,
            one_shift_per_user: config.one_shift_per_user,
        })))
    }

    /// Does something to the world as it stands now, in this process and in every other that shares the file.
    pub(crate) fn with<T>(
        &self,
        act: impl FnOnce(&mut World, DateTime<Utc>) -> T,
    ) -> Result<T, SandboxError> {
        self.now_and_here(|world, now| (act(world, now), true))
    }

    /// Looks at the world as it stands now; what is as it was is not written again.
    pub(crate) fn look<T>(
        &self,
        act: impl FnOnce(&World, DateTime<Utc>) -> T,
    ) -> Result<T, SandboxError> {
        self.now_and_here(|world, now| (act(world, now), false))
    }

    /// The world as it stands now; `act` tells whether it may have changed it.
    fn now_and_here<T>(
        &self,
        act: impl FnOnce(&mut World, DateTime<Utc>) -> (T, bool),
    ) -> Result<T, SandboxError> {
        let mut known = open(&self.0.known);
        let held = self.0.file.as_ref().map(StateFile::hold).transpose()?;
        if let Some(held) = &held {
            held.load(&mut known)?;
        }
        let now = self.now();
        let before = known.unsettle();
        let world = &mut known.world;
        let sold = self.0.sales_on_open && sales::arrive(world, now);
        let blocked = world.enforce_autonomy(now);
        let (result, changed) = act(world, now);
        match held {
            Some(held) if sold || blocked || changed || before.is_none() => {
                held.save(&mut known, before)?;
            }
            _ => known.settle(before),
        }
        Ok(result)
    }

    pub(crate) fn is_on_disk(&self) -> bool {
        self.0.file.is_some()
    }

    pub(crate) fn rules(&self) -> (bool, bool) {
        (self.0.sales_on_open, self.0.one_shift_per_user)
    }

    pub(crate) fn strike(&self, request: Request) -> Option<Fault> {
        let fault = open(&self.0.faults).strike(&request.method, &request.path);
        let mut requests = open(&self.0.requests);
        if requests.len() < REQUESTS_KEPT {
            requests.push(request);
        }
        fault
    }

    /// The time by this sandbox's clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        open(&self.0.clock).now()
    }

    /// Stops the clock at a time, UTC.
    pub fn set_clock(&self, at: DateTime<Utc>) {
        *open(&self.0.clock) = Clock::Fixed(at);
    }

    /// Stops the clock, so much later than it stands now.
    pub fn advance(&self, by: TimeDelta) {
        let mut clock = open(&self.0.clock);
        *clock = Clock::Fixed(clock.now() + by);
    }

    /// Replaces the fault rules; their counts start anew.
    pub fn set_faults(&self, rules: Vec<FaultRule>) {
        open(&self.0.faults).set(rules);
    }

    /// The till enters a document of `tiyn` in cash into the open shift; the register's Uid is thereby used up.
    ///
    /// # Errors
    /// No such register, no open shift, or the state file fails.
    pub fn sell(&self, kkm: i64, tiyn: i64) -> Result<(), SandboxError> {
        self.enter(kkm, Kind::Sale, tiyn, false)
    }

    /// The till enters any document, all in cash or all without it, in the section with VAT.
    ///
    /// # Errors
    /// As [`Self::sell`].
    pub fn enter(
        &self,
        kkm: i64,
        kind: Kind,
        tiyn: i64,
        non_cash: bool,
    ) -> Result<(), SandboxError> {
        self.with(|world, now| {
            world.kkm(kkm).ok_or(SandboxError::NoRegister(kkm))?;
            world
                .enter_plain(kkm, kind, tiyn, non_cash, now)
                .ok_or(SandboxError::NoOpenShift(kkm))
        })?
    }

    /// Blocks a register or makes it ready again.
    ///
    /// # Errors
    /// No such register, or the state file fails.
    pub fn set_blocked(&self, kkm: i64, blocked: bool) -> Result<(), SandboxError> {
        self.with(|world, _| {
            let found = world.kkm_mut(kkm).ok_or(SandboxError::NoRegister(kkm))?;
            found.status = if blocked {
                KkmStatus::Blocked
            } else {
                KkmStatus::Ready
            };
            Ok(())
        })?
    }

    /// Breaks or mends the register's link to the fiscal data operator: `OfdCode` 500 and a growing `OfflineQueue`.
    ///
    /// # Errors
    /// As [`Self::set_blocked`].
    pub fn set_ofd_link(&self, kkm: i64, linked: bool) -> Result<(), SandboxError> {
        self.with(|world, _| {
            let found = world.kkm_mut(kkm).ok_or(SandboxError::NoRegister(kkm))?;
            found.ofd_code = if linked { 0 } else { 500 };
            Ok(())
        })?
    }

    /// Gives every user this password.
    ///
    /// # Errors
    /// The state file fails.
    pub fn set_password(&self, password: &str) -> Result<(), SandboxError> {
        self.with(|world, _| {
            for user in &mut world.users {
                password.clone_into(&mut user.password);
            }
        })
    }

    /// Everything that a client must show to nobody: passwords, the tokens that are kept, and each register's `TokenCPCR`.
    ///
    /// # Errors
    /// The state file fails.
    pub fn secrets(&self) -> Result<Vec<String>, SandboxError> {
        self.look(|world, _| {
            let users = world.users.iter();
            let passwords = users.clone().map(|user| user.password.clone());
            let tokens = users.flat_map(|user| user.tokens.iter().map(|it| it.value.clone()));
            let registers = world.kkms.iter().map(|kkm| kkm.token_cpcr.clone());
            passwords.chain(tokens).chain(registers).collect()
        })
    }

    /// Ends the life of every token given out so far.
    ///
    /// # Errors
    /// The state file fails.
    pub fn expire_tokens(&self) -> Result<(), SandboxError> {
        self.with(|world, now| {
            let tokens = world.users.iter_mut().flat_map(|user| &mut user.tokens);
            for token in tokens {
                token.expires = now - TimeDelta::seconds(9406);
            }
        })
    }

    /// The world as it is now, to be put back later.
    ///
    /// # Errors
    /// The state file fails.
    pub fn snapshot(&self) -> Result<Snapshot, SandboxError> {
        self.look(|world, _| Snapshot(world.clone()))
    }

    /// Puts the world back to what it was, and forgets the requests since.
    ///
    /// # Errors
    /// The state file fails.
    pub fn restore(&self, snapshot: &Snapshot) -> Result<(), SandboxError> {
        open(&self.0.requests).clear();
        self.with(|world, _| *world = snapshot.0.clone())
    }

    /// The current Uid of a register.
    ///
    /// # Errors
    /// As [`Self::set_blocked`].
    pub fn current_uid(&self, kkm: i64) -> Result<String, SandboxError> {
        self.look(|world, _| {
            let found = world.kkm(kkm).ok_or(SandboxError::NoRegister(kkm))?;
            Ok(found.uid.clone())
        })?
    }

    /// The open shift of a register, if there is one.
    ///
    /// # Errors
    /// The state file fails.
    pub fn open_shift(&self, kkm: i64) -> Result<Option<i64>, SandboxError> {
        self.look(|world, _| world.open_shift_on(kkm).map(|shift| shift.id))
    }

    /// How often a shift was opened on a register, the seeded history not counted.
    ///
    /// # Errors
    /// The state file fails.
    pub fn times_opened(&self, kkm: i64) -> Result<usize, SandboxError> {
        self.look(|world, _| world.count(Act::Opened, |entry| entry.kkm == kkm))
    }

    /// How often a shift was closed. More than once must never happen.
    ///
    /// # Errors
    /// The state file fails.
    pub fn times_closed(&self, shift: i64) -> Result<usize, SandboxError> {
        self.look(|world, _| world.count(Act::Closed, |entry| entry.shift == shift))
    }

    /// How many X-reports of a shift were recorded.
    ///
    /// # Errors
    /// The state file fails.
    pub fn times_x_taken(&self, shift: i64) -> Result<usize, SandboxError> {
        self.look(|world, _| world.count(Act::XTaken, |entry| entry.shift == shift))
    }

    /// Everything performed, oldest first.
    ///
    /// # Errors
    /// The state file fails.
    pub fn ledger(&self) -> Result<Vec<Entry>, SandboxError> {
        self.look(|world, _| world.ledger.clone())
    }

    /// The requests that came to this sandbox, oldest first, spoilt ones included.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        open(&self.0.requests).clone()
    }
}

fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
