//! Charts: columns on a sheet; on a tape, which has no room for them, and for names, lying bars. Filled is above nought and
//! outlined is below it: paper has no colours.

use super::Um;
use super::blocks::heading;
use super::measures::{HAIRLINE, Style};
use super::scale::Scale;
use super::sheet::{Align, Sheet, UNKNOWN, before_mark};
use super::wrap::wrapped;
use crate::document::{Chart, Form, Point};

/// How high the columns may be.
const PLOT: Um = 42_000;
/// The widest place of a column, and the widest column.
const SLOT: Um = 22_000;
const COLUMN: Um = 9_000;
/// Between an amount of the axis and its line.
const BEFORE_AXIS: Um = 1_500;
/// Between the plot and the labels below it: clear of the lowest amount of the axis.
const BELOW: Um = 1_700;
/// Between two labels below the columns.
const APART: Um = 1_500;
/// How thick the line of nought and the outline of a bar are.
const LINE: Um = 2 * HAIRLINE;

pub(super) fn lay(sheet: &mut Sheet, chart: &Chart) {
    sheet.space(1_500);
    match chart.form {
        Form::Columns if !sheet.is_tape() => columns(sheet, chart),
        Form::Columns | Form::Rows => Rows::of(sheet, chart).lay(sheet, chart),
    }
    sheet.space(1_500);
}

fn amounts(points: &[Point]) -> Vec<i64> {
    let known = points.iter().filter_map(|point| point.value);
    known.map(domain::Money::tiyn).collect()
}

/// A bar: filled for an amount above nought, an outline for one below.
fn bar(sheet: &mut Sheet, amount: i64, x: Um, y: Um, width: Um, height: Um) {
    if amount == 0 {
        return;
    }
    if amount > 0 || width <= 2 * LINE || height <= 2 * LINE {
        sheet.fill(x, y, width, height);
        return;
    }
    sheet.fill(x, y, width, LINE);
    sheet.fill(x, y + height - LINE, width, LINE);
    sheet.fill(x, y, LINE, height);
    sheet.fill(x + width - LINE, y, LINE, height);
}

/// Columns from left to right over an axis of round amounts.
fn columns(sheet: &mut Sheet, chart: &Chart) {
    let small = sheet.measures.small;
    let (scale, ticks) = Scale::round(&amounts(&chart.points), PLOT);
    let title = Um::try_from(chart.title.len()).unwrap_or(1) * sheet.measures.heading.line();
    sheet.break_before(title + scale.room() + 4 * small.line());
    heading(sheet, &chart.title, None, false);
    let (left, right) = (sheet.left(), sheet.right());
    let bottom = sheet.y + small.capitals() + scale.room();
    let signs: Vec<String> = ticks.iter().map(|tick| sheet.count(tick / 100)).collect();
    let gutter = signs.iter().map(|sign| small.width(sign)).max();
    let start = left + gutter.unwrap_or(0) + BEFORE_AXIS;
    let widest = chart.points.iter().map(|it| small.width(&it.label)).max();
    let widest = widest.unwrap_or(0);
    let count = Um::try_from(chart.points.len()).unwrap_or(Um::MAX);
    // The last label may reach beyond its column.
    let slot = ((right - start - widest / 2) / count.max(1)).clamp(1, SLOT);
    let wide = (slot * 72 / 100).clamp(1, COLUMN);
    let mut x = start + (slot - wide) / 2;
    let mut columns = Vec::new();
    for amount in chart.points.iter().map(|point| point.value) {
        columns.push((x, amount.map_or(0, domain::Money::tiyn)));
        x += slot;
    }
    for (tick, sign) in ticks.iter().zip(&signs) {
        let y = bottom - scale.at(*tick);
        let thickness = if *tick == 0 { LINE } else { HAIRLINE / 2 };
        // No line goes through an outline.
        let mut from = start;
        for (x, _) in columns.iter().filter(|(_, it)| it < tick && *tick < 0) {
            sheet.fill(from, y, x - from, thickness);
            from = x + wide;
        }
        sheet.fill(from, y, right - from, thickness);
        let (edge, baseline) = (start - BEFORE_AXIS, y + small.capitals() / 2);
        sheet.put(sign, small, Align::Right, left, edge, baseline);
    }
    for (x, amount) in columns {
        let (from, length) = scale.bar(amount);
        bar(sheet, amount, x, bottom - from - length, wide, length);
    }
    sheet.y = bottom + BELOW;
    let baseline = sheet.y + small.capitals();
    let every = usize::try_from((widest + APART + slot - 1) / slot).unwrap_or(1);
    let mut middle = start + slot / 2;
    for (place, point) in chart.points.iter().enumerate() {
        let half = small.width(&point.label) / 2 + 1;
        let (from, to) = (middle - half, middle + half);
        if place % every == 0 && from >= left && to <= right {
            sheet.put(&point.label, small, Align::Centre, from, to, baseline);
        }
        middle += slot;
    }
    sheet.y += small.line();
}

/// Lying bars. Name, bar and amount stand in one line where that leaves the bar its room, otherwise the bar is below.
struct Rows {
    words: Style,
    figures: Style,
    /// How wide the names are, where all is in one line.
    names: Option<Um>,
    /// Where the bars begin.
    start: Um,
    scale: Scale,
}

impl Rows {
    fn of(sheet: &Sheet, chart: &Chart) -> Self {
        let (words, figures) = (sheet.measures.body, sheet.measures.sum);
        let (left, room, gap) = (sheet.left(), sheet.room(), sheet.measures.gap);
        let known = chart.points.iter().filter_map(|point| point.value);
        let amounts_wide = known.map(|value| figures.width(before_mark(&sheet.amount(value))));
        let edge = sheet.mark() - amounts_wide.max().unwrap_or(0);
        let names = chart.points.iter().map(|point| words.width(&point.label));
        // Long names wrap on a sheet; on a tape they have the line to themselves.
        let most = if sheet.is_tape() { room } else { room * 2 / 5 };
        let names = names.max().unwrap_or(0).min(most);
        let beside = left + names + gap;
        let one_line = edge - gap - beside >= room / 4;
        let (start, room) = if one_line {
            (beside, edge - gap - beside)
        } else {
            (left, room)
        };
        Self {
            words,
            figures,
            names: one_line.then_some(names),
            start,
            scale: Scale::of(&amounts(&chart.points), room),
        }
    }

    fn lay(&self, sheet: &mut Sheet, chart: &Chart) {
        heading(sheet, &chart.title, None, false);
        for point in &chart.points {
            match self.names {
                Some(names) => self.one_line(sheet, point, names),
                None => self.two_lines(sheet, point),
            }
        }
    }

    fn one_line(&self, sheet: &mut Sheet, point: &Point, names: Um) {
        let (words, figures) = (self.words, self.figures);
        let lines = wrapped(&point.label, words, names);
        let count = Um::try_from(lines.len()).unwrap_or(1);
        let height = figures.line() + (count - 1) * words.line();
        sheet.break_before(height);
        let (y, left) = (sheet.y, sheet.left());
        let mut baseline = y + figures.baseline();
        self.amount(sheet, point, baseline);
        self.bar(sheet, point, (y, height), baseline - figures.capitals());
        for line in lines {
            sheet.put(&line, words, Align::Left, left, left + names, baseline);
            baseline += words.line();
        }
        sheet.y = y + height;
    }

    fn two_lines(&self, sheet: &mut Sheet, point: &Point) {
        let (words, figures) = (self.words, self.figures);
        let (left, right) = (sheet.left(), sheet.right());
        let amount = point.value.map(|value| sheet.amount(value));
        let wide = amount.map_or(0, |text| figures.width(before_mark(&text)));
        let taken = left + words.width(&point.label) + sheet.measures.gap + wide;
        let beside = taken <= sheet.mark();
        let lines = wrapped(&point.label, words, sheet.room());
        let count = Um::try_from(lines.len()).unwrap_or(1);
        sheet.break_before(count * words.line() + 3 * figures.line());
        for (place, line) in lines.iter().enumerate() {
            let last = place + 1 == lines.len();
            let style = if last && beside { figures } else { words };
            let baseline = sheet.open_line(style);
            sheet.put(line, words, Align::Left, left, right, baseline);
            if last && beside {
                self.amount(sheet, point, baseline);
            }
        }
        if !beside && point.value.is_some() {
            let baseline = sheet.open_line(figures);
            self.amount(sheet, point, baseline);
        }
        let y = sheet.y;
        let height = figures.capitals() + 1_700;
        self.bar(sheet, point, (y, height), y + 400);
        sheet.y = y + height;
    }

    fn amount(&self, sheet: &mut Sheet, point: &Point, baseline: Um) {
        let (left, mark) = (sheet.left(), sheet.mark());
        match point.value {
            Some(value) => {
                let text = sheet.amount(value);
                sheet.put_amount(&text, self.figures, mark, baseline);
            }
            None => sheet.put(UNKNOWN, self.figures, Align::Right, left, mark, baseline),
        }
    }

    /// The bar at `top`, and its piece of the line of nought, which joins those above and below it.
    fn bar(&self, sheet: &mut Sheet, point: &Point, (y, height): (Um, Um), top: Um) {
        let amount = point.value.map_or(0, domain::Money::tiyn);
        let (from, length) = self.scale.bar(amount);
        let most = (self.scale.room() - HAIRLINE).max(0);
        let nought = self.start + self.scale.at(0).min(most);
        sheet.fill(nought, y, HAIRLINE, height);
        let x = self.start + from;
        bar(sheet, amount, x, top, length, self.figures.capitals());
    }
}
