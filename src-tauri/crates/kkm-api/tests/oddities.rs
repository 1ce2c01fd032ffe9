//! The seven oddities of the wire (docs/API.md), each for every object in which it can stand, from a real server.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use domain::{ErrorCode, KkmId, SectionId, ShiftId};
use kkm_api::{Answer, ApiError, Client, Network, Session, Timeouts, XZ, read_x};
use sandbox::{Clock, Config, Sandbox};

const KKM: KkmId = KkmId::new(77505);

struct Shop {
    server: Sandbox,
    session: Session,
    shift: ShiftId,
}

async fn shop() -> Shop {
    // A clock that stands: no sale comes between two readings that are compared.
    let clock = Clock::Fixed("2026-11-24T03:00:00Z".parse().unwrap());
    let config = Config {
        clock,
        ..Config::default()
    };
    let server = Sandbox::start(config).await.unwrap();
    let url = domain::ServerUrl::parse(&server.base_url()).unwrap();
    let client = Client::new(url, Timeouts::default(), &Network::default()).unwrap();
    let login = sandbox::FIRST_LOGIN.to_owned();
    let session = Session::new(client, login, sandbox::PASSWORD.into(), None, None);
    let shift = session.open_shift(KKM, None).await.unwrap().value.id;
    Shop {
        server,
        session,
        shift,
    }
}

impl Shop {
    fn write(&self, form: &str) {
        let rule = format!("* .* * write:{form}").parse().unwrap();
        self.server.world().set_faults(vec![rule]);
    }

    fn plainly(&self) {
        self.server.world().set_faults(Vec::new());
    }

    async fn z(&self) -> Result<Answer<XZ>, ApiError> {
        let uid = self.session.uid(KKM).await.unwrap().value;
        let pass = self.session.pass().await.unwrap();
        self.session
            .z_report(&pass, self.shift, KKM, &uid, None)
            .await
    }
}

#[tokio::test]
async fn oddity_1_the_last_of_two_equal_keys_wins() {
    let body =
        r#"{"Status":200,"Data":{"Count":1,"Total":{"Sales":{"Amount":1,"Amount":2}},"Count":7}}"#;
    let figures = read_x(200, body.into()).unwrap().value.figures;
    assert_eq!(figures.count, Some(7));
    assert_eq!(figures.totals.sales.amount.unwrap().to_string(), "2.00");
    // As the sandbox and the specification write every X.
    let shop = shop().await;
    let x = shop.session.x_report(shop.shift).await.unwrap();
    assert_eq!(x.raw.text().matches("\"Count\"").count(), 2);
    assert!(x.value.figures.count.is_some());
}

#[tokio::test]
async fn oddity_2_sections_in_every_form_in_ascending_order() {
    let shop = shop().await;
    let plain = shop.session.section_report(shop.shift).await.unwrap().value;
    assert!(plain.len() == 2 && plain[0].id < plain[1].id);
    let x_plain = shop
        .session
        .x_report(shop.shift)
        .await
        .unwrap()
        .value
        .sections;
    for form in ["list", "rows"] {
        shop.write(&format!("sections={form}"));
        let lines = shop.session.section_report(shop.shift).await.unwrap().value;
        assert_eq!(lines, plain, "{form}");
        let x = shop.session.x_report(shop.shift).await.unwrap().value;
        assert_eq!(x.sections, x_plain, "{form}");
    }
    for form in ["empty-object", "empty-list", "null"] {
        shop.write(&format!("sections={form}"));
        let lines = shop.session.section_report(shop.shift).await.unwrap().value;
        assert_eq!(lines, [], "{form}");
    }
    shop.write("sections=rows");
    let z = shop.z().await.unwrap().value.sections.unwrap();
    assert_eq!(
        z.iter().map(|line| line.id).collect::<Vec<_>>(),
        [SectionId::new(76634), SectionId::new(76635)]
    );
}

#[tokio::test]
async fn oddity_3_amounts_in_every_notation_say_the_same_sums() {
    let shop = shop().await;
    let shift = shop.session.shift(shop.shift).await.unwrap().value;
    let kkm = shop.session.kkm(KKM).await.unwrap().value;
    let sections = shop.session.section_report(shop.shift).await.unwrap().value;
    let x = shop.session.x_report(shop.shift).await.unwrap().value;
    for form in ["six", "quoted", "exponent"] {
        shop.write(&format!("amounts={form}"));
        assert_eq!(
            shop.session.shift(shop.shift).await.unwrap().value,
            shift,
            "{form}"
        );
        assert_eq!(
            shop.session.kkm(KKM).await.unwrap().value.balances,
            kkm.balances,
            "{form}"
        );
        assert_eq!(
            shop.session.kkms().await.unwrap().value[0].balances,
            kkm.balances,
            "{form}"
        );
        assert_eq!(
            shop.session.section_report(shop.shift).await.unwrap().value,
            sections,
            "{form}"
        );
        let odd = shop.session.x_report(shop.shift).await.unwrap().value;
        assert_eq!(
            (odd.figures, odd.documents),
            (x.figures.clone(), x.documents.clone()),
            "{form}"
        );
    }
    shop.write("amounts=null");
    let nothing = shop.session.x_report(shop.shift).await.unwrap().value;
    assert_eq!(
        nothing.figures.balance_open, None,
        "not reported is not 0.00"
    );
    assert_eq!(nothing.documents[0].value, None);
    for form in ["nan", "fine"] {
        shop.write(&format!("amounts={form}"));
        let error = shop.session.x_report(shop.shift).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::CannotRenderAmount, "{form}");
        assert!(
            error.body.unwrap().contains("\"Total\""),
            "the raw answer is kept"
        );
        // A shift and a register stay usable: what cannot be read of them counts as not reported.
        let odd = shop.session.shift(shop.shift).await.unwrap().value;
        assert_eq!((odd.status, odd.balance_open), (shift.status, None));
        assert_eq!(
            shop.session.kkm(KKM).await.unwrap().value.balances[0].amount,
            None
        );
    }
    shop.plainly();
    let plain = shop.z().await.unwrap().value.figures;
    shop.write("amounts=quoted");
    let pass = shop.session.pass().await.unwrap();
    let requests = shop.server.world().requests();
    let uid = requests
        .iter()
        .rev()
        .find_map(|request| request.uid.clone())
        .unwrap();
    let again = shop
        .session
        .z_report(&pass, shop.shift, KKM, &domain::Uid::new(uid), None)
        .await
        .unwrap();
    assert!(again.stored);
    assert_eq!(again.value.figures, plain);
}

#[tokio::test]
async fn a_document_that_cannot_be_read_does_not_cost_the_report_its_sums() {
    let body = r#"{"Status":200,"Data":{"Total":{"Sales":{"Amount":5}},"Sections":{"7":{"Name":"A","Sales":{}}},"Operations":[{"Value":0.001}]}}"#;
    let answer = read_x(200, body.into()).unwrap();
    assert_eq!(answer.value.documents, []);
    assert_eq!(answer.value.sections.unwrap()[0].sales, None);
    assert!(answer.value.figures.totals.sales.amount.is_some());
    assert_eq!(answer.raw.text(), body);
}

#[tokio::test]
async fn oddity_4_dates_with_any_fraction_any_offset_and_none() {
    for (written, read) in [
        ("2020-07-16T10:42:59Z", Some("2020-07-16T10:42:59Z")),
        ("2020-07-16T10:42:59.3Z", Some("2020-07-16T10:42:59.300Z")),
        (
            "2020-07-16T10:42:59.354546131Z",
            Some("2020-07-16T10:42:59.354546131Z"),
        ),
        ("2020-07-16T16:42:59+06:00", Some("2020-07-16T10:42:59Z")),
        ("0001-01-01T00:00:00Z", None),
    ] {
        let body = format!(
            r#"{{"Status":200,"Data":{{"Total":{{"Sales":{{}}}},"DateClose":"{written}","Operations":[{{"DateDocument":"{written}"}}]}}}}"#
        );
        let read = read.map(|text| text.parse().unwrap());
        let value = read_x(200, body.into()).unwrap().value;
        assert_eq!(
            (value.figures.closed, value.documents[0].at),
            (read, read),
            "{written}"
        );
    }
    let shop = shop().await;
    assert_eq!(
        shop.session.shift(shop.shift).await.unwrap().value.closed,
        None
    );
}

#[tokio::test]
async fn oddity_5_keys_in_both_spellings_and_empty_objects() {
    let shop = shop().await;
    let shift = shop.session.shift(shop.shift).await.unwrap().value;
    let kkm = shop.session.kkm(KKM).await.unwrap().value;
    let x = shop.session.x_report(shop.shift).await.unwrap().value;
    shop.write("spelling");
    assert_eq!(shop.session.shift(shop.shift).await.unwrap().value, shift);
    assert_eq!(shop.session.kkm(KKM).await.unwrap().value.name, kkm.name);
    assert_eq!(
        shop.session
            .x_report(shop.shift)
            .await
            .unwrap()
            .value
            .kkm
            .unwrap()
            .znm,
        x.kkm.unwrap().znm
    );
    let empty = r#"{"Status":200,"Data":{"Kkm":{},"Total":{"Sales":null,"Unknown":{"A":[]}},"Operations":[{},null,7,1.5]}}"#;
    let value = read_x(200, empty.into()).unwrap().value;
    assert_eq!((value.kkm, value.figures.totals.sales.amount), (None, None));
}

#[tokio::test]
async fn oddity_6_a_message_only_tells_two_meanings_of_one_code_apart() {
    let shop = shop().await;
    // The same 403 for an opening, three meanings; an unknown text falls back to the call's plain one.
    let twice = shop.session.open_shift(KKM, None).await.unwrap_err();
    assert_eq!(twice.code, ErrorCode::ShiftAlreadyOpen);
    let nowhere = shop
        .session
        .open_shift(KkmId::new(1), None)
        .await
        .unwrap_err();
    assert_eq!(nowhere.code, ErrorCode::WrongRegister);
    shop.server.world().set_blocked(77506, true).unwrap();
    let blocked = shop
        .session
        .open_shift(KkmId::new(77506), None)
        .await
        .unwrap_err();
    assert_eq!(blocked.code, ErrorCode::RegisterBlocked);
}

#[tokio::test]
async fn oddity_7_an_answer_of_200_can_mean_that_it_is_queued_for_the_ofd() {
    let shop = shop().await;
    shop.server.world().set_ofd_link(KKM.get(), false).unwrap();
    let before = shop
        .session
        .kkm(KKM)
        .await
        .unwrap()
        .value
        .offline_queue
        .unwrap();
    shop.session.x_report(shop.shift).await.unwrap();
    let kkm = shop.session.kkm(KKM).await.unwrap().value;
    assert_eq!(
        (kkm.offline_queue, kkm.ofd_code),
        (Some(before + 1), Some(500))
    );
}
