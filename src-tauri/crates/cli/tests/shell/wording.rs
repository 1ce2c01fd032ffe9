//! What a failure says to people in a shell: what is true there, once, in their language, with the command that helps.

use sandbox::Config;

use crate::shop::{KKM, Shop};

const UNSENT: &str = "Ничего не отправлено";

/// A shop with an open shift.
fn open() -> Shop {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    shop
}

#[test]
fn only_where_something_is_sent_it_is_said_that_nothing_was() {
    let shop = open();
    let taken = shop.path("taken.pdf");
    std::fs::write(&taken, "mine").unwrap();
    let taken = taken.to_str().unwrap();
    for words in [
        &["shift", "close", "--kkm", KKM, "--counted", "много"][..],
        &["report", "x", "--kkm", KKM, "--pdf", taken],
        &["shift", "open", "--kkm", KKM, "--autonomous"],
    ] {
        let run = shop.run(words);
        assert_eq!(
            (run.code, run.err.matches(UNSENT).count()),
            (2, 1),
            "{run:?}"
        );
    }
    for words in [
        &["archive", "show", "999"][..],
        &["archive", "export", taken],
        &["archive", "export", "/no/such/folder/all.csv"],
        &["archive", "summary", "--pdf", taken],
        &["journal", "show", "999"],
        &["settings", "set", "paper", "a5"],
        &["support-bundle", taken],
        &["backup", taken],
        &["no-such-command"],
    ] {
        let run = shop.run(words);
        assert_eq!((run.code, run.err.contains(UNSENT)), (2, false), "{run:?}");
    }
}

#[test]
fn nothing_is_said_twice_and_nothing_in_the_words_of_the_program() {
    let shop = open();
    for words in [
        &["archive", "show", "999"][..],
        &["shift", "close", "--kkm", "99"],
        &["shift", "open", "--kkm", KKM],
        &["outbox", "withdraw", "7"],
        &["print", "retry", "7"],
        &["shift", "open", "--kkm", KKM, "--autonomous"],
    ] {
        let run = shop.run(words);
        assert_ne!(run.code, 0, "{run:?}");
        for line in run
            .err
            .lines()
            .filter(|line| !line.contains("Для поддержки"))
        {
            let label = line.split(':').next().unwrap().trim();
            let latin = label.chars().all(|it| it.is_ascii_lowercase() || it == '-');
            assert!(!latin, "{label} in {}", run.err);
            let said = label.len() > 20 && run.err.matches(line.trim()).count() > 1;
            assert!(!said, "{line} in {}", run.err);
        }
        // Programs have all of it.
        let error = shop.json(words).error(run.code);
        assert!(error["params"].is_object());
    }
    let refused = shop.json(&["shift", "close", "--kkm", "99"]).error(1);
    assert_eq!(refused["params"]["http-status"], "403");
    let said = shop.run(&["shift", "close", "--kkm", "99"]).err;
    assert!(said.contains("Код ответа HTTP: 403"), "{said}");
    assert!(!said.contains("http-status"), "{said}");
}

#[test]
fn a_value_that_does_not_fit_is_told_with_what_would() {
    let shop = Shop::closed_door(Config::default());
    for (words, fits) in [
        (&["--lang", "de", "registers"][..], "ru, kk, en"),
        (
            &["report", "x", "--kkm", KKM, "--paper", "a5"],
            "80, 58, a4",
        ),
        (&["shift", "show", "--kkm", "abc"], "целое число"),
        (&["archive", "list", "--limit", "0"], "от 1 до 100000"),
        (
            &[
                "shift",
                "open",
                "--kkm",
                KKM,
                "--autonomous",
                "--date",
                "вчера",
            ],
            "2026-11-24T21:00:00+05:00",
        ),
    ] {
        let error = shop.json(words).error(2);
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(fits), "{message}");
    }
    // It is whole, whatever else is wrong with it.
    let much = ["shift", "show", "--kkm", "99999999999999999999"];
    let error = shop.json(&much).error(2);
    let message = error["message"].as_str().unwrap();
    assert!(!message.contains("целое число"), "{message}");
    let shop = open();
    let negative = ["shift", "close", "--kkm", KKM, "--counted", "-5,50"];
    let error = shop.json(&negative).error(2);
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("меньше нуля"), "{message}");
}

#[test]
fn a_fault_and_a_port_that_will_not_do_are_told_in_the_readers_language() {
    let shop = open();
    let wrong = ["sandbox", "--fault", "POST .* 1 explode"];
    for (lang, said) in [
        ("ru", "действия «explode» нет"),
        ("kk", "«explode» әрекеті жоқ"),
    ] {
        let run = shop.run(&[&["--lang", lang], &wrong[..]].concat());
        assert!(run.code == 2 && run.err.contains(said), "{run:?}");
        for action in sandbox::ACTIONS {
            assert!(run.err.contains(action), "{action}: {run:?}");
        }
    }
    let nth = shop
        .json(&["sandbox", "--fault", "POST .* 0 html"])
        .error(2);
    assert!(nth["message"].as_str().unwrap().contains("который запрос"));
    let help = shop.run(&["sandbox", "--help"]).out;
    for action in sandbox::ACTIONS {
        assert!(help.contains(action), "{action} is not in\n{help}");
    }
    let (_, port) = shop.url.rsplit_once(':').unwrap();
    let taken = shop.json(&["sandbox", "--port", port]).error(6);
    assert_eq!(taken["code"], "port-unusable");
    let message = taken["message"].as_str().unwrap();
    assert!(
        message.contains(port) && message.contains("занят"),
        "{message}"
    );
    assert!(taken["remedy"].as_str().unwrap().contains("--port 0"));
}

#[test]
fn a_remedy_names_the_command_and_not_the_windows_things() {
    let shop = open();
    for (words, code, command) in [
        (
            &["shift", "open", "--kkm", KKM][..],
            1,
            "smenactl shift show --kkm 77505",
        ),
        (
            &["shift", "close", "--kkm", "77506"],
            1,
            "smenactl shift open --kkm 77506",
        ),
        (
            &["shift", "open", "--kkm", "77506"],
            1,
            "smenactl shift close --kkm 77505",
        ),
        (
            &["shift", "open", "--kkm", KKM, "--autonomous"],
            2,
            "smenactl autonomous on --kkm 77505 --i-have-a-licence",
        ),
        (&["report", "x", "--kkm", "99"], 1, "smenactl registers"),
    ] {
        let error = shop.json(words).error(code);
        let remedy = error["remedy"].as_str().unwrap();
        assert!(remedy.contains(command), "{words:?}: {remedy}");
    }
}

#[test]
fn people_are_told_that_an_answer_is_awaited() {
    let shop = Shop::new(Config {
        faults: vec!["POST /shifts 1 delay:6000".parse().unwrap()],
        ..Config::default()
    });
    let run = shop.run(&["shift", "open", "--kkm", KKM]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("ждём"), "{run:?}");
}
