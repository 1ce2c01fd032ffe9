//! Reports a shop in Kazakhstan could have.
#![allow(dead_code, reason = "each test file takes what it needs")]

use chrono::{FixedOffset, TimeDelta};
use domain::period::{Period, PeriodShift};
use domain::{
    CashCount, Counter, Document as Receipt, Figures, Kkm, KkmId, Marks, Money, Report, ReportKind,
    SectionId, SectionLine, ServerUrl, Shift, ShiftId, ShiftStatus, Totals, UserId, Zone,
};
use reports::document::{self, Gap, Moment};
use reports::{Document, Language, Options};

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

/// At five hours east of Greenwich, as all of Kazakhstan.
pub(crate) fn options() -> Options {
    Options {
        language: Language::default(),
        zone: Zone::new(|_| FixedOffset::east_opt(5 * 3600).unwrap()),
        documents: false,
        copy: false,
        training: false,
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

/// The same with the documents listed.
pub(crate) fn listing(options: &Options) -> Options {
    Options {
        documents: true,
        ..options.clone()
    }
}

/// A Z that carries `count` documents.
pub(crate) fn with_documents(count: i64) -> Report {
    let mut report = z();
    let opened = report.shift.as_ref().map(|shift| shift.opened).unwrap();
    let document = |number: i64| {
        let value = Money::from_tiyn(number * 7_919 % 4_999_900 + 100).unwrap();
        let kinds = [1, 1, 1, 1, 5, 1, 1, 2, 1, 3];
        let place = usize::try_from(number).unwrap() % kinds.len();
        // Money is put into a drawer and taken from it in cash only.
        let cash = number % 3 != 0 || kinds[place] == 2 || kinds[place] == 3;
        Receipt {
            id: Some(50_000 + number),
            at: Some(opened + TimeDelta::seconds(number * 3)),
            number: Some(number),
            kind: Some(kinds[place]),
            value: Some(value),
            cash: cash.then_some(value),
            non_cash: (!cash).then_some(value),
            fiscal_number: Some(format!("{}", 1_800_000_000 + number)),
            ..Receipt::default()
        }
    };
    report.documents = (1..=count).map(document).collect();
    report
}

/// The slip of a shift.
pub(crate) fn slip(moment: Moment, options: &Options) -> Document {
    let report = z();
    let mut shift = report.shift.clone().unwrap();
    shift.balance_open = some("93794.1");
    if moment == Moment::Closed {
        shift.balance_close = some("412684.54");
        shift.balance_close_non_cash = some("396000");
    }
    let seen = match moment {
        Moment::Opened => shift.opened + TimeDelta::seconds(3),
        Moment::Closed => report.taken,
    };
    let mut options = options.clone();
    options.archive = None;
    document::shift_slip(&report.kkm, &shift, moment, seen, report.marks, &options)
}

/// Three registers over `days` days.
pub(crate) fn shifts(days: i64) -> Vec<PeriodShift> {
    let server = ServerUrl::parse("https://kassa.test").unwrap();
    let mut all = Vec::new();
    for day in 0..days {
        for (place, name) in (0i64..).zip(NAMES) {
            let mut report = z();
            let later = TimeDelta::days(day);
            report.kkm.id = KkmId::new(77_505 + place);
            report.kkm.name = Some(name.to_owned());
            report.taken += later;
            let shift = report.shift.as_mut().unwrap();
            shift.id = ShiftId::new(10_000 + day * 10 + place);
            shift.index = Some(100 + day);
            let figures = report.figures.as_mut().unwrap();
            figures.closed = figures.closed.map(|at| at + later);
            let more = Money::from_tiyn((day * 3_571_113 + place * 917_421) % 90_000_000).unwrap();
            let sales = figures.totals.sales.amount.unwrap();
            figures.totals.sales.amount = sales.checked_add(more);
            all.push(PeriodShift {
                number: day * 3 + place + 1,
                server: server.clone(),
                report,
            });
        }
    }
    all
}

/// The summary of those days, with a gap in the archive, a report left out, one rebuilt and one without its VAT.
pub(crate) fn period(days: i64, options: &Options) -> Document {
    let from = "2026-11-23".parse().ok();
    let to = from.map(|day: chrono::NaiveDate| day + TimeDelta::days(days - 1));
    let mut shifts = shifts(days);
    if let Some(z) = shifts.get_mut(1) {
        z.report.figures.as_mut().unwrap().nds = None;
    }
    if let Some(z) = shifts.get_mut(2) {
        z.report.marks.restored = true;
    }
    let period = Period::of(shifts, |at| options.zone.offset(at), from, to);
    let gap = Gap {
        server: "https://kassa.test".to_owned(),
        kkm: KkmId::new(77_506),
        name: Some("Касса 2".to_owned()),
        first: 97,
        last: 99,
    };
    let mut options = options.clone();
    options.archive = None;
    document::period(&period, &[gap], &[41], &options)
}

/// The names of the registers of [`summary`].
pub(crate) const NAMES: [&str; 3] = ["Касса 1", "Касса 2", "Қойма (склад)"];

/// The summary of one day after the other with these revenues in tiyn, which the first of three registers took in.
pub(crate) fn summary(all: &[i64], names: [&str; 3], language: Language) -> Document {
    let tiyn = |value: i64| Money::from_tiyn(value).ok();
    let mut zs = shifts(i64::try_from(all.len()).unwrap());
    for (place, z) in zs.iter_mut().enumerate() {
        let revenue = if place % 3 == 0 { all[place / 3] } else { 0 };
        z.report.kkm.name = Some(names[place % 3].to_owned());
        let figures = z.report.figures.as_mut().unwrap();
        figures.totals.sales.amount = tiyn(revenue.max(0));
        figures.totals.refunds.amount = tiyn((-revenue).max(0));
        figures.balance_close = tiyn(revenue);
        for line in z.report.sections.iter_mut().flatten().take(1) {
            line.sales = tiyn(revenue.max(0));
            line.refunds = tiyn((-revenue).max(0));
        }
    }
    let options = Options {
        language,
        archive: None,
        ..options()
    };
    let period = Period::of(zs, |at| options.zone.offset(at), None, None);
    document::period(&period, &[], &[], &options)
}

/// Every kind of document in one language, with its name for files.
pub(crate) fn all(language: Language) -> Vec<(&'static str, Document)> {
    let options = Options {
        language,
        ..options()
    };
    let copy = Options {
        copy: true,
        altered: true,
        ..options.clone()
    };
    vec![
        ("x", document::report(&x(), &options)),
        ("z", document::report(&z(), &options)),
        (
            "z-documents",
            document::report(&with_documents(70), &listing(&options)),
        ),
        ("z-hard", document::report(&hard(), &copy)),
        ("sections", document::report(&sections(), &options)),
        ("shift-opened", slip(Moment::Opened, &options)),
        ("shift-closed", slip(Moment::Closed, &options)),
        ("cash-count", document::cash_count(&z(), &options).unwrap()),
        ("period", period(12, &options)),
    ]
}
