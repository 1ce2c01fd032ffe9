//! The company as the server knows it: users, registers, shifts.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    document::{Document, Draft, Kind},
    ledger::{Act, Entry},
    random::{Random, part},
    sums::{Sums, Takings},
};

/// Answers kept for a repeated Uid, per register.
const ANSWERS_KEPT: usize = 20;
/// Ledger entries kept.
const ENTRIES_KEPT: usize = 4000;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) users: Vec<User>,
    pub(crate) kkms: Vec<Kkm>,
    pub(crate) shifts: Vec<Shift>,
    pub(crate) next_shift: i64,
    pub(crate) next_document: i64,
    pub(crate) ledger: Vec<Entry>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) name: String,
    pub(crate) tokens: Vec<Token>,
    pub(crate) last_shift: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) value: String,
    pub(crate) expires: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum KkmStatus {
    Ready,
    Blocked,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Kkm {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) znm: String,
    pub(crate) rnm: String,
    pub(crate) status: KkmStatus,
    pub(crate) offline_queue: i64,
    /// Since when documents wait for the fiscal data operator.
    #[serde(default)]
    pub(crate) offline_since: Option<DateTime<Utc>>,
    pub(crate) ofd_code: i64,
    pub(crate) last_shift: i64,
    pub(crate) shift_index: i64,
    /// Cash in the drawer, tiyn.
    pub(crate) cash: i64,
    /// The non-resettable totals over all closed and open shifts.
    pub(crate) cumulative: Sums,
    pub(crate) uid: String,
    pub(crate) uids_made: u64,
    pub(crate) documents: i64,
    pub(crate) last_operation: Option<DateTime<Utc>>,
    pub(crate) answers: Vec<StoredAnswer>,
    pub(crate) token_cpcr: String,
}

/// The result kept under a Uid that was used.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StoredAnswer {
    pub(crate) uid: String,
    pub(crate) shift: i64,
    /// The text of `Data`.
    pub(crate) data: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Shift {
    pub(crate) id: i64,
    pub(crate) user: i64,
    pub(crate) kkm: i64,
    pub(crate) index: i64,
    pub(crate) opened: DateTime<Utc>,
    pub(crate) closed: Option<DateTime<Utc>>,
    pub(crate) autonomous: bool,
    pub(crate) balance_open: i64,
    pub(crate) takings: Takings,
    /// The register's totals with this shift, fixed when it closes.
    pub(crate) cumulative: Option<Sums>,
    /// How many of the planned sales have arrived.
    pub(crate) arrived: u64,
    /// Kept while the shift is open; afterwards its Z-report has them.
    pub(crate) documents: Vec<Document>,
}

impl Shift {
    pub(crate) const fn balance_close(&self) -> i64 {
        self.balance_open + self.takings.cash
    }
}

/// The law's limit of autonomous work: then the register is blocked.
const AUTONOMY: TimeDelta = TimeDelta::hours(72);

impl World {
    /// Blocks the registers whose documents have waited for longer than the law allows.
    pub(crate) fn enforce_autonomy(&mut self, now: DateTime<Utc>) -> bool {
        let over = |since| now.signed_duration_since(since) >= AUTONOMY;
        let mut any = false;
        for kkm in &mut self.kkms {
            if kkm.offline_since.is_some_and(over) && kkm.status != KkmStatus::Blocked {
                kkm.status = KkmStatus::Blocked;
                any = true;
            }
        }
        any
    }

    pub(crate) fn kkm(&self, id: i64) -> Option<&Kkm> {
        self.kkms.iter().find(|kkm| kkm.id == id)
    }

    pub(crate) fn kkm_mut(&mut self, id: i64) -> Option<&mut Kkm> {
        self.kkms.iter_mut().find(|kkm| kkm.id == id)
    }

    pub(crate) fn shift(&self, id: i64) -> Option<&Shift> {
        self.shifts.iter().find(|shift| shift.id == id)
    }

    pub(crate) fn shift_mut(&mut self, id: i64) -> Option<&mut Shift> {
        self.shifts.iter_mut().find(|shift| shift.id == id)
    }

    pub(crate) fn user(&self, id: i64) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    pub(crate) fn user_mut(&mut self, id: i64) -> Option<&mut User> {
        self.users.iter_mut().find(|user| user.id == id)
    }

    pub(crate) fn open_shift_on(&self, kkm: i64) -> Option<&Shift> {
        let open = |shift: &&Shift| shift.closed.is_none() && shift.kkm == kkm;
        self.shifts.iter().rev().find(open)
    }

    pub(crate) fn open_shift_of(&self, user: i64) -> Option<&Shift> {
        let open = |shift: &&Shift| shift.closed.is_none() && shift.user == user;
        self.shifts.iter().rev().find(open)
    }

    /// Makes the next key of a register current: every operation on it, the till's included, uses one up.
    pub(crate) fn renew_uid(&mut self, kkm: i64) -> Option<String> {
        let seed = self.seed;
        let kkm = self.kkm_mut(kkm)?;
        kkm.uids_made += 1;
        kkm.uid = Random::of([seed, part(kkm.id), kkm.uids_made]).uid();
        Some(kkm.uid.clone())
    }

    /// Keeps an answer under the Uid it was made with.
    pub(crate) fn keep_answer(&mut self, kkm: i64, answer: StoredAnswer) {
        if let Some(kkm) = self.kkm_mut(kkm) {
            kkm.answers.push(answer);
            let surplus = kkm.answers.len().saturating_sub(ANSWERS_KEPT);
            kkm.answers.drain(..surplus);
        }
    }

    pub(crate) fn record(&mut self, entry: Entry) {
        self.ledger.push(entry);
        let surplus = self.ledger.len().saturating_sub(ENTRIES_KEPT);
        self.ledger.drain(..surplus);
    }

    pub(crate) fn count(&self, act: Act, fits: impl Fn(&Entry) -> bool) -> usize {
        let meant = |entry: &&Entry| entry.act == act && fits(entry);
        self.ledger.iter().filter(meant).count()
    }

    /// Puts a document into the open shift of a register; `None` without one.
    pub(crate) fn enter(&mut self, kkm: i64, draft: Draft, at: DateTime<Utc>) -> Option<()> {
        let shift = self.open_shift_on(kkm)?.id;
        let id = self.next_document;
        self.next_document += 1;
        let register = self.kkm_mut(kkm)?;
        register.documents += 1;
        let document = Document {
            id,
            number: register.documents,
            kind: draft.kind,
            at,
            section: draft.section,
            value: draft.value,
            cash: draft.cash,
            received: draft.received,
            change: draft.received - draft.cash,
            discount: draft.discount,
            markup: draft.markup,
            nds: crate::seed::nds(draft.section, draft.value),
        };
        let total = register.cumulative.of(draft.kind);
        total.qty += 1;
        total.amount = total.amount.saturating_add(draft.value);
        let before = self.shift(shift)?.takings.cash;
        let shift = self.shift_mut(shift)?;
        shift.takings.add(&document);
        let change = shift.takings.cash - before;
        shift.documents.push(document);
        self.kkm_mut(kkm)?.cash += change;
        self.renew_uid(kkm)?;
        Some(())
    }

    /// A plain document for tests: all in cash, or all without it, in the section with VAT.
    pub(crate) fn enter_plain(
        &mut self,
        kkm: i64,
        kind: Kind,
        tiyn: i64,
        non_cash: bool,
        at: DateTime<Utc>,
    ) -> Option<()> {
        let mut draft = Draft::cash(kind, crate::seed::SECTION_VAT, tiyn);
        if non_cash {
            (draft.cash, draft.received) = (0, 0);
        }
        self.enter(kkm, draft, at)
    }
}
