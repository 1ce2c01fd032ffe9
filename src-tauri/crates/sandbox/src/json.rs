//! JSON written by hand: keys keep their order and may repeat, amounts are exact decimals made from whole tiyn.

use std::{borrow::Cow, fmt};

/// One value on its way to the wire.
#[derive(Debug, Clone)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Int(i64),
    /// Tiyn, always with two places: `100.00`.
    Amount(i64),
    /// Tiyn, as short as it gets: `51690`, `655.5`, `300.22`.
    Short(i64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(Cow<'static, str>, Json)>),
}

impl Json {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// An object with fixed keys, in this order.
    pub(crate) fn object<const N: usize>(fields: [(&'static str, Self); N]) -> Self {
        Self::Object(
            fields
                .into_iter()
                .map(|(key, value)| (Cow::Borrowed(key), value))
                .collect(),
        )
    }

    pub(crate) const fn empty() -> Self {
        Self::Object(Vec::new())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Amount(tiyn) => f.write_str(&two_places(*tiyn)),
            Self::Short(tiyn) => {
                let full = two_places(*tiyn);
                f.write_str(full.trim_end_matches('0').trim_end_matches('.'))
            }
            Self::Text(text) => quote(f, text),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Object(fields) => {
                f.write_str("{")?;
                for (index, (key, value)) in fields.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "," })?;
                    quote(f, key)?;
                    write!(f, ":{value}")?;
                }
                f.write_str("}")
            }
        }
    }
}

fn two_places(tiyn: i64) -> String {
    let sign = if tiyn < 0 { "-" } else { "" };
    let size = tiyn.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

fn quote(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for letter in text.chars() {
        match letter {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            control if control < ' ' => write!(f, "\\u{:04x}", u32::from(control))?,
            plain => write!(f, "{plain}")?,
        }
    }
    f.write_str("\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_decimals() {
        for (tiyn, amount, short) in [
            (0, "0.00", "0"),
            (10000, "100.00", "100"),
            (65550, "655.50", "655.5"),
            (30022, "300.22", "300.22"),
            (-5, "-0.05", "-0.05"),
            (122_834_094, "1228340.94", "1228340.94"),
            (i64::MIN, "-92233720368547758.08", "-92233720368547758.08"),
        ] {
            assert_eq!(Json::Amount(tiyn).to_string(), amount);
            assert_eq!(Json::Short(tiyn).to_string(), short);
        }
    }

    #[test]
    fn keys_keep_their_order_and_text_is_escaped() {
        let value = Json::object([
            ("b", Json::text("«қ» \"\\\n\u{1}")),
            ("a", Json::List(vec![Json::Null, Json::Bool(true)])),
            ("b", Json::empty()),
        ]);
        assert_eq!(
            value.to_string(),
            r#"{"b":"«қ» \"\\\n\u0001","a":[null,true],"b":{}}"#
        );
    }
}
