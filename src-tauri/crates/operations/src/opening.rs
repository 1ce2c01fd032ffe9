//! Opening a shift. The request carries no Uid, so it is never repeated: after an unknown outcome the register is read.

use domain::{ErrorCode, ServerUrl, Shift, ShiftStatus};
use kkm_api::open_body;
use store::{Confirmation, NewOperation, OperationKind, OperationState, Queued};
use texts::{Key, Phrase};

use crate::board::Found;
use crate::journalled::Ending;
use crate::seats::Seat;
use crate::view::RegisterView;
use crate::{Desk, Effect, Trouble, Which};

impl Desk {
    /// Opens a shift on a register and shows it. The shift will belong to `login`; without one, to the only account on
    /// that server.
    ///
    /// # Errors
    /// When the server refuses, there is no link, or the outcome is unknown (then the journal keeps it until resolved);
    /// when several accounts could open it and none is named.
    pub async fn open_shift(
        &self,
        which: &Which,
        login: Option<&str>,
    ) -> Result<RegisterView, Trouble> {
        let opened = self.open_over_the_link(which, login).await;
        opened.map_err(|trouble| self.or_unresolved(which, trouble))
    }

    /// The same; without a link it says just that, whatever else is open.
    pub(crate) async fn open_over_the_link(
        &self,
        which: &Which,
        login: Option<&str>,
    ) -> Result<RegisterView, Trouble> {
        let mut found = self.find(which).await?;
        found.seat = self.opener(found.server(), login).await?;
        match self.send_opening(&found, None).await? {
            Some(shift) => self.opened(&found, shift).await,
            // It was opened, whether or not its register can be read now.
            None => match self.read_register(&found.which()).await {
                Ok(view) => Ok(view),
                Err(trouble) => {
                    let kept = self.kept(&[found.place()])?;
                    Ok(self.register_view(&found, Some(Err(trouble)), &kept))
                }
            },
        }
    }

    /// Opens a shift in the name of the account in `found`; one that was queued carries its `Date`. Gives the shift, or
    /// nothing where the answer got lost and the opening was adopted.
    pub(crate) async fn send_opening(
        &self,
        found: &Found,
        queued: Option<&Queued>,
    ) -> Result<Option<Shift>, Trouble> {
        let kkm = found.kkm.id;
        let date = queued.map(|queued| queued.date);
        let shift = match found.kkm.shift {
            Some(id) => self.read_shift(found, id).await.ok(),
            None => None,
        };
        if shift.is_some_and(|shift| shift.status == ShiftStatus::Open) {
            return Err(Trouble::new(ErrorCode::ShiftAlreadyOpen, Effect::Refused));
        }
        let intent = NewOperation {
            server: found.server().to_string(),
            login: found.seat.account.login.clone(),
            kkm,
            kind: OperationKind::Open,
            // The one before it: whatever the clocks say, a shift that was there already is not the one that is opened.
            shift: found.kkm.shift,
            uid: None,
            body: open_body(kkm, date),
            autonomous: date,
            outbox: queued.map(|queued| queued.number),
            cash_count: None,
            at: self.now(),
        };
        let ending = self.journalled(
            intent,
            || found.seat.session.open_shift(kkm, date),
            |answer| Confirmation {
                raw: answer.raw.text(),
                next_uid: answer.next_uid.clone(),
                shift: Some(answer.value.id),
                report: None,
                server_time: answer.server_time,
            },
            // It was closed a moment ago: perhaps it was we who opened it. And no key can be stale where none was sent.
            |code| matches!(code, ErrorCode::ShiftAlreadyOpen | ErrorCode::UidStale),
        );
        match ending.await? {
            Ending::Done { value, .. } => Ok(Some(value)),
            Ending::NotDone(trouble) => Err(self.explain_open_elsewhere(trouble, found).await),
            Ending::Unknown(number, because, trouble) => {
                let recovered = self.recover_row(number).await;
                let row = self.store.operation(number)?;
                match (recovered, row.map(|row| (row.state, row.message))) {
                    (Ok(()), Some((OperationState::Confirmed, _))) => Ok(None),
                    (Ok(()), Some((OperationState::Refused, _))) if because.is_verdict() => {
                        Err(self.explain_open_elsewhere(trouble, found).await)
                    }
                    (Ok(()), Some((OperationState::Refused, message))) => {
                        let not_done = Trouble::new(ErrorCode::LinkBroken, Effect::Refused);
                        Err(not_done
                            .saying(Phrase::given(message.unwrap_or_default()))
                            .journalled(number))
                    }
                    _ => Err(Trouble::new(ErrorCode::UnknownOutcome, Effect::Unknown)
                        .with("because", because)
                        .journalled(number)),
                }
            }
        }
    }

    /// The register of a shift that was opened. That it cannot be read now is no failure of the opening.
    pub(crate) async fn shown(&self, which: &Which) -> Result<RegisterView, Trouble> {
        let register = self.read_register(which).await;
        register.map_err(|trouble| {
            Trouble::new(trouble.code(), Effect::Output).saying(Key::WhatOpenedUnread)
        })
    }

    /// The register as it is now; where it cannot be read any more, the shift that was just opened still shows.
    async fn opened(&self, found: &Found, shift: Shift) -> Result<RegisterView, Trouble> {
        match self.read_register(&found.which()).await {
            Ok(view) => Ok(view),
            Err(_) => {
                let kept = self.kept(&[found.place()])?;
                Ok(self.register_view(found, Some(Ok(shift)), &kept))
            }
        }
    }

    /// Who opens: never guessed where there is a choice, for the shift will be theirs alone to close.
    pub(crate) async fn opener(
        &self,
        server: &ServerUrl,
        login: Option<&str>,
    ) -> Result<Seat, Trouble> {
        if let Some(login) = login {
            return self.seat_at(server.as_str(), login).await;
        }
        let mut seats = self.seats().await?;
        seats.retain(|seat| seat.account.server == *server);
        // One that cannot be used now might be meant as well.
        let is_choice = self.locked().iter().any(|it| it.server == *server);
        match (seats.pop(), seats.is_empty()) {
            (Some(seat), true) if !is_choice => Ok(seat),
            (None, _) => Err(self.nobody(Some(server))),
            _ => {
                Err(Trouble::new(ErrorCode::BadInput, Effect::Nothing)
                    .saying(Key::WhatSeveralOpeners))
            }
        }
    }

    /// 424 says that the user has an open shift elsewhere: say where.
    async fn explain_open_elsewhere(&self, trouble: Trouble, found: &Found) -> Trouble {
        if trouble.code() != ErrorCode::UserHasOpenShift {
            return trouble;
        }
        let Ok(board) = self.board().await else {
            return trouble;
        };
        let holds = |register: &&RegisterView| {
            register.shift.as_ref().is_some_and(|shift| {
                matches!(shift.status.as_str(), "open" | "overdue")
                    && register
                        .shift
                        .as_ref()
                        .is_some_and(|shift| shift.user == found.seat.account.user.get())
                    && register.server == found.server().as_str()
            })
        };
        match board.registers.iter().find(holds) {
            Some(register) => {
                let index = register.shift.as_ref().and_then(|shift| shift.index);
                let what = match index {
                    Some(index) => Phrase::of(Key::WhatOpenElsewhereShift).with("index", index),
                    None => Phrase::of(Key::WhatOpenElsewhere),
                };
                trouble
                    .saying(what.with("name", &register.name))
                    .with("kkm", register.kkm)
            }
            None => trouble,
        }
    }
}
