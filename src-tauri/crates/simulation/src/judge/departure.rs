//! When a request leaves: its intent is in the journal, nothing else is under way on its register, its date does not go
//! back.

use chrono::{DateTime, Utc};
use operations::Parcel;
use store::{Only, Operation, OperationFilter, OperationKind, OperationState};

use crate::universe::Universe;

/// What a request is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Departure {
    /// A reading or a sign-in.
    Harmless,
    /// `POST /shifts`.
    Open {
        kkm: i64,
        date: Option<DateTime<Utc>>,
    },
    /// The X-report of a shift.
    X { shift: i64 },
    /// The Z-report of a shift.
    Z {
        shift: i64,
        uid: Option<String>,
        date: Option<DateTime<Utc>>,
    },
}

impl Departure {
    pub(crate) fn of(parcel: &Parcel) -> Self {
        let words: Vec<&str> = parcel.path.split('/').skip(1).collect();
        let body: serde_json::Value = serde_json::from_slice(&parcel.body).unwrap_or_default();
        let date = body
            .get("Date")
            .and_then(|date| date.as_str()?.parse().ok());
        let id = |text: &str| text.parse().unwrap_or(0);
        match (parcel.method.as_str(), words.as_slice()) {
            ("POST", ["shifts"]) => Self::Open {
                kkm: body.get("IdKkm").and_then(|id| id.as_i64()).unwrap_or(0),
                date,
            },
            (_, ["shifts", shift, "x"]) => Self::X { shift: id(shift) },
            (_, ["shifts", shift, "z"]) => Self::Z {
                shift: id(shift),
                uid: parcel
                    .headers
                    .iter()
                    .find(|(name, _)| name == "uid")
                    .map(|(_, value)| value.clone()),
                date,
            },
            _ => Self::Harmless,
        }
    }

    const fn date(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Open { date, .. } | Self::Z { date, .. } => *date,
            _ => None,
        }
    }

    fn is_of(&self, row: &Operation) -> bool {
        let shift = row.shift.map(domain::ShiftId::get);
        row.state == OperationState::Sent
            && match self {
                Self::Harmless => false,
                Self::Open { kkm, date } => {
                    row.kind == OperationKind::Open
                        && row.kkm.get() == *kkm
                        && row.autonomous == *date
                }
                Self::X { shift: of } => row.kind == OperationKind::X && shift == Some(*of),
                Self::Z {
                    shift: of,
                    uid,
                    date,
                } => {
                    row.kind == OperationKind::Z
                        && shift == Some(*of)
                        && row.uid.as_ref().map(domain::Uid::as_str) == uid.as_deref()
                        && row.autonomous == *date
                }
            }
    }
}

/// Held as long as a state-changing request is under way for whoever sent it.
#[derive(Debug)]
pub(crate) struct Held {
    universe: Universe,
    place: (usize, i64),
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(count) = self.universe.state().under_way.get_mut(&self.place) {
            *count = count.saturating_sub(1);
        }
    }
}

/// Judges a request that leaves.
pub(crate) fn judge(universe: &Universe, computer: usize, departure: &Departure) -> Option<Held> {
    if *departure == Departure::Harmless {
        return None;
    }
    let witness = universe.state().witnesses.get(&computer).cloned()?;
    let rows = witness.operations(&OperationFilter {
        only: Some(Only::Unfinished),
        ..OperationFilter::default()
    });
    let rows = match rows {
        Ok(rows) => rows,
        Err(error) => {
            universe.broken(format!("the journal cannot be read: {error}"));
            return None;
        }
    };
    let Some(row) = rows.iter().find(|row| departure.is_of(row)) else {
        universe.broken(format!(
            "intent before action: {departure:?} leaves and is not in the journal as sent"
        ));
        return None;
    };
    let place = (computer, row.kkm.get());
    let last = universe.state().dates.get(&place).copied();
    if let (Some(date), Some(last)) = (departure.date(), last)
        && date < last
    {
        universe.broken(format!("dates do not go back: {date} leaves after {last}"));
    }
    let count = {
        let mut state = universe.state();
        let count = state.under_way.entry(place).or_insert(0);
        *count += 1;
        *count
    };
    if count > 1 {
        universe.broken(format!(
            "one at a time: {departure:?} leaves while another is under way"
        ));
    }
    Some(Held {
        universe: universe.clone(),
        place,
    })
}
