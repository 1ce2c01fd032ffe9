//! The paper as real PDF readers see it: poppler's pdftotext, pdffonts and pdfinfo.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod poppler;
mod samples;

use domain::{Figures, Kkm, KkmId, Money, Report};
use poppler::{read_with, rendered, words};
use reports::{Document, Item, Language, Options, Pages, Paper, document, layout, svg};
use texts::Lang;

fn pages(report: &Report) -> Pages {
    on_tape(&document::report(report, &samples::options()))
}

fn on_tape(document: &Document) -> Pages {
    layout::pages(document, Paper::Tape80)
}

fn in_language(language: Language) -> Options {
    Options {
        language,
        ..samples::options()
    }
}

fn text(report: &Report) -> String {
    words(&pages(report))
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
        "1 50 000,00",
        "1 500 000,00",
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
        "Архив № 12",
        "3f9a1c0b7e22d455",
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
    let text = words(&on_tape(&document::report(&report, &options)));
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

/// Row by row of the printed form, in the words of each language: what the readers of the paper look for.
#[test]
fn every_row_of_the_printed_form_is_there_in_russian_kazakh_and_english() {
    let russian = "ИИН/БИН ЗНМ РНМ Касса Z-ОТЧЁТ|Смена №|Открыта|Закрыта|Отчёт снят|Кассир|Код оператора|Отчёт по секциям|\
        Необнуляемые суммы на начало смены|Продажи|Покупки|Возвраты продаж|Возвраты покупок|\
        Служебный приход (внесения)|Служебный расход (изъятия)|Получено|Сдача|Скидки|Наценки|НДС|Остаток на начало|\
        Наличных в кассе|Безналичные|Выручка|Необнуляемые суммы на конец смены|Документов|Факт|Учёт|Недостача|Причина|\
        Оператор фискальных данных|АВТОНОМНЫЙ РЕЖИМ|ДУБЛИКАТ|ВОССТАНОВЛЕН|УЧЕБНЫЙ|Архив №";
    let kazakh = "ЖСН/БСН КЗН КТН Касса Z-ЕСЕП|Ауысым №|Ашылды|Жабылды|Есеп алынды|Кассир|Оператор коды|Бөлімдер бойынша есеп|\
        Ауысым басындағы нөлденбейтін сомалар|Сату|Сатып алу|Сатуды қайтару|Сатып алуды қайтару|Енгізу|Алу|Алынды|\
        Қайтарым|Жеңілдік|Үстеме|ҚҚС|Басындағы қалдық|Кассадағы қолма-қол ақша|Қолма-қол ақшасыз|Түсім|\
        Ауысым соңындағы нөлденбейтін сомалар|Құжаттар|Нақты|Есептік қалдық|Кем|Себебі|Фискалдық деректер операторы|\
        АВТОНОМДЫ РЕЖИМ|ТЕЛНҰСҚА|ҚАЛПЫНА КЕЛТІРІЛГЕН|ОҚУ ҮЛГІСІ|Мұрағат №";
    let english = "IIN/BIN Register Z-REPORT|Shift no.|Opened|Closed|Taken|Cashier|Operator code|By section|\
        Non-resettable totals at start of shift|Sales|Purchases|Sale refunds|Purchase refunds|Deposits|Withdrawals|\
        Received|Change|Discounts|Markups|VAT|Balance at opening|Cash in drawer|Non-cash|Revenue|\
        Non-resettable totals at end of shift|Documents|Counted|Expected|Short|Reason|Fiscal data operator|\
        AUTONOMOUS MODE|DUPLICATE|RECONSTRUCTED|TRAINING|Archive no.";
    let mut report = samples::z();
    report.marks = samples::hard().marks;
    let of = |language: Language, paper: Paper| {
        let options = Options {
            copy: true,
            ..in_language(language)
        };
        let pages = layout::pages(&document::report(&report, &options), paper);
        let text = read_with("pdftotext", &["-raw"], &pages);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for paper in [Paper::Tape80, Paper::Tape58] {
        for (lang, rows) in [(Lang::Ru, russian), (Lang::Kk, kazakh), (Lang::En, english)] {
            let text = of(Language::One(lang), paper);
            for row in rows.split('|').flat_map(|row| {
                // The first group is of single words.
                if row.contains("Z-") {
                    row.split(' ').collect()
                } else {
                    vec![row]
                }
            }) {
                assert!(
                    text.contains(row),
                    "{lang:?} {paper:?}: no «{row}» in\n{text}"
                );
            }
        }
        let text = of(Language::KazakhRussian, paper);
        for row in [
            "Z-ЕСЕП Z-ОТЧЁТ",
            "Сату / Продажи",
            "Түсім / Выручка",
            "ТЕЛНҰСҚА ДУБЛИКАТ",
        ] {
            assert!(text.contains(row), "{paper:?}: no «{row}» in\n{text}");
        }
    }
}

#[test]
fn a_sheet_has_the_same_figures_as_a_tape() {
    let document = document::report(&samples::z(), &samples::options());
    let figures = |paper: Paper| {
        let pages = layout::pages(&document, paper);
        let read = words(&pages);
        let mut found: Vec<String> = Vec::new();
        for item in pages.pages.into_iter().flat_map(|page| page.items) {
            let Item::Text { text, .. } = item else {
                continue;
            };
            let amount = text.replace('\u{a0}', " ");
            let decimals = amount.rsplit_once(',').map(|(_, it)| it);
            if decimals.is_some_and(|it| it.len() == 2 && it.chars().all(|c| c.is_ascii_digit())) {
                assert!(
                    read.contains(&amount),
                    "{amount} is not read back from {paper:?}"
                );
                found.push(amount);
            }
        }
        found.sort();
        found.dedup();
        found
    };
    let (tape, sheet) = (figures(Paper::Tape80), figures(Paper::A4));
    assert!(tape.len() >= 25, "{tape:?}");
    // The sheet tells the totals of deposits and withdrawals besides; nothing of the tape is missing.
    let missing: Vec<_> = tape.iter().filter(|it| !sheet.contains(it)).collect();
    assert!(missing.is_empty(), "{missing:?}\n{sheet:?}");
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
    let period = domain::period::Period::of(shifts, |at| options.zone.offset(at), None, None);
    assert!(period.total.expenses.is_beyond() && !period.total.sales.is_beyond());
    let text = words(&on_tape(&document::period(&period, &[], &[], &options)));
    assert!(text.contains("Суммы слишком велики"), "{text}");
}

#[test]
fn on_tape_no_other_sum_stands_in_the_place_of_a_documents_amount() {
    let mut report = samples::with_documents(2);
    report.documents[0].value = None;
    report.documents[0].cash = Some(samples::money("77777.77"));
    let options = samples::listing(&samples::options());
    let text = words(&on_tape(&document::report(&report, &options)));
    assert!(!text.contains("77 777,77"), "{text}");
    let other = report.documents[1].value.unwrap();
    assert!(
        text.contains(&reports::format::amount(other, Lang::Ru).replace('\u{a0}', " ")),
        "{text}"
    );
}

#[test]
fn the_pdf_says_that_it_is_fit_for_an_archive() {
    for language in Language::ALL {
        let document = document::report(&samples::hard(), &in_language(language));
        for paper in Paper::ALL {
            let bytes = rendered(&layout::pages(&document, paper));
            let has = |part: &str| bytes.windows(part.len()).any(|it| it == part.as_bytes());
            assert!(has("<pdfaid:part>2</pdfaid:part>"));
            assert!(has("<pdfaid:conformance>U</pdfaid:conformance>"));
            assert!(has("/OutputIntent"));
            assert!(has(&format!("/Lang({})", language.tag())), "{language:?}");
        }
    }
}

#[test]
fn fonts_are_embedded_and_subset() {
    let report = samples::z();
    let fonts = read_with("pdffonts", &[], &pages(&report));
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(rows.len(), 2, "{fonts}");
    assert!(
        rows.iter()
            .all(|row| row.contains("DejaVuSans") && row.contains("yes yes yes")),
        "{fonts}"
    );
    assert!(rendered(&pages(&report)).len() < 40_000);
}

#[test]
fn title_and_creation_date_are_set_and_nothing_is_claimed_that_is_not_so() {
    let report = samples::z();
    let info = read_with("pdfinfo", &["-isodates"], &pages(&report));
    assert!(info.contains("Z-отчёт, смена № 128, Касса 1"), "{info}");
    assert!(info.contains("2026-11-23T13:05:41Z"), "{info}");
    assert!(!info.contains("PDF/X"), "{info}");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = samples::z();
    assert_eq!(rendered(&pages(&report)), rendered(&pages(&report)));
    assert_eq!(svg::render(&pages(&report)), svg::render(&pages(&report)));
    assert_ne!(rendered(&pages(&report)), rendered(&pages(&samples::x())));
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

#[test]
fn a_common_report_in_two_languages_has_room_on_one_sheet() {
    let options = in_language(Language::KazakhRussian);
    for report in [samples::z(), samples::x()] {
        let pages = layout::pages(&document::report(&report, &options), Paper::A4);
        assert_eq!(pages.pages.len(), 1, "{}", pages.title);
    }
}

#[test]
fn in_two_languages_a_number_has_its_sign_once_and_beside_it() {
    for (name, document) in samples::all(Language::KazakhRussian) {
        for paper in Paper::ALL {
            let text = words(&layout::pages(&document, paper));
            assert!(!text.contains("№ / "), "{name}: {text}");
        }
    }
}

#[test]
fn on_a_tape_what_is_not_known_of_a_day_is_a_dash_and_no_empty_line() {
    let mut shifts = samples::shifts(2);
    for z in shifts.iter_mut().take(3) {
        z.report.figures.as_mut().unwrap().totals.sales.amount = None;
        z.report.figures.as_mut().unwrap().totals.refunds.amount = None;
        z.report.figures.as_mut().unwrap().nds = None;
    }
    let options = samples::options();
    let period = domain::period::Period::of(shifts, |at| options.zone.offset(at), None, None);
    let document = document::period(&period, &[], &[], &options);
    let text = words(&layout::pages(&document, Paper::Tape58));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("23.11 —"), "{text}");
    assert!(
        text.contains("Продажи — Возвраты продаж — НДС — Выручка —"),
        "{text}"
    );
}
