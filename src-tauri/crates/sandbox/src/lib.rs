//! A real HTTP server on a loopback port that behaves like the Kassa24 / Fiscal24 API.
//!
//! It serves training and tests: a seeded company with registers, sales that arrive during a shift, the exactly-once
//! protocol of the key `Uid`, the specification's error texts, and faults on demand. It is written from the
//! specification alone and shares no parsing or serialising code with the client, so that a mistake in one of the two
//! is seen by the other. Amounts are whole tiyn inside and decimals on the wire.

mod access;
mod clock;
mod config;
mod dialect;
mod document;
mod drip;
mod envelope;
mod error;
mod faults;
mod handle;
mod in_memory;
mod json;
mod ledger;
mod lifecycle;
mod line;
mod pattern;
mod random;
mod render;
mod reports;
mod routes;
mod sales;
mod seed;
mod server;
mod shifts;
mod state_file;
mod sums;
mod training;
mod world;

pub use clock::Clock;
pub use config::{Config, FIRST_LOGIN, PASSWORD, SECOND_LOGIN};
pub use document::Kind;
pub use error::SandboxError;
pub use faults::{ACTIONS, FaultRule, FaultRuleError};
pub use handle::{Snapshot, WorldHandle};
pub use in_memory::{Answered, InMemory};
pub use ledger::{Act, Entry, Request};
pub use seed::{BLOCKED_REGISTER, MORE_REGISTERS, REGISTERS, SECTION_EXEMPT, SECTION_VAT};
pub use server::Sandbox;
