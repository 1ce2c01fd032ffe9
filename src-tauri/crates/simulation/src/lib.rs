//! Seeded evenings in virtual time. Several registers, two users, two computers; links that come and go in each direction,
//! windows that are closed in the middle, power cuts, clocks that jump. Everything is real but the network and the time:
//! real desks on real databases speak to the sandbox's own router. A judge watches every request and every outcome.
//!
//! The same seed tells the same story, so that whatever is found can be found again.

mod action;
mod computer;
mod episode;
mod fate;
mod judge;
mod link;
mod random;
mod universe;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

pub use episode::{Played, STEPS, Unplayed, play};

/// What a run came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// Steps taken.
    pub steps: u64,
    /// Requests that left a desk.
    pub requests: u64,
    /// Shifts that were closed.
    pub closed: u64,
    /// The hash of all traces.
    pub trace: u64,
    /// The first broken promise: the episode, the step in it, and the promise.
    pub broken: Option<(u64, u64, String)>,
}

/// Plays so many steps in episodes, on all cores. A broken promise ends it.
///
/// # Errors
/// When this computer cannot: the temporary folder fails.
pub fn run(seed: u64, steps: u64) -> Result<Run, Unplayed> {
    let episodes = steps.div_ceil(STEPS);
    let (next, over) = (AtomicU64::new(0), AtomicBool::new(false));
    let played = Mutex::new(Vec::new());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    let episode = next.fetch_add(1, Ordering::Relaxed);
                    if episode >= episodes {
                        return;
                    }
                    let outcome = play(seed, episode, STEPS.min(steps - episode * STEPS), false);
                    if !outcome.as_ref().is_ok_and(|it| it.broken.is_none()) {
                        over.store(true, Ordering::Relaxed);
                    }
                    let mut played = played.lock().unwrap_or_else(PoisonError::into_inner);
                    played.push((episode, outcome));
                }
            });
        }
    });
    let mut played = played.into_inner().unwrap_or_else(PoisonError::into_inner);
    played.sort_by_key(|(episode, _)| *episode);
    let (mut run, mut trace) = (Run::default(), DefaultHasher::new());
    for (episode, outcome) in played {
        let outcome = outcome?;
        run.steps += STEPS.min(steps - episode * STEPS);
        run.requests += outcome.requests;
        run.closed += outcome.closed;
        outcome.trace.hash(&mut trace);
        if let (None, Some((step, promise))) = (&run.broken, outcome.broken) {
            run.broken = Some((episode, step, promise));
        }
    }
    run.trace = trace.finish();
    Ok(run)
}
