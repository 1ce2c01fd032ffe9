//! The slip of a register's open or last shift.

use chrono::{DateTime, Utc};
use domain::{ErrorCode, Kkm, Marks, Shift, ShiftStatus};
use reports::Pages;
use reports::document::Moment;
use texts::Key;

use crate::view::RegisterView;
use crate::{Desk, Effect, OnPaper, Trouble, Which};

/// A register as it was read, and what its slip needs.
#[derive(Debug, Clone)]
pub struct ShiftSlip {
    /// The register with its shift.
    pub register: RegisterView,
    kkm: Kkm,
    shift: Option<Shift>,
    seen: DateTime<Utc>,
}

impl Desk {
    /// Reads a register's open or last shift. Nothing is recorded by it.
    ///
    /// # Errors
    /// When no account sees the register, or the server cannot be read.
    pub async fn shift_slip(&self, which: &Which) -> Result<ShiftSlip, Trouble> {
        let found = self.find(which).await?;
        let shift = match found.kkm.shift {
            Some(id) => Some(self.read_shift(&found, id).await?),
            None => None,
        };
        let kept = self.kept(&[found.place()])?;
        let register = self.register_view(&found, shift.clone().map(Ok), &kept);
        Ok(ShiftSlip {
            register,
            kkm: found.kkm,
            shift,
            seen: self.now(),
        })
    }

    /// What was read of a shift, on paper.
    ///
    /// # Errors
    /// When the register never had a shift, or the database cannot be read.
    pub fn slip_pages(&self, slip: &ShiftSlip, on: &OnPaper) -> Result<Pages, Trouble> {
        let Some(shift) = &slip.shift else {
            let bad = Trouble::new(ErrorCode::BadInput, Effect::Nothing);
            return Err(bad.saying(Key::WhatNoShifts));
        };
        let moment = match shift.status {
            ShiftStatus::Closed => Moment::Closed,
            ShiftStatus::Open => Moment::Opened,
            // Nobody is to read from paper what nobody knows.
            ShiftStatus::Other(_) => {
                let bad = Trouble::new(ErrorCode::BadInput, Effect::Nothing);
                return Err(bad.saying(Key::WhatShiftStateUnknown));
            }
        };
        let marks = Marks {
            training: self.training,
            ..Marks::default()
        };
        let options = self.unkept(on)?;
        let document =
            reports::document::shift_slip(&slip.kkm, shift, moment, slip.seen, marks, &options);
        self.laid(&document, on)
    }
}
