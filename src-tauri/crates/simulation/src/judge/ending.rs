//! When an episode is over and everything was given time to settle: journal, archive and server say the same.

use std::collections::BTreeMap;

use operations::{Desk, Trouble};
use sandbox::Act;
use store::{
    Only, OperationFilter, OperationKind, OperationState, QueuedState, ReportFilter, Store,
    StoreError,
};

use crate::universe::Universe;

/// More than an episode has.
const ALL: u32 = 1_000_000;

/// Judges what a computer has against what its requests did.
pub(crate) fn judge(universe: &Universe, computer: usize, desk: &Desk) -> Result<(), Trouble> {
    let witness = universe.state().witnesses.get(&computer).cloned();
    if let Some(store) = witness {
        settled(universe, &store)?;
        documents(universe, computer, &store)?;
        archive(universe, computer, &store)?;
    }
    if !desk.verify()?.is_whole() {
        universe.broken(format!("append-only: computer {computer} is not whole"));
    }
    Ok(())
}

/// Nothing is open any more, and what waits says why.
fn settled(universe: &Universe, store: &Store) -> Result<(), StoreError> {
    let rows = store.operations(&OperationFilter {
        only: Some(Only::Unfinished),
        ..OperationFilter::default()
    })?;
    for row in rows {
        universe.broken(format!(
            "settled: operation {} ({:?}) on {} is {:?}",
            row.number, row.kind, row.kkm, row.state
        ));
    }
    let mut first = BTreeMap::new();
    for row in store.outbox(false)? {
        first.entry(row.kkm.get()).or_insert(row);
    }
    for row in first.into_values() {
        if row.state != QueuedState::Stopped || row.code.is_none() {
            universe.broken(format!(
                "settled: outbox {} ({:?} on {}) waits for no reason",
                row.number, row.kind, row.kkm
            ));
        }
    }
    Ok(())
}

/// How often each shift was opened by this computer, and the journal says that it was; and X-reports by shift.
fn documents(universe: &Universe, computer: usize, store: &Store) -> Result<(), StoreError> {
    let (mut opened, mut taken) = (BTreeMap::new(), BTreeMap::new());
    let everything = universe.server().world().ledger().unwrap_or_default();
    for (by, entry) in &universe.state().performed {
        match entry.act {
            Act::Opened if *by == computer => {
                opened.entry(entry.shift).or_insert((entry.kkm, 0)).1 += 1;
            }
            Act::XTaken if *by == computer => *taken.entry(entry.shift).or_insert(0) += 1,
            _ => {}
        }
    }
    let (mut journalled, mut xs, mut sent) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for row in store.operations(&OperationFilter::default())? {
        let shift = row.shift.map_or(0, domain::ShiftId::get);
        let is_confirmed = row.state == OperationState::Confirmed;
        match row.kind {
            OperationKind::Open if is_confirmed => *journalled.entry(shift).or_insert(0) += 1,
            OperationKind::X => {
                *sent.entry(shift).or_insert(0) += 1;
                *xs.entry(shift).or_insert(0) += i32::from(is_confirmed);
            }
            _ => {}
        }
    }
    let state = universe.state();
    let closed = |shift: i64| {
        let closing =
            |it: &&(usize, sandbox::Entry)| it.1.act == Act::Closed && it.1.shift == shift;
        state.performed.iter().find(closing).map(|(by, _)| *by)
    };
    let gone: Vec<i64> = opened
        .keys()
        .copied()
        .filter(|it| closed(*it).is_some_and(|by| by != computer))
        .collect();
    drop(state);
    for (shift, (kkm, times)) in &opened {
        // Where another computer closed it meanwhile, the server no longer tells that it ever was there.
        if journalled.get(shift) != Some(times) && !gone.contains(shift) {
            universe.broken(format!(
                "each opening is known: computer {computer} opened shift {shift} of {kkm}, the journal confirms {:?}",
                journalled.get(shift)
            ));
        }
    }
    for (shift, times) in &journalled {
        let real = |entry: &&sandbox::Entry| entry.act == Act::Opened && entry.shift == *shift;
        if everything.iter().filter(real).count() != 1 || *times != 1 {
            universe.broken(format!(
                "each opening is known: the journal of computer {computer} confirms shift {shift} {times} times"
            ));
        }
    }
    for (shift, times) in &taken {
        let known = (
            xs.get(shift).copied().unwrap_or(0),
            sent.get(shift).copied().unwrap_or(0),
        );
        if *times < known.0 || *times > known.1 {
            universe.broken(format!(
                "never twice: {times} X-reports of shift {shift}, the journal has {known:?} confirmed and all"
            ));
        }
    }
    Ok(())
}

/// Every shift that this computer closed has its one Z-report, and every Z-report is of a shift that was closed.
fn archive(universe: &Universe, computer: usize, store: &Store) -> Result<(), StoreError> {
    let mut zs = BTreeMap::new();
    for line in store.reports(&ReportFilter::newest(ALL))? {
        if line.kind == domain::ReportKind::Z {
            *zs.entry(line.shift.map_or(0, domain::ShiftId::get))
                .or_insert(0) += 1;
        }
    }
    let performed = universe.state().performed.clone();
    for (by, entry) in performed {
        if by == computer && entry.act == Act::Closed && zs.get(&entry.shift) != Some(&1) {
            universe.broken(format!(
                "never lost: computer {computer} closed shift {} of {} and has {:?} Z-reports of it",
                entry.shift,
                entry.kkm,
                zs.get(&entry.shift)
            ));
        }
    }
    for (shift, times) in &zs {
        if universe.server().world().times_closed(*shift).ok() != Some(1) || *times != 1 {
            universe.broken(format!(
                "told truly: computer {computer} has {times} Z-reports of shift {shift}"
            ));
        }
    }
    Ok(())
}
