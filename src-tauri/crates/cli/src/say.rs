//! The standard output: a table for people, or one JSON value.

use std::io::Write;

use chrono::{DateTime, Local};
use domain::{ErrorCode, Money};
use serde::Serialize;
use serde_json::json;
use texts::{Key, Lang, Phrase};

use crate::asked::Asked;
use crate::failure::Failure;

/// How results are shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Say {
    /// One JSON value instead of text.
    pub(crate) json: bool,
    /// The language of what is said.
    pub(crate) lang: Lang,
    /// What was asked for.
    pub(crate) asked: Asked,
}

impl Say {
    /// Prints one result, as JSON or as the text made by `people`.
    pub(crate) fn result(
        self,
        value: &impl Serialize,
        people: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        self.print(value, people)
            .map_err(|error| Failure::internal(&error))
    }

    /// Something to know of a result that is shown all the same; on the standard error.
    pub(crate) fn warn(self, code: ErrorCode, message: &Phrase) {
        let message = message.to(self.lang);
        if self.json {
            let warning = json!({ "warning": { "code": code.as_str(), "message": message } });
            eprintln!("{warning}");
        } else {
            let warning = self.lang.fill(Key::CliWarning, &[("message", &message)]);
            eprintln!("{warning}");
        }
    }

    /// As [`Self::result`], for a result that stands whether or not it can be printed.
    pub(crate) fn print(
        self,
        value: &impl Serialize,
        people: impl FnOnce() -> String,
    ) -> std::io::Result<()> {
        let text = if self.json {
            serde_json::to_string_pretty(value)?
        } else {
            people()
        };
        let mut out = std::io::stdout().lock();
        match writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()) {
            // A reader that has seen enough (`| head`) is no failure.
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }
}

/// The heading of a column or the caption of a value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Head {
    /// The same in every language, such as `IdKkm`.
    Name(&'static str),
    /// A text of the catalogue.
    Text(Key),
    /// The same over amounts, which stand to the right.
    Amount(Key),
}

impl Head {
    fn to(self, lang: Lang) -> &'static str {
        match self {
            Self::Name(name) => name,
            Self::Text(key) | Self::Amount(key) => lang.text(key),
        }
    }
}

/// Rows under headings, columns as wide as they need.
pub(crate) fn table(heads: &[Head], rows: &[Vec<String>], lang: Lang) -> String {
    let right: Vec<bool> = heads
        .iter()
        .map(|head| matches!(head, Head::Amount(_)))
        .collect();
    let heads: Vec<String> = heads.iter().map(|head| head.to(lang).to_owned()).collect();
    let width = |column: usize| {
        let cells = rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count());
        cells
            .chain(heads.get(column).map(|head| head.chars().count()))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .zip(&right)
            .map(|((cell, &width), right)| {
                if *right {
                    format!("{cell:>width$}")
                } else {
                    format!("{cell:<width$}")
                }
            })
            .collect();
        padded.join("  ").trim_end().to_owned()
    };
    let mut text = line(&heads);
    for row in rows {
        text.push('\n');
        text.push_str(&line(row));
    }
    text
}

/// Captions and values, one a line; values that were not reported are left out.
pub(crate) fn card(rows: &[(Head, Option<String>)], lang: Lang) -> String {
    let known: Vec<(&str, &String)> = rows
        .iter()
        .filter_map(|(name, value)| value.as_ref().map(|value| (name.to(lang), value)))
        .collect();
    let width = known
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0);
    let lines: Vec<String> = known
        .iter()
        .map(|(name, value)| format!("{name:<width$}  {value}"))
        .collect();
    lines.join("\n")
}

/// A missing value in a table.
pub(crate) fn or_dash(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| value.to_string())
}

/// An amount of the views, as the language writes it.
pub(crate) fn amount(text: &str, lang: Lang) -> String {
    Money::parse_wire(text).map_or_else(|_| text.to_owned(), |sum| lang.amount(sum.tiyn()))
}

/// A time of the views, on this computer's clock.
pub(crate) fn local(time: &str) -> String {
    DateTime::parse_from_rfc3339(time).map_or_else(
        |_| time.to_owned(),
        |time| {
            time.with_timezone(&Local)
                .format("%d.%m.%Y %H:%M")
                .to_string()
        },
    )
}

/// An operation's state in words: refused is one thing, given up without an outcome another.
pub(crate) fn operation_state(state: &str, code: Option<&str>, lang: Lang) -> String {
    let key = match (state, code) {
        ("refused", Some("unknown-outcome")) => Key::CliStateUnclear,
        ("prepared", _) => Key::CliStatePrepared,
        ("sent", _) => Key::CliStateSent,
        ("confirmed", _) => Key::CliStateConfirmed,
        ("refused", _) => Key::CliStateRefused,
        ("abandoned", _) => Key::CliStateAbandoned,
        _ => Key::CliStateUnknown,
    };
    lang.text(key).to_owned()
}

/// A register's state in words.
pub(crate) fn word(name: &str, lang: Lang) -> String {
    let key = match name {
        "open" => Key::CliWordOpen,
        "overdue" => Key::CliWordOverdue,
        "closed" => Key::CliWordClosed,
        "blocked" => Key::CliWordBlocked,
        "unknown" => Key::CliStateUnknown,
        other => return other.to_owned(),
    };
    lang.text(key).to_owned()
}

/// A kind of report or operation in words.
pub(crate) fn kind(name: &str, lang: Lang) -> String {
    let key = match name {
        "open" => Key::CliKindOpen,
        "x" => Key::KindX,
        "z" => Key::KindZ,
        "sections" => Key::CliKindSections,
        other => return other.to_owned(),
    };
    lang.text(key).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let text = table(
            &[Head::Name("A"), Head::Text(Key::CliHeadName)],
            &[
                vec!["12345".into(), "Қ".into()],
                vec!["1".into(), "Касса".into()],
            ],
            Lang::Ru,
        );
        assert_eq!(text, "A      Имя\n12345  Қ\n1      Касса");
    }

    #[test]
    fn amounts_are_grouped_and_stand_to_the_right() {
        let sums = ["292730.08", "-5.50", "?"].map(|sum| vec![amount(sum, Lang::Ru)]);
        let text = table(&[Head::Amount(Key::CliHeadCash)], &sums, Lang::Ru);
        let expected = " Наличные\n292\u{a0}730,08\n     −5,50\n         ?";
        assert_eq!(text.replace("  Наличные", " Наличные"), expected);
        assert_eq!(amount("1292730.08", Lang::En), "1,292,730.08");
    }
}
