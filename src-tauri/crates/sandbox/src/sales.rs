//! Sales that arrive by themselves while a shift is open: the same seed and shift tell the same day.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    document::{Draft, Kind},
    random::{Random, part},
    seed::{SECTION_EXEMPT, SECTION_VAT},
    world::World,
};

/// So many documents are there as soon as the shift is open.
const AT_ONCE: u64 = 6;
/// A shift has no more than this.
const MOST: u64 = 60;
/// Seconds between two documents, on average.
const PACE: i64 = 660;

/// Lets everything arrive that is due by `now` in the open shifts. Autonomous shifts sell without the server; what they
/// sold is known with their Z-report. Tells whether anything did.
pub(crate) fn arrive(world: &mut World, now: DateTime<Utc>) -> bool {
    let open: Vec<i64> = world
        .shifts
        .iter()
        .filter(|shift| shift.closed.is_none() && !shift.autonomous)
        .map(|shift| shift.id)
        .collect();
    let arrived = open.into_iter().map(|shift| arrive_in(world, shift, now));
    arrived.fold(false, |any, here| any | here)
}

/// The same for one shift.
pub(crate) fn arrive_in(world: &mut World, shift: i64, now: DateTime<Utc>) -> bool {
    let mut any = false;
    while let Some((kkm, draft, at)) = due(world, shift, now) {
        if world.enter(kkm, draft, at).is_none() {
            break;
        }
        any = true;
        if let Some(shift) = world.shift_mut(shift) {
            shift.arrived += 1;
        }
    }
    any
}

fn due(world: &World, shift: i64, now: DateTime<Utc>) -> Option<(i64, Draft, DateTime<Utc>)> {
    let shift = world.shift(shift)?;
    let number = shift.arrived;
    if number >= MOST {
        return None;
    }
    let mut random = Random::of([world.seed, part(shift.id), number]);
    let later = i64::try_from((number + 1).saturating_sub(AT_ONCE)).ok()?;
    let jitter = random.between(0, PACE - 60);
    let at = match later {
        0 => shift.opened,
        _ => shift.opened + TimeDelta::seconds(later * PACE - jitter),
    };
    let cash = world.kkm(shift.kkm)?.cash;
    (at <= now).then(|| (shift.kkm, draft(number, cash, &mut random), at))
}

/// The document number `number` of a shift, never taking more from the drawer than is in it.
fn draft(number: u64, cash: i64, random: &mut Random) -> Draft {
    let section = if random.between(1, 4) == 1 {
        SECTION_EXEMPT
    } else {
        SECTION_VAT
    };
    let affordable = |most: i64| most.min(cash / 4).max(100);
    let drawer_is_full = cash > 30_000_000;
    match (number, random.between(1, 100)) {
        (0, _) => Draft::cash(Kind::Deposit, section, 1_000_000),
        (1..=3, _) | (_, 1..=82) => sale(section, random),
        (4, _) | (_, 83..=88) => {
            let value = random.between(10_000, 300_000);
            Draft::cash(Kind::Refund, section, affordable(value))
        }
        (_, 89..=92) => {
            let value = random.between(10_000, 200_000);
            Draft::cash(Kind::Purchase, section, affordable(value))
        }
        (_, 93) => Draft::cash(Kind::PurchaseRefund, section, random.between(5_000, 50_000)),
        (_, 94..=95) => Draft::cash(Kind::Deposit, section, 500_000),
        _ if drawer_is_full => {
            let whole = cash / 2 / 100_000 * 100_000;
            Draft::cash(Kind::Withdrawal, section, whole)
        }
        _ => Draft::cash(Kind::Withdrawal, section, affordable(500_000)),
    }
}

fn sale(section: i64, random: &mut Random) -> Draft {
    let price = random.between(2_500, 200_000) * 5;
    let discount = match random.between(1, 8) {
        1 => price / 20,
        _ => 0,
    };
    let markup = match random.between(1, 40) {
        1 => price / 50,
        _ => 0,
    };
    let value = price - discount + markup;
    let mut draft = Draft::cash(Kind::Sale, section, value);
    draft.discount = discount;
    draft.markup = markup;
    match random.between(1, 10) {
        // Without cash.
        1..=5 => (draft.cash, draft.received) = (0, 0),
        // Part of each.
        6 => {
            draft.cash = value / 2;
            draft.received = draft.cash;
        }
        // A note of 500 tenge more than needed, for the change.
        _ => draft.received = (value / 50_000 + 1) * 50_000,
    }
    draft
}
