//! Numbers and times as they are written: `1 228 340,94` in Russian and Kazakh, `1,228,340.94` in English, and
//! `23.11.2026 18:05` everywhere.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use domain::Money;
use texts::Lang;

/// A sum in tenge with two decimals, grouped by three; below zero with a true minus sign. Groups are held together by
/// no-break spaces: a sum must never be broken over two lines.
pub fn amount(money: Money, lang: Lang) -> String {
    lang.amount(money.tiyn())
}

/// A moment at the store's UTC offset, to the minute, held together by a no-break space.
pub fn moment(at: DateTime<Utc>, offset: FixedOffset) -> String {
    let local = at.with_timezone(&offset);
    local.format("%d.%m.%Y\u{a0}%H:%M").to_string()
}

/// A day: `23.11.2026`.
pub fn day(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}

/// A day where the year is known: `23.11`.
pub fn day_of_month(day: NaiveDate) -> String {
    day.format("%d.%m").to_string()
}

/// A month: `11.2026`.
pub fn month(day: NaiveDate) -> String {
    day.format("%m.%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(tiyn: i64, lang: Lang) -> String {
        amount(Money::from_tiyn(tiyn).unwrap(), lang)
    }

    #[test]
    fn a_sum_is_grouped_by_three_and_keeps_two_decimals() {
        for lang in [Lang::Ru, Lang::Kk] {
            assert_eq!(written(0, lang), "0,00");
            assert_eq!(written(5, lang), "0,05");
            assert_eq!(written(-5, lang), "\u{2212}0,05");
            assert_eq!(written(99_999, lang), "999,99");
            assert_eq!(written(100_000, lang), "1\u{a0}000,00");
            assert_eq!(written(122_834_094, lang), "1\u{a0}228\u{a0}340,94");
            assert_eq!(written(-150, lang), "\u{2212}1,50");
        }
        assert_eq!(written(122_834_094, Lang::En), "1,228,340.94");
        assert_eq!(written(-1, Lang::En), "\u{2212}0.01");
    }

    #[test]
    fn a_moment_is_written_at_the_stores_offset() {
        let at = "2026-11-23T13:05:59Z".parse().unwrap();
        let almaty = FixedOffset::east_opt(5 * 3600).unwrap();
        assert_eq!(moment(at, almaty), "23.11.2026\u{a0}18:05");
    }
}
