use domain::{Counter, Figures, Kkm, Marks, Money, Report, Totals};
use serde_json::Value;
use store::{Keeping, NewReport};
use tempfile::TempDir;

use super::*;
use crate::{DeskConfig, Outside, Scope};

const SERVER: &str = "https://fiscal.example.kz";

fn desk(folder: &TempDir) -> Desk {
    Desk::open(DeskConfig {
        data_dir: folder.path().join("data"),
        training: false,
        keeping: Keeping::Session,
        scope: Scope::default(),
        timeouts: crate::Timeouts::default(),
        outside: Outside::default(),
        lang: Some(Lang::Ru),
    })
    .unwrap()
}

/// Archives so many Z-reports, several of them taken in the same second.
fn archive(desk: &Desk, count: i64) {
    for index in 1..=count {
        let amount = Money::from_tiyn(index).unwrap();
        let counter = Counter {
            qty: Some(1),
            amount: Some(amount),
            cumulative: Some(Money::from_tiyn(index * 1000).unwrap()),
        };
        let taken = "2026-11-24T10:00:00Z".parse::<chrono::DateTime<chrono::Utc>>();
        let taken = taken.unwrap() + chrono::TimeDelta::seconds(index / 7);
        let kkm = Kkm::bare(KkmId::new(77505));
        let report = Report {
            kind: ReportKind::Z,
            shift: None,
            figures: Some(Figures {
                totals: Totals {
                    sales: counter,
                    ..Totals::default()
                },
                ..Figures::default()
            }),
            sections: None,
            documents: Vec::new(),
            taken,
            cash_count: None,
            marks: Marks::default(),
            kkm,
        };
        let new = NewReport {
            server: SERVER.to_owned(),
            kkm: report.kkm.id,
            shift: None,
            shift_index: Some(index),
            kind: ReportKind::Z,
            raw: "{}".to_owned(),
            report,
        };
        desk.store.archive(new, taken).unwrap();
    }
}

fn numbers(path: &Path) -> Vec<i64> {
    let value: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let reports = value["reports"].as_array().unwrap().iter();
    reports.map(|it| it["number"].as_i64().unwrap()).collect()
}

#[test]
fn every_report_is_there_once_over_all_pages_and_the_limit_holds() {
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    let count = 2 * i64::from(PAGE) + 3;
    archive(&desk, count);
    let path = folder.path().join("all.json");
    for limit in [u32::MAX, PAGE, PAGE + 1, 2 * PAGE + 3, 7] {
        let query = ReportQuery {
            limit,
            ..ReportQuery::default()
        };
        let done = desk
            .export(&query, Format::Json, Lang::Ru, &path, true)
            .unwrap();
        let expected: Vec<i64> = (1..=count)
            .rev()
            .take(usize::try_from(limit).unwrap())
            .collect();
        assert_eq!(numbers(&path), expected, "{limit}");
        assert_eq!(done.reports, u64::try_from(expected.len()).unwrap());
    }
}

#[test]
fn named_reports_come_in_their_order_and_a_missing_one_leaves_no_file() {
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    archive(&desk, 5);
    let path = folder.path().join("some.json");
    desk.export_numbers(&[3, 5, 1], Format::Json, Lang::Kk, &path, false)
        .unwrap();
    assert_eq!(numbers(&path), [3, 5, 1]);
    let all: Vec<i64> = (1..=5).cycle().take(PAGE_OF_NUMBERS + 3).collect();
    let done = desk.export_numbers(&all, Format::Xlsx, Lang::Kk, &path, true);
    assert_eq!(done.unwrap().reports, 503);
    let missing = folder.path().join("missing.xlsx");
    for format in Format::ALL {
        let refused = desk.export_numbers(&[3, 99], format, Lang::Ru, &missing, false);
        assert_eq!(refused.unwrap_err().code(), ErrorCode::BadInput);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn what_the_page_saves_never_replaces_a_file() {
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    archive(&desk, 2);
    let target = folder.path().join("документы");
    let mut input = ExportInput {
        format: "csv".to_owned(),
        lang: "ru".to_owned(),
        numbers: None,
        server: None,
        kkm: Some(77505),
        kind: Some("z".to_owned()),
        from: Some("2026-11-20".to_owned()),
        to: None,
    };
    let first = desk
        .save_export(&input, &target, &OnPaper::default())
        .unwrap();
    let before = std::fs::read(&first).unwrap();
    input.numbers = Some(vec![1]);
    let second = desk
        .save_export(&input, &target, &OnPaper::default())
        .unwrap();
    assert_ne!(first, second);
    assert_eq!(std::fs::read(&first).unwrap(), before);
    assert_ne!(std::fs::read(&second).unwrap(), before);

    for broken in [
        ExportInput {
            format: "docx".to_owned(),
            ..input.clone()
        },
        ExportInput {
            lang: "de".to_owned(),
            ..input.clone()
        },
        ExportInput {
            kind: Some("w".to_owned()),
            ..input.clone()
        },
        ExportInput {
            from: Some("вчера".to_owned()),
            ..input.clone()
        },
        ExportInput {
            server: Some("не адрес".to_owned()),
            ..input.clone()
        },
    ] {
        let refused = desk
            .save_export(&broken, &target, &OnPaper::default())
            .unwrap_err();
        assert_eq!(refused.effect(), Effect::Nothing, "{broken:?}");
    }
    assert_eq!(std::fs::read_dir(&target).unwrap().count(), 2);
}

/// `SMENA_EXPORT_REPORTS=10000 cargo test -p operations --lib many -- --nocapture` tells how long each format takes.
#[test]
fn many_reports_pass_through_in_every_format() {
    let count = std::env::var("SMENA_EXPORT_REPORTS").map_or(300, |count| count.parse().unwrap());
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    archive(&desk, count);
    let query = ReportQuery {
        limit: u32::MAX,
        ..ReportQuery::default()
    };
    for format in Format::ALL {
        let path = folder.path().join("all").with_extension(format.extension());
        let began = std::time::Instant::now();
        let done = desk.export(&query, format, Lang::Ru, &path, false).unwrap();
        assert_eq!(done.reports, u64::try_from(count).unwrap());
        let size = std::fs::metadata(&path).unwrap().len();
        println!("{format:?}: {count} in {:?}, {size} bytes", began.elapsed());
    }
}

#[test]
fn one_pdf_takes_so_many_and_more_are_refused_before_anything_is_made() {
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    archive(&desk, i64::from(PAPERS) + 1);
    let path = folder.path().join("all.pdf");
    let all = ReportQuery {
        limit: u32::MAX,
        ..ReportQuery::default()
    };
    let on = OnPaper::default();
    let refused = desk.export_pdf(&all, &on, &path, false).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::BadInput);
    let said = refused.view_in(Lang::Ru).message;
    assert!(said.contains(&PAPERS.to_string()), "{said}");
    assert!(!path.exists());
    let few = ReportQuery { limit: 3, ..all };
    let done = desk.export_pdf(&few, &on, &path, false).unwrap();
    assert_eq!(done.reports, 3);
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));
}
