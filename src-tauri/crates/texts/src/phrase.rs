//! A text on its way to a person: it carries its key and values, and is put into words where the language is known.

use std::fmt::Display;

use crate::{Key, Lang};

/// A text of the catalogue with its values, or somebody else's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// Words that are the same in every language: a path, a number, what a server said.
    Given(String),
    /// A text of the catalogue with a value for each of its places.
    Ours(Key, Vec<(&'static str, Phrase)>),
    /// A sum of so many tiyn, as the language writes it.
    Amount(i64),
    /// Phrases in a row with this between them.
    Joined(Vec<Phrase>, &'static str),
}

impl Phrase {
    /// A text of the catalogue, its places not yet filled.
    pub const fn of(key: Key) -> Self {
        Self::Ours(key, Vec::new())
    }

    /// Words that are the same in every language.
    pub fn given(words: impl ToString) -> Self {
        Self::Given(words.to_string())
    }

    /// Phrases in a row with `between` between them.
    pub fn joined(phrases: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        Self::Joined(phrases.into_iter().collect(), between)
    }

    /// The same with words for a place.
    #[must_use]
    pub fn with(self, place: &'static str, words: impl ToString) -> Self {
        self.holding(place, Self::given(words))
    }

    /// The same with a sum of so many tiyn in a place.
    #[must_use]
    pub fn with_amount(self, place: &'static str, tiyn: i64) -> Self {
        self.holding(place, Self::Amount(tiyn))
    }

    /// The same with another phrase in a place.
    #[must_use]
    pub fn holding(mut self, place: &'static str, phrase: Self) -> Self {
        if let Self::Ours(_, values) = &mut self {
            values.push((place, phrase));
        }
        self
    }

    /// In words.
    pub fn to(&self, lang: Lang) -> String {
        match self {
            Self::Given(words) => words.clone(),
            Self::Amount(tiyn) => lang.amount(*tiyn),
            Self::Joined(phrases, between) => {
                let phrases: Vec<String> = phrases.iter().map(|phrase| phrase.to(lang)).collect();
                phrases.join(between)
            }
            Self::Ours(key, values) => {
                let words = values.iter().map(|(place, value)| (*place, value.to(lang)));
                let words: Vec<(&str, String)> = words.collect();
                let mut values: Vec<(&str, &dyn Display)> = Vec::new();
                for (place, words) in &words {
                    values.push((place, words));
                }
                lang.fill(*key, &values)
            }
        }
    }
}

impl From<Key> for Phrase {
    fn from(key: Key) -> Self {
        Self::of(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_phrase_holds_another_in_the_same_language() {
        let why = Phrase::of(Key::WhatReportAltered).with("number", 7);
        let phrase = Phrase::of(Key::WhatCannotRestore)
            .with("path", "/a{why}b")
            .holding("why", why);
        assert_eq!(
            phrase.to(Lang::Ru),
            "Восстановить из этого файла нельзя: /a{why}b (отчёт № 7 изменён после записи)"
        );
        assert_eq!(
            phrase.to(Lang::En),
            "The data cannot be restored from this file: /a{why}b (report no. 7 was changed after it was written)"
        );
    }
}
