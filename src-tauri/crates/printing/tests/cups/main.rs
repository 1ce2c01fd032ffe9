//! Against a real CUPS server of the test's own. Its clients find it by `CUPS_SERVER`, which a process has from its birth: so
//! each case is run again in a process of its own.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod server;

use std::process::Command;
use std::time::Duration;

use printing::sink::Sink;
use printing::{Accepted, Job, Media, PrintError, Printer, Queue};

use crate::server::Cups;

/// A printer's worth of patience.
const SOON: Duration = Duration::from_secs(30);

/// Runs a case of this file in a process that knows this server.
fn run(case: &str, server: &str) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", case, "--ignored", "--nocapture"])
        .env("CUPS_SERVER", server)
        // Words of another language must not matter.
        .env("LC_ALL", "ru_RU.UTF-8")
        .env("LANGUAGE", "ru")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && told.contains("1 passed"),
        "{case}: {told}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// All byte values, and what a queue might take for text.
fn raster() -> Vec<u8> {
    let mut bytes = b"\x1b@\x1dv0\0".to_vec();
    bytes.extend((0..=255).cycle().take(100_000));
    bytes.extend(b"\r\n\n\r\0\x04");
    bytes
}

fn pdf() -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    bytes.extend((0..=255).cycle().take(50_000));
    bytes.extend(b"\n%%EOF\n");
    bytes
}

/// What a queue would set in type.
const TEXT: &[u8] = b"In the printer's own type\n";

fn system(name: &str) -> Printer {
    Printer::System(name.to_owned())
}

fn raw(name: &str) -> Printer {
    Printer::Raw(name.to_owned())
}

fn send(printer: &Printer, bytes: &[u8]) -> Result<Accepted, PrintError> {
    let title = "Z-отчёт № 7; $(reboot) \"'\n-o landscape";
    let job = Job {
        title,
        bytes,
        media: Some(Media::A4),
    };
    printing::print(printer, &job)
}

#[test]
fn the_bytes_come_out_of_a_queue_as_they_went_in() {
    let (cups, sink) = (Cups::start(), Sink::start().unwrap());
    cups.queue("thermal", sink.port());
    run("raw_bytes", &cups.address());
    assert!(sink.next(SOON).unwrap() == raster());
    run("a_pdf", &cups.address());
    assert!(sink.next(SOON).unwrap() == pdf());
    assert_eq!(sink.rest(), 0);
}

#[test]
#[ignore = "run by another test, with its server"]
fn raw_bytes() {
    let accepted = send(&raw("thermal"), &raster());
    assert_eq!(accepted, Ok(Accepted::Queued(Some("thermal-1".to_owned()))));
}

#[test]
#[ignore = "run by another test, with its server"]
fn a_pdf() {
    let accepted = send(&system("thermal"), &pdf());
    assert_eq!(accepted, Ok(Accepted::Queued(Some("thermal-2".to_owned()))));
}

#[test]
fn a_printers_driver_gets_the_pdf_and_is_left_out_for_raw_bytes() {
    let (cups, sink) = (Cups::start(), Sink::start().unwrap());
    cups.queue_of_a_pdf_printer("office", sink.port());
    run("past_the_driver", &cups.address());
    assert_eq!(sink.next(SOON).unwrap(), TEXT);
    run("through_the_driver", &cups.address());
    assert!(sink.next(SOON).unwrap() == pdf());
    assert_eq!(sink.rest(), 0);
}

#[test]
#[ignore = "run by another test, with its server"]
fn past_the_driver() {
    let accepted = send(&raw("office"), TEXT);
    assert_eq!(accepted, Ok(Accepted::Queued(Some("office-1".to_owned()))));
}

#[test]
#[ignore = "run by another test, with its server"]
fn through_the_driver() {
    let accepted = send(&system("office"), &pdf());
    assert!(
        matches!(accepted, Ok(Accepted::Queued(Some(_)))),
        "{accepted:?}"
    );
}

#[test]
fn the_queues_are_listed_with_the_default() {
    let cups = Cups::start();
    run("no_queue", &cups.address());
    for name in ["office", "thermal"] {
        cups.queue(name, 9);
    }
    cups.admin("lpadmin", &["-d", "thermal"]);
    run("two_queues", &cups.address());
}

#[test]
#[ignore = "run by another test, with its server"]
fn no_queue() {
    assert_eq!(printing::list(), Ok(Vec::new()));
}

#[test]
#[ignore = "run by another test, with its server"]
fn two_queues() {
    let queue = |name: &str, is_default| Queue {
        name: name.to_owned(),
        is_default,
    };
    assert_eq!(
        printing::list(),
        Ok(vec![queue("office", false), queue("thermal", true)])
    );
}

#[test]
fn a_queue_that_cannot_print_gets_no_job() {
    let (cups, sink) = (Cups::start(), Sink::start().unwrap());
    for name in ["stopped", "rejecting"] {
        cups.queue(name, sink.port());
    }
    cups.admin("cupsdisable", &["-r", "нет бумаги", "stopped"]);
    cups.admin("cupsreject", &["rejecting"]);
    run("stopped_and_rejecting", &cups.address());
    cups.admin("cupsenable", &["stopped"]);
    run("enabled", &cups.address());
    assert_eq!(sink.next(SOON).unwrap(), b"now");
    assert_eq!(
        sink.rest(),
        0,
        "the job that was refused is not in the queue"
    );
}

#[test]
#[ignore = "run by another test, with its server"]
fn stopped_and_rejecting() {
    for name in ["stopped", "rejecting"] {
        for printer in [system(name), raw(name)] {
            let error = send(&printer, b"%PDF-1.7").unwrap_err();
            assert!(
                matches!(error, PrintError::Unreachable { .. }),
                "{printer}: {error:?}"
            );
            assert!(error.may_pass());
        }
    }
    let unknown = send(&system("nobody"), b"%PDF-1.7").unwrap_err();
    let name = "nobody".to_owned();
    assert_eq!(unknown, PrintError::NoSuchPrinter { name });
    assert!(!unknown.may_pass());
}

#[test]
#[ignore = "run by another test, with its server"]
fn enabled() {
    let accepted = send(&raw("stopped"), b"now");
    assert_eq!(accepted, Ok(Accepted::Queued(Some("stopped-1".to_owned()))));
}

#[test]
fn without_the_printing_system_one_may_try_again() {
    let cups = Cups::start();
    cups.queue("thermal", 9);
    let address = cups.address();
    drop(cups);
    run("away", &address);
}

#[test]
#[ignore = "run by another test, with its server"]
fn away() {
    for error in [
        send(&system("thermal"), b"%PDF-1.7").unwrap_err(),
        printing::list().unwrap_err(),
    ] {
        assert!(matches!(error, PrintError::Unreachable { .. }), "{error:?}");
        assert!(error.may_pass());
    }
}
