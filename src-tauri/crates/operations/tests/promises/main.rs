//! The promises of the use cases, against the real sandbox over real sockets and a real SQLite file.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod accounts;
mod archive;
mod autonomous;
mod backup;
mod closing;
mod evening;
mod locked;
mod opening;
mod printing;
mod schedule;
mod shop;
mod support;
mod watch;
