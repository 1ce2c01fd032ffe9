//! A key store that is locked, as it may be when the program starts with the computer.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use domain::ErrorCode;
use operations::{
    Desk, DeskConfig, Keeping, KeyStore, KeyStoreError, Lang, Outside, Scope, Timeouts,
};
use sandbox::{Config, Sandbox};
use secrecy::SecretString;
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::evening::clock;
use crate::shop::{KKM, close, code, kkm};

/// A key store in memory. Locked, it shows nothing and takes nothing, as the real ones do.
#[derive(Debug, Default)]
struct Cupboard(Mutex<Inside>);

#[derive(Debug, Default)]
struct Inside {
    keys: HashMap<String, Vec<u8>>,
    locked: bool,
    /// Whether it tells without a question that it is locked.
    tells: bool,
    /// How often the person was asked for the password.
    asked: u32,
}

impl Cupboard {
    fn set_locked(&self, locked: bool) {
        self.0.lock().unwrap().locked = locked;
    }

    fn asked(&self) -> u32 {
        self.0.lock().unwrap().asked
    }
}

impl KeyStore for Cupboard {
    fn is_available(&self) -> bool {
        true
    }

    fn is_locked(&self) -> bool {
        let inside = self.0.lock().unwrap();
        inside.tells && inside.locked
    }

    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
        let mut inside = self.0.lock().unwrap();
        if inside.locked {
            inside.asked += 1;
            return Err(KeyStoreError::Locked);
        }
        Ok(inside.keys.get(name).cloned().map(Zeroizing::new))
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        let mut inside = self.0.lock().unwrap();
        if inside.locked {
            return Err(KeyStoreError::Locked);
        }
        inside.keys.insert(name.to_owned(), secret.to_vec());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        self.0.lock().unwrap().keys.remove(name);
        Ok(())
    }
}

struct Bench {
    server: Sandbox,
    folder: TempDir,
    keys: Arc<Cupboard>,
    minutes: Arc<AtomicI64>,
}

impl Bench {
    /// Two accounts are kept, and the key store is locked since.
    async fn locked(tells: bool) -> Self {
        let bench = Self {
            server: Sandbox::start(Config::default()).await.unwrap(),
            folder: TempDir::new().unwrap(),
            keys: Arc::default(),
            minutes: Arc::default(),
        };
        let desk = bench.start();
        for login in [sandbox::FIRST_LOGIN, sandbox::SECOND_LOGIN] {
            bench.sign_in(&desk, login, true).await;
        }
        desk.board().await.unwrap();
        bench.keys.set_locked(true);
        bench.keys.0.lock().unwrap().tells = tells;
        bench
    }

    fn start(&self) -> Desk {
        Desk::open(DeskConfig {
            data_dir: self.folder.path().to_owned(),
            training: false,
            keeping: Keeping::Keyring,
            scope: Scope::default(),
            timeouts: Timeouts::default(),
            outside: Outside {
                clock: clock(&self.minutes),
                keys: Arc::<Cupboard>::clone(&self.keys),
                ..Outside::default()
            },
            lang: Some(Lang::Ru),
        })
        .unwrap()
    }

    async fn sign_in(&self, desk: &Desk, login: &str, remember: bool) {
        let password = SecretString::from(sandbox::PASSWORD);
        desk.sign_in(&self.server.base_url(), login, password, remember)
            .await
            .unwrap();
    }
}

/// How many accounts are there, and how many of them are locked.
async fn accounts(desk: &Desk) -> (usize, usize) {
    let accounts = desk.accounts().await.unwrap();
    let locked = accounts.iter().filter(|account| account.locked);
    (accounts.len(), locked.count())
}

#[tokio::test]
async fn a_key_store_that_is_locked_at_the_start_is_told_and_read_when_it_is_open() {
    for tells in [true, false] {
        let bench = Bench::locked(tells).await;
        let desk = bench.start();
        assert_eq!(accounts(&desk).await, (2, 2), "nobody is signed out");
        let board = desk.board().await.unwrap();
        let codes: Vec<&str> = board
            .problems
            .iter()
            .map(|it| it.error.code.as_str())
            .collect();
        assert_eq!(codes, ["keystore-locked"; 2]);
        assert!(board.problems.iter().all(|it| it.error.retryable));
        assert!(
            board.registers.iter().any(|it| it.kkm == KKM),
            "as seen last"
        );
        let which = operations::Which::on(&bench.server.base_url(), KKM).unwrap();
        assert_eq!(desk.register(&which).await.unwrap().state, "unknown");
        assert_eq!(
            code(desk.open_shift(&kkm(KKM), Some(sandbox::FIRST_LOGIN)).await),
            ErrorCode::KeystoreLocked
        );
        assert_eq!(
            code(desk.close_shift(close()).await),
            ErrorCode::KeystoreLocked
        );

        bench.keys.set_locked(false);
        bench.minutes.store(1, Ordering::SeqCst);
        assert_eq!(accounts(&desk).await, (2, 0), "without a restart");
        assert!(desk.board().await.unwrap().problems.is_empty());
        let opened = desk.open_shift(&kkm(KKM), Some(sandbox::FIRST_LOGIN)).await;
        assert!(opened.unwrap().shift.is_some());
    }
}

#[tokio::test]
async fn a_locked_key_store_asks_the_person_seldom_and_one_that_tells_asks_once() {
    for (tells, most) in [(true, 1), (false, 12)] {
        let bench = Bench::locked(tells).await;
        let desk = bench.start();
        for minute in 0..30 {
            bench.minutes.store(minute, Ordering::SeqCst);
            for _ in 0..4 {
                assert_eq!(accounts(&desk).await, (2, 2));
            }
        }
        let asked = bench.keys.asked();
        assert!((1..=most).contains(&asked), "{asked} times");
    }
}

#[tokio::test]
async fn who_signs_in_while_the_key_store_is_locked_gives_up_nothing_that_is_kept() {
    let bench = Bench::locked(true).await;
    let desk = bench.start();
    assert_eq!(accounts(&desk).await, (2, 2));
    bench.sign_in(&desk, sandbox::FIRST_LOGIN, false).await;
    assert_eq!(accounts(&desk).await, (2, 1));
    // A changed setting builds the sessions anew.
    desk.set_setting("language", "kk").unwrap();
    assert_eq!(accounts(&desk).await, (2, 1));
    drop(desk);
    bench.keys.set_locked(false);
    assert_eq!(accounts(&bench.start()).await, (2, 0));
}
