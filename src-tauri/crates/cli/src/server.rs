//! `sandbox`: the training server on its own, in the foreground.

use chrono::TimeDelta;
use sandbox::{Clock, Config, FIRST_LOGIN, FaultRule, PASSWORD, Sandbox};
use serde_json::json;
use texts::{Key, Phrase};

use crate::args::SandboxArgs;
use crate::failure::Failure;
use crate::say::Say;

/// Serves until the process is ended; the first line says where.
pub(crate) async fn run(args: &SandboxArgs, say: Say) -> Result<(), Failure> {
    let mut faults = Vec::new();
    for text in &args.fault {
        let rule: FaultRule = text.parse().map_err(|error| {
            let bad = Phrase::of(Key::CliBadFault).with("text", text);
            Failure::usage(bad.with("why", error), Key::CliBadFaultRemedy)
        })?;
        faults.push(rule);
    }
    let config = Config {
        port: args.port,
        seed: args.seed,
        faults,
        state_file: args.state.clone(),
        clock: match args.ahead {
            0 => Clock::System,
            hours => Clock::Ahead(TimeDelta::hours(hours.into())),
        },
        blocked_register: args.blocked_register,
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
