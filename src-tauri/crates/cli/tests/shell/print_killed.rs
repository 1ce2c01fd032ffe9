//! Killed at every place where something is written down, a print is not lost once it is in the queue, and neither is a Z
//! that is printed by itself.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;

use printing::sink::Sink;
use sandbox::Config;

use crate::print_queue::{SOON, desk, raster};
use crate::shop::{KKM, Shop, program};

/// SIGKILL.
const KILLED: Option<i32> = Some(9);

fn open() -> Shop {
    let shop = Shop::with_a_quick_key(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    shop
}

/// The places that a command passes.
fn places(shop: &Shop, words: &[&str]) -> Vec<String> {
    let list = shop.path("places");
    let mut command = program(&shop.path("data"), words);
    let output = command.env("SMENA_TEST_PLACES", &list).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let places = fs::read_to_string(list).unwrap();
    places.lines().map(str::to_owned).collect()
}

fn killed_at(shop: &Shop, words: &[&str], place: &str) {
    let mut command = program(&shop.path("data"), words);
    let output = command.env("SMENA_TEST_DIE_AT", place).output().unwrap();
    assert_eq!(output.status.signal(), KILLED, "{place}: {output:?}");
}

#[test]
fn a_print_that_is_in_the_queue_is_printed_wherever_the_program_dies() {
    let (shop, sink) = (open(), Sink::start().unwrap());
    let x = shop.json(&["report", "x", "--kkm", KKM]).value();
    let x = x["number"].as_i64().unwrap().to_string();
    let printer = sink.printer().to_string();
    let words = ["archive", "show", &x, "--print", &printer];
    let places = places(&shop, &words);
    sink.next(SOON).unwrap();
    assert!(places.len() >= 7, "{places:?}");
    let (mut queued, mut twice) = (0, 0);
    for place in &places {
        let before = desk(&shop).print_queue().unwrap().len();
        killed_at(&shop, &words, place);
        let jobs = desk(&shop).print_queue().unwrap();
        shop.json(&["print", "run"]).value();
        // Each has ended its connection by now.
        let arrived = sink.rest();
        if jobs.len() == before {
            assert_eq!(arrived, 0, "{place}");
            continue;
        }
        queued += 1;
        twice += usize::from(arrived == 2);
        assert!((1..=2).contains(&arrived), "{place}: {arrived}");
        let done = desk(&shop).print_queue().unwrap();
        assert!(
            done.iter().all(|job| job.state == "done"),
            "{place}: {done:?}"
        );
    }
    assert!(queued >= 5, "{queued} of {places:?}");
    // Only where nobody can know whether paper came out.
    assert_eq!(twice, 1, "{places:?}");
}

#[test]
fn a_z_is_printed_by_itself_wherever_the_program_dies_after_it_is_archived() {
    let all = {
        let (shop, sink) = (open(), Sink::start().unwrap());
        let printer = sink.printer().to_string();
        print_by_itself(&shop, &printer);
        places(&shop, &["shift", "close", "--kkm", KKM])
    };
    let mut archived = 0;
    for place in all.iter().rev() {
        let (shop, sink) = (open(), Sink::start().unwrap());
        print_by_itself(&shop, &sink.printer().to_string());
        killed_at(&shop, &["shift", "close", "--kkm", KKM], place);
        let reports = desk(&shop)
            .reports(None, Some(domain::ReportKind::Z), 10)
            .unwrap();
        let Some(z) = reports.first() else {
            // Here it is the business of recovery.
            break;
        };
        archived += 1;
        let printed = sink.rest();
        shop.json(&["print", "run"]).value();
        if printed == 0 {
            assert!(
                sink.next(SOON).unwrap() == raster(&shop, z.number),
                "{place}"
            );
        }
        let jobs = desk(&shop).print_queue().unwrap();
        assert_eq!((jobs.len(), jobs[0].report), (1, Some(z.number)), "{place}");
        assert_eq!(jobs[0].state, "done", "{place}");
    }
    assert!(archived >= 7, "{archived} of {all:?}");
}

fn print_by_itself(shop: &Shop, printer: &str) {
    for (name, value) in [("printer", printer), ("auto-print", "z")] {
        shop.json(&["settings", "set", name, value]).value();
    }
}
