//! A report on paper and on screen: report → document → layout → painters.
//!
//! [`document`] says in words and figures what stands in a report, a slip or a summary; [`layout::pages`] puts it on a
//! [`Paper`], as text runs, rules and bands at fixed places in micrometres; the painters [`pdf`], [`svg`], [`raster`] and
//! [`escpos`] only paint them, so what is previewed is what is saved and printed. A number is written in one place,
//! [`format`], and a word in one place, the crate `texts`. No clock, no IO: the same report gives the same bytes.

pub mod document;
mod error;
pub mod export;
mod font;
pub mod format;
mod language;
pub mod layout;
mod paint;
mod receipt;

pub use document::{Document, Options};
pub use error::ReportError;
pub use font::Face;
pub use language::Language;
pub use layout::{Bookmark, Ink, Item, Page, Pages, Paper, Um};
pub use paint::{escpos, pdf, raster, svg};
