//! One Z-report on 80 mm and a book of operations on A4, for us and, as lines and rows of text, for the others.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use domain::{Money, Report};
use reports::document::{self, Block, Cell, Role, Table};
use reports::{Document, Face, Item, Pages, Paper, ReportError, Um, format, layout, pdf};
use serde_json::{Value, json};
use texts::Lang;

use crate::{Done, samples};

/// A Z like no other: its number and its sums.
pub(crate) fn z(number: usize) -> Report {
    let mut report = samples::z();
    let more = i64::try_from(number).unwrap();
    report.kkm.shift_index = Some(200 + more);
    if let Some(shift) = &mut report.shift {
        shift.index = Some(200 + more);
    }
    let more = Money::from_tiyn(more * 123_457).unwrap();
    let grown = |sum: &mut Option<Money>| *sum = sum.and_then(|sum| sum.checked_add(more));
    if let Some(figures) = &mut report.figures {
        grown(&mut figures.totals.sales.amount);
        grown(&mut figures.totals.sales.cumulative);
        grown(&mut figures.balance_open);
        grown(&mut figures.received);
        grown(&mut figures.nds);
    }
    if let Some(section) = report.sections.iter_mut().flatten().next() {
        grown(&mut section.sales);
    }
    report
}

/// A Z with so many documents, in every book other ones.
pub(crate) fn book(number: usize, rows: i64) -> Report {
    let mut report = samples::with_documents(rows);
    let more = Money::from_tiyn(i64::try_from(number).unwrap() * 311).unwrap();
    for receipt in &mut report.documents {
        for sum in [&mut receipt.value, &mut receipt.cash, &mut receipt.non_cash] {
            *sum = sum.and_then(|sum| sum.checked_add(more));
        }
    }
    report
}

fn z_pages(report: &Report) -> Pages {
    let document = document::report(report, &samples::options());
    layout::pages(&document, Paper::Tape80)
}

/// From the report to the bytes.
pub(crate) fn z_pdf(report: &Report) -> Result<Vec<u8>, ReportError> {
    pdf::render(&z_pages(report))
}

/// The documents alone, under their title: what the others print.
fn book_document(report: &Report) -> Document {
    let options = samples::listing(&samples::options());
    let mut document = document::report(report, &options);
    let is_table = |block: &Block| matches!(block, Block::Table(table) if table.rows.len() == report.documents.len());
    document.blocks.retain(is_table);
    let title = Block::Centred(Role::Name, vec![document.title.clone()]);
    document.blocks.insert(0, title);
    document
}

/// From the report to the bytes.
pub(crate) fn book_pdf(report: &Report) -> Result<Vec<u8>, ReportError> {
    pdf::render(&layout::pages(&book_document(report), Paper::A4))
}

/// Writes `z-N.json` or `book-N.json`, and the fonts.
pub(crate) fn write(what: &str, folder: &Path, count: usize, rows: i64) -> Done {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("DejaVuSans.ttf"), dejavu::sans::regular())?;
    fs::write(folder.join("DejaVuSans-Bold.ttf"), dejavu::sans::bold())?;
    for number in 0..count {
        let content = match what {
            "z" => z_lines(&z_pages(&z(number))),
            _ => book_rows(&book_document(&book(number, rows))),
        };
        let file = folder.join(format!("{what}-{number}.json"));
        fs::write(file, content.to_string())?;
    }
    Ok(())
}

/// The lines of a tape from top to bottom, lengths in micrometres: a rule, or texts on the left, in the middle, on the right.
fn z_lines(pages: &Pages) -> Value {
    let page = pages.pages.first().unwrap();
    let (left, right) = (Paper::Tape80.margin(), page.width - Paper::Tape80.margin());
    let mut lines: BTreeMap<Um, Value> = BTreeMap::new();
    for item in &page.items {
        match item {
            Item::Fill {
                y, width, height, ..
            } if *width == right - left => {
                lines.insert(*y, json!({ "rule": height }));
            }
            // The code of the archive is ours alone: the others are spared it.
            Item::Fill { .. } => {}
            Item::Text {
                x,
                y,
                size,
                width,
                face,
                text,
                ..
            } => {
                let place = if x + width >= right - 2_000 && *x > left {
                    2
                } else if *x <= left + 4_000 {
                    0
                } else {
                    1
                };
                let line = lines.entry(*y).or_insert_with(
                    || json!({ "size": size, "bold": *face == Face::Bold, "texts": ["", "", ""] }),
                );
                line["texts"][place] = json!(text);
            }
        }
    }
    let lines: Vec<Value> = lines.into_values().collect();
    json!({ "title": pages.title, "height": page.height, "lines": lines })
}

/// The heads of the columns and the rows, written as on paper.
fn book_rows(document: &Document) -> Value {
    let table = document.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let Table { columns, rows, .. } = table.unwrap();
    let heads: Vec<&str> = columns.iter().map(|column| column.head.as_str()).collect();
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.map_or_else(String::new, |count| count.to_string()),
        Cell::Sum(sum) => sum.map_or_else(String::new, |sum| format::amount(sum, Lang::Ru)),
    };
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(text).collect())
        .collect();
    json!({ "title": document.title, "heads": heads, "rows": rows })
}
