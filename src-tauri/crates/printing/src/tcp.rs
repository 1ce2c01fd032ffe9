//! A printer that takes its bytes from a TCP connection.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use crate::{Accepted, PrintError};

/// How long a printer is waited for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// For a connection.
    connect: Duration,
    /// For a printer that takes nothing: one out of paper does not.
    stall: Duration,
    /// For the whole job.
    whole: Duration,
    /// For its word, by closing the connection, that it has taken everything. Many never give it.
    close: Duration,
}

pub(crate) const PATIENCE: Patience = Patience {
    connect: Duration::from_secs(5),
    stall: Duration::from_secs(10),
    whole: Duration::from_secs(120),
    close: Duration::from_secs(2),
};

/// Bytes that are written at once.
const PIECE: usize = 4096;

/// Sends everything and ends our half of the connection.
pub(crate) fn print(
    host: &str,
    port: u16,
    bytes: &[u8],
    patience: &Patience,
) -> Result<Accepted, PrintError> {
    let mut stream = connect(host, port, patience)?;
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => PrintError::TimedOut {
            after: patience.stall,
        },
        _ => PrintError::Broken {
            detail: error.to_string(),
        },
    };
    stream
        .set_write_timeout(Some(patience.stall))
        .map_err(failed)?;
    stream
        .set_read_timeout(Some(patience.close))
        .map_err(failed)?;
    let begun = Instant::now();
    for piece in bytes.chunks(PIECE) {
        if begun.elapsed() > patience.whole {
            return Err(PrintError::TimedOut {
                after: patience.whole,
            });
        }
        stream.write_all(piece).map_err(failed)?;
    }
    stream.flush().map_err(failed)?;
    stream.shutdown(Shutdown::Write).map_err(failed)?;
    last_word(stream, patience).map_err(failed)?;
    Ok(Accepted::Sent)
}

/// A connection that is reset now did not take everything; one that stays open tells nothing.
fn last_word(mut stream: TcpStream, patience: &Patience) -> io::Result<()> {
    let begun = Instant::now();
    let mut said = [0; 256];
    while begun.elapsed() < patience.close {
        match stream.read(&mut said) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                break;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn connect(host: &str, port: u16, patience: &Patience) -> Result<TcpStream, PrintError> {
    // A name that is not known now may be known when the network is back.
    let unreachable = |detail: String| PrintError::Unreachable { detail };
    let addresses = (host, port).to_socket_addrs();
    let addresses = addresses.map_err(|error| unreachable(error.to_string()))?;
    let mut last = unreachable(format!("{host} has no address"));
    for address in addresses {
        match TcpStream::connect_timeout(&address, patience.connect) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = unreachable(told(&address, &error)),
        }
    }
    Err(last)
}

fn told(address: &SocketAddr, error: &io::Error) -> String {
    format!("{address}: {error}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::net::TcpListener;

    use super::*;
    use crate::sink::Sink;

    const QUICK: Patience = Patience {
        connect: Duration::from_millis(500),
        stall: Duration::from_millis(300),
        whole: Duration::from_secs(20),
        close: Duration::from_millis(300),
    };

    /// More than the system keeps for a connection that nobody reads.
    const MUCH: usize = 32 << 20;

    #[test]
    fn every_byte_arrives_and_then_the_end() {
        let sink = Sink::start().unwrap();
        let bytes: Vec<u8> = (0..=255).cycle().take(1 << 20).collect();
        let sent = print("127.0.0.1", sink.port(), &bytes, &QUICK);
        assert_eq!(sent, Ok(Accepted::Sent));
        assert!(sink.next(Duration::from_secs(10)).unwrap() == bytes);
    }

    #[test]
    fn a_printer_that_takes_nothing_is_not_waited_for_without_an_end() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let begun = Instant::now();
        let sent = print("127.0.0.1", port, &vec![0; MUCH], &QUICK);
        let error = sent.unwrap_err();
        assert_eq!(error, PrintError::TimedOut { after: QUICK.stall });
        assert!(error.may_pass());
        assert!(begun.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_printer_that_never_closes_has_got_it() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        assert_eq!(print("127.0.0.1", port, b"Z", &QUICK), Ok(Accepted::Sent));
    }

    #[test]
    fn a_printer_that_is_off_may_be_tried_again() {
        let port = {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            listener.local_addr().unwrap().port()
        };
        let error = print("127.0.0.1", port, b"Z", &QUICK).unwrap_err();
        assert!(matches!(error, PrintError::Unreachable { .. }), "{error:?}");
        assert!(error.may_pass());
        let unknown = print("printer.invalid", port, b"Z", &QUICK).unwrap_err();
        assert!(
            matches!(unknown, PrintError::Unreachable { .. }),
            "{unknown:?}"
        );
    }

    #[test]
    fn a_printer_that_hangs_up_early_has_not_got_it() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        // Closing with bytes unread resets the connection.
        let hangs_up = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.read_exact(&mut [0; 16]).unwrap();
        });
        let error = print("127.0.0.1", port, &vec![0; MUCH], &QUICK).unwrap_err();
        assert!(matches!(error, PrintError::Broken { .. }), "{error:?}");
        assert!(error.may_pass());
        hangs_up.join().unwrap();
    }
}
