//! The envelope of every answer, and the server's texts as the specification prints them.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use chrono::{DateTime, Utc};

use crate::{clock, json::Json};

/// A refusal: the status and the server's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) message: String,
}

const fn texts(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized: token is expired by 2h36m46s",
        403 => "Forbidden: Доступ к указанному ресурсу закрыт.",
        404 => "Not Found",
        405 => "Method Not Allowed",
        410 => "Данная смена уже закрыта",
        424 => "Forbidden: за данным пользователем уже числится открытая смена",
        449 => "Повторите запрос",
        452 => "Указан неактуальный Uid",
        _ => "Internal Server Error",
    }
}

impl Refusal {
    /// A status with its usual text.
    pub(crate) fn of(status: u16) -> Self {
        Self::saying(status, texts(status))
    }

    pub(crate) fn saying(status: u16, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
        }
    }

    pub(crate) fn no_access() -> Self {
        Self::of(403)
    }

    pub(crate) fn already_open() -> Self {
        Self::saying(403, "Forbidden: на данной ККМ уже открыта смена")
    }

    pub(crate) fn blocked() -> Self {
        Self::saying(403, "Forbidden: касса заблокирована")
    }

    pub(crate) fn wrong_shift() -> Self {
        Self::saying(403, "Указан неверный идентификатор смены")
    }

    pub(crate) fn out_of_order() -> Self {
        Self::saying(400, "Нарушена очередность операций")
    }
}

/// An answer: 200, or 208 with the stored text of `Data`.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The text of `Data`.
    pub(crate) data: String,
    /// The response header `Uid`.
    pub(crate) next_uid: Option<String>,
}

impl Answer {
    pub(crate) fn data(data: &Json) -> Self {
        Self {
            status: 200,
            data: data.to_string(),
            next_uid: None,
        }
    }

    pub(crate) fn with_uid(mut self, uid: Option<String>) -> Self {
        self.next_uid = uid;
        self
    }
}

/// What a request comes to.
pub(crate) type Outcome = Result<Answer, Refusal>;

/// The whole HTTP answer.
pub(crate) fn response(outcome: Outcome, now: DateTime<Utc>) -> Response<Body> {
    match outcome {
        Ok(answer) => {
            let message = Json::text(if answer.status == 200 {
                "OK"
            } else {
                "Already Reported"
            });
            let body = format!(
                r#"{{"Status":{},"Message":{message},"Data":{}}}"#,
                answer.status, answer.data
            );
            let mut response = bare(answer.status, body, now);
            if let Some(uid) = answer
                .next_uid
                .and_then(|uid| HeaderValue::try_from(uid).ok())
            {
                response.headers_mut().insert("uid", uid);
            }
            response
        }
        Err(refusal) => {
            let body = refused(refusal.status, &refusal.message);
            bare(refusal.status, body, now)
        }
    }
}

/// The envelope of an error.
pub(crate) fn refused(status: u16, message: &str) -> String {
    let message = Json::text(message);
    format!(r#"{{"Status":{status},"Message":{message},"Data":{{}}}}"#)
}

/// An HTTP answer with the headers of the API.
pub(crate) fn bare(status: u16, body: impl Into<Body>, now: DateTime<Utc>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
    if let Ok(date) = HeaderValue::try_from(clock::http_date(now)) {
        headers.insert(header::DATE, date);
    }
    response
}
