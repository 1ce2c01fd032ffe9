use domain::{ErrorCode, KkmId, ReportKind, ShiftId, Uid};
use store::{
    LEASE_MINUTES, Only, OperationFilter, OperationKind, OperationState, ReportFilter, Store,
    StoreError, Why,
};

use crate::samples::{KKM, SERVER, at, confirmation, operation, outsider, report};

const ALL_REPORTS: ReportFilter = ReportFilter::newest(100);
const UNRESOLVED: OperationFilter = OperationFilter {
    server: None,
    kkm: None,
    only: Some(Only::Unknown),
    before: None,
    limit: None,
};

#[test]
fn an_operation_comes_back_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let new = operation(OperationKind::Z, KKM);
    let number = store.begin(new.clone()).unwrap();
    store.sent(number, at(1)).unwrap();
    let row = store.operation(number).unwrap().unwrap();
    assert_eq!(
        (row.server, row.login, row.kkm, row.kind),
        (new.server, new.login, new.kkm, new.kind)
    );
    assert_eq!(
        (row.shift, row.uid, row.body),
        (new.shift, new.uid, new.body)
    );
    assert_eq!(
        (row.autonomous, row.cash_count),
        (new.autonomous, new.cash_count)
    );
    assert_eq!(
        (row.at, row.sent, row.state),
        (new.at, Some(at(1)), OperationState::Sent)
    );
    assert_eq!(store.operation(99).unwrap(), None);
}

#[test]
fn answer_report_and_next_uid_land_in_one_transaction() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store
        .set_next_uid(SERVER, KKM, Some(&Uid::new("0f-this")), at(0))
        .unwrap();
    let number = store.begin(operation(OperationKind::Z, KKM)).unwrap();
    store.sent(number, at(1)).unwrap();

    // Each of the parts in turn cannot be written: then none is.
    for (name, step) in [
        ("uid", "BEFORE UPDATE ON uids"),
        ("report", "AFTER INSERT ON reports"),
        ("answer", "BEFORE UPDATE OF raw ON operations"),
        ("chain", "BEFORE UPDATE OF hash ON operations"),
    ] {
        let fault =
            format!("CREATE TRIGGER fault {step} BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        outsider(folder.path()).execute_batch(&fault).unwrap();
        let answer = confirmation(Some(report(ReportKind::Z, 500)));
        assert!(store.confirm(number, at(2), answer).is_err(), "{name}");
        outsider(folder.path())
            .execute_batch("DROP TRIGGER fault")
            .unwrap();
        let row = store.operation(number).unwrap().unwrap();
        assert_eq!(
            (row.state, row.raw, row.next_uid),
            (OperationState::Sent, None, None),
            "{name}"
        );
        assert_eq!(store.reports(&ALL_REPORTS).unwrap(), [], "{name}");
        assert_eq!(
            store.next_uid(SERVER, KKM).unwrap(),
            Some(Uid::new("0f-this")),
            "{name}"
        );
    }

    let archived = store
        .confirm(
            number,
            at(2),
            confirmation(Some(report(ReportKind::Z, 500))),
        )
        .unwrap();
    let row = store.operation(number).unwrap().unwrap();
    assert_eq!(row.state, OperationState::Confirmed);
    assert_eq!((row.report, archived), (Some(1), Some(1)));
    assert_eq!(row.next_uid, Some(Uid::new("1f-next")));
    assert_eq!(
        store.next_uid(SERVER, KKM).unwrap(),
        Some(Uid::new("1f-next"))
    );
    assert!(store.verify().unwrap().is_whole());
}

#[test]
fn a_used_uid_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    for (kind, kept) in [(OperationKind::X, true), (OperationKind::Z, false)] {
        store
            .set_next_uid(SERVER, KKM, Some(&Uid::new("a")), at(0))
            .unwrap();
        let number = store.begin(operation(kind, KKM)).unwrap();
        store.sent(number, at(1)).unwrap();
        let mut answer = confirmation(None);
        answer.next_uid = None;
        store.confirm(number, at(2), answer).unwrap();
        assert_eq!(
            store.next_uid(SERVER, KKM).unwrap().is_some(),
            kept,
            "{kind:?}"
        );
    }
}

#[test]
fn one_operation_per_register_across_two_stores() {
    let folder = tempfile::tempdir().unwrap();
    let window = Store::open(folder.path()).unwrap();
    let shell = Store::open(folder.path()).unwrap();
    let number = window.begin(operation(OperationKind::Z, KKM)).unwrap();
    let second = shell.begin(operation(OperationKind::X, KKM));
    assert!(matches!(second, Err(StoreError::Busy { number: other }) if other == number));
    assert!(
        shell
            .begin(operation(OperationKind::Z, KkmId::new(77506)))
            .is_ok()
    );
    window.sent(number, at(1)).unwrap();
    assert!(matches!(
        shell.begin(operation(OperationKind::Z, KKM)),
        Err(StoreError::Busy { .. })
    ));
    window
        .refuse(number, at(2), &Why::of(ErrorCode::WrongShift))
        .unwrap();
    assert!(shell.begin(operation(OperationKind::Z, KKM)).is_ok());
}

#[test]
fn of_many_that_begin_at_once_one_wins() {
    let folder = tempfile::tempdir().unwrap();
    let begin = |_| {
        let path = folder.path().to_owned();
        std::thread::spawn(move || {
            let store = Store::open(&path).unwrap();
            let begun = store.begin(operation(OperationKind::Z, KKM));
            (begun.map_err(|error| error.code()), store)
        })
    };
    let threads: Vec<_> = (0..8).map(begin).collect();
    let ends: Vec<_> = threads.into_iter().map(|it| it.join().unwrap()).collect();
    assert_eq!(ends.iter().filter(|(begun, _)| begun.is_ok()).count(), 1);
    assert!(
        ends.iter()
            .all(|(begun, _)| matches!(begun, Ok(1) | Err(ErrorCode::Busy)))
    );
}

#[test]
fn an_unknown_closing_holds_its_register_until_it_is_settled() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let number = store.begin(operation(OperationKind::Z, KKM)).unwrap();
    store.sent(number, at(1)).unwrap();
    store
        .unknown(number, at(2), &Why::of(ErrorCode::TimedOut))
        .unwrap();
    let next = store.begin(operation(OperationKind::Open, KKM));
    assert!(matches!(next, Err(StoreError::Unresolved { number: other }) if other == number));
    assert_eq!(store.operations(&UNRESOLVED).unwrap().len(), 1);
    // It may be sent again under its own number, by one at a time.
    store.sent(number, at(3)).unwrap();
    assert!(matches!(
        store.sent(number, at(3)),
        Err(StoreError::State { .. })
    ));
    store.confirm(number, at(4), confirmation(None)).unwrap();
    assert_eq!(store.operations(&UNRESOLVED).unwrap(), []);
    let row = store.operation(number).unwrap().unwrap();
    assert_eq!(row.code, None);
    // Both are on record.
    assert_eq!((row.first_sent, row.sent), (Some(at(1)), Some(at(3))));
    assert!(store.begin(operation(OperationKind::Open, KKM)).is_ok());
}

#[test]
fn an_unknown_reading_holds_up_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let number = store.begin(operation(OperationKind::X, KKM)).unwrap();
    store.sent(number, at(1)).unwrap();
    store
        .unknown(number, at(2), &Why::of(ErrorCode::TimedOut))
        .unwrap();
    let next = store.begin(operation(OperationKind::Z, KKM)).unwrap();
    assert!(
        matches!(store.sent(number, at(3)), Err(StoreError::Busy { number }) if number == next)
    );
}

#[test]
fn a_hung_process_loses_the_register_when_its_lease_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let hung = Store::open(folder.path()).unwrap();
    let number = hung.begin(operation(OperationKind::Z, KKM)).unwrap();
    hung.sent(number, at(0)).unwrap();
    let other = Store::open(folder.path()).unwrap();
    let lease = LEASE_MINUTES * 60;
    assert_eq!(other.settle_dead(at(lease)).unwrap(), [0_i64; 0]);
    assert_eq!(
        hung.settle_dead(at(lease + 1)).unwrap(),
        [0_i64; 0],
        "its own it knows to be alive"
    );
    assert_eq!(other.settle_dead(at(lease + 1)).unwrap(), [number]);
    // The late answer still counts.
    hung.confirm(number, at(lease + 2), confirmation(None))
        .unwrap();
}

#[test]
fn a_finished_operation_cannot_be_changed_or_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let number = store.begin(operation(OperationKind::Z, KKM)).unwrap();
    let database = outsider(folder.path());
    assert!(
        database
            .execute("UPDATE operations SET body = ''", [])
            .is_err(),
        "the intent stands"
    );
    store.sent(number, at(1)).unwrap();
    store.confirm(number, at(2), confirmation(None)).unwrap();
    for edit in [
        "UPDATE operations SET message = 'x'",
        "UPDATE operations SET state = 'sent', finish = NULL, hash = NULL",
        "DELETE FROM operations",
        "INSERT OR REPLACE INTO operations SELECT * FROM operations",
    ] {
        assert!(database.execute(edit, []).is_err(), "{edit}");
    }
    let twice = store.confirm(number, at(3), confirmation(None));
    assert!(matches!(
        twice,
        Err(StoreError::State {
            state: OperationState::Confirmed,
            ..
        })
    ));
    assert!(
        store
            .refuse(number, at(3), &Why::of(ErrorCode::Refused))
            .is_err()
    );
    assert!(matches!(
        store.abandon(99, at(3)),
        Err(StoreError::NoOperation { number: 99 })
    ));
}

#[test]
fn an_edited_operation_is_found_by_verify() {
    for (edit, broken) in [
        ("UPDATE operations SET body = '{}' WHERE number = 2", 2),
        (
            "UPDATE operations SET state = 'refused' WHERE number = 2",
            2,
        ),
        ("UPDATE operations SET shift = 23 WHERE number = 3", 3),
        (
            "UPDATE operations SET first_sent = first_sent - 1 WHERE number = 2",
            2,
        ),
        (
            "UPDATE operations SET first_sent = NULL WHERE number = 2",
            2,
        ),
        ("DELETE FROM operations WHERE number = 1", 1),
        ("DELETE FROM operations WHERE number = 3", 3),
        (
            "UPDATE operations SET report_hash = 'x' WHERE number = 2",
            2,
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for report in [None, Some(report(ReportKind::Z, 7)), None] {
            let number = store.begin(operation(OperationKind::Z, KKM)).unwrap();
            store.sent(number, at(1)).unwrap();
            store.confirm(number, at(2), confirmation(report)).unwrap();
        }
        let whole = store.verify().unwrap();
        assert!(whole.is_whole() && whole.operations == 3 && whole.rows == 1);
        crate::archive::tamper(folder.path(), edit);
        assert_eq!(
            store.verify().unwrap().broken_operation,
            Some(broken),
            "{edit}"
        );
    }
}

#[test]
fn rows_come_newest_first_and_unresolved_ones_oldest_first() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    for kkm in [1, 2, 3] {
        let mut new = operation(OperationKind::Open, KkmId::new(kkm));
        new.shift = None;
        let number = store.begin(new).unwrap();
        store.sent(number, at(1)).unwrap();
        if kkm == 2 {
            store.confirm(number, at(2), confirmation(None)).unwrap();
            let row = store.operation(number).unwrap().unwrap();
            assert_eq!(
                row.shift,
                Some(ShiftId::new(22)),
                "the answer told the shift"
            );
        } else {
            store
                .unknown(number, at(2), &Why::of(ErrorCode::LinkBroken))
                .unwrap();
        }
    }
    let numbers = |filter| -> Vec<i64> {
        let rows = store.operations(&filter).unwrap();
        rows.iter().map(|row| row.number).collect()
    };
    assert_eq!(numbers(OperationFilter::default()), [3, 2, 1]);
    assert_eq!(numbers(UNRESOLVED), [1, 3]);
    assert_eq!(
        numbers(OperationFilter {
            server: Some(SERVER.to_owned()),
            kkm: Some(KkmId::new(3)),
            only: Some(Only::Unknown),
            before: None,
            limit: None,
        }),
        [3]
    );
    let limit = Some(2);
    assert_eq!(
        numbers(OperationFilter {
            limit,
            ..OperationFilter::default()
        }),
        [3, 2]
    );
    let elsewhere = OperationFilter {
        server: Some("https://other.kz".to_owned()),
        ..OperationFilter::default()
    };
    assert_eq!(numbers(elsewhere), [0; 0]);
}

#[test]
fn what_this_process_gave_up_is_settled_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let sent = store.begin(operation(OperationKind::Z, KKM)).unwrap();
    store.sent(sent, at(0)).unwrap();
    let other = KkmId::new(4);
    let prepared = store.begin(operation(OperationKind::Z, other)).unwrap();
    // Both are worked at.
    assert_eq!(store.settle_dead(at(1)).unwrap(), [0_i64; 0]);
    let unfinished = OperationFilter {
        only: Some(Only::Unfinished),
        ..OperationFilter::default()
    };
    assert_eq!(store.operations(&unfinished).unwrap().len(), 2);
    // Their ends could not be written down; nobody works at them any more.
    store.release(sent);
    store.release(prepared);
    assert_eq!(store.settle_dead(at(2)).unwrap(), [sent]);
    let state = |number| store.operation(number).unwrap().unwrap().state;
    assert_eq!(
        (state(sent), state(prepared)),
        (OperationState::Unknown, OperationState::Abandoned)
    );
}

#[test]
fn an_answer_that_could_not_be_used_is_kept_until_a_better_one_comes() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let number = store.begin(operation(OperationKind::Z, KKM)).unwrap();
    store.sent(number, at(0)).unwrap();
    let raw = || store.operation(number).unwrap().unwrap().raw;
    let odd = Why {
        raw: Some("{odd}"),
        ..Why::of(ErrorCode::NotTheApi)
    };
    store.unknown(number, at(1), &odd).unwrap();
    store
        .unknown(number, at(2), &Why::of(ErrorCode::NoLink))
        .unwrap();
    assert_eq!(raw().as_deref(), Some("{odd}"));
    let mut landed = confirmation(None);
    landed.raw = String::new();
    store.confirm(number, at(3), landed).unwrap();
    assert_eq!(raw().as_deref(), Some("{odd}"));
}

#[test]
fn an_unknown_operation_is_taken_up_by_one_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let window = Store::open(folder.path()).unwrap();
    let shell = Store::open(folder.path()).unwrap();
    let number = window.begin(operation(OperationKind::Z, KKM)).unwrap();
    window.sent(number, at(0)).unwrap();
    window
        .unknown(number, at(1), &Why::of(ErrorCode::LinkBroken))
        .unwrap();
    // The window still works at it: it reads the shift.
    for busy in [
        shell.claim(number, at(2)),
        window.claim(number, at(2)),
        shell.sent(number, at(2)),
    ] {
        assert_eq!(busy.unwrap_err().code(), ErrorCode::Busy);
    }
    window.sent(number, at(3)).unwrap();
    window
        .unknown(number, at(4), &Why::of(ErrorCode::LinkBroken))
        .unwrap();
    window.release(number);
    // Now the shell takes it up, and the window has to wait.
    shell.claim(number, at(5)).unwrap();
    assert_eq!(
        window.claim(number, at(6)).unwrap_err().code(),
        ErrorCode::Busy
    );
    drop(shell);
    window.claim(number, at(7)).unwrap();
    window.confirm(number, at(8), confirmation(None)).unwrap();
    assert!(window.claim(number, at(9)).is_err(), "it is finished");
}
