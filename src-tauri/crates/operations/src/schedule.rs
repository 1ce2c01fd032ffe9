//! Closing by itself: registers that are closed every day at a time of day, by the server's clock and the shop's time zone.
//! Each due time is claimed in the store before anything is done about it, so no two desks close for the same one.

use chrono::{DateTime, TimeDelta, Utc};
use domain::schedule::{self, DayTime, GRACE};
use domain::{ErrorCode, ServerUrl, Shift, ShiftId, ShiftStatus};
use futures_util::StreamExt as _;
use futures_util::stream;
use store::{OperationKind, RunOutcome, Schedule, ScheduledRun, Sighting};
use texts::Key;

use crate::board::{Found, time};
use crate::view::{CloseInput, ErrorView, ScheduleView, ScheduledRunView};
use crate::{Desk, Effect, Ended, Trouble, Which};

/// So many registers are closed at once.
const AT_ONCE: usize = 8;
/// A register that cannot be read is tried again until so long before it is too late.
const LAST_TRY: TimeDelta = TimeDelta::minutes(1);
/// Where only this computer's clock is known, which may be ahead, what was not done is told so much later.
const UNKNOWN: TimeDelta = TimeDelta::days(1);
/// All that is due at one moment is closed by then, unless the computer slept.
const LONGEST: TimeDelta = TimeDelta::hours(1);

impl Desk {
    /// Has a register closed by itself every day at this local time (`HH:MM`), or with `None` not any more. The register
    /// must be readable now, and the account of its open shift here, so that it can be done at all.
    ///
    /// # Errors
    /// When that is no time of day, the register cannot be read, its shift is of somebody who is not here, or the database
    /// cannot be written.
    pub async fn set_schedule(&self, which: &Which, at: Option<&str>) -> Result<(), Trouble> {
        let bad = |what: Key| Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(what);
        let Some(at) = at else {
            let all = self.store.schedules()?.into_iter();
            let mut meant: Vec<_> = all
                .filter(|it| it.kkm == which.kkm)
                .filter(|it| {
                    which
                        .server
                        .as_ref()
                        .is_none_or(|on| on.as_str() == it.server)
                })
                .collect();
            return match (meant.pop(), meant.is_empty()) {
                (Some(it), true) => Ok(self.store.drop_schedule(&it.server, it.kkm)?),
                (Some(_), false) => Err(bad(Key::WhatRegisterOnServers)),
                (None, _) => Ok(()),
            };
        };
        let at: DayTime = at.trim().parse().map_err(|_| bad(Key::WhatTimeOfDay))?;
        let found = self.find(which).await?;
        let mut login = found.seat.account.login.clone();
        if let Some(shift) = self.last_shift(&found).await?
            && shift.status != ShiftStatus::Closed
        {
            let owner = shift.user_name.as_deref();
            let seat = self.seat_of(found.server(), shift.user, owner).await?;
            login = seat.account.login;
        }
        let now = self.server_now(found.server());
        Ok(self.store.set_schedule(&Schedule {
            server: found.server().to_string(),
            kkm: found.kkm.id,
            name: found.kkm.name.clone(),
            login,
            at,
            since: now,
            checked: now,
        })?)
    }

    /// The registers that are closed by themselves.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn schedules(&self) -> Result<Vec<ScheduleView>, Trouble> {
        let zone = self.zone();
        let last = self.store.last_runs()?;
        let view = |it: Schedule| {
            let server = ServerUrl::parse(&it.server).ok();
            let now = server.map_or_else(|| self.now(), |server| self.server_now(&server));
            let next = schedule::next(it.at, now.max(it.checked), &zone).unwrap_or(now);
            let run = last
                .iter()
                .find(|run| run.kkm == it.kkm && run.server == it.server);
            ScheduleView {
                server: it.server,
                kkm: it.kkm.get(),
                name: it.name,
                at: it.at.to_string(),
                login: it.login,
                next: time(next),
                last: run.and_then(run_view),
            }
        };
        Ok(self.store.schedules()?.into_iter().map(view).collect())
    }

    /// Closes what is due, and writes down what was missed. Gives the runs that ended, or turned out to have ended, by it.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn run_schedules(&self) -> Result<Vec<ScheduledRunView>, Trouble> {
        let mut ended = self.store.settle_runs()?;
        let mut schedules = self.store.schedules()?;
        let scope = self.scope.server.as_ref();
        schedules.retain(|it| scope.is_none_or(|server| server.as_str() == it.server));
        // What is due is due for all of them at this moment, however long those before it take.
        let moment = self.now();
        let runs = schedules.into_iter().map(|schedule| async move {
            let mut numbers = Vec::new();
            let run = self.run_schedule(&schedule, moment, &mut numbers).await;
            if let Err(trouble) = run {
                tracing::error!(%trouble, kkm = %schedule.kkm, "a closing by the clock is not written down");
            }
            numbers
        });
        let runs: Vec<Vec<i64>> = stream::iter(runs).buffer_unordered(AT_ONCE).collect().await;
        ended.extend(runs.into_iter().flatten());
        ended.sort_unstable();
        ended.dedup();
        let mut views = Vec::new();
        for number in ended {
            views.extend(self.store.run(number)?.as_ref().and_then(run_view));
        }
        Ok(views)
    }

    /// The runs that ended and that nobody was told of.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn untold_runs(&self) -> Result<Vec<ScheduledRunView>, Trouble> {
        let runs = self.store.untold_runs()?;
        Ok(runs.iter().filter_map(run_view).collect())
    }

    /// Whoever asked was told of what had ended, up to the run of this number.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn tell_runs(&self, until: i64) -> Result<(), Trouble> {
        Ok(self.store.tell_runs(until)?)
    }

    /// One schedule, as it stood at this moment by this computer's clock; the runs that ended are added to `ended`.
    async fn run_schedule(
        &self,
        schedule: &Schedule,
        moment: DateTime<Utc>,
        ended: &mut Vec<i64>,
    ) -> Result<(), Trouble> {
        let server = ServerUrl::parse(&schedule.server)
            .map_err(|_| Trouble::new(ErrorCode::Damaged, Effect::Local))?;
        let zone = self.zone();
        let look = |ago: TimeDelta| {
            let now = self.now();
            // A computer that slept meanwhile is as late as it is.
            let slept = now.signed_duration_since(moment) > LONGEST;
            let at = if slept { now } else { moment };
            let at = at.checked_add_signed(self.clock_offset(&server) - ago);
            let at = at.unwrap_or(moment);
            schedule::look(schedule.at, schedule.checked, at, &zone)
        };
        if look(TimeDelta::zero()) == schedule::Found::default() {
            return Ok(());
        }
        let which = Which {
            kkm: schedule.kkm,
            server: Some(server.clone()),
        };
        let read = self.read_due(&which).await;
        // By the server's clock, which may be known only now. One that only this computer believes in uses up nothing that
        // may not have come yet.
        let is_known = read.is_ok() || self.knows_clock(&server);
        let found = if is_known {
            look(TimeDelta::zero())
        } else {
            schedule::Found {
                due: None,
                ..look(UNKNOWN)
            }
        };
        if found.anew {
            if self.knows_clock(&server) {
                self.store.look_anew(schedule, self.server_now(&server))?;
            }
            return Ok(());
        }
        if let Some(missed) = found.missed
            && let Some(number) = self.store.miss_run(schedule, missed, self.now())?
        {
            let closed = |shift: &Shift| {
                shift.status == ShiftStatus::Closed && shift.closed.is_some_and(|at| at <= missed)
            };
            match &read {
                Ok(shift) if shift.as_ref().is_none_or(closed) => {
                    self.end(number, RunOutcome::Skipped, None, None)?;
                }
                // The program may well have run all day.
                Err(trouble) if !is_known => {
                    let problem = trouble.view_in(self.lang());
                    self.end(number, RunOutcome::Failed, None, Some(problem))?;
                }
                _ => {}
            }
            ended.push(number);
        }
        let Some(due) = found.due else {
            return Ok(());
        };
        // Where somebody is at it just now, no readings are taken in vain either.
        let taken = self.unfinished()?.into_iter();
        let mut taken =
            taken.filter(|row| row.kkm == schedule.kkm && row.server == server.as_str());
        if taken.next().is_some() && self.is_time_left(&server, due) {
            return Ok(());
        }
        match read {
            Ok(shift) if schedule::is_skipped(shift.as_ref(), due) => {
                if let Some(number) = self.store.claim_run(schedule, due, self.now())? {
                    self.store
                        .end_run(number, RunOutcome::Skipped, None, None)?;
                    ended.push(number);
                }
            }
            Ok(shift) => {
                let shift = shift.map(|shift| shift.id);
                ended.extend(self.close_due(schedule, &server, due, shift).await?);
            }
            Err(trouble) => {
                let waits = trouble.effect() == Effect::NoLink && self.may_wait(&which)?;
                if waits && let Some(seen) = self.was_open(schedule, due)? {
                    ended.extend(self.close_due(schedule, &server, due, seen.shift).await?);
                    return Ok(());
                }
                if self.is_time_left(&server, due) {
                    return Ok(());
                }
                if let Some(number) = self.store.claim_run(schedule, due, self.now())? {
                    self.end(
                        number,
                        RunOutcome::Failed,
                        None,
                        Some(trouble.view_in(self.lang())),
                    )?;
                    ended.push(number);
                }
            }
        }
        Ok(())
    }

    /// The register's open or last shift.
    async fn read_due(&self, which: &Which) -> Result<Option<Shift>, Trouble> {
        let found = self.find(which).await?;
        self.last_shift(&found).await
    }

    async fn last_shift(&self, found: &Found) -> Result<Option<Shift>, Trouble> {
        match found.kkm.shift {
            Some(id) => self.read_shift(found, id).await.map(Some),
            None => Ok(None),
        }
    }

    /// The register as it was seen last, where that was with a shift that was open when it was due. Its shift is named
    /// only where nothing waits in the outbox: that may open and close others before.
    fn was_open(
        &self,
        schedule: &Schedule,
        due: DateTime<Utc>,
    ) -> Result<Option<Sighting>, Trouble> {
        let seen = self.store.sightings()?.into_iter();
        let mut seen = seen.filter(|it| it.server == schedule.server && it.kkm == schedule.kkm);
        let was_open = |it: &Sighting| {
            let opened = it
                .overdue_at
                .map(|at| at - TimeDelta::hours(domain::SHIFT_HOURS));
            opened.is_some_and(|opened| opened <= due)
        };
        let Some(mut seen) = seen.next().filter(was_open) else {
            return Ok(None);
        };
        let waiting = self.store.outbox_of(&schedule.server, schedule.kkm)?;
        if !waiting.is_empty() {
            seen.shift = None;
        }
        Ok(Some(seen))
    }

    /// Closes the shift that was read or seen last, if any was, as a person would, with an X- and a section report first.
    /// Nothing where somebody else is at it.
    async fn close_due(
        &self,
        schedule: &Schedule,
        server: &ServerUrl,
        due: DateTime<Utc>,
        shift: Option<ShiftId>,
    ) -> Result<Option<i64>, Trouble> {
        let Some(number) = self.store.claim_run(schedule, due, self.now())? else {
            return Ok(None);
        };
        tracing::info!(kkm = %schedule.kkm, %due, "a shift is closed by the clock");
        let input = CloseInput {
            server: Some(schedule.server.clone()),
            kkm: schedule.kkm.get(),
            shift: shift.map(ShiftId::get),
            x_first: true,
            counted: None,
            reason: None,
        };
        let which = Which {
            kkm: schedule.kkm,
            server: Some(server.clone()),
        };
        let closed = if self.may_wait(&which)? {
            self.close_shift_or_queue(input, None).await
        } else {
            self.close_shift(input).await.map(Ended::Done)
        };
        match closed {
            Ok(Ended::Done(closed)) => {
                self.end(number, RunOutcome::Closed, Some(closed.z.number), None)?
            }
            Ok(Ended::Queued(queued)) => {
                let problem = queued.problem.map(told).transpose()?;
                self.store
                    .queue_run(number, queued.number, problem.as_deref())?;
            }
            Err(trouble) => {
                if self.is_time_left(server, due) && self.is_momentary(schedule, &trouble)? {
                    tracing::info!(kkm = %schedule.kkm, %trouble, "it is tried again");
                    self.store.give_back_run(schedule, number)?;
                    return Ok(None);
                }
                let (outcome, report) = ending(&trouble);
                let told = (outcome != RunOutcome::Closed && outcome != RunOutcome::Skipped)
                    .then(|| trouble.view_in(self.lang()));
                self.end(number, outcome, report, told)?;
            }
        }
        Ok(Some(number))
    }

    /// Whether what is due can be tried once more before it is too late.
    fn is_time_left(&self, server: &ServerUrl, due: DateTime<Utc>) -> bool {
        self.server_now(server).signed_duration_since(due) < GRACE - LAST_TRY
    }

    /// Whether a closing failed before its Z was begun, by something that passes: nothing of it is left.
    fn is_momentary(&self, schedule: &Schedule, trouble: &Trouble) -> Result<bool, Trouble> {
        if ending(trouble).0 != RunOutcome::Failed {
            return Ok(false);
        }
        // Somebody else is at the register: the row is theirs.
        let is_taken = matches!(trouble.code(), ErrorCode::Busy | ErrorCode::Unresolved);
        let row = match trouble.journal().filter(|_| !is_taken) {
            Some(number) => self.store.operation(number)?,
            None => None,
        };
        let passes = match row.map(|row| row.kind) {
            None => is_taken || trouble.effect() == Effect::NoLink || trouble.is_retryable(),
            Some(OperationKind::X) => !trouble.code().is_verdict(),
            Some(_) => false,
        };
        if !passes {
            return Ok(false);
        }
        let waiting = self.store.outbox_of(&schedule.server, schedule.kkm)?;
        Ok(waiting.iter().all(|row| row.kind != OperationKind::Z))
    }

    fn end(
        &self,
        number: i64,
        outcome: RunOutcome,
        report: Option<i64>,
        problem: Option<ErrorView>,
    ) -> Result<(), Trouble> {
        let problem = problem.map(told).transpose()?;
        Ok(self
            .store
            .end_run(number, outcome, report, problem.as_deref())?)
    }
}

/// A failure as a run keeps it.
fn told(problem: ErrorView) -> Result<String, Trouble> {
    serde_json::to_string(&problem)
        .map_err(|error| Trouble::new(ErrorCode::Internal, Effect::Local).with("detail", error))
}

/// What a closing that failed came to.
fn ending(trouble: &Trouble) -> (RunOutcome, Option<i64>) {
    match (trouble.effect(), trouble.code()) {
        // The Z is in the archive; only showing it failed.
        (Effect::Output, _) => {
            let report = trouble.particular("report");
            (
                RunOutcome::Closed,
                report.and_then(|number| number.parse().ok()),
            )
        }
        // Somebody closed it meanwhile.
        (_, ErrorCode::NoOpenShift | ErrorCode::ShiftClosed) => (RunOutcome::Skipped, None),
        // What came before is unknown, and nothing was begun.
        (_, ErrorCode::Unresolved) => (RunOutcome::Failed, None),
        (Effect::Unknown, _) => (RunOutcome::Unknown, None),
        _ => (RunOutcome::Failed, None),
    }
}

/// A run that ended; nothing of one that is under way.
fn run_view(run: &ScheduledRun) -> Option<ScheduledRunView> {
    if run.outcome == RunOutcome::Running {
        return None;
    }
    let problem = run.problem.as_deref();
    Some(ScheduledRunView {
        number: run.number,
        server: run.server.clone(),
        kkm: run.kkm.get(),
        name: run.name.clone(),
        due: time(run.due),
        outcome: run.outcome.as_str().to_owned(),
        report: run.report,
        problem: problem.and_then(|problem| serde_json::from_str(problem).ok()),
    })
}
