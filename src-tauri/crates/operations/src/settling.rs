//! Recovery by itself: at the start, and as soon as reads succeed again. What cannot be settled is tried again later and
//! later, so that a dead server is not asked with every glance at the board; where nothing but the link was in the way, at once
//! when a server can be read again.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ErrorCode;

use crate::board::operation_view;
use crate::desk::lock;
use crate::view::OperationView;
use crate::{Desk, Trouble};

/// Before the second attempt; it doubles each time.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(5);
/// What says that a server was not reached.
const LINK: [ErrorCode; 3] = [
    ErrorCode::NoLink,
    ErrorCode::LinkBroken,
    ErrorCode::TimedOut,
];
/// The longest pause.
const LONGEST: u32 = 6;

/// What settling came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    /// Whether anything changed.
    pub changed: bool,
    /// The operations whose outcome is known now.
    pub ended: Vec<OperationView>,
}

/// When it is worth another attempt.
#[derive(Debug, Default)]
pub(crate) struct Patience(Mutex<Wait>);

#[derive(Debug, Default)]
struct Wait {
    failed: u32,
    until: Option<DateTime<Utc>>,
    under_way: bool,
    /// Nothing but the link was in the way.
    for_link: bool,
}

impl Desk {
    /// Settles what is unknown and sends what waits, if there is such and it is time for it. Says whether anything
    /// changed.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn settle(&self) -> Result<bool, Trouble> {
        Ok(self.settle_to_tell().await?.changed)
    }

    /// The same, with the operations that ended by it.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn settle_to_tell(&self) -> Result<Settled, Trouble> {
        let before = self.unsettled()?;
        if before.is_empty() || !self.patience.begin(self.now()) {
            return Ok(Settled::default());
        }
        let settled = self.settle_now().await;
        let after = self.unsettled();
        let left = after.as_ref().is_ok_and(Vec::is_empty);
        let for_link = settled.as_ref().is_ok_and(|for_link| *for_link);
        self.patience.end(self.now(), left, for_link);
        settled?;
        let after = after?;
        let open = |number| after.iter().any(|it| !it.0 && it.1 == number);
        let mut ended = Vec::new();
        for (_, number, _) in before.iter().filter(|it| !it.0 && !open(it.1)) {
            let Some(row) = self.store.operation(*number)? else {
                continue;
            };
            ended.push(operation_view(
                &row,
                self.register_name(&row.server, row.kkm)?,
            ));
        }
        Ok(Settled {
            changed: after != before,
            ended,
        })
    }

    /// Says whether nothing but the link was in the way.
    async fn settle_now(&self) -> Result<bool, Trouble> {
        let rows = self.recover(None).await?.into_iter();
        let queued = self.replay(None, false).await?.into_iter();
        let problems = rows
            .map(|row| row.problem)
            .chain(queued.map(|row| row.problem));
        let codes: Vec<String> = problems.flatten().map(|problem| problem.code).collect();
        let of_link = |code: &String| LINK.iter().any(|link| link.as_str() == code);
        Ok(!codes.is_empty() && codes.iter().all(of_link))
    }

    /// A server was read just now.
    pub(crate) fn is_linked(&self) {
        self.patience.link_is_back();
    }

    /// What is not settled, to be compared.
    fn unsettled(&self) -> Result<Vec<(bool, i64, &'static str)>, Trouble> {
        let operations = self.unfinished()?.into_iter();
        let operations = operations.map(|row| (false, row.number, row.state.as_str()));
        let outbox = self.store.outbox(false)?.into_iter();
        let outbox = outbox.map(|row| (true, row.number, row.state.as_str()));
        Ok(operations.chain(outbox).collect())
    }
}

impl Patience {
    fn begin(&self, now: DateTime<Utc>) -> bool {
        let mut wait = lock(&self.0);
        // A clock that was set back must not hold it up for ever.
        let long = FIRST_PAUSE * 2_i32.pow(LONGEST);
        let early = wait
            .until
            .is_some_and(|until| now < until && until.signed_duration_since(now) <= long);
        if wait.under_way || early {
            return false;
        }
        wait.under_way = true;
        true
    }

    fn link_is_back(&self) {
        let mut wait = lock(&self.0);
        if wait.for_link && !wait.under_way {
            *wait = Wait::default();
        }
    }

    fn end(&self, now: DateTime<Utc>, left: bool, for_link: bool) {
        let mut wait = lock(&self.0);
        (wait.under_way, wait.for_link) = (false, for_link);
        if left {
            *wait = Wait::default();
            return;
        }
        let pause = FIRST_PAUSE * 2_i32.pow(wait.failed.min(LONGEST));
        wait.failed = wait.failed.saturating_add(1);
        wait.until = now.checked_add_signed(pause);
    }
}
