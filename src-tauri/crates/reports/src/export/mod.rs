//! Many archived reports in one file: a workbook, a CSV table or JSON.
//!
//! What the server did not report is an empty cell or `null`, never 0. The same reports give the same bytes.

mod csv;
mod json;
mod table;
mod xlsx;

use std::io::{Seek, Write};

use domain::{Report, Totals, Zone};
use texts::Lang;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A workbook: reports, sections and documents, each on a sheet of its own.
    Xlsx,
    /// A table with a row for each report.
    Csv,
    /// Everything that is known of each report, under English names that stay.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Xlsx, Self::Csv, Self::Json];

    /// How the name of such a file ends, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The format of a file whose name ends so, in capitals or not.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| extension.eq_ignore_ascii_case(format.extension()))
    }
}

/// How many reports there will be: a few are put together in memory, many go through temporary files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// Some hundreds at most.
    Few,
    /// Any number.
    Many,
}

/// A report as the archive has it.
#[derive(Debug, Clone, Copy)]
pub struct Archived<'a> {
    /// Its number in the archive.
    pub number: i64,
    /// The server it came from.
    pub server: &'a str,
    /// SHA-256 of its row, in hex.
    pub hash: &'a str,
    /// Whether the row still is what its hash says.
    pub intact: bool,
    /// The report.
    pub report: &'a Report,
    /// The archived totals of the shift before on the same register, for the check that they join.
    pub before: Option<&'a Totals>,
}

/// The language of heads and words, and the time zone that times are written by.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The language.
    pub lang: Lang,
    /// The shop's time zone.
    pub zone: Zone,
}

/// A file that reports are added to.
pub trait Export {
    /// Adds a report.
    ///
    /// # Errors
    /// When it cannot be written.
    fn add(&mut self, archived: &Archived<'_>) -> Result<(), ExportError>;

    /// Writes what is still to be written. Without this the file is not whole.
    ///
    /// # Errors
    /// When it cannot be written.
    fn finish(self: Box<Self>) -> Result<(), ExportError>;
}

/// Why reports could not be exported. Nothing is lost by it: they are in the archive.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file cannot be written.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The workbook cannot be put together.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

/// Begins a file.
///
/// # Errors
/// When it cannot be written.
pub fn begin<'w, W: Write + Seek + Send + 'w>(
    format: Format,
    amount: Amount,
    setting: Setting,
    out: W,
) -> Result<Box<dyn Export + 'w>, ExportError> {
    Ok(match format {
        Format::Xlsx => Box::new(xlsx::Workbook::begin(amount, setting, out)?),
        Format::Csv => Box::new(csv::Csv::begin(setting, out)?),
        Format::Json => Box::new(json::Json::begin(out)?),
    })
}
