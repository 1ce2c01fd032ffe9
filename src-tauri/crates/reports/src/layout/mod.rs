//! From a report to pages of positioned text, rules and bands. Pure: the painters only paint what stands here.
//!
//! The order is that of forms printed by certified drivers in Kazakhstan: who, which register, which shift; sections;
//! totals at the start, the shift's sums, cash, revenue, totals at the end; the cash count; marks and the archive line.
//! A value the server did not send is left out, never printed as 0; what the program computed carries an asterisk.

mod foot;
mod head;
mod sheet;
mod style;
mod sums;

use chrono::FixedOffset;
use domain::{Report, ReportKind, Totals};

use crate::Face;
use crate::svg::millimetres;
use crate::text::{self, RU};
use sheet::Sheet;

/// A length in micrometres.
pub type Um = i64;

/// The paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paper {
    /// Tape of 80 mm with 72 mm that can be printed; one page as long as its content.
    #[default]
    Tape80,
}

impl Paper {
    /// The paper's width.
    pub const fn width(self) -> Um {
        match self {
            Self::Tape80 => 80_000,
        }
    }

    /// The margin on either side.
    pub const fn margin(self) -> Um {
        match self {
            Self::Tape80 => 4_000,
        }
    }
}

/// How a report is put on paper.
#[derive(Debug, Clone)]
pub struct Options {
    /// The paper.
    pub paper: Paper,
    /// The store's time zone: dates are written in it.
    pub utc_offset: FixedOffset,
    /// Whether this is a reprint, marked ДУБЛИКАТ.
    pub copy: bool,
    /// Whether the archive's row is no longer what was written: then the paper says so first.
    pub altered: bool,
    /// The report's number in the archive and its hash in hex, where it is archived.
    pub archive: Option<(i64, String)>,
}

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
        /// Regular or bold.
        face: Face,
        /// Black or white.
        ink: Ink,
        /// The text.
        text: String,
    },
    /// A filled black rectangle: a rule or a band.
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

/// A report on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// The title: `Z-отчёт, смена № 128, Касса 1`.
    pub title: String,
    /// At least one page; more only beyond what a PDF page can hold (about 5 m of tape).
    pub pages: Vec<Page>,
}

impl Pages {
    /// The paper's width in millimetres: `80`.
    pub fn width_mm(&self) -> String {
        millimetres(self.pages.first().map_or(0, |page| page.width))
    }

    /// The height of the first page in millimetres: `394.225`. Tape has one page but for the longest reports.
    pub fn height_mm(&self) -> String {
        millimetres(self.pages.first().map_or(0, |page| page.height))
    }
}

/// Lays a report out, with the checks that need nothing but the report itself.
pub fn document(report: &Report, options: &Options) -> Pages {
    document_after(report, options, None)
}

/// As [`document`], checked also against the archived totals of the shift before on the same register.
pub fn document_after(report: &Report, options: &Options, before: Option<&Totals>) -> Pages {
    let mut sheet = Sheet::new(options.paper);
    head::lay(&mut sheet, report, options, &RU);
    sums::lay(&mut sheet, report, &RU);
    foot::lay(&mut sheet, report, options, before, &RU);
    Pages {
        title: text::title(report),
        pages: sheet.finish(),
    }
}

/// Whether the report has closing data.
const fn closes(report: &Report) -> bool {
    matches!(report.kind, ReportKind::Z)
}
