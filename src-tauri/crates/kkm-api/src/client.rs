//! One server: sending a request, bounding and reading its answer, telling success from refusal.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{Clock, ClockSample, ErrorCode, ServerUrl, ShiftId, Uid, UserId};
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::network::{self, Network, XMethod};
use crate::wire::request::sign_in_body;
use crate::wire::{Bad, Obj, shift};
use crate::{Answer, ApiError, Broken, Call, Failure, Parcel, Transport, answer};

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
    clock: Clock,
    transport: Option<Arc<dyn Transport>>,
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

/// How `Data` is read.
pub(crate) type Read<T> = fn(&Obj<'_>) -> Result<T, Bad>;

/// What is sent, and how its answer is read.
pub(crate) struct Request<'a, T> {
    pub(crate) call: Call,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) body: Option<&'a str>,
    pub(crate) uid: Option<&'a Uid>,
    pub(crate) read: Read<T>,
}

impl<T> Request<'_, T> {
    pub(crate) fn get(call: Call, path: String, read: Read<T>) -> Self {
        Self {
            call,
            method: Method::GET,
            path,
            body: None,
            uid: None,
            read,
        }
    }
}

impl Client {
    /// A client of this server.
    ///
    /// # Errors
    /// `bad-input` when the proxy or the root certificates cannot be used.
    pub fn new(server: ServerUrl, timeouts: Timeouts, network: &Network) -> Result<Self, ApiError> {
        Ok(Self {
            http: network::pool(&server, &timeouts, network)?,
            clock: Clock::new(Utc::now),
            transport: None,
            server,
            timeouts,
            x_by_post: Arc::new(AtomicBool::new(network.x_method == XMethod::Post)),
            x_pinned: network.x_pinned,
        })
    }

    /// Takes the time from another clock than the computer's.
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// Sends everything by another way than the network.
    pub fn set_transport(&mut self, transport: Arc<dyn Transport>) {
        self.transport = Some(transport);
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

    /// Whether somebody pinned that method.
    pub const fn x_is_pinned(&self) -> bool {
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
            read: shift::signed_in,
        };
        let sent = self.send(&request, None).await;
        let answer = sent.map_err(|error| error.without(password.expose_secret()))?;
        Ok(SignedIn {
            server_time: answer.server_time,
            clock: answer.clock,
            ..answer.value
        })
    }

    /// Sends once and reads the answer.
    pub(crate) async fn send<T>(
        &self,
        request: &Request<'_, T>,
        token: Option<&SecretString>,
    ) -> Result<Answer<T>, ApiError> {
        let call = request.call;
        let started = std::time::Instant::now();
        let mut outcome = self.exchange(request, token).await;
        if let Some(token) = token {
            let token = token.expose_secret();
            outcome = match outcome {
                Ok(answer) => Ok(Answer {
                    raw: answer.raw.without(token),
                    ..answer
                }),
                Err(error) => Err(error.without(token)),
            };
        }
        let elapsed = started.elapsed();
        match &outcome {
            Ok(answer) => {
                let stored = answer.stored;
                tracing::debug!(call = call.as_str(), stored, ?elapsed, "answered");
            }
            Err(error) => tracing::debug!(%error, ?elapsed, "failed"),
        }
        outcome
    }

    async fn exchange<T>(
        &self,
        request: &Request<'_, T>,
        token: Option<&SecretString>,
    ) -> Result<Answer<T>, ApiError> {
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
        let began = self.clock.now();
        fail_points::reached("before-request");
        let response = match &self.transport {
            None => builder
                .send()
                .await
                .map_err(|error| ApiError::transport(call, error, None))?,
            Some(transport) => self.carried(call, transport.as_ref(), builder).await?,
        };
        let answer = answer::receive(call, response, began, &self.clock, request.read).await;
        fail_points::reached("after-answer");
        answer
    }

    /// Has the request carried by another way than the network, and takes what comes back as if it had come by that.
    async fn carried(
        &self,
        call: Call,
        transport: &dyn Transport,
        builder: reqwest::RequestBuilder,
    ) -> Result<reqwest::Response, ApiError> {
        let request = builder
            .build()
            .map_err(|error| ApiError::transport(call, error, None))?;
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = request.headers().iter();
        let parcel = Parcel {
            method: request.method().to_string(),
            path: request.url().path().to_owned(),
            headers: headers
                .map(|(name, value)| (name.to_string(), text(value)))
                .collect(),
            body: request
                .body()
                .and_then(|body| body.as_bytes())
                .unwrap_or_default()
                .to_vec(),
        };
        let reply = transport
            .carry(parcel)
            .await
            .map_err(|broken| match broken {
                Broken::NotSent => ApiError::new(call, Failure::NotSent, ErrorCode::NoLink),
                Broken::Lost => ApiError::new(call, Failure::MaybeDone, ErrorCode::LinkBroken),
            })?;
        let mut response = http::Response::builder().status(reply.status);
        for (name, value) in &reply.headers {
            response = response.header(name, value);
        }
        let response = response.body(reply.body).map_err(|error| {
            ApiError::new(call, Failure::MaybeDone, ErrorCode::NotTheApi).because(error.to_string())
        })?;
        Ok(response.into())
    }
}
