//! Path patterns of fault rules: a small part of regular expressions, matched against the whole path.
//!
//! Known: letters as they are, `.`, `\d`, `[…]` and `[^…]` with ranges, each with `*`, `+` or `?`; `\` before any other
//! character takes it as it is; `^` and `$` at the ends are allowed and change nothing.

#[derive(Debug, Clone, PartialEq, Eq)]
enum One {
    Any,
    Char(char),
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
}

impl One {
    fn matches(&self, letter: char) -> bool {
        match self {
            Self::Any => true,
            Self::Char(expected) => *expected == letter,
            Self::Class { negated, ranges } => {
                ranges
                    .iter()
                    .any(|(low, high)| (*low..=*high).contains(&letter))
                    != *negated
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    one: One,
    least: usize,
    many: bool,
}

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern(Vec<Piece>);

impl Pattern {
    /// `None` where the text uses what is not known here.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('^').unwrap_or(text);
        let text = text.strip_suffix('$').unwrap_or(text);
        let mut letters = text.chars().peekable();
        let mut pieces = Vec::new();
        while let Some(letter) = letters.next() {
            let one = match letter {
                '.' => One::Any,
                '\\' => match letters.next()? {
                    'd' => digits(),
                    other => One::Char(other),
                },
                '[' => class(&mut letters)?,
                '(' | ')' | '|' | '{' | '}' | '*' | '+' | '?' | '^' | '$' => return None,
                plain => One::Char(plain),
            };
            let (least, many) = match letters.peek() {
                Some('*') => (0, true),
                Some('+') => (1, true),
                Some('?') => (0, false),
                _ => (1, false),
            };
            if (least, many) != (1, false) {
                letters.next();
            }
            pieces.push(Piece { one, least, many });
        }
        Some(Self(pieces))
    }

    pub(crate) fn matches(&self, path: &str) -> bool {
        let letters: Vec<char> = path.chars().collect();
        walk(&self.0, &letters)
    }
}

const fn digit_range() -> (char, char) {
    ('0', '9')
}

fn digits() -> One {
    One::Class {
        negated: false,
        ranges: vec![digit_range()],
    }
}

fn class(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<One> {
    let negated = letters.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        let low = match letters.next()? {
            ']' => return Some(One::Class { negated, ranges }),
            '\\' => match letters.next()? {
                'd' => {
                    ranges.push(digit_range());
                    continue;
                }
                other => other,
            },
            plain => plain,
        };
        let high = match letters.next_if_eq(&'-') {
            Some(_) => letters.next().filter(|high| *high != ']')?,
            None => low,
        };
        ranges.push((low, high));
    }
}

fn walk(pieces: &[Piece], letters: &[char]) -> bool {
    let Some((piece, rest)) = pieces.split_first() else {
        return letters.is_empty();
    };
    let fitting = letters
        .iter()
        .take_while(|letter| piece.one.matches(**letter))
        .count();
    let most = if piece.many { fitting } else { fitting.min(1) };
    (piece.least..=most)
        .rev()
        .any(|taken| walk(rest, letters.get(taken..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_cover_the_whole_path() {
        for (pattern, path, expected) in [
            ("/shifts", "/shifts", true),
            ("/shifts", "/shifts/22", false),
            ("/shifts/\\d+/z", "/shifts/22/z", true),
            ("^/shifts/[0-9]+/z$", "/shifts/22/z", true),
            ("/shifts/\\d+/z", "/shifts/x/z", false),
            (".*", "/anything", true),
            (".*/z", "/shifts/22/z", true),
            ("/kkms/?[^/]*", "/kkms/77505", true),
            ("/kkms/?[^/]*", "/kkms/77505/sections", false),
        ] {
            let compiled = Pattern::parse(pattern).unwrap();
            assert_eq!(compiled.matches(path), expected, "{pattern} on {path}");
        }
        for unknown in ["/(a|b)", "*", "[abc", "a{2}", "\\"] {
            assert_eq!(Pattern::parse(unknown), None, "{unknown}");
        }
    }
}
