//! Credentials that could not be unsealed. A key store that is locked now, or not there yet when the program starts with the
//! computer, may be open in a moment: it is tried again, and meanwhile its accounts are locked, not signed out.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Account, ErrorCode, ServerUrl, UserId};
use store::{Credentials, StoreError};

use crate::aside::aside;
use crate::desk::lock;
use crate::seats::{SeatKey, key};
use crate::{Desk, Effect, Trouble};

/// Before the second attempt; it doubles each time an attempt fails. A key store that says by itself that it is locked is
/// looked at no more often either.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(5);
/// The longest pause is so many times doubled.
const LONGEST: u32 = 6;

/// What could not be unsealed in this run.
#[derive(Debug, Default)]
pub(crate) struct Sealed {
    /// Its key is lost or it is damaged: a person has to sign in again.
    lost: HashSet<SeatKey>,
    /// It could not be read, and is tried again.
    locked: HashMap<SeatKey, Account>,
    failed: u32,
    until: Option<DateTime<Utc>>,
}

/// What an attempt came to.
enum Found {
    Credentials(Box<Credentials>),
    Nothing,
    /// The key store says so; it was asked for nothing.
    StillLocked,
}

impl Sealed {
    pub(crate) fn forget(&mut self, place: &SeatKey) {
        self.lost.remove(place);
        self.locked.remove(place);
    }

    pub(crate) fn keep_only(&mut self, kept: &HashSet<SeatKey>) {
        self.lost.retain(|place| kept.contains(place));
        self.locked.retain(|place, _| kept.contains(place));
    }

    /// Whether an attempt is worth while now. A clock that was set back must not hold it up for ever.
    fn is_due(&self, place: &SeatKey, now: DateTime<Utc>) -> bool {
        if self.lost.contains(place) {
            return false;
        }
        let long = FIRST_PAUSE * 2_i32.pow(LONGEST);
        !self.locked.contains_key(place)
            || self
                .until
                .is_none_or(|until| now >= until || until.signed_duration_since(now) > long)
    }

    /// Whether it is known to be sealed, for a while or for good.
    pub(crate) fn holds(&self, place: &SeatKey) -> bool {
        self.lost.contains(place) || self.locked.contains_key(place)
    }

    fn stays_locked(&mut self, account: Account, now: DateTime<Utc>, attempted: bool) {
        let mut pause = FIRST_PAUSE;
        if attempted {
            pause = FIRST_PAUSE * 2_i32.pow(self.failed.min(LONGEST));
            self.failed = self.failed.saturating_add(1);
        }
        self.until = now.checked_add_signed(pause);
        self.locked.insert(key(&account), account);
    }
}

impl Desk {
    /// Unseals what is not unsealed yet and worth an attempt: one at a time, for a key store may ask the person a question,
    /// and one is enough. After one that fails the others are not tried.
    pub(crate) async fn unseal(&self, accounts: Vec<Account>) -> Result<(), Trouble> {
        let is_due = |account: &Account| {
            let place = key(account);
            self.scope.covers(account)
                && !lock(&self.seats).contains_key(&place)
                && lock(&self.sealed).is_due(&place, self.now())
        };
        if !accounts.iter().any(is_due) {
            return Ok(());
        }
        let _alone = self.unsealing.lock().await;
        let mut is_locked = false;
        for account in accounts {
            // Whoever was first may have done it, or have failed.
            if !is_due(&account) {
                continue;
            }
            if is_locked {
                lock(&self.sealed).locked.insert(key(&account), account);
                continue;
            }
            is_locked = self.unseal_one(account).await?;
        }
        Ok(())
    }

    /// Whether the key store is locked.
    async fn unseal_one(&self, account: Account) -> Result<bool, Trouble> {
        let (store, whose, keeping) = (self.store.clone(), account.clone(), self.keeping.clone());
        let place = key(&account);
        let again = lock(&self.sealed).locked.contains_key(&place);
        let found = aside(move || {
            // It was asked once, and whoever is asked again and again is asked too often.
            if again && store.is_key_store_locked(&keeping) {
                return Ok(Found::StillLocked);
            }
            let credentials = store.credentials(&whose.server, &whose.login, &keeping)?;
            Ok(credentials.map_or(Found::Nothing, |it| Found::Credentials(Box::new(it))))
        });
        match found.await? {
            Ok(Found::Credentials(credentials)) => {
                let client = self.client(&account.server)?;
                self.seat(client, account, *credentials, self.keeping.clone());
                let mut sealed = lock(&self.sealed);
                (sealed.failed, sealed.until) = (0, None);
            }
            Ok(Found::Nothing) => lock(&self.sealed).forget(&place),
            Ok(Found::StillLocked) => {
                lock(&self.sealed).stays_locked(account, self.now(), false);
                return Ok(true);
            }
            Err(
                error @ (StoreError::KeyMissing
                | StoreError::WrongPassphrase
                | StoreError::Damaged(_)),
            ) => {
                tracing::warn!(%error, "kept credentials cannot be read");
                let mut sealed = lock(&self.sealed);
                sealed.forget(&place);
                sealed.lost.insert(place);
            }
            Err(error) => {
                tracing::warn!(%error, "kept credentials cannot be read now");
                lock(&self.sealed).stays_locked(account, self.now(), true);
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The accounts in scope whose credentials are there and cannot be read now.
    pub(crate) fn locked(&self) -> Vec<Account> {
        let sealed = lock(&self.sealed);
        let mut locked: Vec<Account> = sealed
            .locked
            .values()
            .filter(|account| self.scope.covers(account))
            .cloned()
            .collect();
        locked.sort_by(|a, b| (&a.server, &a.login).cmp(&(&b.server, &b.login)));
        locked
    }

    /// Why an account that would do has no seat: it is locked, or else what is given.
    pub(crate) fn locked_or(
        &self,
        would_do: impl Fn(&Account) -> bool,
        otherwise: Trouble,
    ) -> Trouble {
        if self.locked().iter().any(would_do) {
            locked()
        } else {
            otherwise
        }
    }

    /// Nobody is signed in, on this server or at all.
    pub(crate) fn nobody(&self, server: Option<&ServerUrl>) -> Trouble {
        self.locked_or(
            |account| server.is_none_or(|server| *server == account.server),
            Trouble::new(ErrorCode::NotSignedIn, Effect::SignIn),
        )
    }

    /// Nobody here is this user.
    pub(crate) fn missing(&self, server: &ServerUrl, user: UserId, owner: String) -> Trouble {
        self.locked_or(
            |account| account.server == *server && account.user == user,
            missing(owner),
        )
    }
}

/// The key store keeps an account's credentials locked.
pub(crate) fn locked() -> Trouble {
    Trouble::new(ErrorCode::KeystoreLocked, Effect::Local).worth_repeating()
}

pub(crate) fn missing(owner: String) -> Trouble {
    Trouble::new(ErrorCode::AccountMissing, Effect::SignIn).with("owner", owner)
}
