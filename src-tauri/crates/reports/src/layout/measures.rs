//! The sizes of type and the distances on each paper.

use super::{Paper, Um};
use crate::Face;

/// A face at a size (the em, in micrometres). Capitals and figures are 0.729 of it high.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) face: Face,
    pub(super) size: Um,
}

impl Style {
    pub(super) fn width(self, text: &str) -> Um {
        self.face.width(text, self.size)
    }

    pub(super) const fn line(self) -> Um {
        self.size * 138 / 100
    }

    pub(super) const fn baseline(self) -> Um {
        self.size * 104 / 100
    }

    /// How high capitals and figures are.
    pub(super) const fn capitals(self) -> Um {
        self.size * 729 / 1000
    }

    /// The same face small enough for `text` to fit, but never below `least`.
    pub(super) fn fitting(mut self, text: &str, room: Um, least: Um) -> Self {
        while self.width(text) > room && self.size > least {
            self.size = (self.size - 100).max(least);
        }
        self
    }
}

/// What a paper's layout is made with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measures {
    /// Captions and values.
    pub(super) body: Style,
    /// Captions of what matters.
    pub(super) strong: Style,
    /// Addresses, notes.
    pub(super) small: Style,
    /// Headings of groups.
    pub(super) heading: Style,
    /// Headings of chapters.
    pub(super) chapter: Style,
    /// The taxpayer.
    pub(super) name: Style,
    /// The title.
    pub(super) title: Style,
    /// Sums: on tape figures at least 2.5 mm high, so that a head of 203 dots an inch prints them well.
    pub(super) sum: Style,
    /// Sums that matter.
    pub(super) strong_sum: Style,
    /// The caption of the report's figure.
    pub(super) hero_caption: Style,
    /// The report's figure.
    pub(super) hero_sum: Style,
    /// Marks.
    pub(super) mark: Style,
    /// Cells of a table, the largest size they have.
    pub(super) cell: Style,
    /// Cells that matter.
    pub(super) strong_cell: Style,
    /// Where the first line begins and how much paper is left below the last.
    pub(super) top: Um,
    pub(super) bottom: Um,
    /// The right edge of the quantities, measured from the right margin.
    pub(super) quantity: Um,
    /// Between a caption and what stands beside it.
    pub(super) gap: Um,
    /// In how many columns captions and values stand.
    pub(super) pair_columns: i64,
    /// Whether a thin line leads from a caption to its sum.
    pub(super) ruled: bool,
}

pub(super) const HAIRLINE: Um = 125;
pub(super) const HEAVY: Um = 375;

const fn style(face: Face, size: Um) -> Style {
    Style { face, size }
}

const TAPE80: Measures = Measures {
    body: style(Face::Regular, 3_050),
    strong: style(Face::Bold, 3_050),
    small: style(Face::Regular, 2_500),
    heading: style(Face::Bold, 2_850),
    chapter: style(Face::Bold, 3_450),
    name: style(Face::Bold, 3_700),
    title: style(Face::Bold, 7_000),
    sum: style(Face::Regular, 3_450),
    strong_sum: style(Face::Bold, 3_450),
    hero_caption: style(Face::Bold, 4_000),
    hero_sum: style(Face::Bold, 4_900),
    mark: style(Face::Bold, 4_200),
    cell: style(Face::Regular, 3_050),
    strong_cell: style(Face::Bold, 3_050),
    top: 4_000,
    bottom: 5_000,
    // What is left holds `99 999 999,99` in bold.
    quantity: 29_500,
    gap: 2_000,
    pair_columns: 1,
    ruled: false,
};

/// The narrow tape has the condensed faces: the largest sum in bold is 45 mm wide.
const TAPE58: Measures = Measures {
    body: style(Face::Narrow, 2_900),
    strong: style(Face::NarrowBold, 2_900),
    small: style(Face::Narrow, 2_500),
    heading: style(Face::NarrowBold, 2_850),
    chapter: style(Face::NarrowBold, 3_450),
    name: style(Face::NarrowBold, 3_500),
    title: style(Face::NarrowBold, 5_600),
    sum: style(Face::Narrow, 3_450),
    strong_sum: style(Face::NarrowBold, 3_450),
    hero_caption: style(Face::NarrowBold, 3_600),
    hero_sum: style(Face::NarrowBold, 4_500),
    mark: style(Face::NarrowBold, 3_900),
    cell: style(Face::Narrow, 2_900),
    strong_cell: style(Face::NarrowBold, 2_900),
    top: 4_000,
    bottom: 5_000,
    quantity: 23_500,
    gap: 1_500,
    pair_columns: 1,
    ruled: false,
};

const SHEET: Measures = Measures {
    body: style(Face::Regular, 3_100),
    strong: style(Face::Bold, 3_100),
    small: style(Face::Regular, 2_600),
    heading: style(Face::Bold, 3_100),
    chapter: style(Face::Bold, 4_000),
    name: style(Face::Bold, 4_200),
    title: style(Face::Bold, 7_000),
    sum: style(Face::Regular, 3_300),
    strong_sum: style(Face::Bold, 3_300),
    hero_caption: style(Face::Bold, 4_200),
    hero_sum: style(Face::Bold, 5_200),
    mark: style(Face::Bold, 4_200),
    cell: style(Face::Regular, 2_900),
    strong_cell: style(Face::Bold, 2_900),
    top: 13_000,
    bottom: 17_000,
    quantity: 62_000,
    gap: 3_000,
    pair_columns: 2,
    ruled: true,
};

impl Paper {
    pub(super) const fn measures(self) -> &'static Measures {
        match self {
            Self::Tape80 => &TAPE80,
            Self::Tape58 => &TAPE58,
            Self::A4 => &SHEET,
        }
    }
}
