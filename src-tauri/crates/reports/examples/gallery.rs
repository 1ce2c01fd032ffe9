//! Writes every document on every paper in every language, as PDF and SVG, into a folder to be looked at:
//! `cargo run -p reports --example gallery -- DIR`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::path::PathBuf;

use reports::{Language, Paper, escpos, layout, pdf, svg};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    std::fs::create_dir_all(&folder)?;
    for language in Language::ALL {
        for (name, document) in samples::all(language) {
            for paper in Paper::ALL {
                let pages = layout::pages(&document, paper);
                let stem = format!("{name}_{}_{}", paper.as_str(), language.as_str());
                std::fs::write(folder.join(format!("{stem}.pdf")), pdf::render(&pages)?)?;
                let first = svg::render(&pages).swap_remove(0);
                std::fs::write(folder.join(format!("{stem}.svg")), first)?;
                if paper.is_tape() {
                    std::fs::write(
                        folder.join(format!("{stem}.escpos")),
                        escpos::render(&pages)?,
                    )?;
                }
            }
        }
    }
    Ok(())
}
