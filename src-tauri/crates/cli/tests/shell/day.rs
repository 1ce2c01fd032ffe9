//! A whole day by shell, as a script would play it.

use std::fs;
use std::io::{BufRead, BufReader};

use crate::shop::{KKM, LOGIN, PASSWORD, Shop, program, run_in, training_folder};
use sandbox::Config;
use serde_json::Value;

fn json(folder: &std::path::Path, args: &[&str]) -> Value {
    run_in(folder, &[&["--training", "--json"], args].concat(), "").value()
}

#[test]
fn a_whole_day_in_training_keeps_every_report() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();

    let board = json(data, &["registers"]);
    assert_eq!(board["registers"].as_array().unwrap().len(), 3);
    let mine = |board: &Value| {
        board["registers"]
            .as_array()
            .unwrap()
            .iter()
            .find(|r| r["kkm"] == 77505)
            .unwrap()
            .clone()
    };
    assert_eq!(mine(&board)["state"], "closed");

    let opened = json(data, &["shift", "open", "--kkm", KKM]);
    assert_eq!(opened["state"], "open");
    let shift = opened["shift"]["id"].as_i64().unwrap().to_string();
    assert_eq!(mine(&json(data, &["registers"]))["state"], "open");
    assert_eq!(
        json(data, &["shift", "show", "--kkm", KKM])["status"],
        "open"
    );
    assert_eq!(
        json(data, &["shift", "show", "--shift", &shift])["userPhone"],
        LOGIN
    );

    let x = json(data, &["report", "x", "--kkm", KKM]);
    assert_eq!(x["kind"], "x");
    assert!(x.get("pages").is_none());
    let pdf = data.join("sections.pdf");
    let sections = json(
        data,
        &[
            "report",
            "sections",
            "--kkm",
            KKM,
            "--pdf",
            pdf.to_str().unwrap(),
            "--paper",
            "80",
        ],
    );
    assert_eq!(sections["kind"], "sections");
    assert!(fs::read(&pdf).unwrap().starts_with(b"%PDF-"));

    let pdf = data.join("z.pdf");
    let closed = json(
        data,
        &[
            "shift",
            "close",
            "--kkm",
            KKM,
            "--x-first",
            "--counted",
            "15000.50",
            "--reason",
            "размен",
            "--pdf",
            pdf.to_str().unwrap(),
        ],
    );
    assert_eq!(closed["z"]["kind"], "z");
    assert_eq!(closed["before"].as_array().unwrap().len(), 2);
    let bytes = fs::read(&pdf).unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    assert_eq!(
        json(data, &["shift", "show", "--kkm", KKM])["status"],
        "closed"
    );

    let list = json(data, &["archive", "list"]);
    assert_eq!(list.as_array().unwrap().len(), 5);
    let zs = json(data, &["archive", "list", "--type", "z", "--kkm", KKM]);
    assert_eq!(zs.as_array().unwrap().len(), 1);
    let number = closed["z"]["number"].as_i64().unwrap().to_string();
    let again = data.join("again.pdf");
    assert_eq!(
        json(
            data,
            &["archive", "show", &number, "--pdf", again.to_str().unwrap()]
        ),
        closed["z"]
    );
    assert_eq!(
        fs::read(&again).unwrap(),
        bytes,
        "the same report gives the same bytes"
    );
    assert_eq!(json(data, &["archive", "verify"])["broken"], Value::Null);

    let rows = json(data, &["journal", "list"]);
    assert!(
        rows.as_array()
            .unwrap()
            .iter()
            .all(|row| row["state"] == "confirmed"),
        "{rows}"
    );
    assert_eq!(
        json(data, &["journal", "list", "--unresolved"]),
        serde_json::json!([])
    );
    let first = rows[0]["number"].as_i64().unwrap().to_string();
    let whole = json(data, &["journal", "show", &first]);
    assert_eq!(whole["state"], rows[0]["state"]);
    assert_eq!(json(data, &["recover"]), serde_json::json!([]));
}

#[test]
fn people_are_shown_tables_in_russian() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| run_in(folder.path(), &[&["--training"], args].concat(), "");
    let board = run(&["registers"]);
    assert_eq!(board.code, 0, "{board:?}");
    assert!(
        board.out.contains("Касса 1") && board.out.contains("закрыта"),
        "{board:?}"
    );
    assert!(
        run(&["shift", "open", "--kkm", KKM])
            .out
            .contains("открыта")
    );
    let x = run(&["report", "x", "--kkm", KKM]);
    assert!(x.out.starts_with("X-отчёт"), "{x:?}");
    let z = run(&["shift", "close", "--kkm", KKM]);
    assert!(z.out.starts_with("Z-отчёт") && z.err.is_empty(), "{z:?}");
    assert!(run(&["archive", "list"]).out.contains("Z-отчёт"));
}

#[test]
fn commands_that_train_at_once_do_not_take_the_server_from_each_other() {
    let folder = training_folder();
    let run = |words: &[&str]| run_in(folder.path(), &[&["--training"], words].concat(), "");
    assert_eq!(run(&["shift", "open", "--kkm", KKM]).code, 0);
    for _ in 0..4 {
        std::thread::scope(|scope| {
            let words = [&["registers"][..], &["report", "x", "--kkm", KKM]];
            let started = words.iter().cycle().take(8);
            let started: Vec<_> = started.map(|words| scope.spawn(|| run(words))).collect();
            for each in started {
                let run = each.join().unwrap();
                assert_eq!(run.code, 0, "{run:?}");
            }
        });
    }
}

#[test]
fn signing_in_is_kept_and_signing_out_forgets() {
    let shop = Shop::new(Config::default());
    let accounts = shop.json(&["accounts"]).value();
    assert_eq!(accounts[0]["login"], LOGIN);
    assert!(!shop.json(&["accounts"]).out.contains(PASSWORD));
    assert_eq!(
        shop.json(&["registers"]).value()["registers"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    assert_eq!(shop.run(&["logout"]).code, 0);
    assert_eq!(shop.json(&["accounts"]).value(), serde_json::json!([]));
    assert_eq!(shop.json(&["registers"]).error(4)["code"], "not-signed-in");
}

#[test]
fn a_lost_answer_to_a_z_is_recovered_and_the_shift_is_closed_once() {
    let faults = vec![r"POST /shifts/\d+/z 1 reset-after".parse().unwrap()];
    let shop = Shop::new(Config {
        faults,
        ..Config::default()
    });
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    assert_eq!(
        shop.json(&["shift", "close", "--kkm", KKM]).value()["z"]["kind"],
        "z"
    );
    assert_eq!(
        shop.acts()
            .iter()
            .filter(|act| act.starts_with("Closed"))
            .count(),
        1
    );
}

#[test]
fn the_training_server_runs_on_its_own_and_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = program(
        folder.path(),
        &[
            "sandbox",
            "--port",
            "0",
            "--seed",
            "7",
            "--fault",
            "GET /kkms 1-4 html",
        ],
    )
    .spawn()
    .unwrap();
    let mut url = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut url)
        .unwrap();
    let url = url.trim();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let login = [
        "--json",
        "--server",
        url,
        "login",
        "--login",
        LOGIN,
        "--password-stdin",
        "--store",
        "passphrase",
    ];
    let signed_in = run_in(folder.path(), &login, PASSWORD);
    let first = run_in(folder.path(), &["--json", "registers"], "");
    let second = run_in(folder.path(), &["--json", "registers"], "");
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!(signed_in.code, 0, "{signed_in:?}");
    assert_ne!(
        first.code, 0,
        "the fault strikes the first reading with all its tries: {first:?}"
    );
    assert_eq!(second.value()["registers"].as_array().unwrap().len(), 3);
}
