//! Autonomous mode: what a shop does without a link goes to the outbox with its `Date`, and is sent register by register,
//! in order, as soon as the link is back. It needs the word of a person that the register has a licence.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{CashCount, ErrorCode, KkmId, ServerUrl, ShiftId};
use store::{Licence, NewQueued, OperationKind, Queued, QueuedState, StoreError, Why};
use texts::{Key, Lang, Phrase};

use crate::board::{Found, amount, time};
use crate::closing::{self, Closing};
use crate::view::{CloseInput, CloseView, LicenceView, OutboxView, QueuedView, RegisterView};
use crate::{Desk, Effect, Trouble, Which, remedies};

/// A date that a person names may be so much ahead of the clock.
const CLOCK_SLACK: TimeDelta = TimeDelta::minutes(2);

/// How something that may wait for the link ended.
#[derive(Debug)]
pub enum Ended<T> {
    /// The server did it.
    Done(T),
    /// It waits in the outbox.
    Queued(Box<QueuedView>),
}

/// What is to wait for the link.
enum Wait {
    Opening,
    /// With the shift that is meant, where it is known.
    Closing(Option<ShiftId>, Option<CashCount>),
}

/// What became of something that was just queued.
enum Sent {
    /// The server did it; the number of its journal row.
    Done(i64),
    /// It waits, and this is in its way.
    Waits(Box<QueuedView>),
}

impl Desk {
    /// Keeps a person's word that a register has a licence for autonomous work, or takes it back. The register must be
    /// readable now, so that no mistyped one is ever worked with blindly.
    ///
    /// # Errors
    /// When the register cannot be read, or the database cannot be written.
    pub async fn set_autonomy(&self, which: &Which, licensed: bool) -> Result<(), Trouble> {
        if !licensed {
            let server = self.server_of(which).await?;
            return Ok(self.store.forbid_autonomy(server.as_str(), which.kkm)?);
        }
        let found = self.find(which).await?;
        Ok(self.store.allow_autonomy(&Licence {
            server: found.server().to_string(),
            kkm: found.kkm.id,
            name: found.kkm.name.clone(),
            login: found.seat.account.login.clone(),
            since: self.now(),
        })?)
    }

    /// The registers that may work autonomously.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn licences(&self) -> Result<Vec<LicenceView>, Trouble> {
        let view = |licence: Licence| LicenceView {
            server: licence.server,
            kkm: licence.kkm.get(),
            name: licence.name,
            login: licence.login,
            since: time(licence.since),
        };
        Ok(self.store.licences()?.into_iter().map(view).collect())
    }

    /// Whether something on this register may wait for the link: somebody said that it has a licence.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn may_wait(&self, which: &Which) -> Result<bool, Trouble> {
        let Some(server) = &which.server else {
            return Ok(false);
        };
        Ok(self.store.may_be_autonomous(server.as_str(), which.kkm)?)
    }

    /// Opens a shift; without a link, or with a `date`, as an autonomous operation.
    ///
    /// # Errors
    /// As [`Desk::open_shift`]; when the register has no licence, the date goes back, or the 72 hours are over.
    pub async fn open_shift_or_queue(
        &self,
        which: &Which,
        login: Option<&str>,
        date: Option<DateTime<Utc>>,
    ) -> Result<Ended<RegisterView>, Trouble> {
        let server = self.licensed(which).await?;
        if date.is_none() && self.store.outbox_of(server.as_str(), which.kkm)?.is_empty() {
            match self.open_over_the_link(which, login).await {
                Err(trouble) if trouble.effect() == Effect::NoLink => {}
                outcome => return outcome.map(Ended::Done),
            }
        }
        let login = self.opener(&server, login).await?.account.login;
        let queued = self.queue(&server, which, login, date, Wait::Opening)?;
        match self.sent_at_once(&server, which, &queued).await? {
            Sent::Waits(view) => Ok(Ended::Queued(view)),
            Sent::Done(_) => Ok(Ended::Done(self.shown(which).await?)),
        }
    }

    /// Closes a shift; without a link, or with a `date`, as an autonomous operation.
    ///
    /// # Errors
    /// As [`Desk::close_shift`]; when the register has no licence, the date goes back, or the 72 hours are over.
    pub async fn close_shift_or_queue(
        &self,
        input: CloseInput,
        date: Option<DateTime<Utc>>,
    ) -> Result<Ended<CloseView>, Trouble> {
        let counted = closing::counted(input.counted.as_deref())?;
        let which = input.which()?;
        let server = self.licensed(&which).await?;
        if date.is_none() && self.store.outbox_of(server.as_str(), which.kkm)?.is_empty() {
            match self.close_over_the_link(input.clone()).await {
                Err(trouble) if trouble.effect() == Effect::NoLink => {}
                outcome => return outcome.map(Ended::Done),
            }
        }
        let count = counted.map(|counted| CashCount {
            counted,
            // What should be in the drawer the server says, and it cannot be asked.
            expected: None,
            reason: closing::reason(input.reason.as_deref()),
        });
        let login = self.any_login(&server).await?;
        let closing = Wait::Closing(input.shift.map(ShiftId::new), count);
        let queued = self.queue(&server, &which, login, date, closing)?;
        let number = match self.sent_at_once(&server, &which, &queued).await? {
            Sent::Waits(view) => return Ok(Ended::Queued(view)),
            Sent::Done(number) => number,
        };
        let row = self.store.operation(number)?;
        let report = row
            .and_then(|row| row.report)
            .ok_or_else(|| Trouble::new(ErrorCode::Internal, Effect::Local).journalled(number))?;
        Ok(Ended::Done(CloseView {
            z: self
                .report(report)
                .map_err(|trouble| trouble.after_z(report))?,
            before: Vec::new(),
        }))
    }

    fn queue(
        &self,
        server: &ServerUrl,
        which: &Which,
        login: String,
        date: Option<DateTime<Utc>>,
        wait: Wait,
    ) -> Result<Queued, Trouble> {
        let now = self.server_now(server);
        if date.is_some_and(|date| date.signed_duration_since(now) > CLOCK_SLACK) {
            let bad = Trouble::new(ErrorCode::BadInput, Effect::Nothing);
            return Err(bad.saying(Key::WhatDateAhead));
        }
        let (kind, shift, cash_count) = match wait {
            Wait::Opening => (OperationKind::Open, None, None),
            Wait::Closing(shift, count) => (OperationKind::Z, shift, count),
        };
        Ok(self.store.enqueue(NewQueued {
            server: server.to_string(),
            login,
            kkm: which.kkm,
            kind,
            shift,
            date,
            cash_count,
            moment: now,
            at: self.now(),
        })?)
    }

    /// Tries what was just queued.
    async fn sent_at_once(
        &self,
        server: &ServerUrl,
        which: &Which,
        queued: &Queued,
    ) -> Result<Sent, Trouble> {
        let trouble = self.replay_register(server, which.kkm).await?;
        let row = self.store.queued(queued.number)?;
        match (row.state, trouble) {
            (QueuedState::Done, _) => Ok(Sent::Done(row.operation.unwrap_or_default())),
            // It waits, and why is on record; what the server refused or left open is told.
            (QueuedState::Stopped, Some(trouble)) => Err(trouble),
            (_, Some(trouble)) if trouble.effect() == Effect::Unknown => Err(trouble),
            (_, trouble) => {
                let mut view = Self::queued_view(&row);
                view.problem = trouble.map(|trouble| trouble.in_recovery().view_in(self.lang()));
                Ok(Sent::Waits(Box::new(view)))
            }
        }
    }

    /// Sends what waits in the outbox: of one register or of all, each queue in its order. With `again` a queue that the
    /// server stopped is tried once more. Gives what was waiting as it stands then; what waits on says why.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn replay(
        &self,
        which: Option<&Which>,
        again: bool,
    ) -> Result<Vec<QueuedView>, Trouble> {
        let mut rows = self.store.outbox(false)?;
        let servers = self.servers().await?;
        rows.retain(|row| {
            which.is_none_or(|which| is_meant(which, row))
                && servers.iter().any(|server| server.as_str() == row.server)
        });
        // A person's word is for one register.
        if again
            && rows
                .iter()
                .any(|row| Some(&row.server) != rows.first().map(|first| &first.server))
        {
            return Err(Trouble::new(ErrorCode::BadInput, Effect::Nothing)
                .saying(Key::WhatRegisterOnServers));
        }
        let mut views = Vec::new();
        let mut tried = Vec::new();
        for row in &rows {
            if tried.contains(&(&row.server, row.kkm)) {
                continue;
            }
            tried.push((&row.server, row.kkm));
            if again && row.state == QueuedState::Stopped {
                self.store.go_on(row.number, self.now())?;
            }
            let server = ServerUrl::parse(&row.server)
                .map_err(|_| Trouble::new(ErrorCode::Damaged, Effect::Local))?;
            let mut trouble = self.replay_register(&server, row.kkm).await?;
            let of_this = |it: &&Queued| it.server == row.server && it.kkm == row.kkm;
            for row in rows.iter().filter(of_this) {
                let row = self.store.queued(row.number)?;
                let mut view = Self::queued_view(&row);
                if matches!(row.state, QueuedState::Queued | QueuedState::Stopped) {
                    // Why it goes no further is said once, where it stands still.
                    view.problem = trouble
                        .take()
                        .map(|trouble| trouble.in_recovery().view_in(self.lang()));
                }
                views.push(view);
            }
        }
        Ok(views)
    }

    /// Sends one register's queue until it is empty, or something is in the way.
    async fn replay_register(
        &self,
        server: &ServerUrl,
        kkm: KkmId,
    ) -> Result<Option<Trouble>, Trouble> {
        let here = Which {
            kkm,
            server: Some(server.clone()),
        };
        loop {
            let waiting = self.store.outbox_of(server.as_str(), kkm)?;
            let Some(first) = waiting.into_iter().next() else {
                return Ok(None);
            };
            if first.state == QueuedState::Stopped {
                return Ok(Some(stopped(&first)));
            }
            // An attempt that got lost is settled first; it may have been done.
            self.recover(Some(&here)).await?;
            if self.store.queued(first.number)?.state == QueuedState::Done {
                continue;
            }
            if let Err(trouble) = self.send_queued(&here, &first).await {
                let row = self.store.queued(first.number)?;
                // Refused when it was sent: it was stopped with that.
                if row.state == QueuedState::Stopped {
                    return Ok(Some(trouble.in_outbox(&row)));
                }
                if row.state == QueuedState::Queued && trouble.code().is_verdict() {
                    let view = trouble.view_in(self.lang());
                    let why = Why {
                        message: Some(&view.message),
                        ..Why::of(trouble.code())
                    };
                    match self.store.stop(first.number, self.now(), &why) {
                        // Somebody else sent it meanwhile: what was read was their doing.
                        Err(
                            StoreError::NotQueued { .. }
                            | StoreError::Busy { .. }
                            | StoreError::Unresolved { .. },
                        ) => {}
                        stopped => {
                            stopped?;
                            return Ok(Some(trouble.in_outbox(&first)));
                        }
                    }
                }
                return Ok(Some(trouble));
            }
        }
    }

    async fn send_queued(&self, which: &Which, queued: &Queued) -> Result<(), Trouble> {
        let mut found = self.find(which).await?;
        match queued.kind {
            OperationKind::Open => {
                found.seat = self.seat_at(&queued.server, &queued.login).await?;
                self.send_opening(&found, Some(queued)).await.map(drop)
            }
            _ => self.send_closing(&found, queued).await,
        }
    }

    /// The Z of the shift that it names, else of the one that was open at its `Date`; one that was opened later is another
    /// one.
    async fn send_closing(&self, found: &Found, queued: &Queued) -> Result<(), Trouble> {
        let (shift, seat) = self.open_shift_of(found, queued.shift).await?;
        if shift.opened.trunc_subsecs(0) > queued.date {
            let another = Trouble::new(ErrorCode::NoOpenShift, Effect::Refused);
            return Err(another.saying(Key::WhatOpenedLater));
        }
        let sections = seat.session.section_report(shift.id).await;
        let closing = Closing {
            found,
            shift: &shift,
            seat: &seat,
            sections: sections.ok().map(|answer| answer.value),
            cash_count: queued.cash_count.clone(),
            autonomous: Some(queued.date),
            outbox: Some(queued.number),
        };
        self.take_z(&closing).await.map(drop)
    }

    /// What is in the outbox: what waits, or with `settled` everything there ever was.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn outbox(&self, settled: bool) -> Result<Vec<QueuedView>, Trouble> {
        let rows = self.store.outbox(settled)?;
        Ok(rows.iter().map(Self::queued_view).collect())
    }

    /// Gives up an operation of the outbox, by a person's word; it stays on record.
    ///
    /// # Errors
    /// When it does not wait, or an attempt to send it is not settled.
    pub fn withdraw(&self, number: i64) -> Result<QueuedView, Trouble> {
        self.store.withdraw(number, self.now())?;
        Ok(Self::queued_view(&self.store.queued(number)?))
    }

    /// What waits on a register, in short.
    pub(crate) fn outbox_view(&self, server: &ServerUrl, waiting: &[Queued]) -> Option<OutboxView> {
        let first = waiting.first()?;
        let left = first
            .deadline()
            .signed_duration_since(self.server_now(server));
        Some(OutboxView {
            waiting: i64::try_from(waiting.len()).unwrap_or(i64::MAX),
            since: time(first.date),
            deadline: time(first.deadline()),
            hours_left: left.num_hours().max(0),
            over: left < TimeDelta::zero(),
            stopped: waiting.iter().any(|row| row.state == QueuedState::Stopped),
            held: waiting.iter().any(Queued::is_held),
        })
    }

    pub(crate) fn queued_view(row: &Queued) -> QueuedView {
        QueuedView {
            number: row.number,
            server: row.server.clone(),
            login: row.login.clone(),
            kkm: row.kkm.get(),
            kind: row.kind.as_str().to_owned(),
            date: time(row.date),
            deadline: time(row.deadline()),
            counted: row.cash_count.as_ref().map(|count| amount(count.counted)),
            state: row.state.as_str().to_owned(),
            operation: row.operation,
            code: row.code.map(|code| code.as_str().to_owned()),
            message: row.message.clone(),
            problem: None,
        }
    }

    /// The server of a register that may work autonomously; it need not be reachable.
    async fn licensed(&self, which: &Which) -> Result<ServerUrl, Trouble> {
        let server = self.server_of(which).await?;
        if self.store.may_be_autonomous(server.as_str(), which.kkm)? {
            Ok(server)
        } else {
            Err(Trouble::new(ErrorCode::LicenceMissing, Effect::Nothing).with("kkm", which.kkm))
        }
    }

    /// The server that is meant, without asking any.
    async fn server_of(&self, which: &Which) -> Result<ServerUrl, Trouble> {
        if let Some(server) = &which.server {
            return Ok(server.clone());
        }
        let licensed = self.store.licences()?;
        let mut servers: Vec<ServerUrl> = Vec::new();
        for server in self.servers().await? {
            let here = |it: &&Licence| it.kkm == which.kkm && it.server == server.as_str();
            if licensed.iter().any(|it| here(&it)) && !servers.contains(&server) {
                servers.push(server);
            }
        }
        match (servers.pop(), servers.is_empty()) {
            (Some(server), true) => Ok(server),
            (Some(_), false) => Err(Trouble::new(ErrorCode::BadInput, Effect::Nothing)
                .saying(Key::WhatRegisterOnServers)),
            (None, _) => {
                Err(Trouble::new(ErrorCode::LicenceMissing, Effect::Nothing).with("kkm", which.kkm))
            }
        }
    }

    /// The servers of the accounts in scope.
    pub(crate) async fn servers(&self) -> Result<Vec<ServerUrl>, Trouble> {
        let seats = self.seats().await?;
        let seated = seats.into_iter().map(|seat| seat.account.server);
        let locked = self.locked().into_iter().map(|account| account.server);
        Ok(seated.chain(locked).collect())
    }

    async fn any_login(&self, server: &ServerUrl) -> Result<String, Trouble> {
        let seats = self.seats().await?;
        let here = seats
            .into_iter()
            .find(|seat| seat.account.server == *server);
        here.map(|seat| seat.account.login)
            .ok_or_else(|| self.nobody(Some(server)))
    }
}

/// Why an operation was stopped, as it was told then: what our own text says already is not said again.
fn stopped(row: &Queued) -> Trouble {
    let code = row.code.unwrap_or(ErrorCode::Refused);
    let trouble = Trouble::new(code, Effect::Refused).in_outbox(row);
    let Some(message) = &row.message else {
        return trouble;
    };
    let ours = Lang::ALL.map(|lang| lang.text(remedies::of(code).0));
    match ours.iter().find_map(|ours| message.strip_prefix(ours)) {
        None => trouble.with("server-message", message),
        Some(rest) if rest.trim().is_empty() => trouble,
        Some(rest) => trouble.saying(Phrase::given(rest.trim())),
    }
}

fn is_meant(which: &Which, row: &Queued) -> bool {
    which.kkm == row.kkm
        && which
            .server
            .as_ref()
            .is_none_or(|server| server.as_str() == row.server)
}
