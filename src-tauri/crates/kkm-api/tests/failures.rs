//! Every refusal of the table, and every way in which an answer can fail to come, over real sockets.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code
)]

mod server;

use std::time::Duration;

use domain::{ErrorCode, KkmId, ShiftId};
use kkm_api::{ApiError, Call, Client, Failure, Network, Session, Timeouts};
use server::{PASSWORD, Server, client, envelope, z};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

async fn make(session: &Session, call: Call) -> Result<(), ApiError> {
    let (kkm, shift) = (KkmId::new(77505), ShiftId::new(22));
    match call {
        Call::SignIn => session
            .client()
            .sign_in("7", &PASSWORD.into())
            .await
            .map(drop),
        Call::Kkms => session.kkms().await.map(drop),
        Call::Kkm => session.kkm(kkm).await.map(drop),
        Call::Uid => session.uid(kkm).await.map(drop),
        Call::Open => session.open_shift(kkm, None).await.map(drop),
        Call::Shift => session.shift(shift).await.map(drop),
        Call::X => session.x_report(shift).await.map(drop),
        Call::Sections => session.section_report(shift).await.map(drop),
        Call::Z => z(session, "u", None).await.map(drop),
    }
}

const CLOSED_RESOURCE: &str = "Forbidden: Доступ к указанному ресурсу закрыт.";
const BLOCKED: &str = "Forbidden: касса заблокирована";
const WRONG_ID: &str = "Указан неверный идентификатор смены";
const CLOSED: &str = "Данная смена уже закрыта";

#[tokio::test]
async fn every_row_of_the_table_in_all_three_placements_of_the_code() {
    use ErrorCode as E;
    let rows = [
        (Call::Open, 403, CLOSED_RESOURCE, E::WrongRegister),
        (
            Call::Open,
            403,
            "Forbidden: на данной ККМ уже открыта смена",
            E::ShiftAlreadyOpen,
        ),
        (Call::Open, 403, BLOCKED, E::RegisterBlocked),
        (
            Call::Open,
            424,
            "Forbidden: за данным пользователем уже числится открытая смена",
            E::UserHasOpenShift,
        ),
        (Call::Shift, 403, CLOSED_RESOURCE, E::WrongShift),
        (Call::Sections, 403, CLOSED_RESOURCE, E::WrongShift),
        (Call::X, 403, CLOSED_RESOURCE, E::WrongShift),
        (Call::X, 403, WRONG_ID, E::NotShiftOwner),
        (Call::X, 403, BLOCKED, E::RegisterBlocked),
        (Call::X, 410, CLOSED, E::ShiftClosed),
        (Call::Z, 403, CLOSED_RESOURCE, E::WrongShift),
        (Call::Z, 403, WRONG_ID, E::NotShiftOwner),
        (Call::Z, 403, BLOCKED, E::RegisterBlocked),
        (Call::Z, 410, CLOSED, E::ShiftClosed),
        (
            Call::Z,
            400,
            "Нарушена очередность операций",
            E::OrderBroken,
        ),
        (Call::Z, 452, "", E::UidStale),
        (Call::Z, 418, "Я чайник", E::Refused),
    ];
    let server = Server::start().await;
    let session = server.session();
    for (call, status, message, code) in rows {
        for (http, inner) in [(status, status), (200, status), (status, 200)] {
            server.then(http, envelope(inner, message, "null"));
            let error = make(&session, call).await.unwrap_err();
            let context = format!("{call:?} {http} {inner} {message}");
            assert_eq!(
                (error.call, error.code, error.failure),
                (call, code, Failure::Refused),
                "{context}"
            );
            assert_eq!(error.message.unwrap_or_default(), message, "{context}");
            assert_eq!(error.http_status, Some(http));
            assert!(error.clock.is_some());
        }
    }
    assert_eq!(server.asked().len(), rows.len() * 3);
}

#[tokio::test]
async fn a_failed_service_leaves_a_write_open_and_only_readings_are_tried_again() {
    for call in [
        Call::Kkms,
        Call::Kkm,
        Call::Uid,
        Call::Open,
        Call::Shift,
        Call::X,
        Call::Sections,
        Call::Z,
    ] {
        let server = Server::start().await;
        let times = if call.writes() { 1 } else { 4 };
        for _ in 0..times {
            server.then(500, envelope(500, "Internal Server Error", "null"));
        }
        let error = make(&server.session(), call).await.unwrap_err();
        let failure = if call.writes() {
            Failure::MaybeDone
        } else {
            Failure::Refused
        };
        assert_eq!(
            (error.code, error.failure),
            (ErrorCode::ServerFailed, failure),
            "{call:?}"
        );
        assert_eq!(error.retryable(), !call.writes(), "{call:?}");
        assert_eq!(server.asked().len(), times, "{call:?}");
    }
}

#[tokio::test]
async fn of_two_codes_that_differ_the_graver_one_decides() {
    for (http, inner) in [(500, 403), (403, 500)] {
        let server = Server::start().await;
        server.then(
            http,
            envelope(inner, "Forbidden: касса заблокирована", "null"),
        );
        let error = make(&server.session(), Call::Open).await.unwrap_err();
        assert_eq!(
            (error.failure, error.code),
            (Failure::MaybeDone, ErrorCode::ServerFailed),
            "{http} {inner}"
        );
    }
}

#[tokio::test]
async fn repeat_is_obeyed_under_the_same_uid_and_is_bounded() {
    let server = Server::start().await;
    let session = server.session();
    server
        .then(449, "")
        .then(200, envelope(449, "", "null"))
        .then(200, include_str!("samples/z.json"));
    make(&session, Call::Z).await.unwrap();
    assert!(
        server
            .asked()
            .iter()
            .all(|asked| asked.uid.as_deref() == Some("u"))
    );
    for _ in 0..4 {
        server.then(449, "");
    }
    let error = make(&session, Call::Z).await.unwrap_err();
    assert_eq!(
        (error.code, error.failure),
        (ErrorCode::RepeatLater, Failure::MaybeDone)
    );
    assert_eq!(server.asked().len(), 3 + 4);
    // Opening has no key: it is not repeated.
    server.then(449, "");
    assert_eq!(
        make(&session, Call::Open).await.unwrap_err().failure,
        Failure::MaybeDone
    );
    assert_eq!(server.asked().len(), 8);
}

#[tokio::test]
async fn what_is_not_the_apis_answer_is_never_success() {
    let html = format!("<html>{}TokenCPCR=hidden-cpcr</html>", "я".repeat(3000));
    let half = r#"{"Status":200,"Message":"OK","Data":{"Shift":{"Id":22,"TokenCPCR":"hidden"#;
    let bodies = [
        html.as_str(),
        half,
        "",
        "[]",
        "{}",
        "null",
        r#"{"Status":200,"Data":{}}"#,
        r#"{"Status":200,"Data":null}"#,
    ];
    for call in [Call::Open, Call::Z, Call::X, Call::Shift] {
        for body in bodies {
            for status in [200, 302, 403, 502] {
                if body.contains("Status\":200,\"Data") && status >= 400 {
                    continue;
                }
                let server = Server::start().await;
                let times = if call.writes() || status < 500 { 1 } else { 4 };
                for _ in 0..times {
                    server.then(status, body);
                }
                let error = make(&server.session(), call).await.unwrap_err();
                let failure = if call.writes() {
                    Failure::MaybeDone
                } else {
                    Failure::Refused
                };
                assert_eq!(
                    (error.code, error.failure),
                    (ErrorCode::NotTheApi, failure),
                    "{call:?} {status} {body}"
                );
                assert_eq!(error.http_status, Some(status));
                let kept = error.body.unwrap();
                assert!(kept.len() <= 2048 && !kept.contains("hidden"));
                assert_eq!(server.asked().len(), times);
            }
        }
    }
}

#[tokio::test]
async fn an_amount_that_cannot_be_rendered_is_named_and_the_answer_kept() {
    let sample = include_str!("samples/z.json");
    for odd in [
        "NaN",
        "-Infinity",
        "0.001",
        "1E+16",
        "\"abc\"",
        "{}",
        "true",
    ] {
        let server = Server::start().await;
        let body = sample.replace(
            "\"BalanceClose\": 83888",
            &format!("\"BalanceClose\": {odd}"),
        );
        server.then(200, body.clone());
        let error = make(&server.session(), Call::Z).await.unwrap_err();
        assert_eq!(
            (error.code, error.failure),
            (ErrorCode::CannotRenderAmount, Failure::MaybeDone),
            "{odd}"
        );
        assert_eq!(error.body, Some(body));
        assert!(error.to_string().contains("BalanceClose"));
    }
}

#[tokio::test]
async fn nothing_was_sent_where_nobody_listens() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let session = Session::new(
        client(&address),
        "7".into(),
        PASSWORD.into(),
        Some("hidden-old-token".into()),
        None,
    );
    for call in [Call::Open, Call::Z, Call::Kkms, Call::SignIn] {
        let error = make(&session, call).await.unwrap_err();
        assert_eq!(
            (error.code, error.failure),
            (ErrorCode::NoLink, Failure::NotSent),
            "{call:?}"
        );
        assert!(error.retryable());
    }
}

#[tokio::test]
async fn a_late_answer_and_a_broken_one_leave_it_open() {
    let server = Server::start().await;
    let session = server.session();
    for call in [Call::Z, Call::Open, Call::X] {
        server.then(200, "hang");
        let error = make(&session, call).await.unwrap_err();
        assert_eq!(
            (error.code, error.failure),
            (ErrorCode::TimedOut, Failure::MaybeDone),
            "{call:?}"
        );
        assert!(!error.retryable());
    }
    assert_eq!(server.asked().len(), 3);
    for reply in [
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"Status\":200,",
    ] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let heard = tokio::spawn(async move {
            let mut heard = 0;
            while let Ok(Ok((mut socket, _))) =
                tokio::time::timeout(Duration::from_millis(500), listener.accept()).await
            {
                heard += 1;
                let mut buffer = [0; 4096];
                let _read = socket.read(&mut buffer).await.unwrap();
                socket.write_all(reply.as_bytes()).await.unwrap();
            }
            heard
        });
        let session = Session::new(
            client(&address),
            "7".into(),
            PASSWORD.into(),
            Some("hidden-old-token".into()),
            None,
        );
        let error = make(&session, Call::Z).await.unwrap_err();
        assert_eq!(
            (error.code, error.failure),
            (ErrorCode::LinkBroken, Failure::MaybeDone)
        );
        assert_eq!(heard.await.unwrap(), 1, "sent more than once");
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let server = Server::start().await;
    server.then(200, "x".repeat(16 * 1024 * 1024 + 1));
    let patient = Timeouts {
        answer: Duration::from_secs(60),
        ..Timeouts::default()
    };
    let client = Client::new(
        server.client().server().clone(),
        patient,
        &Network::default(),
    )
    .unwrap();
    let session = Session::new(
        client,
        "7".into(),
        PASSWORD.into(),
        Some("hidden-old-token".into()),
        None,
    );
    let error = make(&session, Call::Kkms).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotTheApi, "{error}");
    assert_eq!(error.body.unwrap().len(), 2048);
}

#[tokio::test]
async fn tls_is_ready_and_a_failed_handshake_sends_nothing() {
    // A listener that speaks no TLS.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            socket
                .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                .await
                .unwrap();
        }
    });
    let session = Session::new(
        client(&address),
        "7".into(),
        PASSWORD.into(),
        Some("hidden-old-token".into()),
        None,
    );
    let error = make(&session, Call::Z).await.unwrap_err();
    assert_eq!(
        (error.code, error.failure),
        (ErrorCode::NoLink, Failure::NotSent),
        "{error}"
    );
}

#[tokio::test]
async fn no_secret_is_ever_shown() {
    let server = Server::start().await;
    let session = server.session();
    let echo = format!("{PASSWORD} Bearer hidden-old-token");
    let mut shown = vec![format!("{session:?} {:?}", session.client())];
    for status in [403, 500] {
        server.then(
            status,
            envelope(status, &echo.replace(PASSWORD, ""), "null"),
        );
        let error = make(&session, Call::Z).await.unwrap_err();
        shown.push(format!("{error} {error:?}"));
        server.then_sign_in(status, format!("<p>{PASSWORD}</p>"));
        let error = make(&session, Call::SignIn).await.unwrap_err();
        shown.push(format!("{error} {error:?}"));
    }
    // A sign-in that is broken after the token.
    server.then_sign_in(
        200,
        r#"{"Status":200,"Data":{"Token":"hidden-token","User":{}}}"#,
    );
    let error = make(&session, Call::SignIn).await.unwrap_err();
    shown.push(format!("{error} {error:?}"));
    let signed_in = session
        .client()
        .sign_in("7", &PASSWORD.into())
        .await
        .unwrap();
    assert_eq!(
        (signed_in.user.get(), signed_in.name.as_deref()),
        (1, Some("Айгерім"))
    );
    shown.push(format!("{signed_in:?}"));
    for text in shown {
        assert!(!text.contains("hidden"), "{text}");
    }
}
