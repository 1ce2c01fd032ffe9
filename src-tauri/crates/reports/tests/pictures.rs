//! The same pages everywhere: what is previewed is what is saved and what a thermal printer burns.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    clippy::float_arithmetic
)]

mod samples;

use std::process::Command;
use std::sync::Arc;

use reports::raster::Bitmap;
use reports::{Language, Page, Pages, Paper, escpos, layout, pdf, raster, svg};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};
use tempfile::TempDir;

/// Dots an inch at which one dot is an eighth of a millimetre, as in a thermal head.
const DPI: &str = "203.2";

/// A picture in shades of grey, 0 black.
struct Grey {
    width: usize,
    height: usize,
    shades: Vec<u8>,
}

impl Grey {
    fn at(&self, x: usize, y: usize) -> u8 {
        let inside = x < self.width && y < self.height;
        if inside {
            self.shades[y * self.width + x]
        } else {
            255
        }
    }
}

/// The first page as poppler paints it.
fn by_poppler(pages: &Pages) -> Grey {
    let folder = TempDir::new().unwrap();
    let (file, picture) = (folder.path().join("a.pdf"), folder.path().join("a"));
    std::fs::write(&file, pdf::render(pages).unwrap()).unwrap();
    let done = Command::new("pdftoppm")
        .args(["-gray", "-singlefile", "-r", DPI])
        .arg(&file)
        .arg(&picture)
        .status();
    assert!(done.expect("poppler-utils is installed").success());
    let bytes = std::fs::read(picture.with_extension("pgm")).unwrap();
    // `P5 width height 255`, then a byte for each dot.
    let mut head = bytes.splitn(4, |byte| byte.is_ascii_whitespace());
    let mut number = || {
        let word = head.next().unwrap();
        std::str::from_utf8(word).unwrap().to_owned()
    };
    assert_eq!(number(), "P5");
    let (width, height) = (number().parse().unwrap(), number().parse().unwrap());
    let shades = bytes[bytes.len() - width * height..].to_vec();
    Grey {
        width,
        height,
        shades,
    }
}

/// The first page's SVG as resvg paints it, with nothing but the paper's own fonts.
fn by_resvg(pages: &Pages) -> Grey {
    let mut fonts = fontdb::Database::new();
    for file in [
        dejavu::sans::regular(),
        dejavu::sans::bold(),
        dejavu::sans_condensed::regular(),
        dejavu::sans_condensed::bold(),
    ] {
        fonts.load_font_data(file.to_vec());
    }
    let options = usvg::Options {
        dpi: 203.2,
        fontdb: Arc::new(fonts),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(&svg::render(pages)[0], &options).unwrap();
    let (width, height) = (
        tree.size().width().ceil() as u32,
        tree.size().height().ceil() as u32,
    );
    let mut picture = Pixmap::new(width, height).unwrap();
    picture.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    let shades = picture.pixels().iter().map(|pixel| pixel.green()).collect();
    Grey {
        width: width as usize,
        height: height as usize,
        shades,
    }
}

fn of_bitmap(bitmap: &Bitmap, margin_dots: usize) -> Grey {
    let width = bitmap.width + 2 * margin_dots;
    let shade = |place: usize| {
        let (x, y) = (place % width, place / width);
        let black = x >= margin_dots && bitmap.is_black(x - margin_dots, y);
        if black { 0 } else { 255 }
    };
    Grey {
        width,
        height: bitmap.height,
        shades: (0..width * bitmap.height).map(shade).collect(),
    }
}

/// Two painters draw an edge a little differently. What is black in one must have ink within a dot of it in the
/// other, and nearly all of it must.
fn agree(one: &Grey, other: &Grey, least: f64, what: &str) {
    assert!(
        one.height.abs_diff(other.height) <= 1 && one.width.abs_diff(other.width) <= 1,
        "{what}"
    );
    for (from, to) in [(one, other), (other, one)] {
        let (mut black, mut met) = (0u32, 0u32);
        for y in 0..from.height {
            for x in 0..from.width {
                if from.at(x, y) > 100 {
                    continue;
                }
                black += 1;
                let near = (-1i64..=1).any(|down| {
                    (-1i64..=1).any(|across| {
                        let (x, y) = (x as i64 + across, y as i64 + down);
                        x >= 0 && y >= 0 && to.at(x as usize, y as usize) < 225
                    })
                });
                met += u32::from(near);
            }
        }
        let share = f64::from(met) / f64::from(black);
        assert!(black > 10_000, "{what}: {black}");
        assert!(
            share >= least,
            "{what}: {met} of {black} dots are met, {share:.5}"
        );
    }
}

/// Papers with their documents: those that have every block, in the language with the longest words.
fn papers() -> Vec<(String, Pages)> {
    let language = Language::KazakhRussian;
    let mut documents = samples::all(language);
    documents.retain(|(name, _)| matches!(*name, "z" | "z-hard" | "cash-count"));
    // A short summary, for its charts.
    let summary = samples::summary(&[5_000_000, -2_000_000], samples::NAMES, language);
    documents.push(("period", summary));
    documents
        .iter()
        .flat_map(|(name, document)| {
            Paper::ALL.map(|paper| {
                (
                    format!("{name} on {}", paper.as_str()),
                    layout::pages(document, paper),
                )
            })
        })
        .collect()
}

#[test]
fn the_preview_and_the_pdf_are_the_same_picture() {
    for (name, pages) in papers() {
        agree(&by_poppler(&pages), &by_resvg(&pages), 0.999, &name);
    }
}

#[test]
fn the_thermal_print_and_the_pdf_are_the_same_picture() {
    for (name, pages) in papers()
        .into_iter()
        .filter(|(_, pages)| pages.paper.is_tape())
    {
        let margin = pages.paper.margin();
        let bitmap = raster::render(&pages.pages[0], margin).unwrap();
        let dots = usize::try_from(margin * raster::DOTS_PER_MM / 1000).unwrap();
        agree(&by_poppler(&pages), &of_bitmap(&bitmap, dots), 0.995, &name);
    }
}

#[test]
fn what_arrives_at_a_thermal_printer_is_the_page() {
    let printer = printing::sink::Sink::start().unwrap();
    for (name, pages) in papers()
        .into_iter()
        .filter(|(_, pages)| pages.paper.is_tape())
    {
        let bytes = escpos::render(&pages).unwrap();
        let job = printing::Job {
            title: &pages.title,
            bytes: &bytes,
            media: None,
        };
        printing::print(&printer.printer(), &job).unwrap();
        let (bands, cuts) = printed(&printer.next(std::time::Duration::from_secs(30)).unwrap());
        let width = bands[0].0;
        let bytes: Vec<u8> = bands.into_iter().flat_map(|(_, bytes)| bytes).collect();
        let paper = Bitmap {
            width,
            height: bytes.len() / (width / 8),
            bytes,
        };
        let margin = usize::try_from(pages.paper.margin() * raster::DOTS_PER_MM / 1000).unwrap();
        agree(
            &by_poppler(&pages),
            &of_bitmap(&paper, margin),
            0.995,
            &name,
        );
        assert_eq!(cuts, 1, "{name}");
    }
}

#[test]
fn a_page_moved_by_half_a_millimetre_is_another_picture() {
    // The measure itself must be able to fail.
    let (_, pages) = papers().remove(0);
    let picture = by_poppler(&pages);
    let mut moved = pages.clone();
    for item in &mut moved.pages[0].items {
        match item {
            reports::Item::Text { x, .. } | reports::Item::Fill { x, .. } => *x += 500,
        }
    }
    let other = by_resvg(&moved);
    let caught = std::panic::catch_unwind(|| agree(&picture, &other, 0.999, "moved"));
    assert!(caught.is_err());
}

/// What a printer makes of the bytes: the dots of its bands under one another, and how often it cuts.
fn printed(bytes: &[u8]) -> (Vec<(usize, Vec<u8>)>, usize) {
    let mut rest = bytes
        .strip_prefix(&[0x1b, b'@'])
        .expect("begins with a reset");
    let (mut bands, mut cuts) = (Vec::new(), 0);
    while !rest.is_empty() {
        if let Some(cut) = rest.strip_prefix(&[0x1d, b'V', 66]) {
            cuts += 1;
            rest = &cut[1..];
            continue;
        }
        let band = rest.strip_prefix(&[0x1d, b'v', b'0', 0]).expect("a band");
        let across = usize::from(u16::from_le_bytes([band[0], band[1]]));
        let rows = usize::from(u16::from_le_bytes([band[2], band[3]]));
        bands.push((across * 8, band[4..4 + across * rows].to_vec()));
        rest = &band[4 + across * rows..];
    }
    (bands, cuts)
}

#[test]
fn a_printer_gets_576_or_384_dots_a_row_and_every_row_of_the_page() {
    for (paper, dots) in [(Paper::Tape80, 576), (Paper::Tape58, 384)] {
        for (name, document) in samples::all(Language::default()) {
            let pages = layout::pages(&document, paper);
            let (bands, cuts) = printed(&escpos::render(&pages).unwrap());
            assert!(bands.iter().all(|(width, _)| *width == dots), "{name}");
            let bytes: Vec<u8> = bands.into_iter().flat_map(|(_, bytes)| bytes).collect();
            let page = |page: &Page| raster::render(page, paper.margin()).unwrap().bytes;
            let expected: Vec<u8> = pages.pages.iter().flat_map(page).collect();
            assert_eq!(bytes, expected, "{name}");
            assert_eq!(cuts, pages.pages.len(), "{name}");
        }
    }
}
