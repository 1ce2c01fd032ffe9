//! The two faces of the paper, DejaVu Sans and DejaVu Sans Bold, and how wide their letters are.
//!
//! DejaVu has every Kazakh letter, ₸ and № and figures of one width. Widths are read from the font once.

use std::sync::OnceLock;

use crate::Um;

/// A face of the font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// DejaVu Sans.
    Regular,
    /// DejaVu Sans Bold.
    Bold,
}

/// Drawn in the place of a letter the font does not have.
const MISSING: char = '□';
/// One past the last letter that is measured: Latin, Cyrillic, punctuation, currency, letterlike signs.
const MEASURED: u32 = 0x2600;

impl Face {
    /// The font file, as it is embedded.
    pub(crate) fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => dejavu::sans::regular(),
            Self::Bold => dejavu::sans::bold(),
        }
    }

    /// The name for messages.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Regular => "DejaVu Sans",
            Self::Bold => "DejaVu Sans Bold",
        }
    }

    /// How wide `text` is at `size` (the em), rounded up; both in micrometres.
    pub(crate) fn width(self, text: &str, size: Um) -> Um {
        let widths = self.widths();
        let units: Um = text.chars().map(|letter| widths.of(letter)).sum();
        (units * size).div_euclid(widths.em) + 1
    }

    /// `text` as this face can draw it: control characters become spaces, letters it lacks become □.
    pub(crate) fn drawable(self, text: &str) -> String {
        let widths = self.widths();
        text.chars()
            .map(|letter| match letter {
                letter if letter.is_control() => ' ',
                letter if widths.has(letter) => letter,
                _ => MISSING,
            })
            .collect()
    }

    fn widths(self) -> &'static Widths {
        static REGULAR: OnceLock<Widths> = OnceLock::new();
        static BOLD: OnceLock<Widths> = OnceLock::new();
        match self {
            Self::Regular => REGULAR.get_or_init(|| Widths::read(self.file())),
            Self::Bold => BOLD.get_or_init(|| Widths::read(self.file())),
        }
    }
}

/// Advance widths in font units; `None` for a letter without a glyph.
struct Widths {
    em: Um,
    letters: Vec<Option<u16>>,
}

impl Widths {
    /// A font that does not parse measures as empty; the PDF painter then says so ([`crate::ReportError::Font`]).
    fn read(file: &[u8]) -> Self {
        let Ok(face) = ttf_parser::Face::parse(file, 0) else {
            return Self {
                em: 1,
                letters: Vec::new(),
            };
        };
        let letters = (0..MEASURED)
            .map(|code| {
                let glyph = face.glyph_index(char::from_u32(code)?)?;
                face.glyph_hor_advance(glyph)
            })
            .collect();
        Self {
            em: Um::from(face.units_per_em()),
            letters,
        }
    }

    fn get(&self, letter: char) -> Option<u16> {
        let place = usize::try_from(u32::from(letter)).ok()?;
        self.letters.get(place).copied().flatten()
    }

    fn has(&self, letter: char) -> bool {
        self.get(letter).is_some()
    }

    fn of(&self, letter: char) -> Um {
        self.get(letter)
            .or_else(|| self.get(MISSING))
            .map_or(0, Um::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kazakh_letter_the_tenge_and_the_number_sign_can_be_drawn() {
        let letters = "ӘәҒғҚқҢңӨөҰұҮүҺһІі₸№«»—−\u{a0}";
        for face in [Face::Regular, Face::Bold] {
            assert_eq!(face.drawable(letters), letters);
            assert!(face.widths().has(MISSING));
        }
    }

    #[test]
    fn figures_have_one_width() {
        for face in [Face::Regular, Face::Bold] {
            let zero = face.width("0", 3000);
            assert!(('1'..='9').all(|digit| face.width(&digit.to_string(), 3000) == zero));
        }
    }

    #[test]
    fn what_the_font_lacks_is_drawn_as_a_box() {
        assert_eq!(Face::Regular.drawable("a\n漢\u{1f600}"), "a □□");
    }
}
