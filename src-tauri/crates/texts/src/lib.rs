//! Every text a person reads, in Russian, Kazakh and English: one catalogue for the program and its page.
//!
//! The catalogue is `ui/text/{ru,kk,en}.js`. [`Key`] and [`Plural`] are made from it when this crate is built, so a text that
//! is asked for exists in every language. `{name}` in a text is a place for a value. A text that depends on a whole number
//! has a form for each plural category of its language (Unicode CLDR).

use std::fmt::Display;

use icu_locale_core::locale;
use icu_plurals::{PluralCategory, PluralRules};

#[allow(clippy::as_conversions, reason = "made from the catalogue")]
mod catalogue {
    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

    impl Key {
        pub(crate) fn texts(self) -> [&'static str; 3] {
            TEXTS.get(self as usize).copied().unwrap_or_default()
        }
    }

    impl Plural {
        pub(crate) fn forms(self) -> [[&'static str; 4]; 3] {
            FORMS.get(self as usize).copied().unwrap_or_default()
        }
    }
}

mod phrase;

pub use catalogue::{Key, Plural};
pub use phrase::Phrase;

/// A language of the program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Russian.
    #[default]
    Ru,
    /// Kazakh.
    Kk,
    /// English.
    En,
}

impl Lang {
    /// Every language, in the order in which a person is offered them.
    pub const ALL: [Self; 3] = [Self::Ru, Self::Kk, Self::En];

    /// The language's code: `ru`, `kk`, `en`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::Kk => "kk",
            Self::En => "en",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.as_str() == name)
    }

    /// A text in this language, its places not filled.
    pub fn text(self, key: Key) -> &'static str {
        self.of(key.texts())
    }

    /// A text in this language with its places filled.
    pub fn fill(self, key: Key, values: &[(&str, &dyn Display)]) -> String {
        filled(self.text(key), values)
    }

    /// The form of a text that goes with `number`; `{count}` in it is `number` as [`Self::whole`] writes it.
    pub fn plural(self, text: Plural, number: i64) -> String {
        let forms = self.of(text.forms());
        let form = forms[self.category(number)];
        filled(form, &[("count", &self.whole(number))])
    }

    /// A whole number, grouped by three: `1 234 567`, in English `1,234,567`; below zero with a true minus sign.
    pub fn whole(self, number: i64) -> String {
        let group = if self == Self::En { ',' } else { '\u{a0}' };
        let digits = number.unsigned_abs().to_string();
        let mut text = String::with_capacity(digits.len() * 2);
        if number < 0 {
            text.push('\u{2212}');
        }
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(group);
            }
            text.push(digit);
        }
        text
    }

    /// A sum in tenge of so many tiyn, grouped, with two decimals: `1 228 340,94`, in English `1,228,340.94`.
    pub fn amount(self, tiyn: i64) -> String {
        let (whole, rest) = (tiyn / 100, (tiyn % 100).unsigned_abs());
        // Between −0,99 and −0,01 the whole part has no sign of its own.
        let sign = if tiyn < 0 && whole == 0 {
            "\u{2212}"
        } else {
            ""
        };
        let mark = if self == Self::En { '.' } else { ',' };
        format!("{sign}{}{mark}{rest:02}", self.whole(whole))
    }

    /// Where the plural category of `number` stands among one, few, many, other.
    fn category(self, number: i64) -> usize {
        let locale = self.of([locale!("ru"), locale!("kk"), locale!("en")]);
        let rules = PluralRules::try_new_cardinal(locale.into()).ok();
        match rules.map(|rules| rules.category_for(number)) {
            Some(PluralCategory::One) => 0,
            Some(PluralCategory::Few) => 1,
            Some(PluralCategory::Many) => 2,
            _ => 3,
        }
    }

    fn of<T>(self, [ru, kk, en]: [T; 3]) -> T {
        match self {
            Self::Ru => ru,
            Self::Kk => kk,
            Self::En => en,
        }
    }
}

/// A value is put in as it is: a place that stands in it is not filled again.
fn filled(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after
            .split_once('}')
            .and_then(|(name, after)| Some((values.iter().find(|(it, _)| *it == name)?, after)));
        if let Some(((_, value), after)) = value {
            filled.push_str(&value.to_string());
            rest = after;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_with_braces_is_left_as_it_is() {
        let values: [(&str, &dyn Display); 2] = [("a", &"{b}"), ("b", &1)];
        assert_eq!(filled("{a} и {b}, {c} {", &values), "{b} и 1, {c} {");
    }

    #[test]
    fn whole_numbers_are_grouped() {
        assert_eq!(Lang::Ru.whole(-1_234_567), "\u{2212}1\u{a0}234\u{a0}567");
        assert_eq!(Lang::En.whole(1_000), "1,000");
        assert_eq!(Lang::Kk.whole(999), "999");
        assert_eq!(
            Lang::En.whole(i64::MIN),
            "\u{2212}9,223,372,036,854,775,808"
        );
    }
}
