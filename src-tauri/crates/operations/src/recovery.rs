//! Recovery: the server is asked what became of an operation whose outcome is unknown. It reads first, always.

use chrono::{SubsecRound, TimeDelta};
use domain::{ErrorCode, Figures, Report, ReportKind, Shift};
use store::{
    Confirmation, Only, Operation, OperationFilter, OperationKind, OperationState, StoreError, Why,
};
use texts::Key;

use crate::board::{Found, operation_view};
use crate::closing::Closing;
use crate::view::OperationView;
use crate::{Desk, Effect, Trouble, Which};

impl Desk {
    /// Settles every unknown operation that can be settled, in order, and gives all that were unfinished as they stand
    /// then; one that could not be settled says why.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn recover(&self, which: Option<&Which>) -> Result<Vec<OperationView>, Trouble> {
        let dead = self.store.settle_dead(self.now());
        dead.map_err(|error| Trouble::from(error).in_recovery())?;
        let rows = self.store.operations(&OperationFilter {
            server: which.and_then(|which| which.server.as_ref().map(ToString::to_string)),
            kkm: which.map(|which| which.kkm),
            only: Some(Only::Unfinished),
            limit: None,
            before: None,
        })?;
        let mut settled = Vec::new();
        for row in rows {
            let problem = match row.state {
                OperationState::Unknown => self.recover_row(row.number).await.err(),
                _ => Some(Trouble::new(ErrorCode::Busy, Effect::Local).journalled(row.number)),
            };
            if let Some(row) = self.store.operation(row.number)? {
                let mut view = operation_view(&row, self.register_name(&row.server, row.kkm)?);
                view.problem = problem.map(|problem| problem.in_recovery().view_in(self.lang()));
                settled.push(view);
            }
        }
        Ok(settled)
    }

    /// Without a link nothing is begun on a register; where an opening or a closing of it is still unknown, that is what a
    /// person must hear: it would stand in the way with a link, too.
    pub(crate) fn or_unresolved(&self, which: &Which, trouble: Trouble) -> Trouble {
        if trouble.effect() != Effect::NoLink {
            return trouble;
        }
        let blocks = |row: &&Operation| {
            let server = which.server.as_ref();
            row.kkm == which.kkm
                && server.is_none_or(|server| server.as_str() == row.server)
                && row.state == OperationState::Unknown
                && row.kind.turns_shift()
        };
        let rows = self.unfinished().unwrap_or_default();
        match rows.iter().find(blocks) {
            Some(row) => StoreError::Unresolved { number: row.number }.into(),
            None => trouble,
        }
    }

    /// Settles one unknown row.
    ///
    /// # Errors
    /// Why it stays unknown.
    pub(crate) async fn recover_row(&self, number: i64) -> Result<(), Trouble> {
        // Whoever else works at it is let finish: two at once could both send.
        let underway = self.claim(number)?;
        let outcome = match self.store.operation(underway.number())? {
            Some(row) if row.state == OperationState::Unknown => match row.kind {
                OperationKind::Open => self.recover_open(&row).await,
                OperationKind::Z => self.recover_z(&row).await,
                OperationKind::X | OperationKind::Sections => {
                    // The journal keeps it in the language of the day.
                    let message = self.lang().text(Key::WhatXLetGo);
                    self.let_go(&row, ErrorCode::UnknownOutcome, message)
                }
            },
            _ => Ok(()),
        };
        if let Err(trouble) = &outcome {
            tracing::warn!(number, %trouble, "the operation's outcome stays unknown");
        }
        outcome
    }

    /// Not done, or of no consequence: the row is closed and may be followed by a new one.
    fn let_go(&self, row: &Operation, code: ErrorCode, message: &str) -> Result<(), Trouble> {
        let why = Why {
            message: Some(message),
            ..Why::of(code)
        };
        Ok(self.store.refuse(row.number, self.now(), &why)?)
    }

    /// A request that was lost a moment ago may still be at work on the server: that nothing has come of it yet proves
    /// nothing. A moment that lies ahead, by a clock that was set back since, is written down anew: from there on it counts.
    fn may_be_at_work(&self, row: &Operation) -> Result<bool, Trouble> {
        let now = self.now();
        let moments = [Some(row.sent.unwrap_or(row.at)), row.settled];
        let last = moments.into_iter().flatten().filter(|at| *at <= now).max();
        let Some(last) = last else {
            let why = Why {
                code: row.code.unwrap_or(ErrorCode::UnknownOutcome),
                message: row.message.as_deref(),
                raw: None,
            };
            self.store.unknown(row.number, now, &why)?;
            return Ok(true);
        };
        let since = now.signed_duration_since(last);
        Ok(TimeDelta::from_std(self.timeouts.late).is_ok_and(|late| since < late))
    }

    async fn recover_open(&self, row: &Operation) -> Result<(), Trouble> {
        let found = self.found_by_maker(row).await?;
        let shift = match found.kkm.shift {
            Some(id) => Some(self.read_shift(&found, id).await?),
            None => None,
        };
        // Whether it is still open is another matter: somebody may have closed it since.
        let since_then = |shift: &Shift| match row.autonomous {
            // It was opened at the moment we named.
            Some(date) => shift.opened.trunc_subsecs(0) == date,
            // No clock is asked: it was not there before the attempt.
            None => Some(shift.id) != row.shift,
        };
        let ours = |shift: &Shift| shift.user == found.seat.account.user && since_then(shift);
        let shift = match shift.filter(ours) {
            // Another process's, which it opened since we looked.
            Some(shift) if self.store.has_opened(&row.server, row.kkm, shift.id)? => None,
            shift => shift,
        };
        match shift {
            Some(shift) => {
                let uid = found.seat.session.uid(row.kkm).await?;
                let confirmation = Confirmation {
                    raw: String::new(),
                    next_uid: Some(uid.value),
                    shift: Some(shift.id),
                    report: None,
                    server_time: uid.server_time,
                };
                self.store.confirm(row.number, self.now(), confirmation)?;
                Ok(())
            }
            // Another one is open there, as the server said.
            None if row.code.is_some_and(ErrorCode::is_verdict) => {
                let message = row.message.clone().unwrap_or_default();
                let code = row.code.unwrap_or(ErrorCode::Refused);
                self.let_go(row, code, &message)
            }
            None if self.may_be_at_work(row)? => {
                let busy = Trouble::new(ErrorCode::Busy, Effect::Unknown);
                Err(busy.saying(Key::WhatMayBeAtWork))
            }
            // The answer got lost with the request.
            None => {
                let message = self.lang().text(Key::WhatNotOpened);
                self.let_go(row, ErrorCode::LinkBroken, message)
            }
        }
    }

    /// The register as the account sees it that made the operation: no other one can tell whose shift it is.
    async fn found_by_maker(&self, row: &Operation) -> Result<Found, Trouble> {
        let seat = self.seat_at(&row.server, &row.login).await?;
        let answer = seat.session.kkm(row.kkm).await?;
        self.learn_clock(&seat.account.server, answer.clock);
        let kkm = answer.value;
        Ok(Found { seat, kkm })
    }

    async fn recover_z(&self, row: &Operation) -> Result<(), Trouble> {
        let (Some(id), Some(uid)) = (row.shift, row.uid.clone()) else {
            return Err(Trouble::new(ErrorCode::Damaged, Effect::Local));
        };
        let found = self.found_by_maker(row).await?;
        let seat = found.seat.clone();
        let shift = self.read_shift(&found, id).await?;
        let sections = seat
            .session
            .section_report(id)
            .await
            .ok()
            .map(|answer| answer.value);
        let closing = Closing {
            found: &found,
            shift: &shift,
            seat: &seat,
            sections,
            cash_count: row.cash_count.clone(),
            autonomous: row.autonomous,
            outbox: None,
        };
        let old = !self.may_be_at_work(row)?;
        self.resume_z(&closing, row.number, uid, old)
            .await
            .map(drop)
    }

    /// The Z-report rebuilt from the last X- and section reports of this shift and the shift's own figures, marked
    /// ВОССТАНОВЛЕН.
    pub(crate) fn restored(&self, closing: &Closing<'_>, now: &Shift) -> Result<Report, Trouble> {
        let server = closing.found.server().as_str();
        let last_of = |kind| -> Result<Option<Report>, Trouble> {
            let last = self.store.last_report(server, closing.found.kkm.id, kind)?;
            let of_this = |report: &Report| {
                let shift = report.shift.as_ref();
                shift.is_some_and(|shift| shift.id == now.id)
            };
            Ok(last.map(|last| last.report).filter(of_this))
        };
        let x = last_of(ReportKind::X)?;
        let sections = match &closing.sections {
            Some(sections) => Some(sections.clone()),
            None => last_of(ReportKind::Sections)?
                .and_then(|report| report.sections)
                .or_else(|| x.as_ref().and_then(|report| report.sections.clone())),
        };
        let mut report = self.new_report(closing.found, now, ReportKind::Z, None, sections);
        let known = x.and_then(|report| report.figures).unwrap_or_default();
        report.figures = Some(Figures {
            balance_open: now.balance_open.or(known.balance_open),
            balance_close: now.balance_close.or(known.balance_close),
            balance_close_non_cash: now.balance_close_non_cash.or(known.balance_close_non_cash),
            opened: Some(now.opened),
            closed: now.closed,
            ..known
        });
        report.shift = Some(now.clone());
        report.cash_count = closing.cash_count.clone();
        report.marks.restored = true;
        report.marks.autonomous = closing.autonomous.is_some();
        Ok(report)
    }
}
