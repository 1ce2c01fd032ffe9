//! Which reports of the archive: by register, kind, shift, amount and day.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::{ErrorCode, Money, ReportKind, Zone};
use store::ReportFilter;
use texts::{Key, Phrase};

use crate::archive::line_of;
use crate::view::{ArchiveInput, ArchivePage, ReportLine};
use crate::{Desk, Effect, Trouble, Which, words};

/// So many lines a page has at most.
const PAGE: u32 = 500;

/// What is asked for; `None` is not asked for. Days are days of the shop's time zone, both included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportQuery {
    /// Of this register.
    pub which: Option<Which>,
    /// Of this kind.
    pub kind: Option<ReportKind>,
    /// Of the shift with this number on its register.
    pub shift_index: Option<i64>,
    /// With exactly these sales.
    pub amount: Option<Money>,
    /// Taken on this day or later.
    pub from: Option<NaiveDate>,
    /// Taken on this day or earlier.
    pub to: Option<NaiveDate>,
    /// The next page: only what comes after the report with this number.
    pub after: Option<i64>,
    /// So many at most.
    pub limit: u32,
}

impl Desk {
    /// Reports, the newest first by when they were taken: those of the desk's server, where it is limited to one.
    ///
    /// # Errors
    /// When the first day is later than the last, there is no report `after`, or the database cannot be read.
    pub fn find_reports(&self, query: &ReportQuery) -> Result<Vec<ReportLine>, Trouble> {
        let found = self.store.reports(&self.filter(query)?)?;
        Ok(found.iter().map(line_of).collect())
    }

    /// Those among them that these words are about: each is in the register's name, or is a report's number, a shift's, a
    /// register's id, or the sales.
    ///
    /// # Errors
    /// As [`Self::find_reports`].
    pub fn search_reports(
        &self,
        query: &ReportQuery,
        text: &str,
    ) -> Result<Vec<ReportLine>, Trouble> {
        let known = self.store.named_registers()?;
        let searches = words::searches(text, &known, &self.filter(query)?);
        let found = self.store.reports_of_any(&searches, query.limit)?;
        Ok(found.iter().map(line_of).collect())
    }

    fn filter(&self, query: &ReportQuery) -> Result<ReportFilter, Trouble> {
        let which = query.which.as_ref();
        let server = which
            .and_then(|which| which.server.as_ref())
            .or(self.scope.server.as_ref());
        let before = match query.after {
            Some(number) => Some((self.archived(number)?.report.taken, number)),
            None => None,
        };
        let (from, to) = span(&self.zone(), query.from, query.to)?;
        Ok(ReportFilter {
            server: server.map(ToString::to_string),
            kkm: which.map(|which| which.kkm),
            kind: query.kind,
            shift_index: query.shift_index,
            amount: query.amount,
            number: None,
            from,
            to,
            before,
            limit: query.limit,
        })
    }

    /// A page of the archive as the page of the window asks for it.
    ///
    /// # Errors
    /// As [`Self::find_reports`], and when something of the input is not understood.
    pub fn archive(&self, input: &ArchiveInput) -> Result<ArchivePage, Trouble> {
        let which = match (&input.server, input.kkm) {
            (Some(server), Some(kkm)) => Some(Which::on(server, kkm)?),
            _ => None,
        };
        let kind = input.kind.as_deref();
        let kind = kind.map(|kind| ReportKind::from_name(kind).ok_or_else(|| not_known("kind")));
        let limit = input.limit.clamp(1, PAGE);
        let query = ReportQuery {
            which,
            kind: kind.transpose()?,
            from: day(input.from.as_ref(), "from")?,
            to: day(input.to.as_ref(), "to")?,
            after: input.after,
            limit,
            ..ReportQuery::default()
        };
        let lines = match input.text.as_deref().map(str::trim) {
            None | Some("") => self.find_reports(&query)?,
            Some(text) => self.search_reports(&query, text)?,
        };
        let full = u32::try_from(lines.len()).is_ok_and(|count| count == limit);
        let next = lines.last().map(|line| line.number).filter(|_| full);
        Ok(ArchivePage { lines, next })
    }

    /// Reports, the newest first: of one register or of all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reports(
        &self,
        which: Option<&Which>,
        kind: Option<ReportKind>,
        limit: u32,
    ) -> Result<Vec<ReportLine>, Trouble> {
        self.find_reports(&ReportQuery {
            which: which.cloned(),
            kind,
            limit,
            ..ReportQuery::default()
        })
    }
}

/// Something that the page says is not understood.
pub(crate) fn not_known(field: &str) -> Trouble {
    Trouble::new(ErrorCode::BadInput, Effect::Nothing).with("field", field)
}

/// A day as the page says it: `2026-11-24`.
pub(crate) fn day(text: Option<&String>, field: &str) -> Result<Option<NaiveDate>, Trouble> {
    let day = text.map(|text| text.parse());
    day.transpose().map_err(|_| not_known(field))
}

type Moment = Option<DateTime<Utc>>;

/// Refuses days in the wrong order.
pub(crate) fn refuse_reversed(
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<(), Trouble> {
    match (from, to) {
        (Some(from), Some(to)) if from > to => {
            let what = Phrase::of(Key::WhatDaysReversed)
                .with("from", from)
                .with("to", to);
            Err(Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(what))
        }
        _ => Ok(()),
    }
}

/// From the first moment of one day to the first moment after another.
fn span(
    zone: &Zone,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<(Moment, Moment), Trouble> {
    refuse_reversed(from, to)?;
    let beyond = || Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(Key::WhatNoSuchDay);
    let begins = |day: Option<NaiveDate>| {
        day.map(|day| zone.at(day, NaiveTime::MIN).ok_or_else(beyond))
            .transpose()
    };
    let next = to.map(|day| day.checked_add_days(Days::new(1)).ok_or_else(beyond));
    Ok((begins(from)?, begins(next.transpose()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::FixedOffset;

    fn zone() -> Zone {
        Zone::new(|_| FixedOffset::east_opt(5 * 3600).unwrap())
    }

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn days_are_local_and_both_ends_are_included() {
        let almaty = zone();
        let (from, to) = span(&almaty, day("2026-11-23"), day("2026-11-24")).unwrap();
        assert_eq!(from, Some("2026-11-22T19:00:00Z".parse().unwrap()));
        assert_eq!(to, Some("2026-11-24T19:00:00Z".parse().unwrap()));
        assert_eq!(span(&almaty, None, None).unwrap(), (None, None));
    }

    #[test]
    fn days_in_the_wrong_order_are_refused() {
        let refused = span(&zone(), day("2026-11-24"), day("2026-11-23")).unwrap_err();
        assert_eq!(refused.effect(), Effect::Nothing);
        assert!(
            refused
                .view_in(texts::Lang::Ru)
                .message
                .contains("2026-11-24 позже")
        );
        assert!(span(&zone(), day("2026-11-24"), day("2026-11-24")).is_ok());
    }

    #[test]
    fn the_calendars_last_day_has_no_day_after() {
        assert!(span(&zone(), None, Some(NaiveDate::MAX)).is_err());
    }
}
