//! The page's texts, and what of another language stands among the words that it shows.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::failure::{Failure, Played};

/// So many letters a text needs to be known within a longer one.
const TELLING: usize = 5;

/// The catalogue of a language: `ui/text/*.js`, a JSON object behind `export default`.
pub type Catalogue = BTreeMap<String, String>;

/// Reads it from the page's own files.
pub fn catalogue(language: &str) -> Played<Catalogue> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/text");
    let file = fs::read_to_string(folder.join(format!("{language}.js")))?;
    let object = file.split_once("export default ").unwrap_or_default().1;
    let object = object.trim_end().trim_end_matches(';');
    let odd = |error| Failure::Bench(format!("ui/text/{language}.js: {error}"));
    serde_json::from_str(object).map_err(odd)
}

/// What must not be shown while the page speaks a language.
#[derive(Debug)]
pub struct Foreign {
    texts: Vec<Text>,
    keys: Catalogue,
    latin: bool,
    data: Vec<String>,
}

/// A text of the other language: what stands between its places, in order.
#[derive(Debug)]
struct Text {
    key: String,
    whole: String,
    parts: Vec<String>,
}

impl Text {
    fn new(key: &str, text: &str) -> Self {
        let literal = text.split('{').enumerate().map(|(at, part)| {
            let literal = if at == 0 {
                part
            } else {
                part.split_once('}').unwrap_or_default().1
            };
            literal.trim().to_owned()
        });
        Self {
            key: key.to_owned(),
            whole: text.to_owned(),
            parts: literal.filter(|part| !part.is_empty()).collect(),
        }
    }

    /// Is it this text, or does this text stand in it with its places filled?
    fn is_in(&self, shown: &str) -> bool {
        if shown == self.whole {
            return true;
        }
        let letters: usize = self.parts.iter().map(|part| letters(part)).sum();
        if letters < TELLING {
            return false;
        }
        let mut rest = shown;
        self.parts.iter().all(|part| match find_words(rest, part) {
            Some(end) => {
                rest = rest.get(end..).unwrap_or_default();
                true
            }
            None => false,
        })
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|letter| letter.is_alphabetic()).count()
}

/// Where whole words end that stand in a text.
fn find_words(text: &str, words: &str) -> Option<usize> {
    text.match_indices(words).find_map(|(start, _)| {
        let end = start + words.len();
        let inside = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
        let before = text.get(..start)?.chars().next_back();
        let after = text.get(end..)?.chars().next();
        (!inside(before) && !inside(after)).then_some(end)
    })
}

impl Foreign {
    /// Texts of `other` that are no texts of `spoken`; `data` comes from the server, and may be in any language.
    pub fn new(spoken: &str, other: &str, mut data: Vec<String>) -> Played<Self> {
        let (own, other) = (catalogue(spoken)?, catalogue(other)?);
        let mut texts: Vec<_> = other
            .iter()
            .map(|(key, text)| Text::new(key, text))
            .collect();
        // The same words may be right in both.
        texts.retain(|text| !own.values().any(|own| text.is_in(own)));
        data.sort_by_key(|text| std::cmp::Reverse(text.len()));
        Ok(Self {
            texts,
            keys: own,
            latin: spoken == "en",
            data,
        })
    }

    /// Why these words must not be shown, where they must not.
    pub fn finds(&self, shown: &str) -> Option<String> {
        let own = self.without_data(shown);
        if let Some(key) = own.split_whitespace().find(|word| self.is_key(word)) {
            return Some(format!("{shown:?} names the text {key}"));
        }
        if let Some(text) = self.texts.iter().find(|text| text.is_in(&own)) {
            return Some(format!("{shown:?} is {} of another language", text.key));
        }
        let cyrillic = self.latin
            && own
                .chars()
                .any(|letter| ('\u{400}'..='\u{52f}').contains(&letter));
        cyrillic.then(|| format!("{shown:?} is not English"))
    }

    fn without_data(&self, shown: &str) -> String {
        let mut own = shown.to_owned();
        for data in &self.data {
            own = own.replace(data.as_str(), "*");
        }
        own
    }

    /// The name of a text, or what looks like one.
    fn is_key(&self, word: &str) -> bool {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let plural = format!("{word}#other");
        let named =
            word.contains('.') && (self.keys.contains_key(word) || self.keys.contains_key(&plural));
        let parts: Vec<_> = word.split('.').collect();
        let small = |part: &&str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter == '-')
        };
        named || (parts.len() > 2 && parts.iter().all(small))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_with_its_places_filled_and_within_a_longer_one() {
        let text = Text::new("a", "Смена № {index} закрыта, отчёт сохранён");
        assert!(text.is_in("Касса 1: Смена № 128 закрыта, отчёт сохранён."));
        assert!(!text.is_in("Смена № 128 закрыта"));
        assert!(Text::new("b", "Да").is_in("Да"));
        assert!(!Text::new("b", "Да").is_in("Да, закрыть"));
        assert!(!Text::new("c", "отчёт").is_in("отчёты"));
    }

    #[test]
    fn data_may_be_in_any_language_and_a_name_of_a_text_is_no_text() {
        let english = Foreign::new("en", "ru", vec!["Касса 1".to_owned()]).unwrap();
        assert_eq!(english.finds("Касса 1: open"), None);
        assert!(english.finds("Касса 2").is_some());
        assert!(english.finds("place.settings").is_some());
        assert!(english.finds("count.reports").is_some());
        assert!(english.finds("no.such.text").is_some());
        assert_eq!(english.finds("127.0.0.1, smena.db"), None);
    }
}
