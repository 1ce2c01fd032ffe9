//! What was measured, and the table of it. Whole nanoseconds and bytes.

use std::fmt::Write as _;

/// One PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shot {
    /// How long it took.
    pub(super) nanos: u64,
    /// How long it is.
    pub(super) bytes: u64,
}

impl Shot {
    /// Reads `1554321 38742`.
    pub(super) fn read(line: &str) -> Option<Self> {
        let (nanos, bytes) = line.split_once(' ')?;
        Some(Self {
            nanos: nanos.parse().ok()?,
            bytes: bytes.parse().ok()?,
        })
    }
}

/// All PDFs of one program.
#[derive(Debug)]
pub(super) struct Shots {
    /// Whose they are.
    pub(super) who: &'static str,
    nanos: Vec<u64>,
    bytes: u64,
}

impl Shots {
    /// None yet.
    pub(super) const fn of(who: &'static str) -> Self {
        Self {
            who,
            nanos: Vec::new(),
            bytes: 0,
        }
    }

    pub(super) fn add(&mut self, taken: Vec<Shot>) {
        for shot in taken {
            let place = self.nanos.partition_point(|nanos| *nanos < shot.nanos);
            self.nanos.insert(place, shot.nanos);
            self.bytes = shot.bytes;
        }
    }

    /// The middle one, the lower of two.
    pub(super) fn median(&self) -> u64 {
        let middle = self.nanos.len().saturating_sub(1) / 2;
        self.nanos.get(middle).copied().unwrap_or_default()
    }

    fn least(&self) -> u64 {
        self.nanos.first().copied().unwrap_or_default()
    }
}

/// A table whose first program is ours; the last but one is also shown without the last, which is its start alone.
pub(super) fn table(heading: &str, all: &[Shots]) -> String {
    let ours = all.first().map_or(0, Shots::median);
    let mut text = format!(
        "{heading:<38}{:>12}{:>12}{:>9}{:>12}\n",
        "median", "least", "ratio", "bytes"
    );
    // Writing to a String cannot fail.
    for shots in all {
        let (median, least) = (shots.median(), shots.least());
        let _ = writeln!(
            text,
            "{:<38}{:>12}{:>12}{:>9}{:>12}",
            shots.who,
            ms(median),
            ms(least),
            ratio(median, ours),
            shots.bytes
        );
    }
    if let [.., with, start] = all {
        let alone = with.median().saturating_sub(start.median());
        let name = "the difference of the two";
        let _ = writeln!(
            text,
            "{name:<38}{:>12}{:>12}{:>9}",
            ms(alone),
            "",
            ratio(alone, ours)
        );
    }
    text
}

/// `1.55 ms`.
pub(super) fn ms(nanos: u64) -> String {
    let hundredths = (nanos + 5_000) / 10_000;
    format!("{}.{:02} ms", hundredths / 100, hundredths % 100)
}

/// `10.3`.
pub(super) fn ratio(nanos: u64, of: u64) -> String {
    let tenths = nanos.saturating_mul(10) / of.max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The sums, dates and times of a text, sorted: the words with a comma, a point or a colon between two figures.
pub(super) fn figures(text: &str) -> Vec<String> {
    let words = text.split_whitespace();
    let mut figures: Vec<String> = words
        .filter(|word| is_figure(word))
        .map(str::to_owned)
        .collect();
    figures.sort_unstable();
    figures
}

fn is_figure(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(3).any(|three| match three {
        [before, ',' | '.' | ':', after] => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_least_are_told_whatever_the_order() {
        let mut shots = Shots::of("ours");
        let shot = |nanos| Shot { nanos, bytes: 7 };
        shots.add([9, 1, 5].map(shot).into());
        shots.add(vec![shot(7)]);
        assert_eq!((shots.median(), shots.least()), (5, 1));
    }

    #[test]
    fn a_line_is_read_and_figures_are_written() {
        let shot = Shot::read("1554321 38742").map(|shot| (shot.nanos, shot.bytes));
        assert_eq!(shot, Some((1_554_321, 38_742)));
        assert_eq!(Shot::read("Traceback (most recent call last):"), None);
        assert_eq!(ms(1_554_321), "1.55 ms");
        assert_eq!(ratio(16_000_000, 1_554_321), "10.2");
    }

    #[test]
    fn words_and_page_numbers_are_no_figures() {
        let text = "Стр. 1 из 3, смена № 128, касса\n23.11.2026 18:05 Продажа 1\u{a0}030,47";
        assert_eq!(figures(text), ["030,47", "18:05", "23.11.2026"]);
    }
}
