//! The promises of the store, each held by a test with its name, on real SQLite files.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod archive;
mod backup;
mod crash;
mod damage;
mod folder;
mod journal;
mod lists;
mod outbox;
mod prints;
mod restore;
mod samples;
mod schedules;
#[cfg(target_os = "linux")]
mod secret_service;
mod sightings;
#[cfg(unix)]
mod support;
mod torn_log;
mod unusable;
mod vault;
mod zs;
