//! A JSON object read tolerantly: duplicate keys are no error (the last one wins), the spelling `Kkm`/`KKM` does not
//! matter, unknown keys are ignored, and every value keeps its own text, so that no number is rounded.

use std::fmt;

use chrono::{DateTime, Datelike, Utc};
use domain::{Money, MoneyError};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Why an answer cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Bad {
    /// Something that must be there is not, or is of another kind.
    Shape(String),
    /// An amount that cannot be shown exactly.
    Amount(String, MoneyError),
}

impl Bad {
    pub(crate) fn missing(key: &str) -> Self {
        Self::Shape(format!("{key} is missing or unreadable"))
    }
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(what) => f.write_str(what),
            Self::Amount(key, error) => write!(f, "{key}: {error}"),
        }
    }
}

/// An object's members in their order.
#[derive(Default)]
pub(crate) struct Obj<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Obj<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Obj<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry::<String, &'de RawValue>()? {
                    members.push(member);
                }
                Ok(Obj(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

impl<'a> Obj<'a> {
    /// The object in this text, if it is one.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The members in their order.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(key, value)| (key.as_str(), *value))
    }

    /// The last value under this key in any case of letters; `null` is the same as missing.
    pub(crate) fn raw(&self, key: &str) -> Option<&'a RawValue> {
        let mut found = self.0.iter().rev();
        found
            .find(|(name, _)| name.eq_ignore_ascii_case(key))
            .map(|(_, value)| *value)
            .filter(|value| value.get() != "null")
    }

    /// A nested object; empty where there is none.
    pub(crate) fn obj(&self, key: &str) -> Self {
        self.try_obj(key).unwrap_or_default()
    }

    /// A nested object with at least one member.
    pub(crate) fn try_obj(&self, key: &str) -> Option<Self> {
        Self::parse(self.raw(key)?.get()).filter(|object| !object.0.is_empty())
    }

    /// A nested array's elements.
    pub(crate) fn array(&self, key: &str) -> Option<Vec<&'a RawValue>> {
        serde_json::from_str(self.raw(key)?.get()).ok()
    }

    /// A whole number, quoted or not.
    pub(crate) fn int(&self, key: &str) -> Option<i64> {
        int(self.raw(key)?)
    }

    /// A text that is not empty; a number is taken as its text.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        Some(scalar(self.raw(key)?)?.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A truth value, also as 0/1.
    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        match scalar(self.raw(key)?)?.as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }

    /// An amount, exactly. Missing, `null` and empty mean that it was not reported.
    pub(crate) fn money(&self, key: &str) -> Result<Option<Money>, Bad> {
        let Some(raw) = self.raw(key) else {
            return Ok(None);
        };
        let bad = |error| Bad::Amount(key.to_owned(), error);
        let text = scalar(raw).ok_or_else(|| bad(MoneyError::NotANumber))?;
        match text.trim() {
            "" => Ok(None),
            text => Money::parse_wire(text).map(Some).map_err(bad),
        }
    }

    /// A moment; the year 1 means "none". What cannot be read counts as not reported.
    pub(crate) fn time(&self, key: &str) -> Option<DateTime<Utc>> {
        let text = scalar(self.raw(key)?)?;
        let time = DateTime::parse_from_rfc3339(text.trim());
        if time.is_err() && !text.is_empty() {
            tracing::warn!(key, "a date cannot be read");
        }
        let time = time.ok()?.to_utc();
        (time.year() > 1).then_some(time)
    }
}

/// A whole number, quoted or not, also as `1.000`.
pub(crate) fn int(raw: &RawValue) -> Option<i64> {
    let text = scalar(raw)?;
    let text = text.trim();
    let whole = text
        .split_once('.')
        .filter(|(_, fraction)| fraction.bytes().all(|b| b == b'0'))
        .map_or(text, |(whole, _)| whole);
    whole.parse().ok()
}

/// A string's content, or the text of a number or truth value.
fn scalar(raw: &RawValue) -> Option<String> {
    let text = raw.get();
    match text.as_bytes().first()? {
        b'"' => serde_json::from_str(text).ok(),
        b'{' | b'[' | b'n' => None,
        _ => Some(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_two_equal_keys_wins_in_any_spelling() {
        let object = Obj::parse(r#"{"Count":1,"IdKKM":5,"Count":"2","Other":{}}"#).unwrap();
        assert_eq!(object.int("Count"), Some(2));
        assert_eq!(object.int("IdKkm"), Some(5));
        assert!(object.try_obj("Other").is_none());
    }

    #[test]
    fn every_form_of_an_amount() {
        let object = Obj::parse(
            r#"{"A":500,"B":500.000000,"C":"300.22","D":1E+3,"E":null,"F":"NaN","G":0.001,"H":1e16,"I":true,"J":{},
               "K":999999999999999.99}"#,
        )
        .unwrap();
        let money = |key| {
            object
                .money(key)
                .map(|money| money.map(|money| money.to_string()))
        };
        assert_eq!(money("A"), Ok(Some("500.00".into())));
        assert_eq!(money("B"), Ok(Some("500.00".into())));
        assert_eq!(money("C"), Ok(Some("300.22".into())));
        assert_eq!(money("D"), Ok(Some("1000.00".into())));
        assert_eq!(money("K"), Ok(Some("999999999999999.99".into())));
        assert_eq!(money("E"), Ok(None));
        assert_eq!(money("missing"), Ok(None));
        for bad in ["F", "G", "H", "I", "J"] {
            assert!(matches!(money(bad), Err(Bad::Amount(..))), "{bad}");
        }
    }

    #[test]
    fn dates_with_any_fraction_and_none() {
        let object = Obj::parse(
            r#"{"A":"0001-01-01T00:00:00Z","B":"2020-07-16T10:42:59.354546131Z","C":"2020-07-16T16:42:59+06:00","D":"x"}"#,
        )
        .unwrap();
        assert_eq!(object.time("A"), None);
        assert_eq!(object.time("D"), None);
        assert_eq!(
            object.time("B").unwrap().timestamp_subsec_nanos(),
            354_546_131
        );
        assert_eq!(object.time("C"), "2020-07-16T10:42:59Z".parse().ok());
    }
}
