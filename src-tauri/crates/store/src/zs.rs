//! Every Z-report, register by register in the order of its shifts, without keeping them.

use domain::continuity::ClosedShift;
use domain::{Figures, KkmId, Marks, ShiftId};
use rusqlite::params_from_iter;
use serde::Deserialize;

use crate::columns::{Columns, Conditions};
use crate::{Store, StoreError};

/// The register of a Z-report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterOfZ {
    /// The server it came from.
    pub server: String,
    /// The register.
    pub kkm: KkmId,
    /// Its name then.
    pub name: Option<String>,
}

/// What of a report is wanted here; its documents are passed over.
#[derive(Deserialize)]
struct Said {
    figures: Option<Figures>,
    marks: Marks,
}

impl Store {
    /// Shows each archived Z-report to `see`: by server and register, then by shift number, then by time. Those without a
    /// shift number, for which there is a `None`, come first. It has a connection of its own, so that nothing waits for it;
    /// of reports it keeps one at a time.
    ///
    /// # Errors
    /// [`StoreError::Database`]; [`StoreError::Damaged`] when a row cannot be read as a report.
    pub fn each_z(
        &self,
        server: Option<&str>,
        kkm: Option<KkmId>,
        mut see: impl FnMut(RegisterOfZ, Option<ClosedShift>),
    ) -> Result<(), StoreError> {
        let mut conditions = Conditions::default();
        conditions.fixed("kind = 'z'");
        conditions.equal("server", server.map(ToOwned::to_owned));
        conditions.equal("kkm", kkm.map(KkmId::get));
        let sql = format!(
            "SELECT number, server, kkm, kkm_name, shift, shift_index, taken, report
             FROM reports INDEXED BY zs_of_register {}
             ORDER BY server, kkm, shift_index, taken, number",
            conditions.clause()
        );
        let connection = self.reader()?;
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(conditions.values))?;
        while let Some(row) = rows.next()? {
            let row = Columns(row);
            let register = RegisterOfZ {
                server: row.get("server")?,
                kkm: KkmId::new(row.get("kkm")?),
                name: row.get("kkm_name")?,
            };
            see(register, closed_shift(&row)?);
        }
        Ok(())
    }
}

fn closed_shift(row: &Columns<'_, '_>) -> Result<Option<ClosedShift>, StoreError> {
    let Some(index) = row.get("shift_index")? else {
        return Ok(None);
    };
    let report: i64 = row.get("number")?;
    let damaged =
        |error: &dyn std::fmt::Display| StoreError::Damaged(format!("report {report}: {error}"));
    let text = row.0.get_ref("report")?.as_str();
    let text = text.map_err(|error| damaged(&error))?;
    let said: Said = serde_json::from_str(text).map_err(|error| damaged(&error))?;
    Ok(Some(ClosedShift {
        report,
        shift: row.get::<Option<i64>>("shift")?.map(ShiftId::new),
        index,
        taken: row.time("taken")?,
        figures: said.figures,
        restored: said.marks.restored,
    }))
}
