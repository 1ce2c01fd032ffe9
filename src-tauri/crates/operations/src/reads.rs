//! Reading the shifts of many registers at once, but not of all of them at once.

use std::collections::VecDeque;

use domain::{Shift, ShiftId};
use kkm_api::{Answer, ApiError, Session};
use tokio::task::JoinSet;

use crate::Trouble;
use crate::board::Found;

/// So many shifts are read at once.
pub const AT_ONCE: usize = 32;

/// The shifts of many registers, a bounded number of them under way at a time.
pub(crate) struct Reads {
    waiting: VecDeque<(usize, Session, ShiftId)>,
    /// Registers that never had a shift.
    without: Vec<usize>,
    under_way: JoinSet<(usize, Result<Answer<Shift>, ApiError>)>,
}

impl Reads {
    pub(crate) fn of(found: &[Found]) -> Self {
        let mut reads = Self {
            waiting: VecDeque::new(),
            without: Vec::new(),
            under_way: JoinSet::new(),
        };
        for (place, found) in found.iter().enumerate() {
            match found.kkm.shift {
                Some(id) => {
                    let session = found.seat.session.clone();
                    reads.waiting.push_back((place, session, id));
                }
                None => reads.without.push(place),
            }
        }
        reads
    }

    /// The next one that was read, as it comes.
    pub(crate) async fn next(&mut self) -> Option<(usize, Option<Result<Shift, Trouble>>)> {
        if let Some(place) = self.without.pop() {
            return Some((place, None));
        }
        loop {
            while self.under_way.len() < AT_ONCE
                && let Some((place, session, id)) = self.waiting.pop_front()
            {
                self.under_way
                    .spawn(async move { (place, session.shift(id).await) });
            }
            match self.under_way.join_next().await? {
                Ok((place, read)) => {
                    let shift = read.map(|answer| answer.value).map_err(Trouble::from);
                    return Some((place, Some(shift)));
                }
                Err(error) => tracing::error!(%error, "reading a shift was cut off"),
            }
        }
    }
}
