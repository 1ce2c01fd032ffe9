//! Who is signed in: an account and its session each. A shift's operations are made from its owner's seat.

use std::collections::HashSet;
use std::sync::Arc;

use domain::{Account, ErrorCode, ServerUrl, UserId, owner_of};
use kkm_api::{Client, Session, TokenShelf};
use secrecy::SecretString;
use store::{Credentials, Keeping, Store};
use texts::Key;

use crate::aside::aside;
use crate::desk::lock;
use crate::view::AccountView;
use crate::{Desk, Effect, Trouble};

/// The accounts a desk works with: all of them, or those on one server, or one login's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// On this server only.
    pub server: Option<ServerUrl>,
    /// Under this login only (digits).
    pub login: Option<String>,
}

impl Scope {
    fn covers(&self, account: &Account) -> bool {
        self.server.as_ref().is_none_or(|it| *it == account.server)
            && self.login.as_ref().is_none_or(|it| *it == account.login)
    }
}

/// An account that is signed in.
#[derive(Clone)]
pub(crate) struct Seat {
    pub(crate) account: Account,
    pub(crate) session: Session,
}

/// What a seat is found by.
pub(crate) type SeatKey = (ServerUrl, String);

pub(crate) fn key(account: &Account) -> SeatKey {
    (account.server.clone(), account.login.clone())
}

impl Desk {
    /// Signs in, and keeps the account if asked to.
    ///
    /// # Errors
    /// When the address is not usable, the server refuses, or there is no link.
    pub async fn sign_in(
        &self,
        server: &str,
        login: &str,
        password: SecretString,
        remember: bool,
    ) -> Result<AccountView, Trouble> {
        let bad = |what: Key| Trouble::new(ErrorCode::BadInput, Effect::Nothing).saying(what);
        let server = ServerUrl::parse(server).map_err(|_| bad(Key::WhatServerAddress))?;
        let login: String = login.chars().filter(char::is_ascii_digit).collect();
        if login.is_empty() {
            return Err(bad(Key::WhatPhoneDigits));
        }
        let client = self.client(&server)?;
        let signed_in = client.sign_in(&login, &password).await?;
        self.learn_clock(&server, signed_in.clock);
        let account = Account {
            server,
            login,
            user: signed_in.user,
            name: signed_in.name,
        };
        let keeping = if remember {
            self.keeping.clone()
        } else {
            Keeping::Session
        };
        let credentials = Credentials {
            password,
            token: Some(signed_in.token),
        };
        let (store, whose, what) = (self.store.clone(), account.clone(), credentials.clone());
        let kept = keeping.clone();
        aside(move || store.save_account(&whose, &what.password, what.token.as_ref(), &kept))
            .await??;
        self.seat(client, account.clone(), credentials, keeping);
        Ok(account_view(&account))
    }

    /// Forgets an account and its credentials.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn sign_out(&self, server: &str, login: &str) -> Result<(), Trouble> {
        let server = ServerUrl::parse(server)
            .map_err(|_| Trouble::new(ErrorCode::BadInput, Effect::Nothing))?;
        self.store.remove_account(&server, login)?;
        self.store.forget_sightings(server.as_str(), login)?;
        lock(&self.seats).remove(&(server, login.to_owned()));
        Ok(())
    }

    /// The accounts in scope that can be worked with now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn accounts(&self) -> Result<Vec<AccountView>, Trouble> {
        let seats = self.seats().await?;
        Ok(seats
            .iter()
            .map(|seat| account_view(&seat.account))
            .collect())
    }

    /// Whether passwords can be kept on this computer.
    pub async fn keeps_passwords(&self) -> bool {
        let store = self.store.clone();
        !matches!(self.keeping, Keeping::Session)
            && aside(move || store.has_key_store()).await.unwrap_or(false)
    }

    /// Every account in scope with its session; those kept from before are unsealed on first use.
    pub(crate) async fn seats(&self) -> Result<Vec<Seat>, Trouble> {
        let accounts = self.store.accounts()?;
        // Another process may have signed somebody out.
        let kept: HashSet<SeatKey> = accounts.iter().map(key).collect();
        lock(&self.seats).retain(|place, _| kept.contains(place));
        for account in accounts {
            let place = key(&account);
            let known = lock(&self.seats).contains_key(&place);
            if !known && !lock(&self.sealed).contains(&place) {
                self.unseal(account).await?;
            }
        }
        let mut seats: Vec<Seat> = lock(&self.seats)
            .values()
            .filter(|seat| self.scope.covers(&seat.account))
            .cloned()
            .collect();
        seats.sort_by(|a, b| {
            (&a.account.server, &a.account.login).cmp(&(&b.account.server, &b.account.login))
        });
        Ok(seats)
    }

    /// What cannot be unsealed is not signed in: the person is asked for the password. It is not tried again, for a key
    /// store may ask a question each time.
    async fn unseal(&self, account: Account) -> Result<(), Trouble> {
        if !self.scope.covers(&account) {
            return Ok(());
        }
        let (store, whose, keeping) = (self.store.clone(), account.clone(), self.keeping.clone());
        let found = aside(move || store.credentials(&whose.server, &whose.login, &keeping)).await?;
        match found {
            Ok(Some(credentials)) => {
                let client = self.client(&account.server)?;
                self.seat(client, account, credentials, self.keeping.clone());
            }
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(%error, "kept credentials cannot be read");
                lock(&self.sealed).insert(key(&account));
            }
        }
        Ok(())
    }

    fn seat(&self, client: Client, account: Account, credentials: Credentials, keeping: Keeping) {
        let shelf = Shelf {
            store: self.store.clone(),
            account: account.clone(),
            keeping,
        };
        let session = Session::new(
            client,
            account.login.clone(),
            credentials.password,
            credentials.token,
            Some(Arc::new(shelf)),
        );
        lock(&self.seats).insert(key(&account), Seat { account, session });
    }

    /// The seat of a shift's owner.
    pub(crate) async fn seat_of(
        &self,
        server: &ServerUrl,
        user: UserId,
        name: Option<&str>,
    ) -> Result<Seat, Trouble> {
        let seats = self.seats().await?;
        let accounts: Vec<Account> = seats.iter().map(|seat| seat.account.clone()).collect();
        let owner = owner_of(&accounts, server, user);
        let found = seats.iter().find(|seat| Some(&seat.account) == owner);
        found.cloned().ok_or_else(|| {
            let owner = name.map_or_else(|| user.to_string(), ToOwned::to_owned);
            missing(owner)
        })
    }

    /// The seat that made an operation.
    pub(crate) async fn seat_at(&self, server: &str, login: &str) -> Result<Seat, Trouble> {
        let seats = self.seats().await?;
        let made =
            |seat: &&Seat| seat.account.server.as_str() == server && seat.account.login == login;
        let found = seats.iter().find(made).cloned();
        found.ok_or_else(|| missing(login.to_owned()))
    }

    /// Whether the owner of a shift is signed in here.
    pub(crate) fn is_seated(&self, server: &ServerUrl, user: UserId) -> bool {
        lock(&self.seats).values().any(|seat| {
            seat.account.server == *server
                && seat.account.user == user
                && self.scope.covers(&seat.account)
        })
    }
}

fn missing(owner: String) -> Trouble {
    Trouble::new(ErrorCode::AccountMissing, Effect::SignIn).with("owner", owner)
}

fn account_view(account: &Account) -> AccountView {
    AccountView {
        server: account.server.to_string(),
        host: account.server.host().to_owned(),
        login: account.login.clone(),
        name: account.name.clone(),
        user: account.user.get(),
    }
}

/// An account's token in the store, in common with the other processes on this data folder.
struct Shelf {
    store: Store,
    account: Account,
    keeping: Keeping,
}

impl TokenShelf for Shelf {
    fn token(&self) -> Option<SecretString> {
        let Account { server, login, .. } = &self.account;
        match self.store.credentials(server, login, &self.keeping) {
            Ok(credentials) => credentials?.token,
            Err(error) => {
                tracing::warn!(%error, "the kept token cannot be read");
                None
            }
        }
    }

    fn keep(&self, token: &SecretString) {
        if let Err(error) = self.store.renew_token(&self.account, token, &self.keeping) {
            tracing::warn!(%error, "the new token is not kept");
        }
    }
}
