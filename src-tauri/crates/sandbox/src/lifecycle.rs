//! A shift begins and ends: what changes in the world, the rules having been checked before.

use chrono::{DateTime, Utc};

use crate::{
    sums::Takings,
    world::{Shift, World},
};

/// Writes an open shift into the world and returns its id.
pub(crate) fn begin(
    world: &mut World,
    kkm: i64,
    user: i64,
    opened: DateTime<Utc>,
    autonomous: bool,
) -> i64 {
    let id = world.next_shift;
    world.next_shift += 1;
    let (mut index, mut cash) = (1, 0);
    if let Some(kkm) = world.kkm_mut(kkm) {
        kkm.shift_index += 1;
        kkm.last_shift = id;
        kkm.documents += 1;
        kkm.last_operation = Some(opened);
        (index, cash) = (kkm.shift_index, kkm.cash);
    }
    if let Some(user) = world.user_mut(user) {
        user.last_shift = id;
    }
    world.shifts.push(Shift {
        id,
        user,
        kkm,
        index,
        opened,
        closed: None,
        autonomous,
        balance_open: cash,
        takings: Takings::default(),
        cumulative: None,
        arrived: 0,
        documents: Vec::new(),
    });
    id
}

/// Closes a shift in the world.
pub(crate) fn end(world: &mut World, shift: i64, closed: DateTime<Utc>) {
    let Some(kkm) = world.shift(shift).map(|shift| shift.kkm) else {
        return;
    };
    let mut totals = None;
    if let Some(kkm) = world.kkm_mut(kkm) {
        kkm.documents += 1;
        kkm.last_operation = Some(closed);
        totals = Some(kkm.cumulative);
    }
    if let Some(shift) = world.shift_mut(shift) {
        shift.closed = Some(closed);
        shift.cumulative = totals;
        shift.documents.clear();
    }
}
