//! Exact money: whole tiyn (1 tenge = 100 tiyn) in 64 bits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The largest amount that is accepted, in tiyn: 10^15 tenge either way.
const LIMIT: i128 = 100_000_000_000_000_000;

/// An amount in tiyn, between −10^15 and 10^15 tenge.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not a decimal number.
    #[error("not a decimal number")]
    NotANumber,
    /// A fraction of a tiyn.
    #[error("more than two decimal places")]
    TooFine,
    /// Beyond ±10^15 tenge.
    #[error("beyond ±10^15 tenge")]
    TooLarge,
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount of so many tiyn.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] beyond ±10^15 tenge.
    pub fn from_tiyn(tiyn: i64) -> Result<Self, MoneyError> {
        if i128::from(tiyn).abs() > LIMIT {
            Err(MoneyError::TooLarge)
        } else {
            Ok(Self(tiyn))
        }
    }

    /// The amount in tiyn.
    pub const fn tiyn(self) -> i64 {
        self.0
    }

    /// The sum, or `None` beyond the range.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Self::from_tiyn(self.0.checked_add(other.0)?).ok()
    }

    /// The difference, or `None` beyond the range.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        Self::from_tiyn(self.0.checked_sub(other.0)?).ok()
    }

    /// Whether the amount is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Reads a JSON number's text exactly: `500`, `300.22`, `500.000000`, `1E+3`. No white space, no quotes.
    ///
    /// # Errors
    /// See [`MoneyError`]; `NaN` and infinities are [`MoneyError::NotANumber`].
    pub fn parse_wire(text: &str) -> Result<Self, MoneyError> {
        if let Some(tiyn) = plain(text) {
            return Self::from_tiyn(tiyn);
        }
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = [whole, fraction].concat();
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(MoneyError::NotANumber);
        }
        let places = i64::try_from(fraction.len()).map_err(|_| MoneyError::TooLarge)?;
        let tiyn = scale(digits.trim_start_matches('0'), exponent - places + 2)?;
        Self::from_tiyn(if negative { -tiyn } else { tiyn })
    }
}

/// The everyday forms, `500` and `-300.22`, without a detour; anything else is for the whole of the reading.
fn plain(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, places) = digits.split_once('.').unwrap_or((digits, "00"));
    // Fifteen digits and two places stay far from the edge of 64 bits.
    if whole.is_empty() || whole.len() > 15 || places.is_empty() || places.len() > 2 {
        return None;
    }
    let mut tiyn = 0i64;
    for digit in whole.bytes().chain(places.bytes()) {
        if !digit.is_ascii_digit() {
            return None;
        }
        tiyn = tiyn * 10 + i64::from(digit - b'0');
    }
    if places.len() == 1 {
        tiyn *= 10;
    }
    Some(if negative { -tiyn } else { tiyn })
}

fn parse_exponent(text: &str) -> Result<i64, MoneyError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(MoneyError::NotANumber);
    }
    // An exponent too long for i32 is out of any range that money has.
    let size: i32 = digits.parse().map_err(|_| MoneyError::TooLarge)?;
    Ok(i64::from(if text.starts_with('-') { -size } else { size }))
}

/// `digits` × 10^`power` as a whole number; `digits` has no leading zero.
fn scale(digits: &str, power: i64) -> Result<i64, MoneyError> {
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Ok(0);
    }
    let trimmed =
        i64::try_from(digits.len() - significant.len()).map_err(|_| MoneyError::TooLarge)?;
    let power = power.checked_add(trimmed).ok_or(MoneyError::TooLarge)?;
    if power < 0 {
        return Err(MoneyError::TooFine);
    }
    let power = u32::try_from(power).map_err(|_| MoneyError::TooLarge)?;
    let value: i64 = significant.parse().map_err(|_| MoneyError::TooLarge)?;
    10i64
        .checked_pow(power)
        .and_then(|factor| value.checked_mul(factor))
        .ok_or(MoneyError::TooLarge)
}

impl fmt::Display for Money {
    /// `1228340.94`, `-0.05`: a decimal point and always two places.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let tiyn = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", tiyn / 100, tiyn % 100)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Money({self})")
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    /// Reads what a person types: spaces between thousands, a comma or a point.
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '\u{202f}' && *c != '₸')
            .map(|c| if c == ',' { '.' } else { c })
            .collect();
        if plain.contains(['e', 'E']) {
            return Err(MoneyError::NotANumber);
        }
        // `50.000` may be meant as fifty thousand: a person is asked, not guessed.
        if plain
            .split_once('.')
            .is_some_and(|(_, places)| places.len() > 2)
        {
            return Err(MoneyError::TooFine);
        }
        Self::parse_wire(&plain)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse_wire(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_an_amount_is_read_exactly() {
        for (text, tiyn) in [
            ("0", 0),
            ("-0.00", 0),
            ("500", 50_000),
            ("300.22", 30_022),
            ("500.000000", 50_000),
            ("1E+3", 100_000),
            ("1.5e2", 15_000),
            ("12300e-2", 12_300),
            ("-0.05", -5),
            ("1000000000000000", 100_000_000_000_000_000),
            ("0.0000000000000000000000000000000e999999999", 0),
        ] {
            assert_eq!(Money::parse_wire(text).map(Money::tiyn), Ok(tiyn), "{text}");
        }
    }

    #[test]
    fn what_is_not_an_exact_amount_is_refused() {
        for text in [
            "", "-", ".", "NaN", "Infinity", "1,5", " 1", "1e", "1e+", "0x1", "1.2.3", "--1",
        ] {
            assert_eq!(
                Money::parse_wire(text),
                Err(MoneyError::NotANumber),
                "{text}"
            );
        }
        assert_eq!(Money::parse_wire("0.001"), Err(MoneyError::TooFine));
        assert_eq!(
            Money::parse_wire("1000000000000000.01"),
            Err(MoneyError::TooLarge)
        );
        assert_eq!(
            Money::parse_wire("1e99999999999"),
            Err(MoneyError::TooLarge)
        );
    }

    #[test]
    fn an_amount_is_written_with_two_places_and_read_back() {
        for tiyn in [0, 5, -5, 100, 122_834_094, -100_000_000_000_000_000] {
            let money = Money::from_tiyn(tiyn).unwrap();
            assert_eq!(Money::parse_wire(&money.to_string()), Ok(money));
        }
        assert_eq!(
            "1 228 340,94 ₸".parse::<Money>().unwrap().to_string(),
            "1228340.94"
        );
        for ambiguous in ["50.000", "1,500", "1.228.340"] {
            assert!(ambiguous.parse::<Money>().is_err(), "{ambiguous}");
        }
    }
}
