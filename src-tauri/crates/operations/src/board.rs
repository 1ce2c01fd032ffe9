//! The board and a register's page: reads only, and never an X.

use std::collections::HashSet;

use chrono::{DateTime, SecondsFormat, Utc};
use domain::{ErrorCode, Kkm, KkmId, Money, ServerUrl, Shift, ShiftId, ShiftState, ShiftStatus};
use kkm_api::ApiError;
use store::{Licence, Only, Operation, OperationFilter, OperationState, Queued, Schedule};
use texts::Key;

use crate::archive::{LastZs, line_of};
use crate::reads::Reads;
use crate::search::Search;
use crate::seats::Seat;
use crate::seen::ReadNow;
use crate::view::{BoardView, OperationView, ProblemView, RegisterView, ShiftView};
use crate::{Desk, Effect, Trouble, Which, unsealing};

/// A register that was found, with the account that sees it.
pub(crate) struct Found {
    pub(crate) seat: Seat,
    pub(crate) kkm: Kkm,
}

/// A register by its server and its id there.
pub(crate) type Place = (ServerUrl, KkmId);

/// What this computer knows of registers besides what the server says.
pub(crate) struct Kept {
    unfinished: Vec<Operation>,
    outbox: Vec<Queued>,
    licences: Vec<Licence>,
    last_z: LastZs,
    schedules: Vec<Schedule>,
}

impl Kept {
    /// What waits on this server.
    pub(crate) fn waiting_on(&self, server: &ServerUrl) -> impl Iterator<Item = &Queued> {
        let here = self.outbox.iter();
        here.filter(move |row| row.server == server.as_str())
    }

    /// The name of a register that may work autonomously.
    pub(crate) fn licensed_name(&self, server: &ServerUrl, kkm: KkmId) -> Option<String> {
        let mut licences = self.licences.iter();
        let licence = licences.find(|it| it.kkm == kkm && it.server == server.as_str());
        licence.and_then(|licence| licence.name.clone())
    }

    /// The local time at which a register is closed by itself.
    fn closes_at(&self, server: &ServerUrl, kkm: KkmId) -> Option<String> {
        let key = (server.as_str(), kkm);
        let place = self
            .schedules
            .binary_search_by_key(&key, |it| (it.server.as_str(), it.kkm));
        let schedule = place.ok().and_then(|place| self.schedules.get(place));
        schedule.map(|schedule| schedule.at.to_string())
    }

    fn waiting(&self, server: &ServerUrl, kkm: KkmId) -> Vec<Queued> {
        let here = |row: &&Queued| row.kkm == kkm && row.server == server.as_str();
        self.outbox.iter().filter(here).cloned().collect()
    }
}

impl Found {
    pub(crate) fn server(&self) -> &ServerUrl {
        &self.seat.account.server
    }

    /// Where it is.
    pub(crate) fn place(&self) -> Place {
        (self.server().clone(), self.kkm.id)
    }

    /// Its full name.
    pub(crate) fn which(&self) -> Which {
        Which {
            kkm: self.kkm.id,
            server: Some(self.server().clone()),
        }
    }
}

impl Desk {
    /// Every register of every account once; an account that fails shows its own error and hides nothing.
    ///
    /// # Errors
    /// When nobody is signed in or the database cannot be read.
    pub async fn board(&self) -> Result<BoardView, Trouble> {
        let seats = self.seats().await?;
        let locked = self.locked();
        if seats.is_empty() && locked.is_empty() {
            return Err(Trouble::new(ErrorCode::NotSignedIn, Effect::SignIn));
        }
        let mut board = BoardView {
            registers: Vec::new(),
            problems: Vec::new(),
            at: time(self.now()),
        };
        board
            .problems
            .extend(locked.iter().map(|account| ProblemView {
                server: account.server.to_string(),
                login: account.login.clone(),
                error: unsealing::locked().view_of_reading(self.lang()),
            }));
        let mut found: Vec<Found> = Vec::new();
        let (mut known, mut whole) = (ReadNow::new(), HashSet::new());
        for seat in seats {
            match seat.session.kkms().await {
                Ok(answer) => {
                    self.learn_clock(&seat.account.server, answer.clock);
                    whole.insert((seat.account.server.to_string(), seat.account.login.clone()));
                    for kkm in answer.value {
                        if known.insert((seat.account.server.clone(), kkm.id)) {
                            found.push(Found {
                                seat: seat.clone(),
                                kkm,
                            });
                        }
                    }
                }
                Err(error) => board.problems.push(ProblemView {
                    server: seat.account.server.to_string(),
                    login: seat.account.login.clone(),
                    error: Trouble::from(error).view_of_reading(self.lang()),
                }),
            }
        }
        self.link_is_back(whole.iter().map(|(server, _)| server));
        let mut places: Vec<Place> = found.iter().map(Found::place).collect();
        places.extend(self.seen_places()?);
        let kept = self.kept(&places)?;
        let gone = self.gone(&whole, &known)?;
        board.registers = self.unread(&kept, &known, &board.problems).await?;
        let mut denied = Vec::new();
        let mut reads = Reads::of(&found);
        while let Some((place, shift)) = reads.next().await {
            let Some(found) = found.get(place) else {
                continue;
            };
            match shift {
                // A server may show a shift to its owner only: perhaps the owner is here, too.
                Some(Err(trouble)) if trouble.is_denial() => denied.push(found),
                // While this one is written down, the next ones are on their way.
                shift => {
                    let view = self.register_view(found, shift, &kept);
                    board.registers.push(view);
                }
            }
        }
        for found in denied {
            let shift = match found.kkm.shift {
                Some(id) => Some(self.read_shift(found, id).await),
                None => None,
            };
            let view = self.register_view(found, shift, &kept);
            board.registers.push(view);
        }
        board
            .registers
            .sort_by_key(|register| (rank(&register.state), register.kkm));
        self.keep_seen(&board.registers, &gone);
        self.note_board(&board.registers);
        Ok(board)
    }

    /// One register with its shift. Where its server is named and cannot be read, as it was seen last: its state is
    /// unknown then, and it says why.
    ///
    /// # Errors
    /// When no account sees the register, or it cannot be read and never was.
    pub async fn register(&self, which: &Which) -> Result<RegisterView, Trouble> {
        match self.read_register(which).await {
            Err(trouble)
                if !trouble.is_denial()
                    && (trouble.effect() != Effect::Local
                        || trouble.code() == ErrorCode::KeystoreLocked) =>
            {
                self.last_seen(which, &trouble)?.ok_or(trouble)
            }
            read => read,
        }
    }

    /// One register with its shift, as it is now.
    ///
    /// # Errors
    /// When no account sees the register, or the server cannot be read.
    pub(crate) async fn read_register(&self, which: &Which) -> Result<RegisterView, Trouble> {
        let found = self.find(which).await?;
        let shift = match found.kkm.shift {
            Some(id) => Some(self.read_shift(&found, id).await?),
            None => None,
        };
        let kept = self.kept(&[found.place()])?;
        let view = self.register_view(&found, shift.map(Ok), &kept);
        self.keep_seen(std::slice::from_ref(&view), &[]);
        self.note_register(&view);
        Ok(view)
    }

    /// What this computer knows of these registers.
    pub(crate) fn kept(&self, places: &[Place]) -> Result<Kept, Trouble> {
        Ok(Kept {
            unfinished: self.unfinished()?,
            outbox: self.store.outbox(false)?,
            licences: self.store.licences()?,
            last_z: self.last_zs(places)?,
            schedules: self.store.schedules()?,
        })
    }

    /// What is unknown or under way, on any register; there are never many.
    pub(crate) fn unfinished(&self) -> Result<Vec<Operation>, Trouble> {
        self.store.settle_dead(self.now())?;
        Ok(self.store.operations(&OperationFilter {
            only: Some(Only::Unfinished),
            ..OperationFilter::default()
        })?)
    }

    /// A shift by the server's id, asked for with each account until one may see it. A shift of that id on two servers is
    /// nobody's to guess.
    ///
    /// # Errors
    /// When no account may see it, a server cannot be read, or two servers have one.
    pub async fn shift(&self, id: ShiftId) -> Result<ShiftView, Trouble> {
        let seats = self.seats().await?;
        let mut search = Search::default();
        for account in self.locked() {
            search.leave_out(account.server, unsealing::locked());
        }
        for seat in seats {
            let server = &seat.account.server;
            if search.is_done(server) {
                continue;
            }
            let read = seat.session.shift(id).await;
            if let Ok(answer) = &read {
                self.learn_clock(server, answer.clock);
            }
            search.take(server, read.map(|answer| answer.value))?;
        }
        let (server, shift) = search.found()?;
        Ok(self.shift_view(&server, &shift))
    }

    /// The register, by the first account of its server that sees it. Without a server in `which`, every server in scope
    /// is asked, and where one cannot be, or two have such a register, nothing is guessed.
    pub(crate) async fn find(&self, which: &Which) -> Result<Found, Trouble> {
        let seats = self.seats().await?;
        let mut search = Search::default();
        for account in self.locked() {
            if which.may_be_on(&account.server) {
                search.leave_out(account.server, unsealing::locked());
            }
        }
        for seat in seats {
            let server = &seat.account.server;
            if search.is_done(server) || !which.may_be_on(server) {
                continue;
            }
            let read = seat.session.kkm(which.kkm).await;
            if let Ok(answer) = &read {
                self.learn_clock(server, answer.clock);
            }
            let found = read.map(|answer| Found {
                seat: seat.clone(),
                kkm: answer.value,
            });
            search.take(server, found)?;
        }
        search.found().map(|(_, found)| found)
    }

    /// A shift of a register: by the account that found the register, else by its server's others, for a server may
    /// show a shift to its owner only.
    pub(crate) async fn read_shift(&self, found: &Found, id: ShiftId) -> Result<Shift, Trouble> {
        let mut answer = found.seat.session.shift(id).await;
        if answer.as_ref().is_err_and(ApiError::is_no_access) {
            for seat in self.seats().await? {
                let other = seat.account.login != found.seat.account.login;
                if seat.account.server != *found.server() || !other {
                    continue;
                }
                let theirs = seat.session.shift(id).await;
                if theirs.is_ok() {
                    answer = theirs;
                    break;
                }
            }
        }
        let answer = answer?;
        self.learn_clock(found.server(), answer.clock);
        Ok(answer.value)
    }

    /// The register's open shift with its owner's seat.
    pub(crate) async fn open_shift_of(
        &self,
        found: &Found,
        meant: Option<ShiftId>,
    ) -> Result<(Shift, Seat), Trouble> {
        // An opening or a closing of unknown outcome says more than "there is no open shift" does.
        let unknown = self.unfinished()?.into_iter().find(|row| {
            row.kkm == found.kkm.id
                && row.server == found.server().as_str()
                && row.state == OperationState::Unknown
                && row.kind.turns_shift()
        });
        if let Some(row) = unknown {
            return Err(store::StoreError::Unresolved { number: row.number }.into());
        }
        let none = || Trouble::new(ErrorCode::NoOpenShift, Effect::Refused);
        let id = found.kkm.shift.ok_or_else(none)?;
        if meant.is_some_and(|meant| meant != id) {
            let closed = Trouble::new(ErrorCode::ShiftClosed, Effect::Refused);
            return Err(closed.saying(Key::WhatNewerShift));
        }
        let shift = self.read_shift(found, id).await?;
        match shift.state(self.server_now(found.server())) {
            ShiftState::Closed => Err(none()),
            ShiftState::Unknown => {
                Err(Trouble::new(ErrorCode::NotTheApi, Effect::Refused).saying(Key::WhatOddStatus))
            }
            ShiftState::Open | ShiftState::Overdue => {
                let owner = shift.user_name.as_deref();
                let seat = self.seat_of(found.server(), shift.user, owner).await?;
                Ok((shift, seat))
            }
        }
    }

    pub(crate) fn register_view(
        &self,
        found: &Found,
        shift: Option<Result<Shift, Trouble>>,
        kept: &Kept,
    ) -> RegisterView {
        let login = &found.seat.account.login;
        let (shift, trouble) = match shift {
            None => (Some(None), None),
            Some(Ok(shift)) => (Some(Some(shift)), None),
            Some(Err(trouble)) => (None, Some(trouble)),
        };
        let mut view = self.view_of(found.server(), login, &found.kkm, shift, kept);
        view.problem = trouble.map(|trouble| trouble.view_of_reading(self.lang()));
        view
    }

    /// A register as it is known: `shift` is its open or last one, if it has any; nothing where that could not be read.
    pub(crate) fn view_of(
        &self,
        server: &ServerUrl,
        login: &str,
        kkm: &Kkm,
        shift: Option<Option<Shift>>,
        kept: &Kept,
    ) -> RegisterView {
        let here = |of: &str, id: KkmId| id == kkm.id && of == server.as_str();
        let state = match &shift {
            _ if kkm.is_blocked() => "blocked",
            None => "unknown",
            Some(Some(shift)) => state_name(shift.state(self.server_now(server))),
            Some(None) => "closed",
        };
        RegisterView {
            kkm: kkm.id.get(),
            name: kkm.name.clone().unwrap_or_else(|| kkm.id.to_string()),
            address: kkm.address.clone(),
            znm: kkm.znm.clone(),
            rnm: kkm.rnm.clone(),
            server: server.to_string(),
            login: login.to_owned(),
            state: state.to_owned(),
            cash: kkm.cash().map(amount),
            offline_queue: kkm.offline_queue,
            seen: shift.is_some().then(|| time(self.now())),
            clock_ahead: self.clock_offset(server).num_seconds(),
            shift: shift.flatten().map(|shift| self.shift_view(server, &shift)),
            last_z: kept
                .last_z
                .get(server)
                .and_then(|lines| lines.get(&kkm.id))
                .map(line_of),
            autonomous: kept.licences.iter().any(|it| here(&it.server, it.kkm)),
            outbox: self.outbox_view(server, &kept.waiting(server, kkm.id)),
            unresolved: kept
                .unfinished
                .iter()
                .filter(|row| here(&row.server, row.kkm))
                .max_by_key(|row| row.state == OperationState::Unknown)
                .map(|row| operation_view(row, kkm.name.clone())),
            problem: None,
            closes_at: kept.closes_at(server, kkm.id),
        }
    }

    fn shift_view(&self, server: &ServerUrl, shift: &Shift) -> ShiftView {
        // While it is open the server writes 0 where nothing is known yet.
        let at_close = |money: Option<Money>| {
            let closed = shift.status == ShiftStatus::Closed;
            money.filter(|_| closed).map(amount)
        };
        ShiftView {
            server: server.to_string(),
            id: shift.id.get(),
            index: shift.index,
            status: state_name(shift.state(self.server_now(server))).to_owned(),
            opened: time(shift.opened),
            overdue_at: time(shift.overdue_at()),
            closed: shift.closed.map(time),
            balance_open: shift.balance_open.map(amount),
            balance_close: at_close(shift.balance_close),
            balance_close_non_cash: at_close(shift.balance_close_non_cash),
            user: shift.user.get(),
            user_name: shift.user_name.clone(),
            user_phone: shift.user_phone.clone(),
            mine: self.is_seated(server, shift.user),
        }
    }
}

/// Those that need something first.
fn rank(state: &str) -> u8 {
    match state {
        "overdue" => 0,
        "unknown" => 1,
        "blocked" => 2,
        "open" => 3,
        _ => 4,
    }
}

const fn state_name(state: ShiftState) -> &'static str {
    match state {
        ShiftState::Open => "open",
        ShiftState::Overdue => "overdue",
        ShiftState::Closed => "closed",
        ShiftState::Unknown => "unknown",
    }
}

pub(crate) fn operation_view(row: &store::Operation, kkm_name: Option<String>) -> OperationView {
    OperationView {
        number: row.number,
        server: row.server.clone(),
        kind: row.kind.as_str().to_owned(),
        kkm: row.kkm.get(),
        kkm_name,
        state: row.state.as_str().to_owned(),
        at: time(row.at),
        first_sent: row.first_sent.or(row.sent).map(time),
        sent: row.sent.map(time),
        settled: row.settled.map(time),
        report: row.report,
        scheduled: None,
        message: row.message.clone(),
        code: row.code.map(|code| code.as_str().to_owned()),
        problem: None,
    }
}

pub(crate) fn amount(money: Money) -> String {
    money.to_string()
}

/// RFC 3339 in UTC, to the millisecond.
pub(crate) fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}
