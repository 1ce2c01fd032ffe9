//! A workbook: real numbers and times, a head that stays in view, totals by formula.
//!
//! A number in a workbook is a double, and Excel shows 15 digits of it. An amount that needs more is written as text, and
//! its column's total too; the column's head has a note then. A text is never a formula, whatever it begins with.

mod sheet;
mod steady;

use std::io::{Seek, Write};

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, Workbook as Book};
use texts::Key;

use self::sheet::{Looks, Table};
use self::steady::Steady;
use super::table::{self, Line};
use super::{Amount, Archived, Export, ExportError, Setting};

/// How many rows a sheet has, its head and its totals apart.
const ROWS: u32 = 1_048_576 - 2;

/// A workbook that is being written.
pub(super) struct Workbook<W> {
    setting: Setting,
    out: Steady<W>,
    book: Book,
    looks: Looks,
    reports: Table,
    sections: Table,
    documents: Table,
    newest: Option<DateTime<Utc>>,
}

impl<W: Write + Seek + Send> Workbook<W> {
    pub(super) fn begin(amount: Amount, setting: Setting, out: W) -> Result<Self, ExportError> {
        Self::with_rows(amount, setting, out, ROWS)
    }

    /// With so many rows to a sheet.
    fn with_rows(amount: Amount, setting: Setting, out: W, rows: u32) -> Result<Self, ExportError> {
        let lang = setting.lang;
        let table = |name, columns| Table::new(lang, lang.text(name), columns, amount, rows);
        let mut it = Self {
            setting,
            out: Steady::new(out),
            book: Book::new(),
            looks: Looks::new(),
            reports: table(Key::ExportSheetReports, table::reports(lang)),
            sections: table(Key::ExportSheetSections, table::sections(lang)),
            documents: table(Key::ExportSheetDocuments, table::documents(lang)),
            newest: None,
        };
        // These two are there even when they are empty; documents only where a report carries them.
        it.reports.begin(&mut it.book, &it.looks)?;
        it.sections.begin(&mut it.book, &it.looks)?;
        Ok(it)
    }
}

impl<W: Write + Seek + Send> Export for Workbook<W> {
    fn add(&mut self, archived: &Archived<'_>) -> Result<(), ExportError> {
        let (book, looks) = (&mut self.book, &self.looks);
        self.reports
            .add(book, looks, &Line::report(archived, &self.setting))?;
        for line in Line::sections(archived, &self.setting) {
            self.sections.add(book, looks, &line)?;
        }
        for line in Line::documents(archived, &self.setting) {
            self.documents.add(book, looks, &line)?;
        }
        self.newest = self.newest.max(Some(archived.report.taken));
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        for table in [&mut self.reports, &mut self.sections, &mut self.documents] {
            table.end(&mut self.book, &self.looks)?;
        }
        let title = self.setting.lang.text(Key::ExportTitle);
        let properties = DocProperties::new()
            .set_title(title)
            .set_author("Smena")
            // Not the clock: the same reports give the same bytes.
            .set_creation_datetime(&self.newest.unwrap_or(DateTime::UNIX_EPOCH));
        self.book.set_properties(&properties);
        self.book.save_to_writer(&mut self.out)?;
        Ok(self.out.end()?)
    }
}

#[cfg(test)]
mod tests;
