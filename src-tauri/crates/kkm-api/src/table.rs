//! The table of refusals: call and status first; the text only tells two meanings of one status apart.

use domain::ErrorCode;

use crate::{Call, Failure};

/// What a refusal means. `message` is the server's text for people.
pub(crate) fn meaning(call: Call, status: u16, message: &str) -> ErrorCode {
    let text = message.to_lowercase();
    let blocked = text.contains("заблокирован");
    match (call, status) {
        (Call::SignIn, 401 | 403 | 404) => ErrorCode::WrongCredentials,
        (_, 401) => ErrorCode::TokenExpired,
        (_, 408) => ErrorCode::TimedOut,
        (_, 429 | 449) => ErrorCode::RepeatLater,
        (_, 452) => ErrorCode::UidStale,
        (_, 500..) => ErrorCode::ServerFailed,
        (Call::Open, 424) => ErrorCode::UserHasOpenShift,
        (_, 403) if blocked => ErrorCode::RegisterBlocked,
        (Call::Open, 403) if text.contains("открыта смена") => {
            ErrorCode::ShiftAlreadyOpen
        }
        (Call::Open | Call::Kkm | Call::Uid, 403) => ErrorCode::WrongRegister,
        (Call::X | Call::Z, 403) if text.contains("идентификатор смены") => {
            ErrorCode::NotShiftOwner
        }
        (Call::Shift | Call::Sections | Call::X | Call::Z, 403) => ErrorCode::WrongShift,
        (Call::Shift | Call::Sections | Call::X | Call::Z, 410) => ErrorCode::ShiftClosed,
        (Call::Open | Call::Z, 400) if text.contains("очередност") => {
            ErrorCode::OrderBroken
        }
        _ => ErrorCode::Refused,
    }
}

/// Whether the refusal is definite. 408, 449 and 5xx leave it open whether a state-changing request is carried out.
pub(crate) const fn failure(call: Call, status: u16) -> Failure {
    match status {
        408 | 449 | 500.. if call.writes() => Failure::MaybeDone,
        _ => Failure::Refused,
    }
}
