//! Lists of the archive, against a plain loop over everything.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{KkmId, Money, ReportKind};
use store::{NamedRegister, NewReport, ReportFilter, ReportLine, ReportSearch, Store};

use crate::samples::{SERVER, at, report};

const OTHER: &str = "https://other.example.kz";
const ALL: u32 = 1_000;

/// Three registers on two servers; times that go back and forth, and some that are the same.
fn shelf(folder: &Path) -> Store {
    let store = Store::open(folder).unwrap();
    for number in 0..72 {
        let kind = [ReportKind::X, ReportKind::Sections, ReportKind::Z][number % 3];
        let number = i64::try_from(number).unwrap();
        let new = report(kind, number % 4 * 100);
        let server = if number % 5 == 0 { OTHER } else { SERVER };
        let mut new = NewReport {
            server: server.to_owned(),
            kkm: KkmId::new(1 + number / 2 % 3),
            shift_index: (number % 7 != 0).then_some(number % 6),
            ..new
        };
        new.report.taken = at(number * 29 % 24);
        store.archive(new, at(number)).unwrap();
    }
    store
}

fn list(store: &Store, filter: &ReportFilter) -> Vec<ReportLine> {
    store.reports(filter).unwrap()
}

/// Every combination of filters, each with something that there is and something that there is not.
fn filters() -> impl Iterator<Item = ReportFilter> {
    (0..512u32).flat_map(|bits| {
        let asked = move |bit: u32| bits >> bit & 1 == 1;
        let tiyn = |tiyn| Money::from_tiyn(tiyn).unwrap();
        [
            (SERVER, 2, ReportKind::Z, 2, 200, (3, 17), (12, 40)),
            (OTHER, 1, ReportKind::X, 4, 0, (0, 23), (23, 1)),
            (
                "https://nobody.kz",
                9,
                ReportKind::Sections,
                99,
                7,
                (9, 9),
                (0, 0),
            ),
        ]
        .map(
            |(server, kkm, kind, shift, amount, (from, to), (taken, number))| ReportFilter {
                server: asked(0).then(|| server.to_owned()),
                kkm: asked(1).then_some(KkmId::new(kkm)),
                kind: asked(2).then_some(kind),
                shift_index: asked(3).then_some(shift),
                amount: asked(4).then(|| tiyn(amount)),
                number: asked(8).then_some(shift),
                from: asked(5).then(|| at(from)),
                to: asked(6).then(|| at(to)),
                before: asked(7).then(|| (at(taken), number)),
                limit: ALL,
            },
        )
    })
}

fn is_wanted(filter: &ReportFilter, line: &ReportLine) -> bool {
    filter.server.as_ref().is_none_or(|it| *it == line.server)
        && filter.kkm.is_none_or(|it| it == line.kkm)
        && filter.kind.is_none_or(|it| it == line.kind)
        && filter
            .shift_index
            .is_none_or(|it| Some(it) == line.shift_index)
        && filter.amount.is_none_or(|it| Some(it) == line.amount)
        && filter.number.is_none_or(|it| it == line.number)
        && filter.from.is_none_or(|from| line.taken >= from)
        && filter.to.is_none_or(|to| line.taken < to)
        && filter
            .before
            .is_none_or(|before| (line.taken, line.number) < before)
}

fn place(line: &ReportLine) -> (DateTime<Utc>, i64) {
    (line.taken, line.number)
}

#[test]
fn every_combination_of_filters_gives_what_a_plain_loop_gives() {
    let folder = tempfile::tempdir().unwrap();
    let store = shelf(folder.path());
    let all = list(&store, &ReportFilter::newest(ALL));
    assert_eq!(all.len(), 72);
    assert!(
        all.is_sorted_by(|one, two| place(one) > place(two)),
        "{all:?}"
    );
    let mut found = 0;
    for filter in filters() {
        let wanted: Vec<_> = all
            .iter()
            .filter(|line| is_wanted(&filter, line))
            .cloned()
            .collect();
        assert_eq!(list(&store, &filter), wanted, "{filter:?}");
        found += wanted.len();
    }
    assert!(found > 1_000, "the filters find something: {found}");
}

#[test]
fn pages_follow_on_one_another_while_new_reports_come() {
    let folder = tempfile::tempdir().unwrap();
    let store = shelf(folder.path());
    let all = list(&store, &ReportFilter::newest(ALL));
    let mut filter = ReportFilter::newest(7);
    let mut seen: Vec<ReportLine> = Vec::new();
    for _ in 0..all.len() {
        let page = list(&store, &filter);
        let Some(last) = page.last() else { break };
        assert!(page.len() <= 7);
        filter.before = Some(place(last));
        seen.extend(page);
        let mut new = report(ReportKind::X, 1);
        new.report.taken = at(500);
        store.archive(new, at(500)).unwrap();
    }
    assert_eq!(seen, all);
}

#[test]
fn a_span_of_time_has_its_first_microsecond_and_not_its_last() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let microsecond = chrono::TimeDelta::microseconds(1);
    for taken in [at(0) - microsecond, at(0), at(9) - microsecond, at(9)] {
        let mut new = report(ReportKind::X, 1);
        new.report.taken = taken;
        store.archive(new, at(9)).unwrap();
    }
    let filter = ReportFilter {
        from: Some(at(0)),
        to: Some(at(9)),
        ..ReportFilter::newest(ALL)
    };
    let numbers: Vec<_> = list(&store, &filter)
        .iter()
        .map(|line| line.number)
        .collect();
    assert_eq!(numbers, [3, 2]);
}

fn search(filter: ReportFilter, registers: &[(&str, i64)]) -> ReportSearch {
    let named = |(server, kkm): &(&str, i64)| ((*server).to_owned(), KkmId::new(*kkm));
    ReportSearch {
        filter,
        registers: (!registers.is_empty()).then(|| Arc::new(registers.iter().map(named).collect())),
    }
}

#[test]
fn what_any_of_several_finds_comes_once_in_order_and_page_by_page() {
    let folder = tempfile::tempdir().unwrap();
    let store = shelf(folder.path());
    let newest = || ReportFilter::newest(1);
    let searches = [
        search(
            ReportFilter {
                number: Some(9),
                ..newest()
            },
            &[],
        ),
        search(
            ReportFilter {
                shift_index: Some(3),
                ..newest()
            },
            &[(SERVER, 2), (OTHER, 1)],
        ),
        search(
            ReportFilter {
                kkm: Some(KkmId::new(3)),
                ..newest()
            },
            &[(SERVER, 3)],
        ),
        search(
            ReportFilter {
                kkm: Some(KkmId::new(3)),
                kind: Some(ReportKind::Z),
                ..newest()
            },
            &[],
        ),
    ];
    let wanted: Vec<ReportLine> = list(&store, &ReportFilter::newest(ALL))
        .into_iter()
        .filter(|line| {
            let register = (line.server.as_str(), line.kkm.get());
            line.number == 9
                || line.shift_index == Some(3) && [(SERVER, 2), (OTHER, 1)].contains(&register)
                || register == (SERVER, 3)
                || register.1 == 3 && line.kind == ReportKind::Z
        })
        .collect();
    assert!(wanted.len() > 20, "{}", wanted.len());
    assert_eq!(store.reports_of_any(&searches, ALL).unwrap(), wanted);
    let (mut seen, mut searches) = (Vec::new(), searches);
    while seen.len() < wanted.len() {
        let page = store.reports_of_any(&searches, 4).unwrap();
        assert!(!page.is_empty() && page.len() <= 4);
        for search in &mut searches {
            search.filter.before = page.last().map(place);
        }
        seen.extend(page);
    }
    assert_eq!(seen, wanted);
    assert!(store.reports_of_any(&searches, 4).unwrap().is_empty());
    assert!(store.reports_of_any(&[], 4).unwrap().is_empty());
}

#[test]
fn every_register_of_the_archive_is_named_once_as_it_was_last() {
    let folder = tempfile::tempdir().unwrap();
    let store = shelf(folder.path());
    let lines = list(&store, &ReportFilter::newest(ALL));
    let mut wanted: Vec<NamedRegister> = Vec::new();
    for line in &lines {
        let known = |it: &NamedRegister| (&it.server, it.kkm) == (&line.server, line.kkm);
        if !wanted.iter().any(known) {
            wanted.push(NamedRegister {
                server: line.server.clone(),
                kkm: line.kkm,
                name: line.kkm_name.clone(),
            });
        }
    }
    wanted.sort_by(|one, two| (&one.server, one.kkm).cmp(&(&two.server, two.kkm)));
    assert_eq!(wanted.len(), 6);
    assert_eq!(store.named_registers().unwrap(), wanted);
    let first = &wanted[0];
    assert_eq!(
        store.register_name(&first.server, first.kkm).unwrap(),
        first.name
    );
    assert_eq!(
        store.register_name("https://nobody.kz", first.kkm).unwrap(),
        None
    );
    let empty = tempfile::tempdir().unwrap();
    assert!(
        Store::open(empty.path())
            .unwrap()
            .named_registers()
            .unwrap()
            .is_empty()
    );
}
