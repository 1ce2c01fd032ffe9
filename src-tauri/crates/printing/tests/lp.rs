//! What `lp` is told, by a program of that name that writes down its arguments. The clients of CUPS are found by `PATH`, which
//! a process has from its birth: so the case is run again in a process of its own.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used)]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use printing::{Accepted, Job, Media, Printer};

fn program(folder: &Path, name: &str, script: &str) {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_queue_is_told_the_paper_and_to_keep_the_size() {
    let folder = tempfile::tempdir().unwrap();
    let told = folder.path().join("told");
    program(folder.path(), "lpstat", "echo 'scheduler is running'");
    let script =
        "/bin/cat >/dev/null; echo \"$*\" >>\"$TOLD\"; echo 'request id is q-1 (0 file(s))'";
    program(folder.path(), "lp", script);
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "three_jobs", "--ignored", "--nocapture"])
        .env("PATH", folder.path())
        .env("TOLD", &told)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 passed"), "{said}");
    let told = fs::read_to_string(told).unwrap();
    let told: Vec<_> = told.lines().collect();
    assert_eq!(
        told,
        [
            "-d office -t Z -o media=A4 -o print-scaling=none -",
            "-d office -t Z -o media=Custom.80x395mm -o print-scaling=none -",
            "-d thermal -t Z -o raw -",
        ]
    );
}

#[test]
#[ignore = "run by another test, with its programs"]
fn three_jobs() {
    let tape = Media::Piece {
        width: 80,
        height: 395,
    };
    for (printer, media) in [
        ("system:office", Media::A4),
        ("system:office", tape),
        ("raw:thermal", tape),
    ] {
        let printer: Printer = printer.parse().unwrap();
        let job = Job {
            title: "Z",
            bytes: b"%PDF-1.7",
            media: Some(media),
        };
        let accepted = printing::print(&printer, &job);
        assert_eq!(accepted, Ok(Accepted::Queued(Some("q-1".to_owned()))));
    }
}
