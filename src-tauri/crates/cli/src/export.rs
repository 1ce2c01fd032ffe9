//! `archive export`: many reports in one file.

use std::path::Path;

use operations::{Desk, ExportFormat, Language, OnPaper, Paper, ReportQuery};
use serde_json::json;
use texts::{Key, Lang, Phrase, Plural};

use crate::failure::Failure;
use crate::output::{refuse_unwritable, written};
use crate::say::Say;

/// What the file's name says of its kind.
enum Kind {
    Table(ExportFormat),
    Pdf,
}

impl Kind {
    fn of(path: &Path) -> Result<Self, Failure> {
        let extension = path.extension().and_then(|it| it.to_str());
        let table = extension.and_then(ExportFormat::from_extension);
        match (table, extension) {
            (Some(format), _) => Ok(Self::Table(format)),
            (None, Some(it)) if it.eq_ignore_ascii_case("pdf") => Ok(Self::Pdf),
            _ => Err(Failure::usage(
                Phrase::of(Key::CliOddExtension).with("path", path.display()),
                Key::CliOddExtensionRemedy,
            )),
        }
    }
}

/// How the file is made, where that is said.
pub(crate) struct How {
    pub(crate) paper: Option<Paper>,
    pub(crate) report_lang: Option<Language>,
    /// The language of tables where no other is named.
    pub(crate) lang: Lang,
    pub(crate) force: bool,
}

/// Writes the reports that are found, says how many and where.
pub(crate) fn run(
    desk: &Desk,
    path: &Path,
    query: &ReportQuery,
    how: &How,
    say: Say,
) -> Result<(), Failure> {
    let kind = Kind::of(path)?;
    refuse_unwritable(path, how.force)?;
    let language = how.report_lang;
    let done = match kind {
        Kind::Table(_) if how.paper.is_some() => {
            let phrase = Phrase::of(Key::CliPaperWithoutPdf).with("path", path.display());
            return Err(Failure::usage(phrase, Key::CliPaperWithoutPdfRemedy));
        }
        Kind::Table(format) => {
            let lang = language.map_or(how.lang, Language::numbers);
            desk.export(query, format, lang, path, how.force)?
        }
        Kind::Pdf => {
            let on = OnPaper {
                paper: how.paper,
                language,
                ..OnPaper::default()
            };
            desk.export_pdf(query, &on, path, how.force)?
        }
    };
    let value = json!({ "path": done.path.display().to_string(), "reports": done.reports });
    let shown = say.print(&value, || {
        let count = i64::try_from(done.reports).unwrap_or(i64::MAX);
        let count = say.lang.plural(Plural::CountReports, count);
        format!("{}\n{count}", written(&done.path, say.lang))
    });
    shown.map_err(|error| Failure::unsaid(path, &error))
}
