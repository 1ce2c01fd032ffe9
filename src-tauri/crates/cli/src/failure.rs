//! A failure as this program ends with it: one exit code, and one text or one JSON object on the standard error. It is put
//! into words at the end, when the language is known.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use domain::ErrorCode;
use operations::view::{ErrorView, OperationView, PrintView};
use operations::{Trouble, file, log};
use sandbox::SandboxError;
use serde_json::json;
use texts::{Key, Lang, Phrase};

use crate::say::Say;
use crate::{exit, remedies};

/// Why the program ends with something else than 0.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: u8,
    what: Box<What>,
}

#[derive(Debug)]
enum What {
    /// A use case failed.
    Trouble(Trouble),
    /// What a use case told in passing, in words already.
    Told(ErrorView),
    /// This program's own failure.
    Own(Own),
}

#[derive(Debug)]
struct Own {
    code: ErrorCode,
    message: Phrase,
    remedy: Phrase,
    params: BTreeMap<String, String>,
    /// The row that is still unknown; trying again may help then.
    journal: Option<i64>,
}

/// An output that failed.
#[derive(Debug)]
pub(crate) struct Unwritten {
    /// The option that asked for it; the standard output has none.
    pub(crate) option: Option<&'static str>,
    /// Where it was to be written.
    pub(crate) path: PathBuf,
    /// Why it was not.
    pub(crate) cause: Phrase,
}

/// Each file with why it was not written.
fn named(failed: Vec<Unwritten>) -> Phrase {
    let named = failed.into_iter().map(|it| {
        Phrase::of(Key::CliFileBecause)
            .with("path", it.path.display())
            .holding("why", it.cause)
    });
    Phrase::joined(named, "; ")
}

fn paths(failed: &[Unwritten]) -> String {
    let paths = failed.iter().map(|it| it.path.display().to_string());
    paths.collect::<Vec<_>>().join("; ")
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        let exit = match trouble.code() {
            ErrorCode::OutputFailed => exit::OUTPUT,
            code => exit::of(trouble.effect(), code),
        };
        Self {
            exit,
            what: Box::new(What::Trouble(trouble)),
        }
    }
}

impl Failure {
    fn own(
        exit: u8,
        code: ErrorCode,
        message: impl Into<Phrase>,
        remedy: impl Into<Phrase>,
    ) -> Self {
        Self {
            exit,
            what: Box::new(What::Own(Own {
                code,
                message: message.into(),
                remedy: remedy.into(),
                params: BTreeMap::new(),
                journal: None,
            })),
        }
    }

    fn with(mut self, name: &str, value: impl ToString) -> Self {
        if let What::Own(own) = &mut *self.what {
            own.params.insert(name.to_owned(), value.to_string());
        }
        self
    }

    /// Something typed cannot be used.
    pub(crate) fn usage(message: impl Into<Phrase>, remedy: impl Into<Phrase>) -> Self {
        Self::own(exit::USAGE, ErrorCode::BadInput, message, remedy)
    }

    /// An account that could not be read, as the board tells it.
    pub(crate) fn problem(view: ErrorView) -> Self {
        let exit = match view.code.as_str() {
            "no-link" | "link-broken" | "timed-out" => exit::NO_LINK,
            "token-expired" | "wrong-credentials" | "not-signed-in" => exit::SIGN_IN,
            _ => exit::REFUSED,
        };
        Self {
            exit,
            what: Box::new(What::Told(view)),
        }
    }

    /// Nobody is signed in, or nobody whose credentials can be unsealed now.
    pub(crate) fn not_signed_in() -> Self {
        Self::own(
            exit::SIGN_IN,
            ErrorCode::NotSignedIn,
            Key::ErrorNotSignedIn,
            Key::CliSignInRemedy,
        )
    }

    /// Nobody with this phone is signed in here.
    pub(crate) fn no_such_account(login: &str) -> Self {
        let message = Phrase::of(Key::CliNoSuchAccount).with("login", login);
        Self::own(
            exit::SIGN_IN,
            ErrorCode::NotSignedIn,
            message,
            Key::CliLogInRemedy,
        )
        .with("login", login)
    }

    /// The archive was changed after it was written; `what` says which of its rows.
    pub(crate) fn damaged(what: Key, number: i64) -> Self {
        let message = Phrase::of(what).with("number", number);
        Self::own(
            exit::LOCAL,
            ErrorCode::Damaged,
            message,
            Key::CliDamagedRemedy,
        )
        .with("number", number)
    }

    /// The result stands, some of its files do not.
    pub(crate) fn outputs(failed: Vec<Unwritten>, report: i64) -> Self {
        let message = match failed.as_slice() {
            [_] => Key::CliOutputFailed,
            _ => Key::CliOutputsFailed,
        };
        let paths = paths(&failed);
        let options = failed.iter().filter_map(|it| it.option);
        let again: String = options.map(|option| format!(" {option} FILE")).collect();
        let message = Phrase::of(message)
            .holding("files", named(failed))
            .with("number", report);
        let again = format!("smenactl archive show {report}{again}");
        let remedy = Phrase::of(Key::CliOutputRemedy).with("command", again);
        Self::own(exit::OUTPUT, ErrorCode::OutputFailed, message, remedy)
            .with("path", paths)
            .with("report", report)
    }

    /// What was shown could not be written everywhere it was to be; it can be made anew.
    pub(crate) fn unwritten(failed: Vec<Unwritten>) -> Self {
        let paths = paths(&failed);
        let message = Phrase::of(Key::CliUnwritten).holding("files", named(failed));
        Self::own(
            exit::OUTPUT,
            ErrorCode::OutputFailed,
            message,
            Key::CliNotWrittenRemedy,
        )
        .with("path", paths)
    }

    /// Of what was to be printed, this did not get through.
    pub(crate) fn not_printed(job: &PrintView) -> Self {
        let why = match &job.message {
            Some(message) => Phrase::given(message),
            None => Key::PrintingBusy.into(),
        };
        let remedy = match job.state.as_str() {
            "failed" | "cancelled" => {
                Phrase::of(Key::PrintingRetryRemedy).with("number", job.number)
            }
            _ => Key::CliJobRemedy.into(),
        };
        let message = Phrase::of(Key::CliJobNotPrinted)
            .with("number", job.number)
            .holding("why", why);
        Self::own(exit::OUTPUT, ErrorCode::NotPrinted, message, remedy)
            .with("print-job", job.number)
    }

    /// The report stands, whatever kept it from the printer or the queue.
    pub(crate) fn unprinted(trouble: Trouble, report: i64) -> Self {
        if trouble.code() == ErrorCode::NotPrinted && trouble.particular("print-job").is_some() {
            return trouble.with("report", report).into();
        }
        tracing::warn!(%trouble, report, "not printed");
        let message = Phrase::of(Key::PrintingUnprinted)
            .with("number", report)
            .holding("why", trouble.reason());
        let remedy = Phrase::of(Key::PrintingUnprintedRemedy).with("number", report);
        Self::own(exit::OUTPUT, ErrorCode::NotPrinted, message, remedy).with("report", report)
    }

    /// There is no room for the file, or no right to write it; nothing else was to be done.
    pub(crate) fn not_written(path: &Path, cause: Phrase) -> Self {
        let message = Phrase::of(Key::CliNotWritten)
            .with("path", path.display())
            .holding("why", cause);
        Self::own(
            exit::LOCAL,
            ErrorCode::OutputFailed,
            message,
            Key::CliNotWrittenRemedy,
        )
        .with("path", path.display())
    }

    /// The file stands, only that could not be said.
    pub(crate) fn unsaid(path: &Path, cause: &dyn std::fmt::Display) -> Self {
        let message = Phrase::of(Key::CliUnsaid)
            .with("path", path.display())
            .with("why", cause);
        Self::own(
            exit::OUTPUT,
            ErrorCode::OutputFailed,
            message,
            Key::CliUnsaidRemedy,
        )
        .with("path", path.display())
    }

    /// Some operations are still unknown after a recovery.
    pub(crate) fn still_unknown(row: &OperationView) -> Self {
        let number = row.number;
        let (message, remedy) = match &row.problem {
            None => (
                Phrase::of(Key::CliStillUnknown).with("number", number),
                Phrase::of(Key::CliRecoverAgain),
            ),
            Some(problem) => (
                Phrase::of(Key::CliStillUnknownBecause)
                    .with("number", number)
                    .with("why", &problem.message),
                Phrase::of(Key::CliThenRecoverAgain).with("remedy", &problem.remedy),
            ),
        };
        let mut failure = Self::own(exit::UNKNOWN, ErrorCode::Unresolved, message, remedy);
        if let What::Own(own) = &mut *failure.what {
            own.journal = Some(number);
        }
        failure
    }

    /// The training server could not be started.
    pub(crate) fn sandbox(error: &SandboxError) -> Self {
        let why = match error {
            SandboxError::Bind { port, source } => {
                tracing::warn!(%error, "the training server has no port");
                let message = Phrase::of(match source.kind() {
                    ErrorKind::AddrInUse => Key::CliPortTaken,
                    _ => Key::CliPortRefused,
                });
                return Self::own(
                    exit::LOCAL,
                    ErrorCode::PortUnusable,
                    message.with("port", port),
                    Key::ErrorPortUnusableRemedy,
                )
                .with("port", port);
            }
            SandboxError::File { path, source } => Phrase::of(Key::WhatOfFile)
                .with("path", path.display())
                .holding("why", file::reason(source)),
            SandboxError::Damaged { path, .. } => {
                Phrase::of(Key::CliNoWorld).with("path", path.display())
            }
            other => Phrase::given(other),
        };
        Self::own(
            exit::LOCAL,
            ErrorCode::Internal,
            Phrase::of(Key::CliSandboxFailed).holding("why", why),
            Key::CliSandboxRemedy,
        )
    }

    /// A fault of this program or of its standard output.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Self {
        let message = Phrase::of(Key::CliInternal).with("why", cause);
        Self::own(
            exit::LOCAL,
            ErrorCode::Internal,
            message,
            Key::ErrorInternalRemedy,
        )
    }

    /// The exit code.
    pub(crate) const fn exit(&self) -> u8 {
        self.exit
    }

    /// In words.
    fn view(&self, say: Say) -> ErrorView {
        let mut view = match &*self.what {
            What::Told(view) => view.clone(),
            What::Own(own) => own.view(say.lang),
            What::Trouble(trouble) if say.asked.sends => trouble.view_in(say.lang),
            What::Trouble(trouble) => trouble.view_of_reading(say.lang),
        };
        if self.exit == exit::USAGE && say.asked.sends {
            view.message.push(' ');
            view.message.push_str(say.lang.text(Key::WhatNothingSent));
        }
        // The window's buttons are not here.
        if !matches!(&*self.what, What::Own(_))
            && let Some(remedy) = remedies::of(&view, say.asked)
        {
            view.remedy = remedy.to(say.lang);
        }
        view
    }

    /// What goes to the standard error.
    pub(crate) fn text(&self, say: Say) -> String {
        let (lang, view) = (say.lang, self.view(say));
        if say.json {
            let mut error = serde_json::to_value(&view).unwrap_or_default();
            if view.journal.is_none()
                && let Some(fields) = error.as_object_mut()
            {
                fields.remove("journal");
            }
            return json!({ "error": error }).to_string();
        }
        let mut text = lang.fill(Key::CliError, &[("message", &view.message)]);
        text.push('\n');
        text.push_str(&lang.fill(Key::CliRemedy, &[("remedy", &view.remedy)]));
        if let Some(number) = view.journal {
            text.push('\n');
            text.push_str(&lang.fill(Key::CliJournalRow, &[("number", &number)]));
        }
        for (name, value) in remedies::particulars(&view, lang) {
            text.push_str(&format!("\n  {name}: {value}"));
        }
        let code = format!("{} {}", view.code, view.support_id);
        text.push('\n');
        text.push_str(&lang.fill(Key::CliForSupport, &[("code", &code)]));
        text
    }
}

impl Own {
    /// In words; written to the log under the id that is told.
    fn view(&self, lang: Lang) -> ErrorView {
        let (support_id, message) = (log::support_id(), self.message.to(lang));
        tracing::warn!(support_id, code = self.code.as_str(), message, "told");
        ErrorView {
            code: self.code.as_str().to_owned(),
            message,
            remedy: self.remedy.to(lang),
            params: self.params.clone(),
            retryable: self.journal.is_some(),
            support_id,
            journal: self.journal,
        }
    }
}
