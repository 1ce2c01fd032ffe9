//! The odd forms in which the real server may write what this one writes plainly: other spellings of keys, other shapes of
//! sections, other notations of amounts. They are put on a finished answer, so that each can be asked for by a fault rule.

/// Keys whose values are amounts.
const AMOUNTS: [&str; 22] = [
    "Amount",
    "Cumulative",
    "BalanceOpen",
    "BalanceClose",
    "BalanceCloseNonCash",
    "TotalAmount",
    "TotalCashReceivedAmount",
    "TotalChangeAmount",
    "TotalDiscountAmount",
    "TotalMarkupAmount",
    "TotalNdsAmount",
    "Sales",
    "Purchases",
    "Refunds",
    "PurchaseRefunds",
    "Expenses",
    "Incomes",
    "Value",
    "Cash",
    "NonCash",
    "Mobile",
    "Change",
];

/// How amounts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amounts {
    /// `500.000000`.
    Six,
    /// `"500.00"`.
    Quoted,
    /// `50000E-2`.
    Exponent,
    /// `null`.
    Null,
    /// `NaN`, which no decimal is.
    Nan,
    /// A thousandth of a tenge too much.
    Fine,
}

/// How the sections are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sections {
    /// `[{"76634": {…}}, …]`.
    List,
    /// `[{"Id": 76634, …}, …]`.
    Rows,
    /// `{}`.
    EmptyObject,
    /// `[]`.
    EmptyList,
    /// `null`.
    Null,
}

/// One odd way of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `IdKKM` for `IdKkm`, `Kkm` for `KKM`, and the other way round.
    Spelling,
    Amounts(Amounts),
    Sections(Sections),
    /// The company's name, its street and its sections carry markup.
    Markup,
}

/// Names of this server's own, as they stand in an answer.
const NAMES: [&str; 4] = ["«Көктем Маркет»", "пр. Абая", "НДС 16%", "Без НДС"];
/// What would run, were a name ever taken for markup.
const MARKUP: &str = r#"<img src=x onerror=\"window.owned=1\">"#;

impl Dialect {
    /// Reads `spelling`, `markup`, `amounts=quoted`, `sections=rows`.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "spelling" => Self::Spelling,
            "markup" => Self::Markup,
            "amounts=six" => Self::Amounts(Amounts::Six),
            "amounts=quoted" => Self::Amounts(Amounts::Quoted),
            "amounts=exponent" => Self::Amounts(Amounts::Exponent),
            "amounts=null" => Self::Amounts(Amounts::Null),
            "amounts=nan" => Self::Amounts(Amounts::Nan),
            "amounts=fine" => Self::Amounts(Amounts::Fine),
            "sections=list" => Self::Sections(Sections::List),
            "sections=rows" => Self::Sections(Sections::Rows),
            "sections=empty-object" => Self::Sections(Sections::EmptyObject),
            "sections=empty-list" => Self::Sections(Sections::EmptyList),
            "sections=null" => Self::Sections(Sections::Null),
            _ => return None,
        })
    }

    /// The answer's text in this way of writing.
    pub(crate) fn rewrite(self, text: &str) -> String {
        match self {
            Self::Spelling => text
                .replace("\"IdKkm\":", "\"IdKKM\":")
                .replace("\"Kkm\":", "\"\u{1}\":")
                .replace("\"KKM\":", "\"Kkm\":")
                .replace("\"\u{1}\":", "\"KKM\":"),
            Self::Amounts(how) => amounts(text, how),
            Self::Sections(how) => sections(text, how),
            Self::Markup => NAMES.iter().fold(text.to_owned(), |text, name| {
                text.replace(name, &format!("{name}{MARKUP}"))
            }),
        }
    }
}

/// The text of a number that a key's value begins with.
fn number(text: &str) -> Option<&str> {
    let end = text.find(|sign: char| !matches!(sign, '0'..='9' | '-' | '.'));
    let number = text.get(..end.unwrap_or(text.len()))?;
    (!number.is_empty()).then_some(number)
}

fn amounts(text: &str, how: Amounts) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\":") {
        let (before, after) = rest.split_at(at + 2);
        out.push_str(before);
        rest = after;
        let key = before.trim_end_matches("\":");
        let key = key.rsplit('"').next().unwrap_or_default();
        if let Some(plain) = number(after).filter(|_| AMOUNTS.contains(&key)) {
            out.push_str(&notation(plain, how));
            rest = after.get(plain.len()..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

fn notation(plain: &str, how: Amounts) -> String {
    let (whole, places) = plain.split_once('.').unwrap_or((plain, ""));
    match how {
        Amounts::Six => format!("{whole}.{places:0<6}"),
        Amounts::Quoted => format!("\"{plain}\""),
        Amounts::Exponent => {
            let digits = format!("{whole}{places:0<2}");
            let sign = if digits.starts_with('-') { "-" } else { "" };
            let bare = digits.trim_start_matches(['-', '0']);
            let bare = if bare.is_empty() { "0" } else { bare };
            format!("{sign}{bare}E-2")
        }
        Amounts::Null => "null".to_owned(),
        Amounts::Nan => "NaN".to_owned(),
        Amounts::Fine => format!("{whole}.{places:0<2}1"),
    }
}

/// The length of the object that `text` begins with; our own texts have no braces in strings.
fn object(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn sections(text: &str, how: Sections) -> String {
    const KEY: &str = "\"Sections\":";
    let Some((before, after)) = text.split_once(KEY) else {
        return text.to_owned();
    };
    let (whole, rest) = after.split_at(object(after));
    let mut entries = Vec::new();
    let mut inner = whole
        .strip_prefix('{')
        .and_then(|inner| inner.strip_suffix('}'))
        .unwrap_or_default();
    while let Some((key, value)) = inner.trim_start_matches(',').split_once(':') {
        let (value, next) = value.split_at(object(value));
        entries.push((key, value));
        inner = next;
    }
    let list = |entry: &dyn Fn(&(&str, &str)) -> String| {
        let entries: Vec<_> = entries.iter().map(entry).collect();
        format!("[{}]", entries.join(","))
    };
    let written = match how {
        Sections::List => list(&|(key, value)| format!("{{{key}:{value}}}")),
        Sections::Rows => list(&|(key, value)| {
            let id = key.trim_matches('"');
            value.replacen('{', &format!("{{\"Id\":{id},"), 1)
        }),
        Sections::EmptyObject => "{}".to_owned(),
        Sections::EmptyList => "[]".to_owned(),
        Sections::Null => "null".to_owned(),
    };
    format!("{before}{KEY}{written}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(name: &str, text: &str) -> String {
        Dialect::from_name(name).unwrap().rewrite(text)
    }

    #[test]
    fn every_odd_form_of_an_amount_says_the_same_sum() {
        let text = r#"{"Count":5,"Amount":655.5,"Sales":{"Cumulative":-0.05},"Value":0}"#;
        for (name, written) in [
            (
                "amounts=six",
                r#"{"Count":5,"Amount":655.500000,"Sales":{"Cumulative":-0.050000},"Value":0.000000}"#,
            ),
            (
                "amounts=quoted",
                r#"{"Count":5,"Amount":"655.5","Sales":{"Cumulative":"-0.05"},"Value":"0"}"#,
            ),
            (
                "amounts=exponent",
                r#"{"Count":5,"Amount":65550E-2,"Sales":{"Cumulative":-5E-2},"Value":0E-2}"#,
            ),
            (
                "amounts=null",
                r#"{"Count":5,"Amount":null,"Sales":{"Cumulative":null},"Value":null}"#,
            ),
        ] {
            assert_eq!(rewritten(name, text), written);
        }
    }

    #[test]
    fn sections_and_keys_take_their_other_shapes() {
        let text = r#"{"KKM":{"Id":1},"Sections":{"7":{"Name":"A"},"8":{"Name":"B"}},"IdKkm":1}"#;
        assert_eq!(
            rewritten("sections=list", text),
            r#"{"KKM":{"Id":1},"Sections":[{"7":{"Name":"A"}},{"8":{"Name":"B"}}],"IdKkm":1}"#
        );
        assert_eq!(
            rewritten("sections=rows", text),
            r#"{"KKM":{"Id":1},"Sections":[{"Id":7,"Name":"A"},{"Id":8,"Name":"B"}],"IdKkm":1}"#
        );
        assert_eq!(
            rewritten("sections=null", text),
            r#"{"KKM":{"Id":1},"Sections":null,"IdKkm":1}"#
        );
        assert!(rewritten("spelling", text).starts_with(r#"{"Kkm":{"Id":1}"#));
        assert!(rewritten("spelling", text).ends_with(r#""IdKKM":1}"#));
        assert_eq!(
            rewritten("markup", r#"{"Name":"НДС 16%"}"#),
            r#"{"Name":"НДС 16%<img src=x onerror=\"window.owned=1\">"}"#
        );
    }
}
