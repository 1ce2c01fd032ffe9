//! The journal of operations: intent before action, answer before joy, one at a time per register.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{ErrorCode, KkmId, ShiftId};
use rusqlite::types::Value;
use rusqlite::{
    Connection, OptionalExtension, Transaction, named_params, params, params_from_iter,
};

use crate::columns::{Columns, Conditions, micros};
use crate::open::lock;
use crate::operation::{
    Confirmation, NewOperation, Only, Operation, OperationFilter, OperationKind, OperationState,
    Why,
};
use crate::{Store, StoreError, archive, chain, outbox, space, uids, verify};

/// How long another process's operation is taken to be under way, even if that process hangs: longer than any request
/// with all its repetitions takes.
pub const LEASE_MINUTES: i64 = 20;

impl Store {
    /// Writes an intent. When this returns, it is on the disk and the register belongs to this operation.
    ///
    /// # Errors
    /// [`StoreError::Busy`] while another operation on the register is under way, [`StoreError::Unresolved`] while an
    /// opening or closing of it has an unknown outcome; or the database fails.
    pub fn begin(&self, new: NewOperation) -> Result<i64, StoreError> {
        space::refuse_full(self.folder())?;
        // In a transaction of its own: what the dead left stays settled even if this intent is refused.
        self.settle_dead(new.at)?;
        self.write(|transaction| {
            refuse_second(transaction, &new.server, new.kkm)?;
            outbox::take_turn(transaction, &new)?;
            let count = new.cash_count.as_ref();
            transaction.execute(
                "INSERT INTO operations (server, login, kkm, kind, shift, uid, body, autonomous, cash_counted,
                    cash_expected, cash_reason, at, state, owner, lease_until)
                 VALUES (:server, :login, :kkm, :kind, :shift, :uid, :body, :autonomous, :counted,
                    :expected, :reason, :at, 'prepared', :owner, :lease)",
                named_params! {
                    ":server": new.server,
                    ":login": new.login,
                    ":kkm": new.kkm.get(),
                    ":kind": new.kind.as_str(),
                    ":shift": new.shift.map(ShiftId::get),
                    ":uid": new.uid.as_ref().map(domain::Uid::as_str),
                    ":body": new.body,
                    ":autonomous": new.autonomous.map(micros),
                    ":counted": count.map(|count| count.counted.tiyn()),
                    ":expected": count.and_then(|count| count.expected).map(domain::Money::tiyn),
                    ":reason": count.and_then(|count| count.reason.as_deref()),
                    ":at": micros(new.at),
                    ":owner": self.inner.presence.token(),
                    ":lease": lease(new.at),
                },
            )?;
            let number = transaction.last_insert_rowid();
            outbox::attempt(transaction, new.outbox, number)?;
            lock(&self.inner.active).insert(number);
            Ok(number)
        })
    }

    /// Says that nothing in this process works at the operation any more. Where its end could not be written down, it is
    /// then settled as if this process had died; where it is unknown, anybody may take it up.
    pub fn release(&self, number: i64) {
        lock(&self.inner.active).remove(&number);
        let freed = self.connection().execute(
            "UPDATE operations SET lease_until = 0 WHERE number = ? AND state = 'unknown' AND owner = ?",
            params![number, self.inner.presence.token()],
        );
        if let Err(error) = freed {
            // Its lease ends by itself.
            tracing::warn!(number, %error, "the operation is not free for others yet");
        }
    }

    /// Takes up an operation of unknown outcome: from now on nobody else, in this process or another, works at it.
    ///
    /// # Errors
    /// [`StoreError::Busy`] while somebody else does, [`StoreError::State`] when it is not unknown.
    pub fn claim(&self, number: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
        space::refuse_full(self.folder())?;
        self.write(|transaction| {
            expect(transaction, number, &[OperationState::Unknown])?;
            if lock(&self.inner.active).contains(&number)
                || !self.is_free(transaction, number, at)?
            {
                return Err(StoreError::Busy { number });
            }
            transaction.execute(
                "UPDATE operations SET owner = ?, lease_until = ? WHERE number = ?",
                params![self.inner.presence.token(), lease(at), number],
            )?;
            lock(&self.inner.active).insert(number);
            Ok(())
        })
    }

    /// Whether nobody else works at an operation of unknown outcome.
    fn is_free(
        &self,
        transaction: &Transaction<'_>,
        number: i64,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (owner, until): (String, i64) = transaction.query_row(
            "SELECT owner, lease_until FROM operations WHERE number = ?",
            [number],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let presence = &self.inner.presence;
        Ok(owner == presence.token() || until < micros(at) || !presence.is_alive(&owner))
    }

    /// Notes that the request is about to leave: from `prepared`, or again from `unknown` (with the same Uid, after the
    /// shift was read).
    ///
    /// # Errors
    /// [`StoreError::State`] from any other state, [`StoreError::Busy`] when another operation has begun meanwhile.
    pub fn sent(&self, number: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(|transaction| {
            let (state, server, kkm) = state_of(transaction, number)?;
            if !matches!(state, OperationState::Prepared | OperationState::Unknown) {
                return Err(StoreError::State { number, state });
            }
            if let Some(other) = under_way(transaction, &server, kkm)?.filter(|it| *it != number) {
                return Err(StoreError::Busy { number: other });
            }
            if state == OperationState::Unknown && !self.is_free(transaction, number, at)? {
                return Err(StoreError::Busy { number });
            }
            transaction.execute(
                "UPDATE operations SET state = 'sent', first_sent = COALESCE(first_sent, sent, ?1), sent = ?1, owner = ?2,
                    lease_until = ?3 WHERE number = ?4",
                params![micros(at), self.inner.presence.token(), lease(at), number],
            )?;
            lock(&self.inner.active).insert(number);
            Ok(())
        })
    }

    /// Keeps an answer: its body, its report and the next Uid in one transaction. Gives the report's archive number.
    ///
    /// # Errors
    /// [`StoreError::State`] unless it was sent or is unknown. After any error nothing of the answer is kept.
    pub fn confirm(
        &self,
        number: i64,
        at: DateTime<Utc>,
        answer: Confirmation,
    ) -> Result<Option<i64>, StoreError> {
        use OperationState::{Sent, Unknown};
        self.write(|transaction| {
            let (server, kkm) = expect(transaction, number, &[Sent, Unknown])?;
            let archived = match &answer.report {
                Some(report) => Some(archive::insert(transaction, report, at)?),
                None => None,
            };
            let kind: String = transaction.query_row(
                "SELECT kind FROM operations WHERE number = ?",
                [number],
                |row| row.get(0),
            )?;
            // Opening and closing use up the Uid that was kept; a reading does not.
            let turns = OperationKind::from_name(&kind).is_some_and(OperationKind::turns_shift);
            if turns || answer.next_uid.is_some() {
                uids::put(transaction, &server, kkm, answer.next_uid.as_ref(), at)?;
            }
            transaction.execute(
                "UPDATE operations SET settled = ?, raw = COALESCE(NULLIF(?, ''), raw), next_uid = ?, shift = COALESCE(?, shift),
                    report = ?, report_hash = ?, code = NULL, message = NULL WHERE number = ?",
                params![
                    micros(at),
                    answer.raw,
                    answer.next_uid.as_ref().map(domain::Uid::as_str),
                    answer.shift.map(ShiftId::get),
                    archived.as_ref().map(|(number, _)| number),
                    archived.as_ref().map(|(_, hash)| hash),
                    number,
                ],
            )?;
            outbox::confirmed(transaction, number, at, answer.server_time)?;
            finish(transaction, number, OperationState::Confirmed)?;
            Ok(archived.map(|(number, _)| number))
        })
    }

    /// Notes that the operation was definitely not done.
    ///
    /// # Errors
    /// [`StoreError::State`] when it is finished already.
    pub fn refuse(&self, number: i64, at: DateTime<Utc>, why: &Why<'_>) -> Result<(), StoreError> {
        use OperationState::{Prepared, Sent, Unknown};
        self.write(|transaction| {
            expect(transaction, number, &[Prepared, Sent, Unknown])?;
            transaction.execute(
                "UPDATE operations SET settled = ?, code = ?, message = ?, raw = COALESCE(?, raw) WHERE number = ?",
                params![micros(at), why.code.as_str(), why.message, why.raw, number],
            )?;
            outbox::refused(transaction, number, at, why)?;
            finish(transaction, number, OperationState::Refused)
        })
    }

    /// Notes that nobody knows whether the operation was done.
    ///
    /// # Errors
    /// [`StoreError::State`] unless it was sent or is unknown.
    pub fn unknown(&self, number: i64, at: DateTime<Utc>, why: &Why<'_>) -> Result<(), StoreError> {
        use OperationState::{Sent, Unknown};
        self.write(|transaction| {
            expect(transaction, number, &[Sent, Unknown])?;
            transaction.execute(
                "UPDATE operations SET state = 'unknown', settled = ?, code = ?, message = ?,
                    raw = COALESCE(?, raw) WHERE number = ?",
                params![micros(at), why.code.as_str(), why.message, why.raw, number],
            )?;
            Ok(())
        })
    }

    /// Gives up an operation that was never sent.
    ///
    /// # Errors
    /// [`StoreError::State`] unless it is prepared.
    pub fn abandon(&self, number: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(|transaction| {
            expect(transaction, number, &[OperationState::Prepared])?;
            abandon(transaction, number, at)
        })
    }

    /// Settles what dead processes left: a prepared operation is abandoned, a sent one becomes unknown. A process is
    /// dead when the system has let go of its lock, or when its lease is over. Gives the numbers of those now unknown.
    ///
    /// # Errors
    /// The database fails.
    pub fn settle_dead(&self, at: DateTime<Utc>) -> Result<Vec<i64>, StoreError> {
        // Mostly there is nothing: a look takes no lock that others wait for.
        if self.dead(&self.connection(), at)?.is_empty() {
            return Ok(Vec::new());
        }
        self.write(|transaction| {
            let mut unknown = Vec::new();
            for (number, sent) in self.dead(transaction, at)? {
                if sent {
                    transaction.execute(
                        "UPDATE operations SET state = 'unknown', settled = ?, code = ?, lease_until = 0 WHERE number = ?",
                        params![micros(at), ErrorCode::UnknownOutcome.as_str(), number],
                    )?;
                    unknown.push(number);
                } else {
                    abandon(transaction, number, at)?;
                }
            }
            Ok(unknown)
        })
    }

    /// Operations under way whose owner is dead, and whether they were sent.
    fn dead(
        &self,
        transaction: &Connection,
        at: DateTime<Utc>,
    ) -> Result<Vec<(i64, bool)>, StoreError> {
        let presence = &self.inner.presence;
        let mut dead = Vec::new();
        let mut statement = transaction.prepare_cached(
            "SELECT number, state = 'sent', owner, lease_until FROM operations
             WHERE state IN ('prepared', 'sent') ORDER BY number",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            let owner: String = row.get(2)?;
            let over = row.get::<_, i64>(3)? < micros(at);
            let is_dead = if owner == presence.token() {
                !lock(&self.inner.active).contains(&number)
            } else {
                over || !presence.is_alive(&owner)
            };
            if is_dead {
                dead.push((number, row.get(1)?));
            }
        }
        Ok(dead)
    }

    /// Journal rows.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn operations(&self, filter: &OperationFilter) -> Result<Vec<Operation>, StoreError> {
        let mut conditions = Conditions::default();
        conditions.equal("server", filter.server.clone());
        conditions.equal("kkm", filter.kkm.map(KkmId::get));
        conditions.less("number", filter.before);
        let order = match filter.only {
            Some(Only::Unknown) => {
                conditions.fixed("state = 'unknown'");
                "ASC"
            }
            Some(Only::Unfinished) => {
                conditions.fixed("finish IS NULL");
                "ASC"
            }
            None => "DESC",
        };
        let sql = format!(
            "SELECT {} FROM operations {} ORDER BY number {order} LIMIT ?",
            Operation::COLUMNS,
            conditions.clause()
        );
        // Below zero is no limit.
        conditions
            .values
            .push(Value::from(filter.limit.map_or(-1, i64::from)));
        let connection = self.connection();
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(conditions.values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(Operation::read(&Columns(row))?);
        }
        Ok(found)
    }

    /// Whether the journal confirms that an operation of ours opened this shift.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn has_opened(&self, server: &str, kkm: KkmId, shift: ShiftId) -> Result<bool, StoreError> {
        Ok(self.connection().query_row(
            "SELECT EXISTS (SELECT 1 FROM operations
                WHERE server = ? AND kkm = ? AND kind = 'open' AND state = 'confirmed' AND shift = ?)",
            params![server, kkm.get(), shift.get()],
            |row| row.get(0),
        )?)
    }

    /// One journal row.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn operation(&self, number: i64) -> Result<Option<Operation>, StoreError> {
        let sql = format!(
            "SELECT {} FROM operations WHERE number = ?",
            Operation::COLUMNS
        );
        let connection = self.connection();
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query([number])?;
        rows.next()?
            .map(|row| Operation::read(&Columns(row)))
            .transpose()
    }
}

fn lease(at: DateTime<Utc>) -> i64 {
    micros(at).saturating_add(TimeDelta::minutes(LEASE_MINUTES).num_milliseconds() * 1000)
}

/// The operation under way on a register.
fn under_way(
    transaction: &Transaction<'_>,
    server: &str,
    kkm: KkmId,
) -> Result<Option<i64>, StoreError> {
    Ok(transaction
        .query_row(
            "SELECT number FROM operations WHERE server = ? AND kkm = ? AND state IN ('prepared', 'sent')",
            params![server, kkm.get()],
            |row| row.get(0),
        )
        .optional()?)
}

/// Refuses anything new on a register while something is under way there, or of unknown outcome.
pub(crate) fn refuse_second(
    transaction: &Transaction<'_>,
    server: &str,
    kkm: KkmId,
) -> Result<(), StoreError> {
    if let Some(number) = under_way(transaction, server, kkm)? {
        return Err(StoreError::Busy { number });
    }
    let unknown = transaction
        .query_row(
            "SELECT number FROM operations
             WHERE server = ? AND kkm = ? AND state = 'unknown' AND kind IN ('open', 'z') ORDER BY number",
            params![server, kkm.get()],
            |row| row.get(0),
        )
        .optional()?;
    match unknown {
        Some(number) => Err(StoreError::Unresolved { number }),
        None => Ok(()),
    }
}

fn state_of(
    transaction: &Transaction<'_>,
    number: i64,
) -> Result<(OperationState, String, KkmId), StoreError> {
    let mut statement =
        transaction.prepare_cached("SELECT state, server, kkm FROM operations WHERE number = ?")?;
    let mut rows = statement.query([number])?;
    let row = rows.next()?.ok_or(StoreError::NoOperation { number })?;
    let state = Columns(row).read("state", OperationState::from_name)?;
    Ok((state, row.get("server")?, KkmId::new(row.get("kkm")?)))
}

/// The operation's register, when it is in one of these states.
fn expect(
    transaction: &Transaction<'_>,
    number: i64,
    states: &[OperationState],
) -> Result<(String, KkmId), StoreError> {
    let (state, server, kkm) = state_of(transaction, number)?;
    if states.contains(&state) {
        Ok((server, kkm))
    } else {
        Err(StoreError::State { number, state })
    }
}

fn abandon(
    transaction: &Transaction<'_>,
    number: i64,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE operations SET settled = ? WHERE number = ?",
        params![micros(at), number],
    )?;
    finish(transaction, number, OperationState::Abandoned)
}

/// Chains a row, whose other columns are all written, behind the one finished before it. It never changes again.
fn finish(
    transaction: &Transaction<'_>,
    number: i64,
    state: OperationState,
) -> Result<(), StoreError> {
    let last: Option<(i64, String)> = transaction
        .query_row(
            "SELECT finish, hash FROM operations WHERE finish IS NOT NULL ORDER BY finish DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let (finish, previous) = last.map_or((1, chain::GENESIS.to_owned()), |(finish, hash)| {
        (finish + 1, hash)
    });
    let mut values = transaction.query_row(
        &format!(
            "SELECT {} FROM operations WHERE number = ?",
            verify::OPERATION_COLUMNS
        ),
        [number],
        verify::values,
    )?;
    for (place, value) in verify::OPERATION_OUTCOME.into_iter().zip([
        Value::Text(state.as_str().to_owned()),
        Value::Integer(finish),
        Value::Text(previous.clone()),
    ]) {
        if let Some(slot) = values.get_mut(place) {
            *slot = value;
        }
    }
    transaction.execute(
        "UPDATE operations SET state = ?, finish = ?, previous = ?, hash = ? WHERE number = ?",
        params![
            state.as_str(),
            finish,
            previous,
            verify::operation_hash(&values),
            number
        ],
    )?;
    Ok(())
}
