//! How each block stands on the paper.

use domain::Money;

use super::code::{MODULE, runs};
use super::measures::{HAIRLINE, HEAVY, Style};
use super::sheet::{Align, Sheet, before_mark};
use super::wrap::{balanced, wrapped};
use super::{Ink, Um, chart, table};
use crate::document::{Block, Role};
use crate::language::joined;

/// The smallest type that anything shrinks to.
const LEAST: Um = 2_000;

/// Puts one block down; `rest` is what follows, for what must not be parted from it.
pub(super) fn lay(sheet: &mut Sheet, block: &Block, rest: &[Block]) {
    match block {
        Block::Centred(role, lines) => centred(sheet, *role, lines, rest),
        Block::Mark { lines, solid } => mark(sheet, lines, *solid),
        Block::Pairs(pairs) => self::pairs(sheet, pairs),
        Block::Gap => sheet.space(2_500),
        // Rows that are ruled need no rule between them.
        Block::Hairline if sheet.measures.ruled => sheet.space(1_600),
        Block::Hairline => sheet.hairline(),
        Block::Heavy => sheet.heavy(),
        Block::Currency(text) => {
            let small = sheet.measures.small;
            sheet.paragraph(text, small, Align::Right);
            sheet.space(700);
        }
        Block::Heading {
            lines,
            quantity,
            outline,
        } => heading(sheet, lines, quantity.as_deref(), *outline),
        Block::Sum {
            caption,
            quantity,
            amount,
            strong,
        } => sum(sheet, caption, *quantity, *amount, *strong),
        Block::Hero { caption, amount } => hero(sheet, caption, *amount),
        Block::Table(table) => table::lay(sheet, table),
        Block::Chart(chart) => chart::lay(sheet, chart),
        Block::Either {
            tape,
            sheet: columns,
        } => {
            let blocks = if sheet.is_tape() { tape } else { columns };
            for (place, block) in blocks.iter().enumerate() {
                lay(sheet, block, blocks.get(place + 1..).unwrap_or_default());
            }
        }
        Block::Paragraph(text) => {
            let body = sheet.measures.body;
            sheet.paragraph(text, body, Align::Left);
        }
        Block::Note(text) => {
            let small = sheet.measures.small;
            sheet.paragraph(text, small, Align::Left);
        }
        Block::Points { heading, points } => {
            let measures = sheet.measures;
            sheet.break_before(measures.heading.line() + 2 * measures.body.line());
            sheet.paragraph(heading, measures.heading, Align::Left);
            for point in points {
                sheet.space(400);
                sheet.paragraph(&format!("— {point}"), measures.body, Align::Left);
            }
        }
        Block::Signatures(captions) => signatures(sheet, captions),
        Block::Archive { line, hash, code } => archive(sheet, line, hash, code),
    }
}

fn centred(sheet: &mut Sheet, role: Role, lines: &[String], rest: &[Block]) {
    let measures = sheet.measures;
    let style = |text: &str| match role {
        Role::Name => measures.name,
        Role::Small => measures.small,
        // A title of several words is smaller, so that it has no more than two lines.
        Role::Title => title(text, measures.title, sheet.room()),
        Role::Subtitle => measures.body,
    };
    // The smallest of their styles: two languages are as large as one another.
    let smallest = lines
        .iter()
        .map(|line| style(line))
        .min_by_key(|it| it.size);
    let style = smallest.unwrap_or(measures.body);
    for line in beside(sheet, lines, style) {
        sheet.space(300);
        sheet.paragraph(&line, style, Align::Centre);
    }
    let goes_on = matches!(rest.first(), Some(Block::Centred(..)));
    if !goes_on {
        sheet.space(1_100);
    }
}

/// The languages of a text: on a sheet beside one another where they have room in one line, else each in lines of its own.
fn beside(sheet: &Sheet, lines: &[String], style: Style) -> Vec<String> {
    let text = joined(lines);
    if !sheet.is_tape() && style.width(&text) <= sheet.room() {
        vec![text]
    } else {
        lines.to_vec()
    }
}

fn title(text: &str, style: Style, room: Um) -> Style {
    let words = text.split(' ').count();
    if words < 2 {
        return style.fitting(text, room, LEAST);
    }
    let smaller = Style {
        size: style.size * 5 / 7,
        ..style
    };
    let longest = text.split(' ').max_by_key(|word| smaller.width(word));
    smaller.fitting(longest.unwrap_or(text), room, LEAST)
}

/// A mark across the paper.
fn mark(sheet: &mut Sheet, lines: &[String], solid: bool) {
    let (left, room) = (sheet.left(), sheet.room());
    let style = sheet.measures.mark;
    let lines = beside(sheet, lines, style);
    let pitch = style.size * 130 / 100;
    let count = Um::try_from(lines.len()).unwrap_or(1);
    let height = 7_000 + pitch * (count - 1);
    sheet.space(1_800);
    sheet.break_before(height + 1_200);
    let y = sheet.y;
    if solid {
        sheet.fill(left, y, room, height);
    } else {
        sheet.fill(left, y, room, HEAVY);
        sheet.fill(left, y + height - HEAVY, room, HEAVY);
        sheet.fill(left, y, HEAVY, height);
        sheet.fill(left + room - HEAVY, y, HEAVY, height);
    }
    let mut baseline = y + (7_000 + style.capitals()) / 2;
    for line in lines {
        let style = style.fitting(&line, room - 3_000, LEAST);
        let line = style.face.drawable(&line);
        let width = style.width(&line);
        let x = left + (room - width) / 2;
        let ink = if solid { Ink::White } else { Ink::Black };
        sheet.run(line, width, style, x, baseline, ink);
        baseline += pitch;
    }
    sheet.y += height + 1_200;
}

/// Captions and values: one under the other on tape, two columns on a sheet.
fn pairs(sheet: &mut Sheet, pairs: &[(String, String)]) {
    let columns = sheet.measures.pair_columns;
    if columns == 1 || pairs.len() < 3 {
        for (caption, value) in pairs {
            let (left, right) = (sheet.left(), sheet.right());
            let line = Line::of(sheet, caption, value, right - left);
            sheet.break_before(line.height(sheet.measures.body));
            let y = sheet.y;
            line.put(sheet, left, right, y);
            sheet.y = y + line.height(sheet.measures.body);
        }
        return;
    }
    // Down the left column, then down the right one.
    let body = sheet.measures.body;
    let gutter = 10_000;
    let width = (sheet.room() - gutter) / 2;
    let half = pairs.len().div_ceil(2);
    for place in 0..half {
        let beside = [pairs.get(place), pairs.get(half + place)];
        let lines =
            beside.map(|pair| pair.map(|(caption, value)| Line::of(sheet, caption, value, width)));
        let height = lines.iter().flatten().map(|line| line.height(body)).max();
        let height = height.unwrap_or(0) + 700;
        sheet.break_before(height);
        let (y, mut left) = (sheet.y, sheet.left());
        for line in lines.iter().flatten() {
            line.put(sheet, left, left + width, y);
            left += width + gutter;
        }
        sheet.y = y + height;
    }
}

/// A caption on the left and its value on the right, which wraps beside its caption or below it.
struct Line {
    caption: Vec<String>,
    value: Vec<String>,
    beside: bool,
}

impl Line {
    fn of(sheet: &Sheet, caption: &str, value: &str, room: Um) -> Self {
        let body = sheet.measures.body;
        let taken = body.width(caption) + sheet.measures.gap;
        // A value wraps beside its caption between words only: a date or a number is never broken.
        let words = value.split(' ').map(|word| body.width(word));
        let breaks = words.max().is_some_and(|word| taken + word <= room);
        let beside = taken + body.width(value) <= room || (breaks && taken < room * 3 / 5);
        Self {
            caption: wrapped(caption, body, room),
            value: balanced(value, body, if beside { room - taken } else { room }),
            beside,
        }
    }

    fn height(&self, body: Style) -> Um {
        let lines = if self.beside {
            self.caption.len().max(self.value.len())
        } else {
            self.caption.len() + self.value.len()
        };
        Um::try_from(lines).unwrap_or(1) * body.line()
    }

    fn put(&self, sheet: &mut Sheet, left: Um, right: Um, y: Um) {
        let body = sheet.measures.body;
        let mut baseline = y + body.baseline();
        for line in &self.caption {
            sheet.put(line, body, Align::Left, left, right, baseline);
            baseline += body.line();
        }
        if self.beside {
            baseline = y + body.baseline();
        }
        for line in &self.value {
            sheet.put(line, body, Align::Right, left, right, baseline);
            baseline += body.line();
        }
    }
}

/// The heading of a group, with a word over the column of quantities if there is one; never the last line of a page.
pub(super) fn heading(sheet: &mut Sheet, lines: &[String], quantity: Option<&str>, outline: bool) {
    let measures = sheet.measures;
    let style = if outline {
        measures.chapter
    } else {
        measures.heading
    };
    let small = measures.small;
    let lines: Vec<String> = beside(sheet, lines, style)
        .iter()
        .flat_map(|line| wrapped(line, style, sheet.room()))
        .collect();
    let edge = sheet.right() - measures.quantity;
    let last = lines.last().map_or(0, |line| style.width(line));
    let word = quantity.map(|word| (word, small.width(word) + measures.gap));
    let beside = word.is_none_or(|(_, width)| sheet.left() + last + width <= edge);
    let count = Um::try_from(lines.len()).unwrap_or(1) + if beside { 0 } else { 1 };
    sheet.space(if sheet.is_tape() { 300 } else { 1_200 });
    // A chapter goes on with a table, whose head and first rows are not parted either.
    let after = if outline && !sheet.is_tape() { 5 } else { 3 };
    sheet.break_before(count * style.line() + after * measures.sum.line() + 700);
    if outline {
        sheet.bookmark(&lines.join(" "));
    }
    let (left, right) = (sheet.left(), sheet.right());
    let mut baseline = sheet.y;
    for line in &lines {
        baseline = sheet.open_line(style);
        sheet.put(line, style, Align::Left, left, right, baseline);
    }
    if let Some((word, _)) = word {
        if !beside {
            baseline = sheet.open_line(small);
        }
        // A word that is wider than the room before its column begins at the left margin.
        let edge = edge.max(left + small.width(word));
        sheet.put(word, small, Align::Right, left, edge, baseline);
    }
    sheet.space(700);
}

/// A sum keeps its column. A caption that has no room beside it stands in lines of its own above.
fn sum(
    sheet: &mut Sheet,
    caption: &str,
    quantity: Option<i64>,
    amount: Option<Money>,
    strong: bool,
) {
    let measures = sheet.measures;
    let (words, figures) = if strong {
        (measures.strong, measures.strong_sum)
    } else {
        (measures.body, measures.sum)
    };
    let (left, mark) = (sheet.left(), sheet.mark());
    let amount = amount.map(|amount| sheet.amount(amount));
    let quantity = quantity.map(|quantity| sheet.count(quantity));
    // A quantity that is wider than the room before its column begins at the left margin.
    let widest = quantity.as_ref().map_or(0, |text| words.width(text));
    let quantity_edge = (sheet.right() - measures.quantity).max(left + widest);
    let amount_edge = amount.as_ref().map_or(sheet.right(), |amount| {
        mark - figures.width(before_mark(amount))
    });
    // The largest sums reach into the column of quantities and stand below it.
    let parted = quantity.is_some() && amount_edge < quantity_edge + measures.gap;
    let first = match &quantity {
        Some(quantity) => quantity_edge - words.width(quantity),
        None => amount_edge,
    };
    let beside = left + words.width(caption) + measures.gap <= first;
    let captions = if beside {
        vec![caption.to_owned()]
    } else {
        wrapped(caption, words, sheet.room())
    };
    let above = if beside { 0 } else { captions.len() };
    let above = Um::try_from(above).unwrap_or(0) * words.line();
    sheet.break_before(above + figures.line() * if parted { 2 } else { 1 });
    if !beside {
        for line in &captions {
            let baseline = sheet.open_line(words);
            sheet.put(line, words, Align::Left, left, mark, baseline);
        }
    }
    let baseline = sheet.open_line(figures);
    if let Some(line) = captions.first().filter(|_| beside) {
        sheet.put(line, words, Align::Left, left, mark, baseline);
    }
    if let Some(quantity) = &quantity {
        sheet.put(quantity, words, Align::Right, left, quantity_edge, baseline);
    }
    if let Some(amount) = &amount {
        let baseline = if parted {
            sheet.open_line(figures)
        } else {
            baseline
        };
        sheet.put_amount(amount, figures, mark, baseline);
    }
    if measures.ruled {
        let y = sheet.y + 100;
        sheet.fill(left, y, sheet.room(), HAIRLINE / 2);
        sheet.y += 350;
    } else {
        sheet.space(150);
    }
}

/// The figure of the report, between two heavy rules.
fn hero(sheet: &mut Sheet, caption: &str, amount: Money) {
    let measures = sheet.measures;
    let text = sheet.amount(amount);
    let (left, right, room) = (sheet.left(), sheet.right(), sheet.room());
    let figures = measures.hero_sum.fitting(&text, room, LEAST);
    let words = measures.hero_caption.fitting(caption, room, LEAST);
    sheet.break_before(2 * figures.line() + words.line());
    sheet.rule(HEAVY, 1_800, 1_500);
    let beside = words.width(caption) + measures.gap + figures.width(&text) <= room;
    if !beside {
        sheet.paragraph(caption, words, Align::Left);
    }
    let baseline = sheet.open_line(figures);
    if beside {
        sheet.put(caption, words, Align::Left, left, right, baseline);
    }
    sheet.put(&text, figures, Align::Right, left, right, baseline);
    sheet.rule(HEAVY, 1_300, 1_600);
}

/// A line for each signature, with its caption before it.
fn signatures(sheet: &mut Sheet, captions: &[String]) {
    let body = sheet.measures.body;
    for caption in captions {
        sheet.space(7_000);
        let (left, right) = (sheet.left(), sheet.right());
        let baseline = sheet.open_line(body);
        sheet.put(caption, body, Align::Left, left, right, baseline);
        let start = left + body.width(caption) + sheet.measures.gap;
        let end = right.min(start + 90_000);
        sheet.fill(start, baseline + 300, end - start, HAIRLINE);
    }
    sheet.space(2_000);
}

/// The code, with the number in the archive and the beginning of the hash beside it.
fn archive(sheet: &mut Sheet, line: &str, hash: &str, code: &str) {
    let measures = sheet.measures;
    let (strong, small) = (measures.strong, measures.small);
    sheet.space(2_500);
    let Some((side, runs)) = runs(code) else {
        sheet.paragraph(&format!("{line} · {hash}"), small, Align::Centre);
        return;
    };
    let size = side * MODULE;
    sheet.break_before(size);
    let (y, left) = (sheet.y, sheet.left());
    for run in runs {
        sheet.fill(
            left + run.start * MODULE,
            y + run.row * MODULE,
            run.length * MODULE,
            MODULE,
        );
    }
    let text = left + size + 3_000;
    let right = sheet.right();
    let strong = strong.fitting(line, right - text, LEAST);
    let small = small.fitting(hash, right - text, LEAST);
    let middle = y + size / 2;
    sheet.put(line, strong, Align::Left, text, right, middle - 600);
    let below = middle - 600 + small.line() + 400;
    sheet.put(hash, small, Align::Left, text, right, below);
    sheet.y = y + size;
}
