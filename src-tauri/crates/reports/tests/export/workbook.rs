//! The workbook: totals, notes, sheets, properties.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use domain::Document;
use reports::export::{Amount, Format};
use serde_json::{Value, json};
use texts::Lang;

use crate::samples::{hard, money, sections, x, z};
use crate::{Sheet, csv_rows, export, selling};

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
fn where_kinds_are_mixed_only_the_z_reports_are_added_up() {
    let mixed = [selling("100.50"), x(), sections(), selling("0.20")];
    for size in [Amount::Few, Amount::Many] {
        let bytes = export(Format::Xlsx, size, Lang::Ru, &mixed);
        let sheet = Sheet::of(&bytes, "Отчёты");
        assert_eq!(sheet.rows[5][0], Data::String("Итого по Z-отчётам".into()));
        assert_eq!(sheet.column("Продажи: сумма")[4], Data::Float(100.70));
        let lines = Sheet::of(&bytes, "Секции");
        let kinds = lines.column("Отчёт");
        let sales = lines.column("Продажи");
        let of_z = kinds.iter().zip(&sales).filter_map(|(kind, sum)| {
            let is_z = *kind == *"Z-отчёт";
            is_z.then(|| sum.to_string().parse::<f64>().unwrap())
        });
        let total = sales.last().unwrap().to_string().parse::<f64>().unwrap();
        assert!((of_z.sum::<f64>() - total).abs() < 0.001, "{sales:?}");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        for (name, row) in [("Отчёты", 5), ("Секции", lines.rows.len() - 1)] {
            let formulas = book.worksheet_formula(name).unwrap();
            let row = u32::try_from(row).unwrap();
            let sums = formulas.used_cells().filter(|(at, ..)| *at == 0);
            assert!(sums.count() > 0);
            for (.., formula) in formulas.used_cells() {
                let kinds = format!(r#"SUMIF(B2:B{row},"Z-отчёт","#);
                assert!(formula.starts_with(&kinds), "{name}: {formula}");
            }
        }
    }
    // Readings alone have no total: two of one shift tell the same sales.
    let sheet = Sheet::of(
        &export(Format::Xlsx, Amount::Few, Lang::Ru, &[x(), x()]),
        "Отчёты",
    );
    assert_eq!(sheet.rows.len(), 3);
}

#[test]
fn a_shift_number_that_only_the_register_has_is_in_every_file() {
    let mut report = z();
    report.shift = None;
    report.kkm.shift_index = Some(4711);
    let reports = [report];
    let of = |format| export(format, Amount::Few, Lang::Ru, &reports);
    let cell = &Sheet::of(&of(Format::Xlsx), "Отчёты").column("Смена №")[0];
    assert_eq!(*cell, Data::Float(4711.0));
    assert_eq!(csv_rows(&of(Format::Csv), b';')[0]["Смена №"], "4711");
    let value: Value = serde_json::from_slice(&of(Format::Json)).unwrap();
    assert_eq!(value["reports"][0]["shiftIndex"], json!(4711));
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
fn no_reports_are_a_table_with_a_head() {
    let sheet = Sheet::of(&export(Format::Xlsx, Amount::Many, Lang::Ru, &[]), "Отчёты");
    assert_eq!(sheet.rows.len(), 1);
    let value: Value =
        serde_json::from_slice(&export(Format::Json, Amount::Few, Lang::Ru, &[])).unwrap();
    assert_eq!(value["reports"], json!([]));
}
