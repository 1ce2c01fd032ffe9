//! X-reports and section reports. An X is a recorded fiscal document, so it is journalled and never taken unasked.

use chrono::SubsecRound as _;
use domain::{ErrorCode, Kkm, Marks, Report, ReportKind, SectionLine, Shift};
use kkm_api::XZ;
use store::{Confirmation, NewOperation, NewReport, OperationKind};
use texts::Key;

use crate::board::Found;
use crate::journalled::Ending;
use crate::seats::Seat;
use crate::view::ReportView;
use crate::{Desk, Effect, Trouble, Which};

impl Desk {
    /// Takes an X-report of the register's open shift.
    ///
    /// # Errors
    /// When there is no open shift, it is somebody else's, the server refuses, or there is no link.
    pub async fn x_report(&self, which: &Which) -> Result<ReportView, Trouble> {
        let found = self.find(which).await?;
        let (shift, seat) = self.open_shift_of(&found, None).await?;
        let sections = seat
            .session
            .section_report(shift.id)
            .await
            .ok()
            .map(|answer| answer.value);
        let number = self.take_x(&found, &shift, &seat, sections).await?;
        self.report(number)
    }

    /// Takes a section report of the register's open or last shift.
    ///
    /// # Errors
    /// When the register never had a shift, the server refuses, or there is no link.
    pub async fn section_report(&self, which: &Which) -> Result<ReportView, Trouble> {
        let found = self.find(which).await?;
        let id = found
            .kkm
            .shift
            .ok_or_else(|| Trouble::new(ErrorCode::NoOpenShift, Effect::Refused))?;
        let shift = self.read_shift(&found, id).await?;
        let owner = shift.user_name.as_deref();
        let seat = self.seat_of(found.server(), shift.user, owner).await?;
        let number = self.take_sections(&found, &shift, &seat).await?;
        self.report(number)
    }

    pub(crate) async fn take_sections(
        &self,
        found: &Found,
        shift: &Shift,
        seat: &Seat,
    ) -> Result<i64, Trouble> {
        let answer = seat.session.section_report(shift.id).await?;
        let report = self.new_report(found, shift, ReportKind::Sections, None, Some(answer.value));
        Ok(self
            .store
            .archive(wrap(found, shift, report, answer.raw.text()), self.now())?)
    }

    pub(crate) async fn take_x(
        &self,
        found: &Found,
        shift: &Shift,
        seat: &Seat,
        sections: Option<Vec<SectionLine>>,
    ) -> Result<i64, Trouble> {
        let intent = NewOperation {
            server: found.server().to_string(),
            login: seat.account.login.clone(),
            kkm: found.kkm.id,
            kind: OperationKind::X,
            shift: Some(shift.id),
            uid: None,
            body: String::new(),
            autonomous: None,
            outbox: None,
            cash_count: None,
            at: self.now(),
        };
        let ending = self.journalled(
            intent,
            || seat.session.x_report(shift.id),
            |answer| {
                let report =
                    self.new_report(found, shift, ReportKind::X, Some(&answer.value), sections);
                Confirmation {
                    raw: answer.raw.text(),
                    next_uid: answer.next_uid.clone(),
                    shift: Some(shift.id),
                    report: Some(wrap(found, shift, report, answer.raw.text())),
                    server_time: answer.server_time,
                }
            },
            |_| false,
        );
        let ending = ending.await?;
        if matches!(ending, Ending::Done { .. }) {
            self.remember_x(seat.session.client());
        }
        match ending {
            Ending::Done {
                report: Some(number),
                ..
            } => Ok(number),
            Ending::Done { report: None, .. } => {
                Err(Trouble::new(ErrorCode::Internal, Effect::Local))
            }
            Ending::NotDone(trouble) => Err(trouble),
            Ending::Unknown(number, because, _) => {
                // An X resets nothing: it is not repeated, and it holds up nothing either.
                self.recover_row(number).await?;
                Err(Trouble::new(because, Effect::Unknown)
                    .saying(Key::WhatXPerhaps)
                    .journalled(number))
            }
        }
    }

    /// A report as it will be archived: what the answer says, and what is known of register and shift besides.
    pub(crate) fn new_report(
        &self,
        found: &Found,
        shift: &Shift,
        kind: ReportKind,
        answer: Option<&XZ>,
        sections: Option<Vec<SectionLine>>,
    ) -> Report {
        let figures = answer.map(|answer| answer.figures.clone());
        let own = answer
            .and_then(|answer| answer.sections.clone())
            .filter(|lines| !lines.is_empty());
        let taken = figures.as_ref().and_then(|figures| figures.taken);
        let mut shift = shift.clone();
        if kind == ReportKind::Z {
            shift.status = domain::ShiftStatus::Closed;
            shift.closed = figures
                .as_ref()
                .and_then(|figures| figures.closed)
                .or(shift.closed);
        }
        Report {
            kind,
            kkm: answer
                .and_then(|answer| answer.kkm.as_ref())
                .map_or_else(|| found.kkm.clone(), |kkm| fuller(kkm, &found.kkm)),
            shift: Some(shift),
            figures,
            sections: own.or(sections),
            documents: answer
                .map(|answer| answer.documents.clone())
                .unwrap_or_default(),
            // In whole seconds, as servers tell it: of one moment, lists go by the number.
            taken: taken
                .unwrap_or_else(|| self.server_now(found.server()))
                .trunc_subsecs(0),
            cash_count: None,
            marks: Marks {
                training: self.training,
                ..Marks::default()
            },
        }
    }
}

/// The register of the answer, completed by what was read just before: answers may leave nested objects empty.
fn fuller(answered: &Kkm, read: &Kkm) -> Kkm {
    Kkm {
        id: read.id,
        name: answered.name.clone().or_else(|| read.name.clone()),
        znm: answered.znm.clone().or_else(|| read.znm.clone()),
        rnm: answered.rnm.clone().or_else(|| read.rnm.clone()),
        shift: read.shift,
        shift_index: answered.shift_index.or(read.shift_index),
        status: read.status,
        locked: answered.locked.or(read.locked),
        offline_queue: answered.offline_queue.or(read.offline_queue),
        ofd_code: answered.ofd_code.or(read.ofd_code),
        ofd_name: answered.ofd_name.clone().or_else(|| read.ofd_name.clone()),
        taxpayer: answered.taxpayer.clone().or_else(|| read.taxpayer.clone()),
        bin: answered.bin.clone().or_else(|| read.bin.clone()),
        address: answered.address.clone().or_else(|| read.address.clone()),
        balances: if answered.balances.is_empty() {
            read.balances.clone()
        } else {
            answered.balances.clone()
        },
    }
}

pub(crate) fn wrap(found: &Found, shift: &Shift, report: Report, raw: String) -> NewReport {
    NewReport {
        server: found.server().to_string(),
        kkm: found.kkm.id,
        shift: Some(shift.id),
        shift_index: shift.index,
        kind: report.kind,
        report,
        raw,
    }
}
