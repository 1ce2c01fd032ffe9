//! Closing a shift: the Z-report. Sent with the Uid fetched right before, journalled with it, and archived before it shows.

use chrono::Utc;
use domain::{CashCount, ErrorCode, Money, ReportKind, SectionLine, Shift, ShiftStatus, Uid};
use kkm_api::{Answer, XZ, z_body};
use store::{Confirmation, NewOperation, OperationKind};

use crate::board::Found;
use crate::journalled::Ending;
use crate::readings::wrap;
use crate::seats::Seat;
use crate::view::{CloseInput, CloseView};
use crate::{Desk, Effect, Trouble, Which};

impl Desk {
    /// Closes the register's open shift and gives its Z-report, which is archived by then.
    ///
    /// # Errors
    /// When there is no open shift, it is somebody else's, the server refuses, or there is no link: then nothing changed.
    /// With [`Effect::Unknown`] the journal keeps the operation until it is resolved.
    pub async fn close_shift(&self, input: CloseInput) -> Result<CloseView, Trouble> {
        let counted = counted(&input)?;
        let which = match &input.server {
            Some(server) => Which::on(server, input.kkm)?,
            None => Which::anywhere(input.kkm),
        };
        let found = self.find(&which).await?;
        let (shift, seat) = self.open_shift_of(&found).await?;
        let mut before = Vec::new();
        let sections = seat
            .session
            .section_report(shift.id)
            .await
            .ok()
            .map(|answer| answer.value);
        if input.x_first {
            before.push(self.take_sections(&found, &shift, &seat).await?);
            before.push(self.take_x(&found, &shift, &seat, sections.clone()).await?);
        }
        let cash_count = counted.map(|counted| CashCount {
            counted,
            expected: found.kkm.cash(),
            reason: input
                .reason
                .as_deref()
                .map(str::trim)
                .filter(|reason| !reason.is_empty())
                .map(ToOwned::to_owned),
        });
        let closing = Closing {
            found: &found,
            shift: &shift,
            seat: &seat,
            sections,
            cash_count,
        };
        let number = match self.send_z(&closing).await? {
            Sent::Report(number) => number,
            // Another operation took the Uid, and the shift is still open: once more with the new one.
            Sent::StaleUid(trouble) => match self.send_z(&closing).await? {
                Sent::Report(number) => number,
                Sent::StaleUid(_) => return Err(trouble),
            },
        };
        let before = before
            .into_iter()
            .map(|number| self.report_line(number))
            .collect::<Result<_, _>>()?;
        Ok(CloseView {
            z: self.report(number)?,
            before,
        })
    }

    async fn send_z(&self, closing: &Closing<'_>) -> Result<Sent, Trouble> {
        let Closing {
            found, shift, seat, ..
        } = closing;
        let uid = seat.session.uid(found.kkm.id).await?.value;
        let intent = closing.intent(uid.clone());
        let ending = self.journalled(
            intent,
            || seat.session.z_report(shift.id, found.kkm.id, &uid, None),
            |answer| self.z_confirmation(closing, answer),
        );
        match ending.await? {
            Ending::Done {
                report: Some(number),
                ..
            } => Ok(Sent::Report(number)),
            Ending::Done { report: None, .. } => {
                Err(Trouble::new(ErrorCode::Internal, Effect::Local))
            }
            Ending::NotDone(trouble) if trouble.code() == ErrorCode::UidStale => {
                let now = self.read_shift(found, shift.id).await?;
                if now.status == ShiftStatus::Open {
                    Ok(Sent::StaleUid(trouble))
                } else {
                    Err(shift_closed())
                }
            }
            Ending::NotDone(trouble) => Err(trouble),
            Ending::Unknown(number, trouble) => {
                self.recover_row(number).await;
                let row = self.store.operation(number)?;
                row.and_then(|row| row.report)
                    .map(Sent::Report)
                    .ok_or(trouble)
            }
        }
    }

    pub(crate) fn z_confirmation(
        &self,
        closing: &Closing<'_>,
        answer: &Answer<XZ>,
    ) -> Confirmation {
        let Closing { found, shift, .. } = closing;
        let mut report = self.new_report(
            found,
            shift,
            ReportKind::Z,
            Some(&answer.value),
            closing.sections.clone(),
        );
        report.cash_count = closing.cash_count.clone();
        Confirmation {
            raw: answer.raw.clone(),
            next_uid: answer.next_uid.clone(),
            shift: Some(shift.id),
            report: Some(wrap(found, shift, report, answer.raw.clone())),
        }
    }
}

/// What a Z needs to know.
pub(crate) struct Closing<'a> {
    pub(crate) found: &'a Found,
    pub(crate) shift: &'a Shift,
    pub(crate) seat: &'a Seat,
    pub(crate) sections: Option<Vec<SectionLine>>,
    pub(crate) cash_count: Option<CashCount>,
}

impl Closing<'_> {
    fn intent(&self, uid: Uid) -> NewOperation {
        NewOperation {
            server: self.found.server().to_string(),
            login: self.seat.account.login.clone(),
            kkm: self.found.kkm.id,
            kind: OperationKind::Z,
            shift: Some(self.shift.id),
            uid: Some(uid),
            body: z_body(self.found.kkm.id, None),
            autonomous: None,
            cash_count: self.cash_count.clone(),
            at: Utc::now(),
        }
    }
}

enum Sent {
    Report(i64),
    StaleUid(Trouble),
}

fn shift_closed() -> Trouble {
    Trouble::new(ErrorCode::ShiftClosed, Effect::Refused)
}

fn counted(input: &CloseInput) -> Result<Option<Money>, Trouble> {
    let bad = || {
        let what = "Сумма в кассе — это число, например 15 000,50";
        Trouble::new(ErrorCode::BadInput, Effect::Nothing).with("what", what)
    };
    let typed = input
        .counted
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let counted = typed
        .map(|text| text.parse::<Money>().map_err(|_| bad()))
        .transpose()?;
    if counted.is_some_and(Money::is_negative) {
        Err(bad())
    } else {
        Ok(counted)
    }
}
