//! Places at which a test kills the program, and what else a test build can be told by its environment. Without the
//! feature `on`, which only tests turn on, everything here is empty and costs nothing.
//!
//! | variable | what it does |
//! |---|---|
//! | `SMENA_TEST_DIE_AT` | `NAME#N`: the process kills itself (SIGKILL) when it comes to this place for the Nth time |
//! | `SMENA_TEST_PLACES` | a file to which every place is added as `NAME#N` when it is reached |
//! | `SMENA_TEST_LATE_MS` | how long a lost request may still be at work on the server, in milliseconds |
//! | `SMENA_TEST_KEY_KIB` | how much memory deriving a new key from a passphrase takes, in KiB |

use std::time::Duration;

#[cfg(feature = "on")]
mod on;

/// A place at which the program can die. `name` says what has just happened or is about to.
#[inline]
pub fn reached(name: &'static str) {
    #[cfg(feature = "on")]
    on::reached(name);
    #[cfg(not(feature = "on"))]
    let _ = name;
}

/// How long a lost request may still be at work on the server: `released`, unless a test is less patient.
#[inline]
pub fn late(released: Duration) -> Duration {
    #[cfg(feature = "on")]
    if let Some(milliseconds) = on::number("SMENA_TEST_LATE_MS") {
        return Duration::from_millis(milliseconds.into());
    }
    released
}

/// The memory that deriving a key takes, in KiB: `released`, unless a test is in a hurry.
#[inline]
pub fn key_kib(released: u32) -> u32 {
    #[cfg(feature = "on")]
    if let Some(kib) = on::number("SMENA_TEST_KEY_KIB") {
        return kib;
    }
    released
}
