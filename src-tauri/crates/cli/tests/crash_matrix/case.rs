//! One combination: what is done, what goes wrong, and where the program dies.

use std::fmt;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;

use crate::judge;
use crate::lane::{Lane, told};
use crate::scenarios::SCENARIOS;

/// What goes wrong with the request that matters: everything the sandbox can do.
const FAULTS: &[&str] = &[
    "",
    "refuse",
    "reset-before",
    "reset-after",
    "delay:5",
    "delay-before:5",
    "drip:1",
    "status:500",
    "status-after:500",
    "status:403",
    "envelope:403",
    "envelope-after:500",
    "html",
    "html-after",
    "truncate",
    "garbage",
    "401",
    "401-after",
    "449",
    "449-after",
    "452",
    "452-after",
    "write:spelling",
    "write:sections=list",
];

const SIGKILL: i32 = 9;

/// A combination.
pub(crate) struct Case {
    scenario: usize,
    fault: &'static str,
    place: String,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = SCENARIOS[self.scenario].name;
        write!(f, "{name}, fault `{}`, dies at {}", self.fault, self.place)
    }
}

/// Every combination whose scenario and fault are this lane's to look at.
pub(crate) fn all(lane: &Lane, nth: usize, of: usize) -> Vec<Case> {
    let mut cases = Vec::new();
    let pairs = (0..SCENARIOS.len())
        .flat_map(|scenario| FAULTS.iter().map(move |fault| (scenario, *fault)));
    // Restoring sends nothing: what goes wrong with the server is nothing to it.
    let concerned =
        |pair: &(usize, &'static str)| SCENARIOS[pair.0].name != "restore" || pair.1.is_empty();
    // The API's word is that 401 does nothing, so the same request is sent again under a new token. A server that takes an X
    // and then says 401 has two of them by its own word; they reset nothing.
    let honest =
        |pair: &(usize, &'static str)| SCENARIOS[pair.0].name != "x" || pair.1 != "401-after";
    for (scenario, fault) in pairs.filter(concerned).filter(honest).skip(nth).step_by(of) {
        for place in places(lane, scenario, fault) {
            cases.push(Case {
                scenario,
                fault,
                place,
            });
        }
    }
    cases
}

/// The places a scenario comes by under a fault.
fn places(lane: &Lane, scenario: usize, fault: &str) -> Vec<String> {
    let folder = lane.begin(scenario);
    spoil(lane, scenario, fault);
    let list = lane.beside("places");
    let _ = fs::remove_file(&list);
    lane.run(
        &folder,
        SCENARIOS[scenario].words,
        &[("SMENA_TEST_PLACES", &list)],
    );
    let places = fs::read_to_string(&list).unwrap();
    places.lines().map(ToOwned::to_owned).collect()
}

fn spoil(lane: &Lane, scenario: usize, fault: &str) {
    if fault.is_empty() {
        lane.faults(&[]);
    } else {
        lane.faults(&[&format!("{} 1 {fault}", SCENARIOS[scenario].request)]);
    }
}

impl Case {
    /// Dies, recovers, and is judged. Says whether it died.
    pub(crate) fn try_on(&self, lane: &Lane) -> Result<bool, String> {
        let scenario = &SCENARIOS[self.scenario];
        let folder = lane.begin(self.scenario);
        let before = lane.world.ledger().unwrap().len();
        spoil(lane, self.scenario, self.fault);
        let died = lane.run(
            &folder,
            scenario.words,
            &[("SMENA_TEST_DIE_AT", &self.place)],
        );
        if died.status.signal() != Some(SIGKILL) {
            // Requests repeated after a pause with some chance in it may be one less.
            return Ok(false);
        }
        lane.faults(&[]);
        for words in [&["recover"][..], &["outbox", "replay"]] {
            let settled = lane.run(&folder, words, &[]);
            // A queue that the server refused waits for a person, who tries again.
            if settled.status.code() == Some(1) && words[0] == "outbox" {
                let again = lane.run(&folder, &["outbox", "replay", "--kkm", "77505"], &[]);
                judge::ended(&again)?;
            } else {
                judge::ended(&settled)?;
            }
        }
        judge::all(lane, &folder, before)?;
        // The manager looks, and does it if it is still to be done: now it must go through, and only once.
        if let Some(words) = scenario.again {
            let again = lane.run(&folder, words, &[]);
            match again.status.code() {
                Some(0) => {}
                // It was done already.
                Some(1) => judge::says_it_is_done(&again)?,
                code => return Err(format!("again: {code:?}\n{}", told(&again))),
            }
            judge::all(lane, &folder, before)?;
        }
        Ok(true)
    }
}
