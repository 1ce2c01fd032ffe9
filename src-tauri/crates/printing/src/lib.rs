//! Pages to printers: a PDF to a queue of the system, the bytes of a thermal printer to a raw queue or over TCP.
//!
//! A job that [`print`] has handed over is the queue's or the printer's; whether paper came out, neither says reliably. What
//! fails says whether the same may be tried again ([`PrintError::may_pass`]). Nothing here waits without an end, and nothing
//! here is written by a shell.

use std::fmt;

mod error;
#[cfg(unix)]
mod lp;
mod printer;
#[cfg(feature = "sink")]
pub mod sink;
#[cfg(windows)]
mod spooler;
mod tcp;
#[cfg(unix)]
mod tool;

pub use error::PrintError;
pub use printer::{BadPrinter, PORT, Printer};

#[cfg(unix)]
use lp as system;
#[cfg(windows)]
use spooler as system;

/// A queue of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// Whether it is the system's default.
    pub is_default: bool,
}

/// Something to print.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// What the queue calls it.
    pub title: &'a str,
    /// A PDF for [`Printer::System`], the printer's own bytes for the others.
    pub bytes: &'a [u8],
    /// What the PDF's pages are for; where it is not said, the queue takes its own paper.
    pub media: Option<Media>,
}

/// A paper, as CUPS is told of it; on Windows the driver knows its own. What is printed on it keeps its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// Sheets of A4.
    A4,
    /// A piece of this size, in millimetres.
    Piece {
        /// Its width.
        width: i64,
        /// Its height.
        height: i64,
    },
}

impl fmt::Display for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::A4 => f.write_str("A4"),
            Self::Piece { width, height } => write!(f, "Custom.{width}x{height}mm"),
        }
    }
}

/// Who has the job now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// A queue of the system, under this name of its own, where it gives one.
    Queued(Option<String>),
    /// The printer itself.
    Sent,
}

/// The queues of the system, by their names.
///
/// # Errors
/// [`PrintError::ToolMissing`], [`PrintError::Unreachable`] where there is no printing system, [`PrintError::TimedOut`].
pub fn list() -> Result<Vec<Queue>, PrintError> {
    let mut queues = system::list()?;
    queues.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(queues)
}

/// Hands a job over, in a minute or two at most. Blocks.
///
/// # Errors
/// Any [`PrintError`]; the printer may have got a part of the job.
pub fn print(printer: &Printer, job: &Job<'_>) -> Result<Accepted, PrintError> {
    let title = one_line(job.title);
    let titled = Job {
        title: &title,
        ..*job
    };
    match printer {
        Printer::System(name) => system::print(name, &titled, false),
        Printer::Raw(name) => system::print(name, &titled, true),
        Printer::Tcp { host, port } => tcp::print(host, *port, job.bytes, &tcp::PATIENCE),
    }
}

/// The longest title that a queue is given, in characters.
const LONGEST_TITLE: usize = 100;

/// A title that is one line of moderate length.
fn one_line(title: &str) -> String {
    let plain = title.chars().map(|c| if c.is_control() { ' ' } else { c });
    let title: String = plain.take(LONGEST_TITLE).collect();
    title.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_of_moderate_length() {
        let title = format!("\u{1b}[2JZ-отчёт\n№ 7\0{}", "я".repeat(200));
        let title = one_line(&title);
        assert!(!title.contains(char::is_control), "{title}");
        assert!(title.starts_with("[2JZ-отчёт № 7"), "{title}");
        assert!(title.chars().count() <= LONGEST_TITLE);
    }
}
