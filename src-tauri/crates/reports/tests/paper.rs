//! The paper as real PDF readers see it: poppler's pdftotext, pdffonts and pdfinfo.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod samples;

use std::path::PathBuf;
use std::process::Command;

use domain::{Figures, Kkm, KkmId, Report};
use reports::{Item, Pages, layout, pdf, svg};
use tempfile::TempDir;

fn rendered(report: &Report, pages: &Pages) -> Vec<u8> {
    let meta = pdf::Meta {
        title: pages.title.clone(),
        created: report.taken,
    };
    pdf::render(pages, &meta).unwrap()
}

fn pages(report: &Report) -> Pages {
    layout::document(report, &samples::options())
}

/// What a poppler tool says of the report's PDF.
fn read_with(tool: &str, arguments: &[&str], report: &Report, pages: &Pages) -> String {
    let folder = TempDir::new().unwrap();
    let file: PathBuf = folder.path().join("report.pdf");
    std::fs::write(&file, rendered(report, pages)).unwrap();
    let mut command = Command::new(tool);
    command.args(arguments).arg(&file);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().expect("poppler-utils is installed");
    assert!(output.status.success());
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn text(report: &Report) -> String {
    read_with("pdftotext", &["-layout"], report, &pages(report)).replace('\u{a0}', " ")
}

/// Lines of `text` with runs of spaces made one.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn every_figure_of_a_z_report_can_be_read_beside_its_caption() {
    let lines = lines(&text(&samples::z()));
    for expected in [
        "ТОО «Көктем Маркет»",
        "ИИН/БИН 120340012345",
        "ЗНМ SWK00412345",
        "РНМ 010100412345",
        "Z-ОТЧЁТ",
        "Смена № 128",
        "Открыта 23.11.2026 08:02",
        "Закрыта 23.11.2026 18:05",
        "Кассир Айгерім Сәрсенова",
        "Код оператора 7",
        "суммы в тенге, ₸",
        "НДС 16% (№ 76634)",
        "Продажи 1 128 340,94",
        "Необнуляемые суммы на начало смены *",
        "Продажи 97 537 091,16",
        "Продажи 214 1 228 340,94",
        "Покупки 2 45 000,00",
        "Возвраты продаж 3 18 450,50",
        "Возвраты покупок 0 0,00",
        "(внесения) 1 50 000,00",
        "(изъятия) 1 500 000,00",
        "Получено 1 260 000,00",
        "Сдача 31 659,06",
        "Скидки 12 500,00",
        "Наценки 0,00",
        "НДС 167 250,19",
        "Остаток на начало 93 794,10",
        "Наличных в кассе 412 684,54",
        "Безналичные 396 000,00",
        "Выручка * 1 209 890,44",
        "Необнуляемые суммы на конец смены",
        "Продажи 98 765 432,10",
        "Документов 220",
        "Факт 412 000,00",
        "Учёт 412 684,54",
        "Недостача * 684,54",
        "* Посчитано программой, а не сервером.",
        "Архив № 12 · 3f9a1c0b7e22d455",
    ] {
        assert!(
            lines.iter().any(|line| line == expected),
            "no «{expected}» in\n{}",
            lines.join("\n")
        );
    }
}

#[test]
fn the_blocks_come_in_the_order_of_printed_forms() {
    let text = text(&samples::z());
    let mut last = 0;
    for heading in [
        "ИИН/БИН",
        "Z-ОТЧЁТ",
        "Отчёт по секциям",
        "на начало смены",
        "Операции за смену",
        "Получено",
        "Остаток на начало",
        "Выручка",
        "на конец смены",
        "Документов",
        "Пересчёт наличных",
        "Оператор фискальных данных",
        "Проверьте",
        "Архив №",
    ] {
        let at = text.find(heading).unwrap_or_else(|| panic!("no {heading}"));
        assert!(at > last, "{heading} is out of order");
        last = at;
    }
}

#[test]
fn an_x_report_has_no_closing_data() {
    let text = text(&samples::x());
    assert!(text.contains("X-ОТЧЁТ") && text.contains("Необнуляемые суммы на момент отчёта"));
    for closing in ["Закрыта", "на конец смены", "Z-ОТЧЁТ"] {
        assert!(!text.contains(closing), "{closing}");
    }
}

#[test]
fn a_section_report_adds_its_sections_up_and_says_who_did() {
    let lines = lines(&text(&samples::sections()));
    assert!(lines.contains(&"Итого по секциям *".to_owned()));
    assert!(lines.contains(&"Продажи 1 228 340,94".to_owned()));
}

#[test]
fn every_kazakh_letter_comes_back() {
    let mut report = samples::z();
    let letters = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі ₸ №";
    report.kkm.taxpayer = Some(letters.to_owned());
    report.kkm.address = Some(letters.to_owned());
    assert_eq!(text(&report).matches(letters).count(), 2);
}

#[test]
fn what_the_server_did_not_send_is_left_out() {
    let mut report = samples::z();
    report.figures = Some(Figures::default());
    report.sections = None;
    report.cash_count = None;
    report.shift = None;
    report.kkm = Kkm::bare(KkmId::new(77505));
    let text = text(&report);
    for absent in [
        "0,00",
        "Продажи",
        "Выручка",
        "Наличных",
        "Документов",
        "БИН",
        "Кассир",
        "*",
    ] {
        assert!(!text.contains(absent), "{absent} in\n{text}");
    }
}

#[test]
fn marks_and_warnings_are_printed() {
    let mut options = samples::options();
    options.copy = true;
    options.altered = true;
    let report = samples::hard();
    let text = read_with(
        "pdftotext",
        &["-layout"],
        &report,
        &layout::document(&report, &options),
    );
    for mark in [
        "УЧЕБНЫЙ",
        "АВТОНОМНЫЙ РЕЖИМ",
        "ДУБЛИКАТ",
        "ИЗМЕНЁН В АРХИВЕ",
        "ВОССТАНОВЛЕН",
        "Проверьте",
        "999 999 999 999 999,99",
    ] {
        assert!(text.replace('\u{a0}', " ").contains(mark), "{mark}");
    }
    for mark in ["УЧЕБНЫЙ", "ИЗМЕНЁН"] {
        assert!(!self::text(&samples::z()).contains(mark), "{mark}");
    }
}

#[test]
fn long_names_and_the_largest_sums_stay_inside_the_margins_and_never_overlap() {
    for report in [
        samples::z(),
        samples::x(),
        samples::sections(),
        samples::hard(),
    ] {
        for page in pages(&report).pages {
            let mut runs: Vec<(i64, i64, i64, String)> = Vec::new();
            for item in page.items {
                if let Item::Text {
                    x, y, width, text, ..
                } = item
                {
                    assert!(x >= 4_000 && x + width <= 76_002, "{text}: {x} + {width}");
                    runs.push((y, x, x + width, text));
                }
            }
            runs.sort();
            for pair in runs.windows(2) {
                assert!(pair[0].0 != pair[1].0 || pair[0].2 < pair[1].1, "{pair:?}");
            }
        }
    }
}

#[test]
fn a_thousand_sections_go_over_several_pages_that_a_reader_can_open() {
    let mut report = samples::sections();
    let line = report.sections.as_ref().unwrap()[0].clone();
    report.sections = Some(vec![line; 1_000]);
    let info = read_with("pdfinfo", &[], &report, &pages(&report));
    assert!(
        info.contains("Pages:           5") || info.contains("Pages:           6"),
        "{info}"
    );
}

#[test]
fn fonts_are_embedded_and_subset() {
    let report = samples::z();
    let fonts = read_with("pdffonts", &[], &report, &pages(&report));
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(rows.len(), 2, "{fonts}");
    assert!(
        rows.iter()
            .all(|row| row.contains("DejaVuSans") && row.contains("yes yes yes")),
        "{fonts}"
    );
    assert!(rendered(&report, &pages(&report)).len() < 60_000);
}

#[test]
fn title_and_creation_date_are_set_and_nothing_is_claimed_that_is_not_so() {
    let report = samples::z();
    let info = read_with("pdfinfo", &["-isodates"], &report, &pages(&report));
    assert!(info.contains("Z-отчёт, смена № 128, Касса 1"), "{info}");
    assert!(info.contains("2026-11-23T13:05:41Z"), "{info}");
    assert!(!info.contains("PDF/X"), "{info}");
    let bytes = rendered(&report, &pages(&report));
    assert!(bytes.windows(12).any(|part| part == b"/Lang(ru-KZ)"));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = samples::z();
    assert_eq!(
        rendered(&report, &pages(&report)),
        rendered(&report, &pages(&report))
    );
    assert_eq!(svg::render(&pages(&report)), svg::render(&pages(&report)));
    assert_ne!(
        rendered(&report, &pages(&report)),
        rendered(&report, &pages(&samples::x()))
    );
}

#[test]
fn the_preview_needs_no_style_and_no_script() {
    let mut report = samples::hard();
    report.kkm.name = Some("<script>alert(1)</script> & \"Ко\"".to_owned());
    for page in svg::render(&pages(&report)) {
        assert!(page.starts_with("<svg ") && page.ends_with("</svg>"));
        assert!(!page.contains("style") && !page.contains("<script"));
        assert!(
            page.contains(r#"font-family="DejaVu Sans""#) && page.contains(r#"viewBox="0 0 80 "#)
        );
        assert_eq!(
            page.matches("<text ").count(),
            page.matches("textLength=").count()
        );
    }
}
