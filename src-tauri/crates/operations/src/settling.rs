//! Recovery by itself: at the start, and as soon as reads succeed again. What cannot be settled is tried again later and
//! later, so that a dead server is not asked with every glance at the board; where a server could not be
//! reached, once as soon as it is read again.

use std::collections::HashSet;
use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ErrorCode;

use crate::board::operation_view;
use crate::desk::lock;
use crate::view::{ErrorView, OperationView};
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
    /// The servers that could not be reached then.
    lost: HashSet<String>,
    /// One of them was read since, and it was tried again for that: the next time it takes its pause.
    hurried: bool,
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
        let lost = settled.as_ref().cloned().unwrap_or_default();
        self.patience.end(self.now(), left, lost);
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

    /// Gives the servers that could not be reached.
    async fn settle_now(&self) -> Result<HashSet<String>, Trouble> {
        let rows = self.recover(None).await?.into_iter();
        let queued = self.replay(None, false).await?.into_iter();
        let rows = rows.map(|row| (row.server, row.problem));
        let problems = rows.chain(queued.map(|row| (row.server, row.problem)));
        let of_link = |problem: &ErrorView| LINK.iter().any(|link| link.as_str() == problem.code);
        let lost = problems.filter(|(_, problem)| problem.as_ref().is_some_and(of_link));
        Ok(lost.map(|(server, _)| server).collect())
    }

    /// These servers were read just now.
    pub(crate) fn link_is_back<'a>(&self, mut servers: impl Iterator<Item = &'a String>) {
        let mut wait = lock(&self.patience.0);
        if !wait.under_way && !wait.hurried && servers.any(|server| wait.lost.contains(server)) {
            (wait.hurried, wait.until) = (true, None);
        }
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

    fn end(&self, now: DateTime<Utc>, left: bool, lost: HashSet<String>) {
        let mut wait = lock(&self.0);
        (wait.under_way, wait.lost) = (false, lost);
        if left {
            *wait = Wait::default();
            return;
        }
        let pause = FIRST_PAUSE * 2_i32.pow(wait.failed.min(LONGEST));
        wait.failed = wait.failed.saturating_add(1);
        wait.until = now.checked_add_signed(pause);
    }
}
