//! What a test build does at its places.

use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

static COUNTS: LazyLock<Mutex<HashMap<&'static str, u32>>> = LazyLock::new(Mutex::default);

pub(crate) fn reached(name: &'static str) {
    let nth = {
        let mut counts = COUNTS.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(name).or_default();
        *count = count.saturating_add(1);
        *count
    };
    let place = format!("{name}#{nth}");
    if let Some(file) = std::env::var_os("SMENA_TEST_PLACES") {
        let file = OpenOptions::new().append(true).create(true).open(file);
        if let Ok(mut file) = file {
            // Who asked for the list misses the place, and will see that.
            let _ = writeln!(file, "{place}");
        }
    }
    if std::env::var("SMENA_TEST_DIE_AT").is_ok_and(|at| at == place) {
        die();
    }
}

pub(crate) fn number(variable: &str) -> Option<u32> {
    std::env::var(variable).ok()?.parse().ok()
}

#[cfg(unix)]
fn die() {
    let _killed =
        rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    // The signal may take a moment; nothing more is to happen until then.
    loop {
        std::thread::park();
    }
}

#[cfg(not(unix))]
fn die() {
    std::process::abort();
}
