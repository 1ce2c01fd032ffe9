//! Accounts, with what they sign in with.

use domain::{Account, ServerUrl, UserId};
use rusqlite::{OptionalExtension, params};
use secrecy::{ExposeSecret, SecretString};

use super::seal::MasterKey;
use super::{Credentials, Keeping, Kept};
use crate::columns::Columns;
use crate::open::lock;
use crate::{Store, StoreError};

impl Store {
    /// Keeps an account and what it signs in with, in place of what was kept of it before. Kept for the session only,
    /// it leaves no trace on the disk.
    ///
    /// # Errors
    /// [`StoreError::KeyStore`], [`StoreError::KeyMissing`], [`StoreError::WrongPassphrase`]; nothing is changed then.
    pub fn save_account(
        &self,
        account: &Account,
        password: &SecretString,
        token: Option<&SecretString>,
        keeping: &Keeping,
    ) -> Result<(), StoreError> {
        let (server, login) = (account.server.as_str(), account.login.as_str());
        let Some(key) = self.key_for_sealing(keeping)? else {
            self.forget_sealed(server, login)?;
            let credentials = Credentials {
                password: password.clone(),
                token: token.cloned(),
            };
            self.seat_account(account, credentials);
            return Ok(());
        };
        let mut sealed = vec![("password", seal(&key, account, "password", password)?)];
        if let Some(token) = token {
            sealed.push(("token", seal(&key, account, "token", token)?));
        }
        self.write(|transaction| {
            transaction.execute(
                "INSERT INTO accounts (server, login, user, name) VALUES (?, ?, ?, ?)
                 ON CONFLICT (server, login) DO UPDATE SET user = excluded.user, name = excluded.name",
                params![server, login, account.user.get(), account.name],
            )?;
            transaction.execute(
                "DELETE FROM sealed WHERE server = ? AND login = ?",
                params![server, login],
            )?;
            for (what, sealed) in sealed {
                transaction.execute(
                    "INSERT INTO sealed (server, login, what, kept, box) VALUES (?, ?, ?, ?, ?)",
                    params![server, login, what, keeping.kept().as_str(), sealed],
                )?;
            }
            Ok(())
        })?;
        lock(&self.inner.session).remove(&(server.to_owned(), login.to_owned()));
        Ok(())
    }

    /// Has an account here until the program ends. What is sealed of it stays as it is, for the next start.
    pub fn seat_account(&self, account: &Account, credentials: Credentials) {
        let place = (account.server.to_string(), account.login.clone());
        lock(&self.inner.session).insert(place, (account.clone(), credentials));
    }

    /// Keeps a newer token of an account in the way its password is kept; an account that is not kept stays so.
    ///
    /// # Errors
    /// [`StoreError::KeyStore`], [`StoreError::KeyMissing`], [`StoreError::WrongPassphrase`]; nothing is changed then.
    pub fn renew_token(
        &self,
        account: &Account,
        token: &SecretString,
        keeping: &Keeping,
    ) -> Result<(), StoreError> {
        let (server, login) = (account.server.as_str(), account.login.as_str());
        let place = (server.to_owned(), login.to_owned());
        if let Some((_, credentials)) = lock(&self.inner.session).get_mut(&place) {
            credentials.token = Some(token.clone());
            return Ok(());
        }
        let Some(key) = self.key_for_opening(keeping)? else {
            return Ok(());
        };
        let sealed = seal(&key, account, "token", token)?;
        self.connection().execute(
            "INSERT INTO sealed (server, login, what, kept, box)
             SELECT server, login, 'token', kept, ? FROM sealed
             WHERE server = ? AND login = ? AND what = 'password' AND kept = ?
             ON CONFLICT (server, login, what) DO UPDATE SET kept = excluded.kept, box = excluded.box",
            params![sealed, server, login, keeping.kept().as_str()],
        )?;
        Ok(())
    }

    /// The accounts, those of this session included, by server and login.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let connection = self.connection();
        let session = lock(&self.inner.session);
        let mut accounts: Vec<Account> = session
            .values()
            .map(|(account, _)| account.clone())
            .collect();
        let mut statement =
            connection.prepare_cached("SELECT server, login, user, name FROM accounts")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let row = Columns(row);
            let account = Account {
                server: row.read("server", |text| ServerUrl::parse(text).ok())?,
                login: row.get("login")?,
                user: UserId::new(row.get("user")?),
                name: row.get("name")?,
            };
            // It may be sealed and here for this session at once.
            let place = (account.server.to_string(), account.login.clone());
            if !session.contains_key(&place) {
                accounts.push(account);
            }
        }
        accounts.sort_by(|a, b| (&a.server, &a.login).cmp(&(&b.server, &b.login)));
        Ok(accounts)
    }

    /// How an account's credentials are kept, where they are.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn kept(&self, server: &ServerUrl, login: &str) -> Result<Option<Kept>, StoreError> {
        if lock(&self.inner.session).contains_key(&(server.to_string(), login.to_owned())) {
            return Ok(Some(Kept::Session));
        }
        self.sealed_by(server, login)
    }

    /// How an account's credentials are sealed in the database, where they are.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn sealed_by(&self, server: &ServerUrl, login: &str) -> Result<Option<Kept>, StoreError> {
        let name: Option<String> = self
            .connection()
            .query_row(
                "SELECT kept FROM sealed WHERE server = ? AND login = ? AND what = 'password'",
                params![server.as_str(), login],
                |row| row.get(0),
            )
            .optional()?;
        Ok(name.as_deref().and_then(Kept::from_name))
    }

    /// What an account signs in with: from this session, else what was sealed in this way of keeping.
    ///
    /// # Errors
    /// [`StoreError::KeyStore`], [`StoreError::KeyMissing`], [`StoreError::WrongPassphrase`], [`StoreError::Damaged`].
    pub fn credentials(
        &self,
        server: &ServerUrl,
        login: &str,
        keeping: &Keeping,
    ) -> Result<Option<Credentials>, StoreError> {
        let place = (server.to_string(), login.to_owned());
        if let Some((_, credentials)) = lock(&self.inner.session).get(&place) {
            return Ok(Some(credentials.clone()));
        }
        let password = self.sealed(server, login, "password", keeping)?;
        let (Some(password), Some(key)) = (password, self.key_for_opening(keeping)?) else {
            return Ok(None);
        };
        let open = |what, sealed: Vec<u8>| {
            let opened = key.open(&[server.as_str(), login, what], &sealed);
            let text = opened.and_then(|it| std::str::from_utf8(&it).map(SecretString::from).ok());
            text.ok_or_else(|| StoreError::Damaged(format!("the sealed {what}")))
        };
        let token = self.sealed(server, login, "token", keeping)?;
        Ok(Some(Credentials {
            password: open("password", password)?,
            token: token.map(|sealed| open("token", sealed)).transpose()?,
        }))
    }

    /// Forgets an account and what it signs in with.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn remove_account(&self, server: &ServerUrl, login: &str) -> Result<(), StoreError> {
        lock(&self.inner.session).remove(&(server.to_string(), login.to_owned()));
        self.forget_sealed(server.as_str(), login)
    }

    /// Removes the account's row, and by reference what was sealed of it.
    fn forget_sealed(&self, server: &str, login: &str) -> Result<(), StoreError> {
        self.connection().execute(
            "DELETE FROM accounts WHERE server = ? AND login = ?",
            params![server, login],
        )?;
        Ok(())
    }

    fn sealed(
        &self,
        server: &ServerUrl,
        login: &str,
        what: &str,
        keeping: &Keeping,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self
            .connection()
            .query_row(
                "SELECT box FROM sealed WHERE server = ? AND login = ? AND what = ? AND kept = ?",
                params![server.as_str(), login, what, keeping.kept().as_str()],
                |row| row.get(0),
            )
            .optional()?)
    }
}

fn seal(
    key: &MasterKey,
    account: &Account,
    what: &str,
    secret: &SecretString,
) -> Result<Vec<u8>, StoreError> {
    let place = [account.server.as_str(), account.login.as_str(), what];
    key.seal(&place, secret.expose_secret().as_bytes())
}
