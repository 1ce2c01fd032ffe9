//! The shop's time zone: which day and which time of day a moment is there. Where it comes from is said from outside.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// A time zone: the offset from UTC that its clocks have at a moment. It changes over the years.
#[derive(Clone)]
pub struct Zone(Arc<dyn Fn(DateTime<Utc>) -> FixedOffset + Send + Sync>);

impl Zone {
    /// A zone with these offsets.
    pub fn new(offset: impl Fn(DateTime<Utc>) -> FixedOffset + Send + Sync + 'static) -> Self {
        Self(Arc::new(offset))
    }

    /// The offset at a moment.
    pub fn offset(&self, at: DateTime<Utc>) -> FixedOffset {
        (self.0)(at)
    }

    /// A moment as the zone's clocks show it.
    pub fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        at.with_timezone(&self.offset(at))
    }

    /// The day of a moment.
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        self.local(at).date_naive()
    }

    /// The first moment at which the zone's clocks show this; nothing where they are put forward over it.
    pub fn moment(&self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        // No offset is as long as a day, so whichever holds then holds at one of these, or in between.
        let near = [-1, 0, 1].map(|days| {
            let near = local.and_utc().checked_add_signed(TimeDelta::days(days));
            near.map(|near| self.offset(near))
        });
        let shown = near.into_iter().flatten().filter_map(|offset| {
            let at = local.checked_sub_offset(offset)?.and_utc();
            (self.offset(at) == offset).then_some(at)
        });
        shown.min()
    }

    /// The first moment of a day at this time of it or after: clocks that are put forward skip some.
    pub fn at(&self, day: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
        let start = day.and_time(time);
        let quarters = (0..96)
            .filter_map(|quarter| start.checked_add_signed(TimeDelta::minutes(15 * quarter)));
        let mut moments = quarters.filter_map(|local| self.moment(local));
        moments.next()
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Zone(…)")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// A zone of so many hours, and from a moment on of so many others.
    pub(crate) fn changing(before: i32, change: &str, after: i32) -> Zone {
        let change = utc(change);
        Zone::new(move |at| {
            let hours = if at < change { before } else { after };
            FixedOffset::east_opt(hours * 3600).unwrap()
        })
    }

    #[test]
    fn a_time_that_comes_twice_is_its_first() {
        // Almaty, 1 March 2024: at midnight it was 23:00 again.
        let zone = changing(6, "2024-02-29T18:00:00Z", 5);
        let twice = "2024-02-29T23:30:00".parse().unwrap();
        assert_eq!(zone.moment(twice), Some(utc("2024-02-29T17:30:00Z")));
        let after = "2024-03-01T00:00:00".parse().unwrap();
        assert_eq!(zone.moment(after), Some(utc("2024-02-29T19:00:00Z")));
        assert_eq!(
            zone.day(utc("2024-02-29T18:30:00Z")).to_string(),
            "2024-02-29"
        );
    }

    #[test]
    fn a_time_that_is_skipped_is_the_next_one_that_there_is() {
        let zone = changing(5, "2026-03-28T19:00:00Z", 6);
        let day = "2026-03-29".parse().unwrap();
        let none = "2026-03-29T00:20:00".parse().unwrap();
        assert_eq!(zone.moment(none), None);
        let skipped = zone.at(day, "00:20:00".parse().unwrap());
        assert_eq!(skipped, Some(utc("2026-03-28T19:05:00Z")));
        let midnight = zone.at(day, NaiveTime::MIN);
        assert_eq!(midnight, Some(utc("2026-03-28T19:00:00Z")));
    }

    #[test]
    fn the_calendars_ends_are_no_panic() {
        let zone = changing(5, "2026-03-28T19:00:00Z", 6);
        assert!(
            zone.moment(NaiveDate::MIN.and_time(NaiveTime::MIN))
                .is_none()
        );
        let last = NaiveDate::MAX.and_hms_opt(23, 59, 59).unwrap();
        assert!(zone.moment(last).is_some());
    }
}
