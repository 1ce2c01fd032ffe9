//! `archive export`: many reports in one file.

use std::path::Path;

use operations::{Desk, ExportFormat, ReportQuery};
use serde_json::json;
use texts::{Key, Lang, Phrase, Plural};

use crate::failure::Failure;
use crate::output::refuse_unwritable;
use crate::say::Say;

/// Writes the reports that are found, says how many and where.
pub(crate) fn run(
    desk: &Desk,
    path: &Path,
    query: &ReportQuery,
    lang: Lang,
    force: bool,
    say: Say,
) -> Result<(), Failure> {
    let extension = path.extension().and_then(|it| it.to_str());
    let format = extension.and_then(ExportFormat::from_extension);
    let format = format.ok_or_else(|| {
        Failure::usage(
            Phrase::of(Key::CliOddExtension).with("path", path.display()),
            Key::CliOddExtensionRemedy,
        )
    })?;
    refuse_unwritable(path, force)?;
    let done = desk.export(query, format, lang, path, force)?;
    let value = json!({ "path": done.path.display().to_string(), "reports": done.reports });
    let shown = say.print(&value, || {
        let count = i64::try_from(done.reports).unwrap_or(i64::MAX);
        let count = say.lang.plural(Plural::CountReports, count);
        format!("{}\n{count}", done.path.display())
    });
    shown.map_err(|error| Failure::unsaid(path, &error))
}
