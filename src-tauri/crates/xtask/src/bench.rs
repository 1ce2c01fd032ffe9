//! Benchmarks: figures to look at and to compare within one run, never a test.

use crate::process::{Done, cargo, show};
use crate::setup::{self, Chore};

/// Reading answers, and a board of a thousand registers beside a bare loop.
pub(crate) fn wire() -> Done {
    setup::prepare(&[Chore::Build])?;
    show(&mut cargo(&[
        "bench",
        "--package",
        "kkm-api",
        "--bench",
        "reading",
    ]))?;
    show(&mut cargo(&[
        "bench",
        "--package",
        "operations",
        "--bench",
        "board",
    ]))
}

/// The journal beside the bare disk, and an archive of a million reports: built once, in about a minute and 6 GB.
pub(crate) fn store() -> Done {
    setup::prepare(&[Chore::Build])?;
    show(&mut cargo(&[
        "bench",
        "--package",
        "store",
        "--features",
        "bulk",
        "--bench",
        "journal",
        "--bench",
        "archive",
    ]))
}
