//! What a failure says in a shell: the command that helps, where the window names its buttons and screens, and the
//! particulars that the message does not have.

use domain::ErrorCode;
use operations::view::ErrorView;
use texts::{Key, Lang, Phrase};

use crate::asked::Asked;
use crate::say::local;

/// What to do now, where the window says it otherwise.
pub(crate) fn of(view: &ErrorView, asked: Asked) -> Option<Phrase> {
    use ErrorCode as E;
    let param = |name: &str| view.params.get(name).map(String::as_str);
    let kkm = || {
        let asked = asked.kkm.map(|kkm| kkm.to_string());
        asked.or_else(|| param("kkm").map(str::to_owned))
    };
    let of_kkm = |key| Phrase::of(key).with("kkm", kkm().unwrap_or_else(|| "ID".to_owned()));
    let code = E::from_name(&view.code)?;
    if let Some(number) = param("outbox") {
        let key = match code {
            // Whether it waits for the link or for a person, only the list says.
            E::OutboxWaiting => return Some(Key::CliOutboxWaitingRemedy.into()),
            E::Restored => Key::CliHeldRemedy,
            _ => Key::CliStoppedRemedy,
        };
        return Some(of_kkm(key).with("number", number));
    }
    Some(match code {
        E::BadInput => Key::CliBadInputRemedy.into(),
        E::ReasonMissing => Key::CliReasonMissingRemedy.into(),
        E::Unresolved | E::UnknownOutcome => Key::CliRecoverRemedy.into(),
        E::Keystore | E::KeystoreLocked => Key::CliKeystoreRemedy.into(),
        E::NotPrinted => match param("print-job") {
            // What the queue does not know is not in it.
            None => Key::PrintingUnkeptRemedy.into(),
            Some(_) if view.retryable => Key::CliNotPrintedRemedy.into(),
            Some(job) => Phrase::of(Key::PrintingRetryRemedy).with("number", job),
        },
        E::ShiftAlreadyOpen => of_kkm(Key::CliShiftAlreadyOpenRemedy),
        E::NoOpenShift => of_kkm(Key::CliNoOpenShiftRemedy),
        E::ShiftClosed => of_kkm(Key::CliShiftClosedRemedy),
        E::ShiftOverdue => of_kkm(Key::CliShiftOverdueRemedy),
        // The register where it is open.
        E::UserHasOpenShift => {
            Phrase::of(Key::CliUserHasOpenShiftRemedy).with("kkm", param("kkm")?)
        }
        E::WrongRegister => Key::CliWrongRegisterRemedy.into(),
        E::LicenceMissing => of_kkm(Key::CliLicenceMissingRemedy),
        E::AutonomyOver => Key::CliAutonomyOverRemedy.into(),
        E::AccountMissing | E::NotShiftOwner => Key::CliAccountMissingRemedy.into(),
        E::NotSignedIn => Key::CliSignInRemedy.into(),
        E::TokenExpired => Key::CliLogInRemedy.into(),
        _ => return None,
    })
}

/// The particulars that neither message nor remedy names, with their names in the reader's language. What is for programs
/// alone stands in the JSON and in the log.
pub(crate) fn particulars(view: &ErrorView, lang: Lang) -> Vec<(&'static str, String)> {
    let said = |value: &str| names(&view.message, value) || names(&view.remedy, value);
    let named = view.params.iter().filter_map(|(name, value)| {
        let (key, value) = match name.as_str() {
            "http-status" => (Key::CliParamHttpStatus, value.clone()),
            "retry-after-seconds" => (Key::CliParamRetryAfter, value.clone()),
            "free-bytes" => (Key::CliParamFreeBytes, value.clone()),
            "since" => (Key::CliParamSince, local(value)),
            "outbox" => (Key::CliParamOutbox, value.clone()),
            "report" => (Key::CliCardArchived, value.clone()),
            _ => return None,
        };
        (!said(&value)).then_some((lang.text(key), value))
    });
    named.collect()
}

/// Whether it stands in the text as a word of its own, not within another number.
fn names(text: &str, value: &str) -> bool {
    text.match_indices(value).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + value.len()..).unwrap_or_default();
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_within_another_one_is_not_said() {
        for text in ["Касса 77505 занята.", "55", "Подождите 50 с."] {
            assert!(!names(text, "5"), "{text}");
        }
        for text in ["5", "Подождите 5 с.", "Касса 55 ждёт (5)."] {
            assert!(names(text, "5"), "{text}");
        }
    }
}
