//! The faces of the paper, DejaVu Sans and its condensed form, and how wide their letters are.
//!
//! DejaVu has every Kazakh letter, ₸ and № and figures of one width. A font is read once for the life of the program.

use std::sync::OnceLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

use crate::Um;

include!("measured.rs");

/// A face of the font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// DejaVu Sans.
    Regular,
    /// DejaVu Sans Bold.
    Bold,
    /// DejaVu Sans Condensed, for the narrow tape.
    Narrow,
    /// DejaVu Sans Condensed Bold.
    NarrowBold,
}

/// Drawn in the place of a letter the font does not have.
const MISSING: char = '□';
/// Hebrew, Arabic and their kin: they run from right to left, which the paper does not do; a box is better than a word
/// spelled backwards.
const RIGHT_TO_LEFT: std::ops::Range<u32> = 0x0590..0x0900;

impl Face {
    /// Every face.
    pub const ALL: [Self; 4] = [Self::Regular, Self::Bold, Self::Narrow, Self::NarrowBold];

    /// `regular`, `bold`, `narrow` or `narrow-bold`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Bold => "bold",
            Self::Narrow => "narrow",
            Self::NarrowBold => "narrow-bold",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|face| face.as_str() == name)
    }

    /// The font file, slimmed for paper (`build.rs`).
    pub const fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!(concat!(env!("OUT_DIR"), "/regular.ttf")),
            Self::Bold => include_bytes!(concat!(env!("OUT_DIR"), "/bold.ttf")),
            Self::Narrow => include_bytes!(concat!(env!("OUT_DIR"), "/narrow.ttf")),
            Self::NarrowBold => include_bytes!(concat!(env!("OUT_DIR"), "/narrow-bold.ttf")),
        }
    }

    /// The name for messages.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Regular => "DejaVu Sans",
            Self::Bold => "DejaVu Sans Bold",
            Self::Narrow => "DejaVu Sans Condensed",
            Self::NarrowBold => "DejaVu Sans Condensed Bold",
        }
    }

    /// How wide `text` is at `size` (the em), rounded up; both in micrometres.
    pub(crate) fn width(self, text: &str, size: Um) -> Um {
        let metrics = self.metrics();
        let units: Um = text
            .chars()
            .map(|letter| metrics.of(letter).advance())
            .sum();
        (units * size).div_euclid(metrics.em) + 1
    }

    /// How wide one letter is at `size`, in micrometres, rounded down.
    pub(crate) fn advance(self, letter: char, size: Um) -> Um {
        let metrics = self.metrics();
        (metrics.of(letter).advance() * size).div_euclid(metrics.em)
    }

    /// The glyph of a letter and its advance in font units.
    pub(crate) fn glyph(self, letter: char) -> (u32, Um) {
        let glyph = self.metrics().of(letter);
        (glyph.id.into(), glyph.advance())
    }

    /// How many units make the em.
    pub(crate) fn em(self) -> Um {
        self.metrics().em
    }

    /// `text` as this face can draw it: control characters become spaces, invisible ones that could turn the text around are
    /// left out, letters the face lacks become □.
    pub(crate) fn drawable(self, text: &str) -> String {
        let metrics = self.metrics();
        text.chars()
            .filter(|letter| !is_invisible(*letter))
            .map(|letter| match letter {
                letter if letter.is_control() || is_space(letter) => ' ',
                letter if metrics.get(letter).is_some() => letter,
                _ => MISSING,
            })
            .collect()
    }

    fn metrics(self) -> &'static Metrics {
        static METRICS: OfFaces<Metrics> = OfFaces::new();
        METRICS.get(self, || Metrics::read(self.file()))
    }
}

/// Something that is read once for each face.
pub(crate) struct OfFaces<T>([OnceLock<T>; 4]);

impl<T> OfFaces<T> {
    pub(crate) const fn new() -> Self {
        Self([const { OnceLock::new() }; 4])
    }

    pub(crate) fn get(&self, face: Face, read: impl FnOnce() -> T) -> &T {
        let [regular, bold, narrow, narrow_bold] = &self.0;
        let cell = match face {
            Face::Regular => regular,
            Face::Bold => bold,
            Face::Narrow => narrow,
            Face::NarrowBold => narrow_bold,
        };
        cell.get_or_init(read)
    }
}

/// Spaces but the no-break one, which holds a sum together.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() && letter != '\u{a0}'
}

/// Characters that draw nothing: marks of direction, joiners, the soft hyphen, the byte order mark.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

/// One letter in font units.
#[derive(Debug, Clone, Copy)]
struct Glyph {
    id: u16,
    advance: u16,
}

impl Glyph {
    fn advance(self) -> Um {
        self.advance.into()
    }
}

/// The letters in font units; `None` for a letter without a glyph.
struct Metrics {
    em: Um,
    letters: Vec<Option<Glyph>>,
}

impl Metrics {
    /// A font that does not parse measures as empty; the PDF painter then says so ([`crate::ReportError::Font`]).
    fn read(file: &[u8]) -> Self {
        let Ok(font) = FontRef::new(file) else {
            return Self {
                em: 1,
                letters: Vec::new(),
            };
        };
        let (letters, measures) = (
            font.charmap(),
            font.glyph_metrics(Size::unscaled(), LocationRef::default()),
        );
        let glyph = |code: u32| {
            if RIGHT_TO_LEFT.contains(&code) {
                return None;
            }
            let id = letters.map(char::from_u32(code)?)?;
            Some(Glyph {
                id: id.to_u32().try_into().ok()?,
                advance: units(measures.advance_width(id)?)?,
            })
        };
        Self {
            em: measures_em(&font),
            letters: (0..MEASURED).map(glyph).collect(),
        }
    }

    fn get(&self, letter: char) -> Option<Glyph> {
        let place = usize::try_from(u32::from(letter)).ok()?;
        self.letters.get(place).copied().flatten()
    }

    fn of(&self, letter: char) -> Glyph {
        let glyph = self.get(letter).or_else(|| self.get(MISSING));
        glyph.unwrap_or(Glyph { id: 0, advance: 0 })
    }
}

fn measures_em(font: &FontRef<'_>) -> Um {
    let em = font
        .metrics(Size::unscaled(), LocationRef::default())
        .units_per_em;
    Um::from(em)
}

#[allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an unscaled advance is a whole number of font units that the font file keeps in 16 bits"
)]
fn units(advance: f32) -> Option<u16> {
    (0.0..=65_535.0)
        .contains(&advance)
        .then_some(advance as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kazakh_letter_the_tenge_and_the_number_sign_can_be_drawn() {
        let letters = "ӘәҒғҚқҢңӨөҰұҮүҺһІі₸№«»—−·×\u{a0}";
        for face in Face::ALL {
            assert_eq!(face.drawable(letters), letters);
            assert!(face.metrics().get(MISSING).is_some());
        }
    }

    #[test]
    fn figures_have_one_width() {
        for face in Face::ALL {
            let zero = face.width("0", 3000);
            assert!(('1'..='9').all(|digit| face.width(&digit.to_string(), 3000) == zero));
        }
    }

    #[test]
    fn what_the_font_lacks_is_drawn_as_a_box_and_what_turns_text_around_is_left_out() {
        assert_eq!(Face::Regular.drawable("a\n漢\u{1f600}"), "a □□");
        assert_eq!(Face::Regular.drawable("שלום 5"), "□□□□ 5");
        assert_eq!(Face::Bold.drawable("a\u{202e}bc\u{200f}\u{feff}"), "abc");
    }
}
