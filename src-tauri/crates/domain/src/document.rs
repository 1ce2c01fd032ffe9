//! The documents of a shift (`Operations[]` of a report): what the till did, one by one.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::Money;

/// A document as far as it is known; a missing value was not reported. The rest stands in the report's raw answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// `Id`.
    pub id: Option<i64>,
    /// `DateDocument`, UTC.
    pub at: Option<DateTime<Utc>>,
    /// `NumberDoc`.
    pub number: Option<i64>,
    /// `TypeDocument.Id`: 1 sale, 2 deposit, 3 withdrawal, 4 purchase, 5 sale refund, 6 shift opened, 7 shift closed,
    /// 8 X-report, 9 purchase refund.
    pub kind: Option<i64>,
    /// `TypeDocument.Name`.
    pub kind_name: Option<String>,
    /// `Value`: the document's sum.
    pub value: Option<Money>,
    /// `Cash`.
    pub cash: Option<Money>,
    /// `NonCash`.
    pub non_cash: Option<Money>,
    /// `Mobile`.
    pub mobile: Option<Money>,
    /// `Change`.
    pub change: Option<Money>,
    /// `FiscalNumber`.
    pub fiscal_number: Option<String>,
    /// `AutonomousNumber`.
    pub autonomous_number: Option<String>,
    /// `Offline`: made without a link to the OFD.
    pub offline: Option<bool>,
}
