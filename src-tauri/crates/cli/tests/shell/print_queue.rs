//! Printing from a shell: the result stands whatever the printer does, and the queue outlives the program.

use std::net::TcpListener;
use std::time::Duration;

use operations::{Desk, DeskConfig, Keeping, OnPaper, Outside, Scope, Timeouts};
use printing::sink::Sink;
use sandbox::Config;
use serde_json::Value;

use crate::shop::{KKM, Shop, program};

/// A printer's worth of patience.
pub(crate) const SOON: Duration = Duration::from_secs(30);

/// A shop with an open shift.
pub(crate) fn open() -> Shop {
    let shop = Shop::new(Config::default());
    shop.json(&["shift", "open", "--kkm", KKM]).value();
    shop
}

/// Looks into the shop's archive as the program does.
pub(crate) fn desk(shop: &Shop) -> Desk {
    Desk::open(DeskConfig {
        data_dir: shop.path("data"),
        training: false,
        keeping: Keeping::Session,
        scope: Scope::default(),
        timeouts: Timeouts::default(),
        outside: Outside::default(),
        lang: Some(texts::Lang::Ru),
    })
    .unwrap()
}

/// What a thermal printer gets for a report's first print.
pub(crate) fn raster(shop: &Shop, report: i64) -> Vec<u8> {
    let pages = desk(shop).report_pages(report, &OnPaper::default());
    reports::escpos::render(&pages.unwrap()).unwrap()
}

fn nobody() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn at_port(port: u16) -> String {
    format!("tcp:127.0.0.1:{port}")
}

fn queue(shop: &Shop) -> Vec<Value> {
    let queue = shop.json(&["print", "list"]).value();
    queue.as_array().unwrap().clone()
}

#[test]
fn a_z_closed_at_a_dead_printer_is_archived_and_printed_when_it_is_back() {
    let shop = open();
    let port = nobody();
    let printer = at_port(port);
    let close = ["shift", "close", "--kkm", KKM, "--print", &printer];
    let run = shop.json(&close);
    let error = run.error(7);
    assert_eq!(error["code"], "not-printed");
    assert_eq!(error["retryable"], true);
    assert_eq!(error["params"]["print-job"], "1");
    let shown: Value = serde_json::from_str(&run.out).unwrap();
    let z = shown["z"]["number"].as_i64().unwrap();
    assert_eq!(
        shop.json(&["archive", "show", &z.to_string()]).value()["kind"],
        "z"
    );
    let jobs = queue(&shop);
    assert_eq!(jobs.len(), 1);
    assert_eq!(
        (&jobs[0]["state"], &jobs[0]["report"]),
        (&"queued".into(), &z.into())
    );
    // It is still away.
    let run = shop.run(&["print", "run"]);
    assert_eq!(run.code, 7, "{run:?}");
    assert!(
        run.err.contains("№ 1 не напечатано") && run.out.contains("ждёт"),
        "{run:?}"
    );
    let sink = Sink::on(port).unwrap();
    let printed = shop.json(&["print", "run"]).value();
    assert_eq!(
        (&printed[0]["state"], &printed[0]["attempts"]),
        (&"done".into(), &3.into())
    );
    assert!(sink.next(SOON).unwrap() == raster(&shop, z));
    assert_eq!(
        shop.json(&["print", "run"]).value(),
        Value::Array(Vec::new())
    );
    assert_eq!(sink.rest(), 0);
    // The shift was closed once.
    let closings = shop
        .acts()
        .iter()
        .filter(|act| act.starts_with("Close"))
        .count();
    assert_eq!(closings, 1, "{:?}", shop.acts());
}

#[test]
fn what_was_at_the_printer_when_the_program_was_killed_is_printed_later() {
    let shop = open();
    let x = shop.json(&["report", "x", "--kkm", KKM]).value();
    let x = x["number"].as_i64().unwrap();
    // It takes the connection and never ends it.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (number, printer) = (x.to_string(), at_port(port));
    let words = ["archive", "show", &number, "--print", &printer];
    let mut child = program(&shop.path("data"), &words).spawn().unwrap();
    let held = listener.accept().unwrap();
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success());
    drop((held, listener));
    let jobs = queue(&shop);
    assert_eq!(
        (&jobs[0]["state"], &jobs[0]["attempts"]),
        (&"queued".into(), &1.into())
    );
    let sink = Sink::on(port).unwrap();
    let printed = shop.json(&["print", "run"]).value();
    assert_eq!(printed[0]["state"], "done");
    assert!(sink.next(SOON).unwrap() == raster(&shop, x));
}

#[test]
fn a_z_is_printed_by_itself_and_a_dead_printer_is_no_failure_of_the_closing() {
    let shop = open();
    let port = nobody();
    for (name, value) in [("printer", at_port(port).as_str()), ("auto-print", "z")] {
        shop.json(&["settings", "set", name, value]).value();
    }
    shop.json(&["report", "x", "--kkm", KKM]).value();
    let closed = shop.json(&["shift", "close", "--kkm", KKM]);
    // It is done, and still nobody is to wait for paper that does not come.
    let told: Value = serde_json::from_str(&closed.err).unwrap();
    assert_eq!(told["warning"]["code"], "not-printed", "{told}");
    let z = closed.value();
    let z = z["z"]["number"].as_i64().unwrap();
    let jobs = queue(&shop);
    assert_eq!(jobs.len(), 1);
    assert_eq!(
        (&jobs[0]["state"], &jobs[0]["report"]),
        (&"queued".into(), &z.into())
    );
    let sink = Sink::on(port).unwrap();
    shop.json(&["print", "retry", "1"]).value();
    assert!(sink.next(SOON).unwrap() == raster(&shop, z));
    // The next one goes at once, and once: whoever asks for a print has it instead.
    for print in [&[][..], &["--print"]] {
        shop.json(&["shift", "open", "--kkm", KKM]).value();
        let words = [&["shift", "close", "--kkm", KKM][..], print].concat();
        let z = shop.json(&words).value();
        let z = z["z"]["number"].as_i64().unwrap();
        assert!(sink.next(SOON).unwrap() == raster(&shop, z));
    }
    assert_eq!((sink.rest(), queue(&shop).len()), (0, 3));
}

#[test]
fn a_shift_is_closed_whatever_the_printing_system_does() {
    let shop = open();
    // Nothing that lists printers or prints is found here.
    let nothing = shop.path("nothing");
    std::fs::create_dir(&nothing).unwrap();
    let run = |words: &[&str]| {
        let words = [&["--json"], words].concat();
        let mut command = program(&shop.path("data"), &words);
        let output = command.env("PATH", &nothing).output().unwrap();
        let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
        let told: Value = serde_json::from_slice(&output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(7), "{told}");
        (shown, told["error"].clone())
    };
    let (closed, error) = run(&["shift", "close", "--kkm", KKM, "--print"]);
    let z = closed["z"]["number"].as_i64().unwrap();
    assert_eq!(error["code"], "not-printed");
    assert_eq!(error["params"]["report"], z.to_string());
    let remedy = error["remedy"].as_str().unwrap();
    assert!(
        remedy.contains(&format!("smenactl archive show {z} --print")),
        "{remedy}"
    );
    assert!(queue(&shop).is_empty(), "no printer is known");
    // A printer that is named is known, and the job is kept for a person.
    let number = z.to_string();
    let (_, error) = run(&["archive", "show", &number, "--print", "system:office"]);
    let job = queue(&shop)[0].clone();
    assert_eq!(
        (&job["state"], &job["report"]),
        (&"failed".into(), &z.into())
    );
    let again = format!("smenactl print retry {}", job["number"]);
    let remedy = error["remedy"].as_str().unwrap();
    assert!(remedy.contains(&again), "{remedy}");
}

#[test]
fn what_cannot_be_printed_on_is_said_before_anything_is_sent() {
    let shop = open();
    let before = shop.state();
    for words in [
        ["report", "x", "--kkm", KKM, "--print", "lpt1"],
        ["report", "sections", "--kkm", KKM, "--print", "tcp:a b"],
        ["shift", "close", "--kkm", KKM, "--print", "HP LaserJet"],
    ] {
        assert_eq!(shop.json(&words).error(2)["code"], "bad-input");
    }
    assert_eq!(shop.state(), before);
    for words in [["print", "retry", "7"], ["print", "cancel", "7"]] {
        assert_eq!(shop.json(&words).error(2)["code"], "bad-input");
    }
}

#[test]
fn a_job_is_given_up_by_a_person_only() {
    let shop = open();
    let printer = at_port(nobody());
    let error = shop.json(&["print", "test", &printer]).error(7);
    assert_eq!(error["code"], "not-printed");
    let given_up = shop.json(&["print", "cancel", "1"]).value();
    assert_eq!(given_up[0]["state"], "cancelled");
    assert_eq!(
        shop.json(&["print", "run"]).value(),
        Value::Array(Vec::new())
    );
    let list = shop.run(&["print", "list"]);
    assert!(
        list.out.contains("пробная страница") && list.out.contains("снято"),
        "{list:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_queue_of_the_system_is_told_the_paper_of_the_pages() {
    let shop = open();
    let x = shop.json(&["report", "x", "--kkm", KKM]).value();
    let number = x["number"].to_string();
    let told = shop.path("told");
    let tools = tools(&shop, "/bin/cat >/dev/null; echo \"$*\" >\"$TOLD\"");
    let print = |paper: &str| {
        let words = ["archive", "show", &number, "--paper", paper, "--print"];
        let mut command = program(
            &shop.path("data"),
            &[&words[..], &["system:office"]].concat(),
        );
        let command = command.env("PATH", &tools).env("TOLD", &told);
        assert_eq!(command.output().unwrap().status.code(), Some(0), "{paper}");
        std::fs::read_to_string(&told).unwrap()
    };
    let sheets = print("a4");
    assert!(
        sheets.contains("-o media=A4 -o print-scaling=none"),
        "{sheets}"
    );
    let pages = desk(&shop).report_pages(x["number"].as_i64().unwrap(), &OnPaper::default());
    let height: f64 = pages.unwrap().height_mm().parse().unwrap();
    let tape = print("80");
    // A second print has the duplicate's mark, and so is a little longer.
    let (_, size) = tape.split_once("-o media=Custom.80x").unwrap();
    let (said, _) = size.split_once("mm").unwrap();
    let said: f64 = said.parse().unwrap();
    assert!(said >= height && said < height + 20.0, "{said}, {height}");
}

#[cfg(unix)]
#[test]
fn the_outcome_is_told_before_anything_is_printed_by_itself() {
    use std::io::{BufRead as _, BufReader};
    let shop = Shop::new(Config::default());
    for (name, value) in [("printer", "system:ours"), ("auto-print", "z")] {
        shop.json(&["settings", "set", name, value]).value();
    }
    let store = store::Store::open(&shop.path("data")).unwrap();
    for printer in ["system:others", "system:ours"] {
        let test_page = store::NewPrint {
            report: None,
            form: "report".to_owned(),
            printer: printer.to_owned(),
            paper: "80".to_owned(),
            language: "ru".to_owned(),
            at: chrono::DateTime::UNIX_EPOCH,
        };
        store.add_print(&test_page).unwrap();
    }
    let go = shop.path("go");
    let tools = tools(
        &shop,
        "/bin/cat >/dev/null; while [ ! -e \"$GO\" ]; do /bin/sleep 0.02; done; echo \"$*\" >>\"$TOLD\"",
    );
    // There is no open shift.
    let words = ["--json", "shift", "close", "--kkm", KKM];
    let mut command = program(&shop.path("data"), &words);
    let command = command.env("PATH", &tools).env("GO", &go);
    let mut child = command.env("TOLD", shop.path("told")).spawn().unwrap();
    let mut err = BufReader::new(child.stderr.take().unwrap());
    let (told, tells) = std::sync::mpsc::channel();
    let reads = std::thread::spawn(move || {
        let mut line = String::new();
        err.read_line(&mut line).unwrap();
        let _ = told.send(line);
    });
    let told = tells
        .recv_timeout(SOON)
        .expect("the printer is not waited for");
    assert!(told.contains("\"no-open-shift\""), "{told}");
    std::fs::write(&go, "").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    reads.join().unwrap();
    // The other printer is nothing that this command waits for.
    let printed = std::fs::read_to_string(shop.path("told")).unwrap();
    assert_eq!(printed.lines().count(), 1, "{printed}");
    assert!(printed.starts_with("-d ours "), "{printed}");
}

/// A folder of programs that stand for CUPS's: its server runs, and this is `lp`.
#[cfg(unix)]
fn tools(shop: &Shop, lp: &str) -> std::path::PathBuf {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;
    let tools = shop.path("tools");
    fs::create_dir(&tools).unwrap();
    for (name, script) in [("lpstat", "echo 'scheduler is running'"), ("lp", lp)] {
        let path = tools.join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
    }
    tools
}
