//! Paints pages as SVG for the screen: one `<svg>` for each page, measured in millimetres.
//!
//! Only presentation attributes, so that the strictest content security policy lets it through. Every run of text has
//! its `textLength`: columns keep their places even where the viewer has another font.

use std::fmt::Write;

use crate::{Face, Ink, Item, Language, Page, Pages, Um};

/// One SVG for each page.
pub fn render(pages: &Pages) -> Vec<String> {
    pages
        .pages
        .iter()
        .map(|page| paint(page, &pages.title, pages.language))
        .collect()
}

/// All pages in one SVG, under one another: a file that stands on its own.
pub fn stacked(pages: &Pages) -> String {
    let width = pages.pages.iter().map(|page| page.width).max().unwrap_or(0);
    let height: Um = pages.pages.iter().map(|page| page.height).sum();
    let (wide, high) = (millimetres(width), millimetres(height));
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{wide}mm" height="{high}mm" viewBox="0 0 {wide} {high}">"#
    );
    let mut y = 0;
    for (page, painted) in pages.pages.iter().zip(render(pages)) {
        // A nested page is measured in the units of the one around it.
        let size = (millimetres(page.width), millimetres(page.height));
        let own = format!(r#" width="{}mm" height="{}mm""#, size.0, size.1);
        let placed = format!(
            r#" y="{}" width="{}" height="{}""#,
            millimetres(y),
            size.0,
            size.1
        );
        svg.push_str(&painted.replacen(&own, &placed, 1));
        y += page.height;
    }
    svg.push_str("</svg>\n");
    svg
}

/// A length as a decimal of millimetres: `72.5`. Exact.
pub fn millimetres(length: Um) -> String {
    let sign = if length < 0 { "-" } else { "" };
    let length = length.unsigned_abs();
    let text = format!("{sign}{}.{:03}", length / 1000, length % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn paint(page: &Page, title: &str, language: Language) -> String {
    let (width, height) = (millimetres(page.width), millimetres(page.height));
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}" role="img" xml:lang="{}"><title>{}</title><rect width="{width}" height="{height}" fill="#fff"/><g font-family="DejaVu Sans" font-kerning="none" fill="#000">"##,
        language.tag(),
        escaped(title)
    );
    for item in &page.items {
        // Writing to a String cannot fail.
        let _ = match item {
            Item::Fill {
                x,
                y,
                width,
                height,
            } => write!(
                svg,
                r#"<rect x="{}" y="{}" width="{}" height="{}"/>"#,
                millimetres(*x),
                millimetres(*y),
                millimetres(*width),
                millimetres(*height)
            ),
            Item::Text {
                x,
                y,
                size,
                width,
                face,
                ink,
                text,
            } => write!(
                svg,
                r#"<text x="{}" y="{}" font-size="{}"{}{} textLength="{}" lengthAdjust="spacingAndGlyphs">{}</text>"#,
                millimetres(*x),
                millimetres(*y),
                millimetres(*size),
                weight(*face),
                fill(*ink),
                millimetres(*width),
                escaped(text)
            ),
        };
    }
    svg.push_str("</g></svg>");
    svg
}

/// Some systems know the condensed faces by a name of their own, others as a width of the family.
const NARROW: &str =
    r#" font-family="DejaVu Sans Condensed, DejaVu Sans" font-stretch="condensed""#;
const NARROW_BOLD: &str = r#" font-family="DejaVu Sans Condensed, DejaVu Sans" font-stretch="condensed" font-weight="700""#;

const fn weight(face: Face) -> &'static str {
    match face {
        Face::Regular => "",
        Face::Bold => r#" font-weight="700""#,
        Face::Narrow => NARROW,
        Face::NarrowBold => NARROW_BOLD,
    }
}

const fn fill(ink: Ink) -> &'static str {
    match ink {
        Ink::Black => "",
        Ink::White => r##" fill="#fff""##,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millimetres_are_exact() {
        assert_eq!(millimetres(80_000), "80");
        assert_eq!(millimetres(3_450), "3.45");
        assert_eq!(millimetres(5), "0.005");
        assert_eq!(millimetres(-1_200), "-1.2");
    }
}
