//! The help, whole in Russian: the parser's own headings and remarks are English, so they are put into words here, for all
//! commands at once.

use clap::{Arg, ArgAction, Command, CommandFactory as _};

use crate::args::Cli;

const TEMPLATE: &str = "\
{before-help}{about-with-newline}
Вызов: {usage}

{all-args}{after-help}";

/// Behind all others.
const LAST: usize = 1_000;

/// The command line that is parsed, with help in Russian.
pub(crate) fn command() -> Command {
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help("Показать версию программы");
    let mut command = Cli::command()
        .disable_version_flag(true)
        .arg(version)
        .mut_args(|arg| arg.help_heading("Общие ключи"));
    command = worded(command);
    // Now it has its command `help` everywhere, and the usage of each command is known.
    command.build();
    used(command)
}

/// A command and those below it, with what is said of their arguments.
fn worded(command: Command) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help_heading("Общие ключи")
        .help("Показать справку")
        .display_order(LAST);
    command
        .disable_help_flag(true)
        .subcommand_value_name("КОМАНДА")
        .mut_args(argument)
        .arg(help)
        .mut_subcommands(worded)
}

/// An argument whose values, default and variable stand in its own words, and nowhere else.
fn argument(arg: Arg) -> Arg {
    let mut said = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let values = arg.get_action().takes_values();
    // That nothing is none goes without saying.
    let default = arg.get_default_values().first().filter(|it| *it != "0");
    if let Some(default) = default.filter(|_| values) {
        said.push_str(&format!(
            " [без этого ключа: {}]",
            default.to_string_lossy()
        ));
    }
    if let Some(variable) = arg.get_env() {
        said.push_str(&format!(" [переменная: {}]", variable.to_string_lossy()));
    }
    let arg = arg
        .help(said)
        .hide_possible_values(values)
        .hide_default_value(values)
        .hide_env(values);
    match arg.get_help_heading() {
        Some(_) => arg,
        None if arg.is_positional() => arg.help_heading("Аргументы"),
        None => arg.help_heading("Ключи"),
    }
}

/// A command and those below it, with how each is called.
fn used(mut command: Command) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    let usage = usage.replace("[OPTIONS]", "[КЛЮЧИ]");
    if command.get_name() == "help" {
        command = command.about("Показать справку по команде");
    }
    command
        .override_usage(usage.replace("[COMMAND]", "[КОМАНДА]"))
        .help_template(TEMPLATE)
        .subcommand_help_heading("Команды")
        .mut_subcommands(used)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A command's help and that of those below it.
    fn helps(command: &Command, all: &mut Vec<String>) {
        all.push(command.clone().render_long_help().to_string());
        command.get_subcommands().for_each(|it| helps(it, all));
    }

    #[test]
    fn no_help_has_english_in_it() {
        let mut all = Vec::new();
        helps(&command(), &mut all);
        assert!(all.len() > 40, "{}", all.len());
        for help in &all {
            for english in [
                "Usage",
                "Commands:",
                "Options:",
                "Arguments:",
                "OPTIONS",
                "COMMAND",
                "Print ",
                "possible values",
                "default:",
                "env:",
                " or ",
            ] {
                assert!(!help.contains(english), "{english} in {help}");
            }
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        command().debug_assert();
    }
}
