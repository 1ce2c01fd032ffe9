//! Everything that can go wrong in a use case, as one shape with its effect on the world.

use std::collections::BTreeMap;
use std::fmt;

use domain::ErrorCode;
use kkm_api::{ApiError, Failure};
use store::{Queued, StoreError};
use texts::{Key, Lang, Phrase};

use crate::view::ErrorView;
use crate::{board, log, remedies};

/// What the failure means for the world outside; the command line's exit code follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Bad input: nothing was sent.
    Nothing,
    /// The server refused, definitely: nothing changed.
    Refused,
    /// It is not known whether the server did it.
    Unknown,
    /// A local failure: folder, disk, lock, damaged file.
    Local,
    /// Not signed in, or the credentials are refused.
    SignIn,
    /// No link: nothing was sent.
    NoLink,
    /// Done, but an output failed.
    Output,
}

/// A failed use case. Its `Display` is for logs; people are shown [`Trouble::view_in`].
#[derive(Debug)]
pub struct Trouble {
    code: ErrorCode,
    effect: Effect,
    params: BTreeMap<String, String>,
    /// What more there is to say, sentence by sentence.
    says: Vec<Phrase>,
    retryable: bool,
    /// The failed request never left, and nothing else did.
    nothing_left: bool,
    journal: Option<i64>,
}

impl Trouble {
    /// A failure of this kind with this effect.
    pub fn new(code: ErrorCode, effect: Effect) -> Self {
        Self {
            code,
            effect,
            params: BTreeMap::new(),
            says: Vec::new(),
            retryable: false,
            nothing_left: false,
            journal: None,
        }
    }

    /// The same with another effect.
    #[must_use]
    pub(crate) const fn of_effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// Adds a particular.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// Adds a sentence.
    #[must_use]
    pub fn saying(mut self, sentence: impl Into<Phrase>) -> Self {
        self.says.push(sentence.into());
        self
    }

    /// Says that the Z was not done, and which reports were taken on the way to it: whatever became of those, the shift is
    /// open as before.
    #[must_use]
    pub(crate) fn before_z(mut self, taken: &[i64]) -> Self {
        self.says.push(Phrase::of(match self.code {
            ErrorCode::ShiftClosed | ErrorCode::NoOpenShift => Key::WhatZNotTaken,
            _ => Key::WhatZNotTakenOpen,
        }));
        if !taken.is_empty() {
            self.nothing_left = false;
            let numbers: Vec<_> = taken.iter().map(|number| format!("№ {number}")).collect();
            let numbers = numbers.join(", ");
            self.says
                .push(Phrase::of(Key::WhatTakenBefore).with("reports", numbers));
        }
        if matches!(self.effect, Effect::Unknown | Effect::NoLink) {
            self.effect = Effect::Refused;
        }
        self
    }

    /// The Z is done and in the archive; only showing it failed.
    pub(crate) fn after_z(self, number: i64) -> Self {
        Self::new(ErrorCode::OutputFailed, Effect::Output)
            .with("report", number)
            .with("detail", self)
    }

    /// Names the operation of the outbox that goes no further by itself.
    #[must_use]
    pub(crate) fn in_outbox(self, row: &Queued) -> Self {
        self.with("outbox", row.number).with("kkm", row.kkm)
    }

    /// Nothing was sent just now, but an operation was before: that nothing left would be misread.
    #[must_use]
    pub(crate) const fn in_recovery(mut self) -> Self {
        self.nothing_left = false;
        self
    }

    /// Says that trying again may help.
    #[must_use]
    pub(crate) const fn worth_repeating(mut self) -> Self {
        self.retryable = true;
        self
    }

    /// Names the journal row.
    #[must_use]
    pub(crate) fn journalled(mut self, number: i64) -> Self {
        self.journal = Some(number);
        self
    }

    /// Of two failures to read the same thing by two accounts, the one to be told: where a server could not be asked,
    /// what another one refused says nothing.
    pub(crate) fn worse(self, other: Self) -> Self {
        let rank = |trouble: &Self| match (trouble.effect, trouble.code) {
            (_, ErrorCode::NotSignedIn) => 0,
            _ if trouble.is_denial() => 1,
            (Effect::Refused, _) => 2,
            _ => 3,
        };
        if rank(&other) > rank(&self) {
            other
        } else {
            self
        }
    }

    /// Whether it says that there is no such thing for this account, and so nothing against another one; or nothing at
    /// all.
    pub(crate) const fn is_denial(&self) -> bool {
        matches!(
            self.code,
            ErrorCode::WrongRegister
                | ErrorCode::WrongShift
                | ErrorCode::NotShiftOwner
                | ErrorCode::NotSignedIn
        )
    }

    /// The code.
    pub const fn code(&self) -> ErrorCode {
        self.code
    }

    /// Whether trying again may help.
    pub(crate) const fn is_retryable(&self) -> bool {
        self.retryable
    }

    /// The journal row that it is about.
    pub(crate) const fn journal(&self) -> Option<i64> {
        self.journal
    }

    /// A particular.
    pub fn particular(&self, name: &str) -> Option<&str> {
        self.params.get(name).map(String::as_str)
    }

    /// What it means for the world outside.
    pub const fn effect(&self) -> Effect {
        self.effect
    }

    /// Why, in few words, to stand within another sentence.
    pub fn reason(&self) -> Phrase {
        let detail = self.params.get("detail").map(Phrase::given);
        let said = detail.or_else(|| self.says.first().cloned());
        said.unwrap_or_else(|| remedies::of(self.code).0.into())
    }

    /// What people are shown, in their language. It is written to the log here, under the id that they may read out.
    pub fn view_in(&self, lang: Lang) -> ErrorView {
        self.view(lang, true)
    }

    /// The same for people who asked for nothing that is sent: that nothing was sent is not said.
    pub fn view_of_reading(&self, lang: Lang) -> ErrorView {
        self.view(lang, false)
    }

    fn view(&self, lang: Lang, sends: bool) -> ErrorView {
        let support_id = log::support_id();
        tracing::warn!(support_id, trouble = %self, effect = ?self.effect, journal = self.journal, "told");
        let (message, remedy) = remedies::of(self.code);
        let mut sentences = vec![lang.text(message).to_owned()];
        if sends && self.nothing_left {
            sentences.push(lang.text(Key::WhatNothingSent).to_owned());
        }
        for (name, key, place) in [
            ("owner", Key::WhatOwner, "owner"),
            ("server-message", Key::WhatServerMessage, "message"),
        ] {
            let value = self.params.get(name);
            sentences.extend(value.map(|value| lang.fill(key, &[(place, value)])));
        }
        let says = self.says.iter().map(|sentence| sentence.to(lang));
        let says = joined(&says.collect::<Vec<_>>());
        let mut params = self.params.clone();
        if !says.is_empty() {
            params.insert("what".to_owned(), says.clone());
            sentences.push(says);
        }
        let path = self.params.get("path");
        sentences.extend(path.map(|path| lang.fill(Key::WhatFolder, &[("path", path)])));
        let mut message = joined(&sentences);
        if !message.ends_with('.') {
            message.push('.');
        }
        ErrorView {
            code: self.code.as_str().to_owned(),
            message,
            remedy: lang.text(remedy).to_owned(),
            params,
            retryable: self.retryable,
            support_id,
            journal: self.journal,
        }
    }
}

/// Sentences in a row; the last one ends as it does.
fn joined(sentences: &[String]) -> String {
    let mut text = String::new();
    for sentence in sentences {
        if !text.is_empty() {
            text.push_str(if text.ends_with('.') { " " } else { ". " });
        }
        text.push_str(sentence);
    }
    text
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.code, self.params)?;
        for sentence in &self.says {
            write!(f, " {}", sentence.to(Lang::default()))?;
        }
        Ok(())
    }
}

impl std::error::Error for Trouble {}

impl From<ApiError> for Trouble {
    /// For calls that change nothing: a lost answer to a read is no unknown outcome.
    fn from(error: ApiError) -> Self {
        let effect = match (error.code, error.failure) {
            (
                ErrorCode::TokenExpired
                | ErrorCode::WrongCredentials
                | ErrorCode::SignedInElsewhere,
                _,
            ) => Effect::SignIn,
            (ErrorCode::BadInput, _) => Effect::Nothing,
            (ErrorCode::ServerFailed | ErrorCode::NotTheApi | ErrorCode::CannotRenderAmount, _) => {
                Effect::Refused
            }
            (_, Failure::Refused) => Effect::Refused,
            (_, Failure::NotSent | Failure::MaybeDone) => Effect::NoLink,
        };
        let mut trouble = Self::new(error.code, effect);
        trouble.retryable = error.retryable();
        trouble.nothing_left = effect == Effect::NoLink && error.failure == Failure::NotSent;
        if let Some(message) = error.message {
            trouble = trouble.with("server-message", message);
        }
        if let Some(wait) = error.retry_after {
            trouble = trouble.with("retry-after-seconds", wait);
        }
        if let Some(status) = error.http_status {
            trouble = trouble.with("http-status", status);
        }
        trouble
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        let code = error.code();
        let mut trouble = Self::new(code, Effect::Local).with("detail", &error);
        // The intent could not be written, so what it was for was not sent.
        trouble.nothing_left = matches!(code, ErrorCode::DataFolder | ErrorCode::DiskFull);
        match error {
            StoreError::Busy { number } => {
                trouble.retryable = true;
                trouble.journalled(number)
            }
            // What came before is unknown, and so nothing new was begun.
            StoreError::Unresolved { number } => {
                trouble.effect = Effect::Unknown;
                trouble.journalled(number)
            }
            StoreError::OutboxWaiting { number } => {
                trouble.of_effect(Effect::Refused).with("outbox", number)
            }
            StoreError::NoLicence => trouble.of_effect(Effect::Nothing),
            StoreError::OutOfTurn { .. } => trouble.of_effect(Effect::Refused),
            StoreError::AutonomyOver { since } => trouble
                .of_effect(Effect::Refused)
                .with("since", board::time(since)),
            StoreError::DateGoesBack { last } => {
                let last = board::time(last);
                let what = Phrase::of(Key::WhatLastOperation).with("time", last);
                trouble.of_effect(Effect::Nothing).saying(what)
            }
            StoreError::NotQueued { number } => {
                let what = Phrase::of(Key::WhatNotQueued).with("number", number);
                trouble.of_effect(Effect::Nothing).saying(what)
            }
            StoreError::NoPrintJob { number } => {
                let what = Phrase::of(Key::PrintNoJob).with("number", number);
                trouble.of_effect(Effect::Nothing).saying(what)
            }
            StoreError::Printing { number } => {
                let what = Phrase::of(Key::PrintAtPrinter).with("number", number);
                trouble.worth_repeating().saying(what)
            }
            StoreError::Folder { path, .. } => trouble.with("path", path.display()),
            StoreError::DiskFull { free: Some(free) } => trouble.with("free-bytes", free),
            StoreError::Restoring => {
                trouble.retryable = true;
                trouble.saying(Key::WhatRestoring)
            }
            _ => trouble,
        }
    }
}

impl From<reports::ReportError> for Trouble {
    fn from(error: reports::ReportError) -> Self {
        Self::new(ErrorCode::OutputFailed, Effect::Output).with("detail", error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_says_that_nothing_was_sent_only_where_nothing_was() {
        let full = || Trouble::from(StoreError::DiskFull { free: None });
        let says = |trouble: Trouble| {
            let message = trouble.view_in(Lang::Ru).message;
            message.contains(Lang::Ru.text(Key::WhatNothingSent))
        };
        assert!(says(full()));
        assert!(!says(full().in_recovery()), "the row itself was sent");
        assert!(!says(full().before_z(&[7])), "the X was sent");
        assert!(
            !full()
                .view_of_reading(Lang::Ru)
                .message
                .contains(Lang::Ru.text(Key::WhatNothingSent))
        );
    }
}
