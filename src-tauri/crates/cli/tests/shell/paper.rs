//! Reports on paper from the shell: papers, languages, forms, slips and the summary of a period.

use std::fs;
use std::process::Command;

use sandbox::Config;
use serde_json::json;

use crate::shop::{KKM, Shop, program};

/// A shop whose first shift was closed with a cash count.
fn closed() -> Shop {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let count = [
        "shift",
        "close",
        "--kkm",
        KKM,
        "--counted",
        "1",
        "--reason",
        "проба",
    ];
    shop.json(&count).value();
    shop
}

#[test]
fn every_file_that_is_written_is_named_with_its_whole_path() {
    let shop = closed();
    let number = z(&shop);
    let data = shop.path("data");
    let here = fs::canonicalize(&data).unwrap();
    let commands: [(&[&str], &[&str]); 5] = [
        (
            &[
                "archive", "show", &number, "--pdf", "z.pdf", "--csv", "z.csv",
            ],
            &["z.pdf", "z.csv"],
        ),
        (
            &["shift", "show", "--kkm", KKM, "--svg", "s.svg"],
            &["s.svg"],
        ),
        (&["archive", "summary", "--pdf", "all.pdf"], &["all.pdf"]),
        (&["archive", "export", "all.csv"], &["all.csv"]),
        (&["backup", "copy.db"], &["copy.db"]),
    ];
    for (words, files) in commands {
        let mut program = program(&here, words);
        let run = program.current_dir(&here).output().unwrap();
        let said = String::from_utf8(run.stdout).unwrap();
        for file in files {
            let path = here.join(file);
            assert!(path.exists(), "{words:?}");
            let path = path.display().to_string();
            assert!(said.contains(&path), "{words:?}: {said}");
        }
    }
}

#[test]
fn people_are_shown_sums_as_the_window_writes_them() {
    let shop = closed();
    let number = z(&shop);
    let said = shop.run(&["archive", "show", &number]).out;
    assert!(said.contains("Пересчёт: 1,00"), "{said}");
    let cash = &shop.json(&["registers"]).value()["registers"][0]["cash"];
    let cash: domain::Money = cash.as_str().unwrap().parse().unwrap();
    let written = texts::Lang::Ru.amount(cash.tiyn());
    let board = shop.run(&["registers"]).out;
    assert!(
        written.contains('\u{a0}') && board.contains(&written),
        "{board}"
    );
}

/// The number of the newest Z-report.
fn z(shop: &Shop) -> String {
    let list = shop.json(&["archive", "list", "--type", "z"]).value();
    list[0]["number"].to_string()
}

fn text_of(path: &std::path::Path) -> String {
    let read = Command::new("pdftotext")
        .arg("-layout")
        .arg(path)
        .arg("-")
        .output();
    let text = String::from_utf8(read.expect("poppler-utils is installed").stdout).unwrap();
    text.replace('\u{a0}', " ")
}

#[test]
fn a_report_comes_on_every_paper_and_in_every_language() {
    let shop = closed();
    let number = z(&shop);
    for (paper, width) in [("80", 226), ("58", 164), ("a4", 595)] {
        for (language, title) in [
            ("ru", "Z-ОТЧЁТ"),
            ("kk", "Z-ЕСЕП"),
            ("en", "Z-REPORT"),
            ("kk+ru", "Z-ОТЧЁТ"),
        ] {
            let pdf = shop.path(&format!("{paper}-{language}.pdf"));
            let svg = pdf.with_extension("svg");
            let args = [
                "archive",
                "show",
                &number,
                "--paper",
                paper,
                "--report-lang",
                language,
                "--pdf",
                pdf.to_str().unwrap(),
                "--svg",
                svg.to_str().unwrap(),
            ];
            shop.json(&args).value();
            assert!(text_of(&pdf).contains(title), "{paper} {language}");
            let info = Command::new("pdfinfo").arg(&pdf).output().unwrap();
            let info = String::from_utf8(info.stdout).unwrap();
            let size = info
                .lines()
                .find(|line| line.starts_with("Page size"))
                .unwrap();
            assert!(size.contains(&format!(" {width}")), "{size}");
            assert!(fs::read_to_string(&svg).unwrap().contains(title));
        }
    }
    let bad = shop.json(&["archive", "show", &number, "--paper", "a5"]);
    bad.error(2);
}

#[test]
fn the_settings_say_which_paper_and_language_where_nobody_else_does() {
    let shop = closed();
    let number = z(&shop);
    for (name, value) in [("paper", "58"), ("report-language", "kk")] {
        shop.json(&["settings", "set", name, value]).value();
    }
    let pdf = shop.path("set.pdf");
    let args = ["archive", "show", &number, "--pdf", pdf.to_str().unwrap()];
    shop.json(&args).value();
    assert!(text_of(&pdf).contains("Z-ЕСЕП"));
    for (name, value) in [("paper", "a5"), ("report-language", "de")] {
        let refused = shop.json(&["settings", "set", name, value]).error(2);
        assert!(
            refused["params"]["what"].as_str().unwrap().contains(name),
            "{refused}"
        );
    }
}

#[test]
fn a_thermal_printer_gets_tape_even_where_the_settings_say_sheets() {
    let shop = closed();
    let number = z(&shop);
    shop.json(&["settings", "set", "paper", "a4"]).value();
    let file = shop.path("z.bin");
    let args = [
        "archive",
        "show",
        &number,
        "--escpos",
        file.to_str().unwrap(),
    ];
    shop.json(&args).value();
    let bytes = fs::read(&file).unwrap();
    // A reset, then a band of 72 bytes a row: 576 dots.
    assert_eq!(bytes[..8], [0x1b, b'@', 0x1d, b'v', b'0', 0, 72, 0]);
}

#[test]
fn a_cash_count_has_a_slip_of_its_own_and_a_report_without_one_says_so() {
    let shop = closed();
    let number = z(&shop);
    let pdf = shop.path("count.pdf");
    let slip = |number: &str| {
        let args = [
            "archive",
            "show",
            number,
            "--document",
            "cash-count",
            "--force",
            "--pdf",
        ];
        shop.json(&[&args[..], &[pdf.to_str().unwrap()]].concat())
    };
    slip(&number).value();
    let text = text_of(&pdf);
    assert!(
        text.contains("ПЕРЕСЧЁТ НАЛИЧНЫХ") && text.contains("проба"),
        "{text}"
    );
    let without = shop
        .json(&["archive", "list", "--type", "sections"])
        .value();
    let without = match without[0]["number"].as_i64() {
        Some(number) => number.to_string(),
        None => {
            shop.json(&["shift", "open", "--kkm", KKM]).value();
            shop.json(&["report", "x", "--kkm", KKM]).value()["number"].to_string()
        }
    };
    let refused = slip(&without).error(2);
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("нет пересчёта наличных"), "{refused}");
}

#[test]
fn a_slip_of_a_count_that_is_not_made_is_refused_before_anything_is_sent() {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let before = shop.acts();
    let pdf = shop.path("none.pdf");
    for command in [["report", "x"], ["report", "sections"], ["shift", "close"]] {
        let more = [
            "--kkm",
            KKM,
            "--document",
            "cash-count",
            "--pdf",
            pdf.to_str().unwrap(),
        ];
        shop.json(&[&command[..], &more[..]].concat()).error(2);
    }
    // A variable that a script forgot to set is no count, and no closing without one either.
    shop.json(&["shift", "close", "--kkm", KKM, "--counted", ""])
        .error(2);
    assert_eq!(shop.acts(), before);
}

#[test]
fn all_files_that_cannot_be_written_are_named_with_7_and_the_others_are_written() {
    let shop = closed();
    let (good, long) = (shop.path("good.svg"), shop.path(&"l".repeat(300)));
    let args = [
        "shift",
        "show",
        "--kkm",
        KKM,
        "--svg",
        good.to_str().unwrap(),
        "--pdf",
        long.to_str().unwrap(),
    ];
    let refused = shop.json(&args).error(7);
    assert!(
        refused["params"]["path"].as_str().unwrap().contains("lll"),
        "{refused}"
    );
    assert!(good.exists());
}

#[test]
fn a_shift_has_a_slip_when_it_is_open_and_when_it_is_closed() {
    let shop = closed();
    let show = |name: &str, more: &[&str]| {
        let pdf = shop.path(name);
        let args = [
            "shift",
            "show",
            "--kkm",
            KKM,
            "--pdf",
            pdf.to_str().unwrap(),
        ];
        shop.json(&[&args[..], more].concat()).value();
        text_of(&pdf)
    };
    assert!(show("closed.pdf", &[]).contains("СМЕНА ЗАКРЫТА"));
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let english = show("opened.pdf", &["--report-lang", "en"]);
    assert!(
        english.contains("SHIFT OPENED") && english.contains("Close by"),
        "{english}"
    );
    let table = shop.path("a.csv");
    let refused = [
        "shift",
        "show",
        "--kkm",
        KKM,
        "--csv",
        table.to_str().unwrap(),
    ];
    shop.json(&refused).error(2);
    assert!(!table.exists());
    // Nothing of all this was recorded by the server.
    let acts = shop.acts();
    assert!(!acts.iter().any(|act| act.contains("/x")), "{acts:?}");
}

#[test]
fn a_period_is_added_up_from_the_archive() {
    let shop = closed();
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    shop.json(&["shift", "close", "--kkm", KKM]).value();
    let (pdf, csv) = (shop.path("sum.pdf"), shop.path("sum.csv"));
    let args = [
        "archive",
        "summary",
        "--paper",
        "a4",
        "--pdf",
        pdf.to_str().unwrap(),
        "--csv",
        csv.to_str().unwrap(),
    ];
    let summary = shop.json(&args).value();
    assert_eq!(summary["total"]["reports"], json!(2));
    for none in ["missing", "leftOut", "restored"] {
        assert_eq!(summary[none], json!([]), "{none}");
    }
    for untold in ["sales", "vat", "revenue"] {
        let missing = &summary["total"]["missing"][untold];
        assert!(missing.is_i64(), "{untold}: {summary}");
    }
    assert_eq!(summary["reports"].as_array().unwrap().len(), 2);
    let text = text_of(&pdf);
    for part in [
        "СВОДКА ЗА ПЕРИОД",
        "По дням",
        "По кассам",
        "По сменам",
        "Стр. 1 из",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(fs::read_to_string(&csv).unwrap().lines().count(), 3);
    let none = shop.json(&[
        "archive",
        "summary",
        "--from",
        "2001-01-01",
        "--to",
        "2001-01-02",
    ]);
    assert_eq!(none.value()["total"]["reports"], json!(0));
    shop.json(&[
        "archive",
        "summary",
        "--from",
        "2001-01-02",
        "--to",
        "2001-01-01",
    ])
    .error(2);
}

#[test]
fn slips_and_summaries_are_printed_and_a_cash_count_is_no_copy_of_its_report() {
    let shop = closed();
    let number = z(&shop);
    let paper = printing::sink::Sink::start().unwrap();
    let printer = paper.printer().to_string();
    let arrived = || {
        paper
            .next(std::time::Duration::from_secs(60))
            .unwrap()
            .len()
    };
    for args in [
        vec!["archive", "show", &number, "--print", &printer],
        vec![
            "archive",
            "show",
            &number,
            "--document",
            "cash-count",
            "--print",
            &printer,
        ],
        vec!["archive", "summary", "--print", &printer],
        vec!["shift", "show", "--kkm", KKM, "--print", &printer],
        vec!["archive", "show", &number, "--print", &printer],
    ] {
        shop.json(&args).value();
        assert!(arrived() > 10_000, "{args:?}");
    }
    let jobs = shop.json(&["print", "list"]).value();
    let copies: Vec<_> = jobs
        .as_array()
        .unwrap()
        .iter()
        .map(|job| job["copy"].clone())
        .collect();
    // The newest first: the second print of the report, its cash count, the first print.
    assert_eq!(copies, [json!(true), json!(false), json!(false)], "{jobs}");
    drop(paper);
    let away = shop.json(&["shift", "show", "--kkm", KKM, "--print", &printer]);
    away.error(7);
}
