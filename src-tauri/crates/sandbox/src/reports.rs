//! X-, section and Z-reports as JSON. An X-report writes amounts with two places and the key `Count` twice, a Z-report
//! writes them as short as they get: so do the specification's samples.

use std::borrow::Cow;

use crate::{
    clock::rfc3339,
    document::Document,
    json::Json,
    render,
    seed::SECTIONS,
    sums::{Sum, Sums},
    world::{Shift, World},
};

type Money = fn(i64) -> Json;

/// `Data` of an X-report.
pub(crate) fn x(world: &World, shift: &Shift) -> Json {
    report(world, shift, Json::Amount, true)
}

/// `Data` of a Z-report; the shift is closed in the world, `documents` are those it had.
pub(crate) fn z(world: &World, shift: &Shift) -> Json {
    report(world, shift, Json::Short, false)
}

/// `Data` of a section report.
pub(crate) fn sections(shift: &Shift) -> Json {
    Json::object([("Sections", by_section(shift, Json::Short))])
}

fn report(world: &World, shift: &Shift, money: Money, is_x: bool) -> Json {
    let register = world.kkm(shift.kkm);
    let count = Json::Int(shift.takings.all.count());
    let total = shift
        .cumulative
        .or_else(|| register.map(|kkm| kkm.cumulative))
        .unwrap_or(shift.takings.all);
    let mut fields: Vec<(Cow<'static, str>, Json)> = Vec::new();
    let mut put = |key: &'static str, value: Json| fields.push((Cow::Borrowed(key), value));
    if is_x {
        put("Count", count.clone());
    }
    let kkm = register.map_or(Json::Null, |kkm| render::kkm(world, kkm, false));
    put("Kkm", kkm);
    put("Sections", by_section(shift, money));
    let documents = shift.documents.iter();
    let documents = documents.map(|document| operation(world, shift, document, money));
    put("Operations", Json::List(documents.collect()));
    put("OperatorCode", Json::text(shift.user.to_string()));
    put("Total", totals(&shift.takings.all, &total, money));
    put("BalanceOpen", money(shift.balance_open));
    put("BalanceClose", money(shift.balance_close()));
    put("BalanceCloseNonCash", money(shift.takings.non_cash));
    if let Some(closed) = shift.closed {
        put("DateOpen", Json::text(rfc3339(shift.opened)));
        put("DateClose", Json::text(rfc3339(closed)));
        put("DateReportTaken", Json::text(rfc3339(closed)));
    }
    put("Count", count);
    let revenue = shift.takings.all.sales.amount - shift.takings.all.refunds.amount;
    put("TotalAmount", money(revenue));
    put("TotalCashReceivedAmount", money(shift.takings.received));
    put("TotalChangeAmount", money(shift.takings.change));
    put("TotalDiscountAmount", money(shift.takings.discount));
    put("TotalMarkupAmount", money(shift.takings.markup));
    put("TotalNdsAmount", money(shift.takings.nds));
    Json::Object(fields)
}

fn totals(shift: &Sums, ever: &Sums, money: Money) -> Json {
    let counter = |here: Sum, ever: Sum| {
        Json::object([
            ("Qty", Json::Int(here.qty)),
            ("Amount", money(here.amount)),
            ("Cumulative", money(ever.amount)),
        ])
    };
    Json::object([
        ("Sales", counter(shift.sales, ever.sales)),
        ("Purchases", counter(shift.purchases, ever.purchases)),
        ("Refunds", counter(shift.refunds, ever.refunds)),
        (
            "PurchaseRefunds",
            counter(shift.purchase_refunds, ever.purchase_refunds),
        ),
        ("Expenses", counter(shift.expenses, ever.expenses)),
        ("Incomes", counter(shift.incomes, ever.incomes)),
    ])
}

fn by_section(shift: &Shift, money: Money) -> Json {
    let one = |section: &crate::seed::Section| {
        let sums = shift.takings.sections.get(&section.id);
        let sums = sums.copied().unwrap_or_default();
        let line = Json::object([
            ("Name", Json::text(section.name)),
            ("Sales", money(sums.sales.amount)),
            ("Purchases", money(sums.purchases.amount)),
            ("Refunds", money(sums.refunds.amount)),
            ("PurchaseRefunds", money(sums.purchase_refunds.amount)),
        ]);
        (Cow::Owned(section.id.to_string()), line)
    };
    Json::Object(SECTIONS.iter().map(one).collect())
}

fn operation(world: &World, shift: &Shift, document: &Document, money: Money) -> Json {
    let (kind, kind_name) = document.kind.wire();
    let user = world.user(shift.user);
    Json::object([
        ("Id", Json::Int(document.id)),
        ("DateDocument", Json::text(rfc3339(document.at))),
        ("NumberDoc", Json::Int(document.number)),
        ("Value", money(document.value)),
        ("Cash", money(document.cash)),
        ("NonCash", money(document.value - document.cash)),
        ("Mobile", money(0)),
        ("Change", money(document.change)),
        (
            "FiscalNumber",
            Json::text(format!("{:012}", document.id * 7919 % 1_000_000_000_000)),
        ),
        ("AutonomousNumber", Json::text("")),
        ("Offline", Json::Bool(shift.autonomous)),
        (
            "TypeDocument",
            Json::object([("Id", Json::Int(kind)), ("Name", Json::text(kind_name))]),
        ),
        ("Domain", Json::empty()),
        (
            "User",
            user.map_or_else(Json::empty, |user| render::user(world, user)),
        ),
    ])
}
