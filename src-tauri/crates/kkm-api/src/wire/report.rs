//! X-, Z- and section reports.

use std::collections::BTreeMap;

use domain::{Counter, Figures, SectionId, SectionLine, Totals};
use serde_json::value::RawValue;

use super::object::int;
use super::{Bad, Obj, document, register};
use crate::XZ;

/// An X- or Z-report.
pub(crate) fn xz(data: &Obj<'_>) -> Result<XZ, Bad> {
    let total = data.raw("Total").and_then(|raw| Obj::parse(raw.get()));
    let total = total.ok_or_else(|| Bad::missing("Total"))?;
    let figures = Figures {
        totals: totals(&total)?,
        balance_open: data.money("BalanceOpen")?,
        balance_close: data.money("BalanceClose")?,
        balance_close_non_cash: data.money("BalanceCloseNonCash")?,
        total_amount: data.money("TotalAmount")?,
        received: data.money("TotalCashReceivedAmount")?,
        change: data.money("TotalChangeAmount")?,
        discount: data.money("TotalDiscountAmount")?,
        markup: data.money("TotalMarkupAmount")?,
        nds: data.money("TotalNdsAmount")?,
        count: data.int("Count"),
        operator_code: data.text("OperatorCode"),
        opened: data.time("DateOpen"),
        closed: data.time("DateClose"),
        taken: data.time("DateReportTaken"),
    };
    let sections = match data.raw("Sections").map(sections).transpose() {
        Ok(sections) => sections,
        // The figures stand; the shape of the sections inside an X or Z is not specified.
        Err(Bad::Shape(what)) => {
            tracing::warn!(what, "the sections of a report cannot be read");
            None
        }
        Err(bad) => return Err(bad),
    };
    let documents = match data.raw("Operations") {
        // Their shape is inferred: what cannot be read of them must not cost the report. The raw answer has them.
        Some(raw) => document::list(raw).unwrap_or_else(|bad| {
            tracing::warn!(%bad, "the documents of a report cannot be read");
            Vec::new()
        }),
        None => Vec::new(),
    };
    let kkm = data.try_obj("Kkm").and_then(|kkm| register::one(&kkm).ok());
    Ok(XZ {
        figures,
        sections,
        documents,
        kkm,
    })
}

fn totals(total: &Obj<'_>) -> Result<Totals, Bad> {
    let counter = |key: &str| -> Result<Counter, Bad> {
        let counter = total.obj(key);
        Ok(Counter {
            qty: counter.int("Qty"),
            amount: counter.money("Amount")?,
            cumulative: counter.money("Cumulative")?,
        })
    };
    Ok(Totals {
        sales: counter("Sales")?,
        purchases: counter("Purchases")?,
        refunds: counter("Refunds")?,
        purchase_refunds: counter("PurchaseRefunds")?,
        expenses: counter("Expenses")?,
        incomes: counter("Incomes")?,
    })
}

/// The section report: `Data.Sections` must be there, though it may be `null` or empty.
pub(crate) fn section_report(data: &Obj<'_>) -> Result<Vec<SectionLine>, Bad> {
    match data.raw("Sections") {
        Some(raw) => sections(raw),
        None if data
            .members()
            .any(|(key, _)| key.eq_ignore_ascii_case("Sections")) =>
        {
            Ok(Vec::new())
        }
        None => Err(Bad::missing("Sections")),
    }
}

/// Sections in any of their forms, in ascending id: `{"76634": {…}}`, `[{"76634": {…}}]`, `[{"Id": 76634, …}]`.
fn sections(raw: &RawValue) -> Result<Vec<SectionLine>, Bad> {
    let mut lines = BTreeMap::new();
    if let Ok(elements) = serde_json::from_str::<Vec<&RawValue>>(raw.get()) {
        for element in elements {
            let element = Obj::parse(element.get()).ok_or_else(|| Bad::missing("Sections[]"))?;
            match element.raw("Id").and_then(int) {
                Some(id) => {
                    lines.insert(id, line(id, &element)?);
                }
                None => keyed(&element, &mut lines)?,
            }
        }
    } else {
        let object = Obj::parse(raw.get()).ok_or_else(|| Bad::missing("Sections"))?;
        keyed(&object, &mut lines)?;
    }
    Ok(lines.into_values().collect())
}

fn keyed(object: &Obj<'_>, lines: &mut BTreeMap<i64, SectionLine>) -> Result<(), Bad> {
    for (key, value) in object.members() {
        let id = key
            .trim()
            .parse()
            .map_err(|_| Bad::Shape(format!("Sections: {key:?} is not a section")))?;
        let section = match value.get() {
            "null" => Obj::default(),
            text => Obj::parse(text).ok_or_else(|| Bad::missing("Sections{}"))?,
        };
        lines.insert(id, line(id, &section)?);
    }
    Ok(())
}

fn line(id: i64, section: &Obj<'_>) -> Result<SectionLine, Bad> {
    // Inside a report a kind can be an object of its own, as in `Total`.
    let amount = |key: &str| match section.raw(key).and_then(|raw| Obj::parse(raw.get())) {
        Some(counter) => counter.money("Amount"),
        None => section.money(key),
    };
    Ok(SectionLine {
        id: SectionId::new(id),
        name: section.text("Name"),
        sales: amount("Sales")?,
        purchases: amount("Purchases")?,
        refunds: amount("Refunds")?,
        purchase_refunds: amount("PurchaseRefunds")?,
    })
}
