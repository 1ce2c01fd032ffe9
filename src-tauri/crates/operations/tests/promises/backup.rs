//! A restored backup that does not know what came of a Z: the shift stays closed once, and its report comes back.

use std::path::PathBuf;

use domain::{ErrorCode, ReportKind};
use operations::view::CloseInput;
use operations::{Effect, Lang};
use sandbox::Config;
use store::{OperationFilter, OperationState, Store};

use crate::shop::{KKM, Shop, close, faults, kkm, shop};

async fn open(shop: &Shop) -> i64 {
    let opened = shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    opened.shift.unwrap().id
}

fn z_alone() -> CloseInput {
    CloseInput {
        x_first: false,
        ..close()
    }
}

fn file(shop: &Shop) -> PathBuf {
    shop.folder.path().join("backup.db")
}

/// The Zs of the archive with what the server told; whether for the first time or again stands before it.
fn zs(store: &Store) -> Vec<(Option<i64>, String)> {
    let mut zs = Vec::new();
    let mut number = 1;
    while let Some(found) = store.report(number).unwrap() {
        if found.report.kind == ReportKind::Z {
            let (_, data) = found.raw.split_once("\"Data\"").unwrap();
            zs.push((
                found.report.shift.map(|shift| shift.id.get()),
                data.to_owned(),
            ));
        }
        number += 1;
    }
    zs
}

/// Settles everything in the restored database, and sees that nothing was done twice.
async fn settle(shop: &Shop, shift: i64) {
    let settled = shop.desk.recover(None).await.unwrap();
    let states: Vec<_> = settled.iter().map(|row| row.state.as_str()).collect();
    assert_eq!(states, ["confirmed"], "{settled:?}");
    assert_eq!(shop.server.world().times_closed(shift).unwrap(), 1);
    let store = Store::open(shop.folder.path()).unwrap();
    assert!(store.verify().unwrap().is_whole());
    let of_it = zs(&store)
        .iter()
        .filter(|(id, _)| *id == Some(shift))
        .count();
    assert_eq!(of_it, 1);
}

#[tokio::test]
async fn a_restored_backup_with_an_unsettled_z_neither_closes_twice_nor_loses_the_report() {
    // The server did it and its answer got lost; or the request itself did.
    for way in ["truncate", "reset-after", "reset-before", "status:500"] {
        let shop = shop(Config::default()).await;
        let shift = open(&shop).await;
        faults(&shop, &[&format!("POST .*/z * {way}")]);
        let unknown = shop.desk.close_shift(z_alone()).await.unwrap_err();
        assert_eq!(unknown.effect(), Effect::Unknown, "{way}");
        let made = shop.desk.backup(&file(&shop), false).await.unwrap();
        assert_eq!(made.reports, 0, "{way}");
        faults(&shop, &[]);
        shop.desk.recover(None).await.unwrap();
        assert_eq!(shop.server.world().times_closed(shift).unwrap(), 1, "{way}");
        let kept = zs(&Store::open(shop.folder.path()).unwrap());
        assert_eq!(kept.len(), 1, "{way}");

        let refused = shop.desk.restore(&file(&shop), false).await.unwrap_err();
        assert_eq!(
            (refused.code(), refused.effect()),
            (ErrorCode::BadInput, Effect::Nothing)
        );
        let told = refused.view_in(Lang::Ru);
        assert_eq!(told.params["lost-reports"], "1", "{told:?}");
        assert!(
            told.message.contains("отчётов — 1, операций — 1"),
            "{told:?}"
        );
        let restored = shop.desk.restore(&file(&shop), true).await.unwrap();
        assert_eq!(restored.lost_reports, Some(1));
        // Nothing new until it is settled, and then the very report of before, from the server's memory.
        let blocked = shop.desk.open_shift(&kkm(KKM), None).await.unwrap_err();
        assert_eq!(blocked.code(), ErrorCode::Unresolved, "{way}");
        settle(&shop, shift).await;
        assert_eq!(zs(&Store::open(shop.folder.path()).unwrap()), kept, "{way}");
    }
}

#[tokio::test]
async fn a_backup_made_while_a_z_was_on_its_way_is_settled_when_it_is_restored() {
    let shop = shop(Config::default()).await;
    let shift = open(&shop).await;
    faults(&shop, &["POST .*/z 1 delay:400"]);
    let world = shop.server.world();
    let backed_up = async {
        while !world.requests().iter().any(|it| it.path.ends_with("/z")) {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        shop.desk.backup(&file(&shop), false).await.unwrap()
    };
    let (_, closed) = tokio::join!(backed_up, shop.desk.close_shift(z_alone()));
    closed.unwrap();
    shop.desk.restore(&file(&shop), true).await.unwrap();
    let store = Store::open(shop.folder.path()).unwrap();
    let row = store.operations(&OperationFilter::default()).unwrap();
    assert_eq!(
        (row[0].state, row[0].code),
        (OperationState::Unknown, Some(ErrorCode::Restored)),
        "it was sent when the backup was made"
    );
    settle(&shop, shift).await;
}

#[tokio::test]
async fn a_backup_of_days_ago_leaves_the_shifts_since_alone() {
    let shop = shop(Config::default()).await;
    let first = open(&shop).await;
    faults(&shop, &["POST .*/z * reset-before"]);
    let unknown = shop.desk.close_shift(z_alone()).await.unwrap_err();
    assert_eq!(unknown.effect(), Effect::Unknown);
    shop.desk.backup(&file(&shop), false).await.unwrap();
    faults(&shop, &[]);
    shop.desk.recover(None).await.unwrap();
    let second = open(&shop).await;
    shop.desk.close_shift(close()).await.unwrap();
    let third = open(&shop).await;

    shop.desk.restore(&file(&shop), true).await.unwrap();
    settle(&shop, first).await;
    let world = shop.server.world();
    assert_eq!(world.times_closed(second).unwrap(), 1);
    assert_eq!(world.times_closed(third).unwrap(), 0);
    assert_eq!(world.open_shift(KKM).unwrap(), Some(third));
    shop.desk.close_shift(z_alone()).await.unwrap();
    assert_eq!(world.times_closed(third).unwrap(), 1);
}
