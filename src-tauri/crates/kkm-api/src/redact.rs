//! Removing secrets: `TokenCPCR`, the bearer token and the password, by their keys; and secrets that are known, wherever they
//! stand.
//!
//! The rest of a text stays byte for byte as it came, so that the archive keeps what the server really sent.

use std::fmt;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind, PatternID};

/// Stands where a secret stood.
pub const REMOVED: &str = "removed";

/// Keys whose values are secrets, in lower case.
const SECRET_KEYS: [&str; 3] = ["tokencpcr", "token", "password"];

/// Where a secret may stand: its keys in any case of letters, and the sign by which a key may be written in disguise.
static SIGNS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(["tokencpcr", "token", "password", "\\u"])
        .ok()
});

/// The body without secrets: members of JSON objects first (whole or half of one), then anything that looks like
/// `TokenCPCR…value` in a text that is not JSON, or in JSON inside a string.
pub fn body(text: &str) -> String {
    plain(text).unwrap_or_else(|| by_pattern(&members(text)))
}

/// The text without this secret, as it is and as it stands inside a JSON string.
pub fn without(mut text: String, secret: &str) -> String {
    if secret.is_empty() {
        return text;
    }
    let quoted = serde_json::to_string(secret).unwrap_or_default();
    let quoted = quoted.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let quoted = quoted.unwrap_or(secret);
    // Some servers write a slash with a backslash before it.
    for form in [secret, quoted, &quoted.replace('/', "\\/")] {
        if text.contains(form) {
            text = text.replace(form, REMOVED);
        }
    }
    text
}

/// The text without what follows the word `Bearer`, whoever wrote it and whatever it was.
pub fn bearer(text: &str) -> String {
    const WORD: &str = "bearer";
    // ASCII lowering keeps every byte's place.
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(found) = lower.get(from..).and_then(|tail| tail.find(WORD)) {
        let at = from + found + WORD.len();
        let tail = text.get(at..).unwrap_or_default();
        let token = tail.trim_start_matches(|c: char| c.is_whitespace() || c == '+' || c == ':');
        let start = at + tail.len() - token.len();
        let end = token.find(|c: char| c.is_whitespace() || "\"'\\&<,;})]".contains(c));
        let end = start + end.unwrap_or(token.len());
        out.push_str(text.get(from..start).unwrap_or_default());
        if start > at && end > start {
            out.push_str(REMOVED);
        } else {
            out.push_str(text.get(start..end).unwrap_or_default());
        }
        from = end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// A body as it came, with whatever secrets are in it. It shows itself without them only, and when it is asked: most answers
/// are read and forgotten.
#[derive(Clone, PartialEq, Eq)]
pub struct Raw(String);

impl Raw {
    pub(crate) const fn new(text: String) -> Self {
        Self(text)
    }

    /// The same without a secret that is known: a server may echo it under any name.
    pub(crate) fn without(self, secret: &str) -> Self {
        Self(without(self.0, secret))
    }

    /// The body byte for byte, except that secrets are replaced.
    pub fn text(&self) -> String {
        body(&self.0)
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw({} bytes)", self.0.len())
    }
}

/// The quick way, for texts whose secrets stand under plain keys: it looks at the places of the signs only. `None` where
/// there is anything else that could be a secret.
fn plain(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for sign in SIGNS.as_ref()?.find_iter(text) {
        if sign.start() < copied {
            // Inside a value that is removed already.
            continue;
        }
        let quoted = text.get(..sign.start())?.ends_with('"')
            && !text.get(..sign.start())?.ends_with("\\\"");
        let after = text.get(sign.end()..)?.strip_prefix('"');
        let value = after.and_then(|after| after.trim_start().strip_prefix(':'));
        match value.filter(|_| quoted) {
            Some(value) => {
                let value = value.trim_start();
                let start = text.len() - value.len();
                out.push_str(text.get(copied..start)?);
                out.push('"');
                out.push_str(REMOVED);
                out.push('"');
                copied = start + value_end(value);
            }
            // A word of a text that is no key.
            None if sign.pattern() == PatternID::ZERO || sign.pattern().as_usize() == 3 => {
                return None;
            }
            None => {}
        }
    }
    out.push_str(text.get(copied..)?);
    Some(out)
}

/// Walks JSON tokens without demanding that the whole be JSON.
fn members(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('"') {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let (string, after) = tail.split_at(string_end(tail));
        out.push_str(string);
        rest = after;
        let value = after.trim_start().strip_prefix(':').map(str::trim_start);
        if let Some(value) = value.filter(|_| is_secret_key(string)) {
            let (gap, _) = after.split_at(after.len() - value.len());
            out.push_str(gap);
            let (_, after) = value.split_at(value_end(value));
            out.push('"');
            out.push_str(REMOVED);
            out.push('"');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn is_secret_key(quoted: &str) -> bool {
    // Through the JSON parser, because a key may be written with \u escapes.
    serde_json::from_str::<String>(quoted)
        .is_ok_and(|key| SECRET_KEYS.contains(&key.to_lowercase().as_str()))
}

/// The length of the string literal that `text` begins with; an unterminated one takes all.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of the value that `text` begins with, of whatever kind.
fn value_end(text: &str) -> usize {
    if text.starts_with('"') {
        return string_end(text);
    }
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|tail| tail.chars().next()) {
        match c {
            '"' => {
                at += text.get(at..).map_or(1, string_end);
                continue;
            }
            '{' | '[' => depth += 1,
            '}' | ']' if depth == 0 => return at,
            '}' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            ',' if depth == 0 => return at,
            _ => {}
        }
        at += c.len_utf8();
    }
    text.len()
}

/// Quotes, colons and the like in other people's escapes, in lower case.
const ENTITIES: [&str; 11] = [
    "&quot;", "&#34;", "&#x22;", "&apos;", "&#39;", "\\u0022", "\\u0027", "\\u003a", "\\u003d",
    "\\u003e", "&gt;",
];

/// `TokenCPCR = value`, `\"TokenCPCR\":\"value\"`, `&quot;TokenCPCR&quot;: …`.
fn by_pattern(text: &str) -> String {
    const NAME: &str = "tokencpcr";
    // ASCII lowering keeps every byte's place.
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(found) = lower.get(from..).and_then(|tail| tail.find(NAME)) {
        let mut at = from + found + NAME.len();
        while let Some(tail) = lower.get(at..) {
            let entity = ENTITIES.into_iter().find(|entity| tail.starts_with(entity));
            let step = entity.map_or_else(
                || {
                    tail.chars()
                        .next()
                        .filter(|c| c.is_whitespace() || "\"'\\:=>".contains(*c))
                        .map_or(0, char::len_utf8)
                },
                str::len,
            );
            if step == 0 {
                break;
            }
            at += step;
        }
        let tail = lower.get(at..).unwrap_or_default();
        let end = tail
            .find(|c: char| c.is_whitespace() || "\"'\\&<,;}]".contains(c))
            .unwrap_or(tail.len());
        out.push_str(text.get(from..at).unwrap_or_default());
        if end > 0 {
            out.push_str(REMOVED);
        }
        from = at + end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::{Raw, bearer, body, without};

    #[test]
    fn a_known_secret_is_removed_however_it_is_written() {
        for (secret, text) in [
            ("pa\"ss\\w/d", r#"{"Echo":"pa\"ss\\w/d"}"#),
            ("pa\"ss\\w/d", r#"{"Echo":"pa\"ss\\w\/d"}"#),
            ("pa\"ss\\w/d", "pa\"ss\\w/d"),
            ("ss\"", r#"{"Echo":"ss\""}"#),
        ] {
            let clean = without(text.to_owned(), secret);
            assert!(
                clean.contains("removed") && !clean.contains("ss"),
                "{clean}"
            );
        }
        assert_eq!(without("text".to_owned(), ""), "text");
        assert_eq!(without("a secret".to_owned(), "other"), "a secret");
    }

    #[test]
    fn what_follows_the_word_bearer_is_removed() {
        for (text, clean) in [
            (
                "Authorization: Bearer abc.def",
                "Authorization: Bearer removed",
            ),
            (
                r#"{"h":"bearer  abc","x":1}"#,
                r#"{"h":"bearer  removed","x":1}"#,
            ),
            ("Bearer%20 a, BEARER: b", "Bearer%20 a, BEARER: removed"),
            ("bearer", "bearer"),
            ("forbearer of it; Bearer", "forbearer removed it; Bearer"),
            ("«Bearer ключ» дан", "«Bearer removed дан"),
        ] {
            assert_eq!(bearer(text), clean);
        }
    }

    #[test]
    fn the_registers_secret_is_removed_from_json_and_the_rest_stays_as_it_is() {
        for (raw, clean) in [
            (
                r#"{"Kkm": {"TokenCPCR" : "se\"cret", "Sum": 500.000000, "Sum": 1}}"#,
                r#"{"Kkm": {"TokenCPCR" : "removed", "Sum": 500.000000, "Sum": 1}}"#,
            ),
            (
                r#"{"tokencpcr":123456,"A":1}"#,
                r#"{"tokencpcr":"removed","A":1}"#,
            ),
            (
                r#"{"Token\u0043PCR":"secret"}"#,
                r#"{"Token\u0043PCR":"removed"}"#,
            ),
            (
                r#"{"TokenCPCR":{"V":["secret"]},"B":[]}"#,
                r#"{"TokenCPCR":"removed","B":[]}"#,
            ),
            (
                r#"{"Data":{"Token":"secret"}}"#,
                r#"{"Data":{"Token":"removed"}}"#,
            ),
            (r#"{"Name":"token: \" : x"}"#, r#"{"Name":"token: \" : x"}"#),
        ] {
            assert_eq!(body(raw), clean);
            let raw = Raw::new(raw.to_owned());
            assert_eq!(raw.text(), clean);
            assert!(!format!("{raw:?}").contains("secret"));
        }
    }

    #[test]
    fn the_registers_secret_is_removed_from_what_is_not_json() {
        for raw in [
            r#"{"Kkm":{"TokenCPCR":"secret"#,
            "<p>TokenCPCR = secret</p>",
            "&quot;TokenCPCR&quot;: &quot;secret&quot;",
            r#"{"Detail":"{\"TokenCPCR\":\"secret\"}"}"#,
            "TOKENCPCR:'secret'",
            "кассаTokenCPCR=secret;х",
            r#"{"Detail":"{\u0022TokenCPCR\u0022:\u0022secret\u0022}"}"#,
            r#"{"Detail":"\u003cTokenCPCR\u003esecret\u003c/TokenCPCR\u003e"}"#,
            "&lt;TokenCPCR&gt;secret&lt;/TokenCPCR&gt;",
        ] {
            let clean = body(raw);
            assert!(!clean.contains("secret"), "{clean}");
        }
    }
}
