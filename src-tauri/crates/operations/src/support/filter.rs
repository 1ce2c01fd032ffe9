//! The last filter: whatever goes into a bundle passes it, though no secret should have come so far.

use kkm_api::redact;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use store::{Keeping, Store};

use crate::aside::aside;
use crate::desk::lock;
use crate::{Desk, Trouble};

/// Digits of a sign-in phone that stay.
const SHOWN: usize = 4;

/// What is taken out of texts: the secrets that are known, what looks like one, and people's sign-in phones.
pub(crate) struct Filter {
    /// The longest first: one may be a part of another.
    secrets: Vec<SecretString>,
    logins: Vec<String>,
}

impl Filter {
    pub(crate) fn new(mut secrets: Vec<SecretString>, logins: Vec<String>) -> Self {
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.expose_secret().len()));
        Self { secrets, logins }
    }

    /// With every secret that this desk knows or can unseal.
    pub(crate) async fn of(desk: &Desk) -> Result<Self, Trouble> {
        let mut secrets = Vec::new();
        if let Keeping::Passphrase(passphrase) = &desk.keeping {
            secrets.push(passphrase.clone());
        }
        let sessions: Vec<_> = lock(&desk.seats).values().cloned().collect();
        for seat in sessions {
            secrets.extend(seat.session.token().await);
        }
        let (store, keeping) = (desk.store.clone(), desk.keeping.clone());
        let mut accounts = store.accounts().unwrap_or_default();
        // What could not be unsealed is not tried here: a key store may ask a question each time.
        accounts.retain(|account| !lock(&desk.sealed).holds(&crate::seats::key(account)));
        let kept = aside(move || {
            let mut kept = Vec::new();
            for account in accounts {
                let found = store.credentials(&account.server, &account.login, &keeping);
                if let Ok(Some(credentials)) = found {
                    kept.push(credentials.password);
                    kept.extend(credentials.token);
                }
            }
            (kept, logins(&store))
        });
        let (kept, logins) = kept.await?;
        secrets.extend(kept);
        Ok(Self::new(secrets, logins))
    }

    /// A text of one line, or a body as it came.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut text = redact::bearer(&redact::body(text));
        for secret in &self.secrets {
            text = redact::without(text, secret.expose_secret());
        }
        for login in &self.logins {
            if text.contains(login.as_str()) {
                text = text.replace(login.as_str(), &masked(login));
            }
        }
        text
    }

    /// Line by line, so that a quote that is never closed hides nothing from it.
    pub(crate) fn lines(&self, text: &str) -> String {
        let lines = text.split_inclusive('\n');
        lines.map(|line| self.text(line)).collect()
    }

    /// Every text in it.
    pub(crate) fn value(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(&text)),
            Value::Array(values) => values.into_iter().map(|value| self.value(value)).collect(),
            Value::Object(fields) => Value::Object(
                fields
                    .into_iter()
                    .map(|(name, value)| (name, self.value(value)))
                    .collect(),
            ),
            other => other,
        }
    }
}

/// The sign-in phones of a store's accounts.
pub(crate) fn logins(store: &Store) -> Vec<String> {
    let accounts = store.accounts().unwrap_or_default();
    let logins = accounts.into_iter().map(|account| account.login);
    logins.filter(|login| login.len() > SHOWN).collect()
}

/// A sign-in phone with its last digits alone.
pub(crate) fn masked(login: &str) -> String {
    let hidden = login.chars().count().saturating_sub(SHOWN);
    let shown = login.chars().enumerate();
    shown
        .map(|(place, c)| if place < hidden { '*' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nothing_that_is_or_looks_like_a_secret_passes() {
        let secrets = ["пароль", "пароль-2", "qu\"ote"].map(SecretString::from);
        let filter = Filter::new(secrets.into(), vec!["77001112233".to_owned()]);
        let value = json!({
            "a": ["сказано пароль-2.", {"b": r#"{"Echo":"qu\"ote"}"#}],
            "raw": r#"{"Data":{"TokenCPCR":"mark","Token":"mark","n":1}}"#,
            "half": r#"{"TokenCPCR":"mark"#,
            "said": "no: Bearer mark",
            "login": "77001112233",
            "number": 7,
        });
        let clean = filter.value(value);
        assert_eq!(
            clean,
            json!({
                "a": ["сказано removed.", {"b": r#"{"Echo":"removed"}"#}],
                "raw": r#"{"Data":{"TokenCPCR":"removed","Token":"removed","n":1}}"#,
                "half": r#"{"TokenCPCR":"removed""#,
                "said": "no: Bearer removed",
                "login": "*******2233",
                "number": 7,
            })
        );
        let log = filter.lines("an \" unclosed one\n{\"password\":\"mark\"}\nпароль\n");
        assert_eq!(
            log,
            "an \" unclosed one\n{\"password\":\"removed\"}\nremoved\n"
        );
    }

    #[test]
    fn of_a_phone_four_digits_stay() {
        assert_eq!(masked("77001112233"), "*******2233");
        assert_eq!(masked("233"), "233");
    }
}
