//! Reports in files for spreadsheets and programs: one after a reading, many out of the archive.

use std::fs;
use std::path::Path;
use std::process::Command;

use calamine::{Reader as _, Xlsx};
use chrono::{DateTime, Local};
use sandbox::Config;
use serde_json::{Value, json};

use crate::shop::{KKM, Shop, program};

/// A shop with two days behind it: each an X and a Z.
fn two_days() -> Shop {
    let shop = Shop::new(Config::default());
    for _ in 0..2 {
        shop.json(&["shift", "open", "--kkm", KKM]).value();
        shop.json(&["report", "x", "--kkm", KKM]).value();
        shop.json(&["shift", "close", "--kkm", KKM]).value();
    }
    shop
}

fn rows(path: &Path) -> Vec<csv::StringRecord> {
    let bytes = fs::read(path).unwrap();
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text);
    reader.records().map(Result::unwrap).collect()
}

fn first_cells(path: &Path, sheet: &str) -> Vec<String> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row[0].to_string()).collect()
}

#[test]
fn the_archive_goes_into_each_format_with_the_filters_of_the_list() {
    let shop = two_days();
    let path = |name: &str| shop.path(name);
    let export = |name: &str, args: &[&str]| {
        let path = path(name);
        let args = [&["archive", "export", path.to_str().unwrap()], args].concat();
        let value = shop.json(&args).value();
        assert_eq!(value["path"], json!(path), "{value}");
        usize::try_from(value["reports"].as_u64().unwrap()).unwrap()
    };
    let listed = |args: &[&str]| -> Vec<String> {
        let list = shop.json(&[&["archive", "list"], args].concat()).value();
        let list = list.as_array().unwrap().clone();
        list.iter().map(|it| it["number"].to_string()).collect()
    };
    let all = listed(&[]);
    assert!(all.len() >= 4, "{all:?}");

    assert_eq!(export("all.csv", &[]), all.len());
    let numbers: Vec<_> = rows(&path("all.csv"))
        .iter()
        .map(|row| row[0].to_owned())
        .collect();
    assert_eq!(numbers, all);
    let table = fs::read(path("all.csv")).unwrap();
    assert!(table.ends_with(b"\r\n"));

    export("all.XLSX", &[]);
    let cells = first_cells(&path("all.XLSX"), "Отчёты");
    assert_eq!(cells[0], "Архив №");
    assert_eq!(cells[1..=all.len()], all);
    export("en.xlsx", &["--report-lang", "en"]);
    assert_eq!(first_cells(&path("en.xlsx"), "Reports")[0], "Archive no.");

    export("all.json", &[]);
    let value: Value = serde_json::from_slice(&fs::read(path("all.json")).unwrap()).unwrap();
    let newest = shop.json(&["archive", "show", &all[0]]).value();
    let exported = &value["reports"][0];
    assert_eq!(exported["number"], newest["number"]);
    for figure in newest["figures"].as_array().unwrap() {
        let figures = &exported["figures"];
        let key = figure["key"].as_str().unwrap();
        let found = match key {
            "revenue" => &figures["computed"][key],
            "sales" | "refunds" => &figures[key]["amount"],
            key => &figures[key],
        };
        assert_eq!(*found, figure["value"], "{key}");
    }

    let taken = DateTime::parse_from_rfc3339(newest["taken"].as_str().unwrap()).unwrap();
    let day = taken.with_timezone(&Local).date_naive().to_string();
    for (place, filters) in [
        &["--type", "z"][..],
        &["--type", "x", "--limit", "1"],
        &["--shift", &newest["shiftIndex"].to_string()],
        &["--kkm", "1"],
        &["--from", &day, "--to", &day],
    ]
    .iter()
    .enumerate()
    {
        let name = format!("{place}.csv");
        let expected = listed(filters);
        assert_eq!(export(&name, filters), expected.len(), "{filters:?}");
        let numbers: Vec<_> = rows(&path(&name))
            .iter()
            .map(|row| row[0].to_owned())
            .collect();
        assert_eq!(numbers, expected, "{filters:?}");
    }
    let people = shop.run(&["archive", "export", path("p.csv").to_str().unwrap()]);
    assert!(
        people.out.contains(&format!("\n{} отчёт", all.len())),
        "{people:?}"
    );
}

#[test]
fn many_reports_go_into_one_pdf_the_oldest_first_each_with_its_bookmark() {
    let shop = two_days();
    let file = shop.path("all.PDF");
    let name = file.to_str().unwrap();
    let export = ["archive", "export", name, "--type", "z", "--paper", "a4"];
    let done = shop.json(&[&export[..], &["--report-lang", "kk+ru"]].concat());
    assert_eq!(done.value(), json!({ "path": name, "reports": 2 }));
    let said = |program: &str, args: &[&str]| {
        let said = Command::new(program).args(args).output();
        let said = said.expect("poppler-utils is installed").stdout;
        String::from_utf8(said).unwrap()
    };
    let text = said("pdftotext", &["-layout", name, "-"]);
    assert!(
        text.contains("Z-ЕСЕП") && text.contains("Z-ОТЧЁТ"),
        "{text}"
    );
    let info = said("pdfinfo", &[name]);
    assert!(info.contains("595"), "{info}");
    let zs = shop.json(&["archive", "list", "--type", "z"]).value();
    let newest = zs[0]["shiftIndex"].as_i64().unwrap();
    let xml = said("pdftohtml", &["-xml", "-stdout", "-i", name]);
    let (_, outline) = xml.split_once("<outline>").unwrap();
    let place = |index: i64| outline.find(&format!("№ {index}")).unwrap();
    assert!(place(newest - 1) < place(newest), "{outline}");

    let table = shop.path("all.csv");
    let paper = [
        "archive",
        "export",
        table.to_str().unwrap(),
        "--paper",
        "80",
    ];
    shop.json(&paper).error(2);
    let none = shop.path("none.pdf");
    let nobody = ["archive", "export", none.to_str().unwrap(), "--kkm", "1"];
    let error = shop.json(&nobody).error(2);
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("нет таких отчётов"), "{message}");
    assert!(!table.exists() && !none.exists());
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_text_is_taken_all_the_same() {
    use std::os::unix::ffi::OsStringExt as _;
    let shop = two_days();
    let mut path = shop.path("").into_os_string().into_vec();
    path.extend(b"\xff.csv");
    let path = std::ffi::OsString::from_vec(path);
    let mut program = program(&shop.path("data"), &["--json", "archive", "export"]);
    let done = program.arg(&path).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    assert!(Path::new(&path).exists());
    let value: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert!(value["path"].as_str().unwrap().ends_with("\u{fffd}.csv"));
}

#[test]
fn a_file_that_cannot_be_is_2_before_anything_is_written() {
    let shop = two_days();
    let there = shop.path("there.csv");
    fs::write(&there, "mine").unwrap();
    let there = there.to_str().unwrap();
    let folder = shop.path("folder.csv");
    fs::create_dir(&folder).unwrap();
    for (name, said) in [
        (shop.path("all.txt").to_str().unwrap(), ".json или .pdf"),
        (shop.path("all").to_str().unwrap(), ".json или .pdf"),
        (there, "--force"),
        (shop.path("no-such/all.csv").to_str().unwrap(), "Нет папки"),
        (folder.to_str().unwrap(), "папка"),
    ] {
        let error = shop.json(&["archive", "export", name]).error(2);
        let text = format!("{} {}", error["message"], error["remedy"]);
        assert!(text.contains(said), "{name}: {text}");
    }
    assert_eq!(fs::read_to_string(there).unwrap(), "mine");
    assert!(!shop.path("all.txt").exists() && !shop.path("all").exists());
    shop.json(&["archive", "export", there, "--force"]).value();
    assert!(rows(Path::new(there)).len() >= 4);

    let days = ["--from", "2026-11-24", "--to", "2026-11-23"];
    let name = shop.path("days.csv");
    shop.json(&[&["archive", "export", name.to_str().unwrap()], &days[..]].concat())
        .error(2);
    assert!(!name.exists());
}

#[test]
fn what_can_be_known_of_outputs_is_2_and_nothing_is_sent() {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    let path = |name: &str| shop.path(name).to_str().unwrap().to_owned();
    fs::write(path("there.csv"), "mine").unwrap();
    let before = shop.state();
    let (one, roundabout) = (path("one.pdf"), path("../") + &name_of(&shop) + "/one.pdf");
    for (outputs, said) in [
        (&["--pdf", &one, "--xlsx", &one][..], "пишут в один файл"),
        (
            &["--pdf", &one, "--csv", &roundabout, "--force"],
            "пишут в один файл",
        ),
        (&["--xlsx", &one, "--csv", &path("there.csv")], "уже есть"),
        (&["--csv", &path("no-such/z.csv")], "Нет папки"),
        (&["--xlsx", &path(".")], "папка"),
        (&["--force"], "не указано"),
    ] {
        for command in [
            &["shift", "close", "--kkm", KKM][..],
            &["report", "x", "--kkm", KKM],
        ] {
            let error = shop.json(&[command, outputs].concat()).error(2);
            let text = error["message"].as_str().unwrap();
            assert!(text.contains(said), "{outputs:?}: {text}");
        }
    }
    assert_eq!(shop.state(), before);
    assert!(!shop.path("one.pdf").exists());
}

fn name_of(shop: &Shop) -> String {
    let folder = shop.path("");
    let name = folder.file_name().unwrap();
    name.to_str().unwrap().to_owned()
}

#[test]
fn an_output_that_fails_after_the_z_does_not_stop_the_others_and_is_7() {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    // Longer than any file system takes: seen only when the file is made.
    let long = |ending: &str| {
        let path = shop.path(&("я".repeat(300) + ending));
        path.to_str().unwrap().to_owned()
    };
    let good = shop.path("z.xlsx");
    let run = shop.json(&[
        "shift",
        "close",
        "--kkm",
        KKM,
        "--pdf",
        &long(".pdf"),
        "--xlsx",
        good.to_str().unwrap(),
        "--csv",
        &long(".csv"),
    ]);
    let error = run.error(7);
    let message = error["message"].as_str().unwrap();
    assert!(
        message.contains(&long(".pdf")) && message.contains(&long(".csv")),
        "both are named: {message}"
    );
    assert!(
        message.contains("сохранён в архиве") && !message.contains("z.xlsx"),
        "{message}"
    );
    let number = serde_json::from_str::<Value>(&run.out).unwrap()["z"]["number"].to_string();
    let remedy = error["remedy"].as_str().unwrap();
    assert!(
        remedy.contains(&format!("archive show {number} --pdf FILE --csv FILE")),
        "{remedy}"
    );
    assert_eq!(first_cells(&good, "Отчёты")[1], number);
    assert_eq!(
        shop.json(&["archive", "show", &number]).value()["kind"],
        "z"
    );
    let closed = shop.acts();
    assert_eq!(
        closed
            .iter()
            .filter(|act| act.starts_with("Closed"))
            .count(),
        1
    );

    let again = shop.path("again.csv");
    let args = ["archive", "show", &number, "--csv", again.to_str().unwrap()];
    shop.json(&args).value();
    assert_eq!(rows(&again)[0][0], number);
    shop.json(&args).error(2);
    shop.json(&[&args[..], &["--force"]].concat()).value();
}
