//! The hand on a window's cross: there is no window manager on the virtual display, so its message is sent from here, in the
//! X protocol itself.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;

use crate::failure::{Failure, Played};

/// Asks every window in view to close, as a window manager does (`WM_DELETE_WINDOW`). `display` is `:99` or the like.
pub(crate) fn ask_to_close(display: &str) -> Played<()> {
    let mut server = Server::connect(display)?;
    let protocols = server.atom("WM_PROTOCOLS")?;
    let delete = server.atom("WM_DELETE_WINDOW")?;
    let mut asked = 0;
    for window in server.children(server.root)? {
        if server.is_viewable(window)? && server.property(window, protocols)?.contains(&delete) {
            server.send(window, protocols, delete)?;
            asked += 1;
        }
    }
    // An answer to a later request says that the earlier ones were carried out.
    server.atom("WM_PROTOCOLS")?;
    if asked == 0 {
        return Err(odd("no window is in view"));
    }
    Ok(())
}

fn odd(what: &str) -> Failure {
    Failure::Bench(format!("the X server: {what}"))
}

/// A connection; all numbers go little end first.
struct Server {
    stream: UnixStream,
    root: u32,
}

impl Server {
    fn connect(display: &str) -> Played<Self> {
        let number = display.trim_start_matches(':');
        let mut stream = UnixStream::connect(format!("/tmp/.X11-unix/X{number}"))?;
        stream.write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])?;
        let mut head = [0; 8];
        stream.read_exact(&mut head)?;
        let mut setup = vec![0; usize::from(half(&head, 6)) * 4];
        stream.read_exact(&mut setup)?;
        if head[0] != 1 {
            return Err(odd("it lets nobody in"));
        }
        // Behind the vendor's name and the forms of pictures stands the screen, whose root comes first.
        let vendor = usize::from(half(&setup, 16)).next_multiple_of(4);
        let forms = usize::from(setup.get(21).copied().unwrap_or_default()) * 8;
        let root = word(&setup, 32 + vendor + forms);
        Ok(Self { stream, root })
    }

    fn atom(&mut self, name: &str) -> Played<u32> {
        let mut body = u32::try_from(name.len())
            .unwrap_or_default()
            .to_le_bytes()
            .to_vec();
        body.extend(name.bytes());
        body.resize(body.len().next_multiple_of(4), 0);
        Ok(word(&self.ask(16, &body)?, 8))
    }

    fn children(&mut self, window: u32) -> Played<Vec<u32>> {
        Ok(words(&self.ask(15, &window.to_le_bytes())?, 32))
    }

    fn is_viewable(&mut self, window: u32) -> Played<bool> {
        Ok(self.ask(3, &window.to_le_bytes())?.get(26) == Some(&2))
    }

    fn property(&mut self, window: u32, name: u32) -> Played<Vec<u32>> {
        let body = [window, name, 0, 0, 64].map(u32::to_le_bytes).concat();
        Ok(words(&self.ask(20, &body)?, 32))
    }

    /// A message of 32 bits a word: `what` of the kind `kind`.
    fn send(&mut self, window: u32, kind: u32, what: u32) -> Played<()> {
        let mut body = [window, 0].map(u32::to_le_bytes).concat();
        body.extend([33, 32, 0, 0]);
        body.extend(
            [window, kind, what, 0, 0, 0, 0]
                .map(u32::to_le_bytes)
                .concat(),
        );
        self.request(25, &body)
    }

    fn request(&mut self, number: u8, body: &[u8]) -> Played<()> {
        let words = u16::try_from(body.len() / 4 + 1).unwrap_or_default();
        let mut bytes = vec![number, 0];
        bytes.extend(words.to_le_bytes());
        bytes.extend(body);
        Ok(self.stream.write_all(&bytes)?)
    }

    /// The answer to a request, events left out.
    fn ask(&mut self, number: u8, body: &[u8]) -> Played<Vec<u8>> {
        self.request(number, body)?;
        loop {
            let mut answer = vec![0; 32];
            self.stream.read_exact(&mut answer)?;
            match answer.first() {
                Some(0) => return Err(odd("it refuses")),
                Some(1) => {
                    let more = usize::try_from(word(&answer, 4)).unwrap_or_default() * 4;
                    answer.resize(32 + more, 0);
                    self.stream
                        .read_exact(answer.get_mut(32..).unwrap_or_default())?;
                    return Ok(answer);
                }
                _ => {}
            }
        }
    }
}

fn half(bytes: &[u8], place: usize) -> u16 {
    let found = bytes.get(place..).and_then(|bytes| bytes.first_chunk());
    found.map_or(0, |bytes| u16::from_le_bytes(*bytes))
}

fn word(bytes: &[u8], place: usize) -> u32 {
    let found = bytes.get(place..).and_then(|bytes| bytes.first_chunk());
    found.map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// All words from a place on.
fn words(bytes: &[u8], place: usize) -> Vec<u32> {
    let bytes = bytes.get(place..).unwrap_or_default();
    bytes
        .as_chunks()
        .0
        .iter()
        .map(|word| u32::from_le_bytes(*word))
        .collect()
}
