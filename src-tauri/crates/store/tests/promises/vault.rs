use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use domain::{Account, ErrorCode, ServerUrl, UserId};
use secrecy::{ExposeSecret, SecretString};
use store::{Keeping, Kept, KeyStore, KeyStoreError, Store, StoreError};
use zeroize::Zeroizing;

use crate::samples::outsider;

pub(crate) const PASSWORD: &str = "пароль-Qx7!fj2";
pub(crate) const TOKEN: &str = "tok-91827364-abcdef";

/// A key store in memory that can be locked as the real ones are: it then shows nothing and takes nothing.
#[derive(Debug, Default)]
struct Drawer(Mutex<(HashMap<String, Vec<u8>>, bool)>);

impl Drawer {
    fn lock(&self, locked: bool) {
        self.0.lock().unwrap().1 = locked;
    }

    fn keys(&self) -> Vec<Vec<u8>> {
        self.0.lock().unwrap().0.values().cloned().collect()
    }
}

impl KeyStore for Drawer {
    fn is_available(&self) -> bool {
        true
    }

    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
        let inner = self.0.lock().unwrap();
        let found = inner.0.get(name).filter(|_| !inner.1);
        Ok(found.map(|bytes| Zeroizing::new(bytes.clone())))
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        let mut inner = self.0.lock().unwrap();
        if inner.1 {
            return Err(KeyStoreError::Locked);
        }
        inner.0.insert(name.to_owned(), secret.to_vec());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        self.0.lock().unwrap().0.remove(name);
        Ok(())
    }
}

pub(crate) fn account() -> Account {
    Account {
        server: ServerUrl::parse("https://fiscal.example.kz").unwrap(),
        login: "77001112233".to_owned(),
        user: UserId::new(1),
        name: Some("Айгерім".to_owned()),
    }
}

pub(crate) fn save(store: &Store, keeping: &Keeping) -> Result<(), StoreError> {
    let token = SecretString::from(TOKEN);
    store.save_account(
        &account(),
        &SecretString::from(PASSWORD),
        Some(&token),
        keeping,
    )
}

pub(crate) fn assert_kept(store: &Store, keeping: &Keeping) {
    let account = account();
    assert_eq!(store.accounts().unwrap(), std::slice::from_ref(&account));
    let found = store
        .credentials(&account.server, &account.login, keeping)
        .unwrap()
        .unwrap();
    assert_eq!(found.password.expose_secret(), PASSWORD);
    assert_eq!(found.token.unwrap().expose_secret(), TOKEN);
}

/// Asserts that `secret` stands in no file below `folder`.
pub(crate) fn assert_nowhere(folder: &Path, secret: &[u8]) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            assert_nowhere(&path, secret);
        } else {
            let bytes = fs::read(&path).unwrap();
            assert!(
                !bytes.windows(secret.len()).any(|it| it == secret),
                "{}",
                path.display()
            );
        }
    }
}

fn open(folder: &Path) -> (Store, Arc<Drawer>) {
    let drawer = Arc::new(Drawer::default());
    (Store::open_with(folder, drawer.clone()).unwrap(), drawer)
}

#[test]
fn password_never_stands_in_the_database_file() {
    for keeping in [
        Keeping::Session,
        Keeping::Keyring,
        Keeping::Passphrase("слово".into()),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (store, drawer) = open(folder.path());
        save(&store, &keeping).unwrap();
        assert_kept(&store, &keeping);
        assert_eq!(
            store.kept(&account().server, &account().login).unwrap(),
            Some(keeping.kept())
        );
        let keys = drawer.keys();
        assert_eq!(keys.len(), usize::from(keeping.kept() == Kept::Keyring));
        // While it is open, with its write-ahead log, and after it is closed.
        for open in [Some(store), None] {
            assert_nowhere(folder.path(), PASSWORD.as_bytes());
            assert_nowhere(folder.path(), TOKEN.as_bytes());
            assert_nowhere(folder.path(), "слово".as_bytes());
            keys.iter()
                .for_each(|key| assert_nowhere(folder.path(), key));
            drop(open);
        }
    }
}

#[test]
fn sealed_credentials_outlive_the_program_and_those_of_a_session_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let (store, drawer) = open(folder.path());
    save(&store, &Keeping::Keyring).unwrap();
    drop(store);
    let store = Store::open_with(folder.path(), drawer.clone()).unwrap();
    assert_kept(&store, &Keeping::Keyring);
    // Kept for the session instead: what was sealed is gone.
    save(&store, &Keeping::Session).unwrap();
    assert_kept(&store, &Keeping::Session);
    drop(store);
    let store = Store::open_with(folder.path(), drawer).unwrap();
    assert_eq!(store.accounts().unwrap(), []);
    let account = account();
    assert!(
        store
            .credentials(&account.server, &account.login, &Keeping::Keyring)
            .unwrap()
            .is_none()
    );
}

#[test]
fn a_locked_key_store_never_gets_a_new_master_key() {
    let folder = tempfile::tempdir().unwrap();
    let (store, drawer) = open(folder.path());
    save(&store, &Keeping::Keyring).unwrap();
    let keys = drawer.keys();
    drawer.lock(true);
    let account = account();
    let read = store.credentials(&account.server, &account.login, &Keeping::Keyring);
    assert!(
        matches!(read, Err(StoreError::KeyStore(KeyStoreError::Locked))),
        "{read:?}"
    );
    let write = save(&store, &Keeping::Keyring).unwrap_err();
    assert_eq!(write.code(), ErrorCode::Keystore);
    drawer.lock(false);
    assert_eq!(drawer.keys(), keys);
    assert_kept(&store, &Keeping::Keyring);
}

#[test]
fn a_key_store_that_is_locked_from_the_start_keeps_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, drawer) = open(folder.path());
    drawer.lock(true);
    assert!(save(&store, &Keeping::Keyring).is_err());
    assert_eq!(store.accounts().unwrap(), []);
    drawer.lock(false);
    save(&store, &Keeping::Keyring).unwrap();
    assert_kept(&store, &Keeping::Keyring);
}

#[test]
fn a_lost_master_key_is_told_and_given_up_at_the_persons_word_only() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    save(&store, &Keeping::Keyring).unwrap();
    drop(store);
    let (store, drawer) = open(folder.path());
    assert!(matches!(
        save(&store, &Keeping::Keyring),
        Err(StoreError::KeyMissing)
    ));
    assert_eq!(drawer.keys().len(), 0);
    store.give_up_key(Kept::Keyring).unwrap();
    let account = account();
    assert_eq!(store.accounts().unwrap(), std::slice::from_ref(&account));
    assert!(
        store
            .credentials(&account.server, &account.login, &Keeping::Keyring)
            .unwrap()
            .is_none()
    );
    save(&store, &Keeping::Keyring).unwrap();
    assert_kept(&store, &Keeping::Keyring);
}

#[test]
fn a_wrong_passphrase_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    save(&store, &Keeping::Passphrase("верное".into())).unwrap();
    let wrong = Keeping::Passphrase("неверное".into());
    assert!(matches!(
        save(&store, &wrong),
        Err(StoreError::WrongPassphrase)
    ));
    let account = account();
    let read = store
        .credentials(&account.server, &account.login, &wrong)
        .unwrap_err();
    assert_eq!(read.code(), ErrorCode::BadInput);
    assert_kept(&store, &Keeping::Passphrase("верное".into()));
}

#[test]
fn what_is_sealed_for_one_account_does_not_open_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    save(&store, &Keeping::Keyring).unwrap();
    let other = Account {
        login: "77004445566".to_owned(),
        ..account()
    };
    store
        .save_account(&other, &SecretString::from("x"), None, &Keeping::Keyring)
        .unwrap();
    let swap = "UPDATE sealed SET box = (SELECT box FROM sealed WHERE login = '77001112233' AND what = 'password')
                WHERE login = '77004445566'";
    assert_eq!(outsider(folder.path()).execute(swap, []).unwrap(), 1);
    let read = store.credentials(&other.server, &other.login, &Keeping::Keyring);
    assert!(matches!(read, Err(StoreError::Damaged(_))), "{read:?}");
}

#[test]
fn a_removed_account_is_gone() {
    for keeping in [Keeping::Session, Keeping::Keyring] {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = open(folder.path());
        save(&store, &keeping).unwrap();
        let account = account();
        store
            .remove_account(&account.server, &account.login)
            .unwrap();
        assert_eq!(store.accounts().unwrap(), []);
        assert!(
            store
                .credentials(&account.server, &account.login, &keeping)
                .unwrap()
                .is_none()
        );
        let left: i64 = outsider(folder.path())
            .query_row("SELECT count(*) FROM sealed", [], |row| row.get(0))
            .unwrap();
        assert_eq!(left, 0);
    }
}

#[test]
fn debug_shows_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    save(&store, &Keeping::Session).unwrap();
    let account = account();
    let found = store
        .credentials(&account.server, &account.login, &Keeping::Session)
        .unwrap();
    let shown = format!(
        "{found:?} {store:?} {:?}",
        Keeping::Passphrase("слово".into())
    );
    for secret in [PASSWORD, TOKEN, "слово"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn a_newer_token_is_kept_as_the_password_is_and_only_where_there_is_one() {
    for keeping in [
        Keeping::Session,
        Keeping::Keyring,
        Keeping::Passphrase("слово".into()),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (store, _drawer) = open(folder.path());
        let newer = SecretString::from("tok-newer-5566");
        let account = account();
        store.renew_token(&account, &newer, &keeping).unwrap();
        assert_eq!(store.accounts().unwrap(), [], "nobody was signed in");

        save(&store, &keeping).unwrap();
        store.renew_token(&account, &newer, &keeping).unwrap();
        let found = store
            .credentials(&account.server, &account.login, &keeping)
            .unwrap()
            .unwrap();
        assert_eq!(found.token.unwrap().expose_secret(), "tok-newer-5566");
        assert_eq!(found.password.expose_secret(), PASSWORD);
        assert_nowhere(folder.path(), b"tok-newer-5566");
    }
}
