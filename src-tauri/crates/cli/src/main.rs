//! `smenactl`: the same use cases as the window's, from a shell. The JSON and the exit codes are a contract with scripts.

mod accounts;
mod args;
mod asked;
mod backup;
mod continuity;
mod exit;
mod export;
mod failure;
mod help;
mod journal;
mod kept;
mod outbox;
mod output;
mod place;
mod print;
mod readings;
mod registers;
mod remedies;
mod say;
mod server;
mod summary;
mod support;
mod training;
mod usage;

use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use clap::{ArgMatches, FromArgMatches as _};
use operations::log::Log;
use operations::view::CloseInput;
use texts::Key;

use crate::args::{Cli, Close, Command, Globals, Report, Shift};
use crate::failure::Failure;
use crate::say::Say;

/// So long an answer may take before people are told that it is awaited.
const AWHILE: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let parsed = help::command().try_get_matches().and_then(|matches| {
        let words = words(&matches);
        Ok((Cli::from_arg_matches(&matches)?, words))
    });
    let (cli, words) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return usage::end(&error),
    };
    let log = operations::log::start("smenactl", shown(&cli.globals));
    let json = cli.globals.json;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| Failure::internal(&error));
    let mut say = Say {
        json,
        lang: usage::lang(cli.globals.lang),
        asked: cli.command.asked(),
    };
    let result = runtime.and_then(|runtime| runtime.block_on(run(&cli, &words, &log, &mut say)));
    fail_points::reached("before-the-end");
    ExitCode::from(result.unwrap_or_else(|failure| tell(&failure, say)))
}

/// The command's own words, such as `shift close`, without what was typed behind them.
fn words(matches: &ArgMatches) -> String {
    let mut words = Vec::new();
    let mut next = matches.subcommand();
    while let Some((word, matches)) = next {
        words.push(word);
        next = matches.subcommand();
    }
    words.join(" ")
}

/// Which messages go to the standard error: the errors alone unless more is asked for. A failure in JSON is the only thing
/// there.
const fn shown(globals: &Globals) -> &'static str {
    match globals.verbose {
        0 if globals.json => "off",
        0 => "error",
        1 => "warn,smenactl=info,operations=info,kkm_api=info,store=info,sandbox=info",
        2 => "info,smenactl=debug,operations=debug,kkm_api=debug,store=debug,sandbox=debug",
        _ => "debug",
    }
}

/// Runs a command; how things are said is as the data folder's settings say from where they are known.
async fn run(cli: &Cli, words: &str, log: &Log, say: &mut Say) -> Result<u8, Failure> {
    let globals = &cli.globals;
    if let Command::Sandbox(args) = &cli.command {
        return server::run(args, *say).await.map(|()| exit::DONE);
    }
    log.keep_in(&place::data_dir(globals)?);
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        command = words,
        "started"
    );
    if let Command::SupportBundle(args) = &cli.command {
        return support::bundle(globals, args, *say)
            .await
            .map(|()| exit::DONE);
    }
    let store = match &cli.command {
        Command::Login(login) => login.store,
        _ => None,
    };
    let desk = place::open(globals, store, say.lang)?;
    say.lang = desk.lang();
    // Whoever has a password to type keeps nobody waiting for a turn meanwhile.
    let password = match &cli.command {
        Command::Login(login) => Some(accounts::password(login)?),
        _ => None,
    };
    let sandbox = if globals.training {
        Some(training::start(&desk, &place::data_dir(globals)?, *say).await?)
    } else {
        None
    };
    let url = sandbox.as_ref().map(|training| training.url.as_str());
    let result = match (&cli.command, password) {
        (Command::Login(login), Some(password)) => {
            let done = accounts::login(&desk, globals, login, password, url, *say).await;
            done.map(|()| exit::DONE)
        }
        (command, _) => patiently(obey(&desk, globals, command, *say), *say).await,
    };
    // The outcome is told before anything of printing by itself, which may take its time.
    let code = result.unwrap_or_else(|failure| tell(&failure, *say));
    // Printing needs no server, and nobody else is to wait for it.
    if let Some(training) = sandbox {
        training.stop().await;
    }
    // Nothing of printing follows a failure; in JSON it is the one thing on the standard error.
    let say = (code == exit::DONE).then_some(*say);
    print::by_itself(&desk, &cli.command, say).await;
    Ok(code)
}

/// Whoever sees nothing ends the program, or begins the same once more: after a while people are told that it waits.
async fn patiently<T>(work: impl Future<Output = T>, say: Say) -> T {
    if say.json || !say.asked.sends {
        return work.await;
    }
    let mut work = pin!(work);
    tokio::select! {
        done = &mut work => done,
        () = tokio::time::sleep(AWHILE) => {
            eprintln!("{}", say.lang.text(Key::CliStillWaiting));
            work.await
        }
    }
}

/// Says why the program ends with another exit code than 0, and gives that.
fn tell(failure: &Failure, say: Say) -> u8 {
    eprintln!("{}", failure.text(say));
    failure.exit()
}

/// Obeys a command and gives the exit code.
async fn obey(
    desk: &operations::Desk,
    globals: &Globals,
    command: &Command,
    say: Say,
) -> Result<u8, Failure> {
    match command {
        Command::Shift(Shift::Open { kkm, without_link }) if without_link.autonomous => {
            outbox::open(desk, globals, *kkm, without_link.date, say).await
        }
        Command::Shift(Shift::Close(close)) if close.without_link.autonomous => {
            let date = close.without_link.date;
            outbox::close(desk, globals, close_input(close), date, &close.output, say).await
        }
        command => obey_at_once(desk, globals, command, say)
            .await
            .map(|()| exit::DONE),
    }
}

async fn obey_at_once(
    desk: &operations::Desk,
    globals: &Globals,
    command: &Command,
    say: Say,
) -> Result<(), Failure> {
    match command {
        Command::Logout => accounts::logout(desk, globals, say).await,
        Command::Accounts => accounts::list(desk, say).await,
        Command::Registers { .. } => registers::board(desk, globals, say).await,
        Command::Shift(Shift::Open { kkm, .. }) => {
            registers::open_shift(desk, globals, *kkm, say).await
        }
        Command::Shift(Shift::Show {
            kkm: Some(kkm),
            output,
            ..
        }) => registers::show_of(desk, globals, *kkm, output, say).await,
        Command::Shift(Shift::Show { shift, output, .. }) => {
            output.refuse_all("--shift")?;
            registers::show(desk, globals, shift.unwrap_or_default(), say).await
        }
        Command::Shift(Shift::Close(close)) => {
            readings::close(desk, globals, close_input(close), &close.output, say).await
        }
        Command::Report(Report::X { kkm, output }) => {
            readings::x(desk, globals, *kkm, output, say).await
        }
        Command::Report(Report::Sections { kkm, output }) => {
            readings::sections(desk, globals, *kkm, output, say).await
        }
        Command::Archive(command) => kept::archive(desk, globals, command, say).await,
        Command::Outbox(command) => outbox::outbox(desk, globals, command, say).await,
        Command::Autonomous(command) => outbox::autonomous(desk, globals, command, say).await,
        Command::Journal(command) => journal::run(desk, command, say),
        Command::Recover { kkm } => kept::recover(desk, *kkm, say).await,
        Command::Settings(command) => kept::settings(desk, command, say),
        Command::Printers => print::printers(desk, say).await,
        Command::Print(command) => print::run(desk, command, say).await,
        Command::Backup(args) => backup::backup(desk, args, say).await,
        Command::Restore(args) => backup::restore(desk, args, say).await,
        // Those are obeyed before.
        Command::Login(_) | Command::SupportBundle(_) | Command::Sandbox(_) => Ok(()),
    }
}

/// What `shift close` says of the closing.
fn close_input(close: &Close) -> CloseInput {
    CloseInput {
        server: None,
        kkm: close.kkm,
        shift: None,
        x_first: close.x_first,
        counted: close.counted.clone(),
        reason: close.reason.clone(),
    }
}
