//! `simulate --seed N --steps N`: plays and tells; `--episode N` plays that one alone and tells every step of it.

use std::process::ExitCode;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

const USAGE: &str = "simulate [--seed N] [--steps N] [--episode N]";
/// Steps without `--steps`.
const STEPS: u64 = 1_000_000;

fn main() -> ExitCode {
    let (mut seed, mut steps, mut episode) = (None, STEPS, None);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let number = words.next().and_then(|number| number.parse().ok());
        match (word.as_str(), number) {
            ("--seed", Some(number)) => seed = Some(number),
            ("--steps", Some(number)) => steps = number,
            ("--episode", Some(number)) => episode = Some(number),
            _ => {
                eprintln!("{USAGE}");
                return ExitCode::from(2);
            }
        }
    }
    let seed = seed.unwrap_or_else(by_the_clock);
    match episode {
        Some(episode) => tell(seed, episode),
        None => play(seed, steps),
    }
}

fn by_the_clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(1, |since| since.as_secs())
}

fn play(seed: u64, steps: u64) -> ExitCode {
    println!("seed {seed}, {steps} steps");
    let began = Instant::now();
    let run = match simulation::run(seed, steps) {
        Ok(run) => run,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let seconds = began.elapsed().as_secs().max(1);
    println!(
        "{} steps, {} requests, {} shifts closed, {} steps/s, trace {:016x}",
        run.steps,
        run.requests,
        run.closed,
        run.steps / seconds,
        run.trace
    );
    match run.broken {
        None => ExitCode::SUCCESS,
        Some((episode, step, promise)) => {
            eprintln!("BROKEN in seed {seed}, episode {episode}, step {step}: {promise}");
            eprintln!("again: cargo xtask simulate --seed {seed} --episode {episode}");
            ExitCode::FAILURE
        }
    }
}

fn tell(seed: u64, episode: u64) -> ExitCode {
    match simulation::play(seed, episode, simulation::STEPS, true) {
        Ok(played) => {
            for line in &played.lines {
                println!("{line}");
            }
            println!(
                "seed {seed}, episode {episode}, trace {:016x}",
                played.trace
            );
            match played.broken {
                None => ExitCode::SUCCESS,
                Some((step, promise)) => {
                    eprintln!("BROKEN at step {step}: {promise}");
                    ExitCode::FAILURE
                }
            }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
