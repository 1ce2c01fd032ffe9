//! One episode: a fresh shop, some hundred steps of its life, and the judge at the end.

use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use operations::Trouble;
use sandbox::SandboxError;

use crate::action::Action;
use crate::computer::{Computer, copy_disk};
use crate::fate::Weather;
use crate::judge::{ending, verdict};
use crate::random::Random;
use crate::universe::{Call, Cut, Told, Universe};

/// Steps of an episode; a new one begins with a fresh shop, so that no step costs more than the one before.
pub const STEPS: u64 = 300;

/// How an episode went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// Its hash: of every request and every outcome, with its moment.
    pub trace: u64,
    /// Requests that left a desk.
    pub requests: u64,
    /// Shifts that were closed.
    pub closed: u64,
    /// The promise that was broken, if one was, and after which step.
    pub broken: Option<(u64, String)>,
    /// What happened, line by line, where that was asked for.
    pub lines: Vec<String>,
}

/// An episode could not be played: the fault is of this computer.
#[derive(Debug, thiserror::Error)]
pub enum Unplayed {
    /// There is no room for its files.
    #[error("no room for the files: {0}")]
    Room(#[from] std::io::Error),
    /// The server's world cannot be made.
    #[error(transparent)]
    World(#[from] SandboxError),
    /// A desk cannot be opened.
    #[error("a desk cannot be opened: {0}")]
    Desk(#[from] Trouble),
}

/// Plays one episode of so many steps.
///
/// # Errors
/// When this computer cannot: the temporary folder or the runtime fails.
pub fn play(seed: u64, episode: u64, steps: u64, told: bool) -> Result<Played, Unplayed> {
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() {
        memory.to_path_buf()
    } else {
        std::env::temp_dir()
    };
    let room = tempfile::Builder::new()
        .prefix("smena-simulation-")
        .tempdir_in(parent)?;
    // The client's own pauses have some chance in them.
    fastrand::seed(seed ^ episode);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?;
    runtime.block_on(async {
        let universe = Universe::new(Random::of(seed, episode), told)?;
        let mut shop = Shop::open(&universe, room.path()).await?;
        let mut at = 0;
        while at < steps && universe.violation().is_none() {
            at += 1;
            shop.step().await?;
        }
        if universe.violation().is_none() {
            shop.close().await?;
        }
        let (trace, lines) = universe.trace();
        let ledger = universe.server().world().ledger()?;
        let closed = ledger.iter().filter(|it| it.act == sandbox::Act::Closed);
        let requests = universe.state().requests;
        Ok(Played {
            trace,
            requests,
            closed: u64::try_from(closed.count()).unwrap_or(u64::MAX),
            broken: universe.violation().map(|promise| (at, promise)),
            lines,
        })
    })
}

struct Shop {
    universe: Universe,
    computers: Vec<Computer>,
}

/// How a step's use cases came to their end.
enum Came {
    ToAnEnd,
    OutOfPower,
    Nowhere,
}

impl Shop {
    /// A window and a command line on one computer, and another computer.
    async fn open(universe: &Universe, room: &Path) -> Result<Self, Unplayed> {
        let mut computers = vec![
            Computer::new(universe, 0, 2, room),
            Computer::new(universe, 1, 1, room),
        ];
        for computer in &mut computers {
            computer.start_all().await?;
        }
        Ok(Self {
            universe: universe.clone(),
            computers,
        })
    }

    fn chance(&self, percent: u64) -> bool {
        self.universe.state().random.chance(percent)
    }

    fn between(&self, low: u64, high: u64) -> u64 {
        self.universe.state().random.between(low, high)
    }

    async fn step(&mut self) -> Result<(), Unplayed> {
        let pause = match self.between(0, 99) {
            0..=69 => self.between(1, 2_000),
            70..=91 => self.between(1, 300_000),
            92..=98 => self.between(1, 2 * 3_600_000),
            _ => self.between(1, 20 * 3_600_000),
        };
        self.universe.wait(pause).await;
        self.universe
            .server()
            .world()
            .set_clock(self.universe.now());
        self.outside()?;
        if self.chance(3) {
            let number = self.place(9).0;
            self.restart(number).await?;
        }
        if self.chance(1) {
            self.cut_at_rest().await?;
        }
        self.work().await
    }

    /// What happens around the desks.
    fn outside(&self) -> Result<(), Unplayed> {
        if self.chance(12) {
            let mut state = self.universe.state();
            state.weather = Weather::next(&mut state.random);
        }
        if self.chance(4) {
            let number = self.place(9).0;
            let span = match self.between(0, 2) {
                0 => self.between(0, 600),
                1 => self.between(0, 86_400),
                _ => self.between(0, 5 * 86_400),
            };
            let ahead = TimeDelta::seconds(i64::try_from(span).unwrap_or(0));
            let ahead = match self.between(0, 2) {
                0 => TimeDelta::zero(),
                1 => ahead,
                _ => -ahead,
            };
            if let Some(computer) = self.computers.get(number)
                && computer.may_jump_to(ahead)
            {
                self.universe.note(|| format!("clock of {number} {ahead}"));
                computer.set_clock(ahead);
            }
        }
        let world = self.universe.server().world();
        if self.chance(25) {
            let (kkm, sum) = (self.register(), self.between(100, 900_000));
            // A till without an open shift sells nothing.
            let _ = world.sell(kkm, i64::try_from(sum).unwrap_or(100));
        }
        if self.chance(4) {
            let (kkm, blocked) = (self.register(), self.chance(30));
            self.universe.note(|| format!("{kkm} blocked: {blocked}"));
            world.set_blocked(kkm, blocked)?;
        }
        Ok(())
    }

    fn register(&self) -> i64 {
        let mut state = self.universe.state();
        let registers = self.universe.registers();
        state.random.pick(registers).copied().unwrap_or_default()
    }

    /// A computer and a process on it, another one than `not`.
    fn place(&self, not: usize) -> (usize, usize) {
        let places = [(0, 0), (0, 1), (1, 0)];
        let mut state = self.universe.state();
        loop {
            let drawn = state
                .random
                .pick(&[0usize, 0, 1, 1, 2])
                .copied()
                .unwrap_or(0);
            if drawn != not
                && let Some(place) = places.get(drawn)
            {
                return *place;
            }
        }
    }

    async fn restart(&mut self, number: usize) -> Result<(), Unplayed> {
        self.universe.note(|| format!("restart of {number}"));
        if let Some(computer) = self.computers.get_mut(number) {
            computer.start_all().await?;
        }
        Ok(())
    }

    async fn cut_at_rest(&mut self) -> Result<(), Unplayed> {
        let number = self.place(9).0;
        if let Some(computer) = self.computers.get(number) {
            copy_disk(&computer.disk(), &computer.next_disk())?;
        }
        self.lose_power(number).await
    }

    async fn lose_power(&mut self, number: usize) -> Result<(), Unplayed> {
        self.universe.note(|| format!("power cut of {number}"));
        if let Some(computer) = self.computers.get_mut(number) {
            computer.lose_power();
            computer.start_all().await?;
        }
        Ok(())
    }

    /// One use case, or two at once.
    async fn work(&mut self) -> Result<(), Unplayed> {
        let places = [(0, 0), (0, 1), (1, 0)];
        let first = self.place(9);
        let index = places.iter().position(|it| *it == first).unwrap_or(9);
        let two = self.chance(35);
        let kkm = self.register();
        let other = if self.chance(70) {
            kkm
        } else {
            self.register()
        };
        let mut plans = vec![(first, self.action(kkm))];
        if two {
            plans.push((self.place(index), self.action(other)));
        }
        let victim = if self.chance(6) {
            self.plan_cut(first.0)
        } else {
            None
        };
        let leaves = self.chance(7).then(|| self.between(1, 6_000));
        let came = {
            let work = self.all(&plans);
            tokio::pin!(work);
            let leaving = async {
                match leaves {
                    Some(after) => self.universe.wait(after).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                () = self.universe.power().notified() => Came::OutOfPower,
                () = leaving => Came::Nowhere,
                () = &mut work => Came::ToAnEnd,
            }
        };
        self.universe.state().cut = None;
        match (came, victim) {
            (Came::OutOfPower, Some(number)) => self.lose_power(number).await,
            (Came::Nowhere, _) => {
                self.universe.note(|| "left".to_owned());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn action(&self, kkm: i64) -> Action {
        let now = self.universe.now();
        Action::draw(&mut self.universe.state().random, kkm, now)
    }

    fn plan_cut(&self, number: usize) -> Option<usize> {
        let computer = self.computers.get(number)?;
        let (from, to): (PathBuf, PathBuf) = (computer.disk(), computer.next_disk());
        let mut state = self.universe.state();
        let after = state.random.between(0, 9);
        state.cut = Some(Cut {
            computer: number,
            after,
            from,
            to,
        });
        Some(number)
    }

    async fn all(&self, plans: &[((usize, usize), Action)]) {
        let alone = plans.len() == 1;
        match plans {
            [one] => self.one(one, alone).await,
            [one, two] => {
                tokio::join!(self.one(one, alone), self.one(two, alone));
            }
            _ => {}
        }
    }

    async fn one(&self, (place, action): &((usize, usize), Action), alone: bool) {
        let computer = self.computers.get(place.0);
        let process = computer.and_then(|computer| computer.processes.get(place.1));
        let Some(process) = process else { return };
        let Some(desk) = &process.desk else { return };
        let call = {
            let mut state = self.universe.state();
            state.calls.push(Call {
                act: action.act(),
                told: Told::Nothing,
                performed: Vec::new(),
            });
            state.calls.len() - 1
        };
        process.link.begin(call);
        self.universe.note(|| format!("{place:?} {action:?}"));
        let end = action.at(desk).await;
        self.universe.note(|| format!("{place:?} {end:?}"));
        verdict::judge(&self.universe, place.0, call, action, &end, alone);
    }

    /// Link and clocks are put right, everything is given time, and what can be settled is settled.
    async fn close(&mut self) -> Result<(), Unplayed> {
        self.universe.note(|| "the end".to_owned());
        self.universe.state().weather = Weather::Fair;
        let world = self.universe.server().world();
        for kkm in self.universe.registers() {
            world.set_blocked(*kkm, false)?;
        }
        for computer in &mut self.computers {
            computer.set_clock(TimeDelta::zero());
        }
        self.universe.wait(3_600_000).await;
        for computer in &mut self.computers {
            // What is done from here on is done for nobody's call.
            for process in &computer.processes {
                process.link.begin(usize::MAX);
            }
            computer.start_all().await?;
        }
        for _ in 0..2 {
            // Longer than anything can be late.
            self.universe.wait(120_000).await;
            for computer in &self.computers {
                for desk in computer.processes.iter().filter_map(|it| it.desk.as_ref()) {
                    let unresolved = desk.recover(None).await?;
                    for row in unresolved {
                        let (number, state) = (row.number, row.state);
                        self.universe
                            .note(|| format!("recovered {number}: {state}"));
                    }
                    let waiting = desk.replay(None, true).await?;
                    for row in waiting {
                        let (number, state) = (row.number, row.state);
                        self.universe.note(|| format!("replayed {number}: {state}"));
                    }
                }
            }
        }
        for computer in &self.computers {
            if let Some(desk) = computer.processes.first().and_then(|it| it.desk.as_ref()) {
                ending::judge(&self.universe, computer.number, desk)?;
            }
        }
        Ok(())
    }
}
