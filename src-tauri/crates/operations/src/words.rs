//! Words that somebody types to find reports: each is in the register's name, or is a number, or the sales.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::{KkmId, Money};
use store::{NamedRegister, Registers, ReportFilter, ReportSearch};

/// So many words may be numbers; the ones after them are looked for in names only.
const NUMBERS: usize = 6;
/// So many letters are read.
const LETTERS: usize = 200;
/// Of so many registers each has its own walk, also where a rarer thing is asked for.
const FEW: usize = 8;

/// A word, and what it may mean besides a part of a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Word {
    text: String,
    /// The number of a report or a shift.
    number: Option<i64>,
    /// The id of a register.
    kkm: Option<i64>,
    amount: Option<Money>,
}

/// What all words together may mean.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Meaning {
    number: Option<i64>,
    shift: Option<i64>,
    amount: Option<Money>,
    /// Places among the registers that are known; `None` is any.
    registers: Option<BTreeSet<usize>>,
}

/// The questions that together find what the words say, each on top of `base`; none where nothing can be found.
pub(crate) fn searches(
    text: &str,
    known: &[NamedRegister],
    base: &ReportFilter,
) -> Vec<ReportSearch> {
    let in_scope = |it: &&NamedRegister| {
        base.server
            .as_ref()
            .is_none_or(|server| *server == it.server)
            && base.kkm.is_none_or(|kkm| kkm == it.kkm)
    };
    let known: Vec<&NamedRegister> = known.iter().filter(in_scope).collect();
    let mut meanings = BTreeSet::from([Meaning::default()]);
    for (place, word) in words(text).iter().enumerate() {
        let registers: BTreeSet<usize> = known
            .iter()
            .enumerate()
            .filter(|(_, it)| word.is_of(it))
            .map(|(place, _)| place)
            .collect();
        let meant = meanings.iter();
        meanings = meant
            .flat_map(|so_far| so_far.with(word, &registers, place < NUMBERS))
            .collect();
    }
    let meanings = meanings.into_iter();
    meanings
        .flat_map(|meaning| meaning.searches(&known, base))
        .collect()
}

impl Word {
    fn is_of(&self, register: &NamedRegister) -> bool {
        let name = register.name.as_deref();
        self.kkm == Some(register.kkm.get())
            || name.is_some_and(|name| folded(name).contains(&self.text))
    }
}

impl Meaning {
    /// What is meant with one more word, in each way in which it may be.
    fn with(&self, word: &Word, registers: &BTreeSet<usize>, may_be_number: bool) -> Vec<Self> {
        let mut all = Vec::new();
        let common = match &self.registers {
            Some(before) => before.intersection(registers).copied().collect(),
            None => registers.clone(),
        };
        if !common.is_empty() {
            let registers = Some(common);
            all.push(Self {
                registers,
                ..self.clone()
            });
        }
        if !may_be_number {
            return all;
        }
        if word.number.is_some() && self.number.is_none() {
            all.push(Self {
                number: word.number,
                ..self.clone()
            });
        }
        if word.number.is_some() && self.shift.is_none() {
            all.push(Self {
                shift: word.number,
                ..self.clone()
            });
        }
        if word.amount.is_some() && self.amount.is_none() {
            all.push(Self {
                amount: word.amount,
                ..self.clone()
            });
        }
        all
    }

    fn searches(self, known: &[&NamedRegister], base: &ReportFilter) -> Vec<ReportSearch> {
        let filter = ReportFilter {
            number: self.number,
            shift_index: self.shift,
            amount: self.amount,
            ..base.clone()
        };
        let meant = |places: &BTreeSet<usize>| -> Vec<(String, KkmId)> {
            let registers = places.iter().filter_map(|place| known.get(*place));
            registers.map(|it| (it.server.clone(), it.kkm)).collect()
        };
        let rare = self.number.or(self.shift).is_some() || self.amount.is_some();
        match self.registers.filter(|it| it.len() < known.len()) {
            None => vec![ReportSearch {
                filter,
                registers: None,
            }],
            Some(places) if self.number.is_some() || rare && places.len() > FEW => {
                let registers: Registers = meant(&places).into_iter().collect();
                vec![ReportSearch {
                    filter,
                    registers: Some(Arc::new(registers)),
                }]
            }
            Some(places) => meant(&places)
                .into_iter()
                .map(|(server, kkm)| ReportSearch {
                    filter: ReportFilter {
                        server: Some(server),
                        kkm: Some(kkm),
                        ..filter.clone()
                    },
                    registers: None,
                })
                .collect(),
        }
    }
}

/// Letters of one case, no difference between е and ё, every space a plain one, and none after №.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase().replace('ё', "е");
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ").replace("№ ", "№")
}

/// The words of a text; an amount is one word, also where its thousands stand apart.
fn words(text: &str) -> Vec<Word> {
    let text: String = text.chars().take(LETTERS).collect();
    let text = folded(&text);
    let parts: Vec<&str> = text.split(' ').filter(|part| !part.is_empty()).collect();
    let mut words = Vec::new();
    let mut rest = &parts[..];
    while let Some((first, others)) = rest.split_first() {
        let length = thousands(rest);
        if length > 1 {
            let (amount, others) = rest.split_at(length);
            words.push(Word {
                text: amount.join(" "),
                amount: amount_of(&amount.concat()),
                ..Word::default()
            });
            rest = others;
        } else {
            words.push(word(first));
            rest = others;
        }
    }
    words
}

fn word(text: &str) -> Word {
    let digits = |text: &str| {
        let all = text.bytes().all(|letter| letter.is_ascii_digit());
        text.parse::<i64>().ok().filter(|_| all)
    };
    let (number, kkm, amount) = match text.strip_prefix('№') {
        Some(rest) => (digits(rest), None, None),
        None => (digits(text), digits(text), amount_of(text)),
    };
    Word {
        text: text.to_owned(),
        number,
        kkm,
        amount,
    }
}

/// How many parts make up an amount whose thousands stand apart: `1 200,50`. Without its decimals it may as well be several
/// numbers, and is.
fn thousands(parts: &[&str]) -> usize {
    let whole = |text: &str| text.bytes().all(|letter| letter.is_ascii_digit());
    let Some((first, others)) = parts.split_first() else {
        return 0;
    };
    if first.is_empty() || first.len() > 3 || !whole(first) {
        return 1;
    }
    for (place, part) in others.iter().enumerate() {
        match part.split_once([',', '.']) {
            Some((head, _)) if head.len() == 3 && whole(head) && amount_of(part).is_some() => {
                return place + 2;
            }
            None if part.len() == 3 && whole(part) => {}
            _ => return 1,
        }
    }
    1
}

/// `1200,50`, `1200.50` or `1200`, with or without ₸.
fn amount_of(text: &str) -> Option<Money> {
    let text = text.strip_suffix('₸').unwrap_or(text).replace(',', ".");
    let (whole, places) = text.split_once('.').unwrap_or((&text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let amount = digits(whole) && digits(places) && places.len() <= 2;
    Money::parse_wire(&text).ok().filter(|_| amount)
}

#[cfg(test)]
mod tests;
