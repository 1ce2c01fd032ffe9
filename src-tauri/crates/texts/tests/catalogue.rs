//! The catalogue is whole: the same keys, places and plural forms as each language needs.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use texts::{Key, Lang, Plural};

/// What Unicode's CLDR asks of whole numbers.
fn categories(lang: Lang) -> BTreeSet<&'static str> {
    match lang {
        Lang::Ru => ["one", "few", "many"].into(),
        Lang::Kk | Lang::En => ["one", "other"].into(),
    }
}

fn catalogue(lang: Lang) -> BTreeMap<String, String> {
    let path = format!("../../../ui/text/{}.js", lang.as_str());
    let file = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let (_, object) = file.split_once("export default ").unwrap();
    serde_json::from_str(object.trim_end().trim_end_matches(';')).unwrap()
}

fn places(text: &str) -> BTreeSet<String> {
    let parts = text.split('{').skip(1);
    parts
        .map(|part| part.split('}').next().unwrap().to_owned())
        .collect()
}

#[test]
fn every_language_has_the_same_keys_and_the_plural_forms_it_needs() {
    let bases = |lang: Lang| -> BTreeSet<String> {
        let all = catalogue(lang);
        let mut forms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for name in all.keys() {
            let (base, form) = name.split_once('#').unwrap_or((name, ""));
            forms
                .entry(base.to_owned())
                .or_default()
                .insert(form.to_owned());
        }
        for (base, forms) in &forms {
            let needed = categories(lang).into_iter().map(str::to_owned).collect();
            assert!(
                *forms == ["".to_owned()].into() || *forms == needed,
                "{lang:?} {base}: {forms:?}"
            );
        }
        forms.into_keys().collect()
    };
    assert!(bases(Lang::Ru).len() > 100);
    assert_eq!(bases(Lang::Ru), bases(Lang::Kk));
    assert_eq!(bases(Lang::Ru), bases(Lang::En));
}

#[test]
fn every_language_has_the_same_places_and_no_text_is_empty() {
    for (key, name) in Key::ALL {
        let russian = places(Lang::Ru.text(*key));
        for lang in Lang::ALL {
            let text = lang.text(*key);
            assert!(!text.trim().is_empty(), "{lang:?} {name}");
            assert_eq!(places(text), russian, "{lang:?} {name}");
        }
    }
    for lang in Lang::ALL {
        for (name, text) in catalogue(lang)
            .into_iter()
            .filter(|(name, _)| name.contains('#'))
        {
            assert!(places(&text).contains("count"), "{lang:?} {name}");
        }
    }
}

#[test]
fn a_number_takes_its_form_in_russian_kazakh_and_english() {
    let of = |lang: Lang, number| lang.plural(Plural::CountReports, number);
    for (number, form) in [
        (0, "0 отчётов"),
        (1, "1 отчёт"),
        (2, "2 отчёта"),
        (4, "4 отчёта"),
        (5, "5 отчётов"),
        (11, "11 отчётов"),
        (12, "12 отчётов"),
        (14, "14 отчётов"),
        (21, "21 отчёт"),
        (22, "22 отчёта"),
        (111, "111 отчётов"),
        (1_001, "1\u{a0}001 отчёт"),
    ] {
        assert_eq!(of(Lang::Ru, number), form);
    }
    for number in [0, 1, 2, 5, 21] {
        assert_eq!(of(Lang::Kk, number), format!("{number} есеп"));
    }
    assert_eq!(of(Lang::En, 1), "1 report");
    assert_eq!(of(Lang::En, 0), "0 reports");
    assert_eq!(of(Lang::En, 21), "21 reports");
}

/// Words that are the same in Russian and Kazakh.
const SAME_IN_KAZAKH: [&str; 12] = [
    "{minutes} мин",
    "Журнал",
    "Журнал №",
    "Касса",
    "Кассир",
    "Код",
    "Номинал",
    "Операция",
    "Принтер",
    "Сервер",
    "Телефон",
    "касса",
];

#[test]
fn english_has_no_cyrillic_and_kazakh_is_not_russian() {
    let (russian, kazakh, english) = (
        catalogue(Lang::Ru),
        catalogue(Lang::Kk),
        catalogue(Lang::En),
    );
    for (name, text) in &english {
        let cyrillic = text.chars().find(|it| matches!(it, '\u{400}'..='\u{4ff}'));
        assert_eq!(cyrillic, None, "en {name}: {text}");
    }
    let mut same = BTreeSet::new();
    for (name, text) in &kazakh {
        let has_words = text.chars().any(|it| matches!(it, '\u{400}'..='\u{4ff}'));
        if has_words && russian.get(name) == Some(text) {
            same.insert(text.as_str());
        }
        // Letters that Kazakh words do not have.
        let foreign = text.chars().find(|it| "ёщъЁЩЪ".contains(*it));
        assert_eq!(foreign, None, "kk {name}: {text}");
    }
    assert_eq!(same, SAME_IN_KAZAKH.into());
}

/// Every source file that may name a text: the page's and the program's.
fn sources() -> String {
    fn gather(folder: &Path, extension: &str, into: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && !["node_modules", "text", "target", "tests"].contains(&name) {
                gather(&path, extension, into);
            } else if path.extension().is_some_and(|it| it == extension) {
                into.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let mut all = String::new();
    gather(&root.join("ui"), "js", &mut all);
    gather(&root.join("src-tauri"), "rs", &mut all);
    all
}

#[test]
fn every_text_is_said_somewhere() {
    let sources = sources();
    let keys = Key::ALL
        .iter()
        .map(|(key, name)| (format!("Key::{key:?}"), *name));
    let plurals = Plural::ALL
        .iter()
        .map(|(text, name)| (format!("Plural::{text:?}"), *name));
    let mut silent = Vec::new();
    for (variant, name) in keys.chain(plurals) {
        // The page makes some names of a group and a word: t(`state.${state}`).
        let group = name.rsplit_once('.').map_or("", |(group, _)| group);
        let said = named(&sources, &variant)
            || sources.contains(&format!("'{name}'"))
            || sources.contains(&format!("`{group}.${{"));
        if !said {
            silent.push(name);
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

/// Whether a variant is named, and not just one whose name begins with it.
fn named(sources: &str, variant: &str) -> bool {
    sources.match_indices(variant).any(|(at, _)| {
        let after = sources[at + variant.len()..].chars().next();
        !after.is_some_and(|it| it.is_alphanumeric() || it == '_')
    })
}
