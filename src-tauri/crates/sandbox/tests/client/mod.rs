//! A till that speaks to the sandbox over the real socket.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used
)]

use chrono::{DateTime, Utc};
use sandbox::{Clock, Config, FIRST_LOGIN, PASSWORD, Sandbox};
use serde_json::{Value, json};

/// The morning of the tests.
fn morning() -> DateTime<Utc> {
    "2026-11-24T03:00:00Z".parse().unwrap()
}

/// A sandbox whose clock stands, and the first user signed in.
pub async fn start(config: Config) -> (Sandbox, Till) {
    let clock = Clock::Fixed(morning());
    let sandbox = Sandbox::start(Config { clock, ..config }).await.unwrap();
    let till = Till::sign_in(&sandbox.base_url(), FIRST_LOGIN).await;
    (sandbox, till)
}

#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub uid: Option<String>,
    pub date: String,
    pub body: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn message(&self) -> String {
        self.json()["Message"].as_str().unwrap().to_owned()
    }
}

#[derive(Debug, Clone)]
pub struct Till {
    http: reqwest::Client,
    base: String,
    token: String,
}

impl Till {
    pub fn stranger(base: &str) -> Self {
        // Another test of this process may have been first.
        rustls::crypto::ring::default_provider()
            .install_default()
            .ok();
        Self {
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            base: base.to_owned(),
            token: String::new(),
        }
    }

    pub async fn sign_in(base: &str, login: &str) -> Self {
        let mut till = Self::stranger(base);
        let body = json!({ "Login": login, "Password": PASSWORD });
        let reply = till.post("/auth", None, body).await;
        till.token = reply.json()["Data"]["Token"].as_str().unwrap().to_owned();
        till
    }

    pub fn at(&self, base: &str) -> Self {
        Self {
            base: base.to_owned(),
            ..self.clone()
        }
    }

    pub async fn try_get(&self, path: &str) -> reqwest::Result<Reply> {
        self.send(self.http.get(format!("{}{path}", self.base)))
            .await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.try_get(path).await.unwrap()
    }

    pub async fn try_post(
        &self,
        path: &str,
        uid: Option<&str>,
        body: Value,
    ) -> reqwest::Result<Reply> {
        let mut request = self.http.post(format!("{}{path}", self.base));
        if let Some(uid) = uid {
            request = request.header("Uid", uid);
        }
        let request = request
            .header("Content-Type", "application/json")
            .body(body.to_string());
        self.send(request).await
    }

    pub async fn post(&self, path: &str, uid: Option<&str>, body: Value) -> Reply {
        self.try_post(path, uid, body).await.unwrap()
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> reqwest::Result<Reply> {
        let request = match self.token.as_str() {
            "" => request,
            token => request.bearer_auth(token),
        };
        let answer = request.send().await?;
        let header = |name: &str| Some(answer.headers().get(name)?.to_str().unwrap().to_owned());
        Ok(Reply {
            status: answer.status().as_u16(),
            uid: header("uid"),
            date: header("date").unwrap_or_default(),
            body: String::from_utf8_lossy(&answer.bytes().await?).into_owned(),
        })
    }

    pub async fn uid(&self, kkm: i64) -> String {
        let reply = self.get(&format!("/uid/{kkm}")).await;
        reply.json()["Data"]["Uid"].as_str().unwrap().to_owned()
    }

    pub async fn open(&self, kkm: i64) -> i64 {
        let reply = self.post("/shifts", None, json!({ "IdKkm": kkm })).await;
        let id = reply.json()["Data"]["Shift"]["Id"].as_i64();
        id.unwrap_or_else(|| panic!("not opened: {}", reply.body))
    }

    pub async fn close(&self, kkm: i64, shift: i64) -> Reply {
        let uid = self.uid(kkm).await;
        let path = format!("/shifts/{shift}/z");
        self.post(&path, Some(&uid), json!({ "IdKkm": kkm })).await
    }
}

/// The first amount under `key` behind `after`, read digit by digit into tiyn.
pub fn amount(body: &str, after: &str, key: &str) -> i64 {
    let behind = &body[body.find(after).unwrap()..];
    let mark = format!("\"{key}\":");
    let text = &behind[behind.find(&mark).unwrap() + mark.len()..];
    let digits = |letter: &char| "-.0123456789".contains(*letter);
    let text: String = text.chars().take_while(digits).collect();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let size = format!("{}{part:0<2}", whole.trim_start_matches('-'));
    let size: i64 = size.parse().unwrap();
    if text.starts_with('-') { -size } else { size }
}
