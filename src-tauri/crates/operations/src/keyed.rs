//! A Z on its way: obeys the protocol of the key `Uid` step by step, with the journal kept at each.

use domain::{ErrorCode, Shift, ShiftStatus, Uid};
use kkm_api::keyed::{Event, Keyed, Outcome, Step};
use kkm_api::{Answer, ApiError, Pass, XZ};
use store::{Confirmation, Why};

use crate::closing::Closing;
use crate::journalled::why;
use crate::landing::Underway;
use crate::readings::wrap;
use crate::{Desk, Effect, Trouble};

/// A journal row, and the key it carries.
struct Row<'a> {
    number: i64,
    uid: Uid,
    /// Held as long as it is worked at; one that is resumed is held by whoever resumes it.
    _underway: Option<Underway<'a>>,
}

impl Row<'_> {
    const fn number(&self) -> i64 {
        self.number
    }
}

/// What is known on the way.
struct Way<'a> {
    desk: &'a Desk,
    closing: &'a Closing<'a>,
    row: Row<'a>,
    /// Whether the row says so.
    sent: bool,
    /// Whether a request has left whose end is not written down yet.
    left: bool,
    pass: Pass,
    answer: Option<Answer<XZ>>,
    /// The shift as it was read last.
    seen: Option<Shift>,
    /// Why it did not succeed so far.
    trouble: Option<ApiError>,
}

impl Desk {
    /// Takes the Z from its first request to its end, and gives the number of its report in the archive.
    pub(crate) async fn take_z(&self, closing: &Closing<'_>) -> Result<i64, Trouble> {
        let session = &closing.seat.session;
        let uid = session.uid(closing.found.kkm.id).await?.value;
        let pass = session.pass().await?;
        let row = self.begin_z(closing, uid)?;
        self.still_open(closing, &row).await?;
        Way::new(self, closing, row, pass).go(Keyed::start()).await
    }

    /// Takes up a Z whose outcome is unknown: reads first, and sends under the same key only. With `old` what was sent before
    /// is not at work any more.
    pub(crate) async fn resume_z(
        &self,
        closing: &Closing<'_>,
        number: i64,
        uid: Uid,
        old: bool,
    ) -> Result<i64, Trouble> {
        let row = Row {
            number,
            uid,
            _underway: None,
        };
        let pass = closing.seat.session.pass().await?;
        let mut way = Way::new(self, closing, row, pass);
        way.left = true;
        way.go(Keyed::resume(old)).await
    }

    /// From here on the register is ours: whoever had it before may have closed the shift since we read it.
    async fn still_open(&self, closing: &Closing<'_>, row: &Row<'_>) -> Result<(), Trouble> {
        let now = self.read_shift(closing.found, closing.shift.id).await;
        let trouble = match now {
            Ok(now) if now.status != ShiftStatus::Closed => return Ok(()),
            Ok(_) => Trouble::new(ErrorCode::ShiftClosed, Effect::Refused),
            Err(trouble) => trouble,
        };
        self.store.abandon(row.number(), self.now())?;
        Err(trouble)
    }

    fn begin_z(&self, closing: &Closing<'_>, uid: Uid) -> Result<Row<'_>, Trouble> {
        let underway = self.underway(self.store.begin(closing.intent(uid.clone(), self.now()))?);
        Ok(Row {
            number: underway.number(),
            uid,
            _underway: Some(underway),
        })
    }
}

impl<'a> Way<'a> {
    const fn new(desk: &'a Desk, closing: &'a Closing<'a>, row: Row<'a>, pass: Pass) -> Self {
        Self {
            desk,
            closing,
            row,
            sent: false,
            left: false,
            pass,
            answer: None,
            seen: None,
            trouble: None,
        }
    }

    /// Goes the way to its end. Once a request has left, a failure on this computer leaves it open what the server did.
    async fn go(mut self, start: (Keyed, Step)) -> Result<i64, Trouble> {
        match self.walk(start).await {
            Err(trouble) if self.left && trouble.effect() == Effect::Local => {
                tracing::error!(%trouble, "the journal could not be kept on the way");
                Err(self.uncertain(trouble.code()))
            }
            outcome => outcome,
        }
    }

    async fn walk(&mut self, (mut keyed, mut step): (Keyed, Step)) -> Result<i64, Trouble> {
        loop {
            let event = match step {
                Step::Send => {
                    self.may_leave()?;
                    self.send().await
                }
                Step::SendAfterPause(n) => {
                    tokio::time::sleep(self.closing.seat.session.pause(n)).await;
                    self.send().await
                }
                Step::SignIn => self.sign_in().await,
                Step::ReadShift => self.read().await?,
                Step::FetchUid => self.next_key().await?,
                Step::End(outcome) => return self.end(outcome).await,
            };
            step = keyed.next(event);
        }
    }

    /// From here on the journal says that the request may have left.
    fn may_leave(&mut self) -> Result<(), Trouble> {
        if !self.sent {
            self.desk.store.sent(self.row.number(), self.desk.now())?;
            self.sent = true;
            self.left = true;
        }
        Ok(())
    }

    async fn send(&mut self) -> Event {
        let Closing {
            found, shift, seat, ..
        } = self.closing;
        let session = &seat.session;
        let date = self.closing.autonomous;
        let sent = session.z_report(&self.pass, shift.id, found.kkm.id, &self.row.uid, date);
        match sent.await {
            Ok(answer) => {
                self.answer = Some(answer);
                Event::Done
            }
            Err(error) => self.failed(error),
        }
    }

    fn failed(&mut self, error: ApiError) -> Event {
        let event = error.event();
        self.trouble = Some(error);
        event
    }

    async fn sign_in(&mut self) -> Event {
        match self.closing.seat.session.another_pass(&self.pass).await {
            Ok(pass) => {
                self.pass = pass;
                Event::SignedIn
            }
            Err(error) => {
                self.trouble = Some(error);
                Event::NotSignedIn
            }
        }
    }

    /// Reads the shift; until that is done, the journal says that the outcome is unknown.
    async fn read(&mut self) -> Result<Event, Trouble> {
        self.unknown()?;
        self.sent = false;
        let Closing { found, shift, .. } = self.closing;
        match self.desk.read_shift(found, shift.id).await {
            Ok(now) => {
                let event = match now.status {
                    ShiftStatus::Open => Event::Pending,
                    ShiftStatus::Closed => Event::Turned,
                    ShiftStatus::Other(_) => Event::Unreadable,
                };
                self.seen = Some(now);
                Ok(event)
            }
            Err(trouble) => {
                tracing::warn!(%trouble, "the shift cannot be read");
                Ok(Event::Unreadable)
            }
        }
    }

    /// Closes the row of the stale key and begins one for the current key.
    async fn next_key(&mut self) -> Result<Event, Trouble> {
        let Closing { found, seat, .. } = self.closing;
        let Ok(uid) = seat.session.uid(found.kkm.id).await else {
            return Ok(Event::NoKey);
        };
        self.refuse()?;
        // What was sent under the old key is settled: not done.
        self.left = false;
        self.row = self.desk.begin_z(self.closing, uid.value)?;
        self.sent = false;
        Ok(Event::Key)
    }

    async fn end(&self, outcome: Outcome) -> Result<i64, Trouble> {
        match (outcome, &self.answer, &self.seen) {
            (Outcome::Confirmed, Some(answer), _) => {
                let landed = self.desk.z_confirmation(self.closing, answer);
                self.confirm(landed).await
            }
            (Outcome::Turned, _, Some(seen)) => self.confirm(self.rebuilt(seen)?).await,
            (Outcome::Refused, ..) => {
                self.refuse()?;
                Err(self.told())
            }
            // What the protocol calls confirmed has an answer, and what it calls turned was seen.
            (Outcome::Unknown | Outcome::Confirmed | Outcome::Turned, ..) => {
                self.unknown()?;
                Err(self.uncertain(self.code()))
            }
        }
    }

    /// The server closed the shift and does not give the report: it is built from what is known, and marked.
    fn rebuilt(&self, now: &Shift) -> Result<Confirmation, Trouble> {
        let report = self.desk.restored(self.closing, now)?;
        let refusal = self.trouble.as_ref();
        Ok(Confirmation {
            raw: refusal
                .and_then(|refusal| refusal.body.clone())
                .unwrap_or_default(),
            next_uid: None,
            shift: Some(now.id),
            report: Some(wrap(self.closing.found, now, report, String::new())),
            server_time: now.closed,
        })
    }

    async fn confirm(&self, landed: Confirmation) -> Result<i64, Trouble> {
        let report = self.desk.land(self.row.number(), landed).await?;
        // A Z's confirmation always carries its report.
        report.ok_or_else(|| Trouble::new(ErrorCode::Internal, Effect::Local))
    }

    fn refuse(&self) -> Result<(), Trouble> {
        let number = self.row.number();
        Ok(self
            .desk
            .store
            .refuse(number, self.desk.now(), &self.why())?)
    }

    fn unknown(&self) -> Result<(), Trouble> {
        let number = self.row.number();
        Ok(self
            .desk
            .store
            .unknown(number, self.desk.now(), &self.why())?)
    }

    fn why(&self) -> Why<'_> {
        let trouble = self.trouble.as_ref();
        trouble.map_or(Why::of(ErrorCode::UnknownOutcome), why)
    }

    fn code(&self) -> ErrorCode {
        let trouble = self.trouble.as_ref();
        trouble.map_or(ErrorCode::UnknownOutcome, |trouble| trouble.code)
    }

    fn told(&self) -> Trouble {
        let number = self.row.number();
        match &self.trouble {
            Some(error) => Trouble::from(error.clone()).journalled(number),
            None => Trouble::new(ErrorCode::Internal, Effect::Local).journalled(number),
        }
    }

    fn uncertain(&self, because: ErrorCode) -> Trouble {
        Trouble::new(ErrorCode::UnknownOutcome, Effect::Unknown)
            .with("because", because)
            .journalled(self.row.number())
    }
}
