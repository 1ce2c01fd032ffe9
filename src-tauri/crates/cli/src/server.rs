//! `sandbox`: the training server on its own, in the foreground.

use std::path::PathBuf;

use chrono::TimeDelta;
use clap::Args;
use sandbox::{ACTIONS, Clock, Config, FIRST_LOGIN, FaultRuleError, PASSWORD, Sandbox};
use serde_json::json;
use texts::{Key, Phrase};

use crate::failure::Failure;
use crate::say::Say;

/// Serves until the process is ended; the first line says where.
pub(crate) async fn run(args: &SandboxArgs, say: Say) -> Result<(), Failure> {
    let mut faults = Vec::new();
    for text in &args.fault {
        let rule = text.parse().map_err(|error| bad_fault(text, &error));
        faults.push(rule?);
    }
    let config = Config {
        port: args.port,
        seed: args.seed,
        faults,
        state_file: args.state.clone(),
        clock: match (args.ahead, args.ahead_minutes) {
            (0, 0) => Clock::System,
            (hours, minutes) => {
                let more = TimeDelta::minutes(minutes.into());
                Clock::Ahead(TimeDelta::hours(hours.into()) + more)
            }
        },
        blocked_register: args.blocked_register,
        more_registers: args.more_registers,
        ..Config::default()
    };
    let sandbox = Sandbox::start(config)
        .await
        .map_err(|error| Failure::sandbox(&error))?;
    let url = sandbox.base_url();
    let value = json!({ "url": url, "login": FIRST_LOGIN, "password": PASSWORD });
    say.result(&value, || {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("login", &FIRST_LOGIN), ("password", &PASSWORD)];
        format!("{url}\n{}", say.lang.fill(Key::CliSandboxSignIn, &values))
    })?;
    std::future::pending::<()>().await;
    Ok(())
}

/// A fault that is not understood, with what would be.
fn bad_fault(text: &str, error: &FaultRuleError) -> Failure {
    let (why, word) = match error {
        FaultRuleError::Shape(text) => (Key::CliFaultShape, text),
        FaultRuleError::Path(text) => (Key::CliFaultPath, text),
        FaultRuleError::Nth(text) => (Key::CliFaultNth, text),
        FaultRuleError::Action(text) => (Key::CliFaultAction, text),
    };
    let bad = Phrase::of(Key::CliBadFault).with("text", text);
    let bad = bad.holding("why", Phrase::of(why).with("word", word));
    let remedy = match error {
        FaultRuleError::Action(_) => {
            Phrase::of(Key::CliFaultActions).with("actions", ACTIONS.join(", "))
        }
        _ => Key::CliBadFaultRemedy.into(),
    };
    Failure::usage(bad, remedy)
}

/// `sandbox`.
#[derive(Debug, Args)]
pub(crate) struct SandboxArgs {
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        help = "Порт на 127.0.0.1; 0 выбирает свободный"
    )]
    pub(crate) port: u16,
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        help = "Зерно учебного мира"
    )]
    pub(crate) seed: u64,
    #[arg(
        long,
        value_name = "RULE",
        help = "Сбой: 'METHOD PATH-REGEX NTH ACTION', например 'POST /shifts/\\d+/z 1 reset-after'"
    )]
    pub(crate) fault: Vec<String>,
    #[arg(
        long,
        value_name = "FILE",
        help = "Хранить учебный мир в этом файле, чтобы он пережил перезапуск"
    )]
    pub(crate) state: Option<PathBuf>,
    #[arg(
        long,
        value_name = "HOURS",
        default_value_t = 0,
        allow_hyphen_values = true,
        value_parser = clap::value_parser!(i32).range(-8760..=8760),
        help = "Часы сервера спешат на столько часов: так смена становится просроченной; меньше нуля: отстают"
    )]
    pub(crate) ahead: i32,
    #[arg(
        long,
        value_name = "MINUTES",
        default_value_t = 0,
        value_parser = clap::value_parser!(u16).range(..60),
        help = "И ещё на столько минут вперёд"
    )]
    pub(crate) ahead_minutes: u16,
    #[arg(long, help = "Добавить заблокированную кассу 77508")]
    pub(crate) blocked_register: bool,
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        value_parser = clap::value_parser!(u16).range(..=10_000),
        help = "Добавить столько касс"
    )]
    pub(crate) more_registers: u16,
}
