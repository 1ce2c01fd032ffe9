//! The envelope `{"Status", "Message", "Data"}` around every answer.

use std::borrow::Cow;

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Obj;
use super::object::{Key, Object, int, text};

/// What stands in the envelope.
#[derive(Default)]
pub(crate) struct Envelope<'a> {
    /// `Status`.
    pub(crate) status: Option<u16>,
    /// `Message`.
    pub(crate) message: Option<String>,
    /// `Data`, where it is an object with at least one member.
    pub(crate) data: Option<Obj<'a>>,
}

impl<'a> Envelope<'a> {
    /// Reads the envelope; `None` where the body is none. `Data` is split into its members on the way.
    pub(crate) fn parse(body: &'a str) -> Option<Self> {
        // In one pass where `Data` is what it should be; through the members' texts where it is a number or worse.
        let envelope = serde_json::from_str(body).ok().or_else(|| {
            let members = Obj::parse(body)?;
            Some(Self {
                status: status(members.raw("Status")),
                message: members.text("Message"),
                data: members.try_obj("Data"),
            })
        })?;
        (envelope.status.is_some() || envelope.message.is_some()).then_some(envelope)
    }
}

fn status(value: Option<&RawValue>) -> Option<u16> {
    int(value?).and_then(|status| u16::try_from(status).ok())
}

impl<'de> Deserialize<'de> for Envelope<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Envelope<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an envelope")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut envelope = Envelope::default();
                // Of equal keys the last one counts, as everywhere.
                while let Some(key) = map.next_key::<Key<'de>>()? {
                    if key.is("Data") {
                        let data = map.next_value::<Object<'de>>()?.0;
                        envelope.data = data.filter(|data| !data.is_empty());
                        continue;
                    }
                    let value = map.next_value::<&'de RawValue>()?;
                    if key.is("Status") {
                        envelope.status = status(Some(value));
                    } else if key.is("Message") {
                        envelope.message = text(value);
                    }
                }
                Ok(envelope)
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// The body as JSON. Servers in Go or C# can print `NaN` and infinities bare, which no JSON parser reads: they are put
/// in quotes, so that the rest is understood and the amount is named as the one that cannot be rendered.
pub(crate) fn readable(body: &str) -> Cow<'_, str> {
    let body = body.trim_start_matches('\u{feff}');
    let bare = ["NaN", "Infinity"];
    if !bare.iter().any(|word| body.contains(word)) {
        return Cow::Borrowed(body);
    }
    let mut out = String::with_capacity(body.len() + 16);
    let mut inside = false;
    let mut escaped = false;
    let mut rest = body;
    while let Some(c) = rest.chars().next() {
        let bare = ["-Infinity", "+Infinity", "Infinity", "NaN"]
            .into_iter()
            .find(|word| !inside && rest.starts_with(word));
        if let Some(word) = bare {
            out.push('"');
            out.push_str(word);
            out.push('"');
            rest = rest.get(word.len()..).unwrap_or_default();
            continue;
        }
        match c {
            _ if escaped => escaped = false,
            '\\' if inside => escaped = true,
            '"' => inside = !inside,
            _ => {}
        }
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    Cow::Owned(out)
}
