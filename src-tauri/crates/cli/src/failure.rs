//! A failure as this program ends with it: one exit code, and one text or one JSON object on the standard error.

use std::collections::BTreeMap;
use std::path::Path;

use domain::ErrorCode;
use operations::view::{ErrorView, OperationView};
use operations::{Trouble, log};
use serde_json::json;

use crate::exit;

/// Why the program ends with something else than 0.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: u8,
    view: Box<ErrorView>,
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        let mut view = trouble.view_in(operations::Lang::Ru);
        // The window's buttons are not here.
        if [ErrorCode::Unresolved, ErrorCode::UnknownOutcome]
            .iter()
            .any(|code| code.as_str() == view.code)
        {
            view.remedy =
                "Не повторяйте операцию. Выполните «smenactl recover»: программа спросит сервер."
                    .to_owned();
        }
        if view.code == ErrorCode::Keystore.as_str() {
            view.remedy = "Откройте хранилище паролей системы или войдите с --store passphrase и переменной SMENA_PASSPHRASE."
                .to_owned();
        }
        if view.code == ErrorCode::OutputFailed.as_str() {
            return Self {
                exit: exit::OUTPUT,
                view: Box::new(view),
            };
        }
        Self {
            exit: exit::of(trouble.effect(), &view.code),
            view: Box::new(view),
        }
    }
}

impl Failure {
    fn own(
        exit: u8,
        code: ErrorCode,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        let (support_id, message) = (log::support_id(), message.into());
        tracing::warn!(support_id, code = code.as_str(), message, "told");
        Self {
            exit,
            view: Box::new(ErrorView {
                code: code.as_str().to_owned(),
                message,
                remedy: remedy.into(),
                params: BTreeMap::new(),
                retryable: false,
                support_id,
                journal: None,
            }),
        }
    }

    fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.view.params.insert(name.to_owned(), value.into());
        self
    }

    /// Something typed cannot be used.
    pub(crate) fn usage(message: impl Into<String>, remedy: impl Into<String>) -> Self {
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
            view: Box::new(view),
        }
    }

    /// Nobody is signed in, or nobody whose credentials can be unsealed now.
    pub(crate) fn not_signed_in() -> Self {
        Self::own(
            exit::SIGN_IN,
            ErrorCode::NotSignedIn,
            "Вход не выполнен.",
            "Войдите: smenactl login --login PHONE --password-stdin. Если вход хранится под парольной фразой, задайте верную SMENA_PASSPHRASE.",
        )
    }

    /// Nobody with this phone is signed in here.
    pub(crate) fn no_such_account(login: &str) -> Self {
        Self::own(
            exit::SIGN_IN,
            ErrorCode::NotSignedIn,
            format!("Вход под {login} не выполнен."),
            "Войдите: smenactl login --login PHONE --password-stdin.",
        )
        .with("login", login)
    }

    /// The archive was changed after it was written.
    pub(crate) fn damaged(what: &str, number: i64) -> Self {
        Self::own(
            exit::LOCAL,
            ErrorCode::Damaged,
            format!("Данные изменены после записи: {what} № {number} не совпадает со своей контрольной суммой."),
            "Не удаляйте базу. Обратитесь в техническую поддержку.",
        )
        .with("number", number.to_string())
    }

    /// The result stands, the file does not.
    pub(crate) fn output(path: &Path, report: i64, cause: &dyn std::fmt::Display) -> Self {
        Self::own(
            exit::OUTPUT,
            ErrorCode::OutputFailed,
            format!("Файл не записан: {} ({cause}). Отчёт № {report} сохранён в архиве.", path.display()),
            format!("Проверьте папку и место на диске и выполните: smenactl archive show {report} --pdf FILE."),
        )
        .with("path", path.display().to_string())
        .with("report", report.to_string())
    }

    /// There is no room for the file, or no right to write it; nothing else was to be done.
    pub(crate) fn not_written(path: &Path, cause: &dyn std::fmt::Display) -> Self {
        Self::own(
            exit::LOCAL,
            ErrorCode::OutputFailed,
            format!("Файл не записан: {} ({cause}).", path.display()),
            "Проверьте папку и место на диске и повторите.",
        )
        .with("path", path.display().to_string())
    }

    /// The file stands, only that could not be said.
    pub(crate) fn unsaid(path: &Path, cause: &dyn std::fmt::Display) -> Self {
        Self::own(
            exit::OUTPUT,
            ErrorCode::OutputFailed,
            format!(
                "Файл записан: {}. Сообщить об этом не удалось ({cause}).",
                path.display()
            ),
            "Проверьте, куда направлен вывод.",
        )
        .with("path", path.display().to_string())
    }

    /// Some operations are still unknown after a recovery.
    pub(crate) fn still_unknown(row: &OperationView) -> Self {
        let number = row.number;
        let mut message = format!("Исход операции № {number} выяснить пока не удалось.");
        let mut remedy = "Проверьте связь и выполните «smenactl recover» ещё раз.".to_owned();
        if let Some(problem) = &row.problem {
            message = format!("{message} {}", problem.message);
            remedy = format!(
                "{} Затем выполните «smenactl recover» ещё раз.",
                problem.remedy
            );
        }
        let mut failure = Self::own(exit::UNKNOWN, ErrorCode::Unresolved, message, remedy);
        failure.view.journal = Some(number);
        failure.view.retryable = true;
        failure
    }

    /// The training server could not be started.
    pub(crate) fn sandbox(cause: &dyn std::fmt::Display) -> Self {
        Self::own(
            exit::LOCAL,
            ErrorCode::Internal,
            format!("Учебный сервер не запущен: {cause}."),
            "Проверьте папку данных или выберите другой порт: --port N.",
        )
    }

    /// A fault of this program or of its standard output.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Self {
        Self::own(
            exit::LOCAL,
            ErrorCode::Internal,
            format!("Ошибка программы: {cause}."),
            "Повторите. Если не помогло, обратитесь в техническую поддержку.",
        )
    }

    /// The exit code.
    pub(crate) const fn exit(&self) -> u8 {
        self.exit
    }

    /// What goes to the standard error.
    pub(crate) fn text(&self, as_json: bool) -> String {
        let view = &*self.view;
        if as_json {
            let mut error = serde_json::to_value(view).unwrap_or_default();
            if view.journal.is_none()
                && let Some(fields) = error.as_object_mut()
            {
                fields.remove("journal");
            }
            return json!({ "error": error }).to_string();
        }
        let mut text = format!("Ошибка: {}\nЧто делать: {}", view.message, view.remedy);
        if let Some(number) = view.journal {
            text.push_str(&format!("\nЗапись журнала: № {number}"));
        }
        for (name, value) in &view.params {
            text.push_str(&format!("\n  {name}: {value}"));
        }
        text.push_str(&format!(
            "\nДля поддержки: {} {}",
            view.code, view.support_id
        ));
        text
    }
}
