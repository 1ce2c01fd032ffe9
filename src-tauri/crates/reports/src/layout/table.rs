//! Tables: columns on a sheet, with the heads again on every page; lines under one another on a tape.

use super::Um;
use super::measures::{HAIRLINE, Style};
use super::sheet::{Align, Sheet, UNKNOWN};
use super::wrap::wrapped;
use crate::document::{Cell, Table, Tape};

/// Between two columns.
const GUTTER: Um = 4_000;
/// How far the sums of a row stand in from its name, on tape.
const INDENT: Um = 3_000;
/// A column is not made wider than this for the sake of its head.
const WIDEST_HEAD: Um = 30_000;
/// The smallest type of a table on a sheet.
const LEAST: Um = 1_800;

pub(super) fn lay(sheet: &mut Sheet, table: &Table) {
    if sheet.is_tape() {
        match table.tape {
            Tape::Stacked => stacked(sheet, table),
            Tape::Lines => lines(sheet, table),
        }
    } else {
        Grid::of(sheet, table).lay(sheet, table);
    }
}

/// What a cell says; nothing where it is not known.
fn written(sheet: &Sheet, cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Count(number) => number.map(|number| sheet.count(number)).unwrap_or_default(),
        Cell::Sum(sum) => sum.map(|sum| sheet.amount(sum)).unwrap_or_default(),
    }
}

/// The first cell as a line of its own, the others below it with their captions.
fn stacked(sheet: &mut Sheet, table: &Table) {
    let measures = sheet.measures;
    let (left, right, mark) = (sheet.left(), sheet.right(), sheet.mark());
    let total = table.total.iter().map(|row| (row, true));
    for (number, (row, last)) in table
        .rows
        .iter()
        .map(|row| (row, false))
        .chain(total)
        .enumerate()
    {
        if last {
            sheet.heavy();
        } else if number > 0 {
            sheet.space(900);
        }
        let (words, figures) = if last {
            (measures.strong, measures.strong_sum)
        } else {
            (measures.body, measures.sum)
        };
        let name = row
            .first()
            .map(|cell| written(sheet, cell))
            .unwrap_or_default();
        let rest = table.columns.iter().zip(row).skip(1);
        // Where none of its sums is known, that is said; a name alone would look like a misprint.
        let has_none = !row.iter().any(|cell| matches!(cell, Cell::Sum(Some(_))));
        let rest: Vec<_> = rest
            .map(|(column, cell)| match cell {
                Cell::Sum(None) if has_none => (column, cell, UNKNOWN.to_owned()),
                _ => (column, cell, written(sheet, cell)),
            })
            .filter(|(_, _, text)| !text.is_empty())
            .collect();
        let height = measures.strong.line() * 2 + figures.line();
        sheet.break_before(height);
        sheet.paragraph(&name, measures.strong, Align::Left);
        for (column, cell, text) in rest {
            let start = left + INDENT;
            let room = sheet.room() - INDENT;
            let taken = figures.width(&text) + measures.gap;
            let beside = words.width(&column.head) + taken <= room;
            let captions = wrapped(
                &column.head,
                words,
                if beside { room } else { room * 2 / 3 },
            );
            let fits = captions
                .last()
                .is_some_and(|line| words.width(line) + taken <= room);
            for (place, line) in captions.iter().enumerate() {
                let last = place + 1 == captions.len();
                let baseline = sheet.open_line(if last { figures } else { words });
                sheet.put(line, words, Align::Left, start, right, baseline);
                if last && fits {
                    value(sheet, cell, &text, figures, mark, baseline);
                }
            }
            if !fits {
                for line in wrapped(&text, figures, room) {
                    let baseline = sheet.open_line(figures);
                    value(sheet, cell, &line, figures, mark, baseline);
                }
            }
            sheet.space(150);
        }
    }
}

fn value(sheet: &mut Sheet, cell: &Cell, text: &str, style: Style, mark: Um, baseline: Um) {
    match cell {
        Cell::Sum(Some(_)) => sheet.put_amount(text, style, mark, baseline),
        Cell::Sum(None) => sheet.put(text, style, Align::Right, sheet.left(), mark, baseline),
        Cell::Text(_) | Cell::Count(_) => {
            let (left, right) = (sheet.left(), sheet.right());
            sheet.put(text, style, Align::Right, left, right, baseline);
        }
    }
}

/// The texts in one line and the first sum beside them or below.
fn lines(sheet: &mut Sheet, table: &Table) {
    let measures = sheet.measures;
    let (words, figures) = (measures.small, measures.sum);
    let (left, mark) = (sheet.left(), sheet.mark());
    for row in &table.rows {
        let texts = row.iter().filter_map(|cell| match cell {
            Cell::Text(text) if !text.is_empty() => Some(text.as_str()),
            _ => None,
        });
        let text = texts.collect::<Vec<_>>().join(" · ");
        // The first column of sums, known or not: another one's sum is no substitute.
        let sum = row.iter().find_map(|cell| match cell {
            Cell::Sum(sum) => Some(*sum),
            _ => None,
        });
        let sum = sum.flatten().map(|sum| sheet.amount(sum));
        let taken = sum
            .as_ref()
            .map_or(0, |sum| figures.width(sum) + measures.gap);
        let captions = wrapped(&text, words, sheet.room());
        let beside = captions
            .last()
            .is_some_and(|line| words.width(line) + taken <= sheet.room());
        sheet.break_before(figures.line() * 2);
        for (place, line) in captions.iter().enumerate() {
            let last = place + 1 == captions.len();
            let style = if last && beside { figures } else { words };
            let baseline = sheet.open_line(style);
            sheet.put(line, words, Align::Left, left, mark, baseline);
            if let Some(sum) = sum.as_ref().filter(|_| last && beside) {
                sheet.put_amount(sum, figures, mark, baseline);
            }
        }
        if let Some(sum) = sum.as_ref().filter(|_| !beside) {
            let baseline = sheet.open_line(figures);
            sheet.put_amount(sum, figures, mark, baseline);
        }
    }
}

/// The columns of a table on a sheet.
struct Grid {
    style: Style,
    strong: Style,
    /// Left and right edge of each column.
    edges: Vec<(Um, Um)>,
    heads: Vec<Vec<String>>,
}

impl Grid {
    /// Columns of numbers as wide as their widest cell; the texts share what is left. Type shrinks until all have room.
    fn of(sheet: &Sheet, table: &Table) -> Self {
        let (mut style, mut strong) = (sheet.measures.cell, sheet.measures.strong_cell);
        let gutters = GUTTER * (Um::try_from(table.columns.len()).unwrap_or(1) - 1);
        let room = sheet.room() - gutters;
        // Widths go with the size: they are measured once, at the largest.
        let widest = Widths::of(sheet, table, style, strong, room);
        let largest = style.size;
        let at = |widths: &[Um], size: Um| -> Vec<Um> {
            let scaled = widths.iter().map(|width| width * size / largest + 10);
            scaled.collect()
        };
        // A text wraps between its words, but no word is broken: a date or a number least of all.
        let fits = |numbers: &[Um], size: Um| {
            let words = at(&widest.words, size);
            sum_of(table, numbers, true) + sum_of(table, &words, false) <= room
        };
        let mut widths = at(&widest.with_heads(), style.size);
        if !fits(&widths, style.size) {
            widths = at(&widest.cells, style.size);
        }
        while !fits(&widths, style.size) && style.size > LEAST {
            style.size -= 100;
            strong.size -= 100;
            widths = at(&widest.cells, style.size);
        }
        let left = (room - sum_of(table, &widths, true)).max(0);
        share(table, &mut widths, &at(&widest.words, style.size), left);
        let mut x = sheet.left();
        let mut edges = Vec::with_capacity(widths.len());
        for width in widths {
            edges.push((x, x + width));
            x += width + GUTTER;
        }
        let heads = table
            .columns
            .iter()
            .zip(&edges)
            .map(|(column, (left, right))| wrapped(&column.head, head_style(style), right - left));
        Self {
            style,
            strong,
            heads: heads.collect(),
            edges,
        }
    }

    fn lay(&self, sheet: &mut Sheet, table: &Table) {
        sheet.break_before(self.style.line() * 5);
        self.head(sheet, table);
        for row in &table.rows {
            self.row(sheet, table, row, self.style);
        }
        if let Some(total) = &table.total {
            self.row(sheet, table, total, self.strong);
        }
    }

    fn head(&self, sheet: &mut Sheet, table: &Table) {
        if table.columns.iter().all(|column| column.head.is_empty()) {
            return;
        }
        let style = head_style(self.style);
        // The lines of a head are close to one another, or they would look like rows.
        let lines = self.heads.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let pitch = style.size * 122 / 100;
        let height = style.line() + Um::try_from(lines - 1).unwrap_or(0) * pitch;
        let y = sheet.y;
        for ((head, column), (left, right)) in
            self.heads.iter().zip(&table.columns).zip(&self.edges)
        {
            // Heads stand on the line below them.
            let above = Um::try_from(lines - head.len()).unwrap_or(0) * pitch;
            let align = if column.number {
                Align::Right
            } else {
                Align::Left
            };
            for (place, line) in head.iter().enumerate() {
                let place = Um::try_from(place).unwrap_or(0);
                let baseline = y + above + place * pitch + style.baseline();
                sheet.put(line, style, align, *left, *right, baseline);
            }
        }
        sheet.y = y + height + 500;
        sheet.fill(sheet.left(), sheet.y, sheet.room(), HAIRLINE * 2);
        sheet.y += 700;
    }

    fn row(&self, sheet: &mut Sheet, table: &Table, row: &[Cell], style: Style) {
        let cells: Vec<(&Cell, Vec<String>)> = row
            .iter()
            .zip(&table.columns)
            .zip(&self.edges)
            .map(|((cell, column), (left, right))| {
                let text = written(sheet, cell);
                let lines = if column.number || text.is_empty() {
                    vec![text]
                } else {
                    wrapped(&text, style, right - left)
                };
                (cell, lines)
            })
            .collect();
        let lines = cells
            .iter()
            .map(|(_, lines)| lines.len())
            .max()
            .unwrap_or(1);
        let height = Um::try_from(lines).unwrap_or(1) * style.line();
        if sheet.break_before(height + 600) {
            self.head(sheet, table);
        }
        let y = sheet.y;
        for ((cell, lines), (left, right)) in cells.iter().zip(&self.edges) {
            let mut baseline = y + style.baseline();
            for line in lines {
                match cell {
                    Cell::Sum(_) if !line.is_empty() => {
                        let mark = right - self.strong.width(",00");
                        sheet.put_amount(line, style, mark, baseline);
                    }
                    Cell::Sum(_) | Cell::Count(_) => {
                        sheet.put(line, style, Align::Right, *left, *right, baseline);
                    }
                    Cell::Text(_) => sheet.put(line, style, Align::Left, *left, *right, baseline),
                }
                baseline += style.line();
            }
        }
        sheet.y = y + height + 250;
        sheet.fill(sheet.left(), sheet.y, sheet.room(), HAIRLINE / 2);
        sheet.y += 350;
    }
}

const fn head_style(cell: Style) -> Style {
    Style {
        face: cell.face,
        size: cell.size * 88 / 100,
    }
}

/// How wide the columns are, at the largest size of type.
struct Widths {
    /// The widest cell, where of a head its longest word counts.
    cells: Vec<Um>,
    /// What lets a head stand in two lines.
    heads: Vec<Um>,
    /// The longest word of a column of texts, head included; words that are no words are broken.
    words: Vec<Um>,
}

impl Widths {
    fn of(sheet: &Sheet, table: &Table, style: Style, strong: Style, room: Um) -> Self {
        let head = head_style(style);
        let longest = |text: &str, style: Style| {
            let words = text.split(' ').map(|word| style.width(word));
            words.max().unwrap_or(0)
        };
        let columns = || table.columns.iter().map(|column| column.head.as_str());
        let mut cells: Vec<Um> = columns().map(|text| longest(text, head)).collect();
        let two_lines = columns().map(|text| (head.width(text) * 3 / 5).min(WIDEST_HEAD));
        let heads = two_lines.collect();
        let mut words = cells.clone();
        let total = table.total.iter().map(|row| (row, strong));
        for (row, style) in table.rows.iter().map(|row| (row, style)).chain(total) {
            for ((width, word), cell) in cells.iter_mut().zip(&mut words).zip(row) {
                let text = written(sheet, cell);
                // Bold and regular figures meet at the decimal mark, so that both need the bold decimals.
                let decimals = match cell {
                    Cell::Sum(Some(_)) => strong.width(",00") - style.width(",00"),
                    Cell::Text(_) => {
                        *word = (*word).max(longest(&text, style));
                        0
                    }
                    _ => 0,
                };
                *width = (*width).max(style.width(&text) + decimals);
            }
        }
        let words = words.into_iter().map(|word| word.min(room / 4)).collect();
        Self {
            cells,
            heads,
            words,
        }
    }

    fn with_heads(&self) -> Vec<Um> {
        let both = self.cells.iter().zip(&self.heads);
        both.map(|(cell, head)| *cell.max(head)).collect()
    }
}

fn sum_of(table: &Table, widths: &[Um], numbers: bool) -> Um {
    let of = table.columns.iter().zip(widths);
    of.filter(|(column, _)| column.number == numbers)
        .map(|(_, width)| width)
        .sum()
}

/// Gives the columns of text what is left: in proportion to what they need where that is enough, otherwise each its longest
/// word, and the rest in proportion to what they lack.
fn share(table: &Table, widths: &mut [Um], words: &[Um], left: Um) {
    let needed = sum_of(table, widths, false);
    let least = sum_of(table, words, false);
    let columns = table.columns.iter().zip(widths.iter_mut()).zip(words);
    let texts: Vec<(&mut Um, Um)> = columns
        .filter(|((column, _), _)| !column.number)
        .map(|((_, width), word)| (width, *word))
        .collect();
    let mut given = 0;
    let mut widest: Option<&mut Um> = None;
    for (width, word) in texts {
        *width = if needed <= left {
            *width * left / needed.max(1)
        } else if least < left {
            let word = word.min(*width);
            word + (*width - word) * (left - least) / (needed - least).max(1)
        } else {
            word * left / least.max(1)
        };
        given += *width;
        if widest.as_ref().is_none_or(|there| **there < *width) {
            widest = Some(width);
        }
    }
    // What rounding left over.
    if let Some(widest) = widest {
        *widest += left - given;
    }
}
