//! The command line as a script meets it: the real program, a real server, a data folder of its own.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod accounts;
mod archive;
mod backup;
#[cfg(target_os = "linux")]
mod bad_disk;
mod bad_input;
mod day;
#[cfg(target_os = "linux")]
mod disk;
mod export;
mod language;
mod paper;
#[cfg(unix)]
mod print_killed;
mod print_queue;
#[cfg(target_os = "linux")]
mod print_system;
#[cfg(unix)]
mod queue;
mod restore_killed;
mod secrets;
mod settings;
mod shop;
mod support;
mod training_turns;
mod two_at_once;
mod wording;
