//! The specification's own samples, and the forms in which the real server differs from them, over real sockets.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code
)]

mod server;

use domain::{KkmId, KkmStatus, Money, SectionId, ShiftId, ShiftStatus, Uid, UserId};
use server::{Server, envelope, z};

fn money(text: &str) -> Option<Money> {
    Some(Money::parse_wire(text).unwrap())
}

#[tokio::test]
async fn open_as_in_the_specification() {
    let server = Server::start().await;
    server.then(200, include_str!("samples/open.json"));
    let answer = server
        .session()
        .open_shift(KkmId::new(77505), None)
        .await
        .unwrap();
    assert_eq!(answer.value.id, ShiftId::new(22));
    assert_eq!(answer.value.kkm, KkmId::new(78909));
    assert_eq!(answer.value.user, UserId::new(1));
    assert_eq!(answer.value.status, ShiftStatus::Open);
    assert_eq!(
        answer.value.opened,
        "2019-04-19T09:01:29.222Z"
            .parse::<chrono::DateTime<chrono::Utc>>()
            .unwrap()
    );
    assert_eq!(answer.value.balance_open, None);
    assert_eq!(answer.next_uid, Some(Uid::new("next-uid")));
    assert_eq!(answer.server_time, "2026-11-24T02:57:00Z".parse().ok());
    assert_eq!(answer.raw.text(), include_str!("samples/open.json"));
    assert!(!answer.stored);
    let asked = &server.asked()[0];
    assert_eq!(
        (asked.line.as_str(), asked.body.as_str()),
        ("POST /shifts", r#"{"IdKkm":77505}"#)
    );
    assert_eq!(asked.bearer.as_deref(), Some("Bearer hidden-old-token"));
}

#[tokio::test]
async fn info_as_in_the_specification() {
    let server = Server::start().await;
    server.then(200, include_str!("samples/info.json"));
    let shift = server
        .session()
        .shift(ShiftId::new(11344))
        .await
        .unwrap()
        .value;
    assert_eq!(
        (shift.id.get(), shift.kkm.get(), shift.user.get()),
        (11344, 2062, 1032)
    );
    assert_eq!((shift.index, shift.closed), (Some(8), None));
    assert_eq!(shift.balance_open, money("51690"));
    assert_eq!(shift.balance_close, money("0"));
    assert_eq!(shift.user_name.as_deref(), Some("first cashier"));
    assert_eq!(shift.user_phone.as_deref(), Some("77078385387"));
}

#[tokio::test]
async fn x_as_in_the_specification_with_count_twice() {
    let server = Server::start().await;
    let sample = include_str!("samples/x.json");
    assert_eq!(sample.matches("\"Count\"").count(), 2);
    server.then(200, sample);
    let answer = server.session().x_report(ShiftId::new(5)).await.unwrap();
    let figures = answer.value.figures;
    assert_eq!(figures.count, Some(1));
    assert_eq!(figures.totals.sales.qty, Some(1));
    assert_eq!(figures.totals.sales.amount, money("100.00"));
    assert_eq!(figures.totals.sales.cumulative, money("1228340.94"));
    assert_eq!(figures.totals.purchases.cumulative, money("154990.88"));
    assert_eq!(figures.totals.refunds.cumulative, money("795774.92"));
    assert_eq!(
        figures.totals.purchase_refunds.cumulative,
        money("53272.72")
    );
    assert_eq!(figures.totals.expenses.cumulative, money("19146.36"));
    assert_eq!(figures.totals.incomes.cumulative, money("61511.53"));
    assert_eq!(figures.balance_open, money("93794.10"));
    assert_eq!(figures.balance_close, money("93894.10"));
    assert_eq!(figures.nds, money("10.71"));
    assert_eq!((figures.operator_code, figures.taken), (None, None));
    assert_eq!(answer.value.sections, Some(Vec::new()));
    assert_eq!(answer.value.kkm, None);
    assert_eq!(server.lines(), ["GET /shifts/5/x"]);
}

#[tokio::test]
async fn z_as_in_the_specification() {
    let server = Server::start().await;
    server.then(200, include_str!("samples/z.json"));
    let date = "2020-12-20T06:34:46Z".parse().ok();
    let answer = z(&server.session(), "uid-1", date).await.unwrap();
    let figures = answer.value.figures;
    assert_eq!(figures.totals.expenses.amount, money("3000"));
    assert_eq!(figures.totals.expenses.cumulative, money("3500"));
    assert_eq!(figures.totals.incomes.amount, money("5000"));
    assert_eq!(
        (figures.balance_open, figures.balance_close),
        (money("82388"), money("83888"))
    );
    assert_eq!(
        (figures.count, figures.operator_code.as_deref()),
        (Some(5), Some("1032"))
    );
    assert_eq!(figures.closed, "2020-07-16T10:42:59.35454613Z".parse().ok());
    assert_eq!(answer.value.sections, None);
    let asked = &server.asked()[0];
    assert_eq!(asked.line, "POST /shifts/22/z");
    assert_eq!(asked.uid.as_deref(), Some("uid-1"));
    assert_eq!(
        asked.body,
        r#"{"IdKkm":77505,"Date":"2020-12-20T06:34:46+00:00"}"#
    );
}

#[tokio::test]
async fn sections_in_every_form() {
    let server = Server::start().await;
    server.then(200, include_str!("samples/sections.json"));
    let session = server.session();
    let lines = session.section_report(ShiftId::new(5)).await.unwrap().value;
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (lines[0].id, lines[0].name.as_deref()),
        (SectionId::new(76634), Some("НДС 12%"))
    );
    assert_eq!(
        (lines[0].sales, lines[0].purchase_refunds),
        (money("300.22"), money("655.5"))
    );
    assert_eq!(server.lines(), ["GET /shifts/5/sections/reports"]);
    for (form, ids) in [
        (r#"{"2":{"Sales":"1.50"},"1":{}}"#, vec![1, 2]),
        (r#"[{"2":{"Name":"B"}},{"1":null}]"#, vec![1, 2]),
        (r#"[{"2":{"Name":"B"},"1":{}}]"#, vec![1, 2]),
        (r#"[{"Id":2,"Sales":5.000000},{"Id":1}]"#, vec![1, 2]),
        ("{}", vec![]),
        ("[]", vec![]),
        ("null", vec![]),
    ] {
        server.then(
            200,
            envelope(200, "OK", &format!(r#"{{"Sections":{form}}}"#)),
        );
        let lines = session.section_report(ShiftId::new(5)).await.unwrap().value;
        assert_eq!(
            lines.iter().map(|line| line.id.get()).collect::<Vec<_>>(),
            ids,
            "{form}"
        );
    }
}

#[tokio::test]
async fn registers_with_empty_objects_and_without_their_secret() {
    let server = Server::start().await;
    let full = r#"{"Id":1,"Name":"Касса 1","Znm":"Z","IdShift":22,"ShiftIndex":8,"Lock":false,"OfflineQueue":2,"OfdCode":0,
        "StatusKKM":{"Id":2,"Name":"ready"},"Company":{"Bin":"120340012345","ShortName":"","FullName":"ТОО"},
        "Address":{"Street":"Абая","House":"1","Town":{"Name":"Алматы"}},"Ofd":{"Name":"КТ"},"TokenCPCR":"hidden-cpcr",
        "Balances":[{"Amount":500.000000,"TypeBalance":{"Id":1,"Name":"Наличные"}},{"Amount":0.001,"TypeBalance":{}}]}"#;
    let bare = r#"{"Id":2,"IdShift":0,"Company":{},"Address":null,"Ofd":{},"Balances":null,"IdStatusKKM":3}"#;
    server.then(
        200,
        envelope(200, "OK", &format!(r#"{{"Kkms":[{full},{bare}]}}"#)),
    );
    let session = server.session();
    let answer = session.kkms().await.unwrap();
    let raw = answer.raw.text();
    assert!(
        raw.contains("TokenCPCR") && !raw.contains("hidden"),
        "{raw}"
    );
    let [one, two] = answer.value.as_slice() else {
        panic!()
    };
    assert_eq!(one.cash(), money("500"));
    assert_eq!(one.balances[1].amount, None);
    assert_eq!(one.address.as_deref(), Some("Алматы, Абая, 1"));
    assert_eq!(
        (one.taxpayer.as_deref(), one.bin.as_deref()),
        (Some("ТОО"), Some("120340012345"))
    );
    assert_eq!(
        (one.status, one.offline_queue, one.locked),
        (KkmStatus::Ready, Some(2), Some(false))
    );
    assert_eq!((two.status, two.shift), (KkmStatus::Blocked, None));
    server.then(200, envelope(200, "OK", r#"{"Kkms":null}"#));
    assert_eq!(session.kkms().await.unwrap().value, []);
    server.then(200, envelope(200, "OK", &format!(r#"{{"Kkm":{full}}}"#)));
    assert_eq!(session.kkm(KkmId::new(1)).await.unwrap().value, *one);
    server.then(200, envelope(200, "OK", r#"{"Uid":"abc"}"#));
    assert_eq!(
        session.uid(KkmId::new(1)).await.unwrap().value,
        Uid::new("abc")
    );
}

#[tokio::test]
async fn x_falls_back_to_post_and_remembers_it() {
    let server = Server::start().await;
    let session = server.session();
    let sample = include_str!("samples/x.json");
    server
        .then(404, "404 page not found")
        .then(200, sample)
        .then(200, sample);
    session.x_report(ShiftId::new(5)).await.unwrap();
    session.x_report(ShiftId::new(5)).await.unwrap();
    assert_eq!(
        server.lines(),
        ["GET /shifts/5/x", "POST /shifts/5/x", "POST /shifts/5/x"]
    );
}
