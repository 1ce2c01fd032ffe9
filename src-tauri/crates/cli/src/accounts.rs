//! `login`, `logout`, `accounts`, and which account an operation may use.

use std::io::{BufRead, Read};

use operations::Desk;
use operations::view::AccountView;
use secrecy::SecretString;
use serde_json::json;

use crate::args::{Globals, Login};
use crate::failure::Failure;
use crate::place;
use crate::say::{Say, or_dash, table};

/// `login`.
pub(crate) async fn login(
    desk: &Desk,
    globals: &Globals,
    login: &Login,
    training: Option<&str>,
    say: Say,
) -> Result<(), Failure> {
    let password = password(login)?;
    let server = training
        .or_else(|| place::server(globals))
        .unwrap_or(place::default_server());
    let account = desk.sign_in(server, &login.login, password, true).await?;
    say.result(&account, || {
        let name = account.name.as_deref().unwrap_or(&account.login);
        format!("Вход выполнен: {name}, {}", account.host)
    })
}

/// The longest password that is read.
const LONGEST: u64 = 4096;

fn password(login: &Login) -> Result<SecretString, Failure> {
    let text = match &login.password_env {
        Some(name) => std::env::var(name).map_err(|_| {
            Failure::usage(
                format!("Переменная {name} не задана."),
                "Задайте её или передайте пароль через --password-stdin.",
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
                        format!("Пароль не прочитан: {error}."),
                        "Передайте его одной строкой на stdin.",
                    )
                })?;
            line.trim_end_matches(['\r', '\n']).to_owned()
        }
    };
    if text.is_empty() {
        return Err(Failure::usage(
            "Пароль пуст.",
            "Передайте пароль одной строкой на stdin или через --password-env.",
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
        || format!("Выход выполнен: {}, {}", account.login, account.host),
    )
}

/// `accounts`.
pub(crate) async fn list(desk: &Desk, say: Say) -> Result<(), Failure> {
    let accounts = desk.accounts().await?;
    say.result(&accounts, || {
        if accounts.is_empty() {
            return "Никто не вошёл.".to_owned();
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
            &["Номер", "Имя", "IdUser", "Сервер"],
            &accounts.iter().map(row).collect::<Vec<_>>(),
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
            "Вошли несколько пользователей. Ничего не отправлено.",
            "Укажите, кто работает: --account PHONE, а если он есть на двух серверах, то и --server URL.",
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

/// The phone as it is kept.
pub(crate) fn digits(login: &str) -> String {
    login.chars().filter(char::is_ascii_digit).collect()
}
