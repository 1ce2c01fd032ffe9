//! Printing through a real CUPS server of the test's own.

#[path = "../../../printing/tests/cups/server.rs"]
mod server;

use std::fs;

use printing::sink::Sink;
use serde_json::Value;

use self::server::Cups;
use crate::print_queue::{SOON, open, raster};
use crate::shop::{KKM, Shop, program};

/// Runs the program where this is the system's printing.
fn run(shop: &Shop, cups: &Cups, words: &[&str]) -> (Option<i32>, Value, String) {
    let mut command = program(&shop.path("data"), &[&["--json"], words].concat());
    let output = command.env("CUPS_SERVER", cups.address()).output().unwrap();
    (
        output.status.code(),
        serde_json::from_slice(&output.stdout).unwrap_or_default(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn a_queue_of_the_system_gets_the_pdf_and_a_raw_one_the_raster() {
    let (shop, cups, sink) = (open(), Cups::start(), Sink::start().unwrap());
    let (code, closed, error) = run(&shop, &cups, &["shift", "close", "--kkm", KKM, "--print"]);
    assert_eq!(code, Some(7), "there is no printer: {error}");
    let z = closed["z"]["number"].as_i64().unwrap();
    assert!(
        error.contains(&format!("smenactl archive show {z} --print")),
        "{error}"
    );
    let (code, _, error) = run(&shop, &cups, &["shift", "open", "--kkm", KKM]);
    assert_eq!(code, Some(0), "{error}");
    cups.queue_of_a_pdf_printer("office", sink.port());
    cups.queue("thermal", sink.port());
    cups.admin("lpadmin", &["-d", "office"]);
    let (code, printers, _) = run(&shop, &cups, &["printers"]);
    assert_eq!(code, Some(0));
    let named = |place: usize| {
        (
            &printers[place]["printer"],
            &printers[place]["systemDefault"],
        )
    };
    assert_eq!(named(0), (&"system:office".into(), &true.into()));
    assert_eq!(named(1), (&"system:thermal".into(), &false.into()));
    let pdf = shop.path("z.pdf");
    let words = [
        "shift",
        "close",
        "--kkm",
        KKM,
        "--pdf",
        pdf.to_str().unwrap(),
        "--print",
    ];
    let (code, closed, error) = run(&shop, &cups, &words);
    assert_eq!(code, Some(0), "{error}");
    assert!(
        sink.next(SOON).unwrap() == fs::read(&pdf).unwrap(),
        "the very file"
    );
    assert_eq!(closed["z"]["kind"], "z");
    let (code, _, error) = run(&shop, &cups, &["print", "test", "raw:thermal"]);
    assert_eq!(code, Some(0), "{error}");
    assert!(sink.next(SOON).unwrap().starts_with(b"\x1b@\x1dv0"));
    let (code, opened, error) = run(&shop, &cups, &["shift", "open", "--kkm", KKM]);
    assert_eq!(
        (code, &opened["state"]),
        (Some(0), &"open".into()),
        "{error}"
    );
    let words = ["report", "x", "--kkm", KKM, "--print", "raw:thermal"];
    let (code, x, error) = run(&shop, &cups, &words);
    assert_eq!(code, Some(0), "{error}");
    assert!(sink.next(SOON).unwrap() == raster(&shop, x["number"].as_i64().unwrap()));
    cups.admin("cupsdisable", &["thermal"]);
    let (code, _, error) = run(&shop, &cups, &words);
    assert_eq!(code, Some(7), "{error}");
    cups.admin("cupsenable", &["thermal"]);
    let (code, printed, error) = run(&shop, &cups, &["print", "run"]);
    assert_eq!(
        (code, &printed[0]["state"]),
        (Some(0), &"done".into()),
        "{error}"
    );
    sink.next(SOON).unwrap();
    let (code, _, error) = run(&shop, &cups, &["print", "test", "system:nobody"]);
    assert_eq!(code, Some(7), "{error}");
    let (_, jobs, _) = run(&shop, &cups, &["print", "list"]);
    assert_eq!(
        (&jobs[0]["state"], &jobs[0]["code"]),
        (&"failed".into(), &"no-such-printer".into())
    );
    assert_eq!(sink.rest(), 0);
}
