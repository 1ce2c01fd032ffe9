//! Long documents, summaries and slips as real PDF readers see them.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod poppler;
mod samples;

use std::process::Command;

use domain::{Money, Report};
use poppler::{read_with, rendered, words};
use reports::{Document, Pages, Paper, document, layout, pdf};
use tempfile::TempDir;
use texts::Lang;

fn pages(report: &Report) -> Pages {
    on_tape(&document::report(report, &samples::options()))
}

fn on_tape(document: &Document) -> Pages {
    layout::pages(document, Paper::Tape80)
}

#[test]
fn a_thousand_sections_and_documents_repeat_their_heads_and_number_their_sheets() {
    let mut report = samples::with_documents(1_000);
    let line = report.sections.as_ref().unwrap()[0].clone();
    report.sections = Some(vec![line; 1_000]);
    let options = samples::listing(&samples::options());
    let pages = layout::pages(&document::report(&report, &options), Paper::A4);
    let count = pages.pages.len();
    assert!(count > 30, "{count}");
    let info = read_with("pdfinfo", &[], &pages);
    assert!(
        info.contains(&format!("Pages:           {count}")),
        "{info}"
    );
    let text = words(&pages);
    for (place, page) in text.split('\u{c}').take(count).enumerate() {
        let number = format!("Стр. {} из {count}", place + 1);
        assert!(page.contains(&number), "no «{number}» in\n{page}");
        let head = page.contains("Возвраты") || page.contains("Документ");
        assert!(
            head || place + 1 == count,
            "no head on page {}\n{page}",
            place + 1
        );
    }
    assert_eq!(text.matches("НДС 16%").count(), 1_000);
}

#[test]
fn documents_are_listed_only_where_that_is_asked_for() {
    let report = samples::with_documents(5);
    let without = document::report(&report, &samples::options());
    let with = document::report(&report, &samples::listing(&samples::options()));
    for paper in Paper::ALL {
        let listed = |document| words(&layout::pages(document, paper)).contains("Документы смены");
        assert!(listed(&with) && !listed(&without), "{paper:?}");
    }
}

#[test]
fn the_longest_tape_is_one_page_and_beyond_what_a_page_holds_several() {
    let mut report = samples::sections();
    let line = report.sections.as_ref().unwrap()[0].clone();
    report.sections = Some(vec![line.clone(); 180]);
    assert_eq!(pages(&report).pages.len(), 1);
    report.sections = Some(vec![line; 1_000]);
    let pages = pages(&report);
    let longest = pages.pages.iter().map(|page| page.height).max();
    assert!(pages.pages.len() > 4 && longest < Some(5_080_000));
    let info = read_with("pdfinfo", &[], &pages);
    assert!(
        info.contains(&format!("Pages:           {}", pages.pages.len())),
        "{info}"
    );
    assert_eq!(words(&pages).matches("НДС 16%").count(), 1_000);
}

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
    let period =
        domain::period::Period::of(shifts.clone(), |at| options.zone.offset(at), None, None);
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
    let none = domain::period::Period::of([], |at| options.zone.offset(at), None, None);
    let empty = words(&on_tape(&document::period(&none, &[], &[7], &options)));
    assert!(empty.contains("За этот период Z-отчётов нет."), "{empty}");
    let words: Vec<&str> = empty.split_whitespace().collect();
    let words = words.join(" ");
    assert!(words.contains("изменённые в архиве: № 7"), "{words}");
}

#[test]
fn a_slip_tells_what_is_known_of_a_shift_and_a_count_is_to_be_signed() {
    let options = samples::options();
    let opened = words(&on_tape(&samples::slip(document::Moment::Opened, &options)));
    let closed = words(&on_tape(&samples::slip(document::Moment::Closed, &options)));
    for part in [
        "СМЕНА ОТКРЫТА",
        "Закрыть до",
        "24.11.2026 08:02",
        "93 794,10",
    ] {
        assert!(opened.contains(part), "{part} in\n{opened}");
    }
    for part in [
        "СМЕНА ЗАКРЫТА",
        "23.11.2026 18:05",
        "412 684,54",
        "396 000,00",
    ] {
        assert!(closed.contains(part), "{part} in\n{closed}");
    }
    assert!(!opened.contains("Закрыта") && !opened.contains("Безналичные"));
    let count = document::cash_count(&samples::z(), &options).unwrap();
    let count = words(&on_tape(&count));
    for part in [
        "ПЕРЕСЧЁТ НАЛИЧНЫХ",
        "412 000,00",
        "Недостача",
        "684,54",
        "Пересчитал",
        "Проверил",
    ] {
        assert!(count.contains(part), "{part} in\n{count}");
    }
    assert!(document::cash_count(&samples::x(), &options).is_none());
}
