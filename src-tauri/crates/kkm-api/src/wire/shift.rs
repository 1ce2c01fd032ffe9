//! The shift and the signed-in user.

use domain::{KkmId, Shift, ShiftId, ShiftStatus, UserId};
use secrecy::SecretString;

use super::{Bad, Obj};
use crate::SignedIn;

/// A shift, flat in `data` or as `Data.Shift`.
pub(crate) fn shift(data: &Obj<'_>) -> Result<Shift, Bad> {
    match data.try_obj("Shift") {
        Some(nested) => flat(&nested),
        None => flat(data),
    }
}

fn flat(object: &Obj<'_>) -> Result<Shift, Bad> {
    let user = object.obj("User");
    let status = object
        .int("IdStatusShift")
        .or_else(|| object.obj("StatusShift").int("Id"));
    Ok(Shift {
        id: ShiftId::new(object.int("Id").ok_or_else(|| Bad::missing("Shift.Id"))?),
        user: UserId::new(
            object
                .int("IdUser")
                .or_else(|| user.int("Id"))
                .ok_or_else(|| Bad::missing("Shift.IdUser"))?,
        ),
        kkm: KkmId::new(
            object
                .int("IdKkm")
                .or_else(|| object.obj("Kkm").int("Id"))
                .ok_or_else(|| Bad::missing("Shift.IdKkm"))?,
        ),
        status: status.map_or(ShiftStatus::Other(0), ShiftStatus::from_wire),
        opened: object
            .time("DateOpen")
            .ok_or_else(|| Bad::missing("Shift.DateOpen"))?,
        closed: object.time("DateClose"),
        index: object.int("ShiftIndex"),
        balance_open: balance(object, "BalanceOpen"),
        balance_close: balance(object, "BalanceClose"),
        balance_close_non_cash: balance(object, "BalanceCloseNonCash"),
        user_name: user.text("Name"),
        user_phone: user.text("PhoneLogin"),
    })
}

/// A balance that cannot be read counts as not reported: a shift must stay closable. In a report it is an error.
fn balance(object: &Obj<'_>, key: &str) -> Option<domain::Money> {
    object.money(key).unwrap_or_else(|bad| {
        tracing::warn!(%bad, "a shift's balance cannot be read");
        None
    })
}

/// The answer to a sign-in.
pub(crate) fn signed_in(data: &Obj<'_>) -> Result<SignedIn, Bad> {
    let user = data.obj("User");
    Ok(SignedIn {
        token: SecretString::from(data.text("Token").ok_or_else(|| Bad::missing("Token"))?),
        user: UserId::new(user.int("Id").ok_or_else(|| Bad::missing("User.Id"))?),
        name: user.text("Name"),
        phone: user.text("PhoneLogin"),
        shift: user.int("IdShift").filter(|id| *id != 0).map(ShiftId::new),
        server_time: None,
        clock: None,
    })
}
