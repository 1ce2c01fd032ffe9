//! A computer: its disk, its clock, and the processes that run on it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use operations::{Clock, Desk, DeskConfig, Keeping, Lang, Outside, Scope, Timeouts, Trouble};
use sandbox::{FIRST_LOGIN, PASSWORD, SECOND_LOGIN};
use secrecy::SecretString;
use store::{Only, OperationFilter, Store};

use crate::fate::Weather;
use crate::link::Link;
use crate::universe::{SERVER, Universe};

/// One running program, the window or the command line.
pub(crate) struct Process {
    /// `None` while it is not running.
    pub(crate) desk: Option<Desk>,
    pub(crate) link: Link,
}

/// One computer of the shop.
pub(crate) struct Computer {
    pub(crate) number: usize,
    universe: Universe,
    room: PathBuf,
    /// How often the power was cut: each time the disk is another folder.
    cuts: u64,
    /// Its clock minus the true time, milliseconds.
    ahead: Arc<AtomicI64>,
    pub(crate) processes: Vec<Process>,
}

impl Computer {
    pub(crate) fn new(universe: &Universe, number: usize, processes: usize, room: &Path) -> Self {
        Self {
            number,
            universe: universe.clone(),
            room: room.to_path_buf(),
            cuts: 0,
            ahead: Arc::default(),
            processes: (0..processes)
                .map(|_| Process {
                    desk: None,
                    link: Link::new(universe.clone(), number),
                })
                .collect(),
        }
    }

    /// Its data folder.
    pub(crate) fn disk(&self) -> PathBuf {
        self.folder(self.cuts)
    }

    /// Its data folder after the next power cut.
    pub(crate) fn next_disk(&self) -> PathBuf {
        self.folder(self.cuts + 1)
    }

    fn folder(&self, cuts: u64) -> PathBuf {
        self.room.join(format!("{}-{cuts}", self.number))
    }

    /// Whether its clock may be set so. One that is set forward while an outcome is unknown makes a request that is still at
    /// work look like one of long ago; that is a known gap of the program, and not played.
    pub(crate) fn may_jump_to(&self, ahead: TimeDelta) -> bool {
        let witness = self.universe.state().witnesses.get(&self.number).cloned();
        let unfinished = OperationFilter {
            only: Some(Only::Unfinished),
            ..OperationFilter::default()
        };
        let rows = witness.and_then(|witness| witness.operations(&unfinished).ok());
        ahead.num_milliseconds() <= self.ahead.load(Ordering::Relaxed)
            || rows.is_some_and(|rows| rows.is_empty())
    }

    /// Sets its clock so much ahead of the true time.
    pub(crate) fn set_clock(&self, ahead: TimeDelta) {
        self.ahead
            .store(ahead.num_milliseconds(), Ordering::Relaxed);
    }

    /// Starts a program and signs both users in, which a link in order lets through.
    pub(crate) async fn start(&mut self, place: usize) -> Result<(), Trouble> {
        let disk = self.disk();
        let Some(process) = self.processes.get_mut(place) else {
            return Ok(());
        };
        process.desk = None;
        if !self.universe.state().witnesses.contains_key(&self.number) {
            let witness = Store::open(&disk)?;
            self.universe.state().witnesses.insert(self.number, witness);
        }
        let (universe, ahead) = (self.universe.clone(), Arc::clone(&self.ahead));
        let clock = Clock::new(move || {
            universe.now() + TimeDelta::milliseconds(ahead.load(Ordering::Relaxed))
        });
        let desk = Desk::open(DeskConfig {
            data_dir: disk,
            training: false,
            keeping: Keeping::Session,
            scope: Scope::default(),
            timeouts: Timeouts {
                late: Duration::from_secs(60),
                ..Timeouts::default()
            },
            outside: Outside {
                clock,
                transport: Some(Arc::new(process.link.clone())),
                ..Outside::default()
            },
            lang: Some(Lang::Ru),
        })?;
        let weather = std::mem::replace(&mut self.universe.state().weather, Weather::Fair);
        for login in [FIRST_LOGIN, SECOND_LOGIN] {
            desk.sign_in(SERVER, login, SecretString::from(PASSWORD), false)
                .await?;
        }
        self.universe.state().weather = weather;
        process.desk = Some(desk);
        Ok(())
    }

    /// Starts every program anew.
    pub(crate) async fn start_all(&mut self) -> Result<(), Trouble> {
        for place in 0..self.processes.len() {
            self.start(place).await?;
        }
        Ok(())
    }

    /// The power is gone: nothing of what ran is left, and the disk is the copy that was made of it.
    pub(crate) fn lose_power(&mut self) {
        for process in &mut self.processes {
            process.desk = None;
        }
        let witness = self.universe.state().witnesses.remove(&self.number);
        drop(witness);
        let old = self.disk();
        self.cuts += 1;
        // What is left of it lies in the room, which is removed as a whole.
        let _ = fs::remove_dir_all(old);
    }
}

/// Copies a database as it stands on the disk at this moment: the file and its log, without the index that SQLite keeps in
/// memory.
pub(crate) fn copy_disk(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for name in ["smena.db", "smena.db-wal"] {
        let file = from.join(name);
        if file.exists() {
            fs::copy(&file, to.join(name))?;
        }
    }
    Ok(())
}
