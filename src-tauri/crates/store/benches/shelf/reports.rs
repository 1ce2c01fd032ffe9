//! Reports as a chain of shops would have them: 200 registers, one of which makes a twentieth of all.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Figures, Kkm, KkmId, KkmStatus, Marks, Money, Report, ReportKind, Shift, ShiftId, ShiftStatus,
    UserId,
};
use store::NewReport;

pub const REGISTERS: i64 = 200;
/// Reports of one shift: three X, one by sections, one Z.
pub const OF_ONE_SHIFT: i64 = 5;

pub fn start() -> DateTime<Utc> {
    "2017-01-01T00:00:00Z".parse().unwrap()
}

/// When report `number` was taken: one every five minutes.
pub fn taken(number: i64) -> DateTime<Utc> {
    start() + TimeDelta::minutes(5 * number)
}

/// The register of report `number`, and how many it made before.
pub fn register(number: i64) -> (i64, i64) {
    if number % 20 == 0 {
        (0, number / 20)
    } else {
        (1 + number % (REGISTERS - 1), number / REGISTERS)
    }
}

/// Two servers: the second has one register in twenty-five.
pub fn server(register: i64) -> &'static str {
    if register % 25 == 24 {
        "https://test.example.kz"
    } else {
        "https://fiscal.example.kz"
    }
}

/// Sales in tiyn: one report in ten has none, the rest are all over the place.
pub const fn amount(number: i64) -> i64 {
    if number % 10 == 3 {
        0
    } else {
        (number * 7_919) % 40_000_000
    }
}

/// A report with everything a server tells.
pub fn report(number: i64, kind: ReportKind, raw: usize) -> NewReport {
    let (register, turn) = register(number);
    let index = turn / OF_ONE_SHIFT + 1;
    let id = KkmId::new(77_000 + register);
    let shift = ShiftId::new(register * 100_000 + index);
    let taken = taken(number);
    NewReport {
        server: server(register).to_owned(),
        kkm: id,
        shift: Some(shift),
        shift_index: Some(index),
        kind,
        report: Report {
            kind,
            kkm: kkm(id, shift, index),
            shift: Some(Shift {
                id: shift,
                user: UserId::new(1032),
                kkm: id,
                status: ShiftStatus::Closed,
                opened: taken - TimeDelta::hours(10),
                closed: Some(taken),
                index: Some(index),
                balance_open: Some(money(index * 1_000)),
                balance_close: Some(money((index + 1) * 1_000)),
                balance_close_non_cash: Some(Money::ZERO),
                user_name: Some("Ахметова Айгуль Сериковна".to_owned()),
                user_phone: Some("77001112233".to_owned()),
            }),
            figures: (kind != ReportKind::Sections).then(|| figures(number, index, taken)),
            sections: None,
            documents: Vec::new(),
            taken,
            cash_count: None,
            marks: Marks::default(),
        },
        raw: answer(number, raw),
    }
}

fn money(tiyn: i64) -> Money {
    Money::from_tiyn(tiyn).unwrap()
}

fn kkm(id: KkmId, shift: ShiftId, index: i64) -> Kkm {
    Kkm {
        name: Some(format!("Касса {id}, торговый зал")),
        znm: Some("SWK00427713".to_owned()),
        rnm: Some("010102451122".to_owned()),
        shift: Some(shift),
        shift_index: Some(index),
        status: KkmStatus::Ready,
        locked: Some(false),
        offline_queue: Some(0),
        ofd_code: Some(0),
        ofd_name: Some("АО «Казахтелеком»".to_owned()),
        taxpayer: Some("ТОО «Береке Маркет»".to_owned()),
        bin: Some("120340005678".to_owned()),
        address: Some("г. Алматы, ул. Сатпаева, 90/54, н.п. 12".to_owned()),
        ..Kkm::bare(id)
    }
}

fn figures(number: i64, index: i64, taken: DateTime<Utc>) -> Figures {
    let mut figures = Figures {
        balance_open: Some(money(index * 1_000)),
        balance_close: Some(money((index + 1) * 1_000)),
        balance_close_non_cash: Some(Money::ZERO),
        total_amount: Some(money(amount(number))),
        received: Some(money(amount(number))),
        change: Some(Money::ZERO),
        discount: Some(Money::ZERO),
        markup: Some(Money::ZERO),
        nds: Some(Money::ZERO),
        count: Some(6),
        operator_code: Some("1032".to_owned()),
        opened: Some(taken - TimeDelta::hours(10)),
        closed: Some(taken),
        taken: Some(taken),
        ..Figures::default()
    };
    let totals = &mut figures.totals;
    for counter in [
        &mut totals.sales,
        &mut totals.purchases,
        &mut totals.refunds,
        &mut totals.purchase_refunds,
        &mut totals.incomes,
        &mut totals.expenses,
    ] {
        counter.qty = Some(1);
        counter.amount = Some(money(amount(number)));
        counter.cumulative = Some(money(index * 40_000_000));
    }
    figures
}

/// An answer of so many bytes: a head, and documents for the rest.
fn answer(number: i64, length: usize) -> String {
    use std::fmt::Write;
    let mut text =
        format!(r#"{{"Status":200,"Message":"OK","Data":{{"Id":{number},"Operations":["#);
    let mut document = number * 100;
    while text.len() < length {
        document += 1;
        write!(
            text,
            r#"{{"Id":{document},"DateDocument":"2026-11-24T08:00:00.123Z","NumberDoc":{document},"TypeDocument":{{"Id":1,"Name":"Продажа"}},"Value":{},"FiscalNumber":"{document}77"}},"#,
            document % 10_007
        )
        .unwrap();
    }
    text.truncate(text.len() - 1);
    text.push_str("]}}");
    text
}
