//! The envelope `{"Status", "Message", "Data"}` around every answer.

use std::borrow::Cow;

use super::Obj;

/// What stands in the envelope, apart from `Data`.
pub(crate) struct Head {
    /// `Status`.
    pub(crate) status: Option<u16>,
    /// `Message`.
    pub(crate) message: Option<String>,
}

/// Reads the envelope's head; `None` where the body is no envelope.
pub(crate) fn head(body: &str) -> Option<Head> {
    let object = Obj::parse(body)?;
    let status = object
        .int("Status")
        .and_then(|status| u16::try_from(status).ok());
    let message = object.text("Message");
    (status.is_some() || message.is_some()).then_some(Head { status, message })
}

/// The body as JSON. Servers in Go or C# can print `NaN` and infinities bare, which no JSON parser reads: they are put
/// in quotes, so that the rest is understood and the amount is named as the one that cannot be rendered.
pub(crate) fn readable(body: &str) -> Cow<'_, str> {
    let body = body.trim_start_matches('\u{feff}');
    if serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok() {
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
