//! The exit codes that scripts rely on.

use domain::ErrorCode;
use operations::Effect;

/// Done.
pub(crate) const DONE: u8 = 0;
/// The server refused; nothing changed.
pub(crate) const REFUSED: u8 = 1;
/// Wrong usage or bad input; nothing was sent.
pub(crate) const USAGE: u8 = 2;
/// The outcome is unknown; `recover` settles it.
pub(crate) const UNKNOWN: u8 = 3;
/// Not signed in, or the server refuses the credentials.
pub(crate) const SIGN_IN: u8 = 4;
/// No link; nothing was sent.
pub(crate) const NO_LINK: u8 = 5;
/// The data folder, the disk, a lock or a damaged file.
pub(crate) const LOCAL: u8 = 6;
/// Done, but a file could not be written.
pub(crate) const OUTPUT: u8 = 7;

/// It waits in the outbox for the link.
pub(crate) const QUEUED: u8 = 8;

/// The exit code for what a failure did to the world.
pub(crate) const fn of(effect: Effect, code: ErrorCode) -> u8 {
    match effect {
        // What the server's own state forbids is its refusal, whoever noticed it first.
        Effect::Nothing if by_the_servers_state(code) => REFUSED,
        Effect::Nothing => USAGE,
        Effect::Refused => REFUSED,
        Effect::Unknown => UNKNOWN,
        Effect::Local => LOCAL,
        Effect::SignIn => SIGN_IN,
        Effect::NoLink => NO_LINK,
        Effect::Output => OUTPUT,
    }
}

const fn by_the_servers_state(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::WrongRegister
            | ErrorCode::ShiftAlreadyOpen
            | ErrorCode::RegisterBlocked
            | ErrorCode::UserHasOpenShift
            | ErrorCode::WrongShift
            | ErrorCode::NotShiftOwner
            | ErrorCode::ShiftClosed
            | ErrorCode::NoOpenShift
            | ErrorCode::ShiftOverdue
    )
}
