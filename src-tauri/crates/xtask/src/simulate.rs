//! The simulation: seeded evenings in virtual time, with a judge (`crates/simulation`).

use crate::process::{Done, cargo, show};
use crate::setup::{self, Chore};

/// The seed of the test run; a fresh one is drawn for whoever runs it by hand.
const SEED: &str = "20261124";
/// Steps of the test run.
const STEPS: &str = "100000";

/// Plays with these arguments: `--seed N`, `--steps N`, `--episode N`. Without any, the whole crash matrix comes first.
pub(crate) fn simulate(arguments: &[&str]) -> Done {
    setup::prepare(&[Chore::Build])?;
    if arguments.is_empty() {
        let matrix = ["test", "--package", "cli", "--test", "crash_matrix"];
        let mut matrix = cargo(&matrix);
        matrix.args(["--", "--nocapture"]);
        show(matrix.env("SMENA_CRASH_MATRIX", "full"))?;
    }
    play(arguments)
}

/// Plays what every test run plays.
pub(crate) fn of_test() -> Done {
    play(&["--seed", SEED, "--steps", STEPS])
}

fn play(arguments: &[&str]) -> Done {
    let program = ["run", "--quiet", "--release", "--package", "simulation"];
    let mut play = cargo(&program);
    play.args(["--bin", "simulate", "--"]).args(arguments);
    show(&mut play)
}
