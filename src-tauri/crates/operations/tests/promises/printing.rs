//! Printing comes after: whatever the printer does, the report is in the archive, and it is printed from there.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ErrorCode;
use operations::view::PrintView;
use operations::{Clock, Desk, Effect, OnPaper, Paper};
use printing::sink::Sink;
use reports::escpos;
use sandbox::{Config, Sandbox};
use tempfile::TempDir;

use crate::shop::{KKM, Shop, close, code, desk_by_clock, kkm, shop, sign_in};

/// A printer's worth of patience.
const SOON: Duration = Duration::from_secs(20);

/// A shop with one closed shift, and its Z's number.
async fn closed() -> (Shop, i64) {
    let shop = shop(Config::default()).await;
    shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    let closed = shop.desk.close_shift(close()).await.unwrap();
    (shop, closed.z.number)
}

/// A shop with a clock that a test sets forward, by seconds.
async fn with_clock() -> (Shop, Arc<AtomicI64>) {
    let server = Sandbox::start(Config::default()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let (ahead, start) = (Arc::new(AtomicI64::new(0)), Utc::now());
    let seconds = Arc::clone(&ahead);
    let clock = Clock::new(move || -> DateTime<Utc> {
        start + TimeDelta::seconds(seconds.load(Ordering::SeqCst))
    });
    let desk = desk_by_clock(&folder, Duration::ZERO, clock);
    sign_in(&desk, &server, sandbox::FIRST_LOGIN).await;
    let shop = Shop {
        server,
        desk,
        folder,
    };
    shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    (shop, ahead)
}

/// A port at which nobody listens.
fn nobody() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn at_port(port: u16) -> String {
    format!("tcp:127.0.0.1:{port}")
}

fn job(desk: &Desk, number: i64) -> PrintView {
    let queue = desk.print_queue().unwrap();
    queue.into_iter().find(|job| job.number == number).unwrap()
}

/// The bytes of a report for a thermal printer.
fn raster(desk: &Desk, number: i64, copy: bool, paper: Paper) -> Vec<u8> {
    let on = OnPaper {
        copy,
        paper: Some(paper),
        ..OnPaper::default()
    };
    escpos::render(&desk.report_pages(number, &on).unwrap()).unwrap()
}

#[tokio::test]
async fn what_is_printed_is_the_archived_report_and_the_second_print_says_so() {
    let (shop, z) = closed().await;
    let sink = Sink::start().unwrap();
    let printer = sink.printer().to_string();
    let on = OnPaper::default();
    let first = shop
        .desk
        .print_report(z, Some(&printer), &on)
        .await
        .unwrap();
    assert_eq!((first.state.as_str(), first.copy), ("done", false));
    let original = raster(&shop.desk, z, false, Paper::Tape80);
    assert!(sink.next(SOON).unwrap() == original);
    let second = shop
        .desk
        .print_report(z, Some(&printer), &on)
        .await
        .unwrap();
    assert_eq!((second.state.as_str(), second.copy), ("done", true));
    let duplicate = raster(&shop.desk, z, true, Paper::Tape80);
    assert!(duplicate != original);
    assert!(sink.next(SOON).unwrap() == duplicate);
    // A thermal printer has no sheets, and a narrow tape is a narrow tape.
    for (asked, got) in [(Paper::A4, Paper::Tape80), (Paper::Tape58, Paper::Tape58)] {
        let on = OnPaper {
            paper: Some(asked),
            ..OnPaper::default()
        };
        let printed = shop
            .desk
            .print_report(z, Some(&printer), &on)
            .await
            .unwrap();
        assert_eq!(printed.paper, got.as_str());
        assert!(sink.next(SOON).unwrap() == raster(&shop.desk, z, true, got));
    }
    assert_eq!(sink.rest(), 0);
}

#[tokio::test]
async fn a_dead_printer_is_tried_again_later_and_later_and_in_order() {
    let (shop, ahead) = with_clock().await;
    let x = shop.desk.x_report(&kkm(KKM)).await.unwrap().number;
    let z = shop.desk.close_shift(close()).await.unwrap().z.number;
    let port = nobody();
    let printer = at_port(port);
    let print = |number| {
        let printer = printer.clone();
        let desk = &shop.desk;
        async move {
            let on = OnPaper::default();
            desk.print_report(number, Some(&printer), &on)
                .await
                .unwrap_err()
        }
    };
    let trouble = print(x).await;
    assert_eq!(
        (trouble.code(), trouble.effect()),
        (ErrorCode::NotPrinted, Effect::Output)
    );
    let told = trouble.view_in(operations::Lang::Ru);
    assert!(
        told.retryable && told.message.contains("осталось в очереди"),
        "{told:?}"
    );
    let first: i64 = told.params["print-job"].parse().unwrap();
    let second: i64 = print(z).await.view_in(operations::Lang::Ru).params["print-job"]
        .parse()
        .unwrap();
    // A person's second print tried the first one again, before its time; the second one waits behind it.
    let (one, two) = (job(&shop.desk, first), job(&shop.desk, second));
    assert_eq!((one.state.as_str(), one.attempts), ("queued", 2));
    assert_eq!(one.code.as_deref(), Some("unreachable"));
    assert_eq!((two.state.as_str(), two.attempts), ("queued", 0));
    // The pauses are kept, by the desk's own clock.
    for (pause, attempts) in [(20, 3), (40, 4), (80, 5)] {
        ahead.fetch_add(pause - 1, Ordering::SeqCst);
        assert!(!shop.desk.print_due().await.unwrap());
        ahead.fetch_add(1, Ordering::SeqCst);
        assert!(shop.desk.print_due().await.unwrap());
        assert_eq!(job(&shop.desk, first).attempts, attempts);
        assert_eq!(
            job(&shop.desk, second).attempts,
            0,
            "it waits behind the first"
        );
    }
    let sink = Sink::on(port).unwrap();
    ahead.fetch_add(160, Ordering::SeqCst);
    assert!(shop.desk.print_due().await.unwrap());
    assert!(sink.next(SOON).unwrap() == raster(&shop.desk, x, false, Paper::Tape80));
    assert!(sink.next(SOON).unwrap() == raster(&shop.desk, z, false, Paper::Tape80));
    assert_eq!(sink.rest(), 0);
    let done = job(&shop.desk, first);
    assert_eq!((done.state.as_str(), done.message), ("done", None));
    assert!(shop.desk.verify().unwrap().is_whole());
}

#[tokio::test]
async fn a_z_is_archived_and_told_whatever_the_printer_does_and_printed_by_itself() {
    let (shop, _) = with_clock().await;
    let port = nobody();
    shop.desk.set_setting("printer", &at_port(port)).unwrap();
    let before = shop.desk.x_report(&kkm(KKM)).await.unwrap();
    shop.desk.set_setting("auto-print", "z").unwrap();
    let closed = shop.desk.close_shift(close()).await.unwrap();
    assert_eq!(shop.desk.register(&kkm(KKM)).await.unwrap().state, "closed");
    // The printer is away: that is no trouble of whoever looks after the queue.
    assert!(shop.desk.print_due().await.unwrap());
    let queue = shop.desk.print_queue().unwrap();
    let reports: Vec<_> = queue.iter().map(|job| job.report).collect();
    assert_eq!(
        reports,
        [Some(closed.z.number)],
        "neither X nor {}",
        before.number
    );
    assert_eq!(queue[0].state, "queued");
    let sink = Sink::on(port).unwrap();
    let printed = shop.desk.print_waiting().await.unwrap();
    assert_eq!(printed.len(), 1);
    assert_eq!(printed[0].state, "done");
    let z = raster(&shop.desk, closed.z.number, false, Paper::Tape80);
    assert!(sink.next(SOON).unwrap() == z);
    assert!(!shop.desk.print_due().await.unwrap(), "once");
    // All of them, from now on.
    shop.desk.set_setting("auto-print", "all").unwrap();
    shop.desk.open_shift(&kkm(KKM), None).await.unwrap();
    shop.desk.section_report(&kkm(KKM)).await.unwrap();
    shop.desk.x_report(&kkm(KKM)).await.unwrap();
    assert!(shop.desk.print_due().await.unwrap());
    sink.next(SOON).unwrap();
    sink.next(SOON).unwrap();
    shop.desk.set_setting("auto-print", "off").unwrap();
    shop.desk.x_report(&kkm(KKM)).await.unwrap();
    assert!(!shop.desk.print_due().await.unwrap());
    assert_eq!(sink.rest(), 0);
}

#[tokio::test]
async fn a_print_that_is_broken_off_is_queued_again() {
    let (shop, z) = closed().await;
    // It takes the connection and never ends it.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let desk = Arc::new(shop.desk);
    let prints = tokio::spawn({
        let desk = Arc::clone(&desk);
        async move {
            let on = OnPaper::default();
            desk.print_report(z, Some(&at_port(port)), &on)
                .await
                .map(|job| job.number)
        }
    });
    let held = tokio::task::spawn_blocking(move || listener.accept().unwrap());
    let held = held.await.unwrap();
    assert_eq!(desk.print_queue().unwrap()[0].state, "printing");
    assert_eq!(code(desk.cancel_print(1)), ErrorCode::Busy);
    prints.abort();
    assert!(prints.await.unwrap_err().is_cancelled());
    assert_eq!(desk.print_queue().unwrap()[0].state, "queued");
    drop(held);
    let given_up = desk.cancel_print(1).unwrap();
    assert_eq!(given_up.state, "cancelled");
    let sink = Sink::on(port).unwrap();
    assert_eq!(desk.retry_print(1).await.unwrap().state, "done");
    sink.next(SOON).unwrap();
    assert_eq!(code(desk.retry_print(1).await), ErrorCode::BadInput);
}

#[tokio::test]
async fn a_test_page_shows_every_letter_in_the_language_of_the_reports() {
    let (shop, _) = closed().await;
    let sink = Sink::start().unwrap();
    let printer = sink.printer().to_string();
    let mut pages = Vec::new();
    for language in ["ru", "kk+ru"] {
        shop.desk.set_setting("report-language", language).unwrap();
        let printed = shop.desk.print_test_page(Some(&printer)).await.unwrap();
        assert_eq!((printed.state.as_str(), printed.report), ("done", None));
        assert!(!printed.copy);
        pages.push(sink.next(SOON).unwrap());
    }
    for page in &pages {
        assert!(page.starts_with(b"\x1b@\x1dv0"), "{:?}", &page[..8]);
    }
    assert!(
        pages[1].len() > pages[0].len(),
        "two languages take more room"
    );
}

#[tokio::test]
async fn what_cannot_be_printed_with_is_refused_when_it_is_said() {
    let (shop, z) = closed().await;
    for (name, value) in [
        ("printer", "HP"),
        ("printer", "tcp:a b"),
        ("auto-print", "yes"),
        ("auto-print", "z"), // no printer is chosen
    ] {
        let refused = shop.desk.set_setting(name, value);
        assert_eq!(code(refused), ErrorCode::BadInput, "{name} {value}");
    }
    shop.desk.set_setting("printer", "tcp:192.0.2.1").unwrap();
    shop.desk.set_setting("auto-print", "all").unwrap();
    assert_eq!(
        code(shop.desk.set_setting("printer", "")),
        ErrorCode::BadInput
    );
    shop.desk.set_setting("auto-print", "").unwrap();
    shop.desk.set_setting("printer", "").unwrap();
    let on = OnPaper::default();
    for (number, printer) in [(z, "lpt1"), (z + 1, "tcp:192.0.2.1")] {
        let refused = shop.desk.print_report(number, Some(printer), &on).await;
        assert_eq!(code(refused), ErrorCode::BadInput);
    }
    assert!(shop.desk.print_queue().unwrap().is_empty());
}

#[tokio::test]
async fn what_stands_behind_anothers_job_waits_for_its_end_and_then_is_printed() {
    let (shop, z) = closed().await;
    let sink = Sink::start().unwrap();
    let printer = sink.printer().to_string();
    let other = store::Store::open(shop.folder.path()).unwrap();
    let theirs = other
        .add_print(&store::NewPrint {
            report: None,
            form: "report".to_owned(),
            printer: printer.clone(),
            paper: "80".to_owned(),
            language: "ru".to_owned(),
            at: Utc::now(),
        })
        .unwrap();
    other.claim_print(theirs.number, Utc::now()).unwrap();
    let on = OnPaper::default();
    let print = shop.desk.print_report(z, Some(&printer), &on);
    let end = async {
        // Ours is in the queue, and nothing of it at the printer.
        while other.waiting_prints(None).unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
        assert_eq!(sink.rest(), 0);
        other.printed(theirs.number, Utc::now()).unwrap();
    };
    let (ours, ()) = tokio::join!(print, end);
    assert_eq!(ours.unwrap().state, "done");
    assert!(sink.next(SOON).unwrap() == raster(&shop.desk, z, false, Paper::Tape80));
    assert_eq!(sink.rest(), 0);
}

#[tokio::test]
async fn the_page_makes_the_program_connect_to_no_printer_but_that_of_the_settings() {
    let (shop, z) = closed().await;
    let (chosen, strange) = (Sink::start().unwrap(), Sink::start().unwrap());
    let (chosen_name, strange_name) = (chosen.printer().to_string(), strange.printer().to_string());
    shop.desk.set_setting("printer", &chosen_name).unwrap();
    let on = OnPaper::default();
    for named in [strange_name.as_str(), "raw:thermal", "lpt:1"] {
        let refused = shop.desk.print_report_for_page(z, Some(named), &on).await;
        assert_eq!(code(refused), ErrorCode::BadInput, "{named}");
    }
    assert!(shop.desk.print_queue().unwrap().is_empty());
    for named in [None, Some(chosen_name.as_str())] {
        let printed = shop.desk.print_report_for_page(z, named, &on).await;
        assert_eq!(printed.unwrap().state, "done", "{named:?}");
        chosen.next(SOON).unwrap();
    }
    assert_eq!((chosen.rest(), strange.rest()), (0, 0));
}
