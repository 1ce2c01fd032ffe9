//! Accounts: a server and a user each. A shift is read and closed by the user who opened it, so several live side by side.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::UserId;

/// The API's base URL without a trailing slash: `https://` anywhere, `http://` on a loopback address only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServerUrl(String);

/// Why a text is not a server's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ServerUrlError {
    /// Neither `https://HOST` nor `http://` with a loopback host.
    #[error("the address must begin with https:// (http:// is for this computer only)")]
    Scheme,
    /// No host, or characters that no address has, or a password in it.
    #[error("the address is not complete")]
    Host,
}

impl ServerUrl {
    /// Checks and tidies an address.
    ///
    /// # Errors
    /// See [`ServerUrlError`].
    pub fn parse(text: &str) -> Result<Self, ServerUrlError> {
        let text = text.trim().trim_end_matches('/');
        let (scheme, rest) = text.split_once("://").ok_or(ServerUrlError::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        let authority = rest.split('/').next().unwrap_or_default();
        let odd = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '@' | '?' | '#' | '\\' | '"' | '<' | '>')
        };
        let host = host_of(authority);
        if host.is_empty() || rest.contains(odd) {
            return Err(ServerUrlError::Host);
        }
        match scheme.as_str() {
            "https" => {}
            "http" if is_loopback(host) => {}
            _ => return Err(ServerUrlError::Scheme),
        }
        Ok(Self(format!("{scheme}://{rest}")))
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host and port, for people.
    pub fn host(&self) -> &str {
        self.0
            .split_once("://")
            .map_or("", |(_, rest)| rest.split('/').next().unwrap_or(rest))
    }
}

/// The host without the port; brackets of an IPv6 address stay.
fn host_of(authority: &str) -> &str {
    if authority.starts_with('[') {
        return authority.split_inclusive(']').next().unwrap_or(authority);
    }
    authority.split(':').next().unwrap_or(authority)
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
        || host == "[::1]"
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ServerUrl {
    type Error = ServerUrlError;

    fn try_from(text: String) -> Result<Self, ServerUrlError> {
        Self::parse(&text)
    }
}

impl From<ServerUrl> for String {
    fn from(url: ServerUrl) -> Self {
        url.0
    }
}

/// Somebody who signed in on a server. Password and token are elsewhere, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The server.
    pub server: ServerUrl,
    /// The sign-in phone.
    pub login: String,
    /// The server's id of this user.
    pub user: UserId,
    /// The user's name, where the server told it.
    pub name: Option<String>,
}

/// The account that may act on a shift of `user` on `server`; never guessed from what is on the screen.
pub fn owner_of<'a>(
    accounts: &'a [Account],
    server: &ServerUrl,
    user: UserId,
) -> Option<&'a Account> {
    accounts
        .iter()
        .find(|account| account.server == *server && account.user == user)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_computer_only() {
        for good in [
            "https://fiscal2.kassa24.kz",
            "https://a.kz:8443/api/",
            "http://127.0.0.1:8080",
            "http://localhost",
            "http://[::1]:9/",
        ] {
            assert!(ServerUrl::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://a.kz",
            "http://127.0.0.1.evil.kz",
            "http://localhost.evil.kz",
            "ftp://a.kz",
            "a.kz",
            "https://",
            "https://u:p@a.kz",
            "https://a b",
            "http://127.0.0.1@evil.kz",
        ] {
            assert!(ServerUrl::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(
            ServerUrl::parse(" https://a.kz:8443/api/ ").unwrap().host(),
            "a.kz:8443"
        );
    }

    #[test]
    fn a_shift_is_handled_by_the_account_of_its_owner_on_its_server() {
        let account = |server: &str, user| Account {
            server: ServerUrl::parse(server).unwrap(),
            login: format!("7{user}"),
            user: UserId::new(user),
            name: None,
        };
        let accounts = [
            account("https://a.kz", 1),
            account("https://b.kz", 2),
            account("https://a.kz", 2),
        ];
        let a = ServerUrl::parse("https://a.kz").unwrap();
        assert_eq!(owner_of(&accounts, &a, UserId::new(2)), Some(&accounts[2]));
        assert_eq!(owner_of(&accounts, &a, UserId::new(3)), None);
    }
}
