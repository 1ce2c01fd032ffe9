//! The journal of operations, in lists and row by row.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::{ErrorCode, KkmId};
use serde::Serialize;
use store::{Only, Operation, OperationFilter, OperationKind};
use texts::{Key, Phrase};

use crate::board::{amount, operation_view, time};
use crate::support::filter::{Filter, masked};
use crate::view::{CashCountView, JournalInput, JournalPage, OperationDetailsView, OperationView};
use crate::{Desk, Effect, Trouble};

/// Everything that the journal has of an operation; for the command line and support, not for the page. `null` is what
/// the operation does not have, or not yet. No secret stands in it: none was ever written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OperationDetails {
    /// What a list shows.
    #[serde(flatten)]
    pub row: OperationView,
    /// The sign-in phone of the account that acted.
    pub login: String,
    /// The server's id of the shift, as far as it is known.
    pub shift: Option<i64>,
    /// The Uid it carried.
    pub uid: Option<String>,
    /// The request's body, as it was sent.
    pub body: String,
    /// The `Date` of an autonomous operation.
    pub autonomous: Option<String>,
    /// The cash count made before closing.
    pub cash_count: Option<CashCountView>,
    /// The Uid that the answer gave for the next operation.
    pub next_uid: Option<String>,
    /// The answer's body.
    pub raw: Option<String>,
}

impl Desk {
    /// Journal rows: all of them newest first, those of unknown outcome oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn operations(&self, unresolved: bool, limit: u32) -> Result<Vec<OperationView>, Trouble> {
        let rows = self.store.operations(&OperationFilter {
            only: unresolved.then_some(Only::Unknown),
            limit: Some(limit),
            ..OperationFilter::default()
        })?;
        self.operation_views(&rows)
    }

    /// One journal row, whole.
    ///
    /// # Errors
    /// When there is no such row or the database cannot be read.
    pub fn operation(&self, number: i64) -> Result<OperationDetails, Trouble> {
        let row = self.store.operation(number)?;
        let row = row.ok_or_else(|| {
            Trouble::new(ErrorCode::BadInput, Effect::Nothing)
                .saying(Phrase::of(Key::WhatNoOperation).with("number", number))
        })?;
        let name = self.register_name(&row.server, row.kkm)?;
        let scheduled = self.scheduled(&row)?;
        let mut details = details(row, name);
        details.row.scheduled = scheduled;
        Ok(details)
    }

    fn operation_views(&self, rows: &[Operation]) -> Result<Vec<OperationView>, Trouble> {
        let mut names = HashMap::new();
        let view = |row: &Operation| {
            let name = match names.entry((row.server.clone(), row.kkm)) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(free) => free.insert(self.register_name(&row.server, row.kkm)?),
            };
            Ok(OperationView {
                scheduled: self.scheduled(row)?,
                ..operation_view(row, name.clone())
            })
        };
        rows.iter().map(view).collect()
    }

    /// When a Z was due that closed its shift by the clock.
    fn scheduled(&self, row: &Operation) -> Result<Option<String>, Trouble> {
        let Some(report) = row.report.filter(|_| row.kind == OperationKind::Z) else {
            return Ok(None);
        };
        let run = self.store.run_of(&row.server, row.kkm, report)?;
        Ok(run.map(|run| time(run.due)))
    }

    /// What a register is called, as far as this computer knows: in the newest of its reports, else in its licence.
    pub(crate) fn register_name(
        &self,
        server: &str,
        kkm: KkmId,
    ) -> Result<Option<String>, Trouble> {
        let name = self.store.register_name(server, kkm)?;
        Ok(match name {
            Some(name) => Some(name),
            None => self.store.licence_name(server, kkm)?,
        })
    }
}

/// So many rows a page has at most.
const PAGE: u32 = 500;

impl Desk {
    /// A page of the journal: the newest first, those of unknown outcome the oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn journal(&self, input: &JournalInput) -> Result<JournalPage, Trouble> {
        let limit = input.limit.clamp(1, PAGE);
        let rows = self.store.operations(&OperationFilter {
            server: input.server.clone(),
            kkm: input.kkm.map(KkmId::new),
            only: input.unresolved.then_some(Only::Unknown),
            before: input.before,
            limit: Some(limit),
        })?;
        let full = u32::try_from(rows.len()).is_ok_and(|count| count == limit);
        let last = rows.last().map(|row| row.number);
        let next = last.filter(|_| full && !input.unresolved);
        Ok(JournalPage {
            lines: self.operation_views(&rows)?,
            next,
        })
    }

    /// One journal row, whole, for the page: what leaves here passes the filter of the support bundle, though no secret was
    /// ever written, and of a sign-in phone the last digits stay.
    ///
    /// # Errors
    /// When there is no such row or the database cannot be read.
    pub async fn operation_shown(&self, number: i64) -> Result<OperationDetailsView, Trouble> {
        let details = self.operation(number)?;
        let filter = Filter::of(self).await?;
        let clean = |text: Option<String>| text.map(|text| filter.text(&text));
        Ok(OperationDetailsView {
            row: OperationView {
                message: clean(details.row.message),
                ..details.row
            },
            login: masked(&details.login),
            shift: details.shift,
            uid: details.uid,
            body: filter.text(&details.body),
            autonomous: details.autonomous,
            cash_count: details.cash_count.map(|count| CashCountView {
                reason: clean(count.reason),
                ..count
            }),
            next_uid: details.next_uid,
            raw: clean(details.raw),
        })
    }
}

pub(crate) fn details(row: Operation, kkm_name: Option<String>) -> OperationDetails {
    OperationDetails {
        login: row.login.clone(),
        shift: row.shift.map(domain::ShiftId::get),
        uid: row.uid.as_ref().map(|uid| uid.as_str().to_owned()),
        autonomous: row.autonomous.map(time),
        cash_count: row.cash_count.as_ref().map(|count| CashCountView {
            counted: amount(count.counted),
            expected: count.expected.map(amount),
            difference: count.difference().map(amount),
            reason: count.reason.clone(),
        }),
        next_uid: row.next_uid.as_ref().map(|uid| uid.as_str().to_owned()),
        row: operation_view(&row, kkm_name),
        body: row.body,
        raw: row.raw,
    }
}
