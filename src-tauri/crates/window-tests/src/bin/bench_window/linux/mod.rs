//! Measures, and prints what it measured.

mod page;
mod start;

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, io};

use window_tests::{Engine, Played};

pub(super) async fn main() -> ExitCode {
    let Some(empty) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: bench-window THE-EMPTY-PROGRAM");
        return ExitCode::from(2);
    };
    match measure(&empty).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(empty: &std::path::Path) -> Played<()> {
    start::side_by_side(empty, &mut io::stdout()).await?;
    for engine in [Engine::WebKit, Engine::Chromium] {
        page::measure(engine, &mut io::stdout()).await?;
    }
    Ok(())
}

/// The middle one and the largest, of figures that there are.
fn middle_and_most(mut figures: Vec<u64>) -> (u64, u64) {
    figures.sort_unstable();
    let middle = figures.get(figures.len() / 2).copied().unwrap_or(0);
    (middle, figures.last().copied().unwrap_or(0))
}

/// How many times `one` is `other`, for example `1.27`.
fn times(one: u64, other: u64) -> String {
    let hundredths = one * 100 / other.max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
