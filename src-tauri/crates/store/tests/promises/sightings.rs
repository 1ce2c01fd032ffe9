//! Registers as they were seen last.

use domain::{KkmId, ShiftId};
use store::{Sighting, Store};

use crate::samples::{KKM, SERVER, at};

fn sighting(kkm: KkmId, seconds: i64, state: &str) -> Sighting {
    Sighting {
        server: SERVER.to_owned(),
        kkm,
        login: "77001112233".to_owned(),
        name: Some("Касса 1".to_owned()),
        address: None,
        znm: Some("SWK00032685".to_owned()),
        rnm: None,
        seen: at(seconds),
        state: state.to_owned(),
        overdue_at: Some(at(86_400)),
        shift: Some(ShiftId::new(5)),
    }
}

#[test]
fn what_changed_is_written_at_once_and_a_later_sight_once_a_minute() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let keep = |seconds, state: &str| {
        store
            .keep_sightings(&[sighting(KKM, seconds, state)], &[])
            .unwrap();
        let kept = store.sightings().unwrap();
        assert_eq!(kept.len(), 1);
        (kept[0].seen, kept[0].state.clone())
    };
    assert_eq!(keep(0, "open"), (at(0), "open".to_owned()));
    assert_eq!(keep(30, "open"), (at(0), "open".to_owned()));
    assert_eq!(keep(31, "closed"), (at(31), "closed".to_owned()));
    assert_eq!(keep(91, "closed"), (at(91), "closed".to_owned()));
    // The clock was set back by an hour.
    assert_eq!(keep(-3600, "closed"), (at(-3600), "closed".to_owned()));
}

#[test]
fn what_is_gone_and_what_a_forgotten_account_saw_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (one, two) = (KkmId::new(1), KkmId::new(2));
    let both = [sighting(one, 0, "open"), sighting(two, 0, "closed")];
    store.keep_sightings(&both, &[]).unwrap();
    assert_eq!(store.sightings().unwrap(), both);
    let gone = [(SERVER.to_owned(), one)];
    store.keep_sightings(&both[1..], &gone).unwrap();
    assert_eq!(store.sightings().unwrap(), &both[1..]);
    store.forget_sightings(SERVER, "77004445566").unwrap();
    assert_eq!(store.sightings().unwrap().len(), 1);
    store.forget_sightings(SERVER, "77001112233").unwrap();
    assert!(store.sightings().unwrap().is_empty());
}
