//! The languages of the paper: one, or Kazakh and Russian side by side as printed forms in Kazakhstan usually have them.

use texts::{Key, Lang};

/// In which language a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// One language.
    One(Lang),
    /// Every caption in Kazakh and in Russian.
    KazakhRussian,
}

impl Default for Language {
    fn default() -> Self {
        Self::One(Lang::Ru)
    }
}

impl Language {
    /// Every language, in the order in which a person is offered them.
    pub const ALL: [Self; 4] = [
        Self::One(Lang::Ru),
        Self::One(Lang::Kk),
        Self::One(Lang::En),
        Self::KazakhRussian,
    ];

    /// `ru`, `kk`, `en` or `kk+ru`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::One(lang) => lang.as_str(),
            Self::KazakhRussian => "kk+ru",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.as_str() == name)
    }

    /// Whose way of writing numbers holds: Kazakh and Russian have the same.
    pub const fn numbers(self) -> Lang {
        match self {
            Self::One(lang) => lang,
            Self::KazakhRussian => Lang::Kk,
        }
    }

    /// As a BCP 47 tag, for the PDF and the SVG.
    pub const fn tag(self) -> &'static str {
        match self.numbers() {
            Lang::Ru => "ru-KZ",
            Lang::Kk => "kk-KZ",
            Lang::En => "en",
        }
    }

    /// A caption: `Сату / Продажи`; where a caption has a stroke of its own, `ЖСН/БСН · ИИН/БИН`.
    pub(crate) fn caption(self, key: Key) -> String {
        joined(&self.lines(key))
    }

    /// A text, each language on its own; once where both say the same.
    pub(crate) fn lines(self, key: Key) -> Vec<String> {
        self.sentences(|lang| lang.text(key).to_owned())
    }

    /// The one language of titles, where two have no room: Russian of the two.
    pub(crate) const fn title(self) -> Lang {
        match self {
            Self::One(lang) => lang,
            Self::KazakhRussian => Lang::Ru,
        }
    }

    /// What `made` makes in each language.
    pub(crate) fn each<T>(self, made: impl Fn(Lang) -> T) -> Vec<T> {
        match self {
            Self::One(lang) => vec![made(lang)],
            Self::KazakhRussian => vec![made(Lang::Kk), made(Lang::Ru)],
        }
    }

    /// What `said` says in each language; once where both say the same.
    pub(crate) fn sentences(self, said: impl Fn(Lang) -> String) -> Vec<String> {
        let mut lines = self.each(said);
        lines.dedup();
        lines
    }
}

/// Both languages on one line. What ends with the sign of a number has it once, beside the number that follows.
pub(crate) fn joined(lines: &[String]) -> String {
    let stroke = lines.iter().any(|line| line.contains('/'));
    let between = if stroke { " · " } else { " / " };
    let bare = |line: &String| Some(line.strip_suffix('№')?.trim_end().to_owned());
    let names: Option<Vec<String>> = lines.iter().map(bare).collect();
    match names {
        Some(names) if names.len() > 1 && names.iter().all(|name| !name.is_empty()) => {
            // No stroke stands alone in the head of a narrow column.
            let between = between.replacen(' ', "\u{a0}", 1);
            format!("{}\u{a0}№", names.join(&between))
        }
        _ => lines.join(between),
    }
}
