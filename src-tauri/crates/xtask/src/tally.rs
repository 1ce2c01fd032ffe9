//! The steps of a test run: shown with their time, counted at the end.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::process::{Done, Stop, name, unstarted};

/// What passed and what failed so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    passed: usize,
    failed: usize,
    failures: Vec<String>,
}

/// What a `cargo test` counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Counted {
    passed: usize,
    failed: usize,
}

impl Tally {
    /// A check that either holds or does not; returns whether it held.
    pub(crate) fn check(&mut self, step: &str, check: impl FnOnce() -> Done) -> bool {
        let began = begin(step);
        let done = check();
        self.passed += usize::from(done.is_ok());
        self.failed += usize::from(done.is_err());
        self.end(step, began, done.err())
    }

    /// A `cargo test`, whose tests are counted one by one; returns whether all passed.
    pub(crate) fn tests(&mut self, step: &str, command: &mut Command) -> bool {
        let began = begin(step);
        match count(command) {
            Ok((counted, success)) => {
                self.passed += counted.passed;
                self.failed += counted.failed;
                // It may fail without a failed test: then it did not compile or did not end well.
                self.failed += usize::from(!success && counted.failed == 0);
                let stop = (!success).then(|| Stop(name(command)));
                self.end(step, began, stop)
            }
            Err(stop) => {
                self.failed += 1;
                self.end(step, began, Some(stop))
            }
        }
    }

    /// A step that cannot be done here, and why.
    pub(crate) fn left_out(&self, step: &str, why: &str) {
        println!("—— {step}: left out, {why}");
    }

    /// The closing lines.
    pub(crate) fn close(self) -> Done {
        for failure in &self.failures {
            println!("failed: {failure}");
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed == 0 {
            return Ok(());
        }
        Err(Stop("see above".into()))
    }

    fn end(&mut self, step: &str, began: Instant, stop: Option<Stop>) -> bool {
        let time = began.elapsed();
        let time = format!("{}.{} s", time.as_secs(), time.subsec_millis() / 100);
        match stop {
            None => {
                println!("—— {step}: passed, {time}");
                true
            }
            Some(stop) => {
                println!("—— {step}: FAILED, {time}\n{stop}");
                self.failures.push(step.to_owned());
                false
            }
        }
    }
}

fn begin(step: &str) -> Instant {
    println!("—— {step}");
    Instant::now()
}

/// Runs a `cargo test` with its output shown as it comes.
fn count(command: &mut Command) -> Done<(Counted, bool)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| unstarted(command, &error))?;
    let mut counted = Counted::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            writeln!(std::io::stdout(), "{line}")?;
            let here = result(&line);
            counted.passed += here.passed;
            counted.failed += here.failed;
        }
    }
    Ok((counted, child.wait()?.success()))
}

/// Reads `test result: ok. 12 passed; 0 failed; …`.
fn result(line: &str) -> Counted {
    let mut counted = Counted::default();
    if !line.starts_with("test result: ") {
        return counted;
    }
    let words: Vec<_> = line.split([' ', ';', '.']).collect();
    for pair in words.windows(2) {
        if let [number, what] = pair {
            let number = number.parse().unwrap_or(0);
            match *what {
                "passed" => counted.passed = number,
                "failed" => counted.failed = number,
                _ => {}
            }
        }
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_line_of_cargo_test_is_counted_and_nothing_else() {
        let line =
            "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
        let counted = Counted {
            passed: 12,
            failed: 3,
        };
        assert_eq!(result(line), counted);
        assert_eq!(result("running 5 passed tests"), Counted::default());
    }
}
