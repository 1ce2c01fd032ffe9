//! The shift and its 24-hour rule (specification, "Открытие смены на кассе").

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{KkmId, Money, ShiftId, UserId};

/// After so many hours an open shift is overdue: work goes on only after it is closed and a new one opened.
pub const SHIFT_HOURS: i64 = 24;

/// What the server says of a shift (`IdStatusShift`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShiftStatus {
    /// 1: open.
    Open,
    /// 2: closed.
    Closed,
    /// A number the specification does not name.
    Other(i64),
}

impl ShiftStatus {
    /// Reads `IdStatusShift`.
    pub const fn from_wire(number: i64) -> Self {
        match number {
            1 => Self::Open,
            2 => Self::Closed,
            other => Self::Other(other),
        }
    }
}

/// What a person is told of a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShiftState {
    /// Open and younger than 24 hours.
    Open,
    /// Open for 24 hours or more.
    Overdue,
    /// Closed.
    Closed,
    /// Not known: the server could not be read, or said something the specification does not name.
    Unknown,
}

/// A shift as the server last told it. Times are UTC by the server's clock; a missing amount was not reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// The server's id.
    pub id: ShiftId,
    /// Who opened it: only this user may take its X and close it.
    pub user: UserId,
    /// The register it belongs to.
    pub kkm: KkmId,
    /// Open or closed.
    pub status: ShiftStatus,
    /// `DateOpen`.
    pub opened: DateTime<Utc>,
    /// `DateClose`, where there is one.
    pub closed: Option<DateTime<Utc>>,
    /// `ShiftIndex`: the shift's number on its register.
    pub index: Option<i64>,
    /// Cash when it was opened.
    pub balance_open: Option<Money>,
    /// Cash when it was closed.
    pub balance_close: Option<Money>,
    /// Non-cash money when it was closed.
    pub balance_close_non_cash: Option<Money>,
    /// The cashier's name.
    pub user_name: Option<String>,
    /// The cashier's sign-in phone.
    pub user_phone: Option<String>,
}

impl Shift {
    /// When the shift becomes, or became, overdue.
    pub fn overdue_at(&self) -> DateTime<Utc> {
        self.opened
            .checked_add_signed(TimeDelta::hours(SHIFT_HOURS))
            .unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// The shift's state at `now` by the *server's* clock.
    pub fn state(&self, now: DateTime<Utc>) -> ShiftState {
        match self.status {
            ShiftStatus::Closed => ShiftState::Closed,
            ShiftStatus::Open if now >= self.overdue_at() => ShiftState::Overdue,
            ShiftStatus::Open => ShiftState::Open,
            ShiftStatus::Other(_) => ShiftState::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shift(status: ShiftStatus) -> Shift {
        Shift {
            id: ShiftId::new(22),
            user: UserId::new(1),
            kkm: KkmId::new(77505),
            status,
            opened: "2026-11-23T08:00:00Z".parse().unwrap(),
            closed: None,
            index: Some(8),
            balance_open: None,
            balance_close: None,
            balance_close_non_cash: None,
            user_name: None,
            user_phone: None,
        }
    }

    #[test]
    fn a_shift_is_overdue_exactly_24_hours_after_it_was_opened() {
        let open = shift(ShiftStatus::Open);
        assert_eq!(
            open.state("2026-11-24T07:59:59.999Z".parse().unwrap()),
            ShiftState::Open
        );
        assert_eq!(
            open.state("2026-11-24T08:00:00Z".parse().unwrap()),
            ShiftState::Overdue
        );
    }

    #[test]
    fn a_closed_shift_is_never_overdue_and_an_odd_status_is_unknown() {
        let late = "2026-12-24T08:00:00Z".parse().unwrap();
        assert_eq!(shift(ShiftStatus::Closed).state(late), ShiftState::Closed);
        assert_eq!(
            shift(ShiftStatus::Other(7)).state(late),
            ShiftState::Unknown
        );
    }
}
