//! What the tests work with.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{CashCount, Figures, Kkm, KkmId, Marks, Money, Report, ReportKind, ShiftId, Uid};
use rusqlite::Connection;
use store::{Confirmation, NewOperation, NewReport, OperationKind};

pub(crate) const SERVER: &str = "https://fiscal.example.kz";
pub(crate) const KKM: KkmId = KkmId::new(77505);

pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-11-24T20:00:00.123456Z".parse().unwrap();
    start + TimeDelta::seconds(seconds)
}

pub(crate) fn operation(kind: OperationKind, kkm: KkmId) -> NewOperation {
    NewOperation {
        server: SERVER.to_owned(),
        login: "77001112233".to_owned(),
        kkm,
        kind,
        shift: Some(ShiftId::new(22)),
        uid: Some(Uid::new("0f-this")),
        body: r#"{"IdKkm":77505}"#.to_owned(),
        autonomous: Some(at(-5)),
        outbox: None,
        cash_count: Some(CashCount {
            counted: Money::from_tiyn(1_050).unwrap(),
            expected: Some(Money::from_tiyn(1_000).unwrap()),
            reason: Some("размен".to_owned()),
        }),
        at: at(0),
    }
}

pub(crate) fn report(kind: ReportKind, tiyn: i64) -> NewReport {
    let mut figures = Figures::default();
    figures.totals.sales.amount = Some(Money::from_tiyn(tiyn).unwrap());
    let mut kkm = Kkm::bare(KKM);
    kkm.name = Some("Касса 1".to_owned());
    NewReport {
        server: SERVER.to_owned(),
        kkm: KKM,
        shift: Some(ShiftId::new(22)),
        shift_index: Some(8),
        kind,
        report: Report {
            kind,
            kkm,
            shift: None,
            figures: Some(figures),
            sections: None,
            documents: Vec::new(),
            taken: at(1),
            cash_count: None,
            marks: Marks::default(),
        },
        raw: format!(r#"{{"Amount":{tiyn}}}"#),
    }
}

pub(crate) fn confirmation(report: Option<NewReport>) -> Confirmation {
    Confirmation {
        raw: r#"{"Status":0}"#.to_owned(),
        next_uid: Some(Uid::new("1f-next")),
        shift: Some(ShiftId::new(22)),
        report,
        server_time: None,
    }
}

/// The database as an outsider opens it, with none of our settings.
pub(crate) fn outsider(folder: &Path) -> Connection {
    Connection::open(folder.join("smena.db")).unwrap()
}
