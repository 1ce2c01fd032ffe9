//! The operating system's key store, behind a trait so that the rest works where there is none.

use std::fmt;
use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

/// The name under which the program's keys stand in the key store.
const SERVICE: &str = "kz.smena.app";

/// Keeps small secrets by name.
pub trait KeyStore: fmt::Debug + Send + Sync {
    /// Whether there is a key store that answers.
    fn is_available(&self) -> bool;

    /// Whether it is known to be locked at this moment. The person is asked nothing for it; where it cannot be known so,
    /// it is taken for open.
    fn is_locked(&self) -> bool {
        false
    }

    /// A secret, where the store gives one. A locked store may give none: `None` is no proof that it was never there.
    ///
    /// # Errors
    /// See [`KeyStoreError`].
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError>;

    /// Keeps a secret.
    ///
    /// # Errors
    /// See [`KeyStoreError`].
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError>;

    /// Forgets a secret; nothing happens when there is none.
    ///
    /// # Errors
    /// See [`KeyStoreError`].
    fn delete(&self, name: &str) -> Result<(), KeyStoreError>;
}

/// Why the key store cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyStoreError {
    /// There is none here.
    #[error("this system has no key store")]
    Absent,
    /// It is there, but it is locked or refuses.
    #[error("the key store is locked")]
    Locked,
    /// It failed; the text carries no secret.
    #[error("the key store failed: {0}")]
    Failed(String),
}

/// Secret Service, Keychain or Windows Credential Manager.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsKeyStore;

impl OsKeyStore {
    /// An entry of the store that is connected. One that was not there at the program's start may be there now.
    fn entry(name: &str) -> Result<Entry, KeyStoreError> {
        let store = match keyring_core::get_default_store() {
            Some(store) => store,
            None => {
                let store = connect().map_err(|_| KeyStoreError::Absent)?;
                keyring_core::set_default_store(Arc::clone(&store));
                store
            }
        };
        store.build(SERVICE, name, None).map_err(told)
    }
}

#[cfg(target_os = "linux")]
fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(target_os = "windows")]
fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

impl KeyStore for OsKeyStore {
    fn is_available(&self) -> bool {
        self.get("available").is_ok()
    }

    #[cfg(target_os = "linux")]
    fn is_locked(&self) -> bool {
        use secret_service::EncryptionType;
        use secret_service::blocking::SecretService;

        let looked = SecretService::connect(EncryptionType::Plain)
            .and_then(|service| service.get_default_collection()?.is_locked());
        looked.unwrap_or(false)
    }

    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
        match Self::entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(told(error)),
        }
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        Self::entry(name)?.set_secret(secret).map_err(told)
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        match Self::entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(told(error)),
        }
    }
}

/// The errors' own texts can carry the secret's bytes: only what is known to be harmless is passed on.
fn told(error: Error) -> KeyStoreError {
    match error {
        Error::NoDefaultStore => KeyStoreError::Absent,
        Error::NoStorageAccess(_) => KeyStoreError::Locked,
        Error::PlatformFailure(source) => {
            // Perhaps it was started anew and knows this connection no more: the next one is made when it is needed.
            drop(keyring_core::unset_default_store());
            KeyStoreError::Failed(source.to_string())
        }
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            KeyStoreError::Failed("the entry is not in a known form".to_owned())
        }
        Error::Ambiguous(_) => KeyStoreError::Failed("the entry is there twice".to_owned()),
        _ => KeyStoreError::Failed("the request was not understood".to_owned()),
    }
}
