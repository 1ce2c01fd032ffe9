//! Writes the sample reports as PDF and SVG into a folder, to be looked at: `cargo run -p reports --example paper -- DIR`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::path::PathBuf;
use std::time::Instant;

use reports::{layout, pdf, svg};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    std::fs::create_dir_all(&folder)?;
    let mut copy = samples::options();
    copy.copy = true;
    let all = [
        ("z", samples::z(), samples::options()),
        ("x", samples::x(), samples::options()),
        ("sections", samples::sections(), samples::options()),
        ("hard", samples::hard(), copy),
    ];
    for (name, report, options) in all {
        let start = Instant::now();
        let pages = layout::document(&report, &options);
        let meta = pdf::Meta {
            title: pages.title.clone(),
            created: report.taken,
        };
        let bytes = pdf::render(&pages, &meta)?;
        println!("{name}: {} bytes in {:?}", bytes.len(), start.elapsed());
        std::fs::write(folder.join(format!("{name}.pdf")), bytes)?;
        for page in svg::render(&pages) {
            std::fs::write(folder.join(format!("{name}.svg")), page)?;
        }
    }
    Ok(())
}
