//! What people are told before a shift becomes 24 hours old, and the one state that stands for all registers.

use chrono::{DateTime, TimeDelta, Utc};

/// So many minutes before the deadline people are told, the longest first.
pub const REMINDERS: [i64; 3] = [120, 60, 15];

/// Which reminder has come by `now`, in minutes before the deadline, where neither it nor a later one was told already.
/// Of several that have come only the last is told; after the deadline none.
pub fn reminder(deadline: DateTime<Utc>, now: DateTime<Utc>, told: Option<i64>) -> Option<i64> {
    let left = deadline.signed_duration_since(now);
    if left <= TimeDelta::zero() {
        return None;
    }
    let come = REMINDERS
        .into_iter()
        .filter(|minutes| left <= TimeDelta::minutes(*minutes));
    come.min()
        .filter(|minutes| told.is_none_or(|told| told > *minutes))
}

/// How a register stands, from the best to the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concern {
    /// Its shift is closed.
    Closed,
    /// A shift is open, and there is time.
    Open,
    /// It is blocked, or cannot be read.
    Blocked,
    /// Its shift is 24 hours old in two hours or less.
    Soon,
    /// The outcome of an operation is unknown.
    Unknown,
    /// Its shift is older than 24 hours.
    Overdue,
}

impl Concern {
    /// `closed`, `open`, `blocked`, `soon`, `unknown` or `overdue`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::Blocked => "blocked",
            Self::Soon => "soon",
            Self::Unknown => "unknown",
            Self::Overdue => "overdue",
        }
    }
}

/// A register as the last board showed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// Its name.
    pub name: String,
    /// When its shift becomes 24 hours old, by this computer's clock, where one is or was open.
    pub deadline: Option<DateTime<Utc>>,
    /// It is blocked, or could not be read.
    pub troubled: bool,
    /// The outcome of an operation is unknown.
    pub unknown: bool,
}

impl Watched {
    /// How it stands at `now`.
    pub fn concern(&self, now: DateTime<Utc>) -> Concern {
        let left = self
            .deadline
            .map(|deadline| deadline.signed_duration_since(now));
        match left {
            Some(left) if left <= TimeDelta::zero() => Concern::Overdue,
            _ if self.unknown => Concern::Unknown,
            Some(left) if left <= TimeDelta::minutes(REMINDERS[0]) => Concern::Soon,
            _ if self.troubled => Concern::Blocked,
            Some(_) => Concern::Open,
            None => Concern::Closed,
        }
    }
}

/// What stands for all registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The worst state of all.
    pub concern: Concern,
    /// How many registers are in it.
    pub count: usize,
    /// The next deadline, and the register's name.
    pub next: Option<(DateTime<Utc>, String)>,
}

/// The stand of these registers at `now`.
pub fn stand(registers: &[Watched], now: DateTime<Utc>) -> Stand {
    let concerns = registers.iter().map(|register| register.concern(now));
    let concern = concerns.clone().max().unwrap_or(Concern::Closed);
    let ahead = registers.iter().filter_map(|register| {
        let deadline = register.deadline.filter(|deadline| *deadline > now);
        deadline.map(|deadline| (deadline, register.name.clone()))
    });
    Stand {
        concern,
        count: concerns.filter(|it| *it == concern).count(),
        next: ahead.min(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn only_the_last_reminder_that_has_come_is_told_and_once() {
        let deadline = utc("2026-11-24T20:00:00Z");
        let told = |now: &str, told| reminder(deadline, utc(now), told);
        assert_eq!(told("2026-11-24T17:59:59Z", None), None);
        assert_eq!(told("2026-11-24T18:00:00Z", None), Some(120));
        assert_eq!(told("2026-11-24T18:30:00Z", Some(120)), None);
        assert_eq!(told("2026-11-24T19:00:00Z", Some(120)), Some(60));
        // The computer slept over the first two.
        assert_eq!(told("2026-11-24T19:50:00Z", None), Some(15));
        assert_eq!(told("2026-11-24T19:50:00Z", Some(15)), None);
        // The clock was set back: what was told is told.
        assert_eq!(told("2026-11-24T18:30:00Z", Some(15)), None);
        assert_eq!(told("2026-11-24T20:00:00Z", Some(60)), None);
    }

    fn register(name: &str, deadline: Option<&str>) -> Watched {
        Watched {
            name: name.to_owned(),
            deadline: deadline.map(utc),
            troubled: false,
            unknown: false,
        }
    }

    #[test]
    fn the_worst_register_stands_for_all() {
        let now = utc("2026-11-24T18:00:00Z");
        let closed = register("A", None);
        let open = register("B", Some("2026-11-25T10:00:00Z"));
        let blocked = Watched {
            troubled: true,
            ..closed.clone()
        };
        let soon = register("C", Some("2026-11-24T20:00:00Z"));
        let unknown = Watched {
            unknown: true,
            ..open.clone()
        };
        let overdue = register("D", Some("2026-11-24T18:00:00Z"));
        let ranks = [closed, open, blocked, soon, unknown, overdue];
        let names: Vec<_> = ranks.iter().map(|it| it.concern(now).as_str()).collect();
        assert_eq!(
            names,
            ["closed", "open", "blocked", "soon", "unknown", "overdue"]
        );
        for worst in 1..=ranks.len() {
            let stand = stand(&ranks[..worst], now);
            assert_eq!(stand.concern, ranks[worst - 1].concern(now));
            assert_eq!(stand.count, 1);
        }
        let next = stand(&ranks, now).next.unwrap();
        assert_eq!(next, (utc("2026-11-24T20:00:00Z"), "C".to_owned()));
        assert_eq!(stand(&[], now).concern, Concern::Closed);
    }

    #[test]
    fn a_register_that_cannot_be_read_is_overdue_all_the_same_when_its_time_has_come() {
        let lost = Watched {
            troubled: true,
            ..register("A", Some("2026-11-24T20:00:00Z"))
        };
        assert_eq!(lost.concern(utc("2026-11-24T12:00:00Z")), Concern::Blocked);
        assert_eq!(lost.concern(utc("2026-11-24T21:00:00Z")), Concern::Overdue);
    }
}
