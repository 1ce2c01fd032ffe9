//! Every value in every format.

use calamine::Data;
use chrono::NaiveDateTime;
use domain::{Money, Report, SectionId, SectionLine};
use reports::export::{Amount, Format};
use serde_json::{Value, json};
use texts::Lang;

use crate::samples::{hard, money, sections, z};
use crate::{HASH, Sheet, csv_rows, export, named, names, selling, time};

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
fn what_was_not_reported_is_empty_and_never_nought() {
    let mut bare = sections();
    (bare.shift, bare.kkm.shift_index) = (None, None);
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
        "shiftIndex",
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
