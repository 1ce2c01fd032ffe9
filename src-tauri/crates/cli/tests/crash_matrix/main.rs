//! The program is killed with SIGKILL at every place of every operation, under every fault of the server, then started
//! again and told to recover. What the server really did is the judge: nothing twice, nothing lost, nothing left open.
//!
//! Every combination is (what is done, what goes wrong, where it dies). Which places there are is found by running once
//! without dying. `SMENA_CRASH_MATRIX=full` tries all of them, else every [`SHORT`]th.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(unix)]

mod case;
mod judge;
mod lane;
mod scenarios;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::case::Case;
use crate::lane::Lane;

/// Of so many combinations one is tried in the short run.
const SHORT: usize = 12;
/// So many run at once: much of a case is waiting for a pause to be over.
const LANES: u64 = 4;
/// The full run tries at least so many.
const AT_LEAST: usize = 2_000;

#[test]
fn whatever_dies_wherever_nothing_is_done_twice_and_nothing_is_lost() {
    let full = std::env::var("SMENA_CRASH_MATRIX").is_ok_and(|how| how == "full");
    let lanes: Vec<Lane> = (0..LANES).map(Lane::new).collect();
    let cases: Vec<Case> = std::thread::scope(|scope| {
        // Each lane finds the places of every other scenario and fault.
        let of = lanes.len();
        let finders: Vec<_> = lanes
            .iter()
            .enumerate()
            .map(|(nth, lane)| scope.spawn(move || case::all(lane, nth, of)))
            .collect();
        finders
            .into_iter()
            .flat_map(|it| it.join().unwrap())
            .collect()
    });
    let step = if full { 1 } else { SHORT };
    let chosen: Vec<&Case> = cases.iter().step_by(step).collect();
    let next = AtomicUsize::new(0);
    let died = AtomicUsize::new(0);
    let faults = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for lane in &lanes {
            scope.spawn(|| {
                while let Some(case) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match case.try_on(lane) {
                        Ok(killed) => {
                            died.fetch_add(usize::from(killed), Ordering::Relaxed);
                        }
                        Err(fault) => {
                            let mut faults = faults.lock().unwrap_or_else(PoisonError::into_inner);
                            faults.push(format!("{case}: {fault}"));
                        }
                    }
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
    let died = died.into_inner();
    println!(
        "{died} deaths in {} of {} combinations, {} faults",
        chosen.len(),
        cases.len(),
        faults.len()
    );
    // Hardly any place is passed by because a pause with some chance in it was another one.
    assert!(died * 10 > chosen.len() * 9, "only {died} deaths");
    assert!(!full || died >= AT_LEAST, "only {died} deaths");
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
