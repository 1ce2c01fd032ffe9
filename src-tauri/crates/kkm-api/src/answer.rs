//! An answer on its way in: received to its end within bounds, told success from refusal, and read.

use chrono::{DateTime, Utc};
use domain::{Clock, ClockSample, ErrorCode, Uid};
use reqwest::Response;
use reqwest::header::{CONTENT_LENGTH, DATE, RETRY_AFTER};

use crate::client::Read;
use crate::redact::{self, Raw};
use crate::wire::envelope::{self, Envelope};
use crate::wire::{Bad, report};
use crate::{Answer, ApiError, Call, Failure, XZ, table};

/// No answer of this API is longer.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// What comes with a body.
struct Head {
    call: Call,
    status: u16,
    next_uid: Option<Uid>,
    server_time: Option<DateTime<Utc>>,
    clock: Option<ClockSample>,
    retry_after: Option<u32>,
}

/// Receives an answer to its end and reads it. `began` is when the request left, by `clock`.
pub(crate) async fn receive<T>(
    call: Call,
    mut response: Response,
    began: DateTime<Utc>,
    clock: &Clock,
    read: Read<T>,
) -> Result<Answer<T>, ApiError> {
    let head = head(call, &response, began, clock.now());
    let declared = response.headers().get(CONTENT_LENGTH);
    let declared = declared.and_then(|length| length.to_str().ok()?.parse().ok());
    let mut bytes = Vec::with_capacity(declared.unwrap_or(0).min(BODY_LIMIT));
    let broken = loop {
        match response.chunk().await {
            Ok(None) => break None,
            Ok(Some(chunk)) if bytes.len() + chunk.len() > BODY_LIMIT => {
                let mut error = ApiError::new(call, Failure::MaybeDone, ErrorCode::NotTheApi);
                // As a success that cannot be read it counts; its beginning is enough to keep.
                error.garbled = is_success(head.status);
                break Some(error.because("the answer is longer than 16 MB"));
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Err(error) => break Some(ApiError::transport(call, error, Some(head.status))),
        }
    };
    bytes.shrink_to_fit();
    let text = text(bytes);
    match broken {
        Some(error) => Err(head.fail(error, &text, BODY_KEPT)),
        None => head.conclude(text, read),
    }
}

/// So much of a body is kept with an error.
const BODY_KEPT: usize = 2048;

/// Reads an X-report's answer as if it had just come, for whoever measures or mistreats the reading.
///
/// # Errors
/// As for the call itself, see [`ApiError`].
pub fn read_x(status: u16, body: Vec<u8>) -> Result<Answer<XZ>, ApiError> {
    let head = Head {
        call: Call::X,
        status,
        next_uid: None,
        server_time: None,
        clock: None,
        retry_after: None,
    };
    head.conclude(text(body), report::xz)
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

const fn is_success(status: u16) -> bool {
    200 <= status && status < 300
}

fn head(call: Call, response: &Response, began: DateTime<Utc>, now: DateTime<Utc>) -> Head {
    let header = |name: &str| response.headers().get(name)?.to_str().ok();
    let server_time = header(DATE.as_str())
        .and_then(|date| DateTime::parse_from_rfc2822(date).ok())
        .map(|date| date.to_utc());
    Head {
        call,
        status: response.status().as_u16(),
        next_uid: header("Uid")
            .map(str::trim)
            .filter(|uid| !uid.is_empty())
            .map(Uid::new),
        server_time,
        clock: server_time.map(|told| ClockSample::new(began, now, told)),
        retry_after: header(RETRY_AFTER.as_str())
            .and_then(|text| wait(text, server_time.unwrap_or(now))),
    }
}

/// `Retry-After`: seconds, or a moment by the server's clock.
fn wait(text: &str, now: DateTime<Utc>) -> Option<u32> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(seconds);
    }
    let until = DateTime::parse_from_rfc2822(text).ok()?.to_utc();
    let seconds = until.signed_duration_since(now).num_seconds().max(0);
    Some(u32::try_from(seconds).unwrap_or(u32::MAX))
}

impl Head {
    /// Success, refusal, or something that is not this API's.
    fn conclude<T>(self, text: String, read: Read<T>) -> Result<Answer<T>, ApiError> {
        let readable = envelope::readable(&text);
        let envelope = Envelope::parse(&readable);
        let inner = envelope.as_ref().and_then(|envelope| envelope.status);
        // The statuses that mean one thing only whatever the body is.
        let plain = matches!(self.status, 401 | 449 | 452);
        let decisive = match inner.filter(|inner| *inner >= 400 && !plain) {
            Some(inner) if self.status >= 400 => inner.max(self.status),
            Some(inner) => inner,
            None => self.status,
        };
        if decisive >= 400 && (envelope.is_some() || plain) {
            let message = envelope.and_then(|envelope| envelope.message);
            return Err(self.refused(decisive, message.as_deref(), &text));
        }
        let envelope = match envelope {
            Some(envelope) if is_success(self.status) && inner.is_some_and(is_success) => envelope,
            _ => {
                let mut error = self
                    .unusable(ErrorCode::NotTheApi)
                    .because("the answer is not the API's envelope");
                error.status = Some(self.status);
                return Err(self.fail(error, &text, BODY_KEPT));
            }
        };
        let stored = self.status == 208 || inner == Some(208);
        let data = envelope.data.ok_or_else(|| Bad::missing("Data"));
        let value = match data.and_then(|data| read(&data)) {
            Ok(value) => value,
            Err(bad) => {
                let code = match bad {
                    Bad::Shape(_) => ErrorCode::NotTheApi,
                    Bad::Amount(..) => ErrorCode::CannotRenderAmount,
                };
                let mut error = self.unusable(code).because(bad.to_string());
                error.garbled = true;
                // The server says that it did it: its whole answer is kept.
                return Err(self.fail(error, &text, usize::MAX));
            }
        };
        drop(readable);
        Ok(Answer {
            value,
            raw: Raw::new(text),
            next_uid: self.next_uid,
            server_time: self.server_time,
            clock: self.clock,
            stored,
        })
    }

    fn refused(&self, status: u16, message: Option<&str>, text: &str) -> ApiError {
        let code = table::meaning(self.call, status, message.unwrap_or_default());
        let mut error = ApiError::new(self.call, table::failure(self.call, status), code);
        error.message = message.map(redact::body);
        error.status = Some(status);
        self.fail(error, text, BODY_KEPT)
    }

    /// There is an answer, but none to be used.
    fn unusable(&self, code: ErrorCode) -> ApiError {
        let failure = if self.call.writes() {
            Failure::MaybeDone
        } else {
            Failure::Refused
        };
        ApiError::new(self.call, failure, code)
    }

    /// Adds what came with the answer, and so much of its body, without secrets.
    fn fail(&self, mut error: ApiError, text: &str, kept: usize) -> ApiError {
        error.http_status = Some(self.status);
        error.clock = self.clock;
        error.retry_after = self.retry_after;
        let mut body = redact::body(text);
        if body.len() > kept {
            let end = (0..=kept).rev().find(|at| body.is_char_boundary(*at));
            body.truncate(end.unwrap_or(0));
        }
        error.body = Some(body);
        error
    }
}
