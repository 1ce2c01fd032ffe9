//! Reports on paper: which paper and language, the pages, and their PDF, SVG and thermal form.

use std::path::{Path, PathBuf};

use domain::{ErrorCode, Report, ReportKind, Totals, Zone};
use reports::{Document, Face, Options, Pages};
use store::ArchivedReport;
use texts::{Key, Lang, Phrase};

use crate::archive::{index, name};
use crate::view::PaperInput;
use crate::{Desk, Effect, Language, Paper, Trouble, settings};

/// Which document is made of an archived report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    /// The report itself.
    #[default]
    Report,
    /// The report with the shift's documents, one by one.
    WithDocuments,
    /// The slip of the cash count that was made with it.
    CashCount,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Report, Self::WithDocuments, Self::CashCount];

    /// `report`, `with-documents` or `cash-count`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::WithDocuments => "with-documents",
            Self::CashCount => "cash-count",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str() == name)
    }
}

/// How something is put on paper; what is not said is as the settings say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OnPaper {
    /// The document.
    pub form: Form,
    /// The paper.
    pub paper: Option<Paper>,
    /// The language.
    pub language: Option<Language>,
    /// Whether it is a reprint, marked ДУБЛИКАТ.
    pub copy: bool,
}

impl OnPaper {
    /// What the page says.
    ///
    /// # Errors
    /// When there is no such paper or language.
    pub fn of(input: Option<&PaperInput>) -> Result<Self, Trouble> {
        let unknown = |name: &str, values: &str| {
            let values = Phrase::of(Key::WhatSettingValues)
                .with("name", name)
                .with("values", values);
            Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(values)
        };
        let paper = input.and_then(|input| input.paper.as_deref());
        let language = input.and_then(|input| input.language.as_deref());
        let paper = paper
            .map(|name| Paper::from_name(name).ok_or_else(|| unknown("paper", settings::PAPERS)));
        let language = language.map(|name| {
            Language::from_name(name).ok_or_else(|| unknown("language", settings::REPORT_LANGUAGES))
        });
        Ok(Self {
            paper: paper.transpose()?,
            language: language.transpose()?,
            ..Self::default()
        })
    }
}

/// What pages are painted as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Painting {
    /// PDF/A.
    Pdf,
    /// One SVG, the pages under one another.
    Svg,
    /// Raster bands for a thermal printer; for pages on tape ([`Desk::on_tape`]).
    EscPos,
}

impl Painting {
    /// The painted pages.
    ///
    /// # Errors
    /// When they cannot be painted.
    pub fn of(self, pages: &Pages) -> Result<Vec<u8>, Trouble> {
        Ok(match self {
            Self::Pdf => reports::pdf::render(pages)?,
            Self::Svg => reports::svg::stacked(pages).into_bytes(),
            Self::EscPos => reports::escpos::render(pages)?,
        })
    }
}

impl Desk {
    /// An archived report's pages.
    ///
    /// # Errors
    /// When there is no such report, it has no such form, or the database cannot be read.
    pub fn report_pages(&self, number: i64, on: &OnPaper) -> Result<Pages, Trouble> {
        let archived = self.archived(number)?;
        let before = self.totals_before(&archived)?;
        self.pages_of(&archived, before.as_ref(), on)
    }

    pub(crate) fn pages_of(
        &self,
        archived: &ArchivedReport,
        before: Option<&Totals>,
        on: &OnPaper,
    ) -> Result<Pages, Trouble> {
        let report = &archived.report;
        let options = Options {
            language: self.language_of(on)?,
            zone: self.zone(),
            documents: on.form == Form::WithDocuments,
            copy: on.copy,
            training: archived.report.marks.training,
            altered: !archived.intact,
            archive: Some((archived.number, archived.hash.clone())),
        };
        let document = match on.form {
            Form::Report | Form::WithDocuments => {
                reports::document::report_after(report, &options, before)
            }
            Form::CashCount => {
                reports::document::cash_count(report, &options).ok_or_else(|| {
                    Trouble::new(ErrorCode::BadInput, Effect::Nothing)
                        .saying(Phrase::of(Key::WhatNotCounted).with("number", archived.number))
                })?
            }
        };
        self.laid(&document, on)
    }

    /// How a document is made that the archive does not keep.
    pub(crate) fn unkept(&self, on: &OnPaper) -> Result<Options, Trouble> {
        Ok(Options {
            language: self.language_of(on)?,
            zone: self.zone(),
            documents: false,
            copy: on.copy,
            training: self.training,
            altered: false,
            archive: None,
        })
    }

    /// A document on the paper that was asked for, or that of the settings.
    pub(crate) fn laid(&self, document: &Document, on: &OnPaper) -> Result<Pages, Trouble> {
        let paper = on.paper.map_or_else(|| settings::paper(&self.store), Ok)?;
        Ok(reports::layout::pages(document, paper))
    }

    /// The language that was asked for, or that of the settings.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn language_of(&self, on: &OnPaper) -> Result<Language, Trouble> {
        on.language
            .map_or_else(|| settings::report_language(&self.store), Ok)
    }

    /// A report as PDF; the same report gives the same bytes.
    ///
    /// # Errors
    /// When there is no such report, or it cannot be painted.
    pub fn report_pdf(&self, number: i64, on: &OnPaper) -> Result<Vec<u8>, Trouble> {
        Painting::Pdf.of(&self.report_pages(number, on)?)
    }

    /// The same for a thermal printer: sheets are not for it, and where the settings say A4, it is 80 mm.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn on_tape(&self, on: &OnPaper) -> Result<OnPaper, Trouble> {
        let paper = on.paper.map_or_else(|| settings::paper(&self.store), Ok)?;
        Ok(OnPaper {
            paper: Some(if paper.is_tape() {
                paper
            } else {
                Paper::Tape80
            }),
            ..*on
        })
    }

    /// Several reports as one PDF, each with its place in the outline.
    ///
    /// # Errors
    /// When one of them is not there, or they cannot be painted.
    pub fn reports_pdf(&self, numbers: &[i64], on: &OnPaper) -> Result<Vec<u8>, Trouble> {
        let pages = numbers.iter().map(|number| self.report_pages(*number, on));
        let pages: Vec<Pages> = pages.collect::<Result<_, _>>()?;
        let title = match (pages.first(), pages.last()) {
            (Some(first), Some(last)) if pages.len() > 1 => {
                format!("{} … {}", first.title, last.title)
            }
            (Some(only), _) => only.title.clone(),
            _ => {
                return Err(
                    Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(Key::WhatNoneChosen)
                );
            }
        };
        Ok(reports::pdf::merged(&title, &pages)?)
    }

    /// Writes a report's PDF into a folder under a name of its own; a file that is there is never overwritten.
    ///
    /// # Errors
    /// When the file cannot be written; the report stays in the archive.
    pub fn save_pdf(&self, number: i64, folder: &Path, on: &OnPaper) -> Result<PathBuf, Trouble> {
        let bytes = self.report_pdf(number, on)?;
        let report = self.archived(number)?.report;
        save_new(
            folder,
            &file_stem(number, &report, self.lang(), &self.zone()),
            "pdf",
            &bytes,
        )
    }

    /// The name under which a report's PDF is saved where nobody says otherwise.
    ///
    /// # Errors
    /// When there is no such report or the database cannot be read.
    pub fn pdf_name(&self, number: i64) -> Result<String, Trouble> {
        let report = self.archived(number)?.report;
        Ok(format!(
            "{}.pdf",
            file_stem(number, &report, self.lang(), &self.zone())
        ))
    }

    /// Writes a report's PDF where a person said; a file that is there gives way.
    ///
    /// # Errors
    /// When the file cannot be written; the report stays in the archive.
    pub fn write_pdf(&self, number: i64, path: &Path, on: &OnPaper) -> Result<(), Trouble> {
        let bytes = self.report_pdf(number, on)?;
        crate::file::write(path, &bytes, true).map_err(|error| {
            Trouble::new(ErrorCode::OutputFailed, Effect::Output)
                .with("path", path.display())
                .with("detail", error)
        })
    }

    /// The archived totals at the end of the shift before, for the check that they join. A report that was rebuilt or
    /// edited proves nothing.
    pub(crate) fn totals_before(
        &self,
        archived: &ArchivedReport,
    ) -> Result<Option<Totals>, Trouble> {
        let report = &archived.report;
        let Some(before) = index(report).and_then(|index| index.checked_sub(1)) else {
            return Ok(None);
        };
        let z = self
            .store
            .z_of_shift(&archived.server, report.kkm.id, before, archived.number)?;
        let z = z.filter(|z| z.intact && !z.report.marks.restored);
        Ok(z.and_then(|z| z.report.figures).map(|it| it.totals))
    }
}

/// A face of the paper's typeface as a font file: `regular`, `bold`, `narrow` or `narrow-bold`.
pub fn typeface(name: &str) -> Option<&'static [u8]> {
    Face::from_name(name).map(Face::file)
}

/// Writes a file into a folder under a name of its own; a file that is there is never overwritten, and one of the same
/// content is taken for it.
pub(crate) fn save_new(
    folder: &Path,
    stem: &str,
    extension: &str,
    bytes: &[u8],
) -> Result<PathBuf, Trouble> {
    let failed = |error: std::io::Error| {
        Trouble::new(ErrorCode::OutputFailed, Effect::Output)
            .with("path", folder.display())
            .with("detail", error)
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    for path in crate::file::copies(folder, stem, extension) {
        if std::fs::read(&path).is_ok_and(|there| there == bytes) {
            return Ok(path);
        }
        match crate::file::write(&path, bytes, false) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
    }
    Err(Trouble::new(ErrorCode::OutputFailed, Effect::Output).with("path", folder.display()))
}

/// Such as `Z-128 Касса 1 2026-11-23 (12)`, with nothing in it that a file system refuses.
fn file_stem(number: i64, report: &Report, lang: Lang, zone: &Zone) -> String {
    let kind = match report.kind {
        ReportKind::X => "X",
        ReportKind::Z => "Z",
        ReportKind::Sections => lang.text(Key::WhatSectionsFile),
    };
    let shift = index(report).map_or(String::new(), |index| format!("-{index}"));
    let day = zone.local(report.taken).format("%Y-%m-%d");
    let safe: String = name(report)
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_') {
                c
            } else {
                '_'
            }
        })
        .take(60)
        .collect();
    format!("{kind}{shift} {} {day} №{number}", safe.trim())
}
