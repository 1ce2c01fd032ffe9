//! Closing by itself: which due times of a schedule have come, and which were missed.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

use crate::{Shift, ShiftStatus, Zone};

/// What was due so long ago is not done any more: it was missed.
pub const GRACE: TimeDelta = TimeDelta::minutes(15);
/// Nothing is looked for further back than so many days: a shift is closed every day anyway.
const BACK: u64 = 3;
/// What was seen to lies at most so far ahead of the clock; further ahead the clock was wrong then.
const AHEAD: TimeDelta = TimeDelta::days(1);

/// A time of day to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayTime(u16);

impl DayTime {
    /// So many minutes after the day's start; `None` where the day is over by then.
    pub const fn from_minutes(minutes: u16) -> Option<Self> {
        if minutes < 24 * 60 {
            Some(Self(minutes))
        } else {
            None
        }
    }

    /// Minutes from the day's start.
    pub const fn minutes(self) -> u16 {
        self.0
    }

    fn time(self) -> NaiveTime {
        let (hour, minute) = (u32::from(self.0 / 60), u32::from(self.0 % 60));
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN)
    }
}

impl fmt::Display for DayTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// It is no time of day as `HH:MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no time of day as HH:MM")]
pub struct DayTimeError;

impl FromStr for DayTime {
    type Err = DayTimeError;

    fn from_str(text: &str) -> Result<Self, DayTimeError> {
        let part = |text: &str, end: u16| -> Result<u16, DayTimeError> {
            let digits = text.len() == 2 && text.bytes().all(|it| it.is_ascii_digit());
            let number = text.parse().ok().filter(|number| digits && *number < end);
            number.ok_or(DayTimeError)
        };
        let (hours, minutes) = text.split_once(':').ok_or(DayTimeError)?;
        Self::from_minutes(part(hours, 24)? * 60 + part(minutes, 60)?).ok_or(DayTimeError)
    }
}

/// What a look at a schedule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// The newest due time that was missed.
    pub missed: Option<DateTime<Utc>>,
    /// The due time that has come.
    pub due: Option<DateTime<Utc>>,
    /// What was seen to lies too far ahead: from now on it is looked at anew.
    pub anew: bool,
}

/// What has come due at `now` since what was due by `checked` was seen to. Of several that were missed the newest one
/// counts: whatever shift was open then is closed by whoever comes.
pub fn look(at: DayTime, checked: DateTime<Utc>, now: DateTime<Utc>, zone: &Zone) -> Found {
    if checked.signed_duration_since(now) > AHEAD {
        return Found {
            anew: true,
            ..Found::default()
        };
    }
    let mut found = Found::default();
    let mut day = zone.day(now).checked_sub_days(Days::new(BACK));
    while let Some(this) = day.filter(|day| *day <= zone.day(now)) {
        match zone.at(this, at.time()) {
            Some(due) if due <= checked || due > now => {}
            Some(due) if now.signed_duration_since(due) < GRACE => found.due = Some(due),
            Some(due) => found.missed = Some(due),
            None => {}
        }
        day = this.succ_opt();
    }
    found
}

/// When it is due next, after `now`.
pub fn next(at: DayTime, now: DateTime<Utc>, zone: &Zone) -> Option<DateTime<Utc>> {
    let today = zone.day(now);
    let days = (0..=2).filter_map(|days| today.checked_add_days(Days::new(days)));
    let mut dues = days.filter_map(|day| zone.at(day, at.time()));
    dues.find(|due| *due > now)
}

/// Whether there is nothing to be closed: the last shift is closed, or was opened after the due time.
pub fn is_skipped(shift: Option<&Shift>, due: DateTime<Utc>) -> bool {
    shift.is_none_or(|shift| shift.status == ShiftStatus::Closed || shift.opened > due)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::tests::changing;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DayTime {
        text.parse().unwrap()
    }

    fn almaty() -> Zone {
        changing(6, "2024-02-29T18:00:00Z", 5)
    }

    #[test]
    fn a_time_of_day_is_two_digits_and_two() {
        assert_eq!(at("22:05").minutes(), 22 * 60 + 5);
        assert_eq!(at("00:00").to_string(), "00:00");
        for wrong in [
            "24:00", "22:60", "2:05", "22:5", "22.05", "", "+1:00", "-1:00", "22:05 ",
        ] {
            assert!(wrong.parse::<DayTime>().is_err(), "{wrong}");
        }
        assert_eq!(DayTime::from_minutes(1440), None);
    }

    #[test]
    fn it_is_due_from_its_minute_on_for_a_quarter_of_an_hour_and_once() {
        let (zone, checked) = (almaty(), utc("2026-11-24T08:00:00Z"));
        let look = |checked, now: &str| look(at("22:00"), checked, utc(now), &zone);
        let due = utc("2026-11-24T17:00:00Z");
        assert_eq!(look(checked, "2026-11-24T16:59:59Z"), Found::default());
        assert_eq!(look(checked, "2026-11-24T17:00:00Z").due, Some(due));
        assert_eq!(look(checked, "2026-11-24T17:14:59Z").due, Some(due));
        let late = look(checked, "2026-11-24T17:15:00Z");
        assert_eq!((late.due, late.missed), (None, Some(due)));
        assert_eq!(look(due, "2026-11-24T17:00:01Z"), Found::default());
        // Set after its time of day: tomorrow first.
        assert_eq!(
            look(utc("2026-11-24T17:00:01Z"), "2026-11-24T17:10:00Z"),
            Found::default()
        );
    }

    #[test]
    fn of_several_days_that_were_missed_the_last_one_is_told_and_todays_is_still_done() {
        let zone = almaty();
        let found = look(
            at("22:00"),
            utc("2026-11-01T00:00:00Z"),
            utc("2026-12-01T17:01:00Z"),
            &zone,
        );
        assert_eq!(found.missed, Some(utc("2026-11-30T17:00:00Z")));
        assert_eq!(found.due, Some(utc("2026-12-01T17:00:00Z")));
        let after = look(
            at("22:00"),
            utc("2026-12-01T17:00:00Z"),
            utc("2026-12-01T17:01:00Z"),
            &zone,
        );
        assert_eq!(after, Found::default());
    }

    #[test]
    fn a_clock_that_is_set_back_repeats_nothing_and_stops_nothing_for_ever() {
        let zone = almaty();
        let due = utc("2026-11-24T17:00:00Z");
        assert_eq!(
            look(at("22:00"), due, utc("2026-11-24T16:30:00Z"), &zone),
            Found::default()
        );
        assert_eq!(
            look(at("22:00"), due, utc("2026-11-24T17:05:00Z"), &zone),
            Found::default()
        );
        let next = look(at("22:00"), due, utc("2026-11-25T17:05:00Z"), &zone);
        assert_eq!(next.due, Some(utc("2026-11-25T17:00:00Z")));
        // It was a year ahead once.
        assert!(look(at("22:00"), utc("2027-11-24T17:00:00Z"), due, &zone).anew);
    }

    #[test]
    fn a_change_of_the_offset_at_midnight_makes_it_due_once_a_day() {
        let zone = almaty();
        // 23:30 came twice on that day: it is the first of them.
        let due = utc("2024-02-29T17:30:00Z");
        let checked = utc("2024-02-29T00:00:00Z");
        assert_eq!(
            look(at("23:30"), checked, utc("2024-02-29T17:31:00Z"), &zone).due,
            Some(due)
        );
        assert_eq!(
            look(at("23:30"), due, utc("2024-02-29T18:31:00Z"), &zone),
            Found::default()
        );
        assert_eq!(
            next(at("23:30"), due, &zone),
            Some(utc("2024-03-01T18:30:00Z"))
        );
        // Where midnight is skipped, it is due at the day's first moment.
        let forward = changing(5, "2026-03-28T19:00:00Z", 6);
        let skipped = next(at("00:00"), utc("2026-03-28T12:00:00Z"), &forward);
        assert_eq!(skipped, Some(utc("2026-03-28T19:00:00Z")));
    }

    #[test]
    fn the_next_time_goes_over_the_months_end() {
        let zone = almaty();
        let after = next(at("22:00"), utc("2027-02-28T17:00:00Z"), &zone);
        assert_eq!(after, Some(utc("2027-03-01T17:00:00Z")));
        let leap = next(at("22:00"), utc("2028-02-28T17:00:00Z"), &zone);
        assert_eq!(leap, Some(utc("2028-02-29T17:00:00Z")));
    }
}
