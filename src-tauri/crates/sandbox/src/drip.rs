//! An answer that comes in drops.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::Bytes;
use futures_core::Stream;
use tokio::time::{Interval, interval};

/// A body's bytes, one piece after each pause.
#[derive(Debug)]
pub(crate) struct Drip {
    left: Bytes,
    pause: Interval,
}

impl Drip {
    /// So many pieces at the most, however long the body is.
    const PIECES: usize = 64;

    pub(crate) fn new(body: Bytes, pause: Duration) -> Self {
        Self {
            left: body,
            pause: interval(pause.max(Duration::from_millis(1))),
        }
    }
}

impl Stream for Drip {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        ready!(self.pause.poll_tick(context));
        let piece = (self.left.len() / Self::PIECES).max(16);
        let piece = piece.min(self.left.len());
        Poll::Ready(Some(Ok(self.left.split_to(piece))))
    }
}
