//! The sandbox's time and how it is written on the wire.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// Where the sandbox takes the time from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Clock {
    /// The computer's clock.
    #[default]
    System,
    /// The computer's clock, set forward by so much.
    Ahead(TimeDelta),
    /// A clock that stands still until it is set.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// The time now, UTC.
    #[must_use]
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now(),
            Self::Ahead(by) => Utc::now().checked_add_signed(by).unwrap_or_else(Utc::now),
            Self::Fixed(at) => at,
        }
    }
}

/// RFC 3339 in UTC with as many fractional digits as there are, as the specification's samples print it.
pub(crate) fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The form of the response header `Date`.
pub(crate) fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// A span in the manner of the server's own texts: `2h36m46s`.
pub(crate) fn span(span: TimeDelta) -> String {
    let seconds = span.num_seconds().max(0);
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds}s"),
        (0, _) => format!("{minutes}m{}s", seconds % 60),
        _ => format!("{hours}h{minutes}m{}s", seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_like_the_specification() {
        assert_eq!(span(TimeDelta::seconds(9406)), "2h36m46s");
        assert_eq!(span(TimeDelta::seconds(61)), "1m1s");
        assert_eq!(span(TimeDelta::seconds(5)), "5s");
    }

    #[test]
    fn the_header_date_is_an_http_date() {
        let at = DateTime::from_timestamp(784_111_777, 0).unwrap();
        assert_eq!(http_date(at), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
