//! `login`, `logout`, `accounts`, and which account an operation may use.

use std::fmt::Display;
use std::io::{BufRead, Read};

use operations::Desk;
use operations::view::AccountView;
use secrecy::SecretString;
use serde_json::json;
use texts::{Key, Phrase};

use crate::args::{Globals, Login};
use crate::failure::Failure;
use crate::place;
use crate::say::{Head, Say, or_dash, table};

/// `login`.
pub(crate) async fn login(
    desk: &Desk,
    globals: &Globals,
    login: &Login,
    password: SecretString,
    training: Option<&str>,
    say: Say,
) -> Result<(), Failure> {
    let server = training
        .or_else(|| place::server(globals))
        .unwrap_or(place::default_server());
    let account = desk.sign_in(server, &login.login, password, true).await?;
    say.result(&account, || {
        let name = account.name.as_deref().unwrap_or(&account.login);
        say.lang.fill(
            Key::CliSignedIn,
            &[("name", &name), ("host", &account.host)],
        )
    })
}

/// The longest password that is read.
const LONGEST: u64 = 4096;

/// The password of a `login`, from where it says.
pub(crate) fn password(login: &Login) -> Result<SecretString, Failure> {
    let text = match &login.password_env {
        Some(name) => std::env::var(name).map_err(|_| {
            Failure::usage(
                Phrase::of(Key::CliNoVariable).with("name", name),
                Key::CliNoVariableRemedy,
            )
        })?,
        None => {
            let mut line = String::new();
            std::io::stdin()
                .lock()
                .take(LONGEST)
                .read_line(&mut line)
                .map_err(|error| {
                    Failure::usage(
                        Phrase::of(Key::CliPasswordUnread).with("why", error),
                        Key::CliPasswordUnreadRemedy,
                    )
                })?;
            line.trim_end_matches(['\r', '\n']).to_owned()
        }
    };
    if text.is_empty() {
        return Err(Failure::usage(
            Key::CliPasswordEmpty,
            Key::CliPasswordEmptyRemedy,
        ));
    }
    Ok(SecretString::from(text))
}

/// `logout`.
pub(crate) async fn logout(desk: &Desk, globals: &Globals, say: Say) -> Result<(), Failure> {
    let account = only(desk, globals).await?;
    desk.sign_out(&account.server, &account.login)?;
    say.result(
        &json!({ "server": account.server, "login": account.login }),
        || {
            let values: [(&str, &dyn Display); 2] =
                [("login", &account.login), ("host", &account.host)];
            say.lang.fill(Key::CliSignedOut, &values)
        },
    )
}

/// `accounts`.
pub(crate) async fn list(desk: &Desk, say: Say) -> Result<(), Failure> {
    let accounts = desk.accounts().await?;
    say.result(&accounts, || {
        if accounts.is_empty() {
            return say.lang.text(Key::CliNobody).to_owned();
        }
        let row = |account: &AccountView| {
            vec![
                account.login.clone(),
                or_dash(account.name.as_ref()),
                account.user.to_string(),
                account.host.clone(),
            ]
        };
        table(
            &[
                Head::Text(Key::CliHeadPhone),
                Head::Text(Key::CliHeadName),
                Head::Name("IdUser"),
                Head::Text(Key::CliHeadServer),
            ],
            &accounts.iter().map(row).collect::<Vec<_>>(),
            say.lang,
        )
    })
}

/// The account that `--account` and `--server` leave, where that is one.
pub(crate) async fn only(desk: &Desk, globals: &Globals) -> Result<AccountView, Failure> {
    let mut left = in_scope(desk, globals).await?;
    match (left.pop(), left.is_empty()) {
        (Some(account), true) => Ok(account),
        (None, _) => Err(Failure::not_signed_in()),
        (Some(_), false) => Err(Failure::usage(
            Key::CliSeveralAccounts,
            Key::CliSeveralAccountsRemedy,
        )),
    }
}

/// The accounts in scope; a phone that is not signed in is a failure.
pub(crate) async fn in_scope(desk: &Desk, globals: &Globals) -> Result<Vec<AccountView>, Failure> {
    let left = desk.accounts().await?;
    match &globals.account {
        Some(login) if left.is_empty() => Err(Failure::no_such_account(login)),
        None if left.is_empty() => Err(Failure::not_signed_in()),
        _ => Ok(left),
    }
}

/// The phone as it is kept; of what is no phone the digits, which are nobody's.
pub(crate) fn phone(typed: &str) -> String {
    let digits = || typed.chars().filter(char::is_ascii_digit).collect();
    operations::phone(typed).unwrap_or_else(digits)
}
