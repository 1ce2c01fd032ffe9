//! The cash register (ККМ) as far as the program shows it. Its secret, `TokenCPCR`, has no place here on purpose.

use serde::{Deserialize, Serialize};

use crate::{KkmId, Money, ShiftId};

/// `IdStatusKkm`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KkmStatus {
    /// 1: being registered.
    Registration,
    /// 2: ready.
    Ready,
    /// 3: blocked.
    Blocked,
    /// Not reported, or a number nobody has named.
    Other(i64),
}

impl KkmStatus {
    /// Reads `IdStatusKkm`.
    pub const fn from_wire(number: i64) -> Self {
        match number {
            1 => Self::Registration,
            2 => Self::Ready,
            3 => Self::Blocked,
            other => Self::Other(other),
        }
    }
}

/// One of a register's balances, such as cash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// The kind's id (`TypeBalance.Id`).
    pub kind: Option<i64>,
    /// The kind's name (`TypeBalance.Name`).
    pub name: Option<String>,
    /// How much.
    pub amount: Option<Money>,
}

/// A register. A missing value was not reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kkm {
    /// The server's id.
    pub id: KkmId,
    /// The name its owner gave it.
    pub name: Option<String>,
    /// Factory number (ЗНМ).
    pub znm: Option<String>,
    /// Registration number (РНМ).
    pub rnm: Option<String>,
    /// The open or last shift.
    pub shift: Option<ShiftId>,
    /// The number of that shift on this register.
    pub shift_index: Option<i64>,
    /// Registration, ready, blocked.
    pub status: KkmStatus,
    /// `Lock`.
    pub locked: Option<bool>,
    /// Documents that have not reached the OFD yet.
    pub offline_queue: Option<i64>,
    /// The OFD's last code: 0 is well, 500 no link.
    pub ofd_code: Option<i64>,
    /// The OFD's name.
    pub ofd_name: Option<String>,
    /// The taxpayer's short or full name.
    pub taxpayer: Option<String>,
    /// The taxpayer's BIN or IIN.
    pub bin: Option<String>,
    /// The address in one line.
    pub address: Option<String>,
    /// Balances by kind.
    pub balances: Vec<Balance>,
}

impl Kkm {
    /// A register of which only the id is known.
    pub const fn bare(id: KkmId) -> Self {
        Self {
            id,
            name: None,
            znm: None,
            rnm: None,
            shift: None,
            shift_index: None,
            status: KkmStatus::Other(0),
            locked: None,
            offline_queue: None,
            ofd_code: None,
            ofd_name: None,
            taxpayer: None,
            bin: None,
            address: None,
            balances: Vec::new(),
        }
    }

    /// Cash in the drawer, where the server reports it: the first balance whose name says cash, else the first of kind 1.
    pub fn cash(&self) -> Option<Money> {
        let by_name = self.balances.iter().find(|balance| {
            let name = balance.name.as_deref().unwrap_or_default().to_lowercase();
            (name.contains("налич") && !name.contains("безнал")) || name == "cash"
        });
        by_name
            .or_else(|| self.balances.iter().find(|balance| balance.kind == Some(1)))
            .and_then(|balance| balance.amount)
    }

    /// Whether the register can do nothing until support helps.
    pub fn is_blocked(&self) -> bool {
        self.status == KkmStatus::Blocked
    }
}
