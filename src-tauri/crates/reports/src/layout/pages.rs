//! What the painters get: pages of items at fixed places.

use chrono::{DateTime, Utc};

use super::Paper;
use crate::paint::svg::millimetres;
use crate::{Face, Language};

/// A length in micrometres.
pub type Um = i64;

/// Black on paper, or paper left out of a black band. A thermal head knows no grey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Black.
    Black,
    /// The paper's white.
    White,
}

/// Something on a page. `x` from the left edge, `y` from the top edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A run of text on its baseline.
    Text {
        /// Where the run begins.
        x: Um,
        /// The baseline.
        y: Um,
        /// The em.
        size: Um,
        /// Its width by the font.
        width: Um,
        /// The face.
        face: Face,
        /// Black or white.
        ink: Ink,
        /// The text.
        text: String,
    },
    /// A filled black rectangle: a rule, a band, a part of a code.
    Fill {
        /// Its left edge.
        x: Um,
        /// Its upper edge.
        y: Um,
        /// Its width.
        width: Um,
        /// Its height.
        height: Um,
    },
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The paper's width.
    pub width: Um,
    /// The page's height: as long as its content on tape.
    pub height: Um,
    /// In painting order.
    pub items: Vec<Item>,
}

/// A place that the outline of a PDF leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// Its name.
    pub title: String,
    /// The page, from 0.
    pub page: usize,
    /// The upper edge of the place.
    pub y: Um,
}

/// A document on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// The title: `Z-отчёт, смена № 128, Касса 1`.
    pub title: String,
    /// The language.
    pub language: Language,
    /// When the document was made.
    pub created: DateTime<Utc>,
    /// On which paper.
    pub paper: Paper,
    /// At least one page; on tape more only beyond what a PDF page can hold (about 5 m).
    pub pages: Vec<Page>,
    /// The chapters.
    pub bookmarks: Vec<Bookmark>,
}

impl Pages {
    /// The paper's width in millimetres: `80`.
    pub fn width_mm(&self) -> String {
        millimetres(self.pages.first().map_or(0, |page| page.width))
    }

    /// The height of the first page in millimetres: `394.225`. Tape has one page but for the longest documents.
    pub fn height_mm(&self) -> String {
        millimetres(self.pages.first().map_or(0, |page| page.height))
    }
}
