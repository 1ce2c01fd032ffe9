//! When a use case says how it ended: what it says is true, and what it says is kept.

use domain::ReportKind;
use operations::{Effect, Lang, Trouble};
use sandbox::Act;
use store::OperationKind;

use crate::action::{Action, End};
use crate::universe::{Told, Universe};

/// Judges the end of a use case; `alone` when nobody else was at work meanwhile.
pub(crate) fn judge(
    universe: &Universe,
    computer: usize,
    call: usize,
    action: &Action,
    end: &End,
    alone: bool,
) {
    match end {
        End::Closed(report) => {
            tell(universe, call, Told::Done);
            kept(universe, computer, *report);
        }
        End::Done => {
            tell(universe, call, Told::Done);
            if alone {
                done(universe, call, action);
            }
        }
        End::Quiet => {}
        End::Trouble(trouble) => match trouble.effect() {
            Effect::Refused | Effect::NoLink | Effect::Nothing | Effect::SignIn | Effect::Local => {
                tell(universe, call, Told::NotDone);
                not_done(universe, call, action, trouble);
            }
            Effect::Unknown if alone && action.act().is_some() => {
                unresolved(universe, computer, trouble);
            }
            Effect::Unknown | Effect::Output => {}
        },
    }
}

fn tell(universe: &Universe, call: usize, told: Told) {
    if let Some(call) = universe.state().calls.get_mut(call) {
        call.told = told;
    }
}

/// A closing that succeeded: its report is in the archive, and the server closed that very shift.
fn kept(universe: &Universe, computer: usize, number: i64) {
    let witness = universe.state().witnesses.get(&computer).cloned();
    let report = witness.and_then(|witness| witness.report(number).ok().flatten());
    let report = report.filter(|it| it.intact && it.report.kind == ReportKind::Z);
    let shift = report.and_then(|it| it.report.shift.map(|shift| shift.id.get()));
    let Some(shift) = shift else {
        universe.broken(format!("kept: Z-report № {number} is not in the archive"));
        return;
    };
    if universe.server().world().times_closed(shift).ok() != Some(1) {
        universe.broken(format!("told truly: shift {shift} is not closed"));
    }
}

/// A use case that succeeded did it, or found that somebody had done it for it.
fn done(universe: &Universe, call: usize, action: &Action) {
    let Some(act) = action.act() else { return };
    let state = universe.state();
    let did = |call: &crate::universe::Call| call.performed.iter().any(|it| it.act == act);
    let is_done = state.calls.get(call).is_some_and(did);
    drop(state);
    if !is_done && act != Act::Opened {
        universe.broken(format!("told truly: {action:?} succeeded and did nothing"));
    }
}

fn not_done(universe: &Universe, call: usize, action: &Action, trouble: &Trouble) {
    let Some(act) = action.act() else { return };
    let state = universe.state();
    let did = |call: &crate::universe::Call| call.performed.iter().any(|it| it.act == act);
    let is_done = state.calls.get(call).is_some_and(did);
    drop(state);
    if is_done {
        universe.broken(format!(
            "told truly: {action:?} was done and says {trouble} ({:?})",
            trouble.effect()
        ));
    }
}

/// What is unknown stands in the journal as such; an X alone is let go.
fn unresolved(universe: &Universe, computer: usize, trouble: &Trouble) {
    let witness = universe.state().witnesses.get(&computer).cloned();
    let row = trouble
        .view_in(Lang::Ru)
        .journal
        .and_then(|number| witness?.operation(number).ok().flatten());
    match row {
        Some(row) if row.kind == OperationKind::X || !row.state.is_finished() => {}
        row => universe.broken(format!(
            "unknown is a state: {trouble}, and the journal says {:?}",
            row.map(|row| (row.number, row.state))
        )),
    }
}
