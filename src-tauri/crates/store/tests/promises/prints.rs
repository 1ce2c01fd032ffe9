//! The print queue: durable, one at a time, in order, and outliving whoever prints.

use chrono::TimeDelta;
use store::{NewPrint, NotPrinted, OperationKind, PrintJob, PrintState, Store, StoreError};

use crate::samples::{KKM, at, confirmation, operation, outsider, report};

const OFFICE: &str = "system:office";
const THERMAL: &str = "tcp:192.168.1.50";

/// A store with so many archived reports.
fn with_reports(folder: &std::path::Path, count: i64) -> Store {
    let store = Store::open(folder).unwrap();
    for tiyn in 0..count {
        let number = store.begin(operation(OperationKind::X, KKM)).unwrap();
        store.sent(number, at(0)).unwrap();
        let answer = confirmation(Some(report(domain::ReportKind::X, tiyn)));
        store.confirm(number, at(1), answer).unwrap();
    }
    store
}

fn new(report: Option<i64>, printer: &str, seconds: i64) -> NewPrint {
    NewPrint {
        form: "report".to_owned(),
        report,
        printer: printer.to_owned(),
        paper: "80".to_owned(),
        language: "kk+ru".to_owned(),
        at: at(seconds),
    }
}

fn dead(seconds: Option<i64>) -> NotPrinted<'static> {
    NotPrinted {
        code: "unreachable",
        detail: "no route to host",
        next: seconds.map(at),
    }
}

fn numbers(jobs: &[PrintJob]) -> Vec<i64> {
    jobs.iter().map(|job| job.number).collect()
}

#[test]
fn a_job_is_on_the_disk_before_it_is_tried_and_until_it_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_reports(folder.path(), 1);
    let added = store.add_print(&new(Some(1), THERMAL, 10)).unwrap();
    assert_eq!(
        (added.state, added.attempts, added.next),
        (PrintState::Queued, 0, at(10))
    );
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.prints(10).unwrap(), std::slice::from_ref(&added));
    store.claim_print(added.number, at(11)).unwrap();
    store
        .not_printed(added.number, at(12), &dead(Some(22)))
        .unwrap();
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    let waits = store.print_job(added.number).unwrap();
    assert_eq!(
        (
            waits.state,
            waits.attempts,
            waits.next,
            waits.code.as_deref()
        ),
        (PrintState::Queued, 1, at(22), Some("unreachable"))
    );
    assert_eq!(waits.detail.as_deref(), Some("no route to host"));
    store.claim_print(added.number, at(22)).unwrap();
    store.printed(added.number, at(23)).unwrap();
    let done = store.print_job(added.number).unwrap();
    assert_eq!(
        (done.state, done.attempts, done.code, done.settled),
        (PrintState::Done, 2, None, Some(at(23)))
    );
    assert!(store.waiting_prints(None).unwrap().is_empty());
    assert!(store.verify().unwrap().is_whole());
}

#[test]
fn a_printer_is_due_by_its_first_job_and_the_others_wait_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_reports(folder.path(), 0);
    let first = store.add_print(&new(None, THERMAL, 0)).unwrap();
    let second = store.add_print(&new(None, THERMAL, 1)).unwrap();
    store.add_print(&new(None, OFFICE, 2)).unwrap();
    assert_eq!(store.due_printers(at(2)).unwrap(), [THERMAL, OFFICE]);
    let thermal = store.waiting_prints(Some(THERMAL)).unwrap();
    assert_eq!(numbers(&thermal), [first.number, second.number]);
    store.claim_print(first.number, at(2)).unwrap();
    assert_eq!(store.due_printers(at(2)).unwrap(), [OFFICE], "it prints");
    store
        .not_printed(first.number, at(2), &dead(Some(600)))
        .unwrap();
    assert_eq!(store.due_printers(at(599)).unwrap(), [OFFICE]);
    assert_eq!(store.due_printers(at(600)).unwrap(), [THERMAL, OFFICE]);
    // A clock that was set back a day holds nothing up for a day.
    assert_eq!(store.due_printers(at(-86_400)).unwrap(), [THERMAL, OFFICE]);
    store.cancel_print(first.number, at(3)).unwrap();
    assert_eq!(store.due_printers(at(3)).unwrap(), [THERMAL, OFFICE]);
}

#[test]
fn of_two_stores_and_of_two_threads_one_prints_a_job() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_reports(folder.path(), 0);
    let other = Store::open(folder.path()).unwrap();
    let job = store.add_print(&new(None, THERMAL, 0)).unwrap().number;
    store.claim_print(job, at(1)).unwrap();
    for another in [&store, &other] {
        let late = another.claim_print(job, at(1)).unwrap_err();
        assert!(matches!(late, StoreError::Printing { .. }), "{late:?}");
        let late = another.cancel_print(job, at(1)).unwrap_err();
        assert!(matches!(late, StoreError::Printing { .. }), "{late:?}");
        another.requeue_dead_prints(at(1)).unwrap();
        assert_eq!(another.print_job(job).unwrap().state, PrintState::Printing);
    }
    let strange = other.printed(job, at(2)).unwrap_err();
    assert!(
        matches!(strange, StoreError::NoPrintJob { .. }),
        "{strange:?}"
    );
    store.printed(job, at(2)).unwrap();
    for again in [store.claim_print(job, at(3)), store.retry_print(job, at(3))] {
        assert!(
            matches!(again, Err(StoreError::NoPrintJob { .. })),
            "{again:?}"
        );
    }
}

#[test]
fn of_two_stores_one_is_at_a_printer() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_reports(folder.path(), 0);
    let other = Store::open(folder.path()).unwrap();
    let add = |printer| store.add_print(&new(None, printer, 0)).unwrap().number;
    let (first, second, elsewhere) = (add(THERMAL), add(THERMAL), add(OFFICE));
    store.claim_print(first, at(1)).unwrap();
    for another in [&store, &other] {
        let busy = another.claim_print(second, at(1)).unwrap_err();
        assert!(
            matches!(busy, StoreError::Printing { number } if number == first),
            "{busy:?}"
        );
    }
    other.claim_print(elsewhere, at(1)).unwrap();
    store.printed(first, at(2)).unwrap();
    other.claim_print(second, at(2)).unwrap();
    let third = add(THERMAL);
    let busy = store.claim_print(third, at(2)).unwrap_err();
    assert!(matches!(busy, StoreError::Printing { .. }), "{busy:?}");
    // A printer of the dead is free.
    drop(other);
    store.claim_print(third, at(3)).unwrap();
}

#[test]
fn a_restored_database_knows_what_was_printed_since_the_backup() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_reports(folder.path(), 1);
    let backup = |name: &str| {
        let path = folder.path().join(name);
        store.backup(&path, false).unwrap();
        path
    };
    let archive = |tiyn| {
        let report = report(domain::ReportKind::X, tiyn);
        store.archive(report, at(3)).unwrap();
    };
    let copy = |report| {
        let job = store.add_print(&new(Some(report), OFFICE, 4)).unwrap();
        let copy = store.claim_print(job.number, at(4)).unwrap().copy;
        store.printed(job.number, at(4)).unwrap();
        copy
    };
    let first = backup("first.db");
    archive(77);
    let second = backup("second.db");
    store.restore(&first, at(5), true).unwrap();
    // Another report has the number of the one that the second backup has.
    archive(78);
    assert!(!copy(1) && !copy(2));
    store.restore(&second, at(6), true).unwrap();
    assert!(copy(1), "it was printed before");
    assert!(!copy(2), "this one was not");
}

#[test]
fn what_is_queued_by_itself_takes_the_place_of_what_is_long_settled() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_reports(folder.path(), 1);
    store.take_reports_for_printed().unwrap();
    let old = store.add_print(&new(Some(1), THERMAL, 0)).unwrap().number;
    store.cancel_print(old, at(1)).unwrap();
    let news = |tiyn, seconds| {
        let z = report(domain::ReportKind::Z, tiyn);
        store.archive(z, at(seconds)).unwrap();
        let like = new(None, OFFICE, seconds);
        assert_eq!(store.print_new_reports(None, &like).unwrap(), 1);
        store.prints(10).unwrap().len()
    };
    assert_eq!(news(7, 2), 2);
    let late = 2 + TimeDelta::days(90).num_seconds();
    assert_eq!(news(8, late), 2, "the old one is gone");
}

#[test]
fn what_a_dead_process_was_printing_is_queued_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_reports(folder.path(), 0);
    let job = store.add_print(&new(None, THERMAL, 0)).unwrap().number;
    store.claim_print(job, at(1)).unwrap();
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    store.requeue_dead_prints(at(2)).unwrap();
    let again = store.print_job(job).unwrap();
    assert_eq!((again.state, again.attempts), (PrintState::Queued, 1));
    assert_eq!(store.due_printers(at(2)).unwrap(), [THERMAL]);
    // One that hangs holds it no longer than its lease.
    let other = Store::open(folder.path()).unwrap();
    store.claim_print(job, at(3)).unwrap();
    other.requeue_dead_prints(at(3 + 600)).unwrap();
    assert_eq!(other.print_job(job).unwrap().state, PrintState::Printing);
    other.requeue_dead_prints(at(4 + 600)).unwrap();
    assert_eq!(other.print_job(job).unwrap().state, PrintState::Queued);
}

#[test]
fn the_second_print_of_a_report_knows_that_it_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_reports(folder.path(), 2);
    let add = |report, printer| store.add_print(&new(report, printer, 0)).unwrap().number;
    let (failed, first) = (add(Some(1), THERMAL), add(Some(1), OFFICE));
    let (second, other) = (add(Some(1), THERMAL), add(Some(2), OFFICE));
    let claim = |job| store.claim_print(job, at(1)).unwrap().copy;
    assert!(!claim(failed));
    assert!(claim(first), "one is at another printer");
    store.not_printed(failed, at(1), &dead(None)).unwrap();
    store.not_printed(first, at(1), &dead(Some(2))).unwrap();
    assert!(!claim(first), "nothing was printed");
    store.printed(first, at(2)).unwrap();
    assert!(claim(second) && !claim(other));
    for _ in 0..2 {
        let test = add(None, "raw:kitchen");
        assert!(!claim(test));
        store.printed(test, at(3)).unwrap();
    }
    store.printed(second, at(3)).unwrap();
    // It is known for ever, the jobs are not.
    let late = 3 + TimeDelta::days(91).num_seconds();
    let again = store
        .add_print(&new(Some(1), THERMAL, late))
        .unwrap()
        .number;
    assert_eq!(numbers(&store.prints(10).unwrap()), [again, other]);
    assert!(claim(again));
}

#[test]
fn a_person_tries_again_what_failed_and_gives_up_what_waits() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_reports(folder.path(), 0);
    let job = store.add_print(&new(None, THERMAL, 0)).unwrap().number;
    store.claim_print(job, at(1)).unwrap();
    store.not_printed(job, at(1), &dead(None)).unwrap();
    assert!(store.due_printers(at(9_999)).unwrap().is_empty());
    let again = store.retry_print(job, at(5)).unwrap();
    assert_eq!((again.state, again.settled), (PrintState::Queued, None));
    assert_eq!(store.due_printers(at(5)).unwrap(), [THERMAL]);
    let given_up = store.cancel_print(job, at(6)).unwrap();
    assert_eq!(
        (given_up.state, given_up.settled),
        (PrintState::Cancelled, Some(at(6)))
    );
    assert!(store.due_printers(at(9_999)).unwrap().is_empty());
    assert!(matches!(
        store.cancel_print(77, at(6)),
        Err(StoreError::NoPrintJob { number: 77 })
    ));
}

#[test]
fn a_job_of_no_report_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_reports(folder.path(), 1);
    assert!(store.add_print(&new(Some(2), THERMAL, 0)).is_err());
    assert!(store.prints(10).unwrap().is_empty());
}

#[test]
fn a_restored_queue_prints_nothing_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_reports(folder.path(), 1);
    let waits = store.add_print(&new(Some(1), THERMAL, 0)).unwrap().number;
    let prints = store.add_print(&new(Some(1), OFFICE, 0)).unwrap().number;
    store.claim_print(prints, at(1)).unwrap();
    let backup = folder.path().join("backup.db");
    store.backup(&backup, false).unwrap();
    store.restore(&backup, at(5), false).unwrap();
    for number in [waits, prints] {
        let job = store.print_job(number).unwrap();
        assert_eq!(
            (job.state, job.code.as_deref()),
            (PrintState::Cancelled, Some("restored"))
        );
    }
    let left: i64 = outsider(folder.path())
        .query_row(
            "SELECT COUNT(*) FROM prints WHERE state = 'queued'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(left, 0);
}

#[test]
fn what_is_archived_is_queued_once_and_what_was_there_before_is_not() {
    use domain::ReportKind::{X, Z};
    let folder = tempfile::tempdir().unwrap();
    let store = with_reports(folder.path(), 2);
    let news = |only| {
        let like = new(None, OFFICE, 5);
        store.print_new_reports(only, &like).unwrap()
    };
    assert_eq!(news(None), 0, "they are old");
    drop(with_reports(folder.path(), 2));
    store.archive(report(Z, 7), at(3)).unwrap();
    // Somebody printed one by hand.
    store.add_print(&new(Some(4), THERMAL, 4)).unwrap();
    assert_eq!(news(None), 2);
    assert_eq!(news(None), 0, "once");
    let queued = store.waiting_prints(Some(OFFICE)).unwrap();
    let queued: Vec<_> = queued.iter().map(|job| job.report).collect();
    assert_eq!(queued, [Some(3), Some(5)]);
    store.archive(report(X, 8), at(3)).unwrap();
    store.archive(report(Z, 9), at(3)).unwrap();
    assert_eq!(news(Some(Z)), 1);
    assert_eq!(news(None), 0, "it was looked at");
    store.archive(report(Z, 10), at(3)).unwrap();
    store.take_reports_for_printed().unwrap();
    assert_eq!(news(Some(Z)), 0);
    store.archive(report(Z, 11), at(3)).unwrap();
    let backup = folder.path().join("backup.db");
    store.backup(&backup, false).unwrap();
    store.restore(&backup, at(5), false).unwrap();
    assert_eq!(
        news(Some(Z)),
        0,
        "it may have been printed since the backup"
    );
}

#[test]
fn an_attempt_that_nobody_is_at_any_more_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_reports(folder.path(), 0);
    let number = store.add_print(&new(None, THERMAL, 0)).unwrap().number;
    let first = store.claim_print(number, at(1)).unwrap();
    store.requeue_dead_prints(at(2)).unwrap();
    assert_eq!(
        store.print_job(number).unwrap().state,
        PrintState::Printing,
        "somebody is at it"
    );
    store.release_print(&first);
    store.requeue_dead_prints(at(3)).unwrap();
    assert_eq!(store.print_job(number).unwrap().state, PrintState::Queued);
    let second = store.claim_print(number, at(4)).unwrap();
    assert_eq!((first.attempts, second.attempts), (1, 2));
    // Whoever was at the first one is late, and has no say in the second.
    store.release_print(&first);
    store.requeue_dead_prints(at(5)).unwrap();
    assert_eq!(store.print_job(number).unwrap().state, PrintState::Printing);
}
