//! How values stand in columns: times as UTC microseconds, amounts as tiyn, names as text.

use chrono::{DateTime, Utc};
use domain::{CashCount, Money};
use rusqlite::Row;
use rusqlite::types::{FromSql, Value};

use crate::StoreError;

/// A time as it stands in a column.
pub(crate) const fn micros(time: DateTime<Utc>) -> i64 {
    time.timestamp_micros()
}

/// A value, or NULL.
pub(crate) fn value(it: Option<impl Into<Value>>) -> Value {
    it.map_or(Value::Null, Into::into)
}

/// A row that is read by column names.
pub(crate) struct Columns<'r, 's>(pub(crate) &'r Row<'s>);

impl Columns<'_, '_> {
    /// A value as SQLite gives it; a wrong type is damage.
    pub(crate) fn get<T: FromSql>(&self, name: &str) -> Result<T, StoreError> {
        Ok(self.0.get(name)?)
    }

    /// A value that `read` understands; anything else is damage.
    pub(crate) fn read<T>(
        &self,
        name: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        let text: String = self.get(name)?;
        read(&text).ok_or_else(|| StoreError::Damaged(format!("column {name}")))
    }

    /// A time.
    pub(crate) fn time(&self, name: &str) -> Result<DateTime<Utc>, StoreError> {
        self.maybe_time(name)?
            .ok_or_else(|| StoreError::Damaged(format!("column {name}")))
    }

    /// A time that may be missing.
    pub(crate) fn maybe_time(&self, name: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.maybe(name, DateTime::from_timestamp_micros)
    }

    /// An amount that may be missing.
    pub(crate) fn maybe_money(&self, name: &str) -> Result<Option<Money>, StoreError> {
        self.maybe(name, |tiyn| Money::from_tiyn(tiyn).ok())
    }

    /// A cash count, where one was made.
    pub(crate) fn cash_count(&self) -> Result<Option<CashCount>, StoreError> {
        let Some(counted) = self.maybe_money("cash_counted")? else {
            return Ok(None);
        };
        Ok(Some(CashCount {
            counted,
            expected: self.maybe_money("cash_expected")?,
            reason: self.get("cash_reason")?,
        }))
    }

    fn maybe<T>(
        &self,
        name: &str,
        read: impl FnOnce(i64) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        let Some(number) = self.get::<Option<i64>>(name)? else {
            return Ok(None);
        };
        read(number)
            .map(Some)
            .ok_or_else(|| StoreError::Damaged(format!("column {name}")))
    }
}

/// The WHERE clause of a list: conditions that are joined by AND, and their values.
#[derive(Default)]
pub(crate) struct Conditions {
    texts: Vec<String>,
    /// Values in the order of their `?`.
    pub(crate) values: Vec<Value>,
}

impl Conditions {
    /// Asks for `column = wanted`, where something is wanted.
    pub(crate) fn equal(&mut self, column: &str, wanted: Option<impl Into<Value>>) {
        if let Some(wanted) = wanted {
            self.texts.push(format!("{column} = ?"));
            self.values.push(wanted.into());
        }
    }

    /// Asks for `column < bound`, where there is a bound.
    pub(crate) fn less(&mut self, column: &str, bound: Option<i64>) {
        if let Some(bound) = bound {
            self.texts.push(format!("{column} < ?"));
            self.values.push(bound.into());
        }
    }

    /// Asks for a fixed condition.
    pub(crate) fn fixed(&mut self, condition: &str) {
        self.texts.push(condition.to_owned());
    }

    /// The clause, or nothing.
    pub(crate) fn clause(&self) -> String {
        if self.texts.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", self.texts.join(" AND "))
        }
    }
}
