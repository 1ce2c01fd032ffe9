use super::*;

fn money(tiyn: i64) -> Option<Money> {
    Money::from_tiyn(tiyn).ok()
}

#[test]
fn an_amount_is_one_word_and_a_number_may_stand_away_from_its_sign() {
    let read = |text: &str| -> Vec<(String, Option<i64>, Option<Money>)> {
        let words = words(text).into_iter();
        words.map(|it| (it.text, it.number, it.amount)).collect()
    };
    let one = |text: &str, number, amount| (text.to_owned(), number, amount);
    assert_eq!(read("1 200,50"), [one("1 200,50", None, money(120_050))]);
    assert_eq!(
        read("1\u{a0}234\u{a0}567.5₸"),
        [one("1 234 567.5₸", None, money(123_456_750))]
    );
    assert_eq!(read("1200.50"), [one("1200.50", None, money(120_050))]);
    assert_eq!(read("№ 128"), [one("№128", Some(128), None)]);
    assert_eq!(
        read("Касса 1 128"),
        [
            one("касса", None, None),
            one("1", Some(1), money(100)),
            one("128", Some(128), money(12_800)),
        ]
    );
    assert_eq!(read("1.234"), [one("1.234", None, None)]);
    assert_eq!(read("99999999999999999999")[0].1, None);
    assert_eq!(read("  \n"), []);
}

fn known(names: &[&str]) -> Vec<NamedRegister> {
    let registers = names.iter().zip(1..).map(|(name, id)| NamedRegister {
        server: "https://kassa.test".to_owned(),
        kkm: KkmId::new(id),
        name: Some((*name).to_owned()),
    });
    registers.collect()
}

fn found(text: &str, known: &[NamedRegister]) -> Vec<(Option<i64>, Option<i64>, Option<i64>)> {
    let searches = searches(text, known, &ReportFilter::newest(1)).into_iter();
    let plain = searches.map(|it| it.filter);
    plain
        .map(|it| (it.kkm.map(KkmId::get), it.number, it.shift_index))
        .collect()
}

#[test]
fn names_are_found_whatever_their_case_and_each_word_narrows() {
    let known = known(&["Көктем дүкені", "Ёлка, касса №\u{a0}1", "КАССА 2"]);
    assert_eq!(found("КӨКТЕМ", &known), [(Some(1), None, None)]);
    assert_eq!(found("елка", &known), [(Some(2), None, None)]);
    let both = [(Some(2), None, None), (Some(3), None, None)];
    assert_eq!(found("касса", &known), both);
    assert_eq!(found("ёлк кас", &known), [(Some(2), None, None)]);
    assert_eq!(found("көктем касса", &known), []);
    // What every register has narrows nothing.
    assert_eq!(found("к", &known), [(None, None, None)]);
}

#[test]
fn a_number_is_of_a_report_a_shift_a_register_or_the_sales() {
    let known = known(&["Касса А", "Касса Б", "Касса В"]);
    let mut told = found("2", &known);
    told.sort_unstable();
    let of_sales = (None, None, None);
    assert_eq!(
        told,
        [
            of_sales,
            (None, None, Some(2)),
            (None, Some(2), None),
            (Some(2), None, None),
        ]
    );
    let mut told = found("касса б №128", &known);
    told.sort_unstable();
    assert_eq!(told, [(None, Some(128), None), (Some(2), None, Some(128))]);
}

#[test]
fn however_long_the_text_the_questions_stay_few() {
    let known = known(&["Касса 1"]);
    let text = "1 2 3 4 5 6 7 8 9 10 11 12 ".repeat(50);
    assert!(searches(&text, &known, &ReportFilter::newest(1)).len() < 500);
}
