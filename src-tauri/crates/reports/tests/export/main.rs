//! What is exported is read back by somebody else's readers.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../samples/mod.rs"]
mod samples;
mod values;
mod workbook;

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};
use domain::{Report, Zone};
use reports::export::{Amount, Archived, Format, Setting, begin};
use samples::{money, z};
use texts::Lang;

const HASH: &str = "3f9a1c0b7e22d4558a6b90cc12ef34a7b8d1e2f3a4b5c6d7e8f9012345678901";

/// Kazakhstan went from six hours to five on 1 March 2024.
fn almaty(time: DateTime<Utc>) -> FixedOffset {
    let change: DateTime<Utc> = "2024-02-29T18:00:00Z".parse().unwrap();
    FixedOffset::east_opt(if time < change { 6 } else { 5 } * 3600).unwrap()
}

fn export(format: Format, amount: Amount, lang: Lang, reports: &[Report]) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let setting = Setting {
        lang,
        zone: Zone::new(almaty),
    };
    let mut file = begin(format, amount, setting, &mut out).unwrap();
    for (number, report) in (1..).zip(reports) {
        let archived = Archived {
            number,
            server: "https://fiscal.example.kz",
            hash: HASH,
            intact: number != 2,
            report,
            before: None,
        };
        file.add(&archived).unwrap();
    }
    file.finish().unwrap();
    out.into_inner()
}

/// A report with these sales.
fn selling(sales: &str) -> Report {
    let mut report = z();
    let totals = &mut report.figures.as_mut().unwrap().totals;
    totals.sales.amount = Some(money(sales));
    report
}

fn named(name: &str) -> Report {
    let mut report = z();
    report.kkm.name = Some(name.to_owned());
    report
}

/// Names that break tables.
fn names() -> Vec<String> {
    let mut names: Vec<String> = [
        "=cmd|' /C calc'!A0",
        "+7 701 111 22 33",
        "-1+1",
        "@SUM(A1)",
        "\tтаб",
        "\rвозврат",
        "\n=1+1",
        "＝1+1",
        "ТОО «Көктем»; \"Маркет\", 2-касса",
        "первая\nвторая",
        "касса 🏪 ₸ Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі",
        " пробелы ",
        "_x0041_",
        "",
    ]
    .map(str::to_owned)
    .to_vec();
    names.push("Қ".repeat(500));
    names
}

struct Sheet {
    rows: Vec<Vec<Data>>,
}

impl Sheet {
    fn of(bytes: &[u8], name: &str) -> Self {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
        let range = book.worksheet_range(name).unwrap();
        Self {
            rows: range.rows().map(<[Data]>::to_vec).collect(),
        }
    }

    fn place(&self, head: &str) -> usize {
        let found = self.rows[0].iter().position(|cell| *cell == *head);
        found.unwrap_or_else(|| panic!("{head} is not in {:?}", self.rows[0]))
    }

    fn column(&self, head: &str) -> Vec<Data> {
        let place = self.place(head);
        let rows = self.rows.iter().skip(1);
        rows.map(|row| row[place].clone()).collect()
    }
}

/// The rows of a CSV by their heads.
fn csv_rows(bytes: &[u8], delimiter: u8) -> Vec<HashMap<String, String>> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text);
    reader.deserialize().map(Result::unwrap).collect()
}

fn time(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}
