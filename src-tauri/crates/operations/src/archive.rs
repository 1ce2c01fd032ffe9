//! What is in the archive: reports on the screen, in lists, and as PDF.

use std::collections::HashMap;

use domain::{ErrorCode, KkmId, Report, ReportKind, ServerUrl, Totals};
use store::{ArchivedReport, Verification};
use texts::{Key, Lang, Phrase};

use crate::board::{Place, amount, time};
use crate::view::{CashCountView, FigureView, ReportLine, ReportView};
use crate::{Desk, Effect, OnPaper, Trouble};

impl Desk {
    /// A report of the archive, laid out.
    ///
    /// # Errors
    /// When there is no such report or the database cannot be read.
    pub fn report(&self, number: i64) -> Result<ReportView, Trouble> {
        self.report_on(number, &OnPaper::default())
    }

    /// As [`Self::report`], on a paper and in a language of one's choice.
    ///
    /// # Errors
    /// As [`Self::report`].
    pub fn report_on(&self, number: i64, on: &OnPaper) -> Result<ReportView, Trouble> {
        let archived = self.archived(number)?;
        let before = self.totals_before(&archived)?;
        let pages = self.pages_of(&archived, before.as_ref(), on)?;
        let report = &archived.report;
        Ok(ReportView {
            number,
            server: archived.server.clone(),
            kind: report.kind.as_str().to_owned(),
            title: pages.title.clone(),
            kkm: report.kkm.id.get(),
            kkm_name: name(report),
            shift_index: index(report),
            taken: time(report.taken),
            paper: pages.paper.as_str().to_owned(),
            language: pages.language.as_str().to_owned(),
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
            warnings: warnings(&archived, before.as_ref(), self.lang()),
            figures: figures(report, self.lang()),
        })
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
            amount: report.sales().map(amount),
        })
    }

    /// The newest Z of each of these registers.
    pub(crate) fn last_zs(&self, places: &[Place]) -> Result<LastZs, Trouble> {
        let mut by_server: HashMap<&ServerUrl, Vec<KkmId>> = HashMap::new();
        for (server, kkm) in places {
            by_server.entry(server).or_default().push(*kkm);
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
                .saying(Phrase::of(Key::WhatNoReport).with("number", number))
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
fn warnings(archived: &ArchivedReport, before: Option<&Totals>, lang: Lang) -> Vec<String> {
    let altered = (!archived.intact).then(|| lang.text(Key::PaperAlteredNote).to_owned());
    let found = reports::document::warnings_after(&archived.report, before, lang);
    altered.into_iter().chain(found).collect()
}

pub(crate) fn name(report: &Report) -> String {
    report
        .kkm
        .name
        .clone()
        .unwrap_or_else(|| report.kkm.id.to_string())
}

pub(crate) fn index(report: &Report) -> Option<i64> {
    report.shift_index()
}

fn figures(report: &Report, lang: Lang) -> Vec<FigureView> {
    let Some(figures) = &report.figures else {
        return Vec::new();
    };
    let shown = [
        ("sales", Key::PaperSales, figures.totals.sales.amount),
        ("refunds", Key::PaperRefunds, figures.totals.refunds.amount),
        ("revenue", Key::PaperRevenue, figures.revenue()),
        (
            "balanceClose",
            Key::PaperBalanceClose,
            figures.balance_close,
        ),
        ("vat", Key::PaperNds, figures.nds),
    ];
    let figure = |(key, label, money): (&str, Key, Option<_>)| {
        money.map(|money| FigureView {
            key: key.to_owned(),
            label: lang.text(label).to_owned(),
            value: amount(money),
        })
    };
    shown.into_iter().filter_map(figure).collect()
}
