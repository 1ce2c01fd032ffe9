//! Paints a page in black dots, as a thermal head prints it: 203 dots an inch, which makers round to 8 a millimetre.
//!
//! Letters come from the same font as everywhere, so that Kazakh ones never depend on a printer's code page.

use std::collections::HashMap;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use tiny_skia::{FillRule, Mask, PathBuilder, Transform};

use crate::font::OfFaces;
use crate::{Face, Ink, Item, Page, ReportError, Um};

/// Dots in a millimetre.
pub const DOTS_PER_MM: i64 = 8;

/// A page of dots, one bit each, rows from top to bottom, the leftmost dot in the highest bit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// Dots in a row; a multiple of 8.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `width / 8` bytes a row; a set bit is black.
    pub bytes: Vec<u8>,
}

impl Bitmap {
    fn blank(width: usize, height: usize) -> Self {
        let width = width.next_multiple_of(8);
        Self {
            width,
            height,
            bytes: vec![0; width / 8 * height],
        }
    }

    /// Whether a dot is black; outside of the page nothing is.
    pub fn is_black(&self, x: usize, y: usize) -> bool {
        let byte = (x < self.width).then(|| self.bytes.get(y * (self.width / 8) + x / 8));
        byte.flatten()
            .is_some_and(|byte| byte & (0x80 >> (x % 8)) != 0)
    }

    fn set(&mut self, x: i64, y: i64, black: bool) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
            return;
        };
        if x >= self.width {
            return;
        }
        let Some(byte) = self.bytes.get_mut(y * (self.width / 8) + x / 8) else {
            return;
        };
        let bit = 0x80 >> (x % 8);
        if black {
            *byte |= bit;
        } else {
            *byte &= !bit;
        }
    }
}

/// The part of a page between its side margins, which is what the head can print.
///
/// # Errors
/// [`ReportError::Font`] if an embedded font is damaged.
pub fn render(page: &Page, margin: Um) -> Result<Bitmap, ReportError> {
    let width = usize::try_from(dots(page.width - 2 * margin)).unwrap_or_default();
    let height = usize::try_from(dots(page.height)).unwrap_or_default();
    let mut bitmap = Bitmap::blank(width, height);
    let mut letters = Letters::default();
    for item in &page.items {
        match item {
            Item::Fill {
                x,
                y,
                width,
                height,
            } => {
                let (left, right) = (dots(x - margin), dots(x - margin + width));
                let (top, bottom) = (dots(*y), dots(y + height));
                // However thin, a rule is one dot.
                for row in top..bottom.max(top + 1) {
                    for column in left..right.max(left + 1) {
                        bitmap.set(column, row, true);
                    }
                }
            }
            Item::Text {
                x,
                y,
                size,
                face,
                ink,
                text,
                ..
            } => {
                let mut pen = x - margin;
                let mut advanced = 0;
                for letter in text.chars() {
                    let glyph = letters.get(*face, *size, letter)?;
                    glyph.stamp(&mut bitmap, dots(pen), dots(*y), *ink);
                    let (_, advance) = face.glyph(letter);
                    advanced += advance;
                    pen = x - margin + advanced * size / face.em();
                }
            }
        }
    }
    Ok(bitmap)
}

/// A length in dots, rounded to the nearest.
const fn dots(length: Um) -> i64 {
    (length * DOTS_PER_MM + 500).div_euclid(1000)
}

/// The dots of one letter around its place on the baseline.
struct Letter {
    dots: Vec<(i32, i32)>,
}

impl Letter {
    fn stamp(&self, bitmap: &mut Bitmap, x: i64, y: i64, ink: Ink) {
        for (across, down) in &self.dots {
            let (x, y) = (x + i64::from(*across), y + i64::from(*down));
            bitmap.set(x, y, ink == Ink::Black);
        }
    }
}

/// The letters of one page: each is drawn once.
#[derive(Default)]
struct Letters(HashMap<(Face, Um, char), Letter>);

impl Letters {
    fn get(&mut self, face: Face, size: Um, letter: char) -> Result<&Letter, ReportError> {
        match self.0.entry((face, size, letter)) {
            std::collections::hash_map::Entry::Occupied(there) => Ok(there.into_mut()),
            std::collections::hash_map::Entry::Vacant(free) => {
                Ok(free.insert(drawn(face, size, letter)?))
            }
        }
    }
}

fn font(face: Face) -> Result<FontRef<'static>, ReportError> {
    static FONTS: OfFaces<Option<FontRef<'static>>> = OfFaces::new();
    let font = FONTS.get(face, || FontRef::new(face.file()).ok());
    font.clone().ok_or(ReportError::Font { name: face.name() })
}

#[allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_arithmetic,
    reason = "outlines are drawn in floating point; a letter is at most a few hundred dots"
)]
fn drawn(face: Face, size: Um, letter: char) -> Result<Letter, ReportError> {
    let em = (size * DOTS_PER_MM) as f32 / 1000.0;
    let (id, _) = face.glyph(letter);
    let mut pen = Pen(PathBuilder::new());
    if let Some(outline) = font(face)?.outline_glyphs().get(GlyphId::new(id)) {
        let settings = DrawSettings::unhinted(Size::new(em), LocationRef::default());
        // A glyph that cannot be drawn leaves its place empty, as a space does.
        let _ = outline.draw(settings, &mut pen);
    }
    let Some(path) = pen.0.finish() else {
        return Ok(Letter { dots: Vec::new() });
    };
    let bounds = path.bounds();
    let (left, top) = (bounds.left().floor() - 1.0, bounds.top().floor() - 1.0);
    let width = (bounds.right().ceil() - left) as u32 + 1;
    let height = (bounds.bottom().ceil() - top) as u32 + 1;
    let Some(mut mask) = Mask::new(width, height) else {
        return Ok(Letter { dots: Vec::new() });
    };
    let place = Transform::from_translate(-left, -top);
    mask.fill_path(&path, FillRule::Winding, true, place);
    let black = mask
        .data()
        .iter()
        .enumerate()
        .filter(|(_, cover)| **cover >= 110);
    let dots = black.map(|(place, _)| {
        let place = place as u32;
        (
            (place % width) as i32 + left as i32,
            (place / width) as i32 + top as i32,
        )
    });
    Ok(Letter {
        dots: dots.collect(),
    })
}

/// Turns an outline, whose y goes up, into a path, whose y goes down.
struct Pen(PathBuilder);

#[allow(clippy::float_arithmetic, reason = "the sign of a coordinate")]
impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, -y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, -y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(cx, -cy, x, -y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.0.cubic_to(cx0, -cy0, cx1, -cy1, x, -y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
