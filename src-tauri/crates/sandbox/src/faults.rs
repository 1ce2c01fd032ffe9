//! Faults on demand: rules that spoil chosen requests.

use std::{str::FromStr, time::Duration};

use crate::{dialect::Dialect, pattern::Pattern};

/// What goes wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum How {
    /// The connection is reset without an answer.
    Cut,
    /// The connection is closed in order without an answer.
    Hang,
    /// The answer in drops, one after each pause.
    Drip(Duration),
    /// The answer in an odd but lawful way of writing.
    Dialect(Dialect),
    /// The answer comes late.
    Delay(Duration),
    /// An error in the HTTP status and in the envelope.
    Status(u16),
    /// An error in the envelope alone, under HTTP 200.
    Envelope(u16),
    /// A proxy's page instead of an answer.
    Html,
    /// Half of the answer's body, then the connection ends.
    Truncate,
    /// HTTP 200 with bytes that are no JSON.
    Garbage,
    /// An error whose text repeats what the client sent, token and password included; without a code, HTTP 200 and no JSON.
    Echo(Option<u16>),
}

/// A fault and its place: before the operation (which then does not happen) or after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) performed: bool,
    pub(crate) how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Times {
    first: u64,
    last: u64,
}

/// Every action of a [`FaultRule`].
pub const ACTIONS: [&str; 16] = [
    "refuse",
    "reset-before",
    "reset-after",
    "delay:MS",
    "delay-before:MS",
    "drip:MS",
    "status:CODE",
    "envelope:CODE",
    "401",
    "449",
    "452",
    "html",
    "truncate",
    "garbage",
    "echo:CODE",
    "write:FORM",
];

/// One rule, read from `METHOD PATH-REGEX NTH ACTION`.
///
/// METHOD is an HTTP method or `*`. PATH-REGEX covers the whole path and knows literals, `.`, `\d`, `[…]`, `*`, `+`
/// and `?`. NTH says which of the matching requests: `1`, `2-4`, `3+` or `*`. ACTION is one of
///
/// | action | the operation is | the client sees |
/// |---|---|---|
/// | `refuse` | not performed | the connection closed without an answer |
/// | `reset-before` | not performed | the connection reset without an answer |
/// | `reset-after` | performed | the connection reset without an answer |
/// | `delay:MS` | performed | the answer MS milliseconds later |
/// | `delay-before:MS` | performed after MS, unless the client has left | the answer late |
/// | `status:CODE` | not performed | an error CODE in HTTP and envelope |
/// | `401`, `449`, `452` | not performed | that status with its text |
/// | `envelope:CODE` | not performed | HTTP 200 and CODE in the envelope |
/// | `drip:MS` | performed | the answer in at most 64 drops, one every MS milliseconds |
/// | `write:FORM` | performed | the answer in an odd form: `spelling`, `markup` in names, `amounts=six`, `quoted`, `exponent`, `null`, `nan` or `fine`, `sections=list`, `rows`, `empty-object`, `empty-list` or `null` |
/// | `html` | not performed | HTTP 502 with a proxy's page |
/// | `truncate` | performed | half of the body |
/// | `garbage` | performed | HTTP 200 and no JSON |
/// | `echo:CODE` | not performed | an error CODE that repeats the request's authorization and body |
/// | `echo` | not performed | HTTP 200 and no JSON, but those |
///
/// `-after` behind `status`, `envelope`, `html`, `echo`, `401`, `449` or `452` (`status-after:500`) performs the operation first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultRule {
    method: Option<String>,
    path: Pattern,
    times: Times,
    fault: Fault,
}

/// A text that is not a fault rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultRuleError {
    /// Not four words.
    #[error("a fault rule is METHOD PATH-REGEX NTH ACTION, not `{0}`")]
    Shape(String),
    /// The path pattern uses what is not known.
    #[error("the path pattern `{0}` is not understood")]
    Path(String),
    /// The number is not `1`, `2-4`, `3+` or `*`.
    #[error("`{0}` does not say which request")]
    Nth(String),
    /// There is no such action.
    #[error("the action `{0}` is not known")]
    Action(String),
}

impl FromStr for FaultRule {
    type Err = FaultRuleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [method, path, nth, action] = words[..] else {
            return Err(FaultRuleError::Shape(text.to_owned()));
        };
        Ok(Self {
            method: (method != "*").then(|| method.to_ascii_uppercase()),
            path: Pattern::parse(path).ok_or_else(|| FaultRuleError::Path(path.to_owned()))?,
            times: times(nth).ok_or_else(|| FaultRuleError::Nth(nth.to_owned()))?,
            fault: fault(action).ok_or_else(|| FaultRuleError::Action(action.to_owned()))?,
        })
    }
}

fn times(text: &str) -> Option<Times> {
    let (first, last) = if text == "*" {
        (1, u64::MAX)
    } else if let Some(first) = text.strip_suffix('+') {
        (first.parse().ok()?, u64::MAX)
    } else if let Some((first, last)) = text.split_once('-') {
        (first.parse().ok()?, last.parse().ok()?)
    } else {
        let only = text.parse().ok()?;
        (only, only)
    };
    (first >= 1 && first <= last).then_some(Times { first, last })
}

fn fault(action: &str) -> Option<Fault> {
    let (name, value) = match action.split_once(':') {
        Some((name, value)) => (name, Some(value)),
        None => (action, None),
    };
    let code = || value?.parse().ok().filter(|code| (400..600).contains(code));
    let pause = || Some(Duration::from_millis(value?.parse().ok()?));
    let bare = |how| value.is_none().then_some(how);
    let (plain, after) = match name.strip_suffix("-after") {
        Some(plain) => (plain, true),
        None => (name, false),
    };
    let (performed, how) = match (plain, after) {
        ("refuse", false) => (false, bare(How::Hang)?),
        ("reset-before", false) => (false, bare(How::Cut)?),
        ("drip", false) => (true, How::Drip(pause()?)),
        ("write", false) => (true, How::Dialect(Dialect::from_name(value?)?)),
        ("reset", true) => (true, bare(How::Cut)?),
        ("delay", _) => (true, How::Delay(pause()?)),
        ("delay-before", false) => (false, How::Delay(pause()?)),
        ("status", _) => (after, How::Status(code()?)),
        ("envelope", _) => (after, How::Envelope(code()?)),
        ("html", _) => (after, bare(How::Html)?),
        ("401", _) => (after, bare(How::Status(401))?),
        ("449", _) => (after, bare(How::Status(449))?),
        ("452", _) => (after, bare(How::Status(452))?),
        ("truncate", _) => (true, bare(How::Truncate)?),
        ("garbage", _) => (true, bare(How::Garbage)?),
        ("echo", _) if value.is_none() => (after, How::Echo(None)),
        ("echo", _) => (after, How::Echo(Some(code()?))),
        _ => return None,
    };
    Some(Fault { performed, how })
}

/// The rules in force, each with its count of matching requests.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<(FaultRule, u64)>);

impl Faults {
    pub(crate) fn set(&mut self, rules: Vec<FaultRule>) {
        self.0 = rules.into_iter().map(|rule| (rule, 0)).collect();
    }

    /// Counts this request in every rule it matches; the first rule whose turn it is decides.
    pub(crate) fn strike(&mut self, method: &str, path: &str) -> Option<Fault> {
        let mut struck = None;
        for (rule, count) in &mut self.0 {
            let meant = rule.method.as_deref().is_none_or(|meant| meant == method);
            if !meant || !rule.path.matches(path) {
                continue;
            }
            *count += 1;
            if struck.is_none() && (rule.times.first..=rule.times.last).contains(count) {
                struck = Some(rule.fault.clone());
            }
        }
        struck
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_strike_the_requests_they_name() {
        let mut faults = Faults::default();
        faults.set(vec![r"POST /shifts/\d+/z 2 reset-after".parse().unwrap()]);
        assert_eq!(faults.strike("GET", "/shifts/1/z"), None);
        assert_eq!(faults.strike("POST", "/shifts/1/z"), None);
        let struck = faults.strike("POST", "/shifts/1/z").unwrap();
        assert!(struck.performed);
        assert_eq!(struck.how, How::Cut);
        assert_eq!(faults.strike("POST", "/shifts/1/z"), None);
    }

    #[test]
    fn every_documented_action_is_read() {
        for action in [
            "refuse",
            "reset-before",
            "reset-after",
            "drip:20",
            "write:spelling",
            "write:markup",
            "write:amounts=quoted",
            "write:sections=rows",
            "delay:50",
            "delay-before:50",
            "status:500",
            "status-after:500",
            "envelope:403",
            "html",
            "html-after",
            "truncate",
            "garbage",
            "echo",
            "echo-after:500",
            "401",
            "449",
            "452",
            "449-after",
        ] {
            let rule = format!("* .* 1 {action}").parse::<FaultRule>();
            assert!(rule.is_ok(), "{action}: {rule:?}");
        }
        for action in ACTIONS {
            let action = action.replace("MS", "5").replace("CODE", "500");
            let action = action.replace("FORM", "spelling");
            let rule = format!("* .* 1 {action}").parse::<FaultRule>();
            assert!(rule.is_ok(), "{action}: {rule:?}");
        }
        for wrong in [
            "* .* 1",
            "* .* 0 html",
            "* .* 3-2 html",
            "* ( 1 html",
            "* .* 1 status:200",
            "* .* 1 nothing",
            "* .* 1 write:verse",
        ] {
            assert!(wrong.parse::<FaultRule>().is_err(), "{wrong}");
        }
    }
}
