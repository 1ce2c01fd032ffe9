//! The summary as the page of the window is shown it, and its files.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use domain::ErrorCode;
use domain::period::{Period, PeriodSection, Sum, Tally};
use reports::export::Format;
use texts::{Key, Lang};

use super::Summary;
use crate::board::amount;
use crate::listing::{day, not_known};
use crate::paper::save_new;
use crate::view::{
    DayView, RegisterTallyView, SectionTallyView, SummaryInput, SummaryView, TallyView,
};
use crate::{Desk, Effect, OnPaper, Painting, ReportQuery, Trouble, Which, file};

impl Desk {
    /// What the page asks to have added up.
    ///
    /// # Errors
    /// When a day or the server's address is not understood.
    pub fn summary_query(input: &SummaryInput) -> Result<ReportQuery, Trouble> {
        let which = match (&input.server, input.kkm) {
            (Some(server), Some(kkm)) => Some(Which::on(server, kkm)?),
            (None, Some(kkm)) => Some(Which::anywhere(kkm)),
            (_, None) => None,
        };
        Ok(ReportQuery {
            which,
            from: day(input.from.as_ref(), "from")?,
            to: day(input.to.as_ref(), "to")?,
            ..ReportQuery::default()
        })
    }

    /// The Z-reports of a period added up, and the period before it to compare with.
    ///
    /// # Errors
    /// As [`Self::summary`], and when something of the input is not understood.
    pub fn summary_view(&self, input: &SummaryInput) -> Result<SummaryView, Trouble> {
        let query = Self::summary_query(input)?;
        let summary = self.summary(&query)?;
        let previous = match before(query.from, query.to) {
            Some((from, to)) => {
                let (from, to) = (Some(from), Some(to));
                let query = ReportQuery { from, to, ..query };
                let (shifts, _) = self.shifts_closed(&query)?;
                let zone = self.zone();
                let period = Period::of(shifts, |at| zone.offset(at), from, to);
                Some(tally_view(&period.total))
            }
            None => None,
        };
        Ok(view(&summary, previous, self.lang()))
    }

    /// Saves the summary in a folder under a name of its own: `pdf`, or as `xlsx` the Z-reports that are added up.
    ///
    /// # Errors
    /// As [`Self::summary`]; when there is no such format, nothing to save, or the file cannot be written.
    pub fn save_summary(
        &self,
        input: &SummaryInput,
        format: &str,
        folder: &Path,
        on: &OnPaper,
    ) -> Result<PathBuf, Trouble> {
        let table = match format {
            "pdf" => None,
            "xlsx" => Some(Format::Xlsx),
            _ => return Err(not_known("format")),
        };
        let summary = self.summary(&Self::summary_query(input)?)?;
        let stem = stem(&summary, self.lang());
        let Some(format) = table else {
            let pages = self.summary_pages(&summary, on)?;
            return save_new(folder, &stem, "pdf", &Painting::Pdf.of(&pages)?);
        };
        let nowhere =
            || Trouble::new(ErrorCode::OutputFailed, Effect::Output).with("path", folder.display());
        std::fs::create_dir_all(folder).map_err(|error| nowhere().with("detail", error))?;
        let free = |path: &PathBuf| {
            path.symlink_metadata()
                .is_err_and(|error| error.kind() == ErrorKind::NotFound)
        };
        let path = file::copies(folder, &stem, format.extension()).find(free);
        let path = path.ok_or_else(nowhere)?;
        let numbers = summary.numbers();
        let done = self.export_numbers(&numbers, format, self.lang(), &path, false)?;
        Ok(done.path)
    }
}

/// The as many days before these.
fn before(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<(NaiveDate, NaiveDate)> {
    let (from, to) = (from?, to?);
    let length = to.signed_duration_since(from).num_days();
    let length = Days::new(u64::try_from(length).ok()?);
    let last = from.pred_opt()?;
    Some((last.checked_sub_days(length)?, last))
}

/// Such as `Сводка за период 2026-11-01 — 2026-11-30`.
fn stem(summary: &Summary, lang: Lang) -> String {
    let period = &summary.period;
    let days = [
        period.from.or(period.days.keys().next().copied()),
        period.to.or(period.days.keys().next_back().copied()),
    ];
    let mut days: Vec<String> = days.iter().flatten().map(ToString::to_string).collect();
    days.dedup();
    let name = lang.text(Key::PaperPeriodSummary);
    format!("{name} {}", days.join(" — ")).trim_end().to_owned()
}

fn view(summary: &Summary, previous: Option<TallyView>, lang: Lang) -> SummaryView {
    let period = &summary.period;
    let text = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let mut rows = summary.registers();
    rows.push((lang.text(Key::PaperOfAll).to_owned(), period.total));
    let mut remarks = summary.remarks(&rows, lang);
    if period.is_beyond() {
        remarks.push(lang.text(Key::PaperWarningOverflow).to_owned());
    }
    let days = period.days.iter().map(|(day, tally)| DayView {
        day: day.to_string(),
        tally: tally_view(tally),
    });
    let registers = period.registers.iter().map(|it| RegisterTallyView {
        server: it.server.to_string(),
        kkm: it.kkm.get(),
        name: it.name.clone().unwrap_or_else(|| it.kkm.to_string()),
        tally: tally_view(&it.tally),
        cash: it.cash.map(amount),
    });
    SummaryView {
        from: text(period.from),
        to: text(period.to),
        total: tally_view(&period.total),
        previous,
        days: days.collect(),
        registers: registers.collect(),
        sections: period.sections.iter().map(section_view).collect(),
        remarks,
    }
}

fn sum_view(sum: &Sum) -> Option<String> {
    sum.amount().map(amount)
}

fn tally_view(tally: &Tally) -> TallyView {
    let shown = [
        &tally.sales,
        &tally.refunds,
        &tally.revenue,
        &tally.nds,
        &tally.incomes,
        &tally.expenses,
    ];
    let [sales, refunds, revenue, nds, incomes, expenses] = shown.map(sum_view);
    TallyView {
        shifts: tally.reports,
        receipts: tally.receipts,
        sales,
        refunds,
        revenue,
        nds,
        incomes,
        expenses,
        partial: shown.into_iter().any(Sum::is_partial),
    }
}

fn section_view(section: &PeriodSection) -> SectionTallyView {
    let sums = [&section.sales, &section.refunds, &section.revenue];
    let [sales, refunds, revenue] = sums.map(sum_view);
    SectionTallyView {
        server: section.server.to_string(),
        section: section.id.get(),
        name: section
            .name
            .clone()
            .unwrap_or_else(|| section.id.to_string()),
        sales,
        refunds,
        revenue,
        partial: sums.into_iter().any(Sum::is_partial),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_before_is_as_long_and_ends_the_day_before() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let of = |from, to| before(day(from), day(to));
        let february = (day("2026-01-29").unwrap(), day("2026-02-28").unwrap());
        assert_eq!(of("2026-03-01", "2026-03-31"), Some(february));
        let yesterday = day("2026-02-28").unwrap();
        assert_eq!(of("2026-03-01", "2026-03-01"), Some((yesterday, yesterday)));
        assert_eq!(before(day("2026-03-01"), None), None);
        assert_eq!(of("2026-03-02", "2026-03-01"), None);
    }
}
