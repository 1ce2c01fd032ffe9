//! The scale of a chart: where a value stands, and the round amounts of its axis. Whole numbers throughout.

use super::Um;

/// A bar that is not nought is seen beside the line of nought, however small.
const SEEN: Um = 450;
/// So many lines of the axis at most stand on one side of nought.
const LINES: i64 = 4;
/// The finest step: a tenge, in tiyn.
const TENGE: i64 = 100;

/// A stretch of paper that amounts are measured on, nought among them, so that bars keep their proportions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    low: i64,
    high: i64,
    room: Um,
}

impl Scale {
    /// From the least of these amounts (in tiyn) to the greatest.
    pub(super) fn of(amounts: &[i64], room: Um) -> Self {
        let low = amounts.iter().copied().min().unwrap_or(0).min(0);
        let high = amounts.iter().copied().max().unwrap_or(0).max(0);
        // Where all is nought there is nothing to measure.
        let room = if low == high { 0 } else { room };
        Self { low, high, room }
    }

    /// As [`Self::of`], reaching to the round amounts around them, which are given from below.
    pub(super) fn round(amounts: &[i64], room: Um) -> (Self, Vec<i64>) {
        let exact = Self::of(amounts, room);
        let step = step(exact.high.max(-exact.low));
        let mut ticks = vec![exact.low.div_euclid(step) * step];
        while let Some(last) = ticks.last().copied().filter(|last| *last < exact.high) {
            ticks.push(last + step);
        }
        (Self::of(&ticks, room), ticks)
    }

    /// How long it is.
    pub(super) const fn room(&self) -> Um {
        self.room
    }

    /// How far from the low end an amount stands, rounded down to a micrometre.
    pub(super) fn at(&self, amount: i64) -> Um {
        let [low, high, amount] = [self.low, self.high, amount].map(i128::from);
        let range = (high - low).max(1);
        let place = ((amount - low) * i128::from(self.room)).div_euclid(range);
        Um::try_from(place).unwrap_or(self.room)
    }

    /// Where the bar of an amount begins, from the low end, and how long it is.
    pub(super) fn bar(&self, amount: i64) -> (Um, Um) {
        let (place, nought) = (self.at(amount), self.at(0));
        let least = if amount == 0 { 0 } else { SEEN };
        let length = (place - nought).abs().max(least);
        let start = if amount < 0 { nought - length } else { nought };
        // A bar that is longer than its amount stays on the paper all the same.
        (start.min(self.room - length).max(0), length)
    }
}

/// The smallest step of 1, 2, 5, 10 … tenge of which [`LINES`] reach as far as `range`.
fn step(range: i64) -> i64 {
    let mut ten = TENGE;
    loop {
        let steps = [ten, 2 * ten, 5 * ten].into_iter();
        if let Some(step) = steps.into_iter().find(|step| range <= step * LINES) {
            return step;
        }
        ten *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Um = 42_000;
    const MOST: i64 = 100_000_000_000_000_000;

    #[test]
    fn steps_are_round_tenge_and_as_small_as_they_can_be() {
        for (range, expected) in [
            (0, 100),
            (5, 100),
            (400, 100),
            (401, 200),
            (801, 500),
            (2_001, 1_000),
            (122_834_094, 50_000_000),
            (MOST, 50_000_000_000_000_000),
        ] {
            assert_eq!(step(range), expected, "{range}");
        }
    }

    #[test]
    fn the_axis_reaches_round_the_values_and_holds_nought() {
        let ticks = |amounts: &[i64]| Scale::round(amounts, ROOM).1;
        assert_eq!(ticks(&[]), [0]);
        assert_eq!(ticks(&[0, 0]), [0]);
        assert_eq!(ticks(&[1]), [0, 100]);
        assert_eq!(ticks(&[400]), [0, 100, 200, 300, 400]);
        assert_eq!(ticks(&[-150, 390]), [-200, -100, 0, 100, 200, 300, 400]);
        assert_eq!(ticks(&[-400]), [-400, -300, -200, -100, 0]);
        for amount in [1, 99, 7_654_321, 122_834_094, MOST - 1, MOST] {
            for amounts in [vec![amount], vec![-amount], vec![-amount, amount]] {
                let (scale, ticks) = Scale::round(&amounts, ROOM);
                assert!(ticks.contains(&0) && ticks.len() <= 9, "{ticks:?}");
                assert!(ticks.iter().all(|tick| tick % TENGE == 0));
                for amount in amounts {
                    let (start, length) = scale.bar(amount);
                    assert!(start >= 0 && start + length <= ROOM, "{amount}");
                }
                // The lowest line and the highest are the ends of the paper that the chart has.
                assert_eq!(scale.at(*ticks.first().unwrap()), 0);
                assert_eq!(scale.at(*ticks.last().unwrap()), ROOM);
            }
        }
    }

    #[test]
    fn bars_are_as_long_as_their_amounts_within_a_micrometre() {
        for low in [0, -1, -33_333, -MOST] {
            for high in [1_000_000, 122_834_094, MOST] {
                let scale = Scale::of(&[low, high], ROOM);
                let range = i128::from(high) - i128::from(low);
                for part in 1..=97 {
                    let amount = high / 97 * part;
                    let (start, length) = scale.bar(amount);
                    if length == SEEN {
                        continue;
                    }
                    assert_eq!(start, scale.at(0));
                    // |length / room − amount / range| < 1 µm / room, without a fraction.
                    let off = i128::from(length) * range - i128::from(amount) * i128::from(ROOM);
                    assert!(off.abs() <= range, "{low} {high} {amount}: {length}");
                }
            }
        }
        let scale = Scale::of(&[-3_000, 1_000], 40_000);
        assert_eq!(scale.bar(1_000), (30_000, 10_000));
        assert_eq!(scale.bar(-3_000), (0, 30_000));
        assert_eq!(scale.bar(-1_500), (15_000, 15_000));
    }

    #[test]
    fn what_is_not_nought_is_seen_and_nought_is_not() {
        let scale = Scale::of(&[-MOST, 0, MOST], ROOM);
        assert_eq!(scale.bar(1), (21_000, SEEN));
        assert_eq!(scale.bar(-1), (21_000 - SEEN, SEEN));
        assert_eq!(scale.bar(0), (21_000, 0));
        assert_eq!(Scale::of(&[-MOST, 1], ROOM).bar(1), (ROOM - SEEN, SEEN));
        assert_eq!(Scale::of(&[MOST, -1], ROOM).bar(-1), (0, SEEN));
        assert_eq!(Scale::of(&[0, 0], ROOM).room(), 0);
    }
}
