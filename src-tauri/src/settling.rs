//! Recovery by itself: when a room is opened, and from then on as soon as the server can be read again. The page is told
//! when something was settled.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tauri::{AppHandle, Emitter};

use crate::room::Room;

/// What the page hears.
const SETTLED: &str = "settled";
/// Between two looks at the journal and the outbox; the server is asked only when there is something in them, and less and
/// less often.
const PAUSE: Duration = Duration::from_secs(15);

/// Settles what is left open for as long as the room is there.
pub(crate) fn begin(app: &AppHandle, room: &Arc<Room>) {
    let (app, room) = (app.clone(), Arc::downgrade(room));
    tauri::async_runtime::spawn(async move {
        while let Some(settled) = look(&room).await {
            if settled && let Err(error) = app.emit(SETTLED, ()) {
                tracing::warn!(%error, "the page is not told");
            }
            tokio::time::sleep(PAUSE).await;
        }
    });
}

/// Whether anything was settled; nothing when the room is gone.
async fn look(room: &Weak<Room>) -> Option<bool> {
    let room = room.upgrade()?;
    Some(room.desk.settle().await.unwrap_or_else(|trouble| {
        tracing::warn!(%trouble, "what is left open cannot be settled");
        false
    }))
}
