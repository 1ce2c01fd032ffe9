//! How text breaks into lines.

use super::Um;
use super::measures::Style;

/// Breaks `text` at spaces into lines of at most `room`, and a word longer than a line where it must be.
pub(super) fn wrapped(text: &str, style: Style, room: Um) -> Vec<String> {
    let text = style.face.drawable(text);
    if style.width(&text) <= room {
        return vec![text];
    }
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
        line = broken(word, style, room, &mut lines);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Puts what does not fit of a word into lines of its own and gives the rest.
fn broken(word: &str, style: Style, room: Um, lines: &mut Vec<String>) -> String {
    let mut line = String::new();
    let mut width = 0;
    for letter in word.chars() {
        let advance = style.face.advance(letter, style.size) + 1;
        if width + advance >= room && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            width = 0;
        }
        line.push(letter);
        width += advance;
    }
    line
}

/// As [`wrapped`], the lines about equally long: no single word is left alone on the last one.
pub(super) fn balanced(text: &str, style: Style, room: Um) -> Vec<String> {
    let mut best = wrapped(text, style, room);
    let mut narrower = room - 1_000;
    // A text of many lines needs no evening out.
    while (2..=6).contains(&best.len()) && narrower > room / 2 {
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
    use crate::Paper;

    #[test]
    fn a_long_name_wraps_at_spaces_and_a_long_word_inside() {
        let body = Paper::Tape80.measures().body;
        let text = "Товарищество «Көктем» xxxxxxxxxxxxxxxxxxxxxxxxx";
        let lines = wrapped(text, body, 20_000);
        assert!(lines.len() > 3);
        assert!(lines.iter().all(|line| body.width(line) <= 20_000));
        assert_eq!(
            lines.concat().replace(' ', ""),
            text.replace(' ', ""),
            "nothing is dropped"
        );
    }

    #[test]
    fn centred_lines_are_about_equally_long() {
        let small = Paper::Tape80.measures().small;
        let lines = balanced(
            "г. Алматы, Бостандыкский район, пр. Әл-Фараби, 77/8, н.п. 12",
            small,
            72_000,
        );
        assert_eq!(lines.len(), 2);
        assert!(small.width(&lines[1]) > 25_000);
    }
}
