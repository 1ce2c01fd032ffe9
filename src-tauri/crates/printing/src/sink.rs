//! A printer on a loopback port that keeps what it gets, for tests.

use std::io::{self, Read as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, atomic};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::Printer;

/// Takes connections one after the other, each one a job.
#[derive(Debug)]
pub struct Sink {
    address: SocketAddr,
    jobs: Receiver<io::Result<Vec<u8>>>,
    stopped: Arc<atomic::AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Sink {
    /// Listens on a port that was free.
    ///
    /// # Errors
    /// When none is.
    pub fn start() -> io::Result<Self> {
        Self::on(0)
    }

    /// Listens on this port: the printer is back.
    ///
    /// # Errors
    /// When somebody else does.
    pub fn on(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port))?;
        let address = listener.local_addr()?;
        let (sender, jobs) = mpsc::channel();
        let stopped = Arc::new(atomic::AtomicBool::new(false));
        let told = Arc::clone(&stopped);
        let thread = thread::spawn(move || {
            for mut stream in listener.incoming() {
                let job = match &mut stream {
                    Ok(stream) => all(stream),
                    Err(error) => Err(error.kind().into()),
                };
                // The connection ends after that: whoever sent the job knows then that it is here.
                if told.load(atomic::Ordering::SeqCst) || sender.send(job).is_err() {
                    break;
                }
            }
        });
        Ok(Self {
            address,
            jobs,
            stopped,
            thread: Some(thread),
        })
    }

    /// Its port.
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// It, as a printer.
    pub fn printer(&self) -> Printer {
        Printer::Tcp {
            host: "127.0.0.1".to_owned(),
            port: self.port(),
        }
    }

    /// The next job, when it has arrived to its end.
    ///
    /// # Errors
    /// When none does in this time, or its connection breaks.
    pub fn next(&self, patience: Duration) -> io::Result<Vec<u8>> {
        match self.jobs.recv_timeout(patience) {
            Ok(job) => job,
            Err(RecvTimeoutError::Timeout) => Err(io::ErrorKind::TimedOut.into()),
            Err(RecvTimeoutError::Disconnected) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// How many jobs have arrived that nobody asked for yet.
    pub fn rest(&self) -> usize {
        self.jobs.try_iter().count()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.stopped.store(true, atomic::Ordering::SeqCst);
        // Wakes it.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn all(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.read_to_end(&mut bytes)?;
    Ok(bytes)
}
