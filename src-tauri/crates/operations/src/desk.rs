//! The desk: the store, the signed-in sessions, and what is known of each server's clock.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Account, ErrorCode, ServerUrl, UserId, owner_of};
use kkm_api::{Client, Session, Timeouts};
use secrecy::SecretString;
use store::{Keeping, Store};

use crate::view::AccountView;
use crate::{Effect, Trouble};

/// Where and how a desk works.
#[derive(Debug)]
pub struct DeskConfig {
    /// The folder of the database; made if it is not there.
    pub data_dir: PathBuf,
    /// Marks every report УЧЕБНЫЙ.
    pub training: bool,
    /// How passwords are kept.
    pub keeping: Keeping,
}

/// One data folder with its accounts: what the window and the command line work on.
pub struct Desk {
    pub(crate) store: Store,
    pub(crate) training: bool,
    keeping: Keeping,
    seats: Mutex<HashMap<(ServerUrl, String), Seat>>,
    offsets: Mutex<HashMap<ServerUrl, TimeDelta>>,
}

/// An account that is signed in.
#[derive(Clone)]
pub(crate) struct Seat {
    pub(crate) account: Account,
    pub(crate) session: Session,
}

/// A poisoned lock guards plain data that is valid after any panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Opens the data folder and settles what a dead process left in the journal.
    ///
    /// # Errors
    /// When the folder or the database cannot be used; nothing has been sent.
    pub fn open(config: DeskConfig) -> Result<Self, Trouble> {
        let store = Store::open(&config.data_dir)?;
        store.settle_dead(Utc::now())?;
        Ok(Self {
            store,
            training: config.training,
            keeping: config.keeping,
            seats: Mutex::default(),
            offsets: Mutex::default(),
        })
    }

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
        let server = ServerUrl::parse(server).map_err(|_| {
            let what =
                "Адрес сервера начинается с https:// (http:// — только для этого компьютера)";
            Trouble::new(ErrorCode::BadInput, Effect::Nothing).with("what", what)
        })?;
        let login: String = login.chars().filter(char::is_ascii_digit).collect();
        if login.is_empty() {
            let what = "Введите номер телефона цифрами";
            return Err(Trouble::new(ErrorCode::BadInput, Effect::Nothing).with("what", what));
        }
        let client = Client::new(server.clone(), Timeouts::default())?;
        let signed_in = client.sign_in(&login, &password).await?;
        let account = Account {
            server,
            login: login.clone(),
            user: signed_in.user,
            name: signed_in.name,
        };
        let keeping = if remember {
            &self.keeping
        } else {
            &Keeping::Session
        };
        self.store
            .save_account(&account, &password, Some(&signed_in.token), keeping)?;
        let session = Session::new(client, login, password, Some(signed_in.token));
        let view = account_view(&account);
        lock(&self.seats).insert(key(&account), Seat { account, session });
        Ok(view)
    }

    /// Forgets an account and its credentials.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn sign_out(&self, server: &str, login: &str) -> Result<(), Trouble> {
        let server = ServerUrl::parse(server)
            .map_err(|_| Trouble::new(ErrorCode::BadInput, Effect::Nothing))?;
        self.store.remove_account(&server, login)?;
        lock(&self.seats).remove(&(server, login.to_owned()));
        Ok(())
    }

    /// The accounts that can be worked with now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn accounts(&self) -> Result<Vec<AccountView>, Trouble> {
        Ok(self
            .seats()?
            .iter()
            .map(|seat| account_view(&seat.account))
            .collect())
    }

    /// Whether passwords can be kept on this computer.
    pub fn keeps_passwords(&self) -> bool {
        !matches!(self.keeping, Keeping::Session) && self.store.has_key_store()
    }

    /// Every account with its session; those kept from before are unsealed on first use.
    pub(crate) fn seats(&self) -> Result<Vec<Seat>, Trouble> {
        for account in self.store.accounts()? {
            if lock(&self.seats).contains_key(&key(&account)) {
                continue;
            }
            // What cannot be unsealed is not signed in: the person is asked for the password again.
            let credentials =
                match self
                    .store
                    .credentials(&account.server, &account.login, &self.keeping)
                {
                    Ok(Some(credentials)) => credentials,
                    Ok(None) => continue,
                    Err(error) => {
                        tracing::warn!(%error, "kept credentials cannot be read");
                        continue;
                    }
                };
            let client = Client::new(account.server.clone(), Timeouts::default())?;
            let session = Session::new(
                client,
                account.login.clone(),
                credentials.password,
                credentials.token,
            );
            lock(&self.seats).insert(key(&account), Seat { account, session });
        }
        let mut seats: Vec<Seat> = lock(&self.seats).values().cloned().collect();
        seats.sort_by(|a, b| {
            (&a.account.server, &a.account.login).cmp(&(&b.account.server, &b.account.login))
        });
        Ok(seats)
    }

    /// The seat of a shift's owner.
    pub(crate) fn seat_of(
        &self,
        server: &ServerUrl,
        user: UserId,
        name: Option<&str>,
    ) -> Result<Seat, Trouble> {
        let seats = self.seats()?;
        let accounts: Vec<Account> = seats.iter().map(|seat| seat.account.clone()).collect();
        let owner = owner_of(&accounts, server, user).map(key);
        owner
            .and_then(|owner| lock(&self.seats).get(&owner).cloned())
            .ok_or_else(|| {
                let owner = name.map_or_else(|| user.to_string(), ToOwned::to_owned);
                Trouble::new(ErrorCode::AccountMissing, Effect::Nothing).with("owner", owner)
            })
    }

    /// Learns the server's clock from an answer.
    pub(crate) fn learn_clock(&self, server: &ServerUrl, server_time: Option<DateTime<Utc>>) {
        if let Some(time) = server_time {
            lock(&self.offsets).insert(server.clone(), time.signed_duration_since(Utc::now()));
        }
    }

    /// Now, by the server's clock as far as it is known.
    pub(crate) fn server_now(&self, server: &ServerUrl) -> DateTime<Utc> {
        let offset = lock(&self.offsets).get(server).copied().unwrap_or_default();
        Utc::now()
            .checked_add_signed(offset)
            .unwrap_or_else(Utc::now)
    }
}

fn key(account: &Account) -> (ServerUrl, String) {
    (account.server.clone(), account.login.clone())
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
