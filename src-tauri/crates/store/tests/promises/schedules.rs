//! Schedules: a due time is one process's, once; what a dead one left is told by the journal.

use domain::ReportKind;
use domain::schedule::DayTime;
use store::{NewOperation, OperationKind, RunOutcome, Schedule, Store, Why};

use crate::outbox::{licensed, new};
use crate::samples::{KKM, SERVER, at, confirmation, operation, report};

fn schedule() -> Schedule {
    Schedule {
        server: SERVER.to_owned(),
        kkm: KKM,
        name: Some("Касса 1".to_owned()),
        login: "77001112233".to_owned(),
        at: DayTime::from_minutes(60).unwrap(),
        since: at(0),
        checked: at(0),
    }
}

fn scheduled(folder: &std::path::Path) -> Store {
    let store = Store::open(folder).unwrap();
    store.set_schedule(&schedule()).unwrap();
    store
}

fn closing(seconds: i64) -> NewOperation {
    NewOperation {
        at: at(seconds),
        ..operation(OperationKind::Z, KKM)
    }
}

fn outcome(store: &Store, number: i64) -> RunOutcome {
    store.run(number).unwrap().unwrap().outcome
}

#[test]
fn a_due_time_is_taken_once_by_whichever_store() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (
        scheduled(folder.path()),
        Store::open(folder.path()).unwrap(),
    );
    let number = one.claim_run(&schedule(), at(60), at(60)).unwrap();
    assert!(number.is_some());
    assert_eq!(two.claim_run(&schedule(), at(60), at(61)).unwrap(), None);
    assert_eq!(two.miss_run(&schedule(), at(60), at(3600)).unwrap(), None);
    assert_eq!(two.schedules().unwrap()[0].checked, at(60));
    assert!(
        two.claim_run(&schedule(), at(120), at(120))
            .unwrap()
            .is_some()
    );
}

#[test]
fn a_due_time_that_was_given_back_can_be_taken_again_and_one_that_ended_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let store = scheduled(folder.path());
    let claim = |seconds| store.claim_run(&schedule(), at(60), at(seconds)).unwrap();
    let first = claim(60).unwrap();
    store.give_back_run(&schedule(), first).unwrap();
    assert_eq!(store.schedules().unwrap(), [schedule()]);
    assert_eq!(store.run(first).unwrap(), None);
    let second = claim(90).unwrap();
    store
        .end_run(second, RunOutcome::Failed, None, None)
        .unwrap();
    store.give_back_run(&schedule(), second).unwrap();
    assert_eq!(outcome(&store, second), RunOutcome::Failed);
    assert_eq!(claim(120), None);
}

#[test]
fn a_schedule_that_was_changed_or_dropped_meanwhile_is_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let store = scheduled(folder.path());
    let other = Schedule {
        at: DayTime::from_minutes(90).unwrap(),
        ..schedule()
    };
    store.set_schedule(&other).unwrap();
    assert_eq!(store.claim_run(&schedule(), at(60), at(60)).unwrap(), None);
    store.drop_schedule(SERVER, KKM).unwrap();
    assert_eq!(store.claim_run(&other, at(60), at(60)).unwrap(), None);
    assert!(store.schedules().unwrap().is_empty());
}

#[test]
fn what_ended_is_told_until_somebody_heard_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = scheduled(folder.path());
    let first = store
        .claim_run(&schedule(), at(60), at(60))
        .unwrap()
        .unwrap();
    assert!(store.untold_runs().unwrap().is_empty(), "it is under way");
    store
        .end_run(first, RunOutcome::Failed, None, Some("{}"))
        .unwrap();
    let second = store
        .miss_run(&schedule(), at(120), at(9999))
        .unwrap()
        .unwrap();
    let untold = store.untold_runs().unwrap();
    assert_eq!([untold[0].number, untold[1].number], [first, second]);
    assert_eq!(untold[0].problem.as_deref(), Some("{}"));
    assert_eq!(store.last_runs().unwrap()[0].number, second);
    store.tell_runs(first).unwrap();
    assert_eq!(store.untold_runs().unwrap(), &untold[1..]);
    store.tell_runs(second).unwrap();
    assert!(store.untold_runs().unwrap().is_empty());
}

#[test]
fn what_a_dead_process_left_is_as_the_journal_says() {
    type Step = fn(&Store, i64);
    let steps: [(RunOutcome, Step); 4] = [
        (RunOutcome::Missed, |_, _| {}),
        (RunOutcome::Unknown, |store, number| {
            store.sent(number, at(62)).unwrap();
        }),
        (RunOutcome::Failed, |store, number| {
            let why = Why::of(domain::ErrorCode::RegisterBlocked);
            store.refuse(number, at(62), &why).unwrap();
        }),
        (RunOutcome::Closed, |store, number| {
            store.sent(number, at(62)).unwrap();
            let z = Some(report(ReportKind::Z, 100));
            store.confirm(number, at(63), confirmation(z)).unwrap();
        }),
    ];
    for (expected, step) in steps {
        let folder = tempfile::tempdir().unwrap();
        let store = scheduled(folder.path());
        // A Z of before the run is another one.
        let before = store.begin(closing(1)).unwrap();
        store
            .refuse(before, at(2), &Why::of(domain::ErrorCode::Refused))
            .unwrap();
        let run = store
            .claim_run(&schedule(), at(60), at(60))
            .unwrap()
            .unwrap();
        if expected != RunOutcome::Missed {
            let number = store.begin(closing(61)).unwrap();
            step(&store, number);
        }
        let watcher = Store::open(folder.path()).unwrap();
        assert!(
            watcher.settle_runs().unwrap().is_empty(),
            "its process lives"
        );
        drop(store);
        assert_eq!(watcher.settle_runs().unwrap(), [run]);
        assert_eq!(outcome(&watcher, run), expected);
        assert_eq!(watcher.untold_runs().unwrap().len(), 1);
        assert!(watcher.settle_runs().unwrap().is_empty(), "{expected:?}");
    }
}

#[test]
fn an_unknown_run_follows_its_operation() {
    let folder = tempfile::tempdir().unwrap();
    let store = scheduled(folder.path());
    let run = store
        .claim_run(&schedule(), at(60), at(60))
        .unwrap()
        .unwrap();
    let number = store.begin(closing(61)).unwrap();
    store.sent(number, at(61)).unwrap();
    let why = Why::of(domain::ErrorCode::TimedOut);
    store.unknown(number, at(62), &why).unwrap();
    store.end_run(run, RunOutcome::Unknown, None, None).unwrap();
    store.tell_runs(run).unwrap();
    assert!(store.settle_runs().unwrap().is_empty());
    let z = Some(report(ReportKind::Z, 100));
    let report = store.confirm(number, at(70), confirmation(z)).unwrap();
    assert_eq!(store.settle_runs().unwrap(), [run]);
    let told = store.untold_runs().unwrap();
    assert_eq!(
        (told[0].outcome, told[0].report),
        (RunOutcome::Closed, report)
    );
}

#[test]
fn a_run_that_waits_follows_its_row_and_not_the_next_z_of_the_register() {
    let folder = tempfile::tempdir().unwrap();
    let store = licensed(folder.path());
    store.set_schedule(&schedule()).unwrap();
    let run = |due| {
        let run = store.claim_run(&schedule(), at(due), at(due)).unwrap();
        run.unwrap()
    };
    let queued = |seconds| {
        let queued = store.enqueue(new(OperationKind::Z, seconds));
        queued.unwrap().number
    };
    let z = |seconds, row| {
        let new = NewOperation {
            outbox: row,
            ..closing(seconds)
        };
        let number = store.begin(new).unwrap();
        store.sent(number, at(seconds)).unwrap();
        let z = Some(report(ReportKind::Z, seconds));
        let landed = confirmation(z);
        store.confirm(number, at(seconds), landed).unwrap()
    };
    let (withdrawn, row) = (run(60), queued(61));
    store.queue_run(withdrawn, row, None).unwrap();
    assert!(store.settle_runs().unwrap().is_empty(), "it waits");
    store.withdraw(row, at(70)).unwrap();
    z(100, None);
    assert_eq!(store.settle_runs().unwrap(), [withdrawn]);
    assert_eq!(outcome(&store, withdrawn), RunOutcome::Failed);
    let (sent, row) = (run(120), queued(121));
    store.queue_run(sent, row, None).unwrap();
    let report = z(130, Some(row));
    assert_eq!(store.settle_runs().unwrap(), [sent]);
    let sent = store.run(sent).unwrap().unwrap();
    assert_eq!((sent.outcome, sent.report), (RunOutcome::Closed, report));
    // What is unknown has nothing to do with what the next run did.
    let unknown = run(140);
    store
        .end_run(unknown, RunOutcome::Unknown, None, None)
        .unwrap();
    run(150);
    z(160, None);
    assert!(store.settle_runs().unwrap().is_empty());
    assert_eq!(outcome(&store, unknown), RunOutcome::Unknown);
}

#[test]
fn a_restored_backup_repeats_nothing_that_was_due_before() {
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("copy.db");
    let store = scheduled(&folder.path().join("data"));
    let run = store
        .claim_run(&schedule(), at(60), at(60))
        .unwrap()
        .unwrap();
    store.backup(&backup, false).unwrap();
    store.restore(&backup, at(500), true).unwrap();
    assert_eq!(store.schedules().unwrap()[0].checked, at(500));
    assert_eq!(outcome(&store, run), RunOutcome::Unknown);
}
