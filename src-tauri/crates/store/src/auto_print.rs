//! Printing by itself: the archive is looked through for what is new, so a report is queued however and by whomever it was
//! archived, and once. A failure here can cost no report anything.

use domain::ReportKind;
use rusqlite::{Connection, OptionalExtension, params};

use crate::columns::micros;
use crate::prints::prune;
use crate::{NewPrint, Store, StoreError};

/// The setting in which stands the last report that was looked at.
pub(crate) const MARK: &str = "auto-printed";

impl Store {
    /// Takes every report of now for an old one.
    ///
    /// # Errors
    /// The database fails.
    pub fn take_reports_for_printed(&self) -> Result<(), StoreError> {
        self.write(|transaction| set_mark(transaction, last(transaction)?))
    }

    /// Queues what was archived since this was last asked, of one kind or of all, unless somebody asked for a print of it already.
    /// Says how many. Jobs that were settled 90 days ago go.
    ///
    /// # Errors
    /// The database fails.
    pub fn print_new_reports(
        &self,
        only: Option<ReportKind>,
        like: &NewPrint,
    ) -> Result<usize, StoreError> {
        // Mostly there is nothing: a look takes no lock that others wait for.
        let is_news = {
            let connection = self.connection();
            mark(&connection)? != Some(last(&connection)?)
        };
        if !is_news {
            return Ok(0);
        }
        self.write(|transaction| {
            prune(transaction, like.at)?;
            let last = last(transaction)?;
            // Where nobody said from where on, nothing that is there is news.
            let mark = mark(transaction)?.unwrap_or(last);
            let queued = transaction.execute(
                "INSERT INTO prints (report, form, printer, paper, language, at, next, state)
                 SELECT number, ?7, ?1, ?2, ?3, ?4, ?4, 'queued' FROM reports
                 WHERE number > ?5 AND (?6 IS NULL OR kind = ?6)
                    AND NOT EXISTS (SELECT 1 FROM prints WHERE report = reports.number AND form = ?7)
                 ORDER BY number",
                params![
                    like.printer,
                    like.paper,
                    like.language,
                    micros(like.at),
                    mark,
                    only.map(ReportKind::as_str),
                    like.form
                ],
            )?;
            set_mark(transaction, last)?;
            Ok(queued)
        })
    }
}

fn last(connection: &Connection) -> Result<i64, StoreError> {
    let sql = "SELECT COALESCE(MAX(number), 0) FROM reports";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

fn mark(connection: &Connection) -> Result<Option<i64>, StoreError> {
    let text: Option<String> = connection
        .prepare_cached("SELECT value FROM settings WHERE key = ?")?
        .query_row([MARK], |row| row.get(0))
        .optional()?;
    Ok(text.and_then(|text| text.parse().ok()))
}

/// After a restoration: what the copy was about to print may have been printed since.
pub(crate) fn doubt(connection: &Connection) -> Result<(), StoreError> {
    set_mark(connection, last(connection)?)
}

fn set_mark(connection: &Connection, number: i64) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO settings (key, value) VALUES (?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        params![MARK, number.to_string()],
    )?;
    Ok(())
}
