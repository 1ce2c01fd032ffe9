//! Accounts: a server and a user each. A shift is read and closed by the user who opened it, so several live side by side.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

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
    /// Checks an address and writes it in its one form, for a register is known by its server: lower case, no default port,
    /// no slash at the end.
    ///
    /// # Errors
    /// See [`ServerUrlError`].
    pub fn parse(text: &str) -> Result<Self, ServerUrlError> {
        let text = text.trim();
        if !text.contains("://") {
            return Err(ServerUrlError::Scheme);
        }
        // A browser forgives these; an address that somebody typed is not to be guessed.
        if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(ServerUrlError::Host);
        }
        let mut url = Url::parse(text).map_err(|_| ServerUrlError::Host)?;
        let odd = !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some();
        if odd {
            return Err(ServerUrlError::Host);
        }
        let plain_host = url
            .host_str()
            .map(|host| host.trim_end_matches('.').to_owned());
        let plain_host = plain_host.filter(|host| !host.is_empty());
        let plain_host = plain_host.ok_or(ServerUrlError::Host)?;
        if url.host_str() != Some(&plain_host) {
            url.set_host(Some(&plain_host))
                .map_err(|_| ServerUrlError::Host)?;
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            _ => return Err(ServerUrlError::Scheme),
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is on this computer.
    pub fn is_loopback(&self) -> bool {
        Url::parse(&self.0).is_ok_and(|url| is_loopback(&url))
    }

    /// Host and port, for people.
    pub fn host(&self) -> &str {
        self.0
            .split_once("://")
            .map_or("", |(_, rest)| rest.split('/').next().unwrap_or(rest))
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
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
    fn only_this_computer_is_loopback() {
        for (text, here) in [
            ("https://localhost", true),
            ("http://127.8.9.1:80", true),
            ("https://[::1]", true),
            ("https://localhost.evil.kz", false),
            ("https://127.0.0.1.evil.kz", false),
            ("https://10.0.0.1", false),
        ] {
            assert_eq!(
                ServerUrl::parse(text).unwrap().is_loopback(),
                here,
                "{text}"
            );
        }
    }

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
            "https://a.kz?x=1",
            "https://a.kz\\evil.kz",
        ] {
            assert!(ServerUrl::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(
            ServerUrl::parse(" https://a.kz:8443/api/ ").unwrap().host(),
            "a.kz:8443"
        );
    }

    #[test]
    fn one_server_has_one_name_however_it_is_typed() {
        let name = |text| ServerUrl::parse(text).unwrap().as_str().to_owned();
        for typed in [
            "https://Fiscal2.Kassa24.kz",
            "HTTPS://fiscal2.kassa24.kz:443/",
            " https://fiscal2.kassa24.kz.// ",
        ] {
            assert_eq!(name(typed), "https://fiscal2.kassa24.kz", "{typed}");
        }
        assert_eq!(name("http://LocalHost:80"), "http://localhost");
        assert_eq!(name("https://a.kz:8443/api/"), "https://a.kz:8443/api");
        assert_eq!(name("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
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
