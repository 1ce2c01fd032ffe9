//! What stands in a document, in order and in words, and nothing of where it stands: a [`Document`] is a list of [`Block`]s,
//! which [`crate::layout`] puts on paper.
//!
//! The order is that of forms printed by certified drivers in Kazakhstan: who, which register, which shift; sections;
//! totals at the start, the shift's sums, cash, revenue, totals at the end; the cash count; marks and the archive line.
//! A value the server did not send is left out, never printed as 0; what the program computed carries an asterisk.

mod cash;
mod chart;
mod figures;
mod foot;
mod head;
mod period;
mod remarks;
mod report;
mod slip;
mod table;
mod warnings;

pub use cash::cash_count;
pub use chart::{Chart, Form, Point};
pub use head::named;
pub use period::period;
pub use remarks::{Gap, partly, rebuilt, remarks};
pub use report::{kind_name, report, report_after};
pub use slip::{Moment, shift_slip};
pub use table::{Cell, Column, Table, Tape};
pub use warnings::{warnings, warnings_after};

use chrono::{DateTime, Utc};
use domain::{Money, Zone};
use texts::{Key, Lang};

use crate::Language;
use crate::language::joined;

/// How a document is made.
#[derive(Debug, Clone)]
pub struct Options {
    /// In which language.
    pub language: Language,
    /// The shop's time zone: dates are written by it.
    pub zone: Zone,
    /// Whether the shift's documents are listed, where the report carries them.
    pub documents: bool,
    /// Whether this is a reprint, marked ДУБЛИКАТ.
    pub copy: bool,
    /// Whether it is made in training: marked УЧЕБНЫЙ, even where there is no report in it that says so.
    pub training: bool,
    /// Whether the archive's row is no longer what was written: then the paper says so first.
    pub altered: bool,
    /// The report's number in the archive and its hash in hex, where it is archived.
    pub archive: Option<(i64, String)>,
}

/// A document, not yet on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The title: `Z-отчёт, смена № 128, Касса 1`.
    pub title: String,
    /// The language.
    pub language: Language,
    /// When it was made, which is when its report was taken: not now, or a reprint would have other bytes.
    pub created: DateTime<Utc>,
    /// From top to bottom.
    pub blocks: Vec<Block>,
}

/// How a line of text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The taxpayer, the number of the shift.
    Name,
    /// An address, a footnote below a mark.
    Small,
    /// The title of the form.
    Title,
    /// What follows the title.
    Subtitle,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A text in the middle, one line for each language; a sheet has them beside one another.
    Centred(Role, Vec<String>),
    /// A mark across the paper: white on black, or in a frame.
    Mark {
        /// One line for each language.
        lines: Vec<String>,
        /// White on black.
        solid: bool,
    },
    /// Captions and their values.
    Pairs(Vec<(String, String)>),
    /// Some room.
    Gap,
    /// A light rule between groups.
    Hairline,
    /// A heavy rule between the parts.
    Heavy,
    /// In which currency the sums are.
    Currency(String),
    /// The heading of a group of sums; one line for each language.
    Heading {
        /// The heading.
        lines: Vec<String>,
        /// What stands over the column of quantities.
        quantity: Option<String>,
        /// Whether a reader finds it in the outline.
        outline: bool,
    },
    /// A sum with its caption, and how many operations made it.
    Sum {
        /// The caption.
        caption: String,
        /// How many.
        quantity: Option<i64>,
        /// The sum.
        amount: Option<Money>,
        /// Whether it matters most in its group.
        strong: bool,
    },
    /// The figure of the report.
    Hero {
        /// The caption.
        caption: String,
        /// The sum.
        amount: Money,
    },
    /// Rows under heads.
    Table(Table),
    /// Values as bars.
    Chart(Chart),
    /// What a tape says in lists and a sheet, which has the width for it, in columns.
    Either {
        /// On tape.
        tape: Vec<Block>,
        /// On sheets.
        sheet: Vec<Block>,
    },
    /// A paragraph of plain text.
    Paragraph(String),
    /// A paragraph in small type.
    Note(String),
    /// Points of a list under a heading.
    Points {
        /// The heading.
        heading: String,
        /// The points.
        points: Vec<String>,
    },
    /// Lines to sign on.
    Signatures(Vec<String>),
    /// Where the report is in the archive.
    Archive {
        /// `Архив № 12`.
        line: String,
        /// The beginning of the report's hash.
        hash: String,
        /// What the code holds.
        code: String,
    },
}

/// A document being written.
struct Writer<'a> {
    options: &'a Options,
    blocks: Vec<Block>,
    starred: bool,
}

impl<'a> Writer<'a> {
    const fn new(options: &'a Options) -> Self {
        Self {
            options,
            blocks: Vec::new(),
            starred: false,
        }
    }

    const fn language(&self) -> Language {
        self.options.language
    }

    fn caption(&self, key: Key) -> String {
        self.language().caption(key)
    }

    /// A caption with the mark of what the program computed; the footnote is then due.
    fn starred(&mut self, key: Key) -> String {
        self.starred = true;
        star(&self.caption(key))
    }

    fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    fn centred(&mut self, role: Role, text: impl Into<String>) {
        self.push(Block::Centred(role, vec![text.into()]));
    }

    fn centred_lines(&mut self, role: Role, key: Key) {
        self.push(Block::Centred(role, self.language().lines(key)));
    }

    fn heading(&mut self, key: Key, quantity: Option<Key>) {
        let lines = self.language().lines(key);
        let quantity = quantity.map(|key| self.caption(key));
        self.push(Block::Heading {
            lines,
            quantity,
            outline: false,
        });
    }

    fn starred_heading(&mut self, key: Key) {
        self.starred = true;
        let mut lines = self.language().lines(key);
        if let Some(last) = lines.last_mut() {
            *last = star(last);
        }
        self.push(Block::Heading {
            lines,
            quantity: None,
            outline: false,
        });
    }

    /// A heading that a reader finds in the outline.
    fn chapter(&mut self, key: Key) {
        let lines = self.language().lines(key);
        self.push(Block::Heading {
            lines,
            quantity: None,
            outline: true,
        });
    }

    fn sum(&mut self, caption: String, quantity: Option<i64>, amount: Option<Money>) {
        self.sum_row(caption, quantity, amount, false);
    }

    fn strong_sum(&mut self, caption: String, quantity: Option<i64>, amount: Option<Money>) {
        self.sum_row(caption, quantity, amount, true);
    }

    /// A sum that was not reported is left out.
    fn sum_row(
        &mut self,
        caption: String,
        quantity: Option<i64>,
        amount: Option<Money>,
        strong: bool,
    ) {
        if quantity.is_some() || amount.is_some() {
            self.push(Block::Sum {
                caption,
                quantity,
                amount,
                strong,
            });
        }
    }

    /// Sentence by sentence, each in every language of the paper.
    fn by_sentence(&self, said: impl Fn(Lang) -> Vec<String>) -> Vec<String> {
        let all = self.language().each(said);
        let count = all.iter().map(Vec::len).max().unwrap_or(0);
        let sentences = (0..count).flat_map(|place| all.iter().filter_map(move |it| it.get(place)));
        sentences.cloned().collect()
    }

    /// The footnote of what the program computed, where it is due.
    fn footnote(&mut self) {
        if !self.starred {
            return;
        }
        self.push(Block::Hairline);
        let lines = self.language().lines(Key::PaperComputed);
        let beside = Block::Note(format!("* {}", joined(&lines)));
        self.either(
            |tape| {
                for line in lines {
                    tape.push(Block::Note(format!("* {line}")));
                }
            },
            |sheet| sheet.push(beside),
        );
    }

    /// The blocks that `tape` writes for tape and `sheet` for sheets.
    fn either(&mut self, tape: impl FnOnce(&mut Self), sheet: impl FnOnce(&mut Self)) {
        let before = std::mem::take(&mut self.blocks);
        tape(self);
        let tape = std::mem::take(&mut self.blocks);
        sheet(self);
        let sheet = std::mem::replace(&mut self.blocks, before);
        self.push(Block::Either { tape, sheet });
    }

    fn finish(self, title: String, created: DateTime<Utc>) -> Document {
        Document {
            title,
            language: self.options.language,
            created,
            blocks: self.blocks,
        }
    }
}

/// The mark of what the program computed.
fn star(caption: &str) -> String {
    format!("{caption}\u{a0}*")
}
