//! The server's clock as far as its answers tell it. A shift's age is reckoned by it, whatever this computer's says.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

/// Where somebody takes the time from. It is given from outside: nothing here looks at a clock.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// A clock that this function reads.
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// What it says now, UTC.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock(…)")
    }
}

/// So many answers have a say.
const KEPT: usize = 9;

/// What one answer says of the two clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockSample(TimeDelta);

impl ClockSample {
    /// A request that left at `sent` and was answered by `received`, both by our clock, with the server's `Date` in between.
    /// `Date` has whole seconds: on the average half a one is missing.
    pub fn new(sent: DateTime<Utc>, received: DateTime<Utc>, date: DateTime<Utc>) -> Self {
        let under_way = received.signed_duration_since(sent);
        let middle = sent + under_way / 2;
        Self(date.signed_duration_since(middle) + TimeDelta::milliseconds(500))
    }

    /// The server's clock minus ours.
    pub const fn ahead(self) -> TimeDelta {
        self.0
    }
}

/// A server's clock, smoothed: the median of the last answers, so that a slow one moves nothing, and a clock that was really
/// set is followed after a few.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerClock(VecDeque<TimeDelta>);

impl ServerClock {
    /// Takes an answer's word.
    pub fn learn(&mut self, sample: ClockSample) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(sample.ahead());
    }

    /// The server's clock minus ours; nothing as long as nothing is known.
    pub fn ahead(&self) -> TimeDelta {
        let mut samples: Vec<_> = self.0.iter().copied().collect();
        samples.sort_unstable();
        samples.get(samples.len() / 2).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(ahead: i64) -> ClockSample {
        ClockSample(TimeDelta::seconds(ahead))
    }

    #[test]
    fn a_slow_answer_is_split_between_its_two_ways() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let sent = at("2026-11-24T10:00:00Z");
        let sample = ClockSample::new(
            sent,
            sent + TimeDelta::seconds(4),
            at("2026-11-24T10:05:02Z"),
        );
        assert_eq!(sample.ahead(), TimeDelta::milliseconds(300_500));
    }

    #[test]
    fn one_odd_answer_moves_nothing_and_a_clock_that_was_set_is_followed() {
        let mut clock = ServerClock::default();
        assert_eq!(clock.ahead(), TimeDelta::zero());
        for ahead in [10, 11, 10, 9999, 10] {
            clock.learn(sample(ahead));
        }
        assert_eq!(clock.ahead(), TimeDelta::seconds(10));
        for _ in 0..5 {
            clock.learn(sample(-600));
        }
        assert_eq!(clock.ahead(), TimeDelta::seconds(-600));
    }
}
