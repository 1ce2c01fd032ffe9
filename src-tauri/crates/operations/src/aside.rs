//! Work that may wait for a disk or for a person is done away from the threads that serve the network and the window.

use domain::ErrorCode;

use crate::{Effect, Trouble};

/// Runs `work` on a thread of its own and waits for it without holding up anything else.
///
/// # Errors
/// [`ErrorCode::Internal`] when the work was cut off.
pub async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Trouble> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Trouble::new(ErrorCode::Internal, Effect::Local).with("detail", error))
}
