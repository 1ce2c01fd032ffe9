//! What people do at a desk.

use chrono::{DateTime, Utc};
use operations::view::CloseInput;
use operations::{Desk, Ended, Trouble, Which};
use sandbox::{Act, FIRST_LOGIN, SECOND_LOGIN};

use crate::random::Random;

/// One use case with its input.
#[derive(Debug, Clone)]
pub(crate) enum Action {
    Open(i64, &'static str),
    Close(i64, bool),
    X(i64),
    Sections(i64),
    Board,
    Recover,
    Settle,
    OpenOrQueue(i64, &'static str, Option<DateTime<Utc>>),
    CloseOrQueue(i64, Option<DateTime<Utc>>),
    Replay(bool),
    Withdraw,
    Autonomy(i64, bool),
}

/// How a use case ended.
#[derive(Debug)]
pub(crate) enum End {
    /// It did what it was to do.
    Done,
    /// It closed a shift and archived this report.
    Closed(i64),
    /// It only put something in the outbox, or looked.
    Quiet,
    /// It failed.
    Trouble(Trouble),
}

impl Action {
    /// Draws one for a register, at a moment by the true time.
    pub(crate) fn draw(random: &mut Random, kkm: i64, now: DateTime<Utc>) -> Self {
        let login = if random.chance(50) {
            FIRST_LOGIN
        } else {
            SECOND_LOGIN
        };
        let seconds = i64::try_from(random.between(0, 7200)).unwrap_or(0);
        let date = (random.chance(20)).then(|| now - chrono::TimeDelta::seconds(seconds));
        match random.between(0, 99) {
            0..=21 => Self::Open(kkm, login),
            22..=43 => Self::Close(kkm, random.chance(30)),
            44..=48 => Self::X(kkm),
            49..=50 => Self::Sections(kkm),
            51..=53 => Self::Board,
            54..=60 => Self::Recover,
            61..=64 => Self::Settle,
            65..=75 => Self::OpenOrQueue(kkm, login, date),
            76..=86 => Self::CloseOrQueue(kkm, date),
            87..=92 => Self::Replay(random.chance(40)),
            93..=94 => Self::Withdraw,
            _ => Self::Autonomy(kkm, random.chance(85)),
        }
    }

    /// What the server does, once, when this succeeds; where that may also be done by something that waited before, it is
    /// not judged by it.
    pub(crate) const fn act(&self) -> Option<Act> {
        match self {
            Self::Open(..) => Some(Act::Opened),
            Self::Close(..) => Some(Act::Closed),
            Self::X(_) => Some(Act::XTaken),
            _ => None,
        }
    }

    /// Does it.
    pub(crate) async fn at(&self, desk: &Desk) -> End {
        match self.tried(desk).await {
            Ok(end) => end,
            Err(trouble) => End::Trouble(trouble),
        }
    }

    async fn tried(&self, desk: &Desk) -> Result<End, Trouble> {
        match self {
            Self::Open(kkm, login) => {
                desk.open_shift(&Which::anywhere(*kkm), Some(login)).await?;
                Ok(End::Done)
            }
            Self::Close(kkm, x_first) => {
                let closed = desk.close_shift(closing(*kkm, *x_first)).await?;
                Ok(End::Closed(closed.z.number))
            }
            Self::X(kkm) => {
                desk.x_report(&Which::anywhere(*kkm)).await?;
                Ok(End::Done)
            }
            Self::Sections(kkm) => {
                desk.section_report(&Which::anywhere(*kkm)).await?;
                Ok(End::Quiet)
            }
            Self::Board => desk.board().await.map(|_| End::Quiet),
            Self::Recover => desk.recover(None).await.map(|_| End::Quiet),
            Self::Settle => desk.settle().await.map(|_| End::Quiet),
            Self::OpenOrQueue(kkm, login, date) => {
                let which = Which::on(crate::universe::SERVER, *kkm)?;
                let ended = desk.open_shift_or_queue(&which, Some(login), *date).await?;
                Ok(match ended {
                    Ended::Done(_) => End::Done,
                    Ended::Queued(_) => End::Quiet,
                })
            }
            Self::CloseOrQueue(kkm, date) => {
                let ended = desk
                    .close_shift_or_queue(closing(*kkm, false), *date)
                    .await?;
                Ok(match ended {
                    Ended::Done(closed) => End::Closed(closed.z.number),
                    Ended::Queued(_) => End::Quiet,
                })
            }
            Self::Replay(again) => desk.replay(None, *again).await.map(|_| End::Quiet),
            Self::Withdraw => {
                for row in desk.outbox(false)? {
                    if row.state == "stopped" {
                        desk.withdraw(row.number)?;
                        break;
                    }
                }
                Ok(End::Quiet)
            }
            Self::Autonomy(kkm, licensed) => {
                let which = Which::on(crate::universe::SERVER, *kkm)?;
                desk.set_autonomy(&which, *licensed).await?;
                Ok(End::Quiet)
            }
        }
    }
}

fn closing(kkm: i64, x_first: bool) -> CloseInput {
    CloseInput {
        server: Some(crate::universe::SERVER.to_owned()),
        kkm,
        shift: None,
        x_first,
        counted: None,
        reason: None,
    }
}
