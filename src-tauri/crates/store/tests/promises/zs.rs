use domain::{Document, KkmId, Money, ReportKind, ShiftId};
use store::{NewReport, Store};

use crate::archive::tamper;
use crate::samples::{KKM, SERVER, at, report};

const OTHER: &str = "https://other.example.kz";

fn z(server: &str, kkm: KkmId, index: Option<i64>) -> NewReport {
    NewReport {
        server: server.to_owned(),
        kkm,
        shift_index: index,
        ..report(ReportKind::Z, 100)
    }
}

/// Server, register, shift number and report.
type Seen = (String, i64, Option<(i64, i64)>);

fn walk(store: &Store, server: Option<&str>, kkm: Option<KkmId>) -> Vec<Seen> {
    let mut seen = Vec::new();
    store
        .each_z(server, kkm, |register, z| {
            let z = z.map(|z| (z.index, z.report));
            seen.push((register.server, register.kkm.get(), z));
        })
        .unwrap();
    seen
}

#[test]
fn zs_come_by_register_and_shift_with_the_servers_kept_apart() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let second = KkmId::new(77506);
    for (server, kkm, index, taken) in [
        (OTHER, KKM, Some(2), 0),     // 1
        (SERVER, second, Some(7), 0), // 2
        (SERVER, KKM, Some(10), 0),   // 3
        (SERVER, KKM, Some(9), 5),    // 4
        (SERVER, KKM, Some(9), 3),    // 5: archived later, taken earlier
        (SERVER, KKM, None, 9),       // 6
    ] {
        let mut new = z(server, kkm, index);
        new.report.taken = at(taken);
        store.archive(new, at(0)).unwrap();
    }
    store.archive(report(ReportKind::X, 1), at(0)).unwrap();
    let here = |kkm: KkmId, z| (SERVER.to_owned(), kkm.get(), z);
    let first = [
        here(KKM, None),
        here(KKM, Some((9, 5))),
        here(KKM, Some((9, 4))),
        here(KKM, Some((10, 3))),
    ];
    let rest = [
        here(second, Some((7, 2))),
        (OTHER.to_owned(), KKM.get(), Some((2, 1))),
    ];
    assert_eq!(walk(&store, None, None), [&first[..], &rest[..]].concat());
    assert_eq!(walk(&store, Some(SERVER), Some(KKM)), first);
    assert_eq!(walk(&store, None, Some(KKM)).len(), 5);
    assert_eq!(walk(&store, Some(OTHER), None).len(), 1);
    assert_eq!(walk(&store, Some(OTHER), Some(second)), []);
}

#[test]
fn a_z_is_told_with_its_figures_and_marks() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut new = z(SERVER, KKM, Some(8));
    new.report.marks.restored = true;
    new.report.documents = vec![Document::default(); 50];
    let figures = new.report.figures.as_mut().unwrap();
    figures.balance_close = Some(Money::from_tiyn(77).unwrap());
    let wanted = new.report.clone();
    store.archive(new, at(0)).unwrap();
    let mut seen = Vec::new();
    store
        .each_z(None, None, |register, z| seen.push((register, z.unwrap())))
        .unwrap();
    let [(register, z)] = &seen[..] else {
        panic!("{seen:?}")
    };
    assert_eq!(register.name, wanted.kkm.name);
    assert_eq!((z.figures.clone(), z.restored), (wanted.figures, true));
    assert_eq!((z.taken, z.shift), (wanted.taken, Some(ShiftId::new(22))));
}

#[test]
fn a_z_that_cannot_be_read_is_damage_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.archive(z(SERVER, KKM, Some(8)), at(0)).unwrap();
    tamper(
        folder.path(),
        "UPDATE reports SET report = '{' WHERE number = 1",
    );
    let error = store.each_z(None, None, |_, _| {}).unwrap_err();
    assert!(error.to_string().contains("report 1"), "{error}");
}
