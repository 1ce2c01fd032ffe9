//! Writes every document on every paper in every language into a folder to be looked at: PDF, SVG, what a thermal printer
//! is sent and the dots it burns, and a page that shows them all.
//!
//! `cargo run -p reports --example gallery -- DIR [--docs DIR]`, which `cargo xtask gallery` does; the PNG of each page of a PDF
//! comes from poppler afterwards, so the names of the pages are printed: `z_80_ru 1`. `--docs` makes the README's pictures too.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod grey;
mod index;
mod pictures;
#[path = "../../tests/samples/mod.rs"]
mod samples;

use std::fs;
use std::path::{Path, PathBuf};

use reports::{Document, Language, Pages, Paper, escpos, layout, pdf, raster, svg};

type Done<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Done {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("which folder?")?);
    fs::create_dir_all(&folder)?;
    for language in Language::ALL {
        for (name, document) in samples::all(language) {
            for paper in Paper::ALL {
                write(&folder, &stem(name, paper, language), &document, paper)?;
            }
        }
    }
    fs::write(folder.join("index.html"), index::page_of_all())?;
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("--docs"), Some(docs)) => pictures::write(Path::new(&docs)),
        (None, None) => Ok(()),
        _ => Err("DIR [--docs DIR]".into()),
    }
}

/// The name that all files of one document share.
fn stem(name: &str, paper: Paper, language: Language) -> String {
    let language = language.as_str().replace('+', "-");
    format!("{name}_{}_{language}", paper.as_str())
}

/// The name of a page's files, pages counted from 1.
fn page(stem: &str, number: usize) -> String {
    format!("{stem}-{number}")
}

fn write(folder: &Path, stem: &str, document: &Document, paper: Paper) -> Done {
    let pages = layout::pages(document, paper);
    fs::write(folder.join(format!("{stem}.pdf")), pdf::render(&pages)?)?;
    for (number, svg) in (1..).zip(svg::render(&pages)) {
        fs::write(folder.join(format!("{}.svg", page(stem, number))), svg)?;
    }
    if paper.is_tape() {
        let sent = escpos::render(&pages)?;
        fs::write(folder.join(format!("{stem}.escpos")), sent)?;
        burn(folder, stem, &pages)?;
    }
    println!("{stem} {}", pages.pages.len());
    Ok(())
}

/// The dots of a tape.
fn burn(folder: &Path, stem: &str, pages: &Pages) -> Done {
    for (number, tape) in (1..).zip(&pages.pages) {
        let bitmap = raster::render(tape, pages.paper.margin())?;
        let file = format!("{}-thermal.png", page(stem, number));
        grey::write_dots(&folder.join(file), &bitmap)?;
    }
    Ok(())
}
