//! The life of a token: renewed once, shared, never fought over.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code
)]

mod server;

use std::sync::{Arc, Mutex};

use domain::{ErrorCode, KkmId};
use kkm_api::{Call, Failure, TokenShelf};
use secrecy::{ExposeSecret, SecretString};
use server::{PASSWORD, Server, envelope, z};

const REGISTERS: &str = r#"{"Status":200,"Message":"OK","Data":{"Kkms":[]}}"#;

#[tokio::test]
async fn an_expired_token_is_renewed_once_and_the_same_request_repeated() {
    let server = Server::start().await;
    let expired = envelope(401, "Unauthorized: token is expired by 2h36m46s", "null");
    server
        .then(401, expired.clone())
        .then(208, include_str!("samples/z.json"));
    let session = server.session();
    let answer = z(&session, "same-uid", None).await.unwrap();
    assert!(answer.stored);
    let asked = server.asked();
    assert_eq!(
        server.lines(),
        ["POST /shifts/22/z", "POST /auth", "POST /shifts/22/z"]
    );
    assert_eq!(
        (&asked[0].uid, &asked[0].body),
        (&asked[2].uid, &asked[2].body)
    );
    assert_eq!(
        asked[1].body,
        format!(r#"{{"Login":"77001112233","Password":"{PASSWORD}"}}"#)
    );
    assert_eq!(asked[2].bearer.as_deref(), Some("Bearer hidden-token-2"));
    assert_eq!(
        session.token().await.unwrap().expose_secret(),
        "hidden-token-2"
    );

    // Twice 401: no third attempt.
    server.then(401, expired.clone()).then(401, expired);
    let error = z(&session, "u", None).await.unwrap_err();
    assert_eq!(
        (error.code, error.failure),
        (ErrorCode::TokenExpired, Failure::Refused)
    );
    assert_eq!(server.asked().len(), 6);
}

/// A shelf that another process has put its newer token on.
struct Shared(Mutex<Vec<String>>);

impl TokenShelf for Shared {
    fn token(&self) -> Option<SecretString> {
        self.0.lock().unwrap().last().cloned().map(Into::into)
    }

    fn keep(&self, token: &SecretString) {
        self.0
            .lock()
            .unwrap()
            .push(token.expose_secret().to_owned());
    }
}

#[tokio::test]
async fn another_processs_newer_token_is_taken_before_a_third_one_is_made() {
    let server = Server::start().await;
    let shelf = Arc::new(Shared(Mutex::new(vec!["hidden-their-token".into()])));
    let session = server.session_with(Some(shelf.clone()));
    server
        .then(401, "")
        .then(200, envelope(200, "OK", r#"{"Kkms":[]}"#));
    session.kkms().await.unwrap();
    assert_eq!(server.lines(), ["GET /kkms", "GET /kkms"]);
    assert_eq!(
        server.asked()[1].bearer.as_deref(),
        Some("Bearer hidden-their-token")
    );
    // Theirs has expired as well: now a sign-in is due, once, and the new token goes on the shelf.
    server
        .then(401, "")
        .then(200, envelope(200, "OK", r#"{"Kkms":[]}"#));
    session.kkms().await.unwrap();
    assert_eq!(
        server.lines()[2..],
        ["GET /kkms", "POST /auth", "GET /kkms"]
    );
    let began = std::time::Instant::now();
    while shelf.0.lock().unwrap().len() < 2 {
        assert!(began.elapsed().as_secs() < 10, "the token was not kept");
        tokio::task::yield_now().await;
    }
    assert_eq!(shelf.0.lock().unwrap()[1], "hidden-token-4");
}

#[tokio::test]
async fn concurrent_calls_share_one_sign_in() {
    let server = Server::start().await;
    for _ in 0..3 {
        server.then(401, "");
    }
    for _ in 0..3 {
        server.then(200, envelope(200, "OK", r#"{"Kkms":[]}"#));
    }
    let session = server.session();
    let (a, b, c) = tokio::join!(session.kkms(), session.kkms(), session.kkms());
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(
        server
            .lines()
            .iter()
            .filter(|line| *line == "POST /auth")
            .count(),
        1
    );
}

#[tokio::test]
async fn a_write_whose_new_sign_in_fails_was_not_done() {
    let server = Server::start().await;
    let session = server.session();
    server.then(401, "").then_sign_in(
        401,
        envelope(401, "Unauthorized: неверный логин или пароль", "null"),
    );
    let error = z(&session, "u", None).await.unwrap_err();
    assert_eq!(
        (error.call, error.code, error.failure),
        (Call::Z, ErrorCode::WrongCredentials, Failure::Refused)
    );
    server.then(401, "").then_sign_in(200, "hang");
    let error = z(&session, "u", None).await.unwrap_err();
    assert_eq!(
        (error.code, error.failure),
        (ErrorCode::TimedOut, Failure::NotSent)
    );
}

#[tokio::test]
async fn a_quarrel_about_the_token_ends_and_is_told() {
    let server = Server::start().await;
    let session = server.session();
    // Somebody voids our token after each of our sign-ins.
    for _ in 0..3 {
        server.then(401, "").then(200, REGISTERS);
        session.kkms().await.unwrap();
    }
    server.then(401, "");
    let error = session.uid(KkmId::new(1)).await.unwrap_err();
    assert_eq!(
        (error.failure, error.code),
        (Failure::NotSent, ErrorCode::SignedInElsewhere)
    );
    let sign_ins = server.lines();
    let sign_ins = sign_ins.iter().filter(|line| *line == "POST /auth").count();
    assert_eq!(sign_ins, 3);
}
