//! What a failed call is: which call, how far it got, what the server meant.

use std::error::Error;

use domain::{ClockSample, ErrorCode};

use crate::keyed::Event;
use crate::redact;

/// A call of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Call {
    /// `POST /auth`.
    SignIn,
    /// `GET /kkms`.
    Kkms,
    /// `GET /kkms/:IdKkm`.
    Kkm,
    /// `GET /uid/:IdKkm`.
    Uid,
    /// `POST /shifts`.
    Open,
    /// `GET /shifts/:IdShift`.
    Shift,
    /// The X-report.
    X,
    /// `GET /shifts/:IdShift/sections/reports`.
    Sections,
    /// `POST /shifts/:IdShift/z`.
    Z,
}

impl Call {
    /// Whether the call changes something on the server: an X-report is a recorded document too.
    pub const fn writes(self) -> bool {
        matches!(self, Self::Open | Self::X | Self::Z)
    }

    /// A short name for logs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Kkms => "kkms",
            Self::Kkm => "kkm",
            Self::Uid => "uid",
            Self::Open => "open",
            Self::Shift => "shift",
            Self::X => "x",
            Self::Sections => "sections",
            Self::Z => "z",
        }
    }
}

/// How far the request got; what may follow depends on nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The request never reached the server: nothing changed.
    NotSent,
    /// The request may have been carried out: read the shift before anything else. For a call that changes nothing
    /// this only says that there is no usable answer.
    MaybeDone,
    /// The server refused: nothing changed.
    Refused,
}

/// A failed call. Neither its `Display` nor its `Debug` contains a secret.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}: {code} ({failure:?}{}{})", call.as_str(), status_text(*http_status), cause_text(cause.as_deref()))]
pub struct ApiError {
    /// Which call.
    pub call: Call,
    /// How far it got.
    pub failure: Failure,
    /// What it means.
    pub code: ErrorCode,
    /// The HTTP status, where an answer began.
    pub http_status: Option<u16>,
    /// The server's `Message`, text for people.
    pub message: Option<String>,
    /// The first 2 KB of the answer (the whole of a success that cannot be read), secrets removed.
    pub body: Option<String>,
    /// What the answer's `Date` says of the two clocks.
    pub clock: Option<ClockSample>,
    /// So many seconds the server asks to wait (`Retry-After`).
    pub retry_after: Option<u32>,
    /// The technical reason, for logs.
    pub cause: Option<String>,
    /// The deciding status, of the HTTP status and `Status` in the body.
    pub(crate) status: Option<u16>,
    /// The server says that it succeeded, but what it gives cannot be read.
    pub(crate) garbled: bool,
}

fn status_text(status: Option<u16>) -> String {
    status.map_or_else(String::new, |status| format!(", HTTP {status}"))
}

fn cause_text(cause: Option<&str>) -> String {
    cause.map_or_else(String::new, |cause| format!(": {cause}"))
}

impl ApiError {
    pub(crate) fn new(call: Call, failure: Failure, code: ErrorCode) -> Self {
        Self {
            call,
            failure,
            code,
            http_status: None,
            message: None,
            body: None,
            clock: None,
            retry_after: None,
            cause: None,
            status: None,
            garbled: false,
        }
    }

    /// No answer, or only a part of one. `answered` is the status of an answer that broke off.
    pub(crate) fn transport(call: Call, error: reqwest::Error, answered: Option<u16>) -> Self {
        // The address is not a secret, but it is the same for every call and long.
        let error = error.without_url();
        let (failure, code) = if answered.is_none() && (error.is_builder() || error.is_connect()) {
            (Failure::NotSent, ErrorCode::NoLink)
        } else if error.is_timeout() || chain_has(&error, std::io::ErrorKind::TimedOut) {
            (Failure::MaybeDone, ErrorCode::TimedOut)
        } else if answered.is_none() && chain_has(&error, std::io::ErrorKind::ConnectionRefused) {
            (Failure::NotSent, ErrorCode::NoLink)
        } else {
            (Failure::MaybeDone, ErrorCode::LinkBroken)
        };
        let mut failed = Self::new(call, failure, code).because(chain_text(&error));
        failed.http_status = answered;
        failed
    }

    #[must_use]
    pub(crate) fn because(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Removes a known secret wherever the server echoed it.
    pub(crate) fn without(mut self, secret: &str) -> Self {
        for text in [&mut self.message, &mut self.body, &mut self.cause]
            .into_iter()
            .flatten()
        {
            *text = redact::without(std::mem::take(text), secret);
        }
        self
    }

    /// What this is to an operation that carries a `Uid`.
    pub const fn event(&self) -> Event {
        match (self.status, self.code, self.failure) {
            (Some(449), ..) => Event::Repeat,
            (_, ErrorCode::UidStale, _) => Event::Stale,
            (_, ErrorCode::TokenExpired, _) => Event::Expired,
            _ if self.garbled => Event::Garbled,
            // Turned away at the door: too many requests, or no such place.
            (Some(404 | 405 | 429), ..) => Event::NotSent,
            (Some(403 | 410), _, Failure::Refused) => Event::Refused,
            (.., Failure::Refused) => Event::Declined,
            (.., Failure::NotSent) => Event::NotSent,
            (.., Failure::MaybeDone) => Event::Lost,
        }
    }

    /// Whether the server said that this account may not see it: another account may.
    pub const fn is_no_access(&self) -> bool {
        matches!(self.failure, Failure::Refused)
            && matches!(
                self.code,
                ErrorCode::WrongShift | ErrorCode::WrongRegister | ErrorCode::NotShiftOwner
            )
    }

    /// Whether a reading is worth another try by itself: the link failed, or the server is overloaded or out of order.
    pub(crate) const fn passes(&self) -> bool {
        match self.status {
            Some(status) => matches!(status, 408 | 429 | 449 | 500 | 502 | 503 | 504),
            None => matches!(
                self.code,
                ErrorCode::NoLink | ErrorCode::LinkBroken | ErrorCode::TimedOut
            ),
        }
    }

    /// Whether the same call may simply be made again.
    pub const fn retryable(&self) -> bool {
        match self.failure {
            Failure::NotSent => !matches!(
                self.code,
                ErrorCode::WrongCredentials | ErrorCode::BadInput | ErrorCode::Internal
            ),
            Failure::MaybeDone => !self.call.writes(),
            Failure::Refused => {
                matches!(self.code, ErrorCode::RepeatLater | ErrorCode::ServerFailed)
            }
        }
    }
}

fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    std::iter::from_fn(move || {
        let link = next?;
        next = link.source();
        Some(link)
    })
}

fn chain_has(error: &reqwest::Error, kind: std::io::ErrorKind) -> bool {
    chain(error).any(|link| {
        link.downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == kind)
    })
}

fn chain_text(error: &reqwest::Error) -> String {
    let mut text = String::new();
    for link in chain(error) {
        let link = link.to_string();
        if !text.ends_with(&link) {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&link);
        }
    }
    text
}
