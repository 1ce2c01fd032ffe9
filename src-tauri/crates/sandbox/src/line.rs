//! Connections that can be cut on purpose: without an answer, or in the middle of one.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use axum::{extract::connect_info::Connected, serve::IncomingStream, serve::Listener};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    Whole,
    /// Nothing more is written.
    Cut,
    /// The head of the next answer and so many bytes of its body are written, and no more.
    BodyBytes(usize),
    /// So many bytes are written, and no more.
    Bytes(usize),
}

/// The switch of one connection, known to the handlers of its requests.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line(Arc<Mutex<Mode>>);

impl Line {
    pub(crate) fn cut(&self) {
        self.set(Mode::Cut);
    }

    /// The connection is closed in order, with nothing written.
    pub(crate) fn close(&self) {
        self.set(Mode::Bytes(0));
    }

    pub(crate) fn cut_after_body_bytes(&self, bytes: usize) {
        self.set(Mode::BodyBytes(bytes));
    }

    fn set(&self, mode: Mode) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = mode;
    }

    fn mode(&self) -> Mode {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connected<IncomingStream<'_, Front>> for Line {
    fn connect_info(stream: IncomingStream<'_, Front>) -> Self {
        stream.remote_addr().clone()
    }
}

/// The listening socket; each of its connections gets a [`Line`].
#[derive(Debug)]
pub(crate) struct Front(pub(crate) TcpListener);

impl Front {
    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Listener for Front {
    type Io = Wire;
    type Addr = Line;

    async fn accept(&mut self) -> (Wire, Line) {
        loop {
            match self.0.accept().await {
                Ok((stream, _)) => {
                    // Small answers must not wait for the acknowledgement of the one before.
                    if let Err(error) = stream.set_nodelay(true) {
                        tracing::debug!(%error, "no TCP_NODELAY");
                    }
                    let line = Line::default();
                    let wire = Wire {
                        stream,
                        line: line.clone(),
                    };
                    return (wire, line);
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<Line> {
        Ok(Line::default())
    }
}

/// One connection.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: TcpStream,
    line: Line,
}

impl Wire {
    fn broken(&self) -> io::Error {
        // Without lingering, closing sends a reset: the client learns at once that no more will come.
        if let Err(error) = self.stream.set_zero_linger() {
            tracing::debug!(%error, "the connection is closed without a reset");
        }
        io::Error::new(io::ErrorKind::ConnectionReset, "cut by a fault rule")
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let left = match self.line.mode() {
            Mode::Whole => return Pin::new(&mut self.stream).poll_write(context, bytes),
            Mode::Cut | Mode::Bytes(0) => {
                let bare = self.line.mode() == Mode::Cut;
                return Poll::Ready(Err(if bare {
                    self.broken()
                } else {
                    // What was written must still arrive: an ordinary close, not a reset.
                    io::Error::new(io::ErrorKind::BrokenPipe, "cut by a fault rule")
                }));
            }
            Mode::BodyBytes(body) => head(bytes).saturating_add(body),
            Mode::Bytes(left) => left,
        };
        let part = bytes.get(..left).unwrap_or(bytes);
        let written = Pin::new(&mut self.stream).poll_write(context, part);
        if let Poll::Ready(Ok(count)) = written {
            self.line.set(Mode::Bytes(left.saturating_sub(count)));
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// The length of the answer's head in its first bytes.
fn head(bytes: &[u8]) -> usize {
    bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .map_or(0, |at| at + 4)
}
