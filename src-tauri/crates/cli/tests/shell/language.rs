//! What is said is said in the language that was asked for, and in no other.

use sandbox::Config;
use texts::{Key, Lang};

use crate::shop::{KKM, LOGIN, Shop};

/// What the server says in the outputs below.
const NOT_OURS: [&str; 5] = [
    "Касса 1",
    "Касса 2",
    "Касса 3 (склад)",
    "Айгерім Сәрсенова",
    "Forbidden: за данным пользователем уже числится открытая смена",
];

/// Results, lists and failures: the exit code and everything on both outputs.
fn everything_said(shop: &Shop, lang: &str) -> String {
    let commands: [(&[&str], i32); 27] = [
        (&["shift", "close", "--kkm", "77506"], 1),
        (&["shift", "open", "--kkm", "77506"], 1),
        (&["registers"], 0),
        (&["shift", "show", "--kkm", KKM], 0),
        (&["accounts"], 0),
        (&["archive", "list"], 0),
        (&["archive", "show", "1"], 0),
        (&["archive", "show", "4711"], 2),
        (&["archive", "list", "--from", "2026-13-01"], 2),
        (&["archive", "verify"], 0),
        (&["archive", "continuity"], 0),
        (&["journal", "list"], 0),
        (&["journal", "show", "1"], 0),
        (&["journal", "show", "4711"], 2),
        (&["outbox", "list"], 0),
        (&["archive", "summary"], 0),
        (&["archive", "export", "reports.doc"], 2),
        (
            &["archive", "show", "1", "--pdf", "/no/such/folder/x.pdf"],
            2,
        ),
        (&["shift", "show", "--kkm", KKM, "--csv", "x.csv"], 2),
        (&["print", "list"], 0),
        (&["print", "test", "nowhere"], 2),
        (&["autonomous", "list"], 0),
        (&["autonomous", "on", "--kkm", KKM], 2),
        (&["settings", "list"], 0),
        (&["settings", "set", "colour", "green"], 2),
        (&["recover"], 0),
        (&["no-such-command"], 2),
    ];
    let mut said = String::new();
    for (words, code) in commands {
        let run = shop.run(&[&["--lang", lang], words].concat());
        assert_eq!(run.code, code, "{words:?}: {run:?}");
        assert!(!run.out.is_empty() || !run.err.is_empty(), "{words:?}");
        said.push_str(&run.out);
        said.push_str(&run.err);
    }
    for foreign in NOT_OURS {
        said = said.replace(foreign, "");
    }
    said
}

/// A shop that has an open shift and an X-report.
fn shop_at_work() -> Shop {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    shop.json(&["report", "x", "--kkm", KKM]).value();
    shop
}

#[test]
fn in_english_nothing_is_said_in_cyrillic() {
    let said = everything_said(&shop_at_work(), "en");
    let cyrillic = |line: &&str| {
        line.chars()
            .any(|letter| matches!(letter, '\u{400}'..='\u{4ff}'))
    };
    let lines: Vec<&str> = said.lines().filter(cyrillic).collect();
    assert!(lines.is_empty(), "{lines:#?}");
    assert!(said.contains("No shift is open on this register."));
    assert!(said.contains("The queue is empty."));
}

#[test]
fn in_kazakh_nothing_is_said_in_russian() {
    let said = everything_said(&shop_at_work(), "kk");
    assert!(said.contains("Бұл кассада ашық ауысым жоқ."));
    let mut found = Vec::new();
    for (key, name) in Key::ALL {
        let (russian, kazakh) = (Lang::Ru.text(*key), Lang::Kk.text(*key));
        let words = russian.split(['{', '}']).step_by(2).map(str::trim);
        let russian = words.filter(|words| words.chars().count() > 5 && !kazakh.contains(words));
        found.extend(
            russian
                .filter(|words| said.contains(words))
                .map(|words| (name, words)),
        );
    }
    assert!(found.is_empty(), "{found:#?}\n{said}");
}

#[test]
fn the_settings_language_is_spoken_unless_another_one_is_asked_for() {
    let shop = Shop::new(Config::default());
    let said = |words: &[&str]| {
        let run = shop.run(words);
        format!("{}{}", run.out, run.err)
    };
    assert!(said(&["archive", "list"]).contains("Отчётов нет."));
    assert!(said(&["settings", "set", "language", "en"]).contains("Setting"));
    assert!(said(&["archive", "list"]).contains("There are no reports."));
    assert!(said(&["archive", "show", "1"]).contains("There is no report no. 1"));
    assert!(said(&["--lang", "kk", "archive", "list"]).contains("Есеп жоқ."));
    let refused = shop.json(&["settings", "set", "language", "de"]).error(2);
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("system, ru, kk, en")
    );
    assert!(said(&["accounts"]).contains(LOGIN));
    assert!(said(&["settings", "set", "language", ""]).contains("Настройка"));
}
