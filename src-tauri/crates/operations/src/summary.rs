//! The summary of a period: the Z-reports of one register or of all, added up.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use domain::period::{Period, PeriodShift, Tally};
use domain::{ErrorCode, Report, ReportKind, ServerUrl, Zone};
use reports::Pages;
use reports::document::{self, Gap};
use texts::{Key, Lang, Phrase};

use crate::listing::refuse_reversed;
use crate::{Desk, Effect, OnPaper, ReportQuery, Trouble};

/// So many Z-reports are added up at most: a chain of 300 registers over a year.
const MOST: usize = 120_000;
/// So many lines of the archive are asked for at once.
const PAGE: u32 = 500;
/// The archive is searched by when a report was taken, the summary is by when a shift was closed. The one may be so many
/// days before the other where a clock is wrong,
const BEFORE: Days = Days::new(2);
/// and so many after it where the link was away: 72 hours of autonomous work and some days of grace.
const AFTER: Days = Days::new(7);

/// A period, added up.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The figures.
    pub period: Period,
    /// Where the archive lacks shifts of it.
    pub gaps: Vec<Gap>,
    /// The reports that were edited in the archive and so prove nothing, by their numbers.
    pub left_out: Vec<i64>,
}

impl Summary {
    /// The reports that the program put together itself, by their numbers.
    pub fn restored(&self) -> Vec<i64> {
        document::rebuilt(&self.period).collect()
    }

    /// The registers by name and id, and what they come to.
    pub fn registers(&self) -> Vec<(String, Tally)> {
        let registers = self.period.registers.iter();
        registers
            .map(|it| (document::named(it.name.as_deref(), it.kkm), it.tally))
            .collect()
    }

    /// The reports that are added up, by their numbers, the newest first.
    pub fn numbers(&self) -> Vec<i64> {
        self.period.shifts.iter().rev().map(|z| z.number).collect()
    }

    /// What must be said beside these rows, lest they look whole.
    pub fn remarks(&self, rows: &[(String, Tally)], lang: Lang) -> Vec<String> {
        let partly = document::partly(rows, lang);
        let rest = document::remarks(&self.period, &self.gaps, &self.left_out, lang);
        partly.into_iter().chain(rest).collect()
    }
}

impl Desk {
    /// Adds up the Z-reports of the shifts that were closed in these days; kind and limit of the query do not matter. An
    /// edited report proves nothing: it is left out, and named.
    ///
    /// # Errors
    /// When the days are in the wrong order, there are more reports than can be added up, or the database cannot be read.
    pub fn summary(&self, query: &ReportQuery) -> Result<Summary, Trouble> {
        let (shifts, left_out) = self.shifts_closed(query)?;
        // An edited report still has its place in the row of shifts, so what is missing beside it is seen.
        let here = shifts.iter().map(|z| z.number);
        let here: HashSet<i64> = here.chain(left_out.iter().copied()).collect();
        let gaps = self.gaps(query.which.as_ref(), |number| here.contains(&number))?;
        let zone = self.zone();
        Ok(Summary {
            period: Period::of(shifts, |at| zone.offset(at), query.from, query.to),
            gaps,
            left_out,
        })
    }

    /// The Z-reports of the shifts that were closed in these days, and the numbers of those that were edited.
    fn shifts_closed(&self, query: &ReportQuery) -> Result<(Vec<PeriodShift>, Vec<i64>), Trouble> {
        refuse_reversed(query.from, query.to)?;
        let earlier = |day: NaiveDate| day.checked_sub_days(BEFORE).unwrap_or(day);
        let later = |day: NaiveDate| day.checked_add_days(AFTER).unwrap_or(day);
        let mut page = ReportQuery {
            kind: Some(ReportKind::Z),
            from: query.from.map(earlier),
            to: query.to.map(later),
            limit: PAGE,
            ..query.clone()
        };
        let asked = |day: NaiveDate| {
            query.from.is_none_or(|from| from <= day) && query.to.is_none_or(|to| day <= to)
        };
        let zone = self.zone();
        let (mut shifts, mut left_out) = (Vec::new(), Vec::new());
        loop {
            let lines = self.find_reports(&page)?;
            for line in &lines {
                match self.read(line.number, &zone)? {
                    Read::Genuine(z) if asked(z.day(|at| zone.offset(at))) => shifts.push(*z),
                    Read::Edited(days) if days.iter().any(|day| asked(*day)) => {
                        left_out.push(line.number)
                    }
                    Read::Genuine(_) | Read::Edited(_) => {}
                }
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
        left_out.sort_unstable();
        Ok((shifts, left_out))
    }

    /// The summary's pages. It is not archived: it is made anew from what is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn summary_pages(&self, summary: &Summary, on: &OnPaper) -> Result<Pages, Trouble> {
        let options = self.unkept(on)?;
        let Summary {
            period,
            gaps,
            left_out,
        } = summary;
        let document = document::period(period, gaps, left_out, &options);
        self.laid(&document, on)
    }

    /// A Z-report without its documents: the summary has no use for them.
    fn read(&self, number: i64, zone: &Zone) -> Result<Read, Trouble> {
        let archived = self.archived(number)?;
        let server = ServerUrl::parse(&archived.server).ok();
        let taken = archived.report.taken;
        let z = server.map(|server| PeriodShift {
            number,
            server,
            report: Report {
                documents: Vec::new(),
                ..archived.report
            },
        });
        Ok(match z {
            Some(z) if archived.intact => Read::Genuine(Box::new(z)),
            // Either of its times may be what was edited.
            z => {
                let taken = zone.day(taken);
                let closed = z.map_or(taken, |z| z.day(|at| zone.offset(at)));
                Read::Edited([closed, taken])
            }
        })
    }
}

/// A Z-report of the archive.
enum Read {
    /// As it was archived.
    Genuine(Box<PeriodShift>),
    /// Edited since, and the days on which it may have been.
    Edited([NaiveDate; 2]),
}

mod page;
#[cfg(test)]
mod tests;
