//! What became of a closing by the clock whose end is not written: as the journal says, or the outbox where it waits.

use rusqlite::{Connection, OptionalExtension};

use crate::outbox::QueuedState;
use crate::{OperationState, RunOutcome, StoreError};

/// What is on record of a run.
pub(crate) fn by_record(
    connection: &Connection,
    number: i64,
    before: RunOutcome,
) -> Result<(RunOutcome, Option<i64>), StoreError> {
    if before == RunOutcome::Queued
        && let Some(end) = by_outbox(connection, number)?
    {
        return Ok(end);
    }
    by_journal(connection, number, before)
}

/// What became of the row in which it waits; nothing where that is not known.
fn by_outbox(
    connection: &Connection,
    number: i64,
) -> Result<Option<(RunOutcome, Option<i64>)>, StoreError> {
    let row: Option<(String, Option<i64>)> = connection
        .query_row(
            "SELECT outbox.state, operations.report FROM scheduled_runs AS run
                JOIN outbox ON outbox.number = run.outbox
                LEFT JOIN operations ON operations.number = outbox.operation
             WHERE run.number = ?",
            [number],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((state, report)) = row else {
        return Ok(None);
    };
    let state = QueuedState::from_name(&state)
        .ok_or_else(|| StoreError::Damaged("column state".to_owned()))?;
    Ok(Some(match state {
        QueuedState::Queued | QueuedState::Stopped => (RunOutcome::Queued, None),
        QueuedState::Done => (RunOutcome::Closed, report),
        QueuedState::Withdrawn => (RunOutcome::Failed, None),
    }))
}

/// What the journal says of the first Z that was begun on the register for this run, before its next one.
fn by_journal(
    connection: &Connection,
    number: i64,
    before: RunOutcome,
) -> Result<(RunOutcome, Option<i64>), StoreError> {
    let row: Option<(String, Option<i64>)> = connection
        .query_row(
            "SELECT operations.state, operations.report FROM scheduled_runs AS run JOIN operations
                ON operations.server = run.server AND operations.kkm = run.kkm AND operations.kind = 'z'
                AND operations.at >= run.begun
             WHERE run.number = ?
                AND NOT EXISTS (SELECT 1 FROM scheduled_runs AS next
                    WHERE next.server = run.server AND next.kkm = run.kkm AND next.number > run.number
                    AND next.begun <= operations.at)
             ORDER BY operations.number LIMIT 1",
            [number],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((state, report)) = row else {
        // It died before it sent anything; or what waits still waits.
        return Ok(match before {
            RunOutcome::Running => (RunOutcome::Missed, None),
            other => (other, None),
        });
    };
    let state = OperationState::from_name(&state)
        .ok_or_else(|| StoreError::Damaged("column state".to_owned()))?;
    Ok(match (state, before) {
        (OperationState::Confirmed, _) => (RunOutcome::Closed, report),
        // The outbox says what becomes of it.
        (_, RunOutcome::Queued) => (RunOutcome::Queued, None),
        (OperationState::Abandoned, _) => (RunOutcome::Missed, None),
        (OperationState::Refused, _) => (RunOutcome::Failed, None),
        (OperationState::Prepared | OperationState::Sent | OperationState::Unknown, _) => {
            (RunOutcome::Unknown, None)
        }
    })
}
