//! Fiscal documents of a shift.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a document does to the shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A sale (type 1).
    Sale,
    /// Cash put into the drawer (type 2).
    Deposit,
    /// Cash taken from the drawer (type 3).
    Withdrawal,
    /// A purchase from a person (type 4).
    Purchase,
    /// A refund of a sale (type 5).
    Refund,
    /// A refund of a purchase (type 9).
    PurchaseRefund,
}

impl Kind {
    /// The server's id and name of the type.
    pub(crate) const fn wire(self) -> (i64, &'static str) {
        match self {
            Self::Sale => (1, "Продажа"),
            Self::Deposit => (2, "Внесение"),
            Self::Withdrawal => (3, "Изъятие"),
            Self::Purchase => (4, "Покупка"),
            Self::Refund => (5, "Возврат продажи"),
            Self::PurchaseRefund => (9, "Возврат покупки"),
        }
    }
}

/// One document; all amounts are tiyn.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Document {
    pub(crate) id: i64,
    pub(crate) number: i64,
    pub(crate) kind: Kind,
    pub(crate) at: DateTime<Utc>,
    pub(crate) section: i64,
    pub(crate) value: i64,
    /// The part paid in cash; the rest went without it.
    pub(crate) cash: i64,
    /// Cash handed over by the customer, the change included.
    pub(crate) received: i64,
    pub(crate) change: i64,
    pub(crate) discount: i64,
    pub(crate) markup: i64,
    pub(crate) nds: i64,
}

/// A document before it has a number and a time: what the till asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draft {
    pub(crate) kind: Kind,
    pub(crate) section: i64,
    pub(crate) value: i64,
    pub(crate) cash: i64,
    pub(crate) received: i64,
    pub(crate) discount: i64,
    pub(crate) markup: i64,
}

impl Draft {
    /// Everything in cash, to the tiyn.
    pub(crate) const fn cash(kind: Kind, section: i64, value: i64) -> Self {
        Self {
            kind,
            section,
            value,
            cash: value,
            received: value,
            discount: 0,
            markup: 0,
        }
    }
}
