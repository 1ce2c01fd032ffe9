//! Closing a shift: the Z-report. Sent with the Uid fetched right before, journalled with it, and archived before it shows;
//! the way of the request itself is in `keyed`.

use chrono::{DateTime, Utc};
use domain::{CashCount, ErrorCode, Money, ReportKind, SectionLine, Shift, ShiftId, Uid};
use kkm_api::{Answer, XZ, z_body};
use store::{Confirmation, NewOperation, OperationKind};
use texts::{Key, Phrase};

use crate::board::{Found, amount};
use crate::readings::wrap;
use crate::seats::Seat;
use crate::view::{CloseInput, CloseView};
use crate::{Desk, Effect, Trouble, Which, settings};

impl Desk {
    /// Closes the register's open shift and gives its Z-report, which is archived by then.
    ///
    /// # Errors
    /// When there is no open shift, another one is open than the one that is meant, it is somebody else's, the cash counted differs from the
    /// register's and no reason is given, the server refuses, or there is no link: then nothing changed.
    /// With [`Effect::Unknown`] the journal keeps the operation until it is resolved.
    pub async fn close_shift(&self, input: CloseInput) -> Result<CloseView, Trouble> {
        let which = input.which()?;
        let closed = self.close_over_the_link(input).await;
        closed.map_err(|trouble| self.or_unresolved(&which, trouble))
    }

    /// The same; without a link it says just that, whatever else is open.
    pub(crate) async fn close_over_the_link(
        &self,
        input: CloseInput,
    ) -> Result<CloseView, Trouble> {
        let counted = counted(input.counted.as_deref())?;
        let found = self.find(&input.which()?).await?;
        let meant = input.shift.map(ShiftId::new);
        let (shift, seat) = self.open_shift_of(&found, meant).await?;
        let cash_count = counted.map(|counted| CashCount {
            counted,
            expected: found.kkm.cash(),
            reason: reason(input.reason.as_deref()),
        });
        if let Some(count) = &cash_count {
            self.refuse_unexplained(count)?;
        }
        let mut before = Vec::new();
        let sections = seat
            .session
            .section_report(shift.id)
            .await
            .ok()
            .map(|answer| answer.value);
        if input.x_first {
            before.push(self.take_sections(&found, &shift, &seat).await?);
            let x = self.take_x(&found, &shift, &seat, sections.clone()).await;
            before.push(x.map_err(|trouble| trouble.before_z(&before))?);
        }
        let closing = Closing {
            found: &found,
            shift: &shift,
            seat: &seat,
            sections,
            cash_count,
            autonomous: None,
            outbox: None,
        };
        let taken = self.take_z(&closing).await;
        let number = taken.map_err(|trouble| match trouble.effect() {
            Effect::Unknown => trouble,
            _ if before.is_empty() => trouble,
            _ => trouble.before_z(&before),
        })?;
        let before = before
            .into_iter()
            .map(|number| self.report_line(number))
            .collect::<Result<_, _>>()
            .map_err(|trouble| trouble.after_z(number))?;
        let z = self.report(number);
        Ok(CloseView {
            z: z.map_err(|trouble| trouble.after_z(number))?,
            before,
        })
    }

    /// Money that is short or over has a reason, or the shift stays open. Whoever counts blind is not told what the register
    /// says, only that it is something else.
    fn refuse_unexplained(&self, count: &CashCount) -> Result<(), Trouble> {
        let Some(expected) = count.expected else {
            return Ok(());
        };
        if count.counted == expected || count.reason.is_some() {
            return Ok(());
        }
        let trouble = Trouble::new(ErrorCode::ReasonMissing, Effect::Nothing)
            .with("counted", amount(count.counted));
        if settings::counts_blind(&self.store)? {
            return Err(trouble);
        }
        let what = Phrase::of(if count.counted < expected {
            Key::WhatCountShort
        } else {
            Key::WhatCountOver
        });
        let gap = count.counted.tiyn().saturating_sub(expected.tiyn());
        let what = what
            .with_amount("counted", count.counted.tiyn())
            .with_amount("expected", expected.tiyn())
            .with_amount("difference", gap.saturating_abs());
        let difference = count.difference().map(amount).unwrap_or_default();
        Err(trouble
            .with("expected", amount(expected))
            .with("difference", difference)
            .saying(what))
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
        report.marks.autonomous = closing.autonomous.is_some();
        Confirmation {
            raw: answer.raw.text(),
            next_uid: answer.next_uid.clone(),
            shift: Some(shift.id),
            report: Some(wrap(found, shift, report, answer.raw.text())),
            server_time: answer.server_time,
        }
    }
}

impl CloseInput {
    /// The register that is meant.
    ///
    /// # Errors
    /// When the server is no address.
    pub fn which(&self) -> Result<Which, Trouble> {
        match &self.server {
            Some(server) => Which::on(server, self.kkm),
            None => Ok(Which::anywhere(self.kkm)),
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
    /// The `Date` of an autonomous operation.
    pub(crate) autonomous: Option<DateTime<Utc>>,
    /// Its row of the outbox.
    pub(crate) outbox: Option<i64>,
}

impl Closing<'_> {
    pub(crate) fn intent(&self, uid: Uid, now: DateTime<Utc>) -> NewOperation {
        NewOperation {
            server: self.found.server().to_string(),
            login: self.seat.account.login.clone(),
            kkm: self.found.kkm.id,
            kind: OperationKind::Z,
            shift: Some(self.shift.id),
            uid: Some(uid),
            body: z_body(self.found.kkm.id, self.autonomous),
            autonomous: self.autonomous,
            outbox: self.outbox,
            cash_count: self.cash_count.clone(),
            at: now,
        }
    }
}

/// Why a cash count differs, where something was typed.
pub(crate) fn reason(typed: Option<&str>) -> Option<String> {
    let typed = typed.map(str::trim).filter(|reason| !reason.is_empty());
    typed.map(ToOwned::to_owned)
}

/// The sum counted, where one was typed.
pub(crate) fn counted(typed: Option<&str>) -> Result<Option<Money>, Trouble> {
    let bad = |key: Key| Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(key);
    let typed = typed.map(str::trim).filter(|text| !text.is_empty());
    let counted = typed
        .map(|text| text.parse::<Money>().map_err(|_| bad(Key::WhatCountedSum)))
        .transpose()?;
    if counted.is_some_and(Money::is_negative) {
        Err(bad(Key::WhatCountedNegative))
    } else {
        Ok(counted)
    }
}
