//! One server: sending a request, bounding and reading its answer, telling success from refusal.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{ClockSample, ErrorCode, ServerUrl, ShiftId, Uid, UserId};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderValue, RETRY_AFTER};
use reqwest::{Method, Response};
use secrecy::{ExposeSecret, SecretString};

use crate::network::{self, Network, XMethod};
use crate::wire::request::sign_in_body;
use crate::wire::{Bad, Obj, envelope, shift};
use crate::{Answer, ApiError, Call, Failure, redact, table};

/// No answer of this API is longer.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// How long things may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Until the connection stands, TLS included.
    pub connect: Duration,
    /// Until an answer has arrived whole.
    pub answer: Duration,
    /// The same for the Z-report.
    pub z: Duration,
    /// The first pause before a request is repeated; it doubles each time.
    pub pause: Duration,
    /// Between the first attempt of a reading and its last.
    pub patience: Duration,
    /// So long after it was sent, a request whose answer got lost may still be at work on the server.
    pub late: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            z: Duration::from_secs(90),
            pause: Duration::from_millis(250),
            patience: Duration::from_secs(15),
            late: Duration::from_secs(60),
        }
    }
}

/// A server that can be called. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    server: ServerUrl,
    timeouts: Timeouts,
    http: reqwest::Client,
    /// Whether this server takes the X-report by POST.
    x_by_post: Arc<AtomicBool>,
    x_pinned: bool,
}

/// Who signed in. The token lives about a day.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The bearer token.
    pub token: SecretString,
    /// `User.Id`: shifts belong to it.
    pub user: UserId,
    /// The user's name.
    pub name: Option<String>,
    /// The sign-in phone as the server writes it.
    pub phone: Option<String>,
    /// The open or last shift of this user.
    pub shift: Option<ShiftId>,
    /// The server's clock.
    pub server_time: Option<DateTime<Utc>>,
    /// What the answer's `Date` says of the two clocks.
    pub clock: Option<ClockSample>,
}

/// What is sent.
pub(crate) struct Request<'a> {
    pub(crate) call: Call,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) body: Option<&'a str>,
    pub(crate) uid: Option<&'a Uid>,
}

impl Request<'_> {
    pub(crate) fn get(call: Call, path: String) -> Self {
        Self {
            call,
            method: Method::GET,
            path,
            body: None,
            uid: None,
        }
    }
}

/// A success whose `Data` is not read yet. It may contain secrets and stays inside the crate.
pub(crate) struct Reply {
    call: Call,
    http_status: u16,
    text: String,
    /// The text with bare NaN and infinities in quotes, where it has any.
    quoted: Option<String>,
    next_uid: Option<Uid>,
    server_time: Option<DateTime<Utc>>,
    clock: Option<ClockSample>,
    retry_after: Option<u32>,
    stored: bool,
}

impl Client {
    /// A client of this server.
    ///
    /// # Errors
    /// `bad-input` when the proxy or the root certificates cannot be used.
    pub fn new(server: ServerUrl, timeouts: Timeouts, network: &Network) -> Result<Self, ApiError> {
        Ok(Self {
            http: network::pool(&server, &timeouts, network)?,
            server,
            timeouts,
            x_by_post: Arc::new(AtomicBool::new(network.x_method == XMethod::Post)),
            x_pinned: network.x_pinned,
        })
    }

    /// The server's address.
    pub const fn server(&self) -> &ServerUrl {
        &self.server
    }

    pub(crate) const fn timeouts(&self) -> &Timeouts {
        &self.timeouts
    }

    /// By which method the X-report is taken here.
    pub fn x_method(&self) -> XMethod {
        if self.x_by_post.load(Ordering::Relaxed) {
            XMethod::Post
        } else {
            XMethod::Get
        }
    }

    pub(crate) const fn x_is_pinned(&self) -> bool {
        self.x_pinned
    }

    pub(crate) fn remember_x(&self, method: XMethod) {
        self.x_by_post
            .store(method == XMethod::Post, Ordering::Relaxed);
    }

    /// Signs in. A new sign-in may void the older token of the same user.
    ///
    /// # Errors
    /// `wrong-credentials` where the server refuses phone or password; otherwise as for every call.
    pub async fn sign_in(
        &self,
        login: &str,
        password: &SecretString,
    ) -> Result<SignedIn, ApiError> {
        let call = Call::SignIn;
        let body = sign_in_body(login, password.expose_secret())
            .map_err(|_| ApiError::new(call, Failure::NotSent, ErrorCode::BadInput))?;
        let request = Request {
            call,
            method: Method::POST,
            path: "/auth".to_owned(),
            body: Some(&body),
            uid: None,
        };
        let reply = match self.send(&request, None).await {
            Ok(reply) => reply,
            Err(error) => return Err(error.without(password.expose_secret())),
        };
        let answer = reply
            .decode(shift::signed_in)
            .map_err(|error| error.without(password.expose_secret()))?;
        Ok(SignedIn {
            server_time: answer.server_time,
            clock: answer.clock,
            ..answer.value
        })
    }

    /// Sends once and reads the envelope.
    pub(crate) async fn send(
        &self,
        request: &Request<'_>,
        token: Option<&SecretString>,
    ) -> Result<Reply, ApiError> {
        let call = request.call;
        let started = std::time::Instant::now();
        let outcome = self.exchange(request, token).await;
        let elapsed = started.elapsed();
        match &outcome {
            Ok(reply) => {
                tracing::debug!(
                    call = call.as_str(),
                    status = reply.http_status,
                    ?elapsed,
                    "answered"
                );
            }
            Err(error) => tracing::debug!(%error, ?elapsed, "failed"),
        }
        match (outcome, token) {
            (Err(error), Some(token)) => Err(error.without(token.expose_secret())),
            (outcome, _) => outcome,
        }
    }

    async fn exchange(
        &self,
        request: &Request<'_>,
        token: Option<&SecretString>,
    ) -> Result<Reply, ApiError> {
        let call = request.call;
        let limit = if call == Call::Z {
            self.timeouts.z
        } else {
            self.timeouts.answer
        };
        let address = format!("{}{}", self.server, request.path);
        let mut builder = self
            .http
            .request(request.method.clone(), address)
            .timeout(limit);
        let unusable =
            |what: &str| ApiError::new(call, Failure::NotSent, ErrorCode::BadInput).because(what);
        if let Some(token) = token {
            let mut value = HeaderValue::try_from(format!("Bearer {}", token.expose_secret()))
                .map_err(|_| unusable("the token cannot be sent"))?;
            value.set_sensitive(true);
            builder = builder.header(AUTHORIZATION, value);
        }
        if let Some(uid) = request.uid {
            let value = HeaderValue::try_from(uid.as_str())
                .map_err(|_| unusable("the Uid cannot be sent"))?;
            builder = builder.header("Uid", value);
        }
        if let Some(body) = request.body {
            builder = builder
                .header(CONTENT_TYPE, "application/json")
                .body(body.to_owned());
        }
        let began = Utc::now();
        let response = builder
            .send()
            .await
            .map_err(|error| ApiError::transport(call, error, None))?;
        read(call, response, began).await
    }
}

/// Reads an answer to its end and sorts it.
async fn read(call: Call, mut response: Response, began: DateTime<Utc>) -> Result<Reply, ApiError> {
    let http_status = response.status().as_u16();
    let header = |name: &str| {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let next_uid = header("Uid")
        .map(str::trim)
        .filter(|uid| !uid.is_empty())
        .map(Uid::new);
    let server_time = header(DATE.as_str())
        .and_then(|date| DateTime::parse_from_rfc2822(date).ok())
        .map(|date| date.to_utc());
    let clock = server_time.map(|told| ClockSample::new(began, Utc::now(), told));
    let retry_after = header(RETRY_AFTER.as_str()).and_then(|text| wait(text, server_time));
    let mut bytes = Vec::new();
    let mut too_long = false;
    let broken = loop {
        match response.chunk().await {
            Ok(None) => break None,
            Ok(Some(chunk)) if bytes.len() + chunk.len() > BODY_LIMIT => {
                let error = ApiError::new(call, Failure::MaybeDone, ErrorCode::NotTheApi);
                too_long = true;
                break Some(error.because("the answer is longer than 16 MB"));
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Err(error) => break Some(ApiError::transport(call, error, Some(http_status))),
        }
    };
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    let reply = Reply {
        call,
        http_status,
        text,
        quoted: None,
        next_uid,
        server_time,
        clock,
        retry_after,
        stored: false,
    };
    match broken {
        Some(error) => {
            let mut error = reply.fail(error);
            // Its beginning is enough to keep, but as a success that cannot be read it counts.
            error.garbled = too_long && (200..300).contains(&http_status);
            Err(error)
        }
        None => reply.sorted(),
    }
}

/// `Retry-After`: seconds, or a moment by the server's clock.
fn wait(text: &str, server_time: Option<DateTime<Utc>>) -> Option<u32> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(seconds);
    }
    let until = DateTime::parse_from_rfc2822(text).ok()?.to_utc();
    let now = server_time.unwrap_or_else(Utc::now);
    let seconds = until.signed_duration_since(now).num_seconds().max(0);
    Some(u32::try_from(seconds).unwrap_or(u32::MAX))
}

impl Reply {
    /// Success, refusal, or something that is not this API's.
    fn sorted(mut self) -> Result<Self, ApiError> {
        let readable = envelope::readable(&self.text);
        let head = envelope::head(&readable);
        let inner = head.as_ref().and_then(|head| head.status);
        // The statuses that mean one thing only whatever the body is.
        let plain = matches!(self.http_status, 401 | 449 | 452);
        let decisive = inner
            .filter(|status| *status >= 400)
            .unwrap_or(self.http_status);
        if decisive >= 400 && (head.is_some() || plain) {
            let message = head.and_then(|head| head.message);
            let code = table::meaning(self.call, decisive, message.as_deref().unwrap_or_default());
            let mut error = ApiError::new(self.call, table::failure(self.call, decisive), code);
            error.message = message.as_deref().map(redact::body);
            error.status = Some(decisive);
            return Err(self.fail(error));
        }
        let success = (200..300).contains(&self.http_status)
            && inner.is_some_and(|status| (200..300).contains(&status));
        if !success {
            let failure = if self.call.writes() {
                Failure::MaybeDone
            } else {
                Failure::Refused
            };
            let mut error = ApiError::new(self.call, failure, ErrorCode::NotTheApi)
                .because("the answer is not the API's envelope");
            error.status = Some(self.http_status);
            return Err(self.fail(error));
        }
        self.stored = self.http_status == 208 || inner == Some(208);
        self.quoted = match readable {
            Cow::Owned(quoted) => Some(quoted),
            Cow::Borrowed(_) => None,
        };
        Ok(self)
    }

    fn fail(&self, mut error: ApiError) -> ApiError {
        error.http_status = Some(self.http_status);
        error.clock = self.clock;
        error.retry_after = self.retry_after;
        error.keep_body(&self.text);
        error
    }

    /// Reads `Data`.
    pub(crate) fn decode<T>(
        self,
        read: impl FnOnce(&Obj<'_>) -> Result<T, Bad>,
    ) -> Result<Answer<T>, ApiError> {
        let envelope = Obj::parse(
            self.quoted
                .as_ref()
                .unwrap_or(&self.text)
                .trim_start_matches('\u{feff}'),
        )
        .unwrap_or_default();
        let value = envelope
            .try_obj("Data")
            .ok_or_else(|| Bad::missing("Data"))
            .and_then(|data| read(&data));
        match value {
            Ok(value) => Ok(Answer {
                value,
                raw: redact::body(&self.text),
                next_uid: self.next_uid,
                server_time: self.server_time,
                clock: self.clock,
                stored: self.stored,
            }),
            Err(bad) => {
                let code = match bad {
                    Bad::Shape(_) => ErrorCode::NotTheApi,
                    Bad::Amount(..) => ErrorCode::CannotRenderAmount,
                };
                let failure = if self.call.writes() {
                    Failure::MaybeDone
                } else {
                    Failure::Refused
                };
                let mut error = ApiError::new(self.call, failure, code).because(bad.to_string());
                error.garbled = true;
                Err(self.fail(error))
            }
        }
    }
}
