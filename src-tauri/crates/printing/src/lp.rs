//! The system's queues on Linux and macOS, through CUPS's `lp` and `lpstat`.

use crate::tool::{self, Said};
use crate::{Accepted, Job, PrintError, Queue};

const LP: &str = "lp";
const LPSTAT: &str = "lpstat";

pub(crate) fn list() -> Result<Vec<Queue>, PrintError> {
    refuse_without_server()?;
    let names = lpstat(&["-e"])?;
    let default = lpstat(&["-d"])?;
    let default = default
        .out
        .lines()
        .find_map(|line| line.strip_prefix("system default destination: "));
    let queue = |name: &str| Queue {
        name: name.to_owned(),
        is_default: Some(name) == default,
    };
    Ok(names
        .out
        .lines()
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(queue)
        .collect())
}

pub(crate) fn print(name: &str, job: &Job<'_>, raw: bool) -> Result<Accepted, PrintError> {
    refuse_without_server()?;
    refuse_stopped(name)?;
    let media = job.media.map(|media| format!("media={media}"));
    let mut args = vec!["-d", name];
    if !job.title.is_empty() {
        args.extend(["-t", job.title]);
    }
    if raw {
        args.extend(["-o", "raw"]);
    } else if let Some(media) = &media {
        // A tape is not shrunk to a sheet, and figures have the size that they were laid out in.
        args.extend(["-o", media, "-o", "print-scaling=none"]);
    }
    // The job comes through the standard input.
    args.push("-");
    let said = tool::run(LP, &args, job.bytes)?;
    if said.well {
        return Ok(Accepted::Queued(id(&said.out)));
    }
    Err(refused(name, &said))
}

/// `request id is NAME-12 (0 file(s))`
fn id(said: &str) -> Option<String> {
    let (_, rest) = said.split_once("request id is ")?;
    rest.split_whitespace().next().map(str::to_owned)
}

/// Without its server `lp` says that the printer does not exist.
fn refuse_without_server() -> Result<(), PrintError> {
    let said = lpstat(&["-r"])?;
    if said.out.contains("scheduler is running") {
        return Ok(());
    }
    Err(PrintError::Unreachable {
        detail: told(&said, "the printing system is not running"),
    })
}

/// A stopped queue would take the job and keep it.
fn refuse_stopped(name: &str) -> Result<(), PrintError> {
    // An instance is of its printer.
    let printer = name.split_once('/').map_or(name, |(printer, _)| printer);
    let said = lpstat(&["-p", printer])?;
    if !said.well {
        return Err(refused(name, &said));
    }
    let disabled = format!("printer {printer} disabled ");
    match said.out.lines().find(|line| line.starts_with(&disabled)) {
        Some(_) => Err(PrintError::Unreachable {
            detail: said.out.split_whitespace().collect::<Vec<_>>().join(" "),
        }),
        None => Ok(()),
    }
}

fn refused(name: &str, said: &Said) -> PrintError {
    let unknown = [
        "does not exist",
        "Invalid destination name",
        "Unknown destination",
    ];
    let detail = told(said, "no reason given");
    if unknown.iter().any(|words| detail.contains(words)) {
        return PrintError::NoSuchPrinter {
            name: name.to_owned(),
        };
    }
    let away = [
        "is not accepting",
        "onnection refused",
        "nable to connect",
        "Unable to",
    ];
    if away.iter().any(|words| detail.contains(words)) {
        return PrintError::Unreachable { detail };
    }
    PrintError::Refused { detail }
}

fn told(said: &Said, otherwise: &str) -> String {
    let words = [said.err.trim(), said.out.trim()];
    let told = words.into_iter().find(|words| !words.is_empty());
    told.unwrap_or(otherwise).to_owned()
}

fn lpstat(args: &[&str]) -> Result<Said, PrintError> {
    tool::run(LPSTAT, args, b"")
}
