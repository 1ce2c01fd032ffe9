//! Registers as they were seen last: what is shown of them where they cannot be read. Nothing secret stands here.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{KkmId, ShiftId};
use rusqlite::params;

use crate::columns::{Columns, micros};
use crate::{Store, StoreError};

/// Where nothing else changed, a later sight is written down after so long: the board is read every few seconds.
const COARSE: TimeDelta = TimeDelta::seconds(60);

/// A register as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The server's address.
    pub server: String,
    /// The register.
    pub kkm: KkmId,
    /// The sign-in phone of the account that saw it.
    pub login: String,
    /// Its name.
    pub name: Option<String>,
    /// Its address in one line.
    pub address: Option<String>,
    /// Factory number.
    pub znm: Option<String>,
    /// Registration number.
    pub rnm: Option<String>,
    /// When, by this computer's clock.
    pub seen: DateTime<Utc>,
    /// Its state then, as views name it.
    pub state: String,
    /// When its shift becomes 24 hours old by the server's clock, where one was open.
    pub overdue_at: Option<DateTime<Utc>>,
    /// That shift.
    pub shift: Option<ShiftId>,
}

impl Store {
    /// Keeps these sights in one transaction, and nothing where none of them is news; what is `gone`, by server and
    /// register, is forgotten.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn keep_sightings(
        &self,
        sightings: &[Sighting],
        gone: &[(String, KkmId)],
    ) -> Result<(), StoreError> {
        let known = self.sightings()?;
        let is_news = |it: &&Sighting| {
            let key = (it.server.as_str(), it.kkm);
            let place = known.binary_search_by_key(&key, |row| (row.server.as_str(), row.kkm));
            let before = place.ok().and_then(|place| known.get(place));
            before.is_none_or(|before| {
                let same = Sighting {
                    seen: it.seen,
                    ..before.clone()
                } == **it;
                let apart = it.seen.signed_duration_since(before.seen).abs();
                !same || apart >= COARSE
            })
        };
        let news: Vec<&Sighting> = sightings.iter().filter(is_news).collect();
        if news.is_empty() && gone.is_empty() {
            return Ok(());
        }
        self.write(|transaction| {
            for (server, kkm) in gone {
                let sql = "DELETE FROM sightings WHERE server = ? AND kkm = ?";
                transaction.execute(sql, params![server, kkm.get()])?;
            }
            let mut statement = transaction.prepare_cached(
                "INSERT INTO sightings (server, kkm, login, name, address, znm, rnm, seen, state, overdue_at, shift)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                 ON CONFLICT (server, kkm) DO UPDATE SET login = ?3, name = ?4, address = ?5, znm = ?6, rnm = ?7,
                    seen = ?8, state = ?9, overdue_at = ?10, shift = ?11",
            )?;
            for it in news {
                statement.execute(params![
                    it.server,
                    it.kkm.get(),
                    it.login,
                    it.name,
                    it.address,
                    it.znm,
                    it.rnm,
                    micros(it.seen),
                    it.state,
                    it.overdue_at.map(micros),
                    it.shift.map(ShiftId::get)
                ])?;
            }
            Ok(())
        })
    }

    /// Every register that was ever seen, by server and id.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn sightings(&self) -> Result<Vec<Sighting>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT server, kkm, login, name, address, znm, rnm, seen, state, overdue_at, shift FROM sightings
             ORDER BY server, kkm",
        )?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let row = Columns(row);
            found.push(Sighting {
                server: row.get("server")?,
                kkm: KkmId::new(row.get("kkm")?),
                login: row.get("login")?,
                name: row.get("name")?,
                address: row.get("address")?,
                znm: row.get("znm")?,
                rnm: row.get("rnm")?,
                seen: row.time("seen")?,
                state: row.get("state")?,
                overdue_at: row.maybe_time("overdue_at")?,
                shift: row.get::<Option<i64>>("shift")?.map(ShiftId::new),
            });
        }
        Ok(found)
    }

    /// Forgets what an account saw.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn forget_sightings(&self, server: &str, login: &str) -> Result<(), StoreError> {
        self.write(|transaction| {
            let sql = "DELETE FROM sightings WHERE server = ? AND login = ?";
            Ok(transaction.execute(sql, [server, login])?)
        })?;
        Ok(())
    }
}
