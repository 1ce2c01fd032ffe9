//! Each thing that goes wrong: the exit code, a message with its remedy, and nothing changed.

use std::fs;

use crate::shop::{KKM, LOGIN, PASSWORD, PASSWORD_MARK, Shop, run_in};
use sandbox::Config;
use serde_json::Value;

/// The error is this one, with a message and a remedy that say these words.
pub(crate) fn says(error: &Value, code: &str, message: &str, remedy: &str) {
    assert_eq!(error["code"], code, "{error}");
    assert!(
        error["message"].as_str().unwrap().contains(message),
        "{error}"
    );
    assert!(
        error["remedy"].as_str().unwrap().contains(remedy),
        "{error}"
    );
}

fn with_faults(rules: &[&str]) -> Config {
    Config {
        faults: rules.iter().map(|rule| rule.parse().unwrap()).collect(),
        ..Config::default()
    }
}

#[test]
fn a_wrong_password_is_4() {
    let shop = Shop::closed_door(Config::default());
    let url = shop.url.clone();
    let args = [
        "--json",
        "--server",
        &url,
        "login",
        "--login",
        LOGIN,
        "--password-stdin",
        "--store",
        "passphrase",
    ];
    let error = shop.run_with_stdin(&args, PASSWORD_MARK).error(4);
    says(
        &error,
        "wrong-credentials",
        "пароль",
        "Проверьте номер и пароль",
    );
    assert_eq!(shop.json(&["accounts"]).value(), serde_json::json!([]));
    assert!(shop.acts().is_empty());
}

#[test]
fn an_unknown_register_is_1() {
    let shop = Shop::new(Config::default());
    let before = shop.state();
    for command in [
        ["shift", "open"],
        ["shift", "show"],
        ["shift", "close"],
        ["report", "x"],
        ["report", "sections"],
    ] {
        let error = shop
            .json(&[&command[..], &["--kkm", "99999"]].concat())
            .error(1);
        says(
            &error,
            "wrong-register",
            "не даёт доступа к этой кассе",
            "IdKkm",
        );
    }
    assert_eq!(shop.state(), before);
}

#[test]
fn an_unknown_shift_is_1() {
    let shop = Shop::new(Config::default());
    let error = shop
        .json(&["shift", "show", "--shift", "99999999"])
        .error(1);
    says(
        &error,
        "wrong-shift",
        "не даёт доступа к этой смене",
        "IdShift",
    );
}

#[test]
fn a_blocked_register_is_1() {
    let shop = Shop::new(Config {
        blocked_register: true,
        ..Config::default()
    });
    let before = shop.state();
    let error = shop.json(&["shift", "open", "--kkm", "77508"]).error(1);
    says(
        &error,
        "register-blocked",
        "заблокирована",
        "технической поддержкой",
    );
    assert_eq!(shop.state(), before);
}

#[test]
fn a_register_that_was_blocked_during_its_shift_is_1() {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    shop.world.set_blocked(77505, true).unwrap();

    for command in [["report", "x"], ["shift", "close"]] {
        let error = shop
            .json(&[&command[..], &["--kkm", KKM]].concat())
            .error(1);
        says(
            &error,
            "register-blocked",
            "заблокирована",
            "технической поддержкой",
        );
    }
    // The sections are read before an X or a Z; a reading is in the ledger and changes nothing.
    let mut acts = shop.acts();
    acts.retain(|act| !act.starts_with("SectionsTaken"));
    assert_eq!(acts, ["Opened 77505"]);
    assert_eq!(shop.state().1, serde_json::json!([]));
}

#[test]
fn a_shift_that_is_open_already_is_1() {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let before = shop.state();
    // 403: on this register.
    let error = shop.json(&["shift", "open", "--kkm", KKM]).error(1);
    says(
        &error,
        "shift-already-open",
        "уже открыта",
        "Новая смена не нужна",
    );
    // 424: this user has one elsewhere.
    let error = shop.json(&["shift", "open", "--kkm", "77506"]).error(1);
    says(
        &error,
        "user-has-open-shift",
        "уже числится открытая смена",
        "Закройте ту смену",
    );
    assert_eq!(shop.state(), before);
}

#[test]
fn a_shift_that_is_closed_is_1() {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    shop.json(&["shift", "close", "--kkm", KKM]).value();
    let before = shop.state();
    for command in [["shift", "close"], ["report", "x"]] {
        let error = shop
            .json(&[&command[..], &["--kkm", KKM]].concat())
            .error(1);
        says(
            &error,
            "no-open-shift",
            "нет открытой смены",
            "откройте смену",
        );
    }
    assert_eq!(shop.state(), before);
}

#[test]
fn an_overdue_shift_says_so_and_can_be_closed() {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    shop.world.advance(chrono::TimeDelta::hours(25));
    assert_eq!(shop.sign_in(LOGIN).code, 0, "the token has expired by then");
    assert_eq!(
        shop.json(&["shift", "show", "--kkm", KKM]).value()["status"],
        "overdue"
    );
    let board = shop.json(&["registers"]).value();
    assert_eq!(board["registers"][0]["state"], "overdue", "it comes first");
    assert_eq!(
        shop.json(&["shift", "close", "--kkm", KKM]).value()["z"]["kind"],
        "z"
    );
}

#[test]
fn a_410_from_the_server_is_1() {
    let shop = Shop::new(with_faults(&[r"POST /shifts/\d+/z 1 status:410"]));
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let before = shop.state();
    let error = shop.json(&["shift", "close", "--kkm", KKM]).error(1);
    says(&error, "shift-closed", "уже закрыта", "Z-отчёт");
    assert_eq!(shop.state().1, before.1, "no report was made up");
    assert!(!shop.acts().iter().any(|act| act.starts_with("Closed")));
}

#[test]
fn no_server_is_5() {
    let mut shop = Shop::new(Config::default());
    let before = shop.state();
    let url = shop.url.clone();
    shop.stop_the_server();
    for args in [
        &["shift", "close", "--kkm", KKM][..],
        &["shift", "open", "--kkm", KKM],
        &["registers"],
    ] {
        let error = shop.json(args).error(5);
        says(&error, "no-link", "Нет связи", "Проверьте интернет");
    }
    let login = [
        "--json",
        "--server",
        &url,
        "login",
        "--login",
        LOGIN,
        "--password-stdin",
        "--store",
        "passphrase",
    ];
    let read = shop.json(&["registers"]).error(5);
    says(&read, "no-link", "Нет связи", "адрес сервера");
    assert!(!read.to_string().contains("Ничего не отправлено"), "{read}");
    says(
        &shop.run_with_stdin(&login, PASSWORD).error(5),
        "no-link",
        "Ничего не отправлено",
        "адрес сервера",
    );
    assert_eq!(shop.state(), before);
}

#[test]
fn a_proxys_page_is_a_clear_failure() {
    let shop = Shop::new(with_faults(&[r"GET /kkms.* * html"]));
    let before = shop.acts();
    for args in [&["registers"][..], &["shift", "open", "--kkm", KKM]] {
        let error = shop.json(args).error(1);
        says(
            &error,
            "not-the-api",
            "Ответил не сервер касс",
            "Проверьте адрес сервера",
        );
    }
    assert_eq!(shop.acts(), before);
}

#[test]
fn half_a_json_on_a_z_is_3_and_recover_settles_it() {
    let shop = Shop::new(with_faults(&[r"POST /shifts/\d+/z 1-2 truncate"]));
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let before = shop.state().1;
    let error = shop.json(&["shift", "close", "--kkm", KKM]).error(3);
    says(&error, "unknown-outcome", "Неизвестно", "smenactl recover");
    let number = error["journal"]
        .as_i64()
        .expect("the journal number is named");
    assert_eq!(shop.state().1, before, "half a report is no report");
    assert_eq!(
        shop.json(&["journal", "show", &number.to_string()]).value()["state"],
        "unknown"
    );
    assert_eq!(
        shop.json(&["journal", "list", "--unresolved"]).value()[0]["number"],
        number
    );

    let settled = shop.json(&["recover"]).value();
    assert_eq!(settled[0]["number"], number);
    assert_eq!(settled[0]["state"], "confirmed");
    assert_eq!(
        shop.acts()
            .iter()
            .filter(|act| act.starts_with("Closed"))
            .count(),
        1
    );
    assert_eq!(
        shop.json(&["archive", "list", "--type", "z"])
            .value()
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn what_stays_unknown_after_recover_is_3() {
    let mut shop = Shop::new(with_faults(&[r"POST /shifts/\d+/z * truncate"]));
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let number = shop.json(&["shift", "close", "--kkm", KKM]).error(3)["journal"].clone();
    let error = shop.json(&["recover"]).error(3);
    says(&error, "unresolved", "выяснить пока не удалось", "recover");
    assert_eq!(error["journal"], number);
    // Nothing new starts on a register that has something unresolved.
    let run = shop.json(&["shift", "close", "--kkm", KKM]);
    assert_ne!(run.code, 0, "{run:?}");
    assert_eq!(
        shop.acts()
            .iter()
            .filter(|act| act.starts_with("Closed"))
            .count(),
        1
    );
    // Without a link that is still what stands in the way: nobody is told to repeat it.
    shop.stop_the_server();
    for command in ["close", "open"] {
        let error = shop.json(&["shift", command, "--kkm", KKM]).error(3);
        assert_eq!(
            (&error["code"], &error["journal"]),
            (&Value::from("unresolved"), &number),
            "{command}"
        );
    }
}

#[test]
fn a_data_folder_that_cannot_be_used_is_6() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "not a folder").unwrap();
    for args in [
        &["registers"][..],
        &["accounts"],
        &["--training", "registers"],
    ] {
        let error = run_in(&file.join("data"), &[&["--json"], args].concat(), "").error(6);
        says(
            &error,
            "data-folder",
            "Папкой данных нельзя пользоваться",
            "Проверьте права на папку",
        );
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "not a folder");
}

#[test]
fn a_pdf_that_cannot_be_written_after_a_z_is_7_and_the_report_is_kept() {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    // Longer than any file system takes: seen only when the file is made.
    let path = shop.path(&("я".repeat(300) + ".pdf"));
    let run = shop.json(&[
        "shift",
        "close",
        "--kkm",
        KKM,
        "--pdf",
        path.to_str().unwrap(),
    ]);
    let error = run.error(7);
    says(&error, "output-failed", "сохранён в архиве", "archive show");
    let shown: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        shown["z"]["kind"], "z",
        "the result is on the standard output all the same"
    );
    let number = shown["z"]["number"].to_string();
    assert_eq!(
        shop.acts()
            .iter()
            .filter(|act| act.starts_with("Closed"))
            .count(),
        1
    );

    // An existing file is replaced only by force.
    let path = shop.path("z.pdf");
    fs::write(&path, "mine").unwrap();
    let path = path.to_str().unwrap();
    says(
        &shop
            .json(&["archive", "show", &number, "--pdf", path])
            .error(2),
        "bad-input",
        "Файл уже есть",
        "--force",
    );
    assert_eq!(fs::read_to_string(path).unwrap(), "mine");
    shop.json(&["archive", "show", &number, "--pdf", path, "--force"])
        .value();
    assert!(fs::read(path).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn a_count_that_differs_without_a_reason_is_2_and_closes_nothing() {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let before = shop.state();
    let close = [
        "shift",
        "close",
        "--kkm",
        KKM,
        "--x-first",
        "--counted",
        "1000",
    ];
    let error = shop.json(&close).error(2);
    says(&error, "reason-missing", "недостача", "--reason");
    assert_eq!(error["params"]["counted"], "1000.00");
    let expected = error["params"]["expected"].as_str().unwrap();
    let said = shop.run(&close).err;
    assert!(said.contains("Пересчитано 1\u{a0}000,00 ₸"), "{said}");
    shop.json(&["settings", "set", "blind-count", "on"]).value();
    let blind = shop.json(&close).error(2);
    says(&blind, "reason-missing", "не сходится", "--reason");
    assert!(!blind.to_string().contains(expected), "{blind}");
    assert!(!blind.to_string().contains("недостача"), "{blind}");
    assert_eq!(shop.state(), before);
    shop.json(&[&close[..], &["--reason", "размен"]].concat())
        .value();
}

#[test]
fn what_was_typed_wrong_is_2_and_nothing_is_sent() {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let before = shop.state();
    for args in [
        &["shift", "close", "--kkm", KKM, "--counted", "много"][..],
        &["shift", "close", "--kkm", KKM, "--counted", "-5"],
        &["shift", "close"],
        &["shift", "open", "--kkm", "первая"],
        &["shift", "show"],
        &["archive", "show", "4711"],
        &["journal", "show", "4711"],
        &["--lang", "de", "registers"],
        &["no-such-command"],
        &[
            "--server",
            "http://example.kz",
            "login",
            "--login",
            LOGIN,
            "--password-env",
            "SMENA_PASSPHRASE",
        ],
        &["login", "--login", LOGIN],
    ] {
        let error = shop.json(args).error(2);
        assert_eq!(error["code"], "bad-input", "{error}");
    }
    assert_eq!(shop.state(), before);
}

#[test]
fn a_failure_for_people_has_its_remedy_too() {
    let shop = Shop::new(Config::default());
    let run = shop.run(&["shift", "close", "--kkm", KKM]);
    assert_eq!(run.code, 1);
    assert!(run.out.is_empty());
    assert!(
        run.err
            .contains("Ошибка: На этой кассе нет открытой смены."),
        "{run:?}"
    );
    assert!(
        run.err
            .contains("Что делать: Сначала откройте смену: smenactl shift open --kkm 77505."),
        "{run:?}"
    );
}
