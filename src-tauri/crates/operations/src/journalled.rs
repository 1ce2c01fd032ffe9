//! The one way out for a state-changing request without a key: intent first (invariant 1), answer before joy (2), never
//! twice (3). A request with a key goes by `keyed`, which keeps the same journal.

use std::future::Future;

use domain::ErrorCode;
use kkm_api::{Answer, ApiError, Failure};
use store::{Confirmation, NewOperation, Why};

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
    /// Nobody knows, for this reason; the row stays unresolved under this number.
    Unknown(i64, ErrorCode, Trouble),
}

impl Desk {
    /// Commits the intent, sends, and commits the answer. The request is not even built before the intent is durable. A
    /// refusal that is `doubted` may be the answer to the second of two requests that somebody on the way made of ours:
    /// it leaves the outcome unknown until the server was asked.
    pub(crate) async fn journalled<T, F>(
        &self,
        intent: NewOperation,
        send: impl FnOnce() -> F,
        land: impl FnOnce(&Answer<T>) -> Confirmation,
        doubted: impl FnOnce(ErrorCode) -> bool,
    ) -> Result<Ending<T>, Trouble>
    where
        F: Future<Output = Result<Answer<T>, ApiError>>,
    {
        let underway = self.underway(self.store.begin(intent)?);
        let number = underway.number();
        self.store.sent(number, self.now())?;
        match send().await {
            Ok(answer) => {
                let report = self.land(number, land(&answer)).await?;
                Ok(Ending::Done {
                    value: answer.value,
                    report,
                })
            }
            Err(error) => {
                let doubted = doubted(error.code);
                self.failed(number, error, doubted)
            }
        }
    }

    /// Writes down why there is no answer.
    fn failed<T>(&self, number: i64, error: ApiError, doubted: bool) -> Result<Ending<T>, Trouble> {
        let why = why(&error);
        let definite = matches!(error.failure, Failure::NotSent | Failure::Refused);
        if definite && !doubted {
            if let Err(error) = self.store.refuse(number, self.now(), &why) {
                // The next look at the journal finds the row and asks the server.
                tracing::error!(number, %error, "the refusal is not kept");
            }
            return Ok(Ending::NotDone(Trouble::from(error).journalled(number)));
        }
        if let Err(error) = self.store.unknown(number, self.now(), &why) {
            tracing::error!(number, %error, "that the outcome is unknown is not kept");
        }
        if definite {
            let code = error.code;
            let refused = Trouble::from(error).journalled(number);
            return Ok(Ending::Unknown(number, code, refused));
        }
        let unknown = Trouble::new(ErrorCode::UnknownOutcome, Effect::Unknown)
            .with("because", error.code)
            .journalled(number);
        Ok(Ending::Unknown(number, error.code, unknown))
    }
}

/// A failed call as the journal keeps it.
pub(crate) fn why(error: &ApiError) -> Why<'_> {
    Why {
        code: error.code,
        message: error.message.as_deref(),
        raw: error.body.as_deref(),
    }
}
