//! Reports of the archive in one file for a spreadsheet or a program: those that are found, or those that are named.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use domain::{ErrorCode, KkmId, ReportKind};
use reports::export::{self, Amount, Archived, Export, ExportError, Format, Setting};
use serde::Serialize;
use texts::{Key, Lang, Phrase};

use crate::listing::{day, not_known};
use crate::view::ExportInput;
use crate::{Desk, Effect, OnPaper, ReportQuery, Trouble, Which, file};

/// So many lines of the archive are asked for at once.
const PAGE: u32 = 500;
/// So many named reports are a few: a workbook of more is not put together in memory.
const PAGE_OF_NUMBERS: usize = 500;
/// So many bytes must be free for temporary files: the writer of workbooks ends the program where it finds no room.
const ROOM: u64 = 64 * 1024 * 1024;
/// The format that is no table.
const PDF: &str = "pdf";
/// So many reports are put into one PDF at most.
const PAPERS: u32 = 2_000;

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// Where it is.
    pub path: PathBuf,
    /// How many reports it holds.
    pub reports: u64,
}

/// Why there is no file.
enum Failed {
    Trouble(Trouble),
    Export(ExportError),
}

impl From<Trouble> for Failed {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<ExportError> for Failed {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Export(error.into())
    }
}

impl Failed {
    fn told(self, path: &Path) -> Trouble {
        match self {
            Self::Trouble(trouble) => trouble,
            Self::Export(error) => Trouble::new(ErrorCode::OutputFailed, Effect::Output)
                .with("path", path.display())
                .with("detail", error),
        }
    }
}

impl Desk {
    /// Writes the reports that are found to a file, the newest first; they pass through page by page.
    ///
    /// # Errors
    /// When the database cannot be read or the file cannot be written. Then there is no file, or the one of before.
    pub fn export(
        &self,
        query: &ReportQuery,
        format: Format,
        lang: Lang,
        path: &Path,
        force: bool,
    ) -> Result<Exported, Trouble> {
        self.write_export(path, force, |out| {
            let mut file = export::begin(format, Amount::Many, self.export_setting(lang), out)?;
            let mut page = query.clone();
            let mut count = 0;
            loop {
                let left = u64::from(query.limit).saturating_sub(count);
                page.limit = u32::try_from(left).unwrap_or(PAGE).min(PAGE);
                let lines = self.find_reports(&page)?;
                refuse_without_room(Amount::Many, format)?;
                for line in &lines {
                    self.add(file.as_mut(), line.number, format)?;
                    count += 1;
                }
                page.after = lines.last().map(|line| line.number);
                if page.after.is_none() || count >= u64::from(query.limit) {
                    break;
                }
            }
            file.finish()?;
            Ok(count)
        })
    }

    /// Writes the reports with these numbers to a file, in this order.
    ///
    /// # Errors
    /// As [`Desk::export`], and when there is no such report.
    pub fn export_numbers(
        &self,
        numbers: &[i64],
        format: Format,
        lang: Lang,
        path: &Path,
        force: bool,
    ) -> Result<Exported, Trouble> {
        self.write_export(path, force, |out| {
            let mut pages = numbers.chunks(PAGE_OF_NUMBERS).peekable();
            let amount = match pages.peek() {
                Some(first) if first.len() < numbers.len() => Amount::Many,
                _ => Amount::Few,
            };
            let mut file = export::begin(format, amount, self.export_setting(lang), out)?;
            let mut count = 0;
            for page in pages {
                refuse_without_room(amount, format)?;
                for number in page {
                    self.add(file.as_mut(), *number, format)?;
                    count += 1;
                }
            }
            file.finish()?;
            Ok(count)
        })
    }

    /// Writes the reports that are found to one PDF, the oldest first, each with its place in the outline. It is all put
    /// together in memory, so there is a limit to it.
    ///
    /// # Errors
    /// When nothing or too much is found, the database cannot be read, or the file cannot be written.
    pub fn export_pdf(
        &self,
        query: &ReportQuery,
        on: &OnPaper,
        path: &Path,
        force: bool,
    ) -> Result<Exported, Trouble> {
        let query = ReportQuery {
            limit: query.limit.min(PAPERS + 1),
            ..query.clone()
        };
        let lines = self.find_reports(&query)?;
        let numbers: Vec<i64> = lines.iter().rev().map(|line| line.number).collect();
        self.write_pdf_of(&numbers, on, path, force)
    }

    /// Writes named reports to one PDF, in the order of their numbers, each with its place in the outline.
    ///
    /// # Errors
    /// As [`Desk::export_pdf`].
    pub fn export_numbers_pdf(
        &self,
        numbers: &[i64],
        on: &OnPaper,
        path: &Path,
        force: bool,
    ) -> Result<Exported, Trouble> {
        let mut numbers = numbers.to_vec();
        numbers.sort_unstable();
        numbers.dedup();
        self.write_pdf_of(&numbers, on, path, force)
    }

    fn write_pdf_of(
        &self,
        numbers: &[i64],
        on: &OnPaper,
        path: &Path,
        force: bool,
    ) -> Result<Exported, Trouble> {
        if numbers.is_empty() {
            let trouble = Trouble::new(ErrorCode::BadInput, Effect::Nothing);
            return Err(trouble.saying(Key::WhatNoneFound));
        }
        if numbers.len() > usize::try_from(PAPERS).unwrap_or(usize::MAX) {
            let what = Phrase::of(Key::WhatTooManyForPdf).with("most", PAPERS);
            return Err(Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(what));
        }
        let bytes = self.reports_pdf(numbers, on)?;
        self.write_export(path, force, |out| {
            out.write_all(&bytes)?;
            Ok(u64::try_from(numbers.len()).unwrap_or(u64::MAX))
        })
    }

    /// Writes what the page asks for into a folder under a name of its own; a file that is there is never overwritten.
    ///
    /// # Errors
    /// As [`Desk::export`], and when something of the input is not understood.
    pub fn save_export(
        &self,
        input: &ExportInput,
        folder: &Path,
        on: &OnPaper,
    ) -> Result<PathBuf, Trouble> {
        let format = match input.format.as_str() {
            PDF => None,
            name => Some(Format::from_extension(name).ok_or_else(|| not_known("format"))?),
        };
        let lang = Lang::from_name(&input.lang).ok_or_else(|| not_known("lang"))?;
        let query = query(input)?;
        std::fs::create_dir_all(folder).map_err(|error| Failed::from(error).told(folder))?;
        let (name, today) = (lang.text(Key::ExportTitle), self.now());
        let today = self.zone().local(today).format("%Y-%m-%d");
        let extension = format.map_or(PDF, Format::extension);
        for path in file::copies(folder, &format!("{name} {today}"), extension) {
            if path.symlink_metadata().is_ok() {
                continue;
            }
            let done = match (&input.numbers, format) {
                (Some(numbers), Some(format)) => {
                    self.export_numbers(numbers, format, lang, &path, false)
                }
                (None, Some(format)) => self.export(&query, format, lang, &path, false),
                (Some(numbers), None) => self.export_numbers_pdf(numbers, on, &path, false),
                (None, None) => self.export_pdf(&query, on, &path, false),
            };
            return done.map(|done| done.path);
        }
        Err(Trouble::new(ErrorCode::OutputFailed, Effect::Output).with("path", folder.display()))
    }

    fn write_export(
        &self,
        path: &Path,
        force: bool,
        fill: impl FnOnce(&mut File) -> Result<u64, Failed>,
    ) -> Result<Exported, Trouble> {
        let reports = file::fill(path, force, fill).map_err(|failed| failed.told(path))?;
        Ok(Exported {
            path: path.to_path_buf(),
            reports,
        })
    }

    fn export_setting(&self, lang: Lang) -> Setting {
        Setting {
            lang,
            zone: self.zone(),
        }
    }

    fn add(&self, file: &mut dyn Export, number: i64, format: Format) -> Result<(), Failed> {
        let archived = self.archived(number)?;
        // Only JSON tells what does not add up.
        let before = match format {
            Format::Json => self.totals_before(&archived)?,
            Format::Xlsx | Format::Csv => None,
        };
        file.add(&Archived {
            number: archived.number,
            server: &archived.server,
            hash: &archived.hash,
            intact: archived.intact,
            report: &archived.report,
            before: before.as_ref(),
        })?;
        Ok(())
    }
}

/// A workbook of many reports goes through temporary files.
fn refuse_without_room(amount: Amount, format: Format) -> Result<(), Failed> {
    if (amount, format) != (Amount::Many, Format::Xlsx) {
        return Ok(());
    }
    let folder = std::env::temp_dir();
    match fs4::available_space(&folder) {
        Ok(free) if free < ROOM => Err(io::Error::new(
            io::ErrorKind::StorageFull,
            format!("{}: {free} B", folder.display()),
        )
        .into()),
        _ => Ok(()),
    }
}

fn query(input: &ExportInput) -> Result<ReportQuery, Trouble> {
    let which = match (&input.server, input.kkm) {
        (Some(server), Some(kkm)) => Some(Which::on(server, kkm)?),
        (None, Some(kkm)) => Some(Which {
            kkm: KkmId::new(kkm),
            server: None,
        }),
        (_, None) => None,
    };
    let kind = input.kind.as_deref();
    let kind = kind.map(|kind| ReportKind::from_name(kind).ok_or_else(|| not_known("kind")));
    Ok(ReportQuery {
        which,
        kind: kind.transpose()?,
        from: day(input.from.as_ref(), "from")?,
        to: day(input.to.as_ref(), "to")?,
        limit: u32::MAX,
        ..ReportQuery::default()
    })
}

#[cfg(test)]
mod tests;
