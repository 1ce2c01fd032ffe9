//! When the server performed something: a shift is closed once, and by nobody who said that it did not.

use operations::{Parcel, Reply};
use sandbox::{Act, Entry};

use super::departure::Departure;
use crate::universe::{Told, Universe};

/// Has the server perform a request, and judges what it did.
pub(crate) async fn judge(
    universe: &Universe,
    computer: usize,
    call: usize,
    parcel: Parcel,
) -> Reply {
    let departure = Departure::of(&parcel);
    let world = universe.server().world();
    world.set_clock(universe.now());
    let before = match departure {
        Departure::Harmless => None,
        _ => world.ledger().ok().map(|ledger| ledger.len()),
    };
    let answered = universe
        .server()
        .answer(&parcel.method, &parcel.path, &parcel.headers, parcel.body)
        .await;
    if let (Some(before), Ok(ledger)) = (before, world.ledger()) {
        for entry in ledger.get(before..).unwrap_or_default() {
            record(universe, computer, call, &departure, entry);
        }
        for entry in ledger.get(before..).unwrap_or_default() {
            let is_same = |it: &&Entry| it.act == Act::Closed && it.shift == entry.shift;
            if entry.act == Act::Closed && ledger.iter().filter(is_same).count() > 1 {
                universe.broken(format!(
                    "never twice: shift {} is closed again",
                    entry.shift
                ));
            }
        }
    }
    let status = answered.status;
    universe.note(|| format!("    {computer} {} -> {status}", parcel.path));
    Reply {
        status: answered.status,
        headers: answered.headers,
        body: answered.body,
    }
}

fn record(universe: &Universe, computer: usize, call: usize, departure: &Departure, entry: &Entry) {
    let mut state = universe.state();
    state.performed.push((computer, entry.clone()));
    if let Departure::Open {
        date: Some(date), ..
    }
    | Departure::Z {
        date: Some(date), ..
    } = departure
    {
        state.dates.insert((computer, entry.kkm), *date);
    }
    let Some(call) = state.calls.get_mut(call) else {
        return;
    };
    call.performed.push(entry.clone());
    let untrue = call.told == Told::NotDone && call.act == Some(entry.act);
    drop(state);
    universe.note(|| {
        format!(
            "    performed {:?} of {} on {}",
            entry.act, entry.shift, entry.kkm
        )
    });
    if untrue {
        universe.broken(format!(
            "told truly: {entry:?} came of a use case that said it was not done"
        ));
    }
}
