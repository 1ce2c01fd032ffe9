//! In which time zone the shop is: the computer's, or the one of the settings.

use chrono::{Local, Offset as _, TimeZone as _};
use chrono_tz::Tz;
use domain::Zone;

use crate::{Desk, settings};

/// The zone of this name: `system` is the computer's, anything else is one of the IANA's. Names are exact.
pub(crate) fn named(name: &str) -> Option<Zone> {
    if name == settings::SYSTEM {
        return Some(system());
    }
    let zone: Tz = name.parse().ok()?;
    Some(Zone::new(move |at| {
        zone.offset_from_utc_datetime(&at.naive_utc()).fix()
    }))
}

/// The computer's.
pub(crate) fn system() -> Zone {
    Zone::new(|at| at.with_timezone(&Local).offset().fix())
}

impl Desk {
    /// The shop's time zone: days, times of day and papers are by it. Where the setting cannot be read it is the
    /// computer's.
    pub fn zone(&self) -> Zone {
        settings::zone(&self.store).unwrap_or_else(|trouble| {
            tracing::warn!(%trouble, "the time zone is the computer's");
            system()
        })
    }

    /// How far the shop's clocks are ahead of UTC now, in minutes.
    pub fn utc_offset_minutes(&self) -> i32 {
        let now = self.now();
        self.zone().offset(now).local_minus_utc() / 60
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};

    #[test]
    fn a_zone_has_its_own_past() {
        let zone = named("Asia/Almaty").unwrap();
        let offset = |at: &str| {
            let at: DateTime<Utc> = at.parse().unwrap();
            zone.offset(at).local_minus_utc() / 3600
        };
        assert_eq!(offset("2024-02-29T17:59:59Z"), 6);
        assert_eq!(offset("2024-02-29T18:00:00Z"), 5);
    }

    #[test]
    fn what_is_no_zone_is_none() {
        for name in ["", "Almaty", "asia/almaty", "+05:00"] {
            assert!(named(name).is_none(), "{name}");
        }
        assert!(named("system").is_some());
    }
}
