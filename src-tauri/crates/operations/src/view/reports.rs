//! Reports of the archive.

view! {
    /// A report, ready to look at.
    ReportView {
        /// Its number in the archive.
        number: i64,
        /// The server it came from.
        server: String,
        /// `x`, `z` or `sections`.
        #[ts(type = "'x' | 'z' | 'sections'")]
        kind: String,
        /// Its heading.
        title: String,
        /// The register's id.
        kkm: i64,
        /// The register's name.
        kkm_name: String,
        /// The shift's number.
        shift_index: Option<i64>,
        /// When it was taken.
        taken: String,
        /// The paper, one SVG a page: the same pages as the PDF.
        pages: Vec<String>,
        /// On which paper it is.
        #[ts(type = "'80' | '58' | 'a4'")]
        paper: String,
        /// In which language the paper is.
        #[ts(type = "'ru' | 'kk' | 'en' | 'kk+ru'")]
        language: String,
        /// The paper's width in millimetres.
        width_mm: String,
        /// The first page's height in millimetres.
        height_mm: String,
        /// Rebuilt by the program, for the server did not give it any more.
        restored: bool,
        /// The archive's row was edited after it was written: this is not what the server gave.
        altered: bool,
        /// The cash count, where one was made.
        cash_count: Option<CashCountView>,
        /// What does not add up.
        warnings: Vec<String>,
        /// The figures that matter most.
        figures: Vec<FigureView>,
    }

    /// How a report is put on paper; what is not said is as the settings say.
    PaperInput {
        /// `80`, `58` or `a4`.
        #[ts(type = "'80' | '58' | 'a4' | null")]
        paper: Option<String>,
        /// `ru`, `kk`, `en` or `kk+ru`.
        #[ts(type = "'ru' | 'kk' | 'en' | 'kk+ru' | null")]
        language: Option<String>,
    }

    /// A cash count before closing.
    CashCountView {
        /// What was in the drawer.
        counted: String,
        /// What the register said.
        expected: Option<String>,
        /// Over (positive) or short (negative).
        difference: Option<String>,
        /// Why.
        reason: Option<String>,
    }

    /// A figure with its caption.
    FigureView {
        /// What it is, for programs, named as in the JSON export: `sales`, `refunds`, `revenue`, `balanceClose`, `vat`.
        key: String,
        /// The caption.
        label: String,
        /// The amount.
        value: String,
    }

    /// A report in a list.
    ReportLine {
        /// Its number in the archive.
        number: i64,
        /// The server it came from.
        server: String,
        /// `x`, `z` or `sections`.
        #[ts(type = "'x' | 'z' | 'sections'")]
        kind: String,
        /// The register's id.
        kkm: i64,
        /// The register's name.
        kkm_name: String,
        /// The shift's number.
        shift_index: Option<i64>,
        /// When it was taken.
        taken: String,
        /// Sales, where the report has them.
        amount: Option<String>,
    }

    /// Which reports go into a file: those that are named, else all that fit.
    ExportInput {
        /// `pdf` (of the reports that are named), `xlsx`, `csv` or `json`.
        #[ts(type = "'pdf' | 'xlsx' | 'csv' | 'json'")]
        format: String,
        /// The language of heads and words.
        #[ts(type = "'ru' | 'kk' | 'en'")]
        lang: String,
        /// The reports with these numbers.
        numbers: Option<Vec<i64>>,
        /// Of a register on this server.
        server: Option<String>,
        /// Of this register.
        kkm: Option<i64>,
        /// Of this kind.
        #[ts(type = "'x' | 'z' | 'sections' | null")]
        kind: Option<String>,
        /// Taken on this day (`2026-11-24`) or later.
        from: Option<String>,
        /// Taken on this day or earlier.
        to: Option<String>,
    }

    /// Where a file was written.
    SavedFile {
        /// Its path.
        path: String,
    }
}
