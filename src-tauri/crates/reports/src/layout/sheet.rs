//! The paper being written: a cursor that only goes down, and the few strokes everything is made of.

use domain::Money;
use texts::Key;

use super::measures::{HAIRLINE, HEAVY, Measures, Style};
use super::wrap::{balanced, wrapped};
use super::{Bookmark, Ink, Item, Page, Paper, Um};
use crate::{Language, format};

/// A PDF page ends at 5 080 mm.
const LONGEST: Um = 4_900_000;

/// In the place of a sum that is not known: a name with nothing beside it looks like a misprint.
pub(super) const UNKNOWN: &str = "—";

/// Where a line of text stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// The paper.
pub(super) struct Sheet {
    paper: Paper,
    language: Language,
    pub(super) measures: &'static Measures,
    pub(super) y: Um,
    items: Vec<Item>,
    pages: Vec<Page>,
    bookmarks: Vec<Bookmark>,
    /// Where the last rule ended: two rules with nothing between them are one.
    ruled_until: Option<Um>,
}

impl Sheet {
    pub(super) fn new(paper: Paper, language: Language) -> Self {
        let measures = paper.measures();
        Self {
            paper,
            language,
            measures,
            y: measures.top,
            items: Vec::new(),
            pages: Vec::new(),
            bookmarks: Vec::new(),
            ruled_until: None,
        }
    }

    pub(super) const fn is_tape(&self) -> bool {
        self.paper.is_tape()
    }

    pub(super) const fn left(&self) -> Um {
        self.paper.margin()
    }

    pub(super) const fn right(&self) -> Um {
        self.paper.width() - self.paper.margin()
    }

    pub(super) const fn room(&self) -> Um {
        self.right() - self.left()
    }

    /// Nothing above the first line of a page.
    pub(super) const fn is_at_top(&self) -> bool {
        self.y == self.measures.top
    }

    /// A distance, which is not taken over to the top of a new page.
    pub(super) const fn space(&mut self, height: Um) {
        if !self.is_at_top() {
            self.y += height;
        }
    }

    pub(super) fn amount(&self, money: Money) -> String {
        format::amount(money, self.language.numbers())
    }

    pub(super) fn count(&self, number: i64) -> String {
        self.language.numbers().whole(number)
    }

    pub(super) fn paragraph(&mut self, text: &str, style: Style, align: Align) {
        let lines = match align {
            Align::Centre => balanced(text, style, self.room()),
            Align::Left | Align::Right => wrapped(text, style, self.room()),
        };
        for line in lines {
            let baseline = self.open_line(style);
            let right = self.right();
            self.put(&line, style, align, self.left(), right, baseline);
        }
    }

    /// A light rule between groups.
    pub(super) fn hairline(&mut self) {
        self.rule(HAIRLINE, 1_300, 1_100);
    }

    /// A heavy rule between parts.
    pub(super) fn heavy(&mut self) {
        self.rule(HEAVY, 1_600, 1_400);
    }

    /// A rule from margin to margin.
    pub(super) fn rule(&mut self, thickness: Um, above: Um, below: Um) {
        // On a sheet a rule is not the last thing of a page, nor the first of one that goes on.
        let below_it = if self.is_tape() { 0 } else { 9_000 };
        self.break_before(above + thickness + below + below_it);
        let goes_on = self.is_at_top() && !self.pages.is_empty();
        if goes_on || self.ruled_until == Some(self.y) {
            return;
        }
        self.y += above;
        self.fill(self.left(), self.y, self.room(), thickness);
        self.y += thickness + below;
        self.ruled_until = Some(self.y);
    }

    /// Goes down by a line and gives its baseline.
    pub(super) fn open_line(&mut self, style: Style) -> Um {
        self.break_before(style.line());
        let baseline = self.y + style.baseline();
        self.y += style.line();
        baseline
    }

    /// A run of text between two edges.
    pub(super) fn put(
        &mut self,
        text: &str,
        style: Style,
        align: Align,
        left: Um,
        right: Um,
        baseline: Um,
    ) {
        let text = style.face.drawable(text);
        let width = style.width(&text);
        let x = match align {
            Align::Left => left,
            Align::Centre => left + (right - left - width) / 2,
            Align::Right => right - width,
        };
        self.run(text, width, style, x, baseline, Ink::Black);
    }

    /// A sum whose decimal mark stands at `mark`.
    pub(super) fn put_amount(&mut self, amount: &str, style: Style, mark: Um, baseline: Um) {
        let x = mark - style.width(before_mark(amount));
        let width = style.width(amount);
        self.run(amount.to_owned(), width, style, x, baseline, Ink::Black);
    }

    /// A run of text that can be drawn as it is.
    pub(super) fn run(&mut self, text: String, width: Um, style: Style, x: Um, y: Um, ink: Ink) {
        if text.is_empty() {
            return;
        }
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

    pub(super) fn fill(&mut self, x: Um, y: Um, width: Um, height: Um) {
        self.items.push(Item::Fill {
            x,
            y,
            width,
            height,
        });
    }

    /// A place that the outline leads to: here.
    pub(super) fn bookmark(&mut self, title: &str) {
        self.bookmarks.push(Bookmark {
            title: title.to_owned(),
            page: self.pages.len(),
            y: self.y,
        });
    }

    /// Begins a new page where `height` has no room on this one. Says whether it did.
    pub(super) fn break_before(&mut self, height: Um) -> bool {
        let full = self.y + height > self.end() && !self.is_at_top();
        if full {
            self.cut();
        }
        full
    }

    /// Where every decimal mark of the sums stands: regular and bold ones meet there.
    pub(super) fn mark(&self) -> Um {
        self.right() - self.measures.strong_sum.width(",00")
    }

    /// The pages, the last one of a tape cut below its content; sheets with their numbers.
    pub(super) fn finish(mut self, title: &str) -> (Vec<Page>, Vec<Bookmark>) {
        self.cut();
        if !self.is_tape() {
            self.number(title);
        }
        (self.pages, self.bookmarks)
    }

    fn end(&self) -> Um {
        self.paper
            .height()
            .map_or(LONGEST, |height| height - self.measures.bottom)
    }

    fn cut(&mut self) {
        let height = self.paper.height().unwrap_or(self.y + self.measures.bottom);
        self.pages.push(Page {
            width: self.paper.width(),
            height,
            items: std::mem::take(&mut self.items),
        });
        self.y = self.measures.top;
        self.ruled_until = None;
    }

    /// The foot of every sheet: what it is of, and its number.
    fn number(&mut self, title: &str) {
        let small = self.measures.small;
        let mut pages = std::mem::take(&mut self.pages);
        let count = pages.len();
        for (place, page) in pages.iter_mut().enumerate() {
            let y = page.height - self.measures.bottom + 4_500;
            self.fill(self.left(), y, self.room(), HAIRLINE);
            let (left, right, baseline) = (self.left(), self.right(), y + 4_300);
            let numbers = self.language.sentences(|lang| {
                lang.fill(Key::PaperPage, &[("page", &(place + 1)), ("pages", &count)])
            });
            let number = crate::language::joined(&numbers);
            let title_room = self.room() - small.width(&number) - self.measures.gap;
            let mut lines = wrapped(title, small, title_room).into_iter();
            let title = lines.next().unwrap_or_default();
            self.put(&title, small, Align::Left, left, right, baseline);
            self.put(&number, small, Align::Right, left, right, baseline);
            page.items.append(&mut self.items);
        }
        self.pages = pages;
    }
}

/// An amount up to its decimal mark, which is the third character from its end.
pub(super) fn before_mark(amount: &str) -> &str {
    let end = amount.len().saturating_sub(3);
    amount.get(..end).unwrap_or(amount)
}
