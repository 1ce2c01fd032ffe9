//! Commands in training take turns: who waits is told so, and who types keeps nobody waiting.

use std::fs::File;
use std::io::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use crate::shop::{PASSWORD, program, run_in, training_folder};

const TOLD: &str = "ждём своей очереди";

#[test]
fn who_waits_for_a_turn_is_told_so_and_a_script_is_not() {
    let folder = training_folder();
    let first = run_in(folder.path(), &["--training", "registers"], "");
    assert_eq!(first.code, 0, "{first:?}");
    let turn = File::create(folder.path().join("training/shell.lock")).unwrap();
    turn.lock().unwrap();
    let (person, script) = thread::scope(|scope| {
        let run = |args: &'static [&str]| scope.spawn(|| run_in(folder.path(), args, ""));
        let person = run(&["--training", "registers"]);
        let script = run(&["--training", "--json", "registers"]);
        thread::sleep(Duration::from_secs(4));
        turn.unlock().unwrap();
        (person.join().unwrap(), script.join().unwrap())
    });
    assert_eq!((person.code, script.code), (0, 0), "{person:?} {script:?}");
    assert_eq!(person.err.matches(TOLD).count(), 1, "{person:?}");
    assert!(script.err.is_empty(), "{script:?}");
}

#[test]
fn nobody_waits_for_a_password_that_is_being_typed() {
    let folder = training_folder();
    let words = ["--training", "login", "--login", sandbox::FIRST_LOGIN];
    let words = [&words[..], &["--password-stdin"]].concat();
    let mut typing = program(folder.path(), &words).spawn().unwrap();
    thread::sleep(Duration::from_secs(2));
    let began = Instant::now();
    let other = run_in(folder.path(), &["--training", "registers"], "");
    assert_eq!(other.code, 0, "{other:?}");
    assert!(!other.err.contains(TOLD), "{other:?}");
    assert!(began.elapsed() < Duration::from_secs(20));
    let mut stdin = typing.stdin.take().unwrap();
    stdin.write_all(PASSWORD.as_bytes()).unwrap();
    drop(stdin);
    let typed = typing.wait_with_output().unwrap();
    assert!(typed.status.success(), "{typed:?}");
}
