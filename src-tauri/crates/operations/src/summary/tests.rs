use chrono::{DateTime, TimeDelta, Utc};
use domain::{Figures, Kkm, KkmId, Marks, Money};
use store::{Keeping, NewReport};
use tempfile::TempDir;

use super::*;
use crate::view::SummaryInput;
use crate::{DeskConfig, Outside, Scope};

fn desk(folder: &TempDir) -> Desk {
    desk_for(folder, false)
}

fn desk_for(folder: &TempDir, training: bool) -> Desk {
    Desk::open(DeskConfig {
        data_dir: folder.path().to_owned(),
        training,
        keeping: Keeping::Session,
        scope: Scope::default(),
        timeouts: crate::Timeouts::default(),
        outside: Outside::default(),
        lang: Some(Lang::Ru),
    })
    .unwrap()
}

/// A shift of a register, closed and its report taken at these times.
fn archive(desk: &Desk, kkm: i64, index: i64, closed: DateTime<Utc>, taken: DateTime<Utc>) {
    let mut figures = Figures {
        closed: Some(closed),
        ..Figures::default()
    };
    figures.totals.sales.amount = Some(Money::from_tiyn(100).unwrap());
    let report = Report {
        kind: ReportKind::Z,
        kkm: Kkm {
            name: Some("Касса".to_owned()),
            shift_index: Some(index),
            ..Kkm::bare(KkmId::new(kkm))
        },
        shift: None,
        figures: Some(figures),
        sections: None,
        documents: Vec::new(),
        taken,
        cash_count: None,
        marks: Marks::default(),
    };
    let new = NewReport {
        server: "https://fiscal.example.kz".to_owned(),
        kkm: report.kkm.id,
        shift: None,
        shift_index: report.shift_index(),
        kind: ReportKind::Z,
        raw: "{}".to_owned(),
        report,
    };
    desk.store.archive(new, taken).unwrap();
}

fn noon() -> DateTime<Utc> {
    "2026-11-23T07:00:00Z".parse().unwrap()
}

fn day(text: &str) -> ReportQuery {
    ReportQuery {
        from: text.parse().ok(),
        to: text.parse().ok(),
        ..ReportQuery::default()
    }
}

fn numbers(summary: &Summary) -> Vec<i64> {
    summary.period.shifts.iter().map(|z| z.number).collect()
}

#[test]
fn a_shift_counts_on_the_day_it_was_closed_whenever_its_report_was_taken() {
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    archive(&desk, 1, 1, noon(), noon() + TimeDelta::days(4));
    archive(&desk, 1, 2, noon() + TimeDelta::days(1), noon());
    archive(
        &desk,
        1,
        3,
        noon() + TimeDelta::days(2),
        noon() + TimeDelta::days(2),
    );
    assert_eq!(numbers(&desk.summary(&day("2026-11-23")).unwrap()), [1]);
    assert_eq!(numbers(&desk.summary(&day("2026-11-24")).unwrap()), [2]);
    assert!(numbers(&desk.summary(&day("2026-11-27")).unwrap()).is_empty());
    let mut reversed = day("2026-11-24");
    reversed.to = "2026-11-23".parse().ok();
    let refused = desk.summary(&reversed).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::BadInput);
}

#[test]
fn every_gap_is_told_with_the_register_it_is_of() {
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    // More findings than the walk for people tells one by one.
    for place in 0..1_005 {
        archive(
            &desk,
            1,
            2 * place,
            noon(),
            noon() + TimeDelta::seconds(place),
        );
    }
    for index in [1, 3] {
        archive(&desk, 2, index, noon(), noon() + TimeDelta::seconds(index));
    }
    let summary = desk.summary(&day("2026-11-23")).unwrap();
    assert_eq!(summary.gaps.len(), 1_005);
    let last = summary.gaps.last().unwrap();
    assert_eq!((last.kkm.get(), last.first, last.last), (2, 2, 2));
    let said = summary.remarks(&[], Lang::Ru);
    let said = said.last().unwrap().replace('\u{a0}', " ");
    assert!(said.starts_with("Касса (id 2): в архиве нет"), "{said}");
}

#[test]
fn an_edited_report_is_left_out_and_named_and_hides_no_gap() {
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    for (place, index) in (0..).zip([1, 3, 5]) {
        archive(&desk, 1, index, noon(), noon() + TimeDelta::seconds(place));
    }
    drop(desk);
    // With nothing but an editor for bytes: the second report's sales.
    let file = folder.path().join("smena.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let was = br#""shift_index":3"#;
    let place = bytes.windows(was.len()).position(|it| it == was).unwrap();
    bytes[place + was.len() - 1] = b'4';
    std::fs::write(&file, bytes).unwrap();

    let desk = self::desk(&folder);
    let summary = desk.summary(&day("2026-11-23")).unwrap();
    assert_eq!(summary.left_out, [2]);
    assert_eq!(numbers(&summary), [1, 3]);
    let gaps: Vec<_> = summary
        .gaps
        .iter()
        .map(|gap| (gap.first, gap.last))
        .collect();
    assert_eq!(gaps, [(2, 2), (4, 4)]);
    assert!(
        desk.summary(&day("2026-11-24"))
            .unwrap()
            .left_out
            .is_empty()
    );
}

fn days(from: &str, to: &str) -> SummaryInput {
    SummaryInput {
        from: Some(from.to_owned()),
        to: Some(to.to_owned()),
        server: None,
        kkm: None,
    }
}

#[test]
fn the_page_sees_the_period_and_the_one_before_it() {
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    for place in 0..4 {
        let closed = noon() + TimeDelta::days(place);
        archive(&desk, 1, place, closed, closed);
    }
    let view = desk
        .summary_view(&days("2026-11-25", "2026-11-26"))
        .unwrap();
    assert_eq!(view.total.shifts, 2);
    assert_eq!(view.total.sales.as_deref(), Some("2.00"));
    assert_eq!((view.total.nds, view.total.revenue), (None, None));
    assert_eq!(view.previous.unwrap().shifts, 2);
    let told: Vec<_> = view.days.iter().map(|it| it.day.as_str()).collect();
    assert_eq!(told, ["2026-11-25", "2026-11-26"]);
    assert_eq!(view.registers[0].name, "Касса");
    let mut open = days("2026-11-25", "2026-11-26");
    open.from = None;
    let view = desk.summary_view(&open).unwrap();
    assert_eq!((view.total.shifts, view.previous), (4, None));
    open.to = Some("tomorrow".to_owned());
    let refused = desk.summary_view(&open).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::BadInput);
}

#[test]
fn a_summary_is_saved_under_a_name_of_its_days_and_nothing_is_overwritten() {
    let folder = TempDir::new().unwrap();
    let desk = desk(&folder);
    archive(&desk, 1, 1, noon(), noon());
    let documents = folder.path().join("documents");
    let save = |format: &str| {
        let input = days("2026-11-23", "2026-11-24");
        let path = desk.save_summary(&input, format, &documents, &OnPaper::default());
        path.map(|path| path.file_name().unwrap().display().to_string())
    };
    let name = "Сводка за период 2026-11-23 — 2026-11-24";
    assert_eq!(save("pdf").unwrap(), format!("{name}.pdf"));
    assert_eq!(
        save("pdf").unwrap(),
        format!("{name}.pdf"),
        "the same bytes"
    );
    assert_eq!(save("xlsx").unwrap(), format!("{name}.xlsx"));
    assert_eq!(save("xlsx").unwrap(), format!("{name} (2).xlsx"));
    assert_eq!(save("doc").unwrap_err().code(), ErrorCode::BadInput);
}

#[test]
fn a_summary_made_in_training_says_so_even_where_it_adds_up_nothing() {
    for training in [true, false] {
        let folder = TempDir::new().unwrap();
        let desk = desk_for(&folder, training);
        let summary = desk.summary(&ReportQuery::default()).unwrap();
        let pages = desk.summary_pages(&summary, &OnPaper::default()).unwrap();
        let items = pages.pages.iter().flat_map(|page| &page.items);
        let mark = Lang::Ru.text(Key::PaperTraining);
        let says = |item: &reports::Item| matches!(item, reports::Item::Text { text, .. } if text.contains(mark));
        assert_eq!(items.filter(|item| says(item)).count() > 0, training);
    }
}
