//! Sealing: XChaCha20-Poly1305 with a random nonce, bound to the place where the sealed value stands.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::StoreError;

const NONCE: usize = 24;

/// A 32-byte key that is wiped when it is dropped and cannot be shown.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct MasterKey([u8; 32]);

impl MasterKey {
    /// A new random key.
    pub(crate) fn random() -> Result<Self, StoreError> {
        Self::fill(|bytes| Ok(getrandom::fill(bytes)?))
    }

    /// A key that `write` writes in place.
    pub(crate) fn fill(
        write: impl FnOnce(&mut [u8; 32]) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        let mut key = Self([0; 32]);
        write(&mut key.0)?;
        Ok(key)
    }

    /// The key out of the key store's bytes.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        Self::fill(|key| {
            if bytes.len() != key.len() {
                return Err(StoreError::Damaged("the master key's length".to_owned()));
            }
            key.copy_from_slice(bytes);
            Ok(())
        })
    }

    /// The key's bytes, for the key store.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Seals `secret` for `place`: nonce and ciphertext.
    pub(crate) fn seal(&self, place: &[&str], secret: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce)?;
        let payload = Payload {
            msg: secret,
            aad: &bound(place),
        };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| StoreError::Damaged("a value too long to be sealed".to_owned()))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed for `place`; `None` when the key or the place is another, or the bytes were changed.
    pub(crate) fn open(&self, place: &[&str], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload {
            msg: sealed,
            aad: &bound(place),
        };
        let opened = self.cipher().decrypt(&XNonce::from(*nonce), payload).ok()?;
        Some(Zeroizing::new(opened))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

/// The place in bytes: each part with its length, so that parts do not run into each other.
fn bound(place: &[&str]) -> Vec<u8> {
    let mut bytes = b"smena credential 1".to_vec();
    for part in place {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_at_its_own_place_and_with_its_own_key_only() {
        let key = MasterKey::random().unwrap();
        let sealed = key.seal(&["https://a.kz", "7701"], b"secret").unwrap();
        let opened = key.open(&["https://a.kz", "7701"], &sealed);
        assert_eq!(opened.unwrap().as_slice(), b"secret");
        assert!(key.open(&["https://a.kz7", "701"], &sealed).is_none());
        assert!(key.open(&["https://a.kz", "7702"], &sealed).is_none());
        let other = MasterKey::random().unwrap();
        assert!(other.open(&["https://a.kz", "7701"], &sealed).is_none());
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(key.open(&["https://a.kz", "7701"], &changed).is_none());
        }
        assert!(key.open(&["https://a.kz", "7701"], b"short").is_none());
    }

    #[test]
    fn equal_secrets_are_sealed_differently() {
        let key = MasterKey::random().unwrap();
        assert_ne!(key.seal(&[], b"x").unwrap(), key.seal(&[], b"x").unwrap());
    }
}
