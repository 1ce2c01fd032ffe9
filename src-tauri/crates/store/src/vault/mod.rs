//! Accounts and their credentials: sealed under a master key from the operating system's key store, or under a
//! passphrase, or kept in memory only. Never a key beside the data.
//!
//! The key store may ask the person something and so take its time: not to be called from an async task directly.

mod accounts;
mod key_store;
mod keys;
mod seal;

use std::fmt;

use secrecy::SecretString;

pub use key_store::{KeyStore, KeyStoreError, OsKeyStore};

/// How credentials are to be kept.
#[derive(Debug, Clone)]
pub enum Keeping {
    /// In memory, until the program ends; the account is then forgotten as well.
    Session,
    /// In the database, sealed under a key in the operating system's key store.
    Keyring,
    /// In the database, sealed under a key made from this passphrase.
    Passphrase(SecretString),
}

/// How credentials were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kept {
    /// In memory.
    Session,
    /// Under a key in the operating system's key store.
    Keyring,
    /// Under a passphrase.
    Passphrase,
}

impl Kept {
    /// `session`, `keyring` or `passphrase`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Keyring => "keyring",
            Self::Passphrase => "passphrase",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Session, Self::Keyring, Self::Passphrase]
            .into_iter()
            .find(|kept| kept.as_str() == name)
    }
}

impl Keeping {
    /// The kind alone, without the passphrase.
    pub const fn kept(&self) -> Kept {
        match self {
            Self::Session => Kept::Session,
            Self::Keyring => Kept::Keyring,
            Self::Passphrase(_) => Kept::Passphrase,
        }
    }
}

/// What an account signs in with. Its `Debug` shows nothing.
#[derive(Clone)]
pub struct Credentials {
    /// The password.
    pub password: SecretString,
    /// The last token, where there was one.
    pub token: Option<SecretString>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}
