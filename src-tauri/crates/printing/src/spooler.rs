//! The system's queues on Windows: the spooler for raw bytes, the verb `PrintTo` of the program that opens PDFs.

use std::io::{ErrorKind, Write as _};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use printers::common::base::job::PrinterJobOptions;
use printers::common::base::printer::PrinterState;
use printers::common::converters::Converter;

use crate::{Accepted, PrintError, Queue, Titled};

const TOOL: &str = "powershell";
/// Fixed words: the names come through the environment, so nothing in them is a command.
const PRINT_TO: &str = "$ErrorActionPreference = 'Stop'; \
    Start-Process -FilePath $env:SMENA_PRINT_FILE -Verb PrintTo -WindowStyle Hidden -Wait \
    -ArgumentList ('\"' + $env:SMENA_PRINT_QUEUE + '\"')";
/// How long the program that opens PDFs may take.
const PATIENCE: Duration = Duration::from_secs(90);
const GLANCE: Duration = Duration::from_millis(50);

pub(crate) fn list() -> Result<Vec<Queue>, PrintError> {
    let queues = printers::get_printers().into_iter();
    let queue = |printer: printers::common::base::printer::Printer| Queue {
        name: printer.name,
        is_default: printer.is_default,
    };
    Ok(queues.map(queue).collect())
}

pub(crate) fn print(name: &str, job: &Titled<'_>, raw: bool) -> Result<Accepted, PrintError> {
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
            name: Some(&job.title),
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

/// The verb takes a file; it is there until the program that prints it has ended.
fn pdf(name: &str, job: &Titled<'_>) -> Result<Accepted, PrintError> {
    let broken = |error: std::io::Error| PrintError::Refused {
        detail: error.to_string(),
    };
    let mut file = tempfile::Builder::new()
        .prefix("smena-")
        .suffix(".pdf")
        .tempfile()
        .map_err(broken)?;
    file.write_all(job.bytes).map_err(broken)?;
    file.flush().map_err(broken)?;
    // Closed, so that others may open it; removed when this is dropped.
    let path = file.into_temp_path();
    let mut child = Command::new(TOOL)
        .args(["-NoProfile", "-NonInteractive", "-Command", PRINT_TO])
        .env("SMENA_PRINT_FILE", path.as_os_str())
        .env("SMENA_PRINT_QUEUE", name)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
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
            Some(status) if status.success() => return Ok(Accepted::Queued(None)),
            Some(status) => {
                return Err(PrintError::Refused {
                    detail: format!("PrintTo: {status}"),
                });
            }
            None if begun.elapsed() < PATIENCE => thread::sleep(GLANCE),
            None => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(PrintError::TimedOut { after: PATIENCE });
            }
        }
    }
}
