//! The archive and the journal from a shell.

use std::fs;

use chrono::{DateTime, Days, Local};
use sandbox::Config;
use serde_json::{Value, json};

use crate::shop::{KKM, LOGIN, PASSWORD, Shop, program, run_in};

/// Opens a shift and closes it; gives its Z-report.
fn a_day(shop: &Shop) -> Value {
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    shop.json(&["shift", "close", "--kkm", KKM]).value()["z"].clone()
}

#[test]
fn reports_are_listed_by_day_and_shift() {
    let shop = Shop::new(Config::default());
    let first = a_day(&shop);
    let second = a_day(&shop);
    let list = |args: &[&str]| {
        let list = shop.json(&[&["archive", "list"], args].concat()).value();
        let numbers = list
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["number"].clone());
        Value::Array(numbers.collect())
    };
    let both = json!([second["number"], first["number"]]);
    assert_eq!(list(&[]), both);
    let index = first["shiftIndex"].to_string();
    assert_eq!(list(&["--shift", &index]), json!([first["number"]]));

    let day = |z: &Value| {
        let taken = DateTime::parse_from_rfc3339(z["taken"].as_str().unwrap()).unwrap();
        taken.with_timezone(&Local).date_naive()
    };
    let (from, to) = (day(&first).to_string(), day(&second).to_string());
    assert_eq!(list(&["--from", &from, "--to", &to]), both);
    let later = (day(&second) + Days::new(1)).to_string();
    assert_eq!(list(&["--from", &later]), json!([]));
    let earlier = (day(&first) - Days::new(1)).to_string();
    assert_eq!(list(&["--to", &earlier]), json!([]));
}

#[test]
fn days_that_are_none_are_2_and_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let list = |args: &[&str]| {
        let args = [&["--training", "--json", "archive", "list"], args].concat();
        let error = run_in(folder.path(), &args, "").error(2);
        assert_eq!(error["code"], "bad-input");
        format!("{} {}", error["message"], error["remedy"])
    };
    for bad in [
        "2026-13-01",
        "2026-02-30",
        "24.13.2026",
        "4.11.2026",
        "2026-1-5",
        "",
        "вчера",
        "+12026-01-01",
    ] {
        let said = list(&[&format!("--from={bad}")]);
        assert!(said.contains(&format!("«{bad}» — не день")), "{said}");
        assert!(said.contains("2026-11-24"), "{said}");
    }
    let said = list(&["--from", "24.11.2026", "--to", "2026-11-23"]);
    assert!(
        said.contains("2026-11-24 позже последнего 2026-11-23"),
        "{said}"
    );
}

/// Where clocks are put forward at midnight, a day begins at one o'clock.
#[cfg(target_os = "linux")]
#[test]
fn a_day_without_a_midnight_is_a_day() {
    let folder = tempfile::tempdir().unwrap();
    for day in ["2026-11-01", "2026-02-22"] {
        let args = [
            "--training",
            "--json",
            "archive",
            "list",
            "--from",
            day,
            "--to",
            day,
        ];
        let run = program(folder.path(), &args)
            .env("TZ", "XXX3YYY2,M11.1.0/0,M2.4.0/0")
            .output()
            .unwrap();
        assert!(run.status.success(), "{run:?}");
    }
}

#[test]
fn continuity_tells_what_is_missing_and_is_0() {
    let shop = Shop::new(Config::default());
    assert_eq!(
        shop.json(&["archive", "continuity"]).value(),
        json!({"whole": true, "registers": [], "untold": 0})
    );
    let first = a_day(&shop)["shiftIndex"].as_i64().unwrap();
    // Another computer closes the next one.
    let elsewhere = tempfile::tempdir().unwrap();
    let other = |args: &[&str], stdin: &str| {
        let run = run_in(elsewhere.path(), args, stdin);
        assert_eq!(run.code, 0, "{run:?}");
    };
    let store = ["--password-stdin", "--store", "passphrase"];
    let sign_in = ["--server", &shop.url, "login", "--login", LOGIN];
    other(&[&sign_in[..], &store].concat(), PASSWORD);
    other(&["shift", "open", "--kkm", KKM], "");
    other(&["shift", "close", "--kkm", KKM], "");
    a_day(&shop);

    let found = shop.json(&["archive", "continuity", "--kkm", KKM]).value();
    assert_eq!(found["whole"], false);
    let register = &found["registers"][0];
    assert_eq!(register["reports"], 2);
    assert_eq!(register["findings"].as_array().unwrap().len(), 1, "{found}");
    let finding = &register["findings"][0];
    assert_eq!(
        (&finding["code"], &finding["shift"], &finding["toShift"]),
        (&json!("missing"), &json!(first + 1), &json!(first + 1))
    );
    assert_eq!(finding["reports"], json!([1, 2]));
    let people = shop.run(&["archive", "continuity"]);
    assert_eq!(people.code, 0);
    let said = format!("Нет Z-отчёта смены № {}. Отчёты № 1 и № 2.", first + 1);
    assert!(people.out.contains(&said), "{people:?}");
}

#[test]
fn a_report_that_was_edited_is_shown_with_a_warning() {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    shop.json(&["report", "x", "--kkm", KKM]).value();
    let genuine = shop.json(&["archive", "show", "1"]);
    assert_eq!(genuine.value()["altered"], false);
    assert_eq!(genuine.err, "");

    // With nothing but an editor for bytes.
    let file = shop.path("data").join("smena.db");
    let mut bytes = fs::read(&file).unwrap();
    let (was, put) = (br#""restored":false"#, br#""restored":true "#);
    let place = bytes.windows(was.len()).position(|bytes| bytes == was);
    bytes[place.unwrap()..][..put.len()].copy_from_slice(put);
    fs::write(&file, bytes).unwrap();

    let shown = shop.json(&["archive", "show", "1"]);
    let value = shown.value();
    assert_eq!(value["altered"], true);
    let warning = value["warnings"][0].as_str().unwrap();
    assert!(warning.contains("изменена после сохранения"), "{value}");
    let told: Value = serde_json::from_str(&shown.err).unwrap();
    assert_eq!(told["warning"]["code"], "damaged");
    let people = shop.run(&["archive", "show", "1"]);
    assert!(
        people.err.starts_with("Внимание: Отчёт № 1 изменён"),
        "{people:?}"
    );
    assert!(people.out.contains("Внимание: Запись архива изменена"));
    assert_eq!(shop.json(&["archive", "verify"]).code, 6);
}

#[test]
fn a_journal_row_is_shown_whole_and_lists_have_an_end() {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let close = [
        "shift",
        "close",
        "--kkm",
        KKM,
        "--counted",
        "7",
        "--reason",
        "размен",
    ];
    let z = shop.json(&close).value()["z"]["number"].clone();
    let rows = shop.json(&["journal", "list"]).value();
    assert_eq!(rows.as_array().unwrap().len(), 2);
    let last = shop.json(&["journal", "list", "--limit", "1"]).value();
    assert_eq!(last, json!([rows[0]]));
    shop.json(&["journal", "list", "--limit", "0"]).error(2);

    let number = rows[0]["number"].to_string();
    let row = shop.json(&["journal", "show", &number]).value();
    for (name, value) in rows[0].as_object().unwrap() {
        assert_eq!(&row[name], value, "{name}");
    }
    assert_eq!((&row["report"], &row["login"]), (&z, &json!(LOGIN)));
    assert_eq!(row["cashCount"]["counted"], "7.00");
    for known in ["uid", "nextUid", "sent", "settled", "raw"] {
        assert!(row[known].is_string(), "{known}: {row}");
    }
    assert!(row["shift"].is_i64() && row["autonomous"].is_null());

    let list = shop.run(&["journal", "list"]).out;
    let line = list.lines().nth(1).unwrap();
    let cells: Vec<&str> = line.split_whitespace().collect();
    let ending = &cells[cells.len() - 4..];
    assert!(ending[0].starts_with("0,") && ending[1] == "с", "{list}");
    assert_eq!(ending[2..], [z.to_string().as_str(), "—"], "{list}");

    let card = shop.run(&["journal", "show", &number]).out;
    let uid = row["uid"].as_str().unwrap();
    for said in [uid, "размен", "7,00", LOGIN, "Cumulative", "выполнена"] {
        assert!(card.contains(said), "{said}: {card}");
    }
}
