//! A JSON object read tolerantly: duplicate keys are no error (the last one wins), the spelling `Kkm`/`KKM` does not
//! matter, unknown keys are ignored, and every value keeps its own text, so that no number is rounded.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, Datelike, Utc};
use domain::{Money, MoneyError};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
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

/// A key as it stands in the text, without a copy where it has no escapes.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl Key<'_> {
    /// Whether it is this key, in any case of letters.
    pub(crate) fn is(&self, key: &str) -> bool {
        self.0.eq_ignore_ascii_case(key)
    }
}

/// An object's members in their order.
#[derive(Default)]
pub(crate) struct Obj<'a>(Vec<(Key<'a>, &'a RawValue)>);

/// An object where there is one; any other value is none.
pub(crate) struct Object<'a>(pub(crate) Option<Obj<'a>>);

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Option<Obj<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::with_capacity(16);
        while let Some(key) = map.next_key()? {
            members.push((key, map.next_value()?));
        }
        Ok(Some(Obj(members)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Members).map(Self)
    }
}

impl<'a> Obj<'a> {
    /// The object in this text, if it is one.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        // Anything else than an object need not be read to its end.
        if !text.trim_start().starts_with('{') {
            return None;
        }
        serde_json::from_str::<Object<'a>>(text).ok()?.0
    }

    /// Whether it has no members.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The members in their order.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(key, value)| (key.0.as_ref(), *value))
    }

    /// The last value under this key in any case of letters; `null` is the same as missing.
    pub(crate) fn raw(&self, key: &str) -> Option<&'a RawValue> {
        let mut found = self.0.iter().rev();
        found
            .find(|(name, _)| name.is(key))
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
        text(self.raw(key)?)
    }

    /// A truth value, also as 0/1.
    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        match scalar(self.raw(key)?)?.as_ref() {
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

/// A text that is not empty; a number is taken as its text.
pub(crate) fn text(raw: &RawValue) -> Option<String> {
    let text = scalar(raw)?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
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
fn scalar(raw: &RawValue) -> Option<Cow<'_, str>> {
    let text = raw.get();
    match text.as_bytes().first()? {
        b'"' => serde_json::from_str::<Key<'_>>(text).ok().map(|key| key.0),
        b'{' | b'[' | b'n' => None,
        _ => Some(Cow::Borrowed(text)),
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
