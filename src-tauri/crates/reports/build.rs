//! Makes the paper's faces out of DejaVu: what paper does not need is left out, so that the program and every PDF carry less.
//!
//! Left out are the tables of names but for the face's own (10 KB of licence, which the crate `dejavu` keeps), the hints for
//! coarse screens, the rules for ligatures and kerning, which paper has none of, and the outlines of letters that are never
//! measured. Every glyph keeps its number, its width and its outline.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a build script stops the build"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use write_fonts::from_obj::ToOwnedTable as _;
use write_fonts::read::tables::glyf::Glyph as Drawn;
use write_fonts::read::{FontRef, TableProvider as _};
use write_fonts::tables::glyf::{CompositeGlyph, GlyfLocaBuilder, Glyph, SimpleGlyph};
use write_fonts::tables::loca::LocaFormat;
use write_fonts::tables::name::{Name, NameRecord};
use write_fonts::tables::post::Post;
use write_fonts::types::{GlyphId, NameId, Tag};
use write_fonts::{FontBuilder, tables::head::Head};

include!("src/measured.rs");

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/measured.rs");
    let out = PathBuf::from(std::env::var("OUT_DIR").unwrap());
    let faces = [
        ("regular", "DejaVuSans", dejavu::sans::regular()),
        ("bold", "DejaVuSans-Bold", dejavu::sans::bold()),
        (
            "narrow",
            "DejaVuSansCondensed",
            dejavu::sans_condensed::regular(),
        ),
        (
            "narrow-bold",
            "DejaVuSansCondensed-Bold",
            dejavu::sans_condensed::bold(),
        ),
    ];
    for (file, name, font) in faces {
        std::fs::write(out.join(format!("{file}.ttf")), slim(font, name)).unwrap();
    }
}

fn slim(file: &[u8], name: &str) -> Vec<u8> {
    let font = FontRef::new(file).unwrap();
    let (glyf, loca, format) = outlines(&font);
    let mut head: Head = font.head().unwrap().to_owned_table();
    head.index_to_loc_format = match format {
        LocaFormat::Short => 0,
        LocaFormat::Long => 1,
    };
    let own = NameRecord::new(3, 1, 0x409, NameId::POSTSCRIPT_NAME, name.to_owned().into());
    let mut builder = FontBuilder::new();
    builder.add_table(&glyf).unwrap();
    builder.add_table(&loca).unwrap();
    builder.add_table(&head).unwrap();
    builder.add_table(&Name::new(vec![own])).unwrap();
    builder.add_table(&nameless(&font)).unwrap();
    for kept in [b"OS/2", b"cmap", b"hhea", b"hmtx", b"maxp"] {
        let tag = Tag::new(kept);
        builder.add_raw(tag, font.data_for_tag(tag).unwrap());
    }
    builder.build()
}

/// The table of underlines and slant without the names of the glyphs.
fn nameless(font: &FontRef<'_>) -> Post {
    let post: Post = font.post().unwrap().to_owned_table();
    Post {
        version: write_fonts::types::Version16Dot16::VERSION_3_0,
        num_glyphs: None,
        glyph_name_index: None,
        string_data: None,
        ..post
    }
}

/// The outlines of the letters that are measured and of what they are put together from, without hints.
fn outlines(
    font: &FontRef<'_>,
) -> (
    write_fonts::tables::glyf::Glyf,
    write_fonts::tables::loca::Loca,
    LocaFormat,
) {
    let (glyf, loca) = (font.glyf().unwrap(), font.loca(None).unwrap());
    let drawn = |id: GlyphId| loca.get_glyf(id, &glyf).unwrap();
    let letters = font.cmap().unwrap();
    let mut wanted: Vec<GlyphId> = (0..MEASURED)
        .filter_map(|code| letters.map_codepoint(code))
        .collect();
    // The first glyph is drawn for a letter that there is not.
    wanted.push(GlyphId::NOTDEF);
    let mut kept = BTreeSet::new();
    while let Some(id) = wanted.pop() {
        if kept.insert(id)
            && let Some(Drawn::Composite(glyph)) = drawn(id)
        {
            wanted.extend(glyph.components().map(|part| GlyphId::from(part.glyph)));
        }
    }
    let mut builder = GlyfLocaBuilder::new();
    for id in 0..font.maxp().unwrap().num_glyphs() {
        let id = GlyphId::new(id.into());
        let glyph = match drawn(id).filter(|_| kept.contains(&id)) {
            None => Glyph::Empty,
            Some(Drawn::Simple(glyph)) => {
                let glyph: SimpleGlyph = glyph.to_owned_table();
                Glyph::Simple(SimpleGlyph {
                    instructions: Vec::new(),
                    ..glyph
                })
            }
            Some(Drawn::Composite(glyph)) => {
                let whole: CompositeGlyph = glyph.to_owned_table();
                let mut parts = whole.components().iter();
                let first = parts.next().expect("a part").clone();
                let mut bare = CompositeGlyph::new(first, whole.bbox);
                for part in parts {
                    bare.add_component(part.clone(), whole.bbox);
                }
                Glyph::Composite(bare)
            }
        };
        builder.add_glyph(&glyph).unwrap();
    }
    builder.build()
}
