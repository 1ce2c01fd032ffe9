//! What is done, and how it comes to be begun.

use std::path::Path;

use crate::lane::Lane;

const KKM: &str = "77505";

/// An operation to be killed in.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    /// Brings a signed-in data folder to where the operation begins.
    pub(crate) prepare: fn(&Lane, &Path),
    pub(crate) words: &'static [&'static str],
    /// The request that matters, as a fault rule names it.
    pub(crate) request: &'static str,
    /// What the manager does in the end, if the shift is still as it was.
    pub(crate) again: Option<&'static [&'static str]>,
}

const OPEN: &[&str] = &["shift", "open", "--kkm", KKM];
const CLOSE: &[&str] = &[
    "shift",
    "close",
    "--kkm",
    KKM,
    "--x-first",
    "--counted",
    "50000",
    "--reason",
    "размен",
];
const OPENING: &str = "POST /shifts";
const CLOSING: &str = r"POST /shifts/\d+/z";

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "open",
        prepare: |_, _| {},
        words: OPEN,
        request: OPENING,
        again: Some(OPEN),
    },
    Scenario {
        name: "x",
        prepare: opened,
        words: &["report", "x", "--kkm", KKM],
        request: r"GET /shifts/\d+/x",
        again: None,
    },
    Scenario {
        name: "sections",
        prepare: opened,
        words: &["report", "sections", "--kkm", KKM],
        request: r"GET /shifts/\d+/sections/reports",
        again: None,
    },
    Scenario {
        name: "z",
        prepare: opened,
        words: CLOSE,
        request: CLOSING,
        again: Some(CLOSE),
    },
    Scenario {
        name: "recover-open",
        prepare: |lane, folder| {
            // Done, and then nothing can be read.
            lane.faults(&["POST /shifts 1 reset-after", r"GET /kkms/\d+ 2+ status:404"]);
            lane.expect(folder, OPEN, 3);
        },
        words: &["recover"],
        request: r"GET /uid/\d+",
        again: Some(OPEN),
    },
    Scenario {
        name: "recover-z-done",
        prepare: |lane, folder| {
            closed_in_doubt(lane, folder, r"POST /shifts/\d+/z 1 reset-after");
        },
        words: &["recover"],
        request: CLOSING,
        again: Some(CLOSE),
    },
    Scenario {
        name: "recover-z-lost",
        prepare: |lane, folder| {
            closed_in_doubt(lane, folder, r"POST /shifts/\d+/z 1 reset-before");
        },
        words: &["recover"],
        request: CLOSING,
        again: Some(CLOSE),
    },
    Scenario {
        name: "replay-open",
        prepare: queued,
        words: &["outbox", "replay"],
        request: OPENING,
        again: Some(CLOSE),
    },
    Scenario {
        name: "replay-z",
        prepare: queued,
        words: &["outbox", "replay"],
        request: CLOSING,
        again: Some(CLOSE),
    },
    Scenario {
        name: "restore",
        prepare: |lane, folder| {
            // The copy knows of a closing whose end was unknown then; it has been settled since.
            closed_in_doubt(lane, folder, r"POST /shifts/\d+/z 1 reset-after");
            lane.expect(folder, &["backup", "copy.db", "--force"], 0);
            lane.faults(&[]);
            lane.expect(folder, &["recover"], 0);
        },
        words: &["restore", "copy.db", "--force"],
        request: CLOSING,
        again: Some(CLOSE),
    },
];

fn opened(lane: &Lane, folder: &Path) {
    lane.expect(folder, OPEN, 0);
    lane.world.sell(77505, 150_000).unwrap();
}

/// A closing whose answer gets lost by `fault`, with the shift unreadable after it.
fn closed_in_doubt(lane: &Lane, folder: &Path, fault: &str) {
    opened(lane, folder);
    lane.faults(&[fault, r"GET /shifts/\d+ 3+ status:404"]);
    lane.expect(folder, CLOSE, 3);
}

/// An opening and a closing that wait for the link.
fn queued(lane: &Lane, folder: &Path) {
    lane.expect(
        folder,
        &["autonomous", "on", "--kkm", KKM, "--i-have-a-licence"],
        0,
    );
    lane.faults(&["* .* * refuse"]);
    lane.expect(folder, &["shift", "open", "--kkm", KKM, "--autonomous"], 8);
    lane.expect(folder, &["shift", "close", "--kkm", KKM, "--autonomous"], 8);
}
