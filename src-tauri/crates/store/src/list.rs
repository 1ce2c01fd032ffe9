//! Lists of the archive, page by page, the newest first by the time at which a report was taken.

use chrono::{DateTime, Utc};
use domain::{KkmId, Money, ReportKind};
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use crate::archive::{LINE, ReportLine, line};
use crate::columns::{Columns, Conditions, micros};
use crate::{Store, StoreError};

/// Which reports. What is `None` is not asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFilter {
    /// From this server only: two servers may give two registers the same id.
    pub server: Option<String>,
    /// Of this register only.
    pub kkm: Option<KkmId>,
    /// Of this kind only.
    pub kind: Option<ReportKind>,
    /// Of the shift with this number on its register only.
    pub shift_index: Option<i64>,
    /// With exactly these sales only.
    pub amount: Option<Money>,
    /// With this number only.
    pub number: Option<i64>,
    /// Taken at this time or later.
    pub from: Option<DateTime<Utc>>,
    /// Taken before this time.
    pub to: Option<DateTime<Utc>>,
    /// Only what was taken before this report, by its time and then its number. So the next page is asked for.
    pub before: Option<(DateTime<Utc>, i64)>,
    /// So many at most.
    pub limit: u32,
}

impl ReportFilter {
    /// The newest reports of all.
    pub const fn newest(limit: u32) -> Self {
        Self {
            server: None,
            kkm: None,
            kind: None,
            shift_index: None,
            amount: None,
            number: None,
            from: None,
            to: None,
            before: None,
            limit,
        }
    }

    /// How SQLite is told what to walk: an index by its name, and the table itself where the report's number is asked for.
    fn walked(&self) -> String {
        match self.number {
            Some(_) => "NOT INDEXED".to_owned(),
            None => format!("INDEXED BY {}", self.index()),
        }
    }

    /// The index to walk. SQLite keeps no statistics here and would take the one with the most columns; a register, a shift
    /// and an amount leave few rows, whatever else is asked for.
    const fn index(&self) -> &'static str {
        match self {
            Self { kkm: Some(_), .. } => "reports_of_register",
            Self {
                shift_index: Some(_),
                ..
            } => "reports_of_shift",
            Self {
                amount: Some(_), ..
            } => "reports_of_amount",
            Self {
                server: Some(_),
                kind: Some(_),
                ..
            } => "reports_of_server_and_kind",
            Self {
                server: Some(_), ..
            } => "reports_of_server",
            Self { kind: Some(_), .. } => "reports_of_kind",
            _ => "reports_by_time",
        }
    }

    /// The question, and the values of its `?`.
    fn query(&self) -> (String, Vec<Value>) {
        let mut conditions = Conditions::default();
        conditions.equal("server", self.server.clone());
        conditions.equal("kkm", self.kkm.map(KkmId::get));
        conditions.equal("kind", self.kind.map(|kind| kind.as_str().to_owned()));
        conditions.equal("shift_index", self.shift_index);
        conditions.equal("amount", self.amount.map(Money::tiyn));
        conditions.equal("number", self.number);
        // Both bounds always stand there, so that one form of the question serves all; no number is as small as the
        // smallest, so that the upper one leaves `to` itself out.
        let end = (i64::MAX, i64::MAX);
        let to = self.to.map_or(end, |to| (micros(to), i64::MIN));
        let before = self
            .before
            .map_or(end, |(taken, number)| (micros(taken), number));
        let (taken, number) = to.min(before);
        let from = self.from.map_or(i64::MIN, micros);
        conditions.fixed("taken >= ?");
        conditions.fixed("(taken, number) < (?, ?)");
        let mut values = std::mem::take(&mut conditions.values);
        values.extend([from, taken, number, i64::from(self.limit)].map(Value::from));
        let sql = format!(
            "SELECT {LINE} FROM reports {} {} ORDER BY taken DESC, number DESC LIMIT ?",
            self.walked(),
            conditions.clause()
        );
        (sql, values)
    }
}

impl Store {
    /// A page of reports, the newest first: by the time at which they were taken, then by their numbers.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn reports(&self, filter: &ReportFilter) -> Result<Vec<ReportLine>, StoreError> {
        let (sql, values) = filter.query();
        let connection = self.connection();
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(line(&Columns(row))?);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every combination of what may be asked for.
    fn all() -> Vec<ReportFilter> {
        let time: DateTime<Utc> = "2026-11-24T00:00:00Z".parse().unwrap();
        (0..256u32)
            .map(|bits| {
                let asked = |bit: u32| bits >> bit & 1 == 1;
                ReportFilter {
                    server: asked(0).then(|| "https://fiscal.example.kz".to_owned()),
                    kkm: asked(1).then_some(KkmId::new(77505)),
                    kind: asked(2).then_some(ReportKind::Z),
                    shift_index: asked(3).then_some(8),
                    amount: asked(4).then_some(Money::ZERO),
                    number: None,
                    from: asked(5).then_some(time),
                    to: asked(6).then_some(time),
                    before: asked(7).then_some((time, 9)),
                    limit: 100,
                }
            })
            .collect()
    }

    #[test]
    fn every_list_walks_an_index_that_has_all_it_asks_for() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let connection = store.connection();
        for filter in all() {
            let mut columns = connection
                .prepare("SELECT name FROM pragma_index_info(?)")
                .unwrap();
            let has: Vec<String> = columns
                .query_map([filter.index()], |row| row.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            for (asked, column) in [
                (filter.server.is_some(), "server"),
                (filter.kkm.is_some(), "kkm"),
                (filter.kind.is_some(), "kind"),
                (filter.shift_index.is_some(), "shift_index"),
                (filter.amount.is_some(), "amount"),
            ] {
                assert!(
                    !asked || has.iter().any(|it| it == column),
                    "{filter:?}: {column} is not in {has:?}"
                );
            }
        }
    }

    #[test]
    fn a_report_that_is_asked_for_by_its_number_is_looked_up() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for filter in all() {
            let filter = ReportFilter {
                number: Some(7),
                ..filter
            };
            let (sql, values) = filter.query();
            let steps = steps(&store, &sql, values);
            let lookup = "SEARCH reports USING INTEGER PRIMARY KEY (rowid=?)";
            assert_eq!(steps[0], lookup, "{filter:?}: {steps:?}");
            assert!(steps.iter().all(|step| !step.starts_with("SCAN")));
        }
    }

    fn steps(store: &Store, sql: &str, values: Vec<Value>) -> Vec<String> {
        let connection = store.connection();
        let mut plan = connection
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap();
        let steps = plan
            .query_map(params_from_iter(values), |row| row.get("detail"))
            .unwrap();
        steps.map(Result::unwrap).collect()
    }

    #[test]
    fn no_list_scans_the_table_or_sorts() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for filter in all() {
            let (sql, values) = filter.query();
            let steps = steps(&store, &sql, values);
            // One step: a search between two bounds, in the order of the index.
            assert_eq!(steps.len(), 1, "{filter:?}: {steps:?}");
            let wanted = format!("SEARCH reports USING INDEX {} (", filter.index());
            assert!(steps[0].starts_with(&wanted), "{filter:?}: {steps:?}");
            let bounds = "taken>? AND taken<?)";
            let bounds_as_row = "taken>? AND (taken,number)<(?,?))";
            assert!(
                steps[0].ends_with(bounds) || steps[0].ends_with(bounds_as_row),
                "{filter:?}: {steps:?}"
            );
        }
    }
}
