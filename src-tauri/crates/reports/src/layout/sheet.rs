//! The tape being written: a cursor that only goes down, and the few shapes a report is made of.

use domain::Money;

use super::style::{
    BODY, HEADING, HERO_CAPTION, HERO_SUM, MARK, SMALL, STRONG, STRONG_SUM, SUM, Style, balanced,
    wrapped,
};
use super::{Ink, Item, Page, Paper, Um};
use crate::format;

const HAIRLINE: Um = 125;
const HEAVY: Um = 375;
const GAP: Um = 2_000;
/// The right edge of the quantities, measured from the right margin: what is left holds `99 999 999,99` in bold.
const QUANTITY: Um = 29_500;
/// A PDF page ends at 5 080 mm.
const LONGEST: Um = 4_900_000;

/// Where a line of text stands.
#[derive(Debug, Clone, Copy)]
enum Align {
    Left,
    Centre,
    Right,
}

/// The tape.
pub(super) struct Sheet {
    paper: Paper,
    y: Um,
    items: Vec<Item>,
    pages: Vec<Page>,
    starred: bool,
    indent: Um,
}

impl Sheet {
    pub(super) const fn new(paper: Paper) -> Self {
        Self {
            paper,
            y: 4_000,
            items: Vec::new(),
            pages: Vec::new(),
            starred: false,
            indent: 0,
        }
    }

    /// A caption with the mark of what the program computed; the footnote is then due.
    pub(super) fn starred(&mut self, caption: &str) -> String {
        self.starred = true;
        format!("{caption}\u{a0}*")
    }

    /// Whether anything was marked.
    pub(super) const fn has_starred(&self) -> bool {
        self.starred
    }

    /// Moves the left edge of the captions that follow; 0 takes it back.
    pub(super) const fn indent(&mut self, indent: Um) {
        self.indent = indent;
    }

    pub(super) const fn space(&mut self, height: Um) {
        self.y += height;
    }

    /// A hairline between groups.
    pub(super) fn hairline(&mut self) {
        self.rule(HAIRLINE, 1_300, 1_100);
    }

    /// A heavy rule between the parts of a report.
    pub(super) fn heavy(&mut self) {
        self.rule(HEAVY, 1_600, 1_400);
    }

    pub(super) fn centred(&mut self, text: &str, style: Style) {
        self.paragraph(text, style, Align::Centre);
    }

    /// A word on the right, above a column of sums.
    pub(super) fn right_word(&mut self, text: &str, style: Style) {
        self.paragraph(text, style, Align::Right);
    }

    pub(super) fn left(&mut self, text: &str, style: Style) {
        self.paragraph(text, style, Align::Left);
    }

    /// The heading of a block, with a word over the column of quantities if there is one.
    pub(super) fn heading(&mut self, text: &str, quantity: Option<&str>) {
        let room = self.room();
        let columns = quantity.map_or(room, |word| room - QUANTITY - SMALL.width(word) - GAP);
        let lines = wrapped(text, HEADING, columns);
        for (number, line) in lines.iter().enumerate() {
            let last = number + 1 == lines.len();
            let baseline = self.open_line(HEADING);
            self.put(line, HEADING, Align::Left, self.right(), baseline);
            if let Some(word) = quantity.filter(|_| last) {
                self.put(word, SMALL, Align::Right, self.right() - QUANTITY, baseline);
            }
        }
        self.space(900);
    }

    /// A caption and a value at the right margin; a long value wraps beside its caption.
    pub(super) fn pair(&mut self, caption: &str, value: &str) {
        let room = self.room();
        let taken = BODY.width(caption) + GAP;
        let beside = taken < room * 3 / 5;
        let lines = wrapped(value, BODY, if beside { room - taken } else { room });
        if !beside && taken + lines.first().map_or(0, |line| BODY.width(line)) > room {
            self.left(caption, BODY);
        } else {
            let baseline = self.y + BODY.baseline();
            self.put(caption, BODY, Align::Left, self.right(), baseline);
        }
        for line in lines {
            let baseline = self.open_line(BODY);
            self.put(&line, BODY, Align::Right, self.right(), baseline);
        }
    }

    /// A sum with its caption, and how many operations made it.
    pub(super) fn sum(&mut self, caption: &str, quantity: Option<i64>, sum: Option<Money>) {
        self.sum_row(caption, quantity, sum, BODY, SUM);
    }

    /// The same for a sum that matters most in its block.
    pub(super) fn strong_sum(&mut self, caption: &str, quantity: Option<i64>, sum: Option<Money>) {
        self.sum_row(caption, quantity, sum, STRONG, STRONG_SUM);
    }

    /// The figure of the report, between two heavy rules.
    pub(super) fn hero(&mut self, caption: &str, sum: Money) {
        let text = format::amount(sum);
        self.rule(HEAVY, 1_800, 1_500);
        if HERO_CAPTION.width(caption) + GAP + HERO_SUM.width(&text) > self.room() {
            self.left(caption, HERO_CAPTION);
        } else {
            let baseline = self.y + HERO_SUM.baseline();
            self.put(caption, HERO_CAPTION, Align::Left, self.right(), baseline);
        }
        let baseline = self.open_line(HERO_SUM);
        self.put(&text, HERO_SUM, Align::Right, self.right(), baseline);
        self.rule(HEAVY, 1_300, 1_600);
    }

    /// A mark: white on a black band.
    pub(super) fn band(&mut self, text: &str) {
        let height = 7_000;
        self.break_before(height);
        self.fill(self.left_edge(), self.y, self.room(), height);
        let baseline = self.y + (height + MARK.size * 729 / 1000) / 2;
        let x = self.left_edge() + (self.room() - MARK.width(text)) / 2;
        self.run(text, MARK, x, baseline, Ink::White);
        self.y += height + 1_200;
    }

    /// A mark in a frame.
    pub(super) fn frame(&mut self, text: &str) {
        let height = 7_000;
        self.break_before(height);
        let (x, y, width) = (self.left_edge(), self.y, self.room());
        self.fill(x, y, width, HEAVY);
        self.fill(x, y + height - HEAVY, width, HEAVY);
        self.fill(x, y, HEAVY, height);
        self.fill(x + width - HEAVY, y, HEAVY, height);
        let baseline = y + (height + MARK.size * 729 / 1000) / 2;
        self.put(text, MARK, Align::Centre, self.right(), baseline);
        self.y += height + 1_200;
    }

    /// The pages, the last one cut below its content.
    pub(super) fn finish(mut self) -> Vec<Page> {
        self.cut();
        self.pages
    }

    fn sum_row(
        &mut self,
        caption: &str,
        quantity: Option<i64>,
        sum: Option<Money>,
        words: Style,
        figures: Style,
    ) {
        if quantity.is_none() && sum.is_none() {
            return;
        }
        let amount = sum.map(format::amount).unwrap_or_default();
        let quantity = quantity.map(format::count);
        let amount_x = self.comma() - figures.width(before_comma(&amount));
        let quantity_x = self.right() - QUANTITY;
        let fits_beside_quantity = amount_x >= quantity_x + GAP;
        // The amount keeps its column; what does not fit beside it stands in lines of its own above.
        let end = match &quantity {
            Some(text) => quantity_x - words.width(text) - GAP,
            None => amount_x - GAP,
        };
        let room = (end - self.left_edge()).max(self.room() / 4);
        let one_line = if quantity.is_some() {
            fits_beside_quantity
        } else {
            end - self.left_edge() >= self.room() / 4
        };
        let lines = wrapped(
            caption,
            words,
            if one_line || quantity.is_some() {
                room
            } else {
                self.room()
            },
        );
        for (number, line) in lines.iter().enumerate() {
            let last = number + 1 == lines.len();
            let baseline = self.open_line(if last { figures } else { words });
            self.put(line, words, Align::Left, self.right(), baseline);
            if let Some(text) = quantity.as_ref().filter(|_| last) {
                self.put(text, words, Align::Right, quantity_x, baseline);
            }
            if last && one_line && !amount.is_empty() {
                self.run(&amount, figures, amount_x, baseline, Ink::Black);
            }
        }
        if !one_line && !amount.is_empty() {
            let baseline = self.open_line(figures);
            self.run(&amount, figures, amount_x, baseline, Ink::Black);
        }
        self.space(150);
    }

    fn paragraph(&mut self, text: &str, style: Style, align: Align) {
        let lines = match align {
            Align::Centre => balanced(text, style, self.room()),
            Align::Left | Align::Right => wrapped(text, style, self.room()),
        };
        for line in lines {
            let baseline = self.open_line(style);
            self.put(&line, style, align, self.right(), baseline);
        }
    }

    fn rule(&mut self, thickness: Um, above: Um, below: Um) {
        self.break_before(above + thickness + below);
        self.y += above;
        self.fill(self.left_edge(), self.y, self.room(), thickness);
        self.y += thickness + below;
    }

    /// Goes down by a line and gives its baseline.
    fn open_line(&mut self, style: Style) -> Um {
        self.break_before(style.line());
        let baseline = self.y + style.baseline();
        self.y += style.line();
        baseline
    }

    fn put(&mut self, text: &str, style: Style, align: Align, right: Um, baseline: Um) {
        let width = style.width(text);
        let x = match align {
            Align::Left => self.left_edge(),
            Align::Centre => self.left_edge() + (self.room() - width) / 2,
            Align::Right => right - width,
        };
        self.run(text, style, x, baseline, Ink::Black);
    }

    fn run(&mut self, text: &str, style: Style, x: Um, y: Um, ink: Ink) {
        let text = style.face.drawable(text);
        let width = style.width(&text);
        self.items.push(Item::Text {
            x,
            y,
            size: style.size,
            width,
            face: style.face,
            ink,
            text,
        });
    }

    fn fill(&mut self, x: Um, y: Um, width: Um, height: Um) {
        self.items.push(Item::Fill {
            x,
            y,
            width,
            height,
        });
    }

    fn break_before(&mut self, height: Um) {
        if self.y + height > LONGEST {
            self.cut();
        }
    }

    fn cut(&mut self) {
        self.pages.push(Page {
            width: self.paper.width(),
            height: self.y + 5_000,
            items: std::mem::take(&mut self.items),
        });
        self.y = 4_000;
    }

    const fn left_edge(&self) -> Um {
        self.paper.margin() + self.indent
    }

    const fn right(&self) -> Um {
        self.paper.width() - self.paper.margin()
    }

    const fn room(&self) -> Um {
        self.right() - self.left_edge()
    }

    /// Where every decimal comma stands: regular and bold sums meet there.
    fn comma(&self) -> Um {
        self.right() - STRONG_SUM.width(",00")
    }
}

fn before_comma(amount: &str) -> &str {
    amount.split(',').next().unwrap_or(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_comma_stands_in_one_column_up_to_the_largest_sum() {
        let mut sheet = Sheet::new(Paper::Tape80);
        for tiyn in [
            0,
            5,
            122_834_094,
            99_999_999_999_999_999,
            -99_999_999_999_999_999,
        ] {
            let sum = Money::from_tiyn(tiyn).ok();
            sheet.sum("Служебный приход (внесения)", None, sum);
            sheet.strong_sum("Продажи", Some(1_234_567), sum);
        }
        let comma = sheet.comma();
        let right = sheet.right();
        let items = sheet.finish().remove(0).items;
        let mut sums = 0;
        for item in items {
            let Item::Text {
                x,
                width,
                text,
                face,
                size,
                ..
            } = item
            else {
                continue;
            };
            assert!(x >= 4_000 && x + width <= right + 2, "{text}");
            if text.contains(',') {
                sums += 1;
                assert_eq!(x + face.width(before_comma(&text), size), comma, "{text}");
            }
        }
        assert_eq!(sums, 10);
    }
}
