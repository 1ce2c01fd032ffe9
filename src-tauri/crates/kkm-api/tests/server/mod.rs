//! A server that answers what the test tells it to, on a real socket, and remembers what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use chrono::{DateTime, Utc};
use domain::{KkmId, ServerUrl, ShiftId, Uid};
use kkm_api::keyed::{Event, Keyed, Step};
use kkm_api::{Answer, ApiError, Client, Network, Session, Timeouts, TokenShelf, XZ};
use secrecy::SecretString;

pub const PASSWORD: &str = "hidden-password";

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub line: String,
    pub uid: Option<String>,
    pub bearer: Option<String>,
    pub body: String,
}

#[derive(Clone, Default)]
pub struct Server {
    answers: Arc<Mutex<VecDeque<(u16, String)>>>,
    sign_ins: Arc<Mutex<VecDeque<(u16, String)>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
    address: String,
}

impl Server {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = Self {
            address,
            ..Self::default()
        };
        let router = Router::new().fallback(answer).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    /// The next answer to anything but a sign-in.
    pub fn then(&self, status: u16, body: impl Into<String>) -> &Self {
        self.answers
            .lock()
            .unwrap()
            .push_back((status, body.into()));
        self
    }

    /// The next answer to a sign-in; by default sign-ins succeed.
    pub fn then_sign_in(&self, status: u16, body: impl Into<String>) -> &Self {
        self.sign_ins
            .lock()
            .unwrap()
            .push_back((status, body.into()));
        self
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }

    pub fn client(&self) -> Client {
        client(&self.address)
    }

    pub fn session(&self) -> Session {
        self.session_with(None)
    }

    pub fn session_with(&self, shelf: Option<Arc<dyn TokenShelf>>) -> Session {
        Session::new(
            self.client(),
            "77001112233".into(),
            PASSWORD.into(),
            Some(SecretString::from("hidden-old-token")),
            shelf,
        )
    }
}

pub fn client(address: &str) -> Client {
    let timeouts = Timeouts {
        connect: Duration::from_secs(2),
        answer: Duration::from_millis(700),
        z: Duration::from_millis(900),
        pause: Duration::from_millis(5),
        ..Timeouts::default()
    };
    Client::new(
        ServerUrl::parse(address).unwrap(),
        timeouts,
        &Network::default(),
    )
    .unwrap()
}

/// A Z by the protocol of the key, where neither the shift nor another key can be read.
pub async fn z(
    session: &Session,
    uid: &str,
    date: Option<DateTime<Utc>>,
) -> Result<Answer<XZ>, ApiError> {
    let (uid, shift, kkm) = (Uid::new(uid), ShiftId::new(22), KkmId::new(77505));
    let mut pass = session.pass().await?;
    let (mut keyed, mut step) = Keyed::start();
    let mut last = None;
    loop {
        if let Step::SendAfterPause(n) = step {
            tokio::time::sleep(session.pause(n)).await;
        }
        let event = match step {
            Step::Send | Step::SendAfterPause(_) => {
                last = Some(session.z_report(&pass, shift, kkm, &uid, date).await);
                match last.as_ref().unwrap() {
                    Ok(_) => Event::Done,
                    Err(error) => error.event(),
                }
            }
            Step::SignIn => match session.another_pass(&pass).await {
                Ok(another) => {
                    pass = another;
                    Event::SignedIn
                }
                Err(error) => {
                    last = Some(Err(error));
                    Event::NotSignedIn
                }
            },
            Step::ReadShift => Event::Unreadable,
            Step::FetchUid => Event::NoKey,
            Step::End(_) => return last.unwrap(),
        };
        step = keyed.next(event);
    }
}

/// An envelope.
pub fn envelope(status: u16, message: &str, data: &str) -> String {
    format!(r#"{{"Status":{status},"Message":"{message}","Data":{data}}}"#)
}

/// The body `hang` keeps the caller waiting.
async fn answer(State(server): State<Server>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let header = |name: &str| {
        parts
            .headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    };
    let asked = Asked {
        line: format!("{} {}", parts.method, parts.uri),
        uid: header("uid"),
        bearer: header("authorization"),
        body: String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap(),
    };
    let sign_in = asked.line == "POST /auth";
    let number = {
        let mut all = server.asked.lock().unwrap();
        all.push(asked);
        all.len()
    };
    let queue = if sign_in {
        &server.sign_ins
    } else {
        &server.answers
    };
    let next = queue.lock().unwrap().pop_front();
    let (status, text) = match next {
        Some(next) => next,
        None if sign_in => {
            let data = format!(
                r#"{{"Token":"hidden-token-{number}","User":{{"Id":1,"Name":"Айгерім"}}}}"#
            );
            (200, envelope(200, "OK", &data))
        }
        None => (404, envelope(404, "nothing prepared", "null")),
    };
    if text == "hang" {
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
    let response = Response::builder()
        .status(StatusCode::from_u16(status).unwrap())
        .header("Uid", "next-uid")
        .header("Date", "Tue, 24 Nov 2026 02:57:00 GMT");
    response.body(Body::from(text)).unwrap()
}
