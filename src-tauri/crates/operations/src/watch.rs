//! The watch over all registers: reminders before a shift becomes 24 hours old, and the one state that stands for all.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ErrorCode;
use domain::watch::{Stand, Watched, reminder, stand};

use crate::desk::lock;
use crate::view::RegisterView;
use crate::{Desk, Trouble, seen, settings};

/// Between two reads of the board.
const PAUSE: TimeDelta = TimeDelta::minutes(5);
/// The same where a deadline is near, and before somebody is reminded: the shift may be closed by now.
const SHORT_PAUSE: TimeDelta = TimeDelta::minutes(1);
/// A deadline is near so long before it.
const NEAR: TimeDelta = TimeDelta::minutes(20);
/// A read takes no longer than this.
const LIMIT: Duration = Duration::from_secs(90);

/// A register's full name: server and id.
type Place = (String, i64);

/// What is watched, and what was told.
#[derive(Debug, Default)]
pub(crate) struct Watch(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// When the board was read, or was to be.
    read: Option<DateTime<Utc>>,
    registers: HashMap<Place, Register>,
    /// Of which deadline, by the server's clock, the last reminder was told.
    told: HashMap<Place, (DateTime<Utc>, i64)>,
}

#[derive(Debug)]
struct Register {
    watched: Watched,
    /// By the server's clock.
    overdue_at: Option<DateTime<Utc>>,
}

/// A reminder that has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The server's address.
    pub server: String,
    /// The register.
    pub kkm: i64,
    /// Its name.
    pub name: String,
    /// So many minutes before the deadline: 120, 60 or 15.
    pub minutes: i64,
    /// When the shift becomes 24 hours old, by this computer's clock.
    pub deadline: DateTime<Utc>,
}

/// What the watch finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watching {
    /// What stands for all registers; nothing where nobody is signed in.
    pub stand: Option<Stand>,
    /// The reminders that have come, the nearest deadline first. Each is given once.
    pub reminders: Vec<Reminder>,
}

impl Desk {
    /// How all registers stand, and which reminders have come. The board is read at most every five minutes, and every
    /// minute where a deadline is near; in between it is reckoned from what was seen last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn watch(&self) -> Result<Watching, Trouble> {
        if self.is_to_be_read(PAUSE) && !self.read_for_watch().await? {
            return Ok(Watching {
                stand: None,
                reminders: Vec::new(),
            });
        }
        let reminds = settings::reminds(&self.store)?;
        if reminds && !self.due_reminders(false).is_empty() && self.is_to_be_read(SHORT_PAUSE) {
            self.read_for_watch().await?;
        }
        let reminders = if reminds {
            self.due_reminders(true)
        } else {
            Vec::new()
        };
        let kept = lock(&self.watch.0);
        let watched: Vec<Watched> = kept
            .registers
            .values()
            .map(|it| it.watched.clone())
            .collect();
        Ok(Watching {
            stand: Some(stand(&watched, self.now())),
            reminders,
        })
    }

    /// Whether the last read is so long ago. A clock that was set back makes it old, too.
    fn is_to_be_read(&self, pause: TimeDelta) -> bool {
        let (kept, now) = (lock(&self.watch.0), self.now());
        let near = kept.registers.values().any(|it| {
            let left = it
                .watched
                .deadline
                .map(|deadline| deadline.signed_duration_since(now));
            left.is_some_and(|left| left > TimeDelta::zero() && left <= NEAR)
        });
        let pause = if near { SHORT_PAUSE } else { pause };
        kept.read.is_none_or(|read| {
            let since = now.signed_duration_since(read);
            since < TimeDelta::zero() || since >= pause
        })
    }

    /// Whether somebody is signed in. What cannot be read stays as it was seen last.
    async fn read_for_watch(&self) -> Result<bool, Trouble> {
        lock(&self.watch.0).read = Some(self.now());
        match tokio::time::timeout(LIMIT, self.board()).await {
            Ok(Err(trouble)) if trouble.code() == ErrorCode::NotSignedIn => {
                let mut kept = lock(&self.watch.0);
                kept.registers.clear();
                // Whoever signs in is watched over at once.
                kept.read = None;
                Ok(false)
            }
            Ok(read) => read.map(|_| true),
            Err(_) => {
                tracing::warn!("the registers could not be read in time");
                Ok(true)
            }
        }
    }

    /// The reminders that have come; with `tell` they count as told.
    fn due_reminders(&self, tell: bool) -> Vec<Reminder> {
        let (mut kept, now) = (lock(&self.watch.0), self.now());
        let Kept {
            registers, told, ..
        } = &mut *kept;
        let mut due = Vec::new();
        for (place, register) in registers {
            let (Some(deadline), Some(overdue_at)) =
                (register.watched.deadline, register.overdue_at)
            else {
                continue;
            };
            let before = told.get(place).filter(|(of, _)| *of == overdue_at);
            let Some(minutes) = reminder(deadline, now, before.map(|(_, minutes)| *minutes)) else {
                continue;
            };
            if tell {
                told.insert(place.clone(), (overdue_at, minutes));
            }
            due.push(Reminder {
                server: place.0.clone(),
                kkm: place.1,
                name: register.watched.name.clone(),
                minutes,
                deadline,
            });
        }
        due.sort_by(|a, b| (a.deadline, &a.name).cmp(&(b.deadline, &b.name)));
        due
    }

    /// Takes the board that was just read.
    pub(crate) fn note_board(&self, views: &[RegisterView]) {
        let before = self.seen_deadlines().unwrap_or_default();
        let registers = views.iter().map(|view| {
            let place = (view.server.clone(), view.kkm);
            let seen = before.get(&place).copied();
            (place, register_of(view, seen))
        });
        let mut kept = lock(&self.watch.0);
        kept.registers = registers.collect();
        kept.read = Some(self.now());
    }

    /// Takes a register that was just read.
    pub(crate) fn note_register(&self, view: &RegisterView) {
        let mut kept = lock(&self.watch.0);
        let place = (view.server.clone(), view.kkm);
        kept.registers.insert(place, register_of(view, None));
    }
}

/// `seen` is the deadline as it was seen last, for a register that could not be read.
fn register_of(view: &RegisterView, seen: Option<DateTime<Utc>>) -> Register {
    let read = seen::deadline(view);
    let overdue_at = if view.problem.is_some() {
        read.or(seen)
    } else {
        read
    };
    let ahead = TimeDelta::seconds(view.clock_ahead);
    let unresolved = view.unresolved.as_ref();
    Register {
        watched: Watched {
            name: view.name.clone(),
            deadline: overdue_at.and_then(|at| at.checked_sub_signed(ahead)),
            troubled: matches!(view.state.as_str(), "blocked" | "unknown"),
            unknown: unresolved.is_some_and(|row| row.state == "unknown"),
        },
        overdue_at,
    }
}
