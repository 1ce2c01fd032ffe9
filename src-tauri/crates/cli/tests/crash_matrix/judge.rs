//! The judge: what the server really did beside what this computer kept.

use std::collections::HashMap;
use std::path::Path;
use std::process::Output;

use sandbox::Act;
use store::{Only, OperationFilter, OperationState, ReportFilter, Store};

use crate::lane::{Lane, told};

/// A run that had to end well.
pub(crate) fn ended(output: &Output) -> Result<(), String> {
    match output.status.code() {
        Some(0) => Ok(()),
        code => Err(format!("{code:?}\n{}", told(output))),
    }
}

/// A second run that found it done.
pub(crate) fn says_it_is_done(output: &Output) -> Result<(), String> {
    let said = told(output);
    if said.contains("shift-already-open") || said.contains("no-open-shift") {
        Ok(())
    } else {
        Err(format!("again: {said}"))
    }
}

/// Everything that must hold whatever died.
pub(crate) fn all(lane: &Lane, folder: &Path, before: usize) -> Result<(), String> {
    let store = Store::open(folder).map_err(|error| error.to_string())?;
    let failed = |error: store::StoreError| error.to_string();
    let open = store
        .operations(&OperationFilter {
            only: Some(Only::Unfinished),
            ..OperationFilter::default()
        })
        .map_err(failed)?;
    if !open.is_empty() {
        return Err(format!("still open: {open:?}"));
    }
    let waiting = store.outbox(false).map_err(failed)?;
    if !waiting.is_empty() {
        return Err(format!("still waiting: {waiting:?}"));
    }
    let chains = store.verify().map_err(failed)?;
    if !chains.is_whole() {
        return Err(format!("{chains:?}"));
    }
    let mut archived: HashMap<i64, usize> = HashMap::new();
    for line in store.reports(&ReportFilter::newest(1000)).map_err(failed)? {
        if line.kind == domain::ReportKind::Z {
            *archived
                .entry(line.shift.map_or(0, domain::ShiftId::get))
                .or_default() += 1;
        }
    }
    let ledger = lane.world.ledger().map_err(|error| error.to_string())?;
    let closed: HashMap<i64, usize> = ledger.iter().filter(|entry| entry.act == Act::Closed).fold(
        HashMap::new(),
        |mut closed, entry| {
            *closed.entry(entry.shift).or_default() += 1;
            closed
        },
    );
    if closed.values().any(|times| *times > 1) {
        return Err(format!("closed more than once: {ledger:?}"));
    }
    if closed != archived {
        return Err(format!("closed {closed:?}, archived {archived:?}"));
    }
    let since = ledger.get(before..).unwrap_or_default();
    let done = |act| since.iter().filter(|entry| entry.act == act).count();
    let rows = store
        .operations(&OperationFilter::default())
        .map_err(failed)?;
    let kept = |kind, state| {
        rows.iter()
            .filter(|row| row.kind == kind && row.state == state)
            .count()
    };
    let confirmed = |kind| kept(kind, OperationState::Confirmed);
    let opened = ledger
        .iter()
        .filter(|entry| entry.act == Act::Opened)
        .count();
    if opened != confirmed(store::OperationKind::Open) {
        return Err(format!("opened {opened} times: {rows:?}"));
    }
    // An X whose answer got lost is let go; none is ever taken for another one.
    let x_rows = rows
        .iter()
        .filter(|row| row.kind == store::OperationKind::X && row.sent.is_some())
        .count();
    let x_taken = ledger
        .iter()
        .filter(|entry| entry.act == Act::XTaken)
        .count();
    if x_taken > x_rows || confirmed(store::OperationKind::X) > x_taken {
        return Err(format!("{x_taken} X-reports for {x_rows} rows"));
    }
    if done(Act::Closed) > 1 {
        return Err(format!("two shifts closed by one order: {since:?}"));
    }
    Ok(())
}
