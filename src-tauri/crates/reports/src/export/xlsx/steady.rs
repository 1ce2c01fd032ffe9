//! A writer that does not fail in the middle: the workbook's library takes no failure well once it writes.

use std::io::{self, Seek, SeekFrom, Write};

/// Keeps the first failure of what it writes to, and takes the rest without writing it.
pub(super) struct Steady<W> {
    out: W,
    failed: Option<io::Error>,
}

impl<W: Write + Seek> Steady<W> {
    pub(super) const fn new(out: W) -> Self {
        Self { out, failed: None }
    }

    /// The first failure, if there was one.
    pub(super) fn end(&mut self) -> io::Result<()> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => self.out.flush(),
        }
    }

    fn keep<T>(&mut self, done: io::Result<T>, instead: T) -> T {
        done.unwrap_or_else(|error| {
            self.failed.get_or_insert(error);
            instead
        })
    }
}

impl<W: Write + Seek> Write for Steady<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failed.is_none() {
            let done = self.out.write_all(bytes);
            self.keep(done, ());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.failed.is_none() {
            let done = self.out.flush();
            self.keep(done, ());
        }
        Ok(())
    }
}

impl<W: Write + Seek> Seek for Steady<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if self.failed.is_some() {
            return Ok(0);
        }
        let done = self.out.seek(to);
        Ok(self.keep(done, 0))
    }
}
