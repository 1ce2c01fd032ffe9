//! What a room does by itself. Recovery: when it is opened, and from then on as soon as the server can be read again.
//! Printing: what waits in the print queue. Closing by the clock, and the watch over all registers. What another program
//! changed of the settings. The page is told when something came of it, and the person, too.

use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Weak};
use std::time::Duration;

use operations::Settled;
use operations::view::ScheduledRunView;
use tokio::time::{MissedTickBehavior, interval, sleep};

use crate::house::UnderWay;
use crate::room::Room;
use crate::{Said, Stand, Surroundings, telling};

/// Settles what is left open, prints what is to be printed, closes what is due and watches over the registers, for as long
/// as the room is there. None of them waits for another.
pub(crate) fn begin(
    around: &Arc<dyn Surroundings>,
    room: &Arc<Room>,
    under_way: &Arc<AtomicUsize>,
) {
    let pace = around.pace();
    let (told, here) = (Arc::clone(around), Arc::downgrade(room));
    let settling = Arc::clone(under_way);
    tokio::spawn(async move {
        while let Some(settled) = look(&here, &settling, &*told).await {
            if settled {
                told.say(Said::Settled);
            }
            sleep(pace.settle).await;
        }
    });
    let (told, here) = (Arc::clone(around), Arc::downgrade(room));
    tokio::spawn(async move {
        while let Some(tried) = print(&here).await {
            if tried {
                told.say(Said::Printed);
            }
            sleep(pace.print).await;
        }
    });
    let (told, here) = (Arc::clone(around), Arc::downgrade(room));
    tokio::spawn(async move {
        while let Some(changed) = changed(&here) {
            if changed {
                told.say(Said::Changed);
            }
            sleep(pace.settings).await;
        }
    });
    let (told, here) = (Arc::clone(around), Arc::downgrade(room));
    let under_way = Arc::clone(under_way);
    tokio::spawn(async move {
        let mut clock = clock(pace.clock);
        while let Some(ended) = close(&here, &under_way, &*told).await {
            if ended {
                told.say(Said::Closed);
            }
            clock.tick().await;
        }
    });
    let (told, here) = (Arc::clone(around), Arc::downgrade(room));
    tokio::spawn(async move {
        let (mut clock, mut before) = (clock(pace.watch), None);
        sleep(pace.first_watch).await;
        while let Some(stand) = watch(&here, &*told).await {
            if stand.is_some() && stand != before {
                stand.iter().for_each(|stand| told.stand(stand));
                before = stand;
            }
            clock.tick().await;
        }
    });
}

/// A computer that slept is not made up for.
fn clock(pause: Duration) -> tokio::time::Interval {
    let mut clock = interval(pause);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    clock.reset();
    clock
}

/// Whether a closing by the clock ended; nothing when the room is gone.
async fn close(
    room: &Weak<Room>,
    under_way: &Arc<AtomicUsize>,
    around: &dyn Surroundings,
) -> Option<bool> {
    let room = room.upgrade()?;
    let _under_way = UnderWay::begin(under_way);
    let ended: Vec<ScheduledRunView> = room.desk.run_schedules().await.unwrap_or_else(|trouble| {
        tracing::warn!(%trouble, "what is to be closed by the clock cannot be read");
        Vec::new()
    });
    for run in &ended {
        if let Some((title, text)) = telling::run(&room, run) {
            around.notify(&title, &text);
        }
    }
    Some(!ended.is_empty())
}

/// How all registers stand, where that is known; nothing when the room is gone.
async fn watch(room: &Weak<Room>, around: &dyn Surroundings) -> Option<Option<Stand>> {
    let room = room.upgrade()?;
    let watching = match room.desk.watch().await {
        Ok(watching) => watching,
        Err(trouble) => {
            tracing::warn!(%trouble, "the registers cannot be watched over");
            return Some(None);
        }
    };
    for (title, text) in telling::reminders(&room, &watching.reminders) {
        around.notify(&title, &text);
    }
    Some(Some(telling::stand(&room, watching.stand.as_ref())))
}

/// Whether the page was told other settings; nothing when the room is gone.
fn changed(room: &Weak<Room>) -> Option<bool> {
    let room = room.upgrade()?;
    Some(room.changed().unwrap_or_else(|trouble| {
        tracing::warn!(%trouble, "the settings cannot be read");
        false
    }))
}

/// Whether anything was tried; nothing when the room is gone.
async fn print(room: &Weak<Room>) -> Option<bool> {
    let room = room.upgrade()?;
    Some(room.desk.print_due().await.unwrap_or_else(|trouble| {
        tracing::warn!(%trouble, "the print queue cannot be worked at");
        false
    }))
}

/// Whether anything was settled; nothing when the room is gone.
async fn look(
    room: &Weak<Room>,
    under_way: &Arc<AtomicUsize>,
    around: &dyn Surroundings,
) -> Option<bool> {
    let room = room.upgrade()?;
    // It may send a Z again, or what waits in the outbox.
    let _under_way = UnderWay::begin(under_way);
    let settled = room.desk.settle_to_tell().await.unwrap_or_else(|trouble| {
        tracing::warn!(%trouble, "what is left open cannot be settled");
        Settled::default()
    });
    for row in &settled.ended {
        if let Some((title, text)) = telling::settled(&room, row) {
            around.notify(&title, &text);
        }
    }
    Some(settled.changed)
}
