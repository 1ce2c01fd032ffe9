//! Reports a shop in Kazakhstan could have.
#![allow(dead_code, reason = "each test file takes what it needs")]

use chrono::FixedOffset;
use domain::{
    CashCount, Counter, Figures, Kkm, KkmId, Marks, Money, Report, ReportKind, SectionId,
    SectionLine, Shift, ShiftId, ShiftStatus, Totals, UserId,
};
use reports::{Options, Paper};

pub(crate) fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn some(text: &str) -> Option<Money> {
    Some(money(text))
}

fn counter(qty: i64, amount: &str, cumulative: &str) -> Counter {
    Counter {
        qty: Some(qty),
        amount: some(amount),
        cumulative: some(cumulative),
    }
}

pub(crate) fn options() -> Options {
    Options {
        paper: Paper::Tape80,
        utc_offset: FixedOffset::east_opt(5 * 3600).unwrap(),
        copy: false,
        altered: false,
        archive: Some((
            12,
            "3f9a1c0b7e22d4558a6b90cc12ef34a7b8d1e2f3a4b5c6d7e8f9012345678901".to_owned(),
        )),
    }
}

/// A Z of a good day, with everything the server can send and a drawer that is short.
pub(crate) fn z() -> Report {
    let opened = "2026-11-23T03:02:10Z".parse().unwrap();
    let closed = "2026-11-23T13:05:41Z".parse().unwrap();
    Report {
        kind: ReportKind::Z,
        kkm: Kkm {
            name: Some("Касса 1".to_owned()),
            znm: Some("SWK00412345".to_owned()),
            rnm: Some("010100412345".to_owned()),
            shift_index: Some(128),
            offline_queue: Some(0),
            ofd_code: Some(0),
            ofd_name: Some("АО «Казахтелеком»".to_owned()),
            taxpayer: Some("ТОО «Көктем Маркет»".to_owned()),
            bin: Some("120340012345".to_owned()),
            address: Some(
                "г. Алматы, Бостандыкский район, пр. Әл-Фараби, 77/8, н.п. 12".to_owned(),
            ),
            ..Kkm::bare(KkmId::new(77505))
        },
        shift: Some(Shift {
            id: ShiftId::new(9_001),
            user: UserId::new(1),
            kkm: KkmId::new(77505),
            status: ShiftStatus::Closed,
            opened,
            closed: Some(closed),
            index: Some(128),
            balance_open: None,
            balance_close: None,
            balance_close_non_cash: None,
            user_name: Some("Айгерім Сәрсенова".to_owned()),
            user_phone: None,
        }),
        figures: Some(Figures {
            totals: Totals {
                sales: counter(214, "1228340.94", "98765432.10"),
                purchases: counter(2, "45000", "1245000"),
                refunds: counter(3, "18450.5", "310220.75"),
                purchase_refunds: counter(0, "0", "12000"),
                expenses: counter(1, "500000", "41500000"),
                incomes: counter(1, "50000", "2150000"),
            },
            balance_open: some("93794.1"),
            balance_close: some("412684.54"),
            balance_close_non_cash: some("396000"),
            total_amount: some("1228340.94"),
            received: some("1260000"),
            change: some("31659.06"),
            discount: some("12500"),
            markup: some("0"),
            nds: some("167250.19"),
            count: Some(220),
            operator_code: Some("7".to_owned()),
            opened: Some(opened),
            closed: Some(closed),
            taken: Some(closed),
        }),
        sections: Some(vec![
            section(76634, "НДС 16%", "1128340.94", "45000", "18450.5", "0"),
            section(76635, "Без НДС", "100000", "0", "0", "0"),
        ]),
        documents: Vec::new(),
        taken: closed,
        cash_count: Some(CashCount {
            counted: money("412000"),
            expected: some("412684.54"),
            reason: Some("Сдача мелочью на кассе 2".to_owned()),
        }),
        marks: Marks::default(),
    }
}

pub(crate) fn section(id: i64, name: &str, a: &str, b: &str, c: &str, d: &str) -> SectionLine {
    SectionLine {
        id: SectionId::new(id),
        name: Some(name.to_owned()),
        sales: some(a),
        purchases: some(b),
        refunds: some(c),
        purchase_refunds: some(d),
    }
}

/// The same register in the middle of the day.
pub(crate) fn x() -> Report {
    let mut report = z();
    report.kind = ReportKind::X;
    report.cash_count = None;
    if let Some(shift) = &mut report.shift {
        shift.closed = None;
        shift.status = ShiftStatus::Open;
    }
    if let Some(figures) = &mut report.figures {
        (figures.opened, figures.closed, figures.taken) = (None, None, None);
    }
    report
}

/// Only the sections.
pub(crate) fn sections() -> Report {
    Report {
        kind: ReportKind::Sections,
        figures: None,
        ..x()
    }
}

/// Every mark, every warning, long names and the largest sums.
pub(crate) fn hard() -> Report {
    let mut report = z();
    report.marks = Marks {
        training: true,
        autonomous: true,
        restored: true,
    };
    report.kkm.taxpayer = Some(
        "Товарищество с ограниченной ответственностью «Сәулетті Ұлы Дала Һәм Қазақтың Өңірі Ғылыми-Өндірістік Бірлестігі» ₸"
            .to_owned(),
    );
    report.kkm.name = Some("Касса 3 (склад на улице Ыбырай Алтынсарин, вход со двора)".to_owned());
    if let Some(shift) = &mut report.shift {
        shift.user_name = Some("Нұрғиса-Әбдіжәміл Өтегенұлы Құрманғалиев-Тілендиевский".to_owned());
    }
    let most = "999999999999999.99";
    if let Some(figures) = &mut report.figures {
        figures.totals.sales = counter(1_234_567, most, most);
        figures.totals.refunds = counter(0, "0", "0");
        figures.totals.incomes = counter(99_999, most, most);
        figures.balance_close = some(most);
        figures.nds = some(most);
        figures.balance_close_non_cash = Some(Money::ZERO);
    }
    if let Some(lines) = &mut report.sections {
        lines.push(section(
            80001,
            "Әдемі Ғажап Қала Ңұсқа Өмір Ұстаз Үміт Һәм Ірі әғқңөұүһі секция очень длинного названия",
            most,
            "0",
            "0",
            "0",
        ));
    }
    report
}
