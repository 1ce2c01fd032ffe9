//! What a room does by itself. Recovery: when it is opened, and from then on as soon as the server can be read again.
//! Printing: what waits in the print queue. The page is told when something came of it.

use std::sync::{Arc, Weak};
use std::time::Duration;

use crate::room::Room;
use crate::{Said, Surroundings};

/// Between two looks at the journal and the outbox; the server is asked only when there is something in them, and less and
/// less often.
const PAUSE: Duration = Duration::from_secs(15);
/// Between two looks at the print queue.
const PRINT_PAUSE: Duration = Duration::from_secs(5);

/// Settles what is left open, and prints what is to be printed, for as long as the room is there. Neither waits for the
/// other.
pub(crate) fn begin(around: &Arc<dyn Surroundings>, room: &Arc<Room>) {
    let (told, here) = (Arc::clone(around), Arc::downgrade(room));
    tokio::spawn(async move {
        while let Some(settled) = look(&here).await {
            if settled {
                told.say(Said::Settled);
            }
            tokio::time::sleep(PAUSE).await;
        }
    });
    let (told, here) = (Arc::clone(around), Arc::downgrade(room));
    tokio::spawn(async move {
        while let Some(tried) = print(&here).await {
            if tried {
                told.say(Said::Printed);
            }
            tokio::time::sleep(PRINT_PAUSE).await;
        }
    });
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
async fn look(room: &Weak<Room>) -> Option<bool> {
    let room = room.upgrade()?;
    Some(room.desk.settle().await.unwrap_or_else(|trouble| {
        tracing::warn!(%trouble, "what is left open cannot be settled");
        false
    }))
}
