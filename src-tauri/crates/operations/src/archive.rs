//! What is in the archive: reports on the screen, in lists, and as PDF.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::{FixedOffset, Local, Offset as _};
use domain::{ErrorCode, KkmId, Report, ReportKind, ServerUrl, Totals};
use reports::{Options, Pages, Paper};
use store::{ArchivedReport, Verification};

use crate::board::{Found, amount, time};
use crate::view::{CashCountView, FigureView, ReportLine, ReportView};
use crate::{Desk, Effect, Trouble};

impl Desk {
    /// A report of the archive, laid out.
    ///
    /// # Errors
    /// When there is no such report or the database cannot be read.
    pub fn report(&self, number: i64) -> Result<ReportView, Trouble> {
        let archived = self.archived(number)?;
        let before = self.totals_before(&archived)?;
        let pages = pages(&archived, before.as_ref());
        let report = &archived.report;
        Ok(ReportView {
            number,
            server: archived.server.clone(),
            kind: report.kind.as_str().to_owned(),
            title: reports::text::title(report),
            kkm: report.kkm.id.get(),
            kkm_name: name(report),
            shift_index: index(report),
            taken: time(report.taken),
            width_mm: pages.width_mm(),
            height_mm: pages.height_mm(),
            pages: reports::svg::render(&pages),
            restored: report.marks.restored,
            altered: !archived.intact,
            cash_count: report.cash_count.as_ref().map(|count| CashCountView {
                counted: amount(count.counted),
                expected: count.expected.map(amount),
                difference: count.difference().map(amount),
                reason: count.reason.clone(),
            }),
            warnings: warnings(&archived, before.as_ref()),
            figures: figures(report),
        })
    }

    /// A report as PDF; the same report gives the same bytes.
    ///
    /// # Errors
    /// When there is no such report, or it cannot be painted.
    pub fn report_pdf(&self, number: i64) -> Result<Vec<u8>, Trouble> {
        let archived = self.archived(number)?;
        let meta = reports::pdf::Meta {
            title: reports::text::title(&archived.report),
            created: archived.report.taken,
        };
        let before = self.totals_before(&archived)?;
        Ok(reports::pdf::render(
            &pages(&archived, before.as_ref()),
            &meta,
        )?)
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

    /// Writes a report's PDF into a folder under a name of its own; a file that is there is never overwritten.
    ///
    /// # Errors
    /// When the file cannot be written; the report stays in the archive.
    pub fn save_pdf(&self, number: i64, folder: &Path) -> Result<PathBuf, Trouble> {
        let bytes = self.report_pdf(number)?;
        let report = self.archived(number)?.report;
        let failed = |error: std::io::Error| {
            Trouble::new(ErrorCode::OutputFailed, Effect::Output)
                .with("path", folder.display())
                .with("detail", error)
        };
        std::fs::create_dir_all(folder).map_err(failed)?;
        let stem = file_stem(number, &report);
        for copy in 1..1000 {
            let file = if copy == 1 {
                format!("{stem}.pdf")
            } else {
                format!("{stem} ({copy}).pdf")
            };
            let path = folder.join(file);
            if std::fs::read(&path).is_ok_and(|there| there == bytes) {
                return Ok(path);
            }
            match crate::file::write(&path, &bytes, false) {
                Ok(()) => return Ok(path),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed(error)),
            }
        }
        Err(Trouble::new(ErrorCode::OutputFailed, Effect::Output).with("path", folder.display()))
    }

    /// Walks the hash chain of the archive.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn verify(&self) -> Result<Verification, Trouble> {
        Ok(self.store.verify()?)
    }

    pub(crate) fn report_line(&self, number: i64) -> Result<ReportLine, Trouble> {
        let archived = self.archived(number)?;
        let report = &archived.report;
        Ok(ReportLine {
            number,
            server: archived.server.clone(),
            kind: report.kind.as_str().to_owned(),
            kkm: report.kkm.id.get(),
            kkm_name: name(report),
            shift_index: index(report),
            taken: time(report.taken),
            amount: report
                .figures
                .as_ref()
                .and_then(|figures| figures.totals.sales.amount)
                .map(amount),
        })
    }

    /// The newest Z of each of these registers.
    pub(crate) fn last_zs(&self, found: &[Found]) -> Result<LastZs, Trouble> {
        let mut by_server: HashMap<&ServerUrl, Vec<KkmId>> = HashMap::new();
        for found in found {
            by_server
                .entry(found.server())
                .or_default()
                .push(found.kkm.id);
        }
        let mut last = LastZs::new();
        for (server, kkms) in by_server {
            let lines = self
                .store
                .last_lines(server.as_str(), &kkms, ReportKind::Z)?;
            last.insert(server.clone(), lines);
        }
        Ok(last)
    }

    pub(crate) fn archived(&self, number: i64) -> Result<ArchivedReport, Trouble> {
        self.store.report(number)?.ok_or_else(|| {
            Trouble::new(ErrorCode::BadInput, Effect::Nothing)
                .with("what", format!("В архиве нет отчёта № {number}"))
        })
    }
}

/// The newest Z-reports by server and register.
pub(crate) type LastZs = HashMap<ServerUrl, HashMap<KkmId, store::ReportLine>>;

pub(crate) fn line_of(line: &store::ReportLine) -> ReportLine {
    ReportLine {
        number: line.number,
        server: line.server.clone(),
        kind: line.kind.as_str().to_owned(),
        kkm: line.kkm.get(),
        kkm_name: line
            .kkm_name
            .clone()
            .unwrap_or_else(|| line.kkm.to_string()),
        shift_index: line.shift_index,
        taken: time(line.taken),
        amount: line.amount.map(amount),
    }
}

/// What does not add up; first of all, that the row is no longer what was archived.
fn warnings(archived: &ArchivedReport, before: Option<&Totals>) -> Vec<String> {
    let altered = (!archived.intact).then(|| reports::text::ALTERED.to_owned());
    let found = reports::warnings_after(&archived.report, before);
    altered.into_iter().chain(found).collect()
}

fn pages(archived: &ArchivedReport, before: Option<&Totals>) -> Pages {
    let utc_offset: FixedOffset = archived.report.taken.with_timezone(&Local).offset().fix();
    let options = Options {
        paper: Paper::Tape80,
        utc_offset,
        copy: false,
        altered: !archived.intact,
        archive: Some((archived.number, archived.hash.clone())),
    };
    reports::layout::document_after(&archived.report, &options, before)
}

fn name(report: &Report) -> String {
    report
        .kkm
        .name
        .clone()
        .unwrap_or_else(|| report.kkm.id.to_string())
}

fn index(report: &Report) -> Option<i64> {
    report.shift.as_ref().and_then(|shift| shift.index)
}

fn figures(report: &Report) -> Vec<FigureView> {
    let Some(figures) = &report.figures else {
        return Vec::new();
    };
    let shown = [
        ("sales", "Продажи", figures.totals.sales.amount),
        ("refunds", "Возвраты продаж", figures.totals.refunds.amount),
        ("revenue", "Выручка", figures.revenue()),
        ("balanceClose", "Наличных в кассе", figures.balance_close),
        ("vat", "НДС", figures.nds),
    ];
    let figure = |(key, label, money): (&str, &str, Option<_>)| {
        money.map(|money| FigureView {
            key: key.to_owned(),
            label: label.to_owned(),
            value: amount(money),
        })
    };
    shown.into_iter().filter_map(figure).collect()
}

/// Such as `Z-128 Касса 1 2026-11-23 (12)`, with nothing in it that a file system refuses.
fn file_stem(number: i64, report: &Report) -> String {
    let kind = match report.kind {
        ReportKind::X => "X",
        ReportKind::Z => "Z",
        ReportKind::Sections => "Секции",
    };
    let shift = index(report).map_or(String::new(), |index| format!("-{index}"));
    let day = report.taken.with_timezone(&Local).format("%Y-%m-%d");
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
