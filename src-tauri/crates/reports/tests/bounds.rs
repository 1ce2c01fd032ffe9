//! Nothing leaves the paper, nothing lies on anything else, and every amount keeps its column, whatever the names and sums.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod samples;

use domain::{Money, Report};
use reports::{Document, Item, Language, Options, Pages, Paper, document, layout, pdf};
use texts::Lang;

/// A run of text: its page, baseline, left and right edge, size and words.
type Run = (usize, i64, i64, i64, i64, String);

fn runs(pages: &Pages) -> Vec<Run> {
    let mut runs = Vec::new();
    for (number, page) in pages.pages.iter().enumerate() {
        for item in &page.items {
            if let Item::Text {
                x,
                y,
                width,
                size,
                text,
                ..
            } = item
            {
                runs.push((number, *y, *x, x + width, *size, text.clone()));
            }
        }
    }
    runs
}

/// Every run inside the margins, and none on another.
fn is_in_order(pages: &Pages) {
    let (width, margin) = (pages.paper.width(), pages.paper.margin());
    let mut runs = runs(pages);
    for (number, y, left, right, size, text) in &runs {
        assert!(
            *left >= margin && *right <= width - margin + 2,
            "{text}: {left}–{right}"
        );
        let height = pages.pages[*number].height;
        assert!(
            *y - size >= 0 && y + size / 3 <= height,
            "{text}: {y} of {height}"
        );
    }
    runs.sort();
    for (place, one) in runs.iter().enumerate() {
        for other in &runs[place + 1..] {
            if other.0 != one.0 || other.1 > one.1 + 8_000 {
                break;
            }
            let beside = one.3 < other.2 || other.3 < one.2;
            // Capitals and what hangs below the line.
            let below = other.1 - one.1 >= other.4 * 729 / 1000 + one.4 / 8;
            assert!(beside || below, "{one:?} and {other:?}");
        }
    }
}

fn on_all_papers(document: &Document) {
    for paper in Paper::ALL {
        is_in_order(&layout::pages(document, paper));
    }
}

#[test]
fn no_document_leaves_its_paper_or_overlaps_in_any_language() {
    for language in Language::ALL {
        for (_, document) in samples::all(language) {
            on_all_papers(&document);
        }
    }
}

/// A report with the same sum everywhere.
fn all_sums(sum: Money) -> Report {
    let mut report = samples::z();
    let figures = report.figures.as_mut().unwrap();
    let totals = &mut figures.totals;
    for counter in [
        &mut totals.sales,
        &mut totals.purchases,
        &mut totals.refunds,
        &mut totals.purchase_refunds,
        &mut totals.expenses,
        &mut totals.incomes,
    ] {
        counter.qty = Some(i64::MAX);
        counter.amount = Some(sum);
        counter.cumulative = Some(sum);
    }
    for field in [
        &mut figures.balance_open,
        &mut figures.balance_close,
        &mut figures.balance_close_non_cash,
        &mut figures.received,
        &mut figures.change,
        &mut figures.discount,
        &mut figures.markup,
        &mut figures.nds,
    ] {
        *field = Some(sum);
    }
    for line in report.sections.as_mut().unwrap() {
        line.sales = Some(sum);
        line.purchases = Some(sum);
        line.refunds = Some(sum);
        line.purchase_refunds = Some(sum);
    }
    report.cash_count.as_mut().unwrap().counted = sum;
    report
}

#[test]
fn every_amount_keeps_its_column_from_nothing_to_the_largest() {
    let most = 99_999_999_999_999_999;
    for tiyn in [0, 5, -5, 99_999, 122_834_094, -1_000_000_000, most, -most] {
        let sum = Money::from_tiyn(tiyn).unwrap();
        for lang in Lang::ALL {
            let options = Options {
                language: Language::One(lang),
                ..samples::options()
            };
            let document = document::report(&all_sums(sum), &options);
            on_all_papers(&document);
            let written = reports::format::amount(sum, lang);
            for paper in [Paper::Tape80, Paper::Tape58] {
                let pages = layout::pages(&document, paper);
                // Where the decimals of each amount begin; the hero's is larger and stands at the margin.
                let decimals = |face: reports::Face, size: i64, right: i64| {
                    right - width_of_decimals(face, size)
                };
                let mut marks: Vec<i64> = Vec::new();
                for item in pages.pages.iter().flat_map(|page| &page.items) {
                    if let Item::Text {
                        x,
                        width,
                        size,
                        face,
                        text,
                        ..
                    } = item
                        && *text == written
                        && *size == 3_450
                    {
                        marks.push(decimals(*face, *size, x + width));
                    }
                }
                assert!(
                    marks.len() > 20,
                    "{paper:?} {lang:?} {written}: {}",
                    marks.len()
                );
                let (least, most) = (marks.iter().min().unwrap(), marks.iter().max().unwrap());
                assert!(
                    most - least <= 2,
                    "{paper:?} {lang:?} {written}: {least}–{most}"
                );
            }
        }
    }
}

/// How wide `,00` is: DejaVu's figures have one width, and its comma and its point are as wide as each other.
fn width_of_decimals(face: reports::Face, size: i64) -> i64 {
    let (comma, figure) = match face {
        reports::Face::Regular => (651, 1303),
        reports::Face::Bold => (778, 1425),
        reports::Face::Narrow => (585, 1172),
        reports::Face::NarrowBold => (700, 1282),
    };
    (comma + 2 * figure) * size / 2048
}

#[test]
fn the_strangest_names_break_no_page_and_drop_no_figure() {
    let long = "Ә".repeat(500);
    let words = "слово ".repeat(100);
    let names = [
        "\"Рога\" & <Копыта> 'Ко' \\ % # $",
        "Магазин 🛒🇰🇿 «Смайл» 👨\u{200d}👩\u{200d}👧",
        "חנות دكان مخزن",
        "строка\nдругая\r\n\tтабуляция\u{0}\u{7}\u{1b}[31m",
        "\u{202e}наоборот\u{202c} \u{feff}\u{200b}",
        "漢字 かな 한글 ไทย",
        "а\u{301}е\u{308} \u{fffd} \u{10ffff}",
        "",
        "   ",
        &long,
        &words,
    ];
    for name in names {
        let mut report = samples::with_documents(3);
        report.kkm.taxpayer = Some(name.to_owned());
        report.kkm.name = Some(name.to_owned());
        report.kkm.address = Some(name.to_owned());
        report.kkm.ofd_name = Some(name.to_owned());
        report.shift.as_mut().unwrap().user_name = Some(name.to_owned());
        report.sections.as_mut().unwrap()[0].name = Some(name.to_owned());
        report.cash_count.as_mut().unwrap().reason = Some(name.to_owned());
        report.documents[0].kind = None;
        report.documents[0].kind_name = Some(name.to_owned());
        let document = document::report(&report, &samples::listing(&samples::options()));
        for paper in Paper::ALL {
            let pages = layout::pages(&document, paper);
            is_in_order(&pages);
            let said = runs(&pages);
            for figure in [
                "1\u{a0}228\u{a0}340,94",
                "98\u{a0}765\u{a0}432,10",
                "167\u{a0}250,19",
                "684,54",
            ] {
                assert!(
                    said.iter().any(|run| run.5 == figure),
                    "{name:?} {paper:?}: no {figure}"
                );
            }
            assert!(
                pdf::render(&pages).unwrap().starts_with(b"%PDF-1.7"),
                "{name:?}"
            );
        }
    }
}

/// No rule, bar or outline on a letter, and none outside the margins. Not for papers with marks, which are white on black.
fn no_stroke_lies_on_a_word(pages: &Pages, what: &str) {
    let (width, margin) = (pages.paper.width(), pages.paper.margin());
    let mut runs = runs(pages);
    runs.sort();
    for (number, page) in pages.pages.iter().enumerate() {
        let here: Vec<&Run> = runs.iter().filter(|run| run.0 == number).collect();
        for item in &page.items {
            let Item::Fill {
                x,
                y,
                width: wide,
                height,
            } = item
            else {
                continue;
            };
            assert!(
                *wide > 0 && *height > 0 && *x >= margin && x + wide <= width - margin,
                "{what}: {x} + {wide}"
            );
            assert!(*y >= 0 && y + height <= page.height, "{what}: {y}");
            for (_, baseline, left, right, size, text) in &here {
                let above = baseline - size * 729 / 1000;
                let clear = y + height <= above || y >= baseline || x + wide <= *left || x >= right;
                assert!(clear, "{what}: {item:?} on {text}");
            }
        }
    }
}

#[test]
fn charts_keep_clear_of_words_and_margins_whatever_they_show() {
    let most = 99_999_999_999_999_999;
    let year: Vec<i64> = (0..366).map(|day| day * 7_919_113 % 90_000_000).collect();
    let long = "Ә".repeat(90);
    let words = "касса на складе ".repeat(12);
    let names = samples::NAMES;
    for (what, revenues, names) in [
        ("one day", vec![122_834_094], names),
        ("a month", year[..31].to_vec(), names),
        ("half a year", year[..190].to_vec(), names),
        ("a year", year.clone(), names),
        ("nothing", vec![0; 12], names),
        ("a tiyn", vec![0, 1, 0, -1], names),
        ("refunds", vec![500_000, -1_250_000, 0, -3, 90_000], names),
        ("refunds only", vec![-500_000, -1_250_000], names),
        ("the most", vec![most], names),
        ("the least", vec![-most], names),
        ("extremes", vec![1, most, -most, -1, 0], names),
        ("names", year[..7].to_vec(), [long.as_str(), &words, ""]),
        ("names below nought", vec![-5, 7], [&long, "שלום", &words]),
    ] {
        for language in [Language::default(), Language::KazakhRussian] {
            let document = samples::summary(&revenues, names, language);
            for paper in Paper::ALL {
                let pages = layout::pages(&document, paper);
                is_in_order(&pages);
                no_stroke_lies_on_a_word(&pages, what);
            }
        }
    }
}
