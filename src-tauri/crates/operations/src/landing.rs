//! Writing down how a request ended, so that the end is not lost with the attempt to write it.

use std::time::Duration;

use domain::ErrorCode;
use store::{Confirmation, OperationState, Store, StoreError, Why};

use crate::{Desk, Effect, Trouble};

/// So often the end of an operation is written before it is given up.
const TRIES: u32 = 4;
/// Before the next try.
const PAUSE: Duration = Duration::from_millis(250);

/// An operation that this process works at. When this is dropped, nobody does: an end that could not be written down is
/// then found by the next look at the journal.
pub(crate) struct Underway<'a> {
    store: &'a Store,
    number: i64,
}

impl Underway<'_> {
    pub(crate) const fn number(&self) -> i64 {
        self.number
    }
}

impl Drop for Underway<'_> {
    fn drop(&mut self) {
        self.store.release(self.number);
    }
}

impl Desk {
    /// Takes up an operation of unknown outcome.
    pub(crate) fn claim(&self, number: i64) -> Result<Underway<'_>, Trouble> {
        self.store.claim(number, self.now())?;
        Ok(self.underway(number))
    }

    /// Takes an operation on, whose row was just written.
    pub(crate) const fn underway(&self, number: i64) -> Underway<'_> {
        Underway {
            store: &self.store,
            number,
        }
    }

    /// Commits an answer. A disk that is full or busy for a moment must not cost it, so it is tried again; another
    /// process that settled the row meanwhile has the answer or gets ours.
    pub(crate) async fn land(
        &self,
        number: i64,
        landed: Confirmation,
    ) -> Result<Option<i64>, Trouble> {
        let mut tries = 1;
        loop {
            match self.store.confirm(number, self.now(), landed.clone()) {
                Ok(report) => return Ok(report),
                Err(StoreError::State { .. }) => return self.settled_elsewhere(number, landed),
                Err(error) if tries < TRIES => {
                    tracing::warn!(number, %error, "the answer is not kept yet");
                    tries += 1;
                    tokio::time::sleep(PAUSE).await;
                }
                Err(error) => {
                    tracing::error!(number, %error, "the answer is not kept");
                    return Err(self.not_kept(number, &error));
                }
            }
        }
    }

    /// The row was settled by another process that took us for dead.
    fn settled_elsewhere(&self, number: i64, landed: Confirmation) -> Result<Option<i64>, Trouble> {
        let row = self.store.operation(number)?;
        match (row, landed.report) {
            (Some(row), _) if row.state == OperationState::Confirmed => Ok(row.report),
            (_, Some(report)) => match self.store.archive(report, self.now()) {
                Ok(report) => Ok(Some(report)),
                Err(error) => Err(self.not_kept(number, &error)),
            },
            (_, None) => Ok(None),
        }
    }

    /// The server did it and we cannot keep its answer: that is as good as unknown, and recovery gets the answer again.
    fn not_kept(&self, number: i64, error: &StoreError) -> Trouble {
        let why = Why::of(error.code());
        if let Err(error) = self.store.unknown(number, self.now(), &why) {
            tracing::error!(number, %error, "nor can the journal say so");
        }
        Trouble::new(ErrorCode::UnknownOutcome, Effect::Unknown)
            .with("because", error.code())
            .with("detail", error)
            .journalled(number)
    }
}
