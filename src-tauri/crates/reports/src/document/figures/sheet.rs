//! The figures on a sheet, which has the width for columns: start, shift and end of a kind stand side by side.

use domain::{Counter, Figures, ReportKind, Totals};
use texts::Key;

use super::super::{Block, Cell, Column, Table, Tape, Writer, star};
use super::{KINDS, Line, amount_sums, end, money_sums};

/// A column: its caption, whether anything was reported for it, and its cells.
type Kept = (Key, bool, fn(&Counter) -> Cell);

/// Each kind with its count, its total at the start, its sum of the shift and its total at the end. A column that nothing was
/// reported for is left out.
pub(super) fn totals(writer: &mut Writer<'_>, kind: ReportKind, totals: &Totals) {
    let all = totals.all();
    let known = |get: fn(&Counter) -> bool| all.into_iter().any(get);
    let start = known(|counter| counter.at_start().is_some());
    let of: [Kept; 4] = [
        (Key::PaperQuantity, known(|it| it.qty.is_some()), |it| {
            Cell::Count(it.qty)
        }),
        (Key::PaperTotalsAtStart, start, |it| {
            Cell::Sum(it.at_start())
        }),
        (Key::PaperInShift, known(|it| it.amount.is_some()), |it| {
            Cell::Sum(it.amount)
        }),
        (end(kind), known(|it| it.cumulative.is_some()), |it| {
            Cell::Sum(it.cumulative)
        }),
    ];
    let shown: Vec<_> = of.into_iter().filter(|(_, known, _)| *known).collect();
    if shown.is_empty() {
        return;
    }
    writer.push(Block::Heavy);
    let mut columns = vec![Column::text(writer.caption(Key::PaperOperations))];
    for (key, ..) in &shown {
        let head = writer.caption(*key);
        let computed = *key == Key::PaperTotalsAtStart;
        writer.starred |= computed;
        columns.push(Column::number(if computed { star(&head) } else { head }));
    }
    let row = |(key, counter): (Key, &Counter)| {
        let cells = shown.iter().map(|(_, _, cell)| cell(counter));
        std::iter::once(Cell::Text(writer.caption(key)))
            .chain(cells)
            .collect::<Vec<_>>()
    };
    let rows = KINDS.into_iter().zip(all).filter(|(_, counter)| {
        counter.qty.is_some() || counter.amount.is_some() || counter.cumulative.is_some()
    });
    let rows = rows.map(row).collect();
    writer.push(Block::Table(Table {
        columns,
        rows,
        total: None,
        tape: Tape::Stacked,
    }));
}

/// What was received and given, and beside it the money there is and how many documents.
pub(super) fn amounts_and_money(writer: &mut Writer<'_>, figures: &Figures) {
    let known = |lines: &[Line]| -> Vec<(Key, Cell)> {
        let known = lines
            .iter()
            .filter_map(|(key, sum, _)| Some((*key, Cell::Sum(Some((*sum)?)))));
        known.collect()
    };
    let (left, mut right) = (known(&amount_sums(figures)), known(&money_sums(figures)));
    let count = figures.count.map(|count| Cell::Count(Some(count)));
    right.extend(count.map(|count| (Key::PaperDocuments, count)));
    if left.is_empty() && right.is_empty() {
        return;
    }
    let cells = |line: Option<&(Key, Cell)>| match line {
        Some((key, cell)) => [Cell::Text(writer.caption(*key)), cell.clone()],
        None => [Cell::EMPTY, Cell::Sum(None)],
    };
    let rows = (0..left.len().max(right.len())).map(|place| {
        let mut row = Vec::from(cells(left.get(place)));
        row.extend(cells(right.get(place)));
        row
    });
    let rows = rows.collect();
    let columns = [false, true, false, true].map(|number| Column {
        head: String::new(),
        number,
    });
    writer.push(Block::Gap);
    writer.push(Block::Table(Table {
        columns: columns.into(),
        rows,
        total: None,
        tape: Tape::Stacked,
    }));
}
