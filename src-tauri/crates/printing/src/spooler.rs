//! The system's queues on Windows: the spooler for raw bytes, the verb `PrintTo` of the program that opens PDFs.
//!
//! Raw bytes are handed over by the crate `printers`, which says whether the spooler began a job. It does not check whether
//! the page was begun, how many of the bytes were written, or whether the job was ended: a spooler that fails in between
//! looks as if it had everything. A verb that was taken says as little of the paper.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Seek as _, Write as _};
use std::os::windows::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use printers::common::base::job::PrinterJobOptions;
use printers::common::base::printer::PrinterState;
use printers::common::converters::Converter;

use crate::{Accepted, Job, PrintError, Queue};

const TOOL: &str = "powershell";
/// Fixed words: the names come through the environment, so nothing in them is a command. What fails is said in UTF-8.
const PRINT_TO: &str = "$ErrorActionPreference = 'Stop'; try { \
    [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false; \
    Start-Process -FilePath $env:SMENA_PRINT_FILE -Verb PrintTo -WindowStyle Hidden \
    -ArgumentList ('\"' + $env:SMENA_PRINT_QUEUE + '\"') \
    } catch { [Console]::Error.WriteLine($_.Exception.Message); exit 1 }";
/// A console program shows no window of its own: `CREATE_NO_WINDOW`.
const NO_WINDOW: u32 = 0x0800_0000;
/// How long it may take until the verb is taken.
const PATIENCE: Duration = Duration::from_secs(90);
const GLANCE: Duration = Duration::from_millis(50);
/// The files that the verb takes: `smena-….pdf`.
const PREFIX: &str = "smena-";
const SUFFIX: &str = ".pdf";
/// After so long the program that prints has read its file.
const OLD: Duration = Duration::from_secs(60 * 60);

pub(crate) fn list() -> Result<Vec<Queue>, PrintError> {
    let queues = printers::get_printers().into_iter();
    let queue = |printer: printers::common::base::printer::Printer| Queue {
        name: printer.name,
        is_default: printer.is_default,
    };
    Ok(queues.map(queue).collect())
}

pub(crate) fn print(name: &str, job: &Job<'_>, raw: bool) -> Result<Accepted, PrintError> {
    let Some(printer) = printers::get_printer_by_name(name) else {
        return Err(PrintError::NoSuchPrinter {
            name: name.to_owned(),
        });
    };
    if matches!(printer.state, PrinterState::OFFLINE | PrinterState::PAUSED) {
        return Err(PrintError::Unreachable {
            detail: printer.state_reasons.join(", "),
        });
    }
    if raw {
        let options = PrinterJobOptions {
            name: Some(job.title),
            raw_properties: &[],
            converter: Converter::None,
        };
        let printed = printer.print(job.bytes, options);
        return match printed {
            Ok(id) => Ok(Accepted::Queued(Some(id.to_string()))),
            Err(error) => Err(PrintError::Refused {
                detail: error.message,
            }),
        };
    }
    pdf(name, job)
}

/// The verb takes a file, and the program behind it may read that later: it stays, and goes with a later print.
fn pdf(name: &str, job: &Job<'_>) -> Result<Accepted, PrintError> {
    forget_old(&std::env::temp_dir());
    let mut file = tempfile::Builder::new()
        .prefix(PREFIX)
        .suffix(SUFFIX)
        .tempfile()
        .map_err(broken)?;
    file.write_all(job.bytes).map_err(broken)?;
    file.flush().map_err(broken)?;
    // Closed, so that others may open it; removed when this is dropped.
    let path = file.into_temp_path();
    // No pipe: whoever the verb starts may hold its other end for long.
    let mut said = tempfile::tempfile().map_err(broken)?;
    let ended = print_to(name, &path, said.try_clone().map_err(broken)?)?;
    if ended.is_some_and(|status| !status.success()) {
        return Err(PrintError::Refused {
            detail: told(&mut said),
        });
    }
    path.keep().map_err(|error| broken(error.error))?;
    match ended {
        Some(_) => Ok(Accepted::Queued(None)),
        None => Err(PrintError::TimedOut { after: PATIENCE }),
    }
}

/// How the verb ended; nothing when that takes too long.
fn print_to(name: &str, path: &Path, said: File) -> Result<Option<ExitStatus>, PrintError> {
    let mut child = Command::new(TOOL)
        .args(["-NoProfile", "-NonInteractive", "-Command", PRINT_TO])
        .env("SMENA_PRINT_FILE", path)
        .env("SMENA_PRINT_QUEUE", name)
        .creation_flags(NO_WINDOW)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::from(said))
        .spawn()
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => PrintError::ToolMissing {
                tool: TOOL,
                detail: error.to_string(),
            },
            _ => broken(error),
        })?;
    let begun = Instant::now();
    loop {
        match child.try_wait().map_err(broken)? {
            Some(status) => return Ok(Some(status)),
            None if begun.elapsed() < PATIENCE => thread::sleep(GLANCE),
            None => {
                let _ = child.kill();
                let _ = child.wait();
                return Ok(None);
            }
        }
    }
}

fn broken(error: io::Error) -> PrintError {
    PrintError::Refused {
        detail: error.to_string(),
    }
}

/// What was written to the standard error, in one line.
fn told(said: &mut File) -> String {
    let mut bytes = Vec::new();
    // What can be read is what it said.
    let _ = said.rewind().and_then(|()| said.read_to_end(&mut bytes));
    let words = String::from_utf8_lossy(&bytes);
    let words: Vec<_> = words
        .trim_start_matches('\u{feff}')
        .split_whitespace()
        .collect();
    if words.is_empty() {
        return "PrintTo".to_owned();
    }
    words.join(" ")
}

/// Deletes what earlier prints left, this program's or another one's of this user.
fn forget_old(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_ours = name.starts_with(PREFIX) && name.ends_with(SUFFIX);
        let changed = entry.metadata().and_then(|about| about.modified());
        let age = changed.map(|changed| SystemTime::now().duration_since(changed));
        if is_ours && matches!(age, Ok(Ok(age)) if age > OLD) {
            // One that is open still goes another time.
            let _ = fs::remove_file(entry.path());
        }
    }
}
