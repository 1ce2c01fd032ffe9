//! Opening a shift. The request carries no Uid, so it is never repeated: after an unknown outcome the register is read.

use domain::{ErrorCode, Shift, ShiftStatus};
use kkm_api::open_body;
use store::{Confirmation, NewOperation, OperationKind, OperationState};

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
        let mut found = self.find(which).await?;
        found.seat = self.opener(&found, login).await?;
        let kkm = found.kkm.id;
        let here = found.which();
        let shift = match found.kkm.shift {
            Some(id) => self.read_shift(&found, id).await.ok(),
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
            shift: None,
            uid: None,
            body: open_body(kkm, None),
            autonomous: None,
            cash_count: None,
            at: self.now(),
        };
        let ending = self.journalled(
            intent,
            || found.seat.session.open_shift(kkm, None),
            |answer| Confirmation {
                raw: answer.raw.text(),
                next_uid: answer.next_uid.clone(),
                shift: Some(answer.value.id),
                report: None,
            },
        );
        match ending.await? {
            Ending::Done { value, .. } => self.opened(&found, value).await,
            Ending::NotDone(trouble) => Err(self.explain_open_elsewhere(trouble, &found).await),
            Ending::Unknown(number, _, trouble) => {
                let recovered = self.recover_row(number).await;
                let row = self.store.operation(number)?;
                match (recovered, row.map(|row| (row.state, row.message))) {
                    (Ok(()), Some((OperationState::Confirmed, _))) => self.register(&here).await,
                    (Ok(()), Some((OperationState::Refused, message))) => {
                        let not_done = Trouble::new(ErrorCode::LinkBroken, Effect::Refused);
                        Err(not_done
                            .with("what", message.unwrap_or_default())
                            .journalled(number))
                    }
                    _ => Err(trouble),
                }
            }
        }
    }

    /// The register as it is now; where it cannot be read any more, the shift that was just opened still shows.
    async fn opened(&self, found: &Found, shift: Shift) -> Result<RegisterView, Trouble> {
        match self.register(&found.which()).await {
            Ok(view) => Ok(view),
            Err(_) => {
                let kept = self.kept(std::slice::from_ref(found))?;
                Ok(self.register_view(found, Some(Ok(shift)), &kept))
            }
        }
    }

    /// Who opens: never guessed where there is a choice, for the shift will be theirs alone to close.
    async fn opener(&self, found: &Found, login: Option<&str>) -> Result<Seat, Trouble> {
        let mut seats = self.seats().await?;
        seats.retain(|seat| seat.account.server == *found.server());
        if let Some(login) = login {
            return self.seat_at(found.server().as_str(), login).await;
        }
        match seats.len() {
            0 | 1 => Ok(seats.pop().unwrap_or_else(|| found.seat.clone())),
            _ => Err(Trouble::new(ErrorCode::BadInput, Effect::Nothing).with(
                "what",
                "Вошли несколько пользователей: укажите, кто открывает смену",
            )),
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
                let number = register
                    .shift
                    .as_ref()
                    .and_then(|shift| shift.index)
                    .map_or(String::new(), |n| format!(", смена № {n}"));
                trouble
                    .with("what", format!("Открыта касса «{}»{number}", register.name))
                    .with("kkm", register.kkm)
            }
            None => trouble,
        }
    }
}
