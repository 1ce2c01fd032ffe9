//! The six pictures of the README: small and in sixteen greys.
#![allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_arithmetic,
    reason = "a picture is scaled in floating point"
)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use reports::{Face, Language, Paper, layout, svg};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, fontdb};
use texts::Lang;

use crate::{Done, grey, samples, stem};

/// As high as a sheet at most; the README shows them at half their size, for screens with fine dots.
const HEIGHT: usize = 792;
/// The last rows of a tape that goes on below fade out.
const FADE: usize = 120;
const FRAME: u8 = 0xcc;

const SHOWN: [(&str, Paper, Language); 6] = [
    ("z", Paper::Tape80, Language::One(Lang::Ru)),
    ("z", Paper::Tape58, Language::KazakhRussian),
    ("z", Paper::A4, Language::One(Lang::Ru)),
    ("period", Paper::A4, Language::One(Lang::Kk)),
    ("sections", Paper::Tape80, Language::One(Lang::En)),
    ("cash-count", Paper::Tape80, Language::One(Lang::Ru)),
];

/// Writes them into `folder`.
pub(crate) fn write(folder: &Path) -> Done {
    fs::create_dir_all(folder)?;
    let fonts = Arc::new(fonts());
    for (name, paper, language) in SHOWN {
        let width = width(paper);
        let shades = picture(name, paper, language, &fonts)?;
        let file = folder.join(format!("{}.png", stem(name, paper, language)));
        grey::write_sixteen(&file, width, &shades)?;
    }
    Ok(())
}

/// In dots: letters on tape are shown larger than on a sheet. Both tapes have one scale.
const fn width(paper: Paper) -> usize {
    match paper {
        Paper::Tape80 => 440,
        Paper::Tape58 => 320,
        Paper::A4 => 560,
    }
}

/// The paper's own fonts and no others, so that the pictures are the same everywhere.
fn fonts() -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    for face in Face::ALL {
        fonts.load_font_data(match face {
            Face::Regular => dejavu::sans::regular().to_vec(),
            Face::Bold => dejavu::sans::bold().to_vec(),
            Face::Narrow => dejavu::sans_condensed::regular().to_vec(),
            Face::NarrowBold => dejavu::sans_condensed::bold().to_vec(),
        });
    }
    fonts
}

/// The upper part of the first page, one byte a dot.
fn picture(
    name: &str,
    paper: Paper,
    language: Language,
    fonts: &Arc<fontdb::Database>,
) -> Done<Vec<u8>> {
    let documents = samples::all(language);
    let found = documents.iter().find(|(found, _)| *found == name);
    let (_, document) = found.ok_or("no such document")?;
    let page = svg::render(&layout::pages(document, paper)).swap_remove(0);
    let options = usvg::Options {
        fontdb: Arc::clone(fonts),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(&page, &options)?;
    let width = width(paper);
    let scale = width as f32 / tree.size().width();
    let whole = (tree.size().height() * scale) as usize;
    let height = whole.min(HEIGHT);
    let size = (u32::try_from(width)?, u32::try_from(height)?);
    let mut pixmap = Pixmap::new(size.0, size.1).ok_or("no room for a picture")?;
    pixmap.fill(Color::WHITE);
    let scaled = Transform::from_scale(scale, scale);
    resvg::render(&tree, scaled, &mut pixmap.as_mut());
    let mut shades: Vec<u8> = pixmap.pixels().iter().map(|dot| dot.green()).collect();
    frame(&mut shades, width, whole > height);
    Ok(shades)
}

/// A light line around the paper; open below where the paper goes on.
fn frame(shades: &mut [u8], width: usize, cut: bool) {
    let height = shades.len() / width;
    for (y, row) in shades.chunks_mut(width).enumerate() {
        row[0] = FRAME;
        row[width - 1] = FRAME;
        if y == 0 || (y == height - 1 && !cut) {
            row.fill(FRAME);
        }
        let left = height - y;
        if cut && left < FADE {
            for shade in row {
                let ink = usize::from(255 - *shade) * left / FADE;
                *shade = 255 - u8::try_from(ink).unwrap_or(255);
            }
        }
    }
}
