//! The summary of a period, and many reports in one file.

use std::process::Command;

use domain::Money;
use reports::{Paper, document, layout, pdf};
use tempfile::TempDir;
use texts::Lang;

use crate::{on_tape, pages, rendered, samples, words};

#[test]
fn the_summary_has_chapters_and_a_merged_file_a_bookmark_for_each_report() {
    let options = samples::options();
    let summary = layout::pages(&samples::period(30, &options), Paper::A4);
    let chapters: Vec<_> = summary
        .bookmarks
        .iter()
        .map(|it| it.title.as_str())
        .collect();
    assert_eq!(chapters, ["По дням", "По кассам", "По сменам"]);
    let folder = TempDir::new().unwrap();
    let outline = |bytes: Vec<u8>| {
        let file = folder.path().join("a.pdf");
        std::fs::write(&file, bytes).unwrap();
        // poppler's own page-by-page outline, as XML.
        let xml = Command::new("pdftohtml")
            .args(["-xml", "-stdout", "-i"])
            .arg(&file)
            .output()
            .unwrap();
        String::from_utf8_lossy(&xml.stdout).into_owned()
    };
    let xml = outline(rendered(&summary));
    for chapter in chapters {
        assert!(
            xml.contains(&format!(">{chapter}</item>")),
            "{chapter} in {xml}"
        );
    }
    let many = [pages(&samples::z()), pages(&samples::x()), summary];
    let xml = outline(pdf::merged("Отчёты", &many).unwrap());
    for document in &many {
        assert!(xml.contains(&format!(">{}<", document.title)), "{xml}");
    }
    assert!(xml.contains(r#"page="3">Сводка за период"#), "{xml}");
}

#[test]
fn a_period_adds_up_says_what_is_missing_and_what_was_not_told() {
    let mut shifts = samples::shifts(3);
    if let Some(figures) = &mut shifts[1].report.figures {
        figures.nds = None;
    }
    if let Some(figures) = &mut shifts[4].report.figures {
        figures.totals.refunds.amount = None;
    }
    shifts[5].report.marks.restored = true;
    let options = samples::options();
    let period = domain::period::Period::of(shifts.clone(), options.utc_offset, None, None);
    let gap = document::Gap {
        server: "https://kassa.test".to_owned(),
        kkm: domain::KkmId::new(77_506),
        name: Some("Касса 2".to_owned()),
        first: 104,
        last: 106,
    };
    let document = document::period(&period, &[gap], &[41, 43], &options);
    let sales: i64 = shifts
        .iter()
        .filter_map(|z| z.report.figures.as_ref()?.totals.sales.amount)
        .map(Money::tiyn)
        .sum();
    let sales = reports::format::amount(Money::from_tiyn(sales).unwrap(), Lang::Ru);
    for paper in Paper::ALL {
        let text = words(&layout::pages(&document, paper));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [
            sales.replace('\u{a0}', " ").as_str(),
            "23.11.2026 — 25.11.2026",
            "Касса 2 (id 77506): в архиве нет Z-отчётов смен 104–106.",
            "Не вошли отчёты, изменённые в архиве: № 41, 43.",
            "† Собраны программой по последним показаниям, а не получены от сервера: отчёты № 6.",
            "101 †",
            "В выручку вошли не все отчёты",
            "НДС: не все отчёты сообщили эту сумму — 23.11.2026, Всего.",
            "Возвраты продаж: не все отчёты сообщили эту сумму — Касса 2 (id 77506), Всего.",
            "Не сообщено сервером в 1 из 9",
            "Қойма (склад)",
        ] {
            assert!(text.contains(part), "{paper:?}: no «{part}» in\n{text}");
        }
    }
    let none = domain::period::Period::of([], options.utc_offset, None, None);
    let empty = words(&on_tape(&document::period(&none, &[], &[7], &options)));
    assert!(empty.contains("За этот период Z-отчётов нет."), "{empty}");
    let words: Vec<&str> = empty.split_whitespace().collect();
    let words = words.join(" ");
    assert!(words.contains("изменённые в архиве: № 7"), "{words}");
}

#[test]
fn a_sum_beyond_the_range_of_money_is_said_whichever_it_is() {
    let mut shifts = samples::shifts(40);
    let most = Money::from_tiyn(i64::MAX / 100).unwrap();
    for z in &mut shifts {
        let figures = z.report.figures.as_mut().unwrap();
        figures.totals.expenses.amount = Some(most);
    }
    let options = samples::options();
    let period = domain::period::Period::of(shifts, options.utc_offset, None, None);
    assert!(period.total.expenses.is_beyond() && !period.total.sales.is_beyond());
    let text = words(&on_tape(&document::period(&period, &[], &[], &options)));
    assert!(text.contains("Суммы слишком велики"), "{text}");
}
