//! `archive summary`: the Z-reports of a period, added up.

use domain::period::{Sum, Tally};
use operations::{Desk, ExportFormat, OnPaper, ReportQuery, Summary};
use serde_json::{Value, json};
use texts::{Key, Lang};

use crate::failure::Failure;
use crate::output::Output;
use crate::print;
use crate::say::{Head, Say, or_dash, table};

/// Adds up what is found, shows it, and writes the files that are asked for; a table holds the Z-reports themselves.
pub(crate) async fn run(
    desk: &Desk,
    query: &ReportQuery,
    output: &Output,
    say: Say,
) -> Result<(), Failure> {
    output.refuse_unwritable()?;
    print::may_print(output)?;
    let summary = desk.summary(query)?;
    say.result(&value(&summary), || people(&summary, say.lang))?;
    let pages = |on: &OnPaper| desk.summary_pages(&summary, on);
    let export = |format: ExportFormat, lang, path: &std::path::Path| {
        desk.export(query, format, lang, path, output.force)
            .map(drop)
    };
    let written = match output.write_each(desk, &pages, &export).into_iter().next() {
        Some(failed) => Err(Failure::not_written(&failed.path, failed.cause)),
        None => Ok(()),
    };
    print::unkept(desk, output, pages, written).await
}

fn value(summary: &Summary) -> Value {
    let period = &summary.period;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    json!({
        "from": day(period.from),
        "to": day(period.to),
        "total": tally(&period.total),
        "days": period.days.iter().map(|(day, it)| {
            json!({ "day": day.to_string(), "total": tally(it) })
        }).collect::<Vec<_>>(),
        "registers": period.registers.iter().map(|it| json!({
            "server": it.server,
            "kkm": it.kkm.get(),
            "kkmName": it.name,
            "total": tally(&it.tally),
            "cash": it.cash.map(|cash| cash.to_string()),
        })).collect::<Vec<_>>(),
        "reports": period.shifts.iter().map(|z| z.number).collect::<Vec<_>>(),
        "missing": summary.gaps.iter().map(|gap| json!({
            "kkmName": gap.register,
            "firstShift": gap.first,
            "lastShift": gap.last,
        })).collect::<Vec<_>>(),
    })
}

/// Amounts are `null` where no report told them, or the sum is beyond the range of money.
fn tally(tally: &Tally) -> Value {
    let sum = |sum: &Sum| sum.amount().map(|amount| amount.to_string());
    json!({
        "reports": tally.reports,
        "receipts": tally.receipts,
        "sales": sum(&tally.sales),
        "refunds": sum(&tally.refunds),
        "purchases": sum(&tally.purchases),
        "purchaseRefunds": sum(&tally.purchase_refunds),
        "incomes": sum(&tally.incomes),
        "expenses": sum(&tally.expenses),
        "discount": sum(&tally.discount),
        "vat": sum(&tally.nds),
        "revenue": sum(&tally.revenue),
    })
}

fn people(summary: &Summary, lang: Lang) -> String {
    let period = &summary.period;
    if period.shifts.is_empty() {
        return lang.text(Key::PaperNoReports).to_owned();
    }
    let row = |name: String, it: &Tally| {
        let sums = [&it.sales, &it.refunds, &it.nds, &it.revenue];
        let sums = sums.map(|sum| or_dash(sum.amount()));
        [name, it.reports.to_string()]
            .into_iter()
            .chain(sums)
            .collect()
    };
    let registers = period.registers.iter().map(|it| {
        let name = it.name.clone().unwrap_or_else(|| it.kkm.to_string());
        row(name, &it.tally)
    });
    let total = row(lang.text(Key::PaperOfAll).to_owned(), &period.total);
    let rows: Vec<Vec<String>> = registers.chain([total]).collect();
    let heads = [
        Key::PaperRegister,
        Key::PaperReports,
        Key::PaperSales,
        Key::PaperRefunds,
        Key::PaperNds,
        Key::PaperRevenue,
    ];
    let mut text = table(&heads.map(Head::Text), &rows, lang);
    for gap in &summary.gaps {
        let values: [(&str, &dyn std::fmt::Display); 3] = [
            ("register", &gap.register),
            ("first", &gap.first),
            ("last", &gap.last),
        ];
        text.push('\n');
        text.push_str(&lang.fill(Key::PaperWarningMissingShifts, &values));
    }
    text
}
