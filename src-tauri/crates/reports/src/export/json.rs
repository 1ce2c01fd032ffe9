//! JSON with English names that stay: amounts as decimal texts, times in UTC, `null` for what was not reported.
//!
//! ```text
//! {"format": "smena-reports", "version": 1, "reports": [{
//!   "number": 12, "kind": "x" | "z" | "sections", "taken": "2026-11-23T13:05:41Z", "shiftIndex": 128,
//!   "register": {"id", "name", "znm", "rnm", "taxpayer", "bin", "address", "ofd", "ofdCode", "offlineQueue",
//!                "balances": [{"kind", "name", "amount"}]},
//!   "shift": {"id", "index", "opened", "closed", "userId", "cashier", "balanceOpen", "balanceClose", "balanceCloseNonCash"},
//!   "figures": {"sales" | "purchases" | "refunds" | "purchaseRefunds" | "deposits" | "withdrawals":
//!                 {"count": 214, "amount": "1228340.94", "cumulative": "98765432.10"},
//!               "totalAmount", "received", "change", "discount", "markup", "vat",
//!               "balanceOpen", "balanceClose", "balanceCloseNonCash", "documents", "operatorCode",
//!               "opened", "closed", "taken", "computed": {"revenue"}},
//!   "sections": [{"id", "name", "sales", "purchases", "refunds", "purchaseRefunds"}],
//!   "documents": [{"id", "at", "number", "kind", "kindName", "amount", "cash", "nonCash", "mobile", "change",
//!                  "fiscalNumber", "autonomousNumber", "offline"}],
//!   "cashCount": {"counted", "expected", "difference", "reason"},
//!   "marks": {"training", "autonomous", "restored", "altered"},
//!   "warnings": [{"code": "count-differs", "params": {"count": 5, "sum": 6}}],
//!   "server": "https://…", "hash": "SHA-256 of the archive's row"
//! }]}
//! ```
//!
//! `computed` and `difference` are the program's figures, everything else is the server's or the manager's. Each report
//! stands on a line of its own.

use std::io::Write;

use domain::checks::{Warning, warnings};
use domain::{Counter, Document, Figures, Kkm, Marks, Report, SectionLine, Shift};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Archived, Export, ExportError};

/// Counts up when a field changes its meaning or goes; new fields may come without that.
const VERSION: u32 = 1;

/// An array of reports that is being written.
pub(super) struct Json<W: Write> {
    out: std::io::BufWriter<W>,
    first: bool,
}

impl<W: Write> Json<W> {
    pub(super) fn begin(out: W) -> Result<Self, ExportError> {
        let mut out = std::io::BufWriter::new(out);
        write!(
            out,
            "{{\"format\":\"smena-reports\",\"version\":{VERSION},\"reports\":["
        )?;
        Ok(Self { out, first: true })
    }
}

impl<W: Write> Export for Json<W> {
    fn add(&mut self, archived: &Archived<'_>) -> Result<(), ExportError> {
        self.out
            .write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        serde_json::to_writer(&mut self.out, &Record::of(archived))
            .map_err(std::io::Error::from)?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out.flush()?)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    number: i64,
    kind: &'static str,
    taken: String,
    shift_index: Option<i64>,
    register: Value,
    shift: Option<Value>,
    figures: Option<Value>,
    sections: Option<Vec<Value>>,
    documents: Vec<Value>,
    cash_count: Option<Value>,
    marks: Value,
    warnings: Vec<Warning>,
    server: &'a str,
    hash: &'a str,
}

impl<'a> Record<'a> {
    fn of(archived: &Archived<'a>) -> Self {
        let report: &Report = archived.report;
        Self {
            number: archived.number,
            kind: report.kind.as_str(),
            taken: time(report.taken),
            shift_index: report.shift_index(),
            register: register(&report.kkm),
            shift: report.shift.as_ref().map(shift),
            figures: report.figures.as_ref().map(figures),
            sections: report
                .sections
                .as_ref()
                .map(|lines| lines.iter().map(section).collect()),
            documents: report.documents.iter().map(document).collect(),
            cash_count: report.cash_count.as_ref().map(|count| {
                json!({
                    "counted": count.counted,
                    "expected": count.expected,
                    "difference": count.difference(),
                    "reason": count.reason,
                })
            }),
            marks: marks(report.marks, archived.intact),
            warnings: warnings(report, archived.before),
            server: archived.server,
            hash: archived.hash,
        }
    }
}

fn time(time: chrono::DateTime<chrono::Utc>) -> String {
    time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

fn register(kkm: &Kkm) -> Value {
    let balances = kkm
        .balances
        .iter()
        .map(|it| json!({ "kind": it.kind, "name": it.name, "amount": it.amount }));
    json!({
        "id": kkm.id,
        "name": kkm.name,
        "znm": kkm.znm,
        "rnm": kkm.rnm,
        "taxpayer": kkm.taxpayer,
        "bin": kkm.bin,
        "address": kkm.address,
        "ofd": kkm.ofd_name,
        "ofdCode": kkm.ofd_code,
        "offlineQueue": kkm.offline_queue,
        "balances": balances.collect::<Vec<_>>(),
    })
}

fn shift(shift: &Shift) -> Value {
    json!({
        "id": shift.id,
        "index": shift.index,
        "opened": time(shift.opened),
        "closed": shift.closed.map(time),
        "userId": shift.user,
        "cashier": shift.user_name,
        "balanceOpen": shift.balance_open,
        "balanceClose": shift.balance_close,
        "balanceCloseNonCash": shift.balance_close_non_cash,
    })
}

fn figures(figures: &Figures) -> Value {
    let totals = &figures.totals;
    json!({
        "sales": counter(&totals.sales),
        "purchases": counter(&totals.purchases),
        "refunds": counter(&totals.refunds),
        "purchaseRefunds": counter(&totals.purchase_refunds),
        "deposits": counter(&totals.incomes),
        "withdrawals": counter(&totals.expenses),
        "totalAmount": figures.total_amount,
        "received": figures.received,
        "change": figures.change,
        "discount": figures.discount,
        "markup": figures.markup,
        "vat": figures.nds,
        "balanceOpen": figures.balance_open,
        "balanceClose": figures.balance_close,
        "balanceCloseNonCash": figures.balance_close_non_cash,
        "documents": figures.count,
        "operatorCode": figures.operator_code,
        "opened": figures.opened.map(time),
        "closed": figures.closed.map(time),
        "taken": figures.taken.map(time),
        "computed": { "revenue": figures.revenue() },
    })
}

fn counter(counter: &Counter) -> Value {
    json!({ "count": counter.qty, "amount": counter.amount, "cumulative": counter.cumulative })
}

fn section(line: &SectionLine) -> Value {
    json!({
        "id": line.id,
        "name": line.name,
        "sales": line.sales,
        "purchases": line.purchases,
        "refunds": line.refunds,
        "purchaseRefunds": line.purchase_refunds,
    })
}

fn document(document: &Document) -> Value {
    json!({
        "id": document.id,
        "at": document.at.map(time),
        "number": document.number,
        "kind": document.kind,
        "kindName": document.kind_name,
        "amount": document.value,
        "cash": document.cash,
        "nonCash": document.non_cash,
        "mobile": document.mobile,
        "change": document.change,
        "fiscalNumber": document.fiscal_number,
        "autonomousNumber": document.autonomous_number,
        "offline": document.offline,
    })
}

fn marks(marks: Marks, intact: bool) -> Value {
    json!({
        "training": marks.training,
        "autonomous": marks.autonomous,
        "restored": marks.restored,
        "altered": !intact,
    })
}
