//! The running sums of a shift, and the totals of a register over all its shifts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::{Document, Kind};

/// Quantity and amount (tiyn) of one kind of operation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sum {
    pub(crate) qty: i64,
    pub(crate) amount: i64,
}

impl Sum {
    const fn add(&mut self, amount: i64) {
        self.qty += 1;
        self.amount = self.amount.saturating_add(amount);
    }
}

/// The six kinds side by side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sums {
    pub(crate) sales: Sum,
    pub(crate) purchases: Sum,
    pub(crate) refunds: Sum,
    pub(crate) purchase_refunds: Sum,
    pub(crate) expenses: Sum,
    pub(crate) incomes: Sum,
}

impl Sums {
    pub(crate) const fn of(&mut self, kind: Kind) -> &mut Sum {
        match kind {
            Kind::Sale => &mut self.sales,
            Kind::Deposit => &mut self.incomes,
            Kind::Withdrawal => &mut self.expenses,
            Kind::Purchase => &mut self.purchases,
            Kind::Refund => &mut self.refunds,
            Kind::PurchaseRefund => &mut self.purchase_refunds,
        }
    }

    pub(crate) const fn count(&self) -> i64 {
        self.sales.qty
            + self.purchases.qty
            + self.refunds.qty
            + self.purchase_refunds.qty
            + self.expenses.qty
            + self.incomes.qty
    }
}

/// Everything a report of one shift says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Takings {
    pub(crate) all: Sums,
    pub(crate) sections: BTreeMap<i64, Sums>,
    /// What the shift did to the drawer, and to the accounts beside it.
    pub(crate) cash: i64,
    pub(crate) non_cash: i64,
    pub(crate) received: i64,
    pub(crate) change: i64,
    pub(crate) discount: i64,
    pub(crate) markup: i64,
    pub(crate) nds: i64,
}

impl Takings {
    pub(crate) fn add(&mut self, document: &Document) {
        let Document { kind, value, .. } = *document;
        self.all.of(kind).add(value);
        let drawer = matches!(kind, Kind::Deposit | Kind::Withdrawal);
        if !drawer {
            let section = self.sections.entry(document.section).or_default();
            section.of(kind).add(value);
        }
        let sign = sign(kind);
        self.cash += sign * document.cash;
        self.non_cash += sign * (value - document.cash);
        match kind {
            Kind::Sale => {
                self.received += document.received;
                self.change += document.change;
                self.discount += document.discount;
                self.markup += document.markup;
                self.nds += document.nds;
            }
            Kind::Refund => self.nds -= document.nds,
            _ => {}
        }
    }
}

/// +1 where money comes in, −1 where it goes out.
const fn sign(kind: Kind) -> i64 {
    match kind {
        Kind::Sale | Kind::Deposit | Kind::PurchaseRefund => 1,
        Kind::Withdrawal | Kind::Purchase | Kind::Refund => -1,
    }
}
