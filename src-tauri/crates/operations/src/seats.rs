//! Who is signed in: an account and its session each. A shift's operations are made from its owner's seat.

use std::collections::HashSet;
use std::sync::Arc;

use domain::{Account, ErrorCode, ServerUrl, UserId, owner_of};
use kkm_api::{Client, Session, TokenShelf};
use secrecy::{ExposeSecret as _, SecretString};
use store::{Credentials, Keeping, Kept, Store};
use texts::Key;

use crate::aside::aside;
use crate::desk::lock;
use crate::unsealing::missing;
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
    pub(crate) fn covers(&self, account: &Account) -> bool {
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

/// A phone as the server knows it, `77012345678`: people write an 8 before the ten digits of their own country, or nothing.
/// Behind a `+` the digits stay as they are. `None` is no phone.
pub fn phone(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let at_home = !typed.contains('+');
    match (digits.len(), digits.strip_prefix('8')) {
        (11, Some(own)) if at_home => Some(format!("7{own}")),
        (10, _) if at_home => Some(format!("7{digits}")),
        (11..=15, _) => Some(digits),
        _ => None,
    }
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
        let login = phone(login).ok_or_else(|| bad(Key::WhatPhoneDigits))?;
        if password.expose_secret().is_empty() {
            return Err(bad(Key::WhatNoPassword));
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
        // What cannot be read now is not to be given up by that: whoever signs in meanwhile has no choice. Nor, where
        // nothing is to be kept, what a shell keeps under its passphrase.
        let sealed = self.store.sealed_by(&account.server, &account.login)?;
        let is_elses = sealed == Some(Kept::Passphrase) && self.keeping.kept() != Kept::Passphrase;
        let stays = is_elses || self.locked().iter().any(|it| key(it) == key(&account));
        aside(move || {
            if stays && matches!(kept, Keeping::Session) {
                store.seat_account(&whose, what);
                return Ok(());
            }
            store.save_account(&whose, &what.password, what.token.as_ref(), &kept)
        })
        .await??;
        self.seat(client, account.clone(), credentials, keeping);
        Ok(account_view(&account, false))
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
        let place = (server, login.to_owned());
        lock(&self.seats).remove(&place);
        lock(&self.sealed).forget(&place);
        Ok(())
    }

    /// The accounts in scope: those that can be worked with now, and those whose credentials are locked.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn accounts(&self) -> Result<Vec<AccountView>, Trouble> {
        let seats = self.seats().await?;
        let seated = seats.iter().map(|seat| account_view(&seat.account, false));
        let locked = self.locked();
        let locked = locked.iter().map(|account| account_view(account, true));
        let mut accounts: Vec<AccountView> = seated.chain(locked).collect();
        accounts.sort_by(|a, b| (&a.server, &a.login).cmp(&(&b.server, &b.login)));
        Ok(accounts)
    }

    /// Whether passwords can be kept on this computer.
    pub async fn keeps_passwords(&self) -> bool {
        let store = self.store.clone();
        !matches!(self.keeping, Keeping::Session)
            && aside(move || store.has_key_store()).await.unwrap_or(false)
    }

    /// Every account in scope with its session; those kept from before are unsealed on first use, or as soon as they can be.
    pub(crate) async fn seats(&self) -> Result<Vec<Seat>, Trouble> {
        let accounts = self.store.accounts()?;
        // Another process may have signed somebody out.
        let kept: HashSet<SeatKey> = accounts.iter().map(key).collect();
        lock(&self.seats).retain(|place, _| kept.contains(place));
        lock(&self.sealed).keep_only(&kept);
        self.unseal(accounts).await?;
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

    pub(crate) fn seat(
        &self,
        client: Client,
        account: Account,
        credentials: Credentials,
        keeping: Keeping,
    ) {
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
        let place = key(&account);
        lock(&self.seats).insert(place.clone(), Seat { account, session });
        lock(&self.sealed).forget(&place);
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
            self.missing(server, user, owner)
        })
    }

    /// The seat that made an operation.
    pub(crate) async fn seat_at(&self, server: &str, login: &str) -> Result<Seat, Trouble> {
        let seats = self.seats().await?;
        let made =
            |seat: &&Seat| seat.account.server.as_str() == server && seat.account.login == login;
        let found = seats.iter().find(made).cloned();
        found.ok_or_else(|| {
            let is_this = |it: &Account| it.server.as_str() == server && it.login == login;
            self.locked_or(is_this, missing(login.to_owned()))
        })
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

fn account_view(account: &Account, locked: bool) -> AccountView {
    AccountView {
        server: account.server.to_string(),
        host: account.server.host().to_owned(),
        login: account.login.clone(),
        name: account.name.clone(),
        user: account.user.get(),
        locked,
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
