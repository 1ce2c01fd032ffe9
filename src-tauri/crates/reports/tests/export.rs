//! What is exported is read back by somebody else's readers.
#![allow(missing_docs, clippy::unwrap_used)]

mod samples;

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};
use domain::{Document, Money, Report, SectionId, SectionLine};
use reports::export::{Amount, Archived, Format, Setting, begin};
use samples::{hard, money, sections, x, z};
use serde_json::{Value, json};
use texts::Lang;

const HASH: &str = "3f9a1c0b7e22d4558a6b90cc12ef34a7b8d1e2f3a4b5c6d7e8f9012345678901";

/// Kazakhstan went from six hours to five on 1 March 2024.
fn almaty(time: DateTime<Utc>) -> FixedOffset {
    let change: DateTime<Utc> = "2024-02-29T18:00:00Z".parse().unwrap();
    FixedOffset::east_opt(if time < change { 6 } else { 5 } * 3600).unwrap()
}

fn export(format: Format, amount: Amount, lang: Lang, reports: &[Report]) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let setting = Setting {
        lang,
        offset: almaty,
    };
    let mut file = begin(format, amount, setting, &mut out).unwrap();
    for (number, report) in (1..).zip(reports) {
        let archived = Archived {
            number,
            server: "https://fiscal.example.kz",
            hash: HASH,
            intact: number != 2,
            report,
            before: None,
        };
        file.add(&archived).unwrap();
    }
    file.finish().unwrap();
    out.into_inner()
}

/// A report with these sales.
fn selling(sales: &str) -> Report {
    let mut report = z();
    let totals = &mut report.figures.as_mut().unwrap().totals;
    totals.sales.amount = Some(money(sales));
    report
}

fn named(name: &str) -> Report {
    let mut report = z();
    report.kkm.name = Some(name.to_owned());
    report
}

/// Names that break tables.
fn names() -> Vec<String> {
    let mut names: Vec<String> = [
        "=cmd|' /C calc'!A0",
        "+7 701 111 22 33",
        "-1+1",
        "@SUM(A1)",
        "\tтаб",
        "\rвозврат",
        "\n=1+1",
        "＝1+1",
        "ТОО «Көктем»; \"Маркет\", 2-касса",
        "первая\nвторая",
        "касса 🏪 ₸ Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі",
        " пробелы ",
        "_x0041_",
        "",
    ]
    .map(str::to_owned)
    .to_vec();
    names.push("Қ".repeat(500));
    names
}

struct Sheet {
    rows: Vec<Vec<Data>>,
}

impl Sheet {
    fn of(bytes: &[u8], name: &str) -> Self {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
        let range = book.worksheet_range(name).unwrap();
        Self {
            rows: range.rows().map(<[Data]>::to_vec).collect(),
        }
    }

    fn place(&self, head: &str) -> usize {
        let found = self.rows[0]
            .iter()
            .position(|cell| cell.to_string() == head);
        found.unwrap_or_else(|| panic!("{head} is not in {:?}", self.rows[0]))
    }

    fn column(&self, head: &str) -> Vec<Data> {
        let place = self.place(head);
        let rows = self.rows.iter().skip(1);
        rows.map(|row| row[place].clone()).collect()
    }
}

/// The rows of a CSV by their heads.
fn csv_rows(bytes: &[u8], delimiter: u8) -> Vec<HashMap<String, String>> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text);
    reader.deserialize().map(Result::unwrap).collect()
}

fn time(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[test]
fn every_amount_comes_back_from_every_format() {
    let amounts = [
        "0.00",
        "0.01",
        "-0.01",
        "1228340.94",
        "-9999999999999.99",
        "9999999999999.99",
        "10000000000000.01",
        "999999999999999.99",
        "-999999999999999.99",
        "999999999999999",
        "1000000000000000",
    ];
    let reports: Vec<Report> = amounts.iter().map(|it| selling(it)).collect();
    for size in [Amount::Few, Amount::Many] {
        let book = export(Format::Xlsx, size, Lang::En, &reports);
        let cells = Sheet::of(&book, "Reports").column("Sales: amount");
        for (amount, cell) in amounts.iter().zip(&cells) {
            let digits = money(amount).tiyn().unsigned_abs().to_string();
            let short = digits.trim_end_matches('0').len() <= 15;
            match cell {
                Data::Float(number) if short => {
                    assert_eq!(format!("{number:.2}"), money(amount).to_string());
                }
                Data::String(text) if !short => assert_eq!(*text, money(amount).to_string()),
                cell => panic!("{amount}: {cell:?}"),
            }
        }
    }
    for (lang, delimiter) in [(Lang::Ru, b';'), (Lang::En, b',')] {
        let file = export(Format::Csv, Amount::Few, lang, &reports);
        let head = lang.fill(
            texts::Key::ExportAmount,
            &[("name", &lang.text(texts::Key::PaperSales))],
        );
        for (amount, row) in amounts.iter().zip(csv_rows(&file, delimiter)) {
            let read: Money = row[&head].parse().unwrap();
            assert_eq!(read, money(amount));
            assert_eq!(row[&head].contains(','), lang == Lang::Ru, "{row:?}");
        }
    }
    let file = export(Format::Json, Amount::Few, Lang::Ru, &reports);
    let value: Value = serde_json::from_slice(&file).unwrap();
    for (place, amount) in amounts.iter().enumerate() {
        let read = &value["reports"][place]["figures"]["sales"]["amount"];
        assert_eq!(*read, money(amount).to_string());
    }
}

#[test]
fn totals_have_the_exact_sums_as_their_results() {
    let reports = [
        selling("0.10"),
        selling("0.20"),
        selling("1228340.94"),
        selling("-0.03"),
    ];
    for size in [Amount::Few, Amount::Many] {
        let bytes = export(Format::Xlsx, size, Lang::Ru, &reports);
        let sheet = Sheet::of(&bytes, "Отчёты");
        assert_eq!(
            sheet.rows[5][0],
            Data::String("Итого по видимым строкам".into())
        );
        assert_eq!(sheet.column("Продажи: сумма")[4], Data::Float(1_228_341.21));
        assert_eq!(sheet.column("Продажи: кол-во")[4], Data::Float(856.0));
        assert_eq!(
            sheet.column("Пересчёт: излишек (+) или недостача (−) (посчитано программой)")[4],
            Data::Float(-2738.16)
        );
        // What is not to be added up is not.
        for head in ["Продажи: необнуляемая сумма", "Наличных в кассе", "Смена №"]
        {
            assert_eq!(sheet.column(head)[4], Data::Empty, "{head}");
        }
        let sections = Sheet::of(&bytes, "Секции");
        assert_eq!(sections.rows.len(), 1 + 8 + 1);
        assert_eq!(sections.column("Продажи")[8], Data::Float(4_913_363.76));

        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let formulas = book.worksheet_formula("Отчёты").unwrap();
        let place = u32::try_from(sheet.place("Продажи: сумма")).unwrap();
        let formula = formulas.get_value((5, place)).unwrap();
        assert!(
            formula.starts_with("SUBTOTAL(109,") && formula.ends_with("5)"),
            "{formula}"
        );
        let all = formulas.used_cells();
        assert!(all.into_iter().all(|(_, _, it)| it.starts_with("SUBTOTAL")));
    }
}

#[test]
fn a_total_that_a_double_does_not_hold_is_text_and_the_head_says_so() {
    let reports = [selling("999999999999999.99"), selling("0.01")];
    let bytes = export(Format::Xlsx, Amount::Many, Lang::Ru, &reports);
    let sheet = Sheet::of(&bytes, "Отчёты");
    let sales = sheet.column("Продажи: сумма");
    assert_eq!(
        sales,
        [
            Data::String("999999999999999,99".into()),
            Data::Float(0.01),
            Data::String("1000000000000000,00".into())
        ]
    );
    let parts = parts(&bytes);
    let notes = &parts["xl/comments1.xml"];
    assert!(notes.contains("больше 15 значащих цифр"), "{notes}");
    assert_eq!(notes.matches("<comment ").count(), 2, "sales and revenue");
    let plain = export(Format::Xlsx, Amount::Many, Lang::Ru, &[z()]);
    assert!(!self::parts(&plain).contains_key("xl/comments1.xml"));
}

/// The parts of a workbook as texts.
fn parts(bytes: &[u8]) -> HashMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut part = archive.by_index(place).unwrap();
            let mut text = String::new();
            std::io::Read::read_to_string(&mut part, &mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[test]
fn what_was_not_reported_is_empty_and_never_nought() {
    let mut bare = sections();
    bare.shift = None;
    bare.sections = Some(vec![SectionLine {
        id: SectionId::new(5),
        name: None,
        sales: None,
        purchases: None,
        refunds: None,
        purchase_refunds: None,
    }]);
    (bare.kkm.name, bare.kkm.bin, bare.kkm.znm) = (None, None, None);
    let known = ["Архив №", "Отчёт", "IdKkm", "Отчёт снят", "Сервер"];
    let bytes = export(
        Format::Xlsx,
        Amount::Many,
        Lang::Ru,
        std::slice::from_ref(&bare),
    );
    let sheet = Sheet::of(&bytes, "Отчёты");
    assert_eq!(sheet.rows.len(), 2, "there is nothing to be added up");
    let of_sheet = |sheet: &Sheet| -> Vec<String> {
        let filled = sheet.rows[0].iter().zip(&sheet.rows[1]);
        let filled = filled.filter(|(_, cell)| **cell != Data::Empty);
        filled.map(|(head, _)| head.to_string()).collect()
    };
    let filled = of_sheet(&sheet);
    for head in &filled {
        assert!(
            known.contains(&head.as_str())
                || ["Налогоплательщик", "РНМ", "Контрольная сумма (SHA-256)"]
                    .contains(&head.as_str()),
            "{head}"
        );
    }
    for head in known {
        assert!(filled.iter().any(|it| it == head), "{head}");
    }
    let lines = Sheet::of(&bytes, "Секции");
    assert!(lines.column("Продажи").iter().all(|it| *it == Data::Empty));

    let row = &csv_rows(
        &export(
            Format::Csv,
            Amount::Few,
            Lang::Ru,
            std::slice::from_ref(&bare),
        ),
        b';',
    )[0];
    assert_eq!(
        (row["Продажи: сумма"].as_str(), row["Документов"].as_str()),
        ("", "")
    );

    let file = export(Format::Json, Amount::Few, Lang::Ru, &[bare]);
    let value: Value = serde_json::from_slice(&file).unwrap();
    let report = &value["reports"][0];
    assert_eq!(
        (&report["shift"], &report["figures"], &report["cashCount"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(report["sections"][0]["sales"], Value::Null);
}

#[test]
fn no_name_becomes_a_formula_or_breaks_a_row() {
    let names = names();
    let reports: Vec<Report> = names.iter().map(|name| named(name)).collect();
    for size in [Amount::Few, Amount::Many] {
        let bytes = export(Format::Xlsx, size, Lang::En, &reports);
        let sheet = Sheet::of(&bytes, "Reports");
        for (name, cell) in names.iter().zip(sheet.column("Register")) {
            let shown = match cell {
                Data::String(text) => text,
                Data::Empty => String::new(),
                cell => panic!("{name:?}: {cell:?}"),
            };
            let expected = name.replace(['\t', '\r'], "\u{fffd}");
            assert_eq!(shown, expected, "{name:?}");
        }
    }
    for (lang, delimiter) in [(Lang::Ru, b';'), (Lang::Kk, b';'), (Lang::En, b',')] {
        let bytes = export(Format::Csv, Amount::Few, lang, &reports);
        let head = lang.text(texts::Key::PaperRegister);
        let rows = csv_rows(&bytes, delimiter);
        assert_eq!(rows.len(), names.len());
        for (name, row) in names.iter().zip(&rows) {
            let dangerous = name.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']);
            let expected = if dangerous {
                format!("'{name}")
            } else {
                name.clone()
            };
            assert_eq!(row[head], expected);
        }
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.ends_with("\r\n"));
    }
    let value: Value =
        serde_json::from_slice(&export(Format::Json, Amount::Few, Lang::En, &reports)).unwrap();
    for (place, name) in names.iter().enumerate() {
        assert_eq!(value["reports"][place]["register"]["name"], json!(name));
    }
}

#[test]
fn a_negative_amount_in_csv_stays_a_number() {
    let rows = csv_rows(
        &export(Format::Csv, Amount::Few, Lang::Ru, &[selling("-5")]),
        b';',
    );
    assert_eq!(rows[0]["Продажи: сумма"], "-5,00");
}

#[test]
fn a_text_that_no_cell_holds_is_cut_in_a_workbook_and_whole_elsewhere() {
    let long = format!("{}🏪", "я".repeat(32_766));
    let report = named(&long);
    let bytes = export(
        Format::Xlsx,
        Amount::Many,
        Lang::Ru,
        std::slice::from_ref(&report),
    );
    let cell = &Sheet::of(&bytes, "Отчёты").column("Касса")[0];
    assert_eq!(*cell, Data::String("я".repeat(32_766)));
    let rows = csv_rows(&export(Format::Csv, Amount::Few, Lang::Ru, &[report]), b';');
    assert_eq!(rows[0]["Касса"], long);
}

#[test]
fn times_are_real_and_on_the_clock_of_their_day() {
    let mut old = z();
    old.taken = "2024-02-01T18:30:00Z".parse().unwrap();
    let reports = [z(), old];
    let bytes = export(Format::Xlsx, Amount::Many, Lang::Ru, &reports);
    let taken = Sheet::of(&bytes, "Отчёты").column("Отчёт снят");
    let read = taken[..2].iter().map(|cell| match cell {
        Data::DateTime(time) => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        }
        cell => panic!("{cell:?}"),
    });
    let read: Vec<NaiveDateTime> = read.map(|text| time(&text)).collect();
    assert_eq!(
        read,
        [time("2026-11-23T18:05:41"), time("2024-02-02T00:30:00")]
    );
    let rows = csv_rows(&export(Format::Csv, Amount::Few, Lang::Ru, &reports), b';');
    assert_eq!(rows[0]["Отчёт снят"], "23.11.2026 18:05:41");
    let rows = csv_rows(&export(Format::Csv, Amount::Few, Lang::En, &reports), b',');
    assert_eq!(rows[1]["Taken"], "2024-02-02 00:30:00");
}

#[test]
fn the_same_reports_give_the_same_bytes_and_the_newest_dates_the_workbook() {
    let reports = [z(), x(), sections(), hard()];
    for format in Format::ALL {
        for size in [Amount::Few, Amount::Many] {
            let once = export(format, size, Lang::Kk, &reports);
            assert!(
                once == export(format, size, Lang::Kk, &reports),
                "{format:?}"
            );
        }
    }
    let parts = parts(&export(Format::Xlsx, Amount::Many, Lang::Ru, &reports));
    let core = &parts["docProps/core.xml"];
    assert!(core.contains("2026-11-23T13:05:41Z"), "{core}");
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    for said in [
        "state=\"frozen\"",
        "xSplit=\"3\" ySplit=\"1\"",
        "<autoFilter ref=\"A1:",
    ] {
        assert!(sheet.contains(said), "{said}");
    }
    assert!(parts["xl/styles.xml"].contains("dd.mm.yyyy hh:mm"));
}

#[test]
fn documents_have_a_sheet_where_a_report_carries_them() {
    let names = |bytes: &[u8]| {
        let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
        book.sheet_names()
    };
    let without = export(Format::Xlsx, Amount::Few, Lang::Ru, &[z()]);
    assert_eq!(names(&without), ["Отчёты", "Секции"]);
    let mut report = z();
    let document = |kind, value| Document {
        id: Some(7),
        at: Some("2026-11-23T05:00:00Z".parse().unwrap()),
        number: Some(3),
        kind: Some(kind),
        kind_name: Some("Прочее".to_owned()),
        value: Some(money(value)),
        fiscal_number: Some("0012345".to_owned()),
        offline: Some(false),
        ..Document::default()
    };
    report.documents = vec![document(1, "100.50"), document(99, "-7")];
    let bytes = export(
        Format::Xlsx,
        Amount::Many,
        Lang::Ru,
        std::slice::from_ref(&report),
    );
    assert_eq!(names(&bytes), ["Отчёты", "Секции", "Документы"]);
    let sheet = Sheet::of(&bytes, "Документы");
    let texts = |head| {
        sheet
            .column(head)
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(texts("Документ"), ["Продажа", "Прочее"]);
    assert_eq!(texts("Сумма документа"), ["100.5", "-7"]);
    assert_eq!(texts("Фискальный признак"), ["0012345", "0012345"]);
    assert_eq!(texts("Без связи с ОФД"), ["нет", "нет"]);
    assert_eq!(texts("Мобильный платёж"), ["", ""]);

    let value: Value =
        serde_json::from_slice(&export(Format::Json, Amount::Few, Lang::Ru, &[report])).unwrap();
    assert_eq!(
        value["reports"][0]["documents"][1],
        json!({
            "id": 7, "at": "2026-11-23T05:00:00Z", "number": 3, "kind": 99, "kindName": "Прочее",
            "amount": "-7.00", "cash": null, "nonCash": null, "mobile": null, "change": null,
            "fiscalNumber": "0012345", "autonomousNumber": null, "offline": false,
        })
    );
}

#[test]
fn json_has_the_documented_shape() {
    let mut report = hard();
    report.figures.as_mut().unwrap().count = Some(1);
    let file = export(Format::Json, Amount::Few, Lang::Ru, &[z(), report]);
    let value: Value = serde_json::from_slice(&file).unwrap();
    assert_eq!(
        (&value["format"], &value["version"]),
        (&json!("smena-reports"), &json!(1))
    );
    let z = &value["reports"][0];
    assert_eq!(
        (&z["number"], &z["kind"], &z["taken"], &z["hash"]),
        (
            &json!(1),
            &json!("z"),
            &json!("2026-11-23T13:05:41Z"),
            &json!(HASH)
        )
    );
    assert_eq!(z["register"]["bin"], "120340012345");
    assert_eq!(z["shift"]["cashier"], "Айгерім Сәрсенова");
    assert_eq!(
        z["figures"]["sales"],
        json!({ "count": 214, "amount": "1228340.94", "cumulative": "98765432.10" })
    );
    assert_eq!(z["figures"]["vat"], "167250.19");
    assert_eq!(z["figures"]["computed"]["revenue"], "1209890.44");
    assert_eq!(z["cashCount"]["difference"], "-684.54");
    assert_eq!(
        z["marks"],
        json!({ "training": false, "autonomous": false, "restored": false, "altered": false })
    );
    let second = &value["reports"][1];
    assert_eq!(
        second["marks"],
        json!({ "training": true, "autonomous": true, "restored": true, "altered": true })
    );
    let warnings = second["warnings"].as_array().unwrap();
    let count = warnings
        .iter()
        .find(|it| it["code"] == "count-differs")
        .unwrap();
    assert_eq!(count["params"]["count"], 1);
    let fields: Vec<_> = z.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = vec![
        "number",
        "kind",
        "taken",
        "register",
        "shift",
        "figures",
        "sections",
        "documents",
        "cashCount",
        "marks",
        "warnings",
        "server",
        "hash",
    ];
    expected.sort_unstable();
    let mut fields = fields;
    fields.sort_unstable();
    assert_eq!(fields, expected);
}

#[test]
fn no_reports_are_a_table_with_a_head() {
    let sheet = Sheet::of(&export(Format::Xlsx, Amount::Many, Lang::Ru, &[]), "Отчёты");
    assert_eq!(sheet.rows.len(), 1);
    let value: Value =
        serde_json::from_slice(&export(Format::Json, Amount::Few, Lang::Ru, &[])).unwrap();
    assert_eq!(value["reports"], json!([]));
}
