//! The figures: sections, totals at the start, the shift's sums, cash, revenue, totals at the end, the documents.

use domain::{
    Counter, Document as Receipt, Figures, Money, Report, ReportKind, SectionLine, Totals,
};
use texts::Key;

use crate::language::joined;
use crate::receipt::receipt_kind;

use super::{Block, Cell, Column, Table, Tape, Writer, head};

mod sheet;

/// The four kinds that have a non-resettable total, in the order of the printed form.
const FISCAL: [Key; 4] = [
    Key::PaperSales,
    Key::PaperPurchases,
    Key::PaperRefunds,
    Key::PaperPurchaseRefunds,
];

/// The six kinds, in the order of [`Totals::all`].
const KINDS: [Key; 6] = [
    Key::PaperSales,
    Key::PaperPurchases,
    Key::PaperRefunds,
    Key::PaperPurchaseRefunds,
    Key::PaperIncomes,
    Key::PaperExpenses,
];

pub(super) fn write(writer: &mut Writer<'_>, report: &Report) {
    let only_sections = report.kind == ReportKind::Sections;
    let lines = report.sections.as_deref().unwrap_or_default();
    if !lines.is_empty() {
        sections(writer, lines, only_sections);
    } else if only_sections {
        for line in writer.language().lines(Key::PaperNothing) {
            writer.push(Block::Paragraph(line));
        }
    }
    if let Some(figures) = &report.figures {
        let (totals, kind) = (&figures.totals, report.kind);
        writer.either(
            |tape| {
                totals_at_start(tape, totals, !lines.is_empty());
                operations(tape, totals);
                amounts(tape, figures);
                money(tape, figures);
                revenue(tape, figures);
                totals_at_end(tape, kind, totals);
                count(tape, figures);
            },
            |sheet| {
                sheet::totals(sheet, kind, totals);
                sheet::amounts_and_money(sheet, figures);
                revenue(sheet, figures);
            },
        );
    }
    if writer.options.documents {
        documents(writer, &report.documents);
    }
}

fn sections(writer: &mut Writer<'_>, lines: &[SectionLine], only: bool) {
    if !only {
        writer.heading(Key::PaperBySection, None);
    }
    let numbers = FISCAL.map(|key| Column::number(writer.caption(key)));
    let columns = std::iter::once(Column::text(writer.caption(Key::PaperSection)));
    let rows = lines.iter().map(|line| {
        let name = match &line.name {
            Some(name) => format!("{name} (№\u{a0}{})", line.id),
            None => format!("{} №\u{a0}{}", writer.caption(Key::PaperSection), line.id),
        };
        let sums = line.sums().map(Cell::Sum);
        std::iter::once(Cell::Text(name)).chain(sums).collect()
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let total = (only && lines.len() > 1).then(|| {
        let mut sums = [Some(Money::ZERO); 4];
        for line in lines {
            for (sum, part) in sums.iter_mut().zip(line.sums()) {
                *sum = sum.zip(part).and_then(|(sum, part)| sum.checked_add(part));
            }
        }
        let caption = writer.starred(Key::PaperAllSections);
        let sums = sums.map(Cell::Sum);
        std::iter::once(Cell::Text(caption)).chain(sums).collect()
    });
    writer.push(Block::Table(Table {
        columns: columns.chain(numbers).collect(),
        rows,
        total,
        tape: Tape::Stacked,
    }));
}

fn totals_at_start(writer: &mut Writer<'_>, totals: &Totals, after_sections: bool) {
    let sums = totals.fiscal().map(Counter::at_start);
    if sums.iter().all(Option::is_none) {
        return;
    }
    if after_sections {
        writer.push(Block::Hairline);
    }
    writer.starred_heading(Key::PaperTotalsAtStart);
    four(writer, sums);
}

fn operations(writer: &mut Writer<'_>, totals: &Totals) {
    let known = |counter: &Counter| counter.qty.is_some() || counter.amount.is_some();
    if !totals.all().into_iter().any(known) {
        return;
    }
    writer.push(Block::Heavy);
    writer.heading(Key::PaperOperations, Some(Key::PaperQuantity));
    for (place, (key, counter)) in KINDS.into_iter().zip(totals.all()).enumerate() {
        let caption = writer.caption(key);
        writer.sum_row(caption, counter.qty, counter.amount, place == 0);
    }
}

fn amounts(writer: &mut Writer<'_>, figures: &Figures) {
    group(writer, None, amount_sums(figures));
}

fn money(writer: &mut Writer<'_>, figures: &Figures) {
    group(writer, Some(Key::PaperMoney), money_sums(figures));
}

/// A caption, its sum, and whether it matters most in its group.
type Line = (Key, Option<Money>, bool);

const fn amount_sums(figures: &Figures) -> [Line; 5] {
    [
        (Key::PaperReceived, figures.received, false),
        (Key::PaperChange, figures.change, false),
        (Key::PaperDiscount, figures.discount, false),
        (Key::PaperMarkup, figures.markup, false),
        (Key::PaperNds, figures.nds, false),
    ]
}

const fn money_sums(figures: &Figures) -> [Line; 3] {
    [
        (Key::PaperBalanceOpen, figures.balance_open, false),
        (Key::PaperBalanceClose, figures.balance_close, true),
        (Key::PaperNonCash, figures.balance_close_non_cash, false),
    ]
}

/// Sums below a light rule; nothing where none of them was reported.
fn group<const N: usize>(writer: &mut Writer<'_>, heading: Option<Key>, sums: [Line; N]) {
    if sums.iter().all(|(_, sum, _)| sum.is_none()) {
        return;
    }
    writer.push(Block::Hairline);
    if let Some(heading) = heading {
        writer.heading(heading, None);
    }
    for (key, sum, strong) in sums {
        let caption = writer.caption(key);
        writer.sum_row(caption, None, sum, strong);
    }
}

/// How many documents there were; a sheet has that beside the money.
fn count(writer: &mut Writer<'_>, figures: &Figures) {
    if let Some(count) = figures.count {
        writer.push(Block::Hairline);
        let count = writer.language().numbers().whole(count);
        head::pairs(writer, [(Key::PaperDocuments, Some(count))]);
    }
}

fn revenue(writer: &mut Writer<'_>, figures: &Figures) {
    if let Some(amount) = figures.revenue() {
        let caption = writer.starred(Key::PaperRevenue);
        writer.push(Block::Hero { caption, amount });
    }
}

fn totals_at_end(writer: &mut Writer<'_>, kind: ReportKind, totals: &Totals) {
    let sums = totals.fiscal().map(|counter| counter.cumulative);
    if sums.iter().all(Option::is_none) {
        return;
    }
    writer.heading(end(kind), None);
    four(writer, sums);
}

/// The shift of an X-report has not ended.
const fn end(kind: ReportKind) -> Key {
    match kind {
        ReportKind::Z => Key::PaperTotalsAtEnd,
        ReportKind::X | ReportKind::Sections => Key::PaperTotalsNow,
    }
}

fn four(writer: &mut Writer<'_>, sums: [Option<Money>; 4]) {
    for (key, sum) in FISCAL.into_iter().zip(sums) {
        let caption = writer.caption(key);
        writer.sum(caption, None, sum);
    }
}

/// The documents of the shift, one a row, where the report carries them.
fn documents(writer: &mut Writer<'_>, receipts: &[Receipt]) {
    if receipts.is_empty() {
        return;
    }
    writer.push(Block::Heavy);
    writer.chapter(Key::PaperDocumentList);
    let columns = vec![
        Column::text(writer.caption(Key::PaperDocumentNumber)),
        Column::text(writer.caption(Key::PaperDocumentAt)),
        Column::text(writer.caption(Key::PaperDocumentKind)),
        Column::number(writer.caption(Key::PaperAmount)),
        Column::number(writer.caption(Key::PaperDocumentCash)),
        Column::number(writer.caption(Key::PaperDocumentNonCash)),
    ];
    let rows = receipts.iter().map(|receipt| {
        let number = receipt.number.map_or_else(String::new, |it| it.to_string());
        vec![
            Cell::Text(number),
            Cell::Text(head::moment(writer, receipt.at).unwrap_or_default()),
            Cell::Text(joined(
                &writer
                    .language()
                    .sentences(|lang| receipt_kind(receipt, lang).unwrap_or_default()),
            )),
            Cell::Sum(receipt.value),
            Cell::Sum(receipt.cash),
            Cell::Sum(receipt.non_cash),
        ]
    });
    let rows = rows.collect();
    writer.push(Block::Table(Table {
        columns,
        rows,
        total: None,
        tape: Tape::Lines,
    }));
}
