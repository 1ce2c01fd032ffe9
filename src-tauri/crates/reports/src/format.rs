//! Numbers and times as they are written in Russian and Kazakh: `1 228 340,94`, `23.11.2026 18:05`.

use chrono::{DateTime, FixedOffset, Utc};
use domain::Money;

/// No-break space: a sum must never be broken over two lines.
const GROUP: char = '\u{a0}';

/// A sum in tenge with two decimals, grouped by three: `1 228 340,94`; below zero with a true minus sign.
pub fn amount(money: Money) -> String {
    let tiyn = money.tiyn();
    let sign = if tiyn < 0 { "\u{2212}" } else { "" };
    let units = tiyn.unsigned_abs();
    format!("{sign}{},{:02}", grouped(units / 100), units % 100)
}

/// A whole number, grouped by three.
pub fn count(number: i64) -> String {
    let sign = if number < 0 { "\u{2212}" } else { "" };
    format!("{sign}{}", grouped(number.unsigned_abs()))
}

/// A moment at the store's UTC offset, to the minute: `23.11.2026 18:05`, held together by a no-break space.
pub fn moment(at: DateTime<Utc>, offset: FixedOffset) -> String {
    at.with_timezone(&offset)
        .format("%d.%m.%Y\u{a0}%H:%M")
        .to_string()
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(GROUP);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(tiyn: i64) -> String {
        amount(Money::from_tiyn(tiyn).unwrap())
    }

    #[test]
    fn a_sum_is_grouped_by_three_and_keeps_two_decimals() {
        assert_eq!(written(0), "0,00");
        assert_eq!(written(5), "0,05");
        assert_eq!(written(99_999), "999,99");
        assert_eq!(written(100_000), "1\u{a0}000,00");
        assert_eq!(written(122_834_094), "1\u{a0}228\u{a0}340,94");
        assert_eq!(written(-150), "\u{2212}1,50");
    }

    #[test]
    fn a_moment_is_written_at_the_stores_offset() {
        let at = "2026-11-23T13:05:59Z".parse().unwrap();
        let almaty = FixedOffset::east_opt(5 * 3600).unwrap();
        assert_eq!(moment(at, almaty), "23.11.2026\u{a0}18:05");
    }
}
