//! Every document on every paper in every language, as text: where each line stands and what it says. A change of the
//! layout shows as a readable difference. `cargo insta review`, or `INSTA_UPDATE=always cargo test -p reports --test golden`,
//! takes it over once it was looked at (`cargo xtask gallery`).
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod samples;

use std::fmt::Write as _;

use reports::svg::millimetres;
use reports::{Face, Ink, Item, Language, Pages, Paper, layout};

/// A module of the QR code; its dark runs are told together.
const MODULE: i64 = 500;

fn told(pages: &Pages) -> String {
    let mut text = format!("{}\n", pages.title);
    for bookmark in &pages.bookmarks {
        let at = millimetres(bookmark.y);
        writeln!(
            text,
            "> {} (page {}, {at})",
            bookmark.title,
            bookmark.page + 1
        )
        .unwrap();
    }
    for page in &pages.pages {
        let (width, height) = (millimetres(page.width), millimetres(page.height));
        writeln!(text, "\n== {width} × {height}").unwrap();
        let mut items: Vec<&Item> = page.items.iter().collect();
        items.sort_by_key(|item| match item {
            Item::Text { x, y, .. } | Item::Fill { x, y, .. } => (*y, *x),
        });
        let mut modules = 0;
        let mut last = None;
        for item in items {
            match item {
                Item::Fill { width, height, .. } if *height == MODULE && width % MODULE == 0 => {
                    modules += width / MODULE;
                }
                Item::Fill {
                    x,
                    y,
                    width,
                    height,
                } => {
                    let [x, y, width, height] = [x, y, width, height].map(|it| millimetres(*it));
                    writeln!(text, "{y:>8} {x:>8} ── {width} × {height}").unwrap();
                    last = None;
                }
                Item::Text {
                    x,
                    y,
                    size,
                    face,
                    ink,
                    text: words,
                    ..
                } => {
                    let face = match face {
                        Face::Regular => "r",
                        Face::Bold => "B",
                        Face::Narrow => "n",
                        Face::NarrowBold => "N",
                    };
                    let line = if last == Some(*y) {
                        String::new()
                    } else {
                        millimetres(*y)
                    };
                    let ink = if *ink == Ink::White { " white" } else { "" };
                    let (x, size) = (millimetres(*x), millimetres(*size));
                    let words = words.replace('\u{a0}', " ");
                    writeln!(text, "{line:>8} {x:>8} {face}{size}{ink} {words}").unwrap();
                    last = Some(*y);
                }
            }
        }
        if modules > 0 {
            writeln!(text, "a code of {modules} dark modules").unwrap();
        }
    }
    text
}

/// One test for each language: they run side by side.
fn keep(language: Language) {
    for (name, document) in samples::all(language) {
        for paper in Paper::ALL {
            let pages = layout::pages(&document, paper);
            let language = language.as_str().replace('+', "-");
            insta::assert_snapshot!(
                format!("{name}_{}_{language}", paper.as_str()),
                told(&pages)
            );
        }
    }
}

#[test]
fn russian_documents_stay_as_they_were_looked_at() {
    keep(Language::One(texts::Lang::Ru));
}

#[test]
fn kazakh_documents_stay_as_they_were_looked_at() {
    keep(Language::One(texts::Lang::Kk));
}

#[test]
fn english_documents_stay_as_they_were_looked_at() {
    keep(Language::One(texts::Lang::En));
}

#[test]
fn bilingual_documents_stay_as_they_were_looked_at() {
    keep(Language::KazakhRussian);
}
