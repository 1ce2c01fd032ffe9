//! The one way out for a state-changing request: intent first (invariant 1), answer before joy (2), never twice (3).

use std::future::Future;

use chrono::Utc;
use domain::ErrorCode;
use kkm_api::{Answer, ApiError, Failure};
use store::{Confirmation, NewOperation};

use crate::{Desk, Effect, Trouble};

/// How a journalled request ended, with its row.
pub(crate) enum Ending<T> {
    /// Done: the answer and everything that follows from it are committed.
    Done {
        /// What the server answered.
        value: T,
        /// The report's number in the archive, where the answer was a report.
        report: Option<i64>,
    },
    /// Definitely not done; the row is closed.
    NotDone(Trouble),
    /// Nobody knows; the row stays unresolved under this number.
    Unknown(i64, Trouble),
}

impl Desk {
    /// Commits the intent, sends, and commits the answer. The request is not even built before the intent is durable.
    pub(crate) async fn journalled<T, F>(
        &self,
        intent: NewOperation,
        send: impl FnOnce() -> F,
        land: impl FnOnce(&Answer<T>) -> Confirmation,
    ) -> Result<Ending<T>, Trouble>
    where
        F: Future<Output = Result<Answer<T>, ApiError>>,
    {
        let number = self.store.begin(intent)?;
        self.store.sent(number, Utc::now())?;
        self.settle(number, send().await, land)
    }

    /// Writes down how a request that was sent has ended.
    pub(crate) fn settle<T>(
        &self,
        number: i64,
        sent: Result<Answer<T>, ApiError>,
        land: impl FnOnce(&Answer<T>) -> Confirmation,
    ) -> Result<Ending<T>, Trouble> {
        match sent {
            Ok(answer) => {
                let report = self.store.confirm(number, Utc::now(), land(&answer))?;
                Ok(Ending::Done {
                    value: answer.value,
                    report,
                })
            }
            Err(error) => {
                let code = error.code;
                let message = error.message.clone();
                let body = error.body.clone();
                let sure = matches!(error.failure, Failure::NotSent | Failure::Refused);
                let trouble = Trouble::from(error).journalled(number);
                if sure {
                    self.store.refuse(
                        number,
                        Utc::now(),
                        code,
                        message.as_deref(),
                        body.as_deref(),
                    )?;
                    return Ok(Ending::NotDone(trouble));
                }
                self.store
                    .unknown(number, Utc::now(), code, message.as_deref())?;
                let unknown = Trouble::new(ErrorCode::UnknownOutcome, Effect::Unknown)
                    .with("because", code)
                    .journalled(number);
                Ok(Ending::Unknown(number, unknown))
            }
        }
    }
}
