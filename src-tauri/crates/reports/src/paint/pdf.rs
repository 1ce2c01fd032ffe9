//! Paints pages as PDF/A-2u: fonts embedded and subset, every letter with its Unicode, title, language, creation date and
//! outline set, the same bytes every time.
//!
//! PDF/A-2u holds all that PDF/A-2b asks for, and that text can be read back. It is checked while it is written: a PDF that
//! would not conform is an error, not a file.

use chrono::{DateTime, Datelike, Timelike, Utc};
use krilla::color::luma;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime as Written, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use sha2::{Digest, Sha256};

use crate::font::OfFaces;
use crate::{Face, Ink, Item, Page, Pages, ReportError, Um};

/// The PDF of one document.
///
/// # Errors
/// [`ReportError`] if an embedded font is damaged, or the PDF cannot be put together.
pub fn render(pages: &Pages) -> Result<Vec<u8>, ReportError> {
    merged(&pages.title, std::slice::from_ref(pages))
}

/// The PDF of several documents one after the other, each with its place in the outline.
///
/// # Errors
/// As [`render`].
pub fn merged(title: &str, documents: &[Pages]) -> Result<Vec<u8>, ReportError> {
    let mut pdf = Document::new_with(settings()?);
    let mut outline = Outline::new();
    let mut first = 0;
    for document in documents {
        for page in &document.pages {
            paint(&mut pdf, page)?;
        }
        bookmarks(&mut outline, document, first, documents.len() > 1);
        first += document.pages.len();
    }
    pdf.set_outline(outline);
    pdf.set_metadata(metadata(title, documents));
    pdf.finish().map_err(failed)
}

fn failed(error: impl std::fmt::Debug) -> ReportError {
    ReportError::Pdf {
        reason: format!("{error:?}"),
    }
}

fn settings() -> Result<SerializeSettings, ReportError> {
    let configuration = ConfigurationBuilder::new().with_archival_validator(Archival::A2_U);
    Ok(SerializeSettings {
        configuration: configuration.finish().map_err(failed)?,
        enable_tagging: false,
        ..SerializeSettings::default()
    })
}

fn metadata(title: &str, documents: &[Pages]) -> Metadata {
    let newest = documents.iter().map(|document| document.created).max();
    let language = documents.first().map(|document| document.language);
    Metadata::new()
        .title(title.to_owned())
        .language(language.unwrap_or_default().tag().to_owned())
        .creator("Smena".to_owned())
        .producer("Smena".to_owned())
        .creation_date(written(newest.unwrap_or_default()))
        .document_id(id(title, documents))
}

/// An id that depends on nothing but the content.
fn id(title: &str, documents: &[Pages]) -> String {
    let mut digest = Sha256::new();
    digest.update(title);
    for document in documents {
        digest.update(format!("{}{}", document.title, document.created));
        for item in document.pages.iter().flat_map(|page| &page.items) {
            if let Item::Text { text, .. } = item {
                digest.update(text);
                digest.update([0]);
            }
        }
    }
    let digest = digest.finalize();
    digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn written(at: DateTime<Utc>) -> Written {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    Written::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// The chapters of a document; of several documents each is a node with its chapters below it.
fn bookmarks(outline: &mut Outline, document: &Pages, first: usize, several: bool) {
    let place =
        |page: usize, y: Um| XyzDestination::new(first + page, Point::from_xy(0.0, points(y)));
    let chapters = document
        .bookmarks
        .iter()
        .map(|bookmark| OutlineNode::new(bookmark.title.clone(), place(bookmark.page, bookmark.y)));
    if several {
        let mut node = OutlineNode::new(document.title.clone(), place(0, 0));
        chapters.for_each(|chapter| node.push_child(chapter));
        outline.push_child(node);
    } else {
        chapters.for_each(|chapter| outline.push_child(chapter));
    }
}

fn paint(pdf: &mut Document, page: &Page) -> Result<(), ReportError> {
    let settings = PageSettings::from_wh(points(page.width), points(page.height));
    let settings = settings.ok_or_else(|| failed("a page without a size"))?;
    let mut sheet = pdf.start_page_with(settings);
    let mut surface = sheet.surface();
    let mut glyphs = Vec::new();
    let mut fills = PathBuilder::new();
    let mut filled = false;
    for item in &page.items {
        match item {
            // Black areas that touch no text are one path: a code has hundreds of them.
            Item::Fill {
                x,
                y,
                width,
                height,
            } => {
                let (x, y) = (points(*x), points(*y));
                if let Some(area) = Rect::from_xywh(x, y, points(*width), points(*height)) {
                    fills.push_rect(area);
                    filled = true;
                }
            }
            Item::Text { .. } => {
                if filled {
                    flush(&mut surface, std::mem::take(&mut fills));
                    filled = false;
                }
                text(&mut surface, item, &mut glyphs)?;
            }
        }
    }
    if filled {
        flush(&mut surface, fills);
    }
    surface.finish();
    sheet.finish();
    Ok(())
}

fn flush(surface: &mut Surface<'_>, fills: PathBuilder) {
    if let Some(path) = fills.finish() {
        surface.set_fill(Some(fill(Ink::Black)));
        surface.draw_path(&path);
    }
}

fn text(
    surface: &mut Surface<'_>,
    item: &Item,
    glyphs: &mut Vec<KrillaGlyph>,
) -> Result<(), ReportError> {
    let Item::Text {
        x,
        y,
        size,
        face,
        ink,
        text,
        ..
    } = item
    else {
        return Ok(());
    };
    glyphs.clear();
    let em = face.em();
    glyphs.extend(text.char_indices().map(|(place, letter)| {
        let (id, advance) = face.glyph(letter);
        let range = place..place + letter.len_utf8();
        KrillaGlyph::new(
            GlyphId::new(id),
            ratio(advance, em),
            0.0,
            0.0,
            0.0,
            range,
            None,
        )
    }));
    surface.set_fill(Some(fill(*ink)));
    let start = Point::from_xy(points(*x), points(*y));
    surface.draw_glyphs(start, glyphs, font(*face)?, text, points(*size), false);
    Ok(())
}

fn fill(ink: Ink) -> Fill {
    let colour = match ink {
        Ink::Black => luma::Color::black(),
        Ink::White => luma::Color::white(),
    };
    Fill {
        paint: colour.into(),
        opacity: NormalizedF32::ONE,
        rule: krilla::paint::FillRule::default(),
    }
}

/// Fonts take milliseconds to read: once for the life of the program.
fn font(face: Face) -> Result<Font, ReportError> {
    static FONTS: OfFaces<Option<Font>> = OfFaces::new();
    let font = FONTS.get(face, || Font::new(face.file().into(), 0));
    font.clone().ok_or(ReportError::Font { name: face.name() })
}

#[allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    reason = "PDF measures in points; a page of 5 m in micrometres is below 2^24, so the place is exact to a micrometre"
)]
fn points(length: Um) -> f32 {
    length as f32 * (72.0 / 25_400.0)
}

#[allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    reason = "font units are 16-bit numbers"
)]
fn ratio(advance: Um, em: Um) -> f32 {
    advance as f32 / em as f32
}
