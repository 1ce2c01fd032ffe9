//! What the command line's parser has to say, in Russian, and as JSON where JSON was asked for.

use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};

use crate::exit;
use crate::failure::Failure;

/// Help and version go to the standard output and are no failure; a mistake is exit 2.
pub(crate) fn end(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let as_json = std::env::args_os().any(|word| word == "--json");
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !as_json {
        let _ = error.print();
        return ExitCode::from(exit::USAGE);
    }
    let failure = Failure::usage(
        format!("Команда не понята: {}. Ничего не отправлено.", what(error)),
        "Посмотрите справку: smenactl --help или smenactl КОМАНДА --help.",
    );
    eprintln!("{}", failure.text(as_json));
    ExitCode::from(failure.exit())
}

fn what(error: &clap::Error) -> String {
    let named = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = named(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("нет команды «{}»", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("нет ключа «{argument}»"),
        ErrorKind::MissingRequiredArgument => format!("не указано {argument}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = named(ContextKind::InvalidValue);
            if value.is_empty() {
                format!("у {argument} нет значения")
            } else {
                format!("«{value}» не подходит для {argument}")
            }
        }
        ErrorKind::ArgumentConflict => {
            format!(
                "{argument} нельзя вместе с {}",
                named(ContextKind::PriorArg)
            )
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "не указана команда".to_owned()
        }
        other => other.to_string(),
    }
}
