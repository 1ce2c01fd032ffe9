//! The registers that the archive has reports of, by name. Neither question grows with the number of reports.

use domain::KkmId;
use rusqlite::{CachedStatement, Connection, OptionalExtension};

use crate::{Store, StoreError};

/// A register that the archive has reports of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRegister {
    /// Its server's address.
    pub server: String,
    /// The register.
    pub kkm: KkmId,
    /// Its name in the newest of its reports.
    pub name: Option<String>,
}

/// The register after another one: one search, which passes over all the reports between.
const NEXT: &str = "SELECT server, kkm FROM reports INDEXED BY reports_by_kind
    WHERE (server, kkm) > (?, ?) ORDER BY server, kkm LIMIT 1";

const NAME: &str = "SELECT kkm_name FROM reports INDEXED BY reports_of_register
    WHERE kkm = ? AND server = ? ORDER BY taken DESC, number DESC LIMIT 1";

impl Store {
    /// Every register that the archive has reports of, by server and id.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn named_registers(&self) -> Result<Vec<NamedRegister>, StoreError> {
        let connection = self.connection();
        let mut next = connection.prepare_cached(NEXT)?;
        let mut named = naming(&connection)?;
        let mut found: Vec<NamedRegister> = Vec::new();
        loop {
            let last = found.last();
            let last = last.map_or(("", i64::MIN), |it| (it.server.as_str(), it.kkm.get()));
            let row = next.query_row(last, |row| Ok((row.get(0)?, row.get(1)?)));
            let Some((server, kkm)) = row.optional()? else {
                break;
            };
            let (server, kkm): (String, _) = (server, KkmId::new(kkm));
            found.push(NamedRegister {
                name: name(&mut named, &server, kkm)?,
                server,
                kkm,
            });
        }
        Ok(found)
    }

    /// A register's name in the newest of its reports.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn register_name(&self, server: &str, kkm: KkmId) -> Result<Option<String>, StoreError> {
        let connection = self.connection();
        name(&mut naming(&connection)?, server, kkm)
    }
}

fn naming(connection: &Connection) -> Result<CachedStatement<'_>, StoreError> {
    Ok(connection.prepare_cached(NAME)?)
}

fn name(
    statement: &mut CachedStatement<'_>,
    server: &str,
    kkm: KkmId,
) -> Result<Option<String>, StoreError> {
    let name = statement.query_row((kkm.get(), server), |row| row.get(0));
    Ok(name.optional()?.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_question_walks_the_reports() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let connection = store.connection();
        for (sql, search) in [
            (NEXT, "COVERING INDEX reports_by_kind ((server,kkm)>(?,?))"),
            (NAME, "INDEX reports_of_register (kkm=?)"),
        ] {
            let mut plan = connection
                .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
                .unwrap();
            let steps = plan.query_map(("1", 1), |row| row.get("detail")).unwrap();
            let steps: Vec<String> = steps.map(Result::unwrap).collect();
            assert_eq!(steps, [format!("SEARCH reports USING {search}")]);
        }
    }
}
