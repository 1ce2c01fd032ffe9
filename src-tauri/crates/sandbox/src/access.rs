//! Sign-in and tokens.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use crate::{
    clock,
    envelope::{Answer, Outcome, Refusal},
    json::Json,
    render,
    world::{Token, World},
};

/// How long a token lives.
const TOKEN_LIFE: TimeDelta = TimeDelta::hours(24);
/// Tokens of one user that work side by side.
const TOKENS_KEPT: usize = 16;

/// The body of `POST /auth`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Credentials {
    login: String,
    password: String,
}

/// Checks the credentials and gives out a token.
pub(crate) fn sign_in(world: &mut World, body: &[u8], now: DateTime<Utc>) -> Outcome {
    let given: Credentials = serde_json::from_slice(body).map_err(|_| Refusal::of(400))?;
    let value = fresh_token()?;
    let user = world
        .users
        .iter_mut()
        .find(|user| user.login == given.login && user.password == given.password)
        .ok_or_else(|| Refusal::saying(401, "Unauthorized: неверный логин или пароль"))?;
    user.tokens.push(Token {
        value: value.clone(),
        expires: now + TOKEN_LIFE,
    });
    let surplus = user.tokens.len().saturating_sub(TOKENS_KEPT);
    user.tokens.drain(..surplus);
    let user = user.clone();
    Ok(Answer::data(&Json::object([
        ("Token", Json::text(value)),
        ("User", render::user(world, &user)),
    ])))
}

/// The user whose live token the request carries.
pub(crate) fn user(
    world: &World,
    bearer: Option<&str>,
    now: DateTime<Utc>,
) -> Result<i64, Refusal> {
    let bearer = bearer.ok_or_else(|| Refusal::saying(401, "Unauthorized: token is missing"))?;
    let known = world.users.iter().find_map(|user| {
        let token = user.tokens.iter().find(|token| token.value == bearer)?;
        Some((user.id, token.expires))
    });
    match known {
        None => Err(Refusal::saying(401, "Unauthorized: token is invalid")),
        Some((_, expires)) if expires <= now => {
            let ago = clock::span(now - expires);
            let text = format!("Unauthorized: token is expired by {ago}");
            Err(Refusal::saying(401, text))
        }
        Some((user, _)) => Ok(user),
    }
}

fn fresh_token() -> Result<String, Refusal> {
    let mut bytes = [0u8; 24];
    getrandom::fill(&mut bytes).map_err(|_| Refusal::of(500))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
