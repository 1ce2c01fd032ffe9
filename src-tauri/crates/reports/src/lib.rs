//! A report on paper and on screen: report → layout → painters.
//!
//! [`layout::document`] turns a [`domain::Report`] into [`Pages`]: text runs, rules and bands at fixed places, in
//! micrometres. [`pdf::render`] and [`svg::render`] only paint them, so what is previewed is what is saved and printed.
//! A number is written in one place, [`format`], and a word in one place, [`text`]. No clock, no IO: the same report
//! gives the same bytes.

mod error;
pub mod export;
mod font;
pub mod format;
pub mod layout;
pub mod pdf;
pub mod svg;
pub mod text;

pub use error::ReportError;
pub use font::Face;
pub use layout::{Ink, Item, Options, Page, Pages, Paper, Um};

/// What does not add up in a report, as sentences: the same that stand under it on paper.
pub fn warnings(report: &domain::Report) -> Vec<String> {
    warnings_after(report, None)
}

/// As [`warnings`], checked also against the archived totals of the shift before on the same register.
pub fn warnings_after(report: &domain::Report, before: Option<&domain::Totals>) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for warning in domain::checks::warnings(report, before) {
        let sentence = text::warning(&warning);
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}
