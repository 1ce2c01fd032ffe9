//! How a sandbox is set up.

use std::path::PathBuf;

use crate::{Clock, FaultRule};

/// The sign-in of the first user, who owns the registers.
pub const FIRST_LOGIN: &str = "77001112233";
/// The sign-in of a second cashier of the same company.
pub const SECOND_LOGIN: &str = "77004445566";
/// The password of both.
pub const PASSWORD: &str = "smena";

/// The set-up of one sandbox. [`Config::default`] is training: any port, no faults, the system's clock.
#[derive(Debug, Clone)]
pub struct Config {
    /// The loopback port; 0 takes a free one.
    pub port: u16,
    /// Decides every amount, key and history of the world. An existing state file keeps its own.
    pub seed: u64,
    /// Where the world outlives the process; `None` keeps it in memory.
    pub state_file: Option<PathBuf>,
    /// What is to go wrong.
    pub faults: Vec<FaultRule>,
    /// Where time comes from.
    pub clock: Clock,
    /// Sales arrive by themselves while a shift is open.
    pub sales_on_open: bool,
    /// Adds a fourth register that is blocked.
    pub blocked_register: bool,
    /// Adds so many registers with one shift of yesterday each, for whoever tries a large company.
    pub more_registers: u16,
    /// The specification's 424: one user has at most one open shift.
    pub one_shift_per_user: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 0,
            seed: 1,
            state_file: None,
            faults: Vec::new(),
            clock: Clock::System,
            sales_on_open: true,
            blocked_register: false,
            more_registers: 0,
            one_shift_per_user: true,
        }
    }
}
