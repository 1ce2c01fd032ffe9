//! Where the master key comes from. A known value sealed under it, the verifier, tells the right key from a wrong one.

use argon2::{Algorithm, Argon2, Params, Version};
use rusqlite::{Connection, OptionalExtension, params};
use secrecy::{ExposeSecret, SecretString};

use super::seal::MasterKey;
use super::{Keeping, Kept, KeyStore, KeyStoreError};
use crate::open::random_name;
use crate::{Store, StoreError};

const VERIFIER: &[u8] = b"smena master key";
const SALT: usize = 16;
/// Argon2id as RFC 9106 recommends for small machines: 64 MiB, three passes; one lane.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;

/// How to find a key again: a row of `keys`.
struct Recipe {
    entry: Option<String>,
    salt: Option<Vec<u8>>,
    cost: (Option<u32>, Option<u32>, Option<u32>),
    verifier: Vec<u8>,
}

impl Store {
    /// Whether the operating system has a key store that answers.
    pub fn has_key_store(&self) -> bool {
        self.inner.key_store.is_available()
    }

    /// Whether what is kept so is known to be locked away at this moment; the person is asked nothing for it.
    pub fn is_key_store_locked(&self, keeping: &Keeping) -> bool {
        matches!(keeping, Keeping::Keyring) && self.inner.key_store.is_locked()
    }

    /// Gives up a master key that is lost (a wiped key store, a forgotten passphrase), and with it every credential that
    /// was sealed under it. Only at the person's word: a key store that is merely locked looks empty too.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn give_up_key(&self, kept: Kept) -> Result<(), StoreError> {
        self.connection()
            .execute("DELETE FROM keys WHERE kept = ?", [kept.as_str()])?;
        Ok(())
    }

    /// The master key, made on first use. `None` for what is kept for the session only.
    pub(super) fn key_for_sealing(
        &self,
        keeping: &Keeping,
    ) -> Result<Option<MasterKey>, StoreError> {
        if let Some(key) = self.key_for_opening(keeping)? {
            return Ok(Some(key));
        }
        match keeping {
            Keeping::Session => return Ok(None),
            Keeping::Keyring => self.new_keyring_key()?,
            Keeping::Passphrase(passphrase) => self.new_passphrase_key(passphrase)?,
        }
        // Another process may have been quicker: the key that stands in the database counts.
        self.key_for_opening(keeping)
    }

    /// The master key, where one was ever made.
    pub(super) fn key_for_opening(
        &self,
        keeping: &Keeping,
    ) -> Result<Option<MasterKey>, StoreError> {
        let Some(recipe) = recipe(&self.connection(), keeping.kept())? else {
            return Ok(None);
        };
        let damaged = || StoreError::Damaged("how the master key is found".to_owned());
        let (key, wrong) = match keeping {
            Keeping::Session => return Ok(None),
            Keeping::Keyring => {
                let entry = recipe.entry.ok_or_else(damaged)?;
                let key = from_key_store(self.inner.key_store.as_ref(), &entry)?;
                (key, damaged())
            }
            Keeping::Passphrase(passphrase) => {
                let salt = recipe.salt.ok_or_else(damaged)?;
                let (Some(memory), Some(passes), Some(lanes)) = recipe.cost else {
                    return Err(damaged());
                };
                let key = derive(passphrase, &salt, memory, passes, lanes)?;
                (key, StoreError::WrongPassphrase)
            }
        };
        let opened = key.open(&["verifier"], &recipe.verifier);
        if opened.is_some_and(|known| known.as_slice() == VERIFIER) {
            Ok(Some(key))
        } else {
            Err(wrong)
        }
    }

    fn new_keyring_key(&self) -> Result<(), StoreError> {
        let keys = self.inner.key_store.as_ref();
        // A new name each time: no older entry is ever overwritten, even one that a locked store does not show.
        let entry = random_name()?;
        let key = MasterKey::random()?;
        keys.set(&entry, key.bytes())?;
        let back = keys.get(&entry)?;
        if back.as_deref().map(Vec::as_slice) != Some(key.bytes()) {
            return Err(KeyStoreError::Failed(
                "it does not give back what it was given".to_owned(),
            )
            .into());
        }
        let verifier = key.seal(&["verifier"], VERIFIER)?;
        let put = self.connection().execute(
            "INSERT INTO keys (kept, entry, verifier) VALUES ('keyring', ?, ?) ON CONFLICT DO NOTHING",
            params![entry, verifier],
        );
        if !matches!(put, Ok(1)) {
            keys.delete(&entry)?;
        }
        put?;
        Ok(())
    }

    fn new_passphrase_key(&self, passphrase: &SecretString) -> Result<(), StoreError> {
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt)?;
        let memory = fail_points::key_kib(MEMORY_KIB);
        let key = derive(passphrase, &salt, memory, PASSES, LANES)?;
        let verifier = key.seal(&["verifier"], VERIFIER)?;
        self.connection().execute(
            "INSERT INTO keys (kept, salt, memory, passes, lanes, verifier)
             VALUES ('passphrase', ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            params![salt, memory, PASSES, LANES, verifier],
        )?;
        Ok(())
    }
}

fn recipe(connection: &Connection, kept: Kept) -> Result<Option<Recipe>, StoreError> {
    Ok(connection
        .query_row(
            "SELECT entry, salt, memory, passes, lanes, verifier FROM keys WHERE kept = ?",
            [kept.as_str()],
            |row| {
                Ok(Recipe {
                    entry: row.get(0)?,
                    salt: row.get(1)?,
                    cost: (row.get(2)?, row.get(3)?, row.get(4)?),
                    verifier: row.get(5)?,
                })
            },
        )
        .optional()?)
}

/// The key out of the key store. A locked store says "no such entry": whether it is locked or the key is gone shows
/// when something is to be written.
fn from_key_store(keys: &dyn KeyStore, entry: &str) -> Result<MasterKey, StoreError> {
    if let Some(bytes) = keys.get(entry)? {
        return MasterKey::from_bytes(&bytes);
    }
    let probe = format!("{entry}-probe");
    keys.set(&probe, b"probe")?;
    keys.delete(&probe)?;
    Err(StoreError::KeyMissing)
}

fn derive(
    passphrase: &SecretString,
    salt: &[u8],
    memory: u32,
    passes: u32,
    lanes: u32,
) -> Result<MasterKey, StoreError> {
    let damaged = |_| StoreError::Damaged("how the passphrase is used".to_owned());
    MasterKey::fill(|key| {
        let cost = Params::new(memory, passes, lanes, Some(key.len())).map_err(damaged)?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
            .hash_password_into(passphrase.expose_secret().as_bytes(), salt, key)
            .map_err(damaged)
    })
}
