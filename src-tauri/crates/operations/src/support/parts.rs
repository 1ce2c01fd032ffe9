//! What the database has to tell: settings, accounts, journal, archive, and whether anything was changed.

use std::error::Error;

use serde_json::{Value, json};
use store::{Operation, ReportFilter, Store};

use crate::Desk;
use crate::archive::line_of;
use crate::journal::details;
use crate::settings;
use crate::support::filter::{Filter, masked};

/// Operations that go in, unfinished ones apart.
const OPERATIONS: u32 = 1000;
/// Rows of the outbox that go in.
const QUEUED: usize = 1000;
/// Lines of the archive that go in.
const REPORTS: u32 = 200;
/// Of a raw answer so much goes in, in bytes.
const RAW: usize = 64 * 1024;

/// The database, or why it could not be opened.
pub(super) type Opened = Result<Store, String>;

/// What `read` gives; the error in its place where there is one.
pub(super) fn or_error<T: Into<Value>, E: Error + 'static>(
    store: &Opened,
    read: impl FnOnce(&Store) -> Result<T, E>,
) -> Value {
    let read = match store {
        Ok(store) => read(store).map_err(|error| chain(&error)),
        Err(why) => Err(why.clone()),
    };
    read.map_or_else(|why| json!({ "error": why }), Into::into)
}

/// An error with what caused it.
pub(super) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut links = vec![error.to_string()];
    let mut next = error.source();
    while let Some(link) = next {
        links.push(link.to_string());
        next = link.source();
    }
    links.join(": ")
}

pub(super) fn settings(store: &Opened) -> Value {
    or_error(store, |store| {
        let settings = settings::all(store)?;
        let setting = |it: crate::view::SettingView| json!({ "name": it.name, "value": without_user(&it.value), "default": it.default });
        Ok::<_, crate::Trouble>(settings.into_iter().map(setting).collect::<Vec<_>>())
    })
}

/// An address without user and password.
fn without_user(value: &str) -> String {
    let Some((before, host)) = value.rsplit_once('@') else {
        return value.to_owned();
    };
    let scheme = before.split_once("://").map(|(scheme, _)| scheme);
    scheme.map_or_else(|| host.to_owned(), |scheme| format!("{scheme}://{host}"))
}

pub(super) fn accounts(store: &Opened) -> Value {
    or_error(store, |store| {
        let mut shown = Vec::new();
        for account in store.accounts()? {
            let kept = store.kept(&account.server, &account.login)?;
            shown.push(json!({
                "server": account.server.as_str(),
                "login": masked(&account.login),
                "user": account.user.get(),
                "kept": kept.map(store::Kept::as_str),
            }));
        }
        Ok::<_, store::StoreError>(shown)
    })
}

/// The newest operations as far as they can be read, and the error where that is not to the end.
pub(super) fn journal(store: &Opened, filter: &Filter) -> Value {
    or_error(store, |store| {
        let (rows, failed) = store.last_operations(OPERATIONS);
        let rows: Result<Vec<Value>, _> =
            rows.into_iter().map(|row| operation(row, filter)).collect();
        let failed = failed.map(|error| chain(&error));
        rows.map(|rows| json!({ "operations": rows, "error": failed }))
    })
}

/// As `journal show` has it. An answer is cut after it was filtered: half a secret would not be known.
fn operation(row: Operation, filter: &Filter) -> serde_json::Result<Value> {
    let mut details = details(row, None);
    details.login = masked(&details.login);
    details.raw = details.raw.map(|raw| shortened(filter.text(&raw)));
    serde_json::to_value(details)
}

fn shortened(mut raw: String) -> String {
    if raw.len() > RAW {
        let end = (0..=RAW).rev().find(|at| raw.is_char_boundary(*at));
        raw.truncate(end.unwrap_or(0));
        raw.push('…');
    }
    raw
}

/// The newest rows of the outbox, whatever became of them.
pub(super) fn outbox(store: &Opened) -> Value {
    or_error(store, |store| {
        let rows = store.outbox(true)?;
        let rows = rows.iter().rev().take(QUEUED).map(|row| {
            let mut row = Desk::queued_view(row);
            row.login = masked(&row.login);
            serde_json::to_value(row)
        });
        let rows: Result<Vec<Value>, _> = rows.collect();
        Ok::<_, store::StoreError>(rows.unwrap_or_default())
    })
}

pub(super) fn verify(store: &Opened) -> Value {
    or_error(store, |store| {
        let found = store.verify()?;
        Ok::<_, store::StoreError>(json!({
            "reports": found.rows,
            "broken": found.broken,
            "operations": found.operations,
            "brokenOperation": found.broken_operation,
        }))
    })
}

pub(super) fn archive(store: &Opened) -> Value {
    or_error(store, |store| {
        let lines = store.reports(&ReportFilter::newest(REPORTS))?;
        let lines = lines.iter().map(line_of).map(serde_json::to_value);
        let lines: Result<Vec<Value>, _> = lines.collect();
        Ok::<_, crate::Trouble>(lines.unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_loses_its_user_and_password() {
        for (value, shown) in [
            ("http://user:p@ss@proxy:3128", "http://proxy:3128"),
            ("user:pass@proxy:3128", "proxy:3128"),
            ("http://proxy:3128", "http://proxy:3128"),
            ("system", "system"),
        ] {
            assert_eq!(without_user(value), shown);
        }
    }

    #[test]
    fn a_long_answer_is_cut_between_letters() {
        let cut = shortened("ы".repeat(RAW));
        assert!(cut.len() <= RAW + 3 && cut.ends_with("ы…"));
    }
}
