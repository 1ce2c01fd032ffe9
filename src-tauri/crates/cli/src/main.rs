//! `smenactl`: the same use cases as the window's, from a shell. The JSON and the exit codes are a contract with scripts.

mod accounts;
mod args;
mod continuity;
mod exit;
mod failure;
mod journal;
mod kept;
mod place;
mod readings;
mod registers;
mod say;
mod server;
mod training;
mod usage;

use std::process::ExitCode;

use clap::Parser;
use operations::view::CloseInput;

use crate::args::{Cli, Command, Globals, Lang, Report, Shift};
use crate::failure::Failure;
use crate::say::Say;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage::end(&error),
    };
    log_to_stderr(cli.globals.verbose);
    let json = cli.globals.json;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| Failure::internal(&error));
    let result = runtime.and_then(|runtime| runtime.block_on(run(&cli)));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{}", failure.text(json));
            ExitCode::from(failure.exit())
        }
    }
}

/// Messages of the libraries; the warnings alone unless more is asked for.
fn log_to_stderr(verbose: u8) {
    let filter = match verbose {
        0 => "error",
        1 => "warn,operations=info,kkm_api=info,store=info,sandbox=info",
        2 => "info,operations=debug,kkm_api=debug,store=debug,sandbox=debug",
        _ => "debug",
    };
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

async fn run(cli: &Cli) -> Result<(), Failure> {
    let globals = &cli.globals;
    let say = Say { json: globals.json };
    if globals.lang != Lang::Ru {
        return Err(Failure::usage(
            "Пока есть только русский язык. Ничего не отправлено.",
            "Укажите --lang ru или уберите --lang.",
        ));
    }
    if let Command::Sandbox(args) = &cli.command {
        return server::run(args, say).await;
    }
    let store = match &cli.command {
        Command::Login(login) => login.store,
        _ => None,
    };
    let desk = place::open(globals, store)?;
    let sandbox = if globals.training {
        Some(training::start(&desk, &place::data_dir(globals)?).await?)
    } else {
        None
    };
    let result = obey(
        &desk,
        globals,
        &cli.command,
        sandbox.as_ref().map(|training| training.url.as_str()),
        say,
    )
    .await;
    if let Some(training) = sandbox {
        training.stop().await;
    }
    result
}

async fn obey(
    desk: &operations::Desk,
    globals: &Globals,
    command: &Command,
    training: Option<&str>,
    say: Say,
) -> Result<(), Failure> {
    match command {
        Command::Login(login) => accounts::login(desk, globals, login, training, say).await,
        Command::Logout => accounts::logout(desk, globals, say).await,
        Command::Accounts => accounts::list(desk, say).await,
        Command::Registers { .. } => registers::board(desk, globals, say).await,
        Command::Shift(Shift::Open { kkm }) => {
            registers::open_shift(desk, globals, *kkm, say).await
        }
        Command::Shift(Shift::Show { kkm: Some(kkm), .. }) => {
            registers::show_of(desk, globals, *kkm, say).await
        }
        Command::Shift(Shift::Show { shift, .. }) => {
            registers::show(desk, globals, shift.unwrap_or_default(), say).await
        }
        Command::Shift(Shift::Close {
            kkm,
            x_first,
            counted,
            reason,
            output,
        }) => {
            let input = CloseInput {
                server: None,
                kkm: *kkm,
                x_first: *x_first,
                counted: counted.clone(),
                reason: reason.clone(),
            };
            readings::close(desk, globals, input, output, say).await
        }
        Command::Report(Report::X { kkm, output }) => {
            readings::x(desk, globals, *kkm, output, say).await
        }
        Command::Report(Report::Sections { kkm, output }) => {
            readings::sections(desk, globals, *kkm, output, say).await
        }
        Command::Archive(command) => kept::archive(desk, command, say),
        Command::Journal(command) => journal::run(desk, command, say),
        Command::Recover { kkm } => kept::recover(desk, *kkm, say).await,
        Command::Settings(command) => kept::settings(desk, command, say),
        Command::Sandbox(_) => Ok(()),
    }
}
