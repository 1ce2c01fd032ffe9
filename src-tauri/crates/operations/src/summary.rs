//! The summary of a period: the Z-reports of one register or of all, added up.

use std::collections::HashSet;

use domain::period::{Period, PeriodShift};
use domain::{ErrorCode, Report, ReportKind, ServerUrl};
use reports::document::Gap;
use reports::{Options, Pages};
use texts::{Key, Phrase};

use crate::paper::offset;
use crate::{Desk, Effect, OnPaper, ReportQuery, Trouble};

/// So many Z-reports are added up at most: a chain of 300 registers over a year.
const MOST: usize = 120_000;
/// So many lines of the archive are asked for at once.
const PAGE: u32 = 500;

/// A period, added up.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The figures.
    pub period: Period,
    /// Where the archive lacks shifts of it.
    pub gaps: Vec<Gap>,
}

impl Desk {
    /// Adds up the Z-reports that are found; kind and limit of the query do not matter. An edited report proves nothing and
    /// is left out.
    ///
    /// # Errors
    /// When the days are in the wrong order, there are more reports than can be added up, or the database cannot be read.
    pub fn summary(&self, query: &ReportQuery) -> Result<Summary, Trouble> {
        let mut page = ReportQuery {
            kind: Some(ReportKind::Z),
            limit: PAGE,
            ..query.clone()
        };
        let mut shifts = Vec::new();
        loop {
            let lines = self.find_reports(&page)?;
            for line in &lines {
                shifts.extend(self.shift_of(line.number)?);
            }
            if shifts.len() > MOST {
                let what = Phrase::of(Key::WhatPeriodTooLong).with("most", MOST);
                return Err(Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(what));
            }
            page.after = lines.last().map(|line| line.number);
            if page.after.is_none() {
                break;
            }
        }
        let gaps = self.gaps(query, &shifts)?;
        let newest = shifts
            .first()
            .map_or_else(|| self.now(), PeriodShift::closed);
        let period = Period::of(shifts, offset(newest), query.from, query.to);
        Ok(Summary { period, gaps })
    }

    /// The summary's pages. It is not archived: it is made anew from what is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn summary_pages(&self, summary: &Summary, on: &OnPaper) -> Result<Pages, Trouble> {
        let newest = summary.period.shifts.last();
        let options = Options {
            language: self.language_of(on)?,
            utc_offset: offset(newest.map_or_else(|| self.now(), PeriodShift::closed)),
            documents: false,
            copy: on.copy,
            altered: false,
            archive: None,
        };
        let document = reports::document::period(&summary.period, &summary.gaps, &options);
        self.laid(&document, on)
    }

    /// A Z-report without its documents: the summary has no use for them.
    fn shift_of(&self, number: i64) -> Result<Option<PeriodShift>, Trouble> {
        let archived = self.archived(number)?;
        let Ok(server) = ServerUrl::parse(&archived.server) else {
            return Ok(None);
        };
        Ok(archived.intact.then(|| PeriodShift {
            number,
            server,
            report: Report {
                documents: Vec::new(),
                ..archived.report
            },
        }))
    }

    /// The shifts that are missing between two of these reports.
    fn gaps(&self, query: &ReportQuery, shifts: &[PeriodShift]) -> Result<Vec<Gap>, Trouble> {
        let numbers: HashSet<i64> = shifts.iter().map(|z| z.number).collect();
        let walked = self.continuity(query.which.as_ref())?;
        let mut gaps = Vec::new();
        for register in walked.registers {
            for finding in &register.findings {
                let within = finding
                    .reports
                    .iter()
                    .all(|number| numbers.contains(number));
                if finding.code == "missing" && within {
                    gaps.push(Gap {
                        register: register.kkm_name.clone(),
                        first: finding.shift,
                        last: finding.to_shift.unwrap_or(finding.shift),
                    });
                }
            }
        }
        Ok(gaps)
    }
}
