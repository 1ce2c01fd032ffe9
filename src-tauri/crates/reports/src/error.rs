//! What can go wrong when a report is painted.

/// A report could not be painted. Nothing is lost by it: the report itself is in the archive.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// An embedded font did not parse: the program itself is damaged.
    #[error("the embedded font {name} cannot be read")]
    Font {
        /// The font's name.
        name: &'static str,
    },
    /// The PDF could not be put together.
    #[error("the PDF could not be written: {reason}")]
    Pdf {
        /// What the PDF writer said.
        reason: String,
    },
}
