//! From a document to pages of positioned text, rules and bands. Pure: the painters only paint what stands here, so that
//! what is previewed is what is saved and printed.

mod blocks;
mod chart;
mod code;
mod measures;
mod pages;
mod paper;
mod scale;
mod sheet;
mod table;
mod wrap;

pub use pages::{Bookmark, Ink, Item, Page, Pages, Um};
pub use paper::Paper;

use crate::document::Document;
use sheet::Sheet;

/// Puts a document on paper.
pub fn pages(document: &Document, paper: Paper) -> Pages {
    let mut sheet = Sheet::new(paper, document.language);
    for (place, block) in document.blocks.iter().enumerate() {
        let rest = document.blocks.get(place + 1..).unwrap_or_default();
        blocks::lay(&mut sheet, block, rest);
    }
    let (pages, bookmarks) = sheet.finish(&document.title);
    Pages {
        title: document.title.clone(),
        language: document.language,
        created: document.created,
        paper,
        pages,
        bookmarks,
    }
}
