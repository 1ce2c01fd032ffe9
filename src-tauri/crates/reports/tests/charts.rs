//! The charts of a summary as they stand on paper.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod samples;

use reports::{Item, Language, Options, Pages, Paper, document, layout};
use texts::{Key, Lang};

fn pages(revenues: &[i64], paper: Paper) -> Pages {
    let document = samples::summary(revenues, samples::NAMES, Language::default());
    layout::pages(&document, paper)
}

/// A black area: its left and upper edge, its width and height.
type Area = (i64, i64, i64, i64);

/// The black areas of the chart under this title that are thicker than its lines, and the words, both in painting order.
fn chart(pages: &Pages, title: Key) -> (Vec<Area>, Vec<(i64, String)>) {
    let title = Lang::Ru.text(title);
    let items = pages.pages.iter().flat_map(|page| &page.items);
    let mut items =
        items.skip_while(|item| !matches!(item, Item::Text { text, .. } if text == title));
    let Some(Item::Text { face, size, .. }) = items.next() else {
        panic!("no {title}");
    };
    // The next heading, or the rule before the next chapter.
    let ends = |item: &&Item| match item {
        Item::Text {
            face: f, size: s, ..
        } => (f, s) == (face, size),
        Item::Fill { height, .. } => *height == 375,
    };
    let (mut areas, mut words) = (Vec::new(), Vec::new());
    for item in items.take_while(|item| !ends(item)) {
        match item {
            Item::Fill {
                x,
                y,
                width,
                height,
            } if *width > 250 && *height > 250 => areas.push((*x, *y, *width, *height)),
            Item::Fill { .. } => {}
            Item::Text { y, text, .. } => words.push((*y, text.replace('\u{a0}', " "))),
        }
    }
    (areas, words)
}

#[test]
fn columns_are_as_high_as_the_days_revenues_and_the_highest_fits_under_its_axis() {
    let revenues = [100_000, 40_000, 0, 73_333, 99_999, 25_000];
    let (columns, words) = chart(&pages(&revenues, Paper::A4), Key::AnalyticsByDay);
    let ground = columns.iter().map(|(_, y, _, height)| y + height).max();
    let ground = ground.unwrap();
    let heights: Vec<i64> = columns.iter().map(|column| column.3).collect();
    // The axis ends at 1 000 tenge, 42 mm up; a day without revenue has no column.
    let expected = [42_000, 16_800, 30_799, 41_999, 10_500];
    for (height, expected) in heights.iter().zip(expected) {
        assert!((height - expected).abs() <= 1, "{heights:?}");
    }
    assert_eq!(heights.len(), expected.len());
    assert!(columns.iter().all(|(_, y, _, height)| y + height == ground));
    let said: Vec<&str> = words.iter().map(|(_, word)| word.as_str()).collect();
    let axis = ["0", "500", "1 000"];
    let days = ["23.11", "24.11", "25.11", "26.11", "27.11", "28.11"];
    assert_eq!(said, [&axis[..], &days].concat());
}

#[test]
fn a_day_of_refunds_hangs_below_the_line_as_an_outline() {
    let (columns, _) = chart(&pages(&[100_000, -50_000], Paper::A4), Key::AnalyticsByDay);
    // An outline is made of strokes as thin as lines.
    assert_eq!(columns.len(), 1, "{columns:?}");
    let pages = pages(&[100_000, -50_000], Paper::A4);
    let (_, y, width, height) = columns[0];
    let ground = y + height;
    let outline: Vec<&Item> = pages.pages[0]
        .items
        .iter()
        .filter(
            |item| matches!(item, Item::Fill { y, width: w, .. } if *w == width && *y >= ground),
        )
        .collect();
    let edges: Vec<i64> = outline
        .iter()
        .filter_map(|item| match item {
            Item::Fill { y, height, .. } if *height == 250 => Some(*y - ground),
            _ => None,
        })
        .collect();
    assert_eq!(edges, [0, height / 2 - 250]);
}

#[test]
fn a_tape_has_a_bar_and_an_amount_for_every_day() {
    for paper in [Paper::Tape80, Paper::Tape58] {
        let revenues = [8_000_000, 4_000_000, 0, 2_000_000];
        let (bars, words) = chart(&pages(&revenues, paper), Key::AnalyticsByDay);
        let lengths: Vec<i64> = bars.iter().map(|bar| bar.2).collect();
        assert_eq!(lengths.len(), 3);
        assert!((lengths[0] - 2 * lengths[1]).abs() <= 2, "{lengths:?}");
        assert!((lengths[0] - 4 * lengths[2]).abs() <= 4, "{lengths:?}");
        for word in ["23.11", "80 000,00", "24.11", "40 000,00", "25.11", "0,00"] {
            assert!(words.iter().any(|(_, it)| it == word), "{paper:?}: {word}");
        }
    }
}

#[test]
fn of_a_year_the_months_are_shown_and_of_many_labels_as_many_as_have_room() {
    let year = vec![5_000_000; 366];
    let (months, words) = chart(&pages(&year, Paper::A4), Key::AnalyticsByMonth);
    assert_eq!(months.len(), 13);
    let labels = words.iter().filter(|(_, word)| word.contains(".20"));
    assert!((6..=13).contains(&labels.count()), "{words:?}");
    let (days, words) = chart(&pages(&year[..31], Paper::A4), Key::AnalyticsByDay);
    assert_eq!(days.len(), 31);
    let labels = words.iter().filter(|(_, word)| word.contains('.')).count();
    assert!((10..=16).contains(&labels), "{words:?}");
}

#[test]
fn registers_sections_and_cash_follow_in_the_order_of_the_screen_the_most_first() {
    let period = samples::period(2, &samples::options());
    for paper in Paper::ALL {
        let pages = layout::pages(&period, paper);
        let (_, words) = chart(&pages, Key::AnalyticsByRegister);
        let names: Vec<&str> = words
            .iter()
            .map(|(_, word)| word.as_str())
            .filter(|word| word.contains("id"))
            .collect();
        // Of `samples::shifts` the third register sells the most.
        let expected = [
            "Қойма (склад) (id 77507)",
            "Касса 2 (id 77506)",
            "Касса 1 (id 77505)",
        ];
        assert_eq!(names, expected, "{paper:?}");
        let (_, words) = chart(&pages, Key::AnalyticsBySection);
        let place = |name: &str| words.iter().position(|(_, word)| word == name);
        assert!(place("НДС 16%") < place("Без НДС"), "{paper:?}");
    }
    let titles = [
        Key::AnalyticsByDay,
        Key::AnalyticsByRegister,
        Key::AnalyticsBySection,
        Key::AnalyticsByCash,
    ];
    for language in [Lang::Ru, Lang::Kk, Lang::En] {
        let options = Options {
            language: Language::One(language),
            ..samples::options()
        };
        let said: Vec<String> = samples::period(2, &options)
            .blocks
            .iter()
            .filter_map(|block| match block {
                document::Block::Chart(chart) => Some(chart.title.concat()),
                _ => None,
            })
            .collect();
        assert_eq!(said, titles.map(|title| language.text(title)));
    }
}
