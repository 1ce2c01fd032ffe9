//! `archive summary`: the Z-reports of a period, added up.

use domain::period::{Sum, Tally};
use operations::{Desk, ExportFormat, OnPaper, ReportQuery, Summary};
use serde_json::{Map, Value, json};
use texts::{Key, Lang};

use crate::failure::Failure;
use crate::output::Output;
use crate::say::{Head, Say, or_dash, table};
use crate::{print, readings};

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
    let pages = |on: &OnPaper| desk.summary_pages(&summary, on);
    let export = |format: ExportFormat, lang, path: &std::path::Path| {
        desk.export_numbers(&summary.numbers(), format, lang, path, output.force)
            .map(drop)
    };
    let files = output.write_each(desk, &pages, &export);
    let shown = say.print(&value(&summary), || {
        files.below(people(&summary, say.lang), say.lang)
    });
    let mut failed = files.failed;
    failed.extend(readings::unsaid(shown));
    print::unkept(desk, output, pages, failed).await
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
            "server": gap.server,
            "kkm": gap.kkm.get(),
            "kkmName": gap.name,
            "firstShift": gap.first,
            "lastShift": gap.last,
        })).collect::<Vec<_>>(),
        "leftOut": summary.left_out,
        "restored": summary.restored(),
    })
}

/// Amounts are `null` where no report told them, or the sum is beyond the range of money; `missing` says how many reports
/// did not tell their part.
fn tally(tally: &Tally) -> Value {
    let sums = [
        ("sales", &tally.sales),
        ("refunds", &tally.refunds),
        ("purchases", &tally.purchases),
        ("purchaseRefunds", &tally.purchase_refunds),
        ("incomes", &tally.incomes),
        ("expenses", &tally.expenses),
        ("discount", &tally.discount),
        ("vat", &tally.nds),
        ("revenue", &tally.revenue),
    ];
    let missing = sums.map(|(name, sum)| (name.to_owned(), json!(sum.missing)));
    let amount = |sum: &Sum| sum.amount().map(|amount| amount.to_string());
    let mut all: Map<String, Value> = sums
        .map(|(name, sum)| (name.to_owned(), json!(amount(sum))))
        .into_iter()
        .collect();
    all.insert("reports".to_owned(), json!(tally.reports));
    all.insert("receipts".to_owned(), json!(tally.receipts));
    all.insert("missing".to_owned(), missing.into_iter().collect());
    Value::Object(all)
}

fn people(summary: &Summary, lang: Lang) -> String {
    let period = &summary.period;
    let mut rows = summary.registers();
    rows.push((lang.text(Key::PaperOfAll).to_owned(), period.total));
    let remarks = summary.remarks(&rows, lang);
    if period.shifts.is_empty() {
        let none = lang.text(Key::PaperNoReports).to_owned();
        return [vec![none], remarks].concat().join("\n");
    }
    let row = |(name, it): &(String, Tally)| {
        let sums = [&it.sales, &it.refunds, &it.nds, &it.revenue];
        let sums = sums.map(|sum| or_dash(sum.amount().map(|it| lang.amount(it.tiyn()))));
        [name.clone(), it.reports.to_string()]
            .into_iter()
            .chain(sums)
            .collect()
    };
    let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
    let heads = [
        Head::Text(Key::PaperRegister),
        Head::Text(Key::PaperReports),
        Head::Amount(Key::PaperSales),
        Head::Amount(Key::PaperRefunds),
        Head::Amount(Key::PaperNds),
        Head::Amount(Key::PaperRevenue),
    ];
    let table = table(&heads, &rows, lang);
    [vec![table], remarks].concat().join("\n")
}
