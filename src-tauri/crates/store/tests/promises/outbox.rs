//! The outbox: nothing is overtaken, dropped or dated back, and it follows the journal in the same transaction.

use domain::{ErrorCode, ShiftId};
use rusqlite::params;
use store::{Licence, NewOperation, NewQueued, OperationKind, Queued, QueuedState, Store, Why};

use crate::samples::{KKM, SERVER, at, confirmation, operation, outsider, report};

pub(crate) fn licensed(folder: &std::path::Path) -> Store {
    let store = Store::open(folder).unwrap();
    let licence = Licence {
        server: SERVER.to_owned(),
        kkm: KKM,
        name: None,
        login: "77001112233".to_owned(),
        since: at(0),
    };
    store.allow_autonomy(&licence).unwrap();
    store
}

pub(crate) fn new(kind: OperationKind, seconds: i64) -> NewQueued {
    NewQueued {
        server: SERVER.to_owned(),
        login: "77001112233".to_owned(),
        kkm: KKM,
        kind,
        shift: None,
        date: None,
        cash_count: None,
        moment: at(seconds),
        at: at(seconds),
    }
}

fn sending(queued: &Queued) -> NewOperation {
    NewOperation {
        outbox: Some(queued.number),
        autonomous: Some(queued.date),
        ..operation(queued.kind, KKM)
    }
}

#[test]
fn without_a_licence_nothing_is_queued() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let refused = store.enqueue(new(OperationKind::Open, 0)).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::LicenceMissing);
    assert!(store.outbox(true).unwrap().is_empty());
}

#[test]
fn dates_never_go_back_across_restarts_and_clocks_set_back() {
    let folder = tempfile::tempdir().unwrap();
    let first = licensed(folder.path())
        .enqueue(new(OperationKind::Open, 1000))
        .unwrap();
    assert_eq!(
        first.date,
        at(1000) - chrono::TimeDelta::microseconds(123_456),
        "whole seconds"
    );
    // The clock was set back by a quarter of an hour, and the program started again.
    let store = Store::open(folder.path()).unwrap();
    let second = store.enqueue(new(OperationKind::Z, 100)).unwrap();
    assert_eq!(second.date, first.date);
    let named = NewQueued {
        date: Some(at(200)),
        ..new(OperationKind::Open, 2000)
    };
    let refused = store.enqueue(named).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::OrderBroken);
}

#[test]
fn a_date_never_goes_back_behind_what_the_server_did() {
    let folder = tempfile::tempdir().unwrap();
    let store = licensed(folder.path());
    let number = store
        .begin(NewOperation {
            autonomous: None,
            ..operation(OperationKind::Open, KKM)
        })
        .unwrap();
    store.sent(number, at(0)).unwrap();
    let mut done = confirmation(None);
    done.server_time = Some(at(5000));
    store.confirm(number, at(0), done).unwrap();
    let queued = store.enqueue(new(OperationKind::Z, 10)).unwrap();
    assert!(queued.date >= at(4999), "{queued:?}");
}

#[test]
fn nothing_overtakes_what_waits() {
    let folder = tempfile::tempdir().unwrap();
    let store = licensed(folder.path());
    let open = store.enqueue(new(OperationKind::Open, 0)).unwrap();
    let z = store.enqueue(new(OperationKind::Z, 60)).unwrap();
    for kind in [OperationKind::Open, OperationKind::X, OperationKind::Z] {
        let refused = store.begin(operation(kind, KKM)).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::OutboxWaiting);
    }
    let refused = store.begin(sending(&z)).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::OutboxWaiting);
    let number = store.begin(sending(&open)).unwrap();
    assert_eq!(store.queued(open.number).unwrap().operation, Some(number));
    // A second opening or closing in a row is none.
    let twice = store.enqueue(new(OperationKind::Z, 90)).unwrap_err();
    assert_eq!(twice.code(), ErrorCode::Busy);
}

#[test]
fn a_closing_names_its_shift_unless_an_opening_waits_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = licensed(folder.path());
    let closing = |seconds| NewQueued {
        shift: Some(ShiftId::new(8)),
        ..new(OperationKind::Z, seconds)
    };
    let first = store.enqueue(closing(0)).unwrap();
    assert_eq!(first.shift, Some(ShiftId::new(8)));
    store.enqueue(new(OperationKind::Open, 60)).unwrap();
    let next = store.enqueue(closing(120)).unwrap();
    assert_eq!(next.shift, None);
    // What was confirmed is written once.
    let changed = outsider(folder.path()).execute("UPDATE outbox SET shift = 9", []);
    assert!(changed.is_err());
}

#[test]
fn a_queued_operation_is_done_in_the_transaction_of_its_journal_row() {
    let folder = tempfile::tempdir().unwrap();
    let store = licensed(folder.path());
    let queued = store.enqueue(new(OperationKind::Z, 0)).unwrap();
    let number = store.begin(sending(&queued)).unwrap();
    store.sent(number, at(1)).unwrap();
    store
        .unknown(number, at(2), &Why::of(ErrorCode::LinkBroken))
        .unwrap();
    assert_eq!(
        store.queued(queued.number).unwrap().state,
        QueuedState::Queued
    );
    let z = report(domain::ReportKind::Z, 100);
    store.confirm(number, at(3), confirmation(Some(z))).unwrap();
    let row = store.queued(queued.number).unwrap();
    assert_eq!(
        (row.state, row.operation),
        (QueuedState::Done, Some(number))
    );
    assert!(store.outbox(false).unwrap().is_empty());
}

#[test]
fn a_refusal_stops_the_queue_and_a_lost_request_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let store = licensed(folder.path());
    let queued = store.enqueue(new(OperationKind::Open, 0)).unwrap();
    for (code, state) in [
        (ErrorCode::LinkBroken, QueuedState::Queued),
        (ErrorCode::OrderBroken, QueuedState::Stopped),
    ] {
        let number = store.begin(sending(&queued)).unwrap();
        store.sent(number, at(1)).unwrap();
        store.refuse(number, at(2), &Why::of(code)).unwrap();
        assert_eq!(store.queued(queued.number).unwrap().state, state, "{code}");
    }
    // It is not tried again by itself, but by a person's word.
    assert_eq!(
        store.begin(sending(&queued)).unwrap_err().code(),
        ErrorCode::OutboxWaiting
    );
    store.go_on(queued.number, at(3)).unwrap();
    let number = store.begin(sending(&queued)).unwrap();
    store.sent(number, at(3)).unwrap();
    assert_eq!(
        store.withdraw(queued.number, at(4)).unwrap_err().code(),
        ErrorCode::Busy
    );
    store
        .refuse(number, at(4), &Why::of(ErrorCode::OrderBroken))
        .unwrap();
    store.withdraw(queued.number, at(5)).unwrap();
    assert_eq!(
        store.queued(queued.number).unwrap().state,
        QueuedState::Withdrawn
    );
    assert!(store.begin(operation(OperationKind::Open, KKM)).is_ok());
}

#[test]
fn after_seventy_two_hours_nothing_more_is_queued() {
    let folder = tempfile::tempdir().unwrap();
    let store = licensed(folder.path());
    store.enqueue(new(OperationKind::Open, 0)).unwrap();
    let late = store
        .enqueue(new(OperationKind::Z, 72 * 3600 + 1))
        .unwrap_err();
    assert_eq!(late.code(), ErrorCode::AutonomyOver);
    assert!(store.enqueue(new(OperationKind::Z, 72 * 3600)).is_ok());
}

#[test]
fn what_was_queued_cannot_be_edited_or_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let store = licensed(folder.path());
    let queued = store.enqueue(new(OperationKind::Open, 0)).unwrap();
    let outsider = outsider(folder.path());
    for sql in [
        "UPDATE outbox SET date = 0 WHERE number = ?",
        "UPDATE outbox SET kind = 'z' WHERE number = ?",
        "DELETE FROM outbox WHERE number = ?",
    ] {
        assert!(
            outsider.execute(sql, params![queued.number]).is_err(),
            "{sql}"
        );
    }
    store.withdraw(queued.number, at(1)).unwrap();
    let revived = "UPDATE outbox SET state = 'queued' WHERE number = ?";
    assert!(outsider.execute(revived, params![queued.number]).is_err());
}
