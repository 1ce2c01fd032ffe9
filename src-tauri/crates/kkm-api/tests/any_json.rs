//! Any JSON in any place gives a typed result or a typed error with the raw answer kept; never a panic, never a wrong sum.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use domain::{ErrorCode, Money};
use kkm_api::read_x;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Any JSON value, not too deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,12}".prop_map(Value::from),
        Just(json!("0001-01-01T00:00:00Z")),
        Just(json!("300.22")),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A key of the API, or any.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(PLACES.to_vec()).prop_map(str::to_owned),
        "[A-Za-z]{0,8}",
        Just("76634".to_owned()),
    ]
}

const PLACES: [&str; 22] = [
    "Status",
    "Message",
    "Data",
    "Count",
    "Kkm",
    "KKM",
    "Id",
    "Company",
    "Balances",
    "Address",
    "Sections",
    "Operations",
    "TypeDocument",
    "OperatorCode",
    "Total",
    "Sales",
    "Incomes",
    "Amount",
    "Cumulative",
    "BalanceOpen",
    "DateDocument",
    "TokenCPCR",
];

/// A good answer, as a tree in which a place can be spoilt.
fn good() -> Value {
    json!({"Status": 200, "Message": "OK", "Data": {
        "Count": 2, "Kkm": {"Id": 1, "Balances": [{"Amount": 5, "TypeBalance": {"Id": 1}}], "Address": {"Street": "Абая"}},
        "Sections": {"76634": {"Name": "НДС", "Sales": 300}},
        "Operations": [{"Id": 1, "Value": 300, "TypeDocument": {"Id": 1, "Name": "Продажа"}, "DateDocument": "2026-11-24T10:00:00Z"}],
        "OperatorCode": "7", "Total": {"Sales": {"Qty": 1, "Amount": 300, "Cumulative": 900}},
        "BalanceOpen": 10, "BalanceClose": 310, "TotalNdsAmount": 32
    }})
}

/// All places of a tree.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(key, it)| (key.clone(), it)).collect(),
        Value::Array(items) => (0..).map(|at: usize| at.to_string()).zip(items).collect(),
        _ => Vec::new(),
    };
    for (key, it) in inner {
        places(it, &format!("{here}/{key}"), found);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_value_in_any_place_is_a_result_or_an_error_with_the_raw_answer(spoilt in any_json(), at in any::<prop::sample::Index>()) {
        let mut answer = good();
        let mut all = Vec::new();
        places(&answer, "", &mut all);
        let place = at.get(&all);
        *answer.pointer_mut(place).unwrap() = spoilt;
        let text = answer.to_string();
        match read_x(200, text.into_bytes()) {
            Ok(answer) => prop_assert!(!answer.raw.text().is_empty()),
            Err(error) => {
                prop_assert!(error.body.is_some());
                prop_assert!(!error.code.as_str().is_empty());
            }
        }
    }

    #[test]
    fn any_text_whatever_is_an_error_or_a_result(status in 100u16..600, body in prop::collection::vec(any::<u8>(), 0..200)) {
        let outcome = read_x(status, body);
        prop_assert!(outcome.is_err());
    }

    #[test]
    fn an_amount_goes_through_exactly_in_every_notation(tiyn in -100_000_000_000_000_000i64..=100_000_000_000_000_000, how in 0..5) {
        let money = Money::from_tiyn(tiyn).unwrap();
        let plain = money.to_string();
        let written = match how {
            0 => plain.clone(),
            1 => format!("{plain}0000"),
            2 => format!("\"{plain}\""),
            3 => format!("{tiyn}e-2"),
            _ => format!("{tiyn}.0E-2"),
        };
        let body = format!(r#"{{"Status":200,"Data":{{"Total":{{"Sales":{{"Amount":{written}}}}},"BalanceClose":{written}}}}}"#);
        let figures = read_x(200, body.into_bytes()).unwrap().value.figures;
        prop_assert_eq!(figures.totals.sales.amount, Some(money));
        prop_assert_eq!(figures.balance_close, Some(money));
    }

    #[test]
    fn a_sum_that_is_no_sum_is_never_another_sum(whole in any::<i64>(), fraction in "[0-9]{3,9}") {
        prop_assume!(!fraction.get(2..).unwrap().bytes().all(|digit| digit == b'0'));
        let body = format!(r#"{{"Status":200,"Data":{{"Total":{{"Sales":{{"Amount":{whole}.{fraction}}}}}}}}}"#);
        let error = read_x(200, body.clone().into_bytes()).unwrap_err();
        prop_assert_eq!(error.code, ErrorCode::CannotRenderAmount);
        prop_assert_eq!(error.body, Some(body));
    }
}
