//! The sizes of type on the paper, and how text breaks into lines.

use super::Um;
use crate::Face;

/// A face at a size (the em, in micrometres). Capitals and figures are 0.729 of it high.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) face: Face,
    pub(super) size: Um,
}

const fn style(face: Face, size: Um) -> Style {
    Style { face, size }
}

/// Captions and values: capitals 2.2 mm high.
pub(super) const BODY: Style = style(Face::Regular, 3_050);
/// Captions of what matters.
pub(super) const STRONG: Style = style(Face::Bold, 3_050);
/// Addresses, notes: capitals 1.8 mm high, 15 dots of a 203 dpi head.
pub(super) const SMALL: Style = style(Face::Regular, 2_500);
/// Headings of blocks.
pub(super) const HEADING: Style = style(Face::Bold, 2_850);
/// The taxpayer.
pub(super) const NAME: Style = style(Face::Bold, 3_700);
/// The title.
pub(super) const TITLE: Style = style(Face::Bold, 7_000);
/// A title of several words.
pub(super) const LONG_TITLE: Style = style(Face::Bold, 5_000);
/// Sums: figures 2.5 mm high, so that a 203 dpi head prints them well.
pub(super) const SUM: Style = style(Face::Regular, 3_450);
pub(super) const STRONG_SUM: Style = style(Face::Bold, 3_450);
/// The figure of the report.
pub(super) const HERO_CAPTION: Style = style(Face::Bold, 4_000);
pub(super) const HERO_SUM: Style = style(Face::Bold, 4_900);
/// Marks in black bands.
pub(super) const MARK: Style = style(Face::Bold, 4_200);

impl Style {
    pub(super) fn width(self, text: &str) -> Um {
        self.face.width(text, self.size)
    }

    pub(super) const fn line(self) -> Um {
        self.size * 138 / 100
    }

    pub(super) const fn baseline(self) -> Um {
        self.size * 104 / 100
    }
}

/// Breaks `text` at spaces into lines of at most `room`, and a word longer than a line where it must be.
pub(super) fn wrapped(text: &str, style: Style, room: Um) -> Vec<String> {
    let text = style.face.drawable(text);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let joined = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if style.width(&joined) <= room {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if style.width(&line) > room && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::take(&mut line));
                line.push(letter);
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// As [`wrapped`], the lines about equally long: no single word is left alone on the last one.
pub(super) fn balanced(text: &str, style: Style, room: Um) -> Vec<String> {
    let mut best = wrapped(text, style, room);
    let mut narrower = room - 1_000;
    while best.len() > 1 && narrower > room / 2 {
        let lines = wrapped(text, style, narrower);
        if lines.len() > best.len() {
            break;
        }
        best = lines;
        narrower -= 1_000;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_wraps_at_spaces_and_a_long_word_inside() {
        let lines = wrapped(
            "Товарищество «Көктем» xxxxxxxxxxxxxxxxxxxxxxxxx",
            BODY,
            20_000,
        );
        assert!(lines.len() > 3);
        assert!(lines.iter().all(|line| BODY.width(line) <= 20_000));
        assert_eq!(
            lines
                .concat()
                .replace(' ', "")
                .chars()
                .filter(|c| *c == 'x')
                .count(),
            25
        );
    }

    #[test]
    fn centred_lines_are_about_equally_long() {
        let lines = balanced(
            "г. Алматы, Бостандыкский район, пр. Әл-Фараби, 77/8, н.п. 12",
            SMALL,
            72_000,
        );
        assert_eq!(lines.len(), 2);
        assert!(SMALL.width(&lines[1]) > 25_000);
    }
}
