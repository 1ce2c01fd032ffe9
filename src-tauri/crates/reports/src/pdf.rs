//! Paints pages as a PDF: fonts embedded and subset, title, language and creation date set, the same bytes every time.

use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use lopdf::{Object, StringFormat};
use printpdf::graphics::PaintMode;
use printpdf::{
    Color, FontId, Greyscale, Mm, Op, ParsedFont, PdfDocument, PdfFontHandle, PdfPage,
    PdfSaveOptions, Point, Pt, Rect, TextItem,
};
use sha2::{Digest, Sha256};

use crate::{Face, Ink, Item, Page, Pages, ReportError, Um};

/// What the PDF says of itself.
#[derive(Debug, Clone)]
pub struct Meta {
    /// The title.
    pub title: String,
    /// When the report was taken: not now, or a reprint would have other bytes.
    pub created: DateTime<Utc>,
}

/// The PDF of `pages`.
///
/// # Errors
/// [`ReportError`] if an embedded font is damaged, or the PDF cannot be put together.
pub fn render(pages: &Pages, meta: &Meta) -> Result<Vec<u8>, ReportError> {
    let mut pdf = PdfDocument::new(&meta.title);
    for face in [Face::Regular, Face::Bold] {
        let font = printpdf::PdfFont::new(parsed(face)?.clone());
        pdf.resources.fonts.map.insert(id(face), font);
    }
    let created = printpdf::OffsetDateTime::from_unix_timestamp(meta.created.timestamp())
        .map_err(|_| ReportError::Date)?;
    pdf.metadata.info.creation_date = created;
    pdf.metadata.info.modification_date = created;
    pdf.metadata.info.metadata_date = created;
    pdf.metadata.info.creator = "Smena".to_owned();
    pdf.metadata.info.producer = "Smena".to_owned();
    pdf.with_pages(pages.pages.iter().map(paint).collect());
    finish(&pdf, pages, meta)
}

/// Sets what printpdf has no door for, the language and an id that depends on nothing but the content, and writes.
fn finish(pdf: &PdfDocument, pages: &Pages, meta: &Meta) -> Result<Vec<u8>, ReportError> {
    let failed = |reason: lopdf::Error| ReportError::Pdf {
        reason: reason.to_string(),
    };
    let mut document = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    let digest = Sha256::digest(format!("{meta:?}{pages:?}"));
    let id = Object::String(
        digest.iter().take(16).copied().collect(),
        StringFormat::Hexadecimal,
    );
    document
        .trailer
        .set("ID", Object::Array(vec![id.clone(), id]));
    // Lang needs 1.4; and printpdf claims PDF/X, which a page of plain black text is not.
    document.version = "1.7".to_owned();
    if let Ok(Object::Reference(info)) = document.trailer.get(b"Info").cloned() {
        let info = document.get_dictionary_mut(info).map_err(failed)?;
        info.remove(b"GTS_PDFXVersion");
        info.remove(b"Identifier");
    }
    let catalog = document.catalog_mut().map_err(failed)?;
    catalog.set("Lang", Object::string_literal("ru-KZ"));
    let title_in_the_window = lopdf::dictionary! { "DisplayDocTitle" => true };
    catalog.set("ViewerPreferences", title_in_the_window);
    document.compress();
    let mut bytes = Vec::new();
    document
        .save_to(&mut bytes)
        .map_err(|error| ReportError::Pdf {
            reason: error.to_string(),
        })?;
    Ok(bytes)
}

fn paint(page: &Page) -> PdfPage {
    let mut ops = Vec::with_capacity(page.items.len() * 6);
    for item in &page.items {
        match item {
            Item::Fill {
                x,
                y,
                width,
                height,
            } => {
                ops.push(Op::SetFillColor {
                    col: grey(Ink::Black),
                });
                ops.push(Op::DrawRectangle {
                    rectangle: Rect {
                        x: points(*x),
                        y: points(page.height - y - height),
                        width: points(*width),
                        height: points(*height),
                        mode: Some(PaintMode::Fill),
                        winding_order: None,
                    },
                });
            }
            Item::Text {
                x,
                y,
                size,
                face,
                ink,
                text,
                ..
            } => ops.extend([
                Op::SetFillColor { col: grey(*ink) },
                Op::StartTextSection,
                Op::SetTextCursor {
                    pos: Point {
                        x: points(*x),
                        y: points(page.height - y),
                    },
                },
                Op::SetFont {
                    font: PdfFontHandle::External(id(*face)),
                    size: points(*size),
                },
                Op::ShowText {
                    items: vec![TextItem::Text(text.clone())],
                },
                Op::EndTextSection,
            ]),
        }
    }
    PdfPage::new(mm(page.width), mm(page.height), ops)
}

/// Fonts take milliseconds to parse: once for the life of the program.
fn parsed(face: Face) -> Result<&'static ParsedFont, ReportError> {
    static REGULAR: OnceLock<Option<ParsedFont>> = OnceLock::new();
    static BOLD: OnceLock<Option<ParsedFont>> = OnceLock::new();
    let cell = match face {
        Face::Regular => &REGULAR,
        Face::Bold => &BOLD,
    };
    cell.get_or_init(|| ParsedFont::from_bytes(face.file(), 0, &mut Vec::new()))
        .as_ref()
        .ok_or(ReportError::Font { name: face.name() })
}

/// Six letters: printpdf makes the subset's tag of them, and PDF asks for six capitals.
fn id(face: Face) -> FontId {
    FontId(
        match face {
            Face::Regular => "SMENAR",
            Face::Bold => "SMENAB",
        }
        .to_owned(),
    )
}

fn grey(ink: Ink) -> Color {
    let percent = match ink {
        Ink::Black => 0.0,
        Ink::White => 1.0,
    };
    Color::Greyscale(Greyscale {
        percent,
        icc_profile: None,
    })
}

#[allow(
    clippy::as_conversions,
    clippy::float_arithmetic,
    reason = "printpdf takes f32; a page of 5 m in micrometres is below 2^24, so the place is exact to a micrometre"
)]
fn mm(length: Um) -> Mm {
    Mm(length as f32 / 1000.0)
}

fn points(length: Um) -> Pt {
    mm(length).into()
}
